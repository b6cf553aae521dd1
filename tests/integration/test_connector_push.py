"""The push connector before a real endpoint that fails, is slow, loses its answers; and the person who looks after it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, insert

from demo.service import free_ports
from hall.connectors import shelf
from hall.connectors.exporter import Exporter
from hall.connectors.included import Included, read_included
from hall.connectors.push import PushExporter
from hall.connectors.runner import Runner
from hall.database import hall_key, open_database
from hall.department_feed import Subject, page, tell_department
from hall.epoch import renew_epoch
from hall.tables import cases, stations
from tests.fakes.hall_command import hall_command
from tests.fakes.people import AT, MOTHER_ID, MOTHER_NAME
from tests.fakes.receiver import FINE, Answer, Receiver
from tests.until import until
from wire.codec import encode
from wire.department_feed import DepartmentEvent, TaskNews
from wire.keys import new_private, public_of
from wire.messages import AnswerOnWire, CaseReceived, Origin, Party, SubCaseOrder

WHO = "public_security"
NAME = "push-test"
NOTHING = Included()
LEASE_S = 300.0  # of the test's own clock: a pause is not cut into pieces


class Clock:
    """The hall's clock, moved on by every pause: a minute of backoff takes no time."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC)
        self.pauses: list[float] = []

    def __call__(self) -> datetime:
        return self.at

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "hall.db")
    yield engine
    engine.dispose()


def _key(hall: Engine) -> bytes:
    with hall.begin() as db:
        return public_of(hall_key(db))


def _tell(hall: Engine, *subjects: str, each: int = 1) -> list[str]:
    """Write events of these cases in turn; return their ids."""
    with hall.begin() as db:
        for n in range(each):
            for case in subjects:
                tell_department(db, WHO, TaskNews.TASK_DISPATCHED, Subject(case, "item", n + 1), AT)
    with hall.begin() as db:
        return [event.id for event in page(db, WHO, "", 200).items]


def _runner(hall: Engine, exporter: Exporter, clock: Clock, included: Included = NOTHING) -> Runner:
    with hall.begin() as db:
        shelf.add_connector(db, NAME, WHO, "http://test")
    return Runner(hall, NAME, exporter, included, lease_s=LEASE_S, clock=clock)


def _carry(
    hall: Engine,
    receiver: Receiver,
    until: Callable[[], bool],
    *,
    budget_s: float = 5.0,
    included: Included = NOTHING,
    private: bytes | None = None,
) -> Clock:
    clock = Clock()
    with hall.begin() as db:
        key = private or hall_key(db)
    exporter = PushExporter(receiver.url, key, budget_s=budget_s)
    turns = iter(range(2000))
    try:
        _runner(hall, exporter, clock, included).run(
            lambda: until() or next(turns, None) is None, clock.pause
        )
    finally:
        exporter.close()
    assert until(), shelf_of(hall)
    return clock


def shelf_of(hall: Engine) -> shelf.Standing:
    with hall.begin() as db:
        (standing,) = shelf.standings(db, datetime.now(UTC))
    return standing


def _parked(hall: Engine) -> tuple[shelf.Parked, ...]:
    with hall.begin() as db:
        return shelf.parked(db)


def test_every_event_arrives_signed_in_the_order_of_the_feed(hall: Engine) -> None:
    told = _tell(hall, "a", "b", "c", each=3)
    with Receiver(_key(hall)) as receiver:
        _carry(hall, receiver, lambda: len(receiver.taken) == len(told))
    assert [event.id for event in receiver.arrived] == told
    assert receiver.refused == []


def test_an_endpoint_can_tell_that_another_key_signed(hall: Engine) -> None:
    _tell(hall, "a")
    with Receiver(_key(hall)) as receiver:
        clock = _carry(hall, receiver, lambda: len(receiver.refused) >= 3, private=new_private())
    assert receiver.taken == []
    standing = shelf_of(hall)
    assert (standing.trouble, standing.parked, standing.waiting) == (
        "status.401",
        0,
        1,
    )  # not the event's fault
    assert len(clock.pauses) >= 2


