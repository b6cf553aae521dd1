"""Departments on real PostgreSQL: no event missed and each case in its order, one connector at work, each step once."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, insert, select, text

from demo.postgres import Postgres
from hall import cases
from hall.connectors import shelf
from hall.connectors.exporter import Became, Delivery
from hall.connectors.included import Included
from hall.connectors.runner import Runner
from hall.database import open_database
from hall.department_feed import EVERYBODY, Subject, page, tell_department
from hall.enrolment import add_station
from hall.epoch import renew_epoch
from hall.procedures import begin_procedure, end_procedure
from hall.tables import cases as case_table
from hall.tables import sub_cases
from tests.fakes.department import NOTICE, granted
from tests.fakes.people import AT
from wire.department_feed import DepartmentEvent, TaskNews
from wire.keys import new_id
from wire.messages import SubCaseState
from wire.procedures import BeginProcedure, DayUnit, EndProcedure, ProcedureKind

WHO, STATION = "public_security", "440104"
WRITERS, ROUNDS = 8, 10


@pytest.fixture(scope="module")
def hall(postgres_server: Postgres) -> Iterator[Engine]:
    """One database for all: each test has cases or a department of its own."""
    engine = open_database(postgres_server.url(postgres_server.new_database()))
    with engine.begin() as db:
        add_station(db, STATION, "测试街道", "street")
    yield engine
    engine.dispose()


def _task(hall: Engine, case: str, item: str = "item") -> int:
    """Put a dispatched sub-case into the database, its case too where it is new."""
    with hall.begin() as db:
        if db.execute(select(case_table.c.id).where(case_table.c.id == case)).first() is None:
            row = {"id": case, "receipt_no": f"R-{case}", "project_no": f"P-{case}", "station": STATION}
            db.execute(insert(case_table).values(**row, body="{}", rev=0, status="dispatched"))
        state = SubCaseState.DISPATCHED.value
        row = {"case": case, "item": item, "department": WHO, "after": "[]", "state": state}
        return int(db.execute(insert(sub_cases).values(row).returning(sub_cases.c.id)).scalar_one())


def _write(hall: Engine, writer: int) -> list[str]:
    """Tell of one's own case and of one that all share, in transactions that stay open for a while."""
    spread = random.Random(writer)
    told = []
    for n in range(ROUNDS):
        with hall.begin() as db:
            tell_department(db, "health", TaskNews.TASK_TAKEN, Subject(f"own-{writer}", "item", n), AT)
            time.sleep(spread.random() * 0.005)
            # The case is held as every step holds it: what is told of it has an order.
            db.execute(select(case_table.c.id).where(case_table.c.id == "shared").with_for_update())
            tell_department(
                db, WHO, TaskNews.TASK_TAKEN, Subject("shared", f"{writer}", n), datetime.now(UTC)
            )
            told.append(f"{writer}.{n}")
    return told


def test_eight_writers_and_a_reader_who_misses_nothing_and_hears_each_case_in_order(hall: Engine) -> None:
    _task(hall, "shared")
    seen: list[DepartmentEvent] = []
    done = threading.Event()

    def follow() -> None:
        cursor, idle = "", 0
        while idle < 2:
            ended = done.is_set()
            with hall.begin() as db:
                told = page(db, EVERYBODY, cursor, 7)
            seen.extend(told.items)
            cursor = told.cursor
            idle = idle + 1 if ended and not told.items else 0

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(follow)
        writers = [pool.submit(_write, hall, n) for n in range(WRITERS)]
        try:
            for writer in writers:
                writer.result()
        finally:
            done.set()
        reader.result()
    mine = [event for event in seen if event.case == "shared" or event.case.startswith("own-")]
    assert len(mine) == len({event.id for event in mine}) == 2 * WRITERS * ROUNDS
    shared = [event.at for event in seen if event.case == "shared"]
    assert len(shared) == WRITERS * ROUNDS
    assert shared == sorted(shared)