@pytest.mark.long
def test_fails_times_out_is_slow_and_answers_twice_and_all_is_there_in_order_of_each_case(
    hall: Engine,
) -> None:
    told = _tell(hall, "a", "b", "c", "d", each=4)
    dice = Random(6)
    troubles = (
        Answer(500, take=False),
        Answer(503, take=False, retry_after="2"),
        Answer(429, take=False),
        Answer(0),  # taken, and the line broke before the answer: comes again
        Answer(0, take=False),
        Answer(204, after_s=0.4),  # taken, and too late: comes again
        Answer(302, take=False),
    )
    # Every event has trouble at its first arrival, most at their second too.
    plan = {
        (event, n): dice.choice(troubles) for event in told for n in (1, 2) if n == 1 or dice.random() < 0.6
    }
    with Receiver(_key(hall), lambda event, n: plan.get((event.id, n), FINE)) as receiver:
        _carry(hall, receiver, lambda: shelf_of(hall).delivered == len(told), budget_s=0.2)
    assert sorted(receiver.once()) == sorted(told)
    assert len(receiver.taken) > len(told)  # some came twice, under their old ids
    of_case = {event.id: event.case for event in receiver.taken}
    for case in "abcd":
        assert [e for e in receiver.once() if of_case[e] == case] == [e for e in told if of_case[e] == case]
    standing = shelf_of(hall)
    assert (standing.waiting, standing.parked, standing.trouble) == (0, 0, "")


def test_a_refused_event_is_parked_with_its_case_behind_it_and_no_other_case_waits(hall: Engine) -> None:
    told = _tell(hall, "a", "b", each=3)
    poison = told[0]
    with Receiver(
        _key(hall), lambda event, _: Answer(422, take=False) if event.id == poison else FINE
    ) as receiver:
        _carry(hall, receiver, lambda: shelf_of(hall).delivered == 3 and shelf_of(hall).parked == 1)
        assert {event.case for event in receiver.taken} == {"b"}
        (parked,) = _parked(hall)
        assert (parked.event, parked.code, parked.behind) == (poison, "status.422", 2)
        receiver.behave = lambda *_: FINE
        with hall.begin() as db:
            assert shelf.retry(db, NAME, poison, datetime.now(UTC)) == 1
        _carry(hall, receiver, lambda: shelf_of(hall).delivered == 6)
    assert [event.id for event in receiver.taken if event.case == "a"] == told[0::2]


@pytest.mark.long
def test_an_event_that_breaks_the_endpoint_is_parked_once_others_got_through_and_never_before(
    hall: Engine,
) -> None:
    told = _tell(hall, "a")
    with Receiver(
        _key(hall), lambda event, _: Answer(500, take=False) if event.case == "a" else FINE
    ) as receiver:
        _carry(hall, receiver, lambda: len(receiver.arrived) >= shelf.MOST_TRIES + 2)
        assert shelf_of(hall).parked == 0  # nothing else got through either: it may be the endpoint
        assert shelf_of(hall).trouble == "status.500"
        _tell(hall, "b")
        _carry(hall, receiver, lambda: shelf_of(hall).parked == 1)
    assert [parcel.event for parcel in _parked(hall)] == told
    assert {event.case for event in receiver.taken} == {"b"}


def test_nobody_there_is_nobodys_fault_and_the_pause_grows_to_a_minute(hall: Engine) -> None:
    told = _tell(hall, "a", "b")
    with Receiver(_key(hall)) as receiver:
        silent = f"http://127.0.0.1:{free_ports(1)[0]}/"
        clock = Clock()
        with hall.begin() as db:
            exporter = PushExporter(silent, hall_key(db))
        turns = iter(range(14))
        _runner(hall, exporter, clock).run(lambda: next(turns, None) is None, clock.pause)
        exporter.close()
        standing = shelf_of(hall)
        assert (standing.trouble, standing.parked, standing.waiting) == ("link.ConnectError", 0, 2)
        # Half is certain, half by chance: 1 to 2, 2 to 4 … 30 to 60 seconds.
        wanted = [min(shelf.LONGEST_S, 2.0**n) for n in range(1, 15)]
        assert all(most / 2 <= was <= most for was, most in zip(clock.pauses, wanted, strict=True))
        _carry(hall, receiver, lambda: shelf_of(hall).delivered == 2)
    assert receiver.once() == told
    assert shelf_of(hall).trouble == ""


def test_two_processes_of_one_name_are_one_at_work(hall: Engine) -> None:
    _tell(hall, "a")
    clock = Clock()
    with Receiver(_key(hall)) as receiver:
        with hall.begin() as db:
            exporter = PushExporter(receiver.url, hall_key(db))
            shelf.add_connector(db, NAME, WHO, receiver.url)
            assert shelf.hold(db, NAME, "somebody else", clock(), timedelta(seconds=20))
        runner = _runner(hall, exporter, clock)
        runner.turn()
        assert receiver.arrived == []
        clock.pause(21)  # the other was killed, and its 20 seconds are over
        runner.turn()
        exporter.close()
    assert len(receiver.taken) == 1


def test_a_restored_hall_repeats_under_the_old_ids(hall: Engine) -> None:
    told = _tell(hall, "a", "b")
    with Receiver(_key(hall)) as receiver:
        _carry(hall, receiver, lambda: shelf_of(hall).delivered == 2)
        with hall.begin() as db:
            renew_epoch(db)
        _carry(hall, receiver, lambda: shelf_of(hall).delivered == 4)
    assert [event.id for event in receiver.taken] == told * 2
    assert receiver.once() == told