@pytest.mark.long
def test_a_dump_restored_into_another_cluster_is_told_in_its_old_order(hall: Engine) -> None:
    with hall.begin() as db:
        for n in range(5):
            tell_department(db, "moved", TaskNews.TASK_TAKEN, Subject("a", "i", n), AT)
        # As from a cluster with higher numbers, where the numbers of rows were not the order.
        db.execute(text("UPDATE department_feed SET xid = 9000000 - seq"))
        renew_epoch(db)
        tell_department(db, "moved", TaskNews.TASK_TAKEN, Subject("a", "i", 9), AT)
    with hall.begin() as db:
        assert [event.task for event in page(db, "moved", "", 200).items] == [4, 3, 2, 1, 0, 9]


def test_two_last_decisions_at_once_conclude_the_case_once(hall: Engine) -> None:
    case = "two"
    tasks = [_task(hall, case, item) for item in ("a", "b")]

    def decide(task: int) -> None:
        with hall.begin() as db:
            cases.decide(db, task, WHO, granted(), AT)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(decide, tasks))
    with hall.begin() as db:
        assert db.scalar(select(case_table.c.concluded_at).where(case_table.c.id == case)) is not None


@pytest.mark.long
def test_of_two_who_begin_a_procedure_at_once_one_does(hall: Engine) -> None:
    task = _task(hall, "hearing")
    wanted = BeginProcedure(ProcedureKind.HEARING, 5, DayUnit.WORKING, "听证", NOTICE, "领导", "reviewer")

    def begin(procedure: str) -> str:
        try:
            with hall.begin() as db:
                begin_procedure(db, task, WHO, procedure, wanted, AT)
        except cases.StepRefused as refused:
            return refused.code
        return procedure

    with ThreadPoolExecutor(4) as pool:
        became = list(pool.map(begin, [new_id() for _ in range(4)]))
    (begun,) = [each for each in became if each != "procedure_open"]
    with hall.begin() as db:
        end_procedure(db, task, WHO, begun, EndProcedure("完毕", "reviewer"), AT)
        cases.decide(db, task, WHO, granted(), AT)


class Sieve:
    """An engine that is there one time in two, and refuses the events of one case."""

    most = 20

    def __init__(self) -> None:
        self.taken: list[str] = []
        self._turn = 0

    def deliver(self, events: Sequence[DepartmentEvent]) -> Sequence[Delivery]:
        self._turn += 1
        if self._turn % 2:
            return [Delivery(event.id, Became.AWAY, "link.Test") for event in events]
        told = []
        for event in events:
            became = Became.REFUSED if event.case == "bad" else Became.DELIVERED
            told.append(Delivery(event.id, became, "status.422" if became is Became.REFUSED else ""))
            self.taken += [event.id] if became is Became.DELIVERED else []
        return told

    def close(self) -> None:
        """There is nothing to let go of."""


@pytest.mark.long
def test_a_connector_keeps_its_place_and_parks_on_postgres_too(hall: Engine) -> None:
    with hall.begin() as db:
        for n in range(30):
            tell_department(
                db, "carried", TaskNews.TASK_TAKEN, Subject(("good", "bad", "fine")[n % 3], "i", n), AT
            )
        shelf.add_connector(db, "c", "carried", "http://test")
    sieve, at = Sieve(), [datetime.now(UTC)]

    def pause(seconds: float) -> None:
        at[0] += timedelta(seconds=seconds)

    turns = iter(range(400))
    with hall.begin() as db:
        everything = [event for event in page(db, "carried", "", 200).items if event.case != "bad"]
    for _ in range(2):  # another process takes up where the first one was ended
        runner = Runner(hall, "c", sieve, Included(), clock=lambda: at[0])
        runner.run(lambda: len(sieve.taken) >= len(everything) or next(turns, None) is None, pause)
    assert sorted(sieve.taken) == sorted(event.id for event in everything)
    with hall.begin() as db:
        (parked,) = shelf.parked(db)
        (standing,) = shelf.standings(db, at[0])
    assert (parked.case, parked.behind, standing.waiting) == ("bad", 9, 9)