# -- what goes out --------------------------------------------------------------------------------------
def _with_case(hall: Engine) -> None:
    received = CaseReceived(
        receipt_no="R-1",
        station="440104",
        window="01",
        clerk="clerk",
        received_at=AT,
        catalogue="1",
        bundle="newborn",
        sub_cases=(SubCaseOrder("item", "1", WHO, (), "local"),),
        applicant=Party(MOTHER_NAME, "111", MOTHER_ID),
        answers={"child.name": AnswerOnWire("测小宝", Origin.TYPED)},
        materials=(),
        verifications=(),
        offline=False,
    )
    with hall.begin() as db:
        db.execute(insert(stations).values(code="440104", name="s", level="street"))
        row = {"id": "a", "receipt_no": "R-1", "project_no": "P-1", "station": "440104", "rev": 0}
        db.execute(insert(cases).values(**row, body=encode(received)))


def test_no_person_goes_out_unless_somebody_named_it(hall: Engine) -> None:
    _with_case(hall)
    _tell(hall, "a")
    with Receiver(_key(hall)) as receiver:
        _carry(hall, receiver, lambda: len(receiver.taken) == 1)
        assert dict(receiver.taken[0].details) == {}
        _tell(hall, "a")
        named = read_included("project_no,situation,applicant.name,answers.child.name,answers.none")
        _carry(hall, receiver, lambda: len(receiver.taken) == 2, included=named)
    assert dict(receiver.taken[1].details) == {
        "project_no": "P-1",
        "situation": "local",
        "applicant.name": MOTHER_NAME,
        "answers.child.name": "测小宝",
    }


def test_nothing_of_a_person_waits_on_the_shelf(hall: Engine, tmp_path: Path) -> None:
    _with_case(hall)
    _tell(hall, "a")
    refuse = Answer(422, take=False)
    with Receiver(_key(hall), lambda *_: refuse) as receiver:
        _carry(hall, receiver, lambda: shelf_of(hall).parked == 1, included=read_included("applicant.name"))
    with hall.begin() as db:
        rows = [tuple(row) for row in db.exec_driver_sql("SELECT * FROM parcels")]
    assert MOTHER_NAME not in str(rows)
    assert MOTHER_NAME in receiver.arrived[0].details.values()


def test_a_name_that_nobody_has_is_refused() -> None:
    for said in ("applicant", "answers.", "secret"):
        with pytest.raises(ValueError, match="not one of"):
            read_included(said)


# -- the process ------------------------------------------------------------------------------------------
def _start(root: Path, to: str, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "hall", "connector", "push", "--database", str(root / "hall.db")]
    options = ["--department", WHO, "--name", NAME, "--to", to, "--lease", "4", *more]
    return subprocess.Popen([*command, *options], stderr=subprocess.DEVNULL)


def _admin(root: Path, *words: str) -> tuple[int, str]:
    done = hall_command("connector", *words, "--database", root / "hall.db")
    return done.returncode, done.stdout


@pytest.mark.long
def test_the_process_is_killed_and_everything_arrives_once_after_the_ids(
    hall: Engine, tmp_path: Path
) -> None:
    told = _tell(hall, "a", "b", "c", each=5)
    killed: list[int] = []
    with Receiver(_key(hall)) as receiver:
        process = _start(tmp_path, receiver.url)

        def behave(event: DepartmentEvent, n: int) -> Answer:
            # Killed between what the endpoint took and what the shelf heard of it.
            if len(receiver.arrived) in {4, 9} and len(killed) < 2 and n == 1:
                killed.append(process.pid)
                process.kill()
            return Answer(422, take=False) if event.id == told[-1] else FINE

        receiver.behave = behave
        for _ in range(2):
            process.wait(60)
            process = _start(tmp_path, receiver.url)
        until(lambda: shelf_of(hall).parked == 1 and shelf_of(hall).waiting == 0)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert len(killed) == 2
    assert receiver.once() == told[:-1]
    assert len(receiver.taken) >= len(told) - 1 + 2  # each kill repeated the one in hand
    assert not shelf_of(hall).running
    lines = [json.loads(line) for line in _admin(tmp_path, "list", "--json")[1].splitlines()]
    assert lines[0]["connector"]["parked"] == 1
    assert (lines[1]["parked"]["event"], lines[1]["parked"]["code"]) == (told[-1], "status.422")
    assert _admin(tmp_path, "drop", "--name", NAME, "--event", told[-1]) == (0, "given up\n")
    assert _admin(tmp_path, "retry", "--name", NAME, "--event", told[-1])[0] == 1  # it is not parked any more
