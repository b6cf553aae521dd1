"""Batches of new cases straight to the driver: small ones of several devices in one transaction, none at another one's cost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, QueuePool, func, insert, select, text, update

from catalogue.load import load_catalogue
from hall.__main__ import CATALOGUE
from hall.acceptance import Gate
from hall.database import fact, now, open_database, stamp
from hall.demo.seed import seed
from hall.enrolment import enrol, new_code
from hall.intake import Intake, PushRefused
from hall.new_cases import SMALL, Push
from hall.polls import page
from hall.tables import cases, devices, disputes, feed, inbox, places, sub_cases
from tests.fakes.device import Device
from tests.until import until
from wire.codec import decode, digest
from wire.keys import b64, key_id, new_id, public_of, sign, unb64
from wire.messages import (
    CaseReceived,
    EnrolRequest,
    Envelope,
    MaterialHow,
    MaterialOnWire,
    PushAnswer,
    PushRequest,
)
from wire.signed import receipt_is_genuine

STATION = "440104"
CODE = "c0de" * 4


class Hall:
    """A hall on PostgreSQL in this process, and its devices."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.intake = Intake(engine, Gate(load_catalogue(CATALOGUE), Path("/nonexistent")), straight=True)
        with engine.begin() as db:
            seed(db, code=CODE, token=None)
            self.epoch = fact(db, "epoch")

    def device(self) -> Device:
        made = Device("")
        with self.engine.begin() as db:
            code = new_code(db, STATION, confirmed_by="test")
            proof = b64(sign(made.private, code.encode()))
            made.enrolment = enrol(db, EnrolRequest(code, b64(public_of(made.private)), proof))
        return made

    def pushed(self, device: Device, *items: Envelope) -> Push:
        """A batch as it comes to the intake."""
        request = PushRequest(device.me.device, 1, self.epoch, items)
        return self.intake.read(device.me.device, request, key_id(public_of(device.private)))

    def together(self, *pushes: Push) -> list[list[str] | None]:
        """Take them in one transaction; None for what has to go by itself."""
        assert self.intake.new_cases is not None
        taken = self.intake.new_cases.take_together(pushes)
        return [None if each is None else [one.status.value for one in each.results] for each in taken]

    def alone(self, push: Push) -> PushAnswer:
        """Take one as a request does."""
        return self.intake.take(push.request.device, push.request, push.key).answer

    def told(self, push: Push) -> list[tuple[str, str | None]]:
        return [(each.status.value, each.code) for each in self.alone(push).results]

    def rows(self, table: Any) -> list[dict[str, Any]]:
        with self.engine.begin() as db:
            return [dict(row) for row in db.execute(select(table)).mappings()]

    def count(self, table: Any) -> int:
        with self.engine.begin() as db:
            return int(db.scalar(select(func.count()).select_from(table)) or 0)

    def set(self, device: Device, **now: str | None) -> None:
        with self.engine.begin() as db:
            db.execute(update(devices).where(devices.c.id == device.me.device).values(**now))


@pytest.fixture
def hall(postgres_hall: str) -> Iterator[Hall]:
    engine = open_database(postgres_hall)
    yield Hall(engine)
    engine.dispose()


APPLIED = ("applied", None)
_WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
_STRAIGHT = text("SELECT name FROM pg_prepared_statements WHERE name LIKE 'straight_%' ORDER BY name")


def test_what_went_together_stands_as_if_each_had_gone_alone(hall: Hall) -> None:
    one, two, other = (hall.device() for _ in range(3))
    here = hall.pushed(one, one.received("a"), one.received("b"))
    there = hall.pushed(two, two.received("c"))
    assert hall.together(here, there) == [["applied", "applied"], ["applied"]]
    assert hall.told(hall.pushed(other, other.received("d"))) == [APPLIED]
    kept = {row["id"]: row for row in hall.rows(cases)}
    assert kept["a"]["project_no"] < kept["b"]["project_no"] < kept["c"]["project_no"]
    told = ("id", "receipt_no", "project_no", "body", "received_at")
    assert (
        len({tuple(v for k, v in row.items() if k not in (*told, "told_in")) for row in kept.values()}) == 1
    )
    at = {(row["device"], row["seq"]): row for row in hall.rows(places)}
    assert set(at) == {(one.me.device, 1), (one.me.device, 2), (two.me.device, 1), (other.me.device, 1)}
    for device, seq in ((one, 2), (two, 1), (other, 1)):
        (row,) = [row for row in hall.rows(devices) if row["id"] == device.me.device]
        assert (row["last_seq"], row["last_sha256"]) == (seq, at[device.me.device, seq]["sha256"])
    entries = {row["event"]: row for row in hall.rows(inbox)}
    assert {entries[each.id]["device"] for each in here.request.items} == {one.me.device}
    assert (
        hall.count(sub_cases)
        == sum(len(said.sub_cases) for said in (*here.told, *there.told) if said) * 4 // 3
    )
    with hall.engine.begin() as db:
        assert [change.subject for change in page(db, STATION, "", 10).items] == ["a", "b", "c", "d"]


def test_each_of_several_holds_a_receipt_that_stays_the_same(hall: Hall) -> None:
    one, two = hall.device(), hall.device()
    pushes = [hall.pushed(one, one.received("a")), hall.pushed(two, two.received("b"))]
    assert hall.intake.new_cases is not None
    taken = hall.intake.new_cases.take_together(pushes)
    for push, each in zip(pushes, taken, strict=True):
        assert each is not None
        (result,) = each.answer.results
        assert result.receipt is not None
        assert result.receipt.event == push.request.items[0].id
        assert receipt_is_genuine(result.receipt, unb64(one.me.hall_key))
        (again,) = hall.alone(push).results
        assert (again.status.value, again.receipt) == ("duplicate", result.receipt)


def test_one_that_is_shut_out_or_here_already_stops_nobody_else(hall: Hall) -> None:
    good, revoked, waiting, doubled = (hall.device() for _ in range(4))
    seen = hall.pushed(doubled, doubled.received("seen"))
    assert hall.told(seen) == [APPLIED]
    hall.set(revoked, revoked_at=stamp(now()))
    hall.set(waiting, confirmed_at=None)
    pushes = [hall.pushed(each, each.received(new_id())) for each in (good, revoked, waiting)]
    strange = Push(pushes[0].request, "0" * 16, pushes[0].told)
    assert hall.together(*pushes, seen) == [["applied"], None, None, None]
    assert hall.together(strange) == [None]
    for push, code in (
        (pushes[1], "device_revoked"),
        (pushes[2], "device_pending"),
        (strange, "device_unknown"),
    ):
        with pytest.raises(PushRefused, match=code):
            hall.alone(push)
    assert hall.told(seen) == [("duplicate", None)]
    assert hall.count(inbox) == 2


def test_a_key_that_is_taken_stops_all_of_them_and_each_finds_out_by_itself(hall: Hall) -> None:
    one, two, three = (hall.device() for _ in range(3))
    assert hall.told(hall.pushed(one, one.received("known"))) == [APPLIED]
    pushes = [hall.pushed(two, two.received("new")), hall.pushed(three, three.received("known"))]
    assert hall.together(*pushes) == [None, None]
    assert hall.count(inbox) == 1
    assert [hall.told(each) for each in pushes] == [[APPLIED], [("conflict", "case_known")]]


def test_nobody_waits_for_a_device_that_somebody_else_holds(hall: Hall) -> None:
    held, free = hall.device(), hall.device()
    pushes = [hall.pushed(each, each.received(new_id())) for each in (held, free)]
    with hall.engine.begin() as other:
        other.execute(select(devices.c.id).where(devices.c.id == held.me.device).with_for_update())
        assert hall.together(*pushes) == [None, ["applied"]]
    assert hall.told(pushes[0]) == [APPLIED]


@pytest.mark.parametrize("events", [1, SMALL + 1])
def test_a_batch_waits_for_its_own_device_once_where_it_goes_by_itself(hall: Hall, events: int) -> None:
    """Whoever waited here in vain would wait as long again there."""
    device = hall.device()
    push = hall.pushed(device, *(device.received(new_id()) for _ in range(events)))
    assert hall.intake.new_cases is not None
    with hall.engine.begin() as other, ThreadPoolExecutor(1) as pool:
        other.execute(select(devices.c.id).where(devices.c.id == device.me.device).with_for_update())
        taken = pool.submit(hall.intake.new_cases.take, push)
        seen = until(lambda: taken.done() or other.scalar(_WAITING), every=0.001)
        other.rollback()
    assert seen is True  # it was through, and nobody had been seen to wait
    assert taken.result() is None
    assert hall.told(push) == [APPLIED] * events


def _scanned(device: Device) -> list[Envelope]:
    paper = MaterialOnWire("p", MaterialHow.SCANNED, None, ("0" * 64,))
    return [device.received(new_id(), materials=(paper,))]


def _gap(device: Device) -> list[Envelope]:
    return [device.received(new_id(), clerk="nobody")]


@pytest.mark.parametrize("items", [_scanned, _gap], ids=["scans", "refused"])
def test_what_is_more_than_new_cases_goes_by_itself(
    hall: Hall, items: Callable[[Device], list[Envelope]]
) -> None:
    more, good = hall.device(), hall.device()
    push = hall.pushed(more, *items(more))
    assert hall.together(push, hall.pushed(good, good.received("good"))) == [None, ["applied"]]
    assert len(hall.told(push)) == 1
    assert hall.count(inbox) == 2


def test_of_two_batches_of_one_device_the_second_goes_by_itself(hall: Hall) -> None:
    device = hall.device()
    first, second = (hall.pushed(device, device.received(case)) for case in ("a", "b"))
    assert hall.together(first, second) == [["applied"], None]
    assert hall.told(second) == [APPLIED]


def test_no_batch_comes_in_by_the_key_of_another_one(hall: Hall) -> None:
    device = hall.device()
    first, second = (hall.pushed(device, device.received(case)) for case in ("a", "b"))
    strange = Push(first.request, "0" * 16, first.told)
    assert hall.together(strange, second) == [None, None]
    assert hall.together(second, strange) == [["applied"], None]
    assert [row["id"] for row in hall.rows(cases)] == ["b"]


def test_a_dispute_that_waits_for_a_case_is_seen_whichever_batch_the_case_is_in(hall: Hall) -> None:
    device = hall.device()
    first, second = (hall.pushed(device, device.received(case)) for case in ("a", "b"))
    waits = dict.fromkeys(("query", "department", "service", "outcome", "body", "taken_at"), "x")
    with hall.engine.begin() as db:
        row = {"id": "d", "case": "a", "verdict": "", "answer": "", "told": 0, **waits}
        db.execute(insert(disputes).values(row))
    assert hall.together(first, second) == [None, None]
    assert hall.together(second, first) == [["applied"], None]


_NO_TIME = datetime.fromisoformat("0001-01-01T00:00:00+14:00")  # it has none in UTC


def _of_the_year_one(device: Device) -> Envelope:
    """A case that was received at no time."""
    made = device.received(new_id())
    body = re.sub('"received_at":"[^"]*"', f'"received_at":"{_NO_TIME.isoformat()}"', made.body)
    device.prev = digest(body)
    return replace(made, body=body, sha256=digest(body))


def test_one_that_cannot_be_judged_stops_nobody_else(hall: Hall) -> None:
    odd, good = hall.device(), hall.device()
    push = hall.pushed(odd, _of_the_year_one(odd))
    push = replace(push, told=[decode(CaseReceived, push.request.items[0].body)])  # as if nobody had looked
    assert hall.together(push, hall.pushed(good, good.received("good"))) == [None, ["applied"]]


def test_what_says_a_time_that_is_none_is_malformed_and_stops_nothing_behind_it(hall: Hall) -> None:
    device = hall.device()
    inside = hall.pushed(device, _of_the_year_one(device), device.received("a"))
    assert hall.told(inside) == [("rejected", "malformed"), APPLIED]
    outside = replace(device.received("b"), at=_NO_TIME)
    assert hall.told(hall.pushed(device, outside)) == [("rejected", "malformed")]
    assert [row["id"] for row in hall.rows(cases)] == ["a"]


def test_what_was_prepared_outlives_a_batch_that_failed(hall: Hall) -> None:
    device, other = hall.device(), hall.device()
    assert hall.together(hall.pushed(device, device.received("a"))) == [["applied"]]
    kept = _prepared(hall)
    assert kept
    taken = hall.pushed(other, other.received("a"))
    assert hall.together(taken, hall.pushed(device, device.received("c"))) == [None, None]
    assert set(kept) <= set(_prepared(hall))


def test_a_connection_that_was_rolled_back_goes_straight_again(hall: Hall) -> None:
    """The driver lets go of all that was prepared on a connection when it rolls back what it has prepared itself."""
    device = hall.device()

    def bring() -> list[list[str] | None]:
        return hall.together(hall.pushed(device, device.received(new_id())))

    assert bring() == [["applied"]]
    with _all(hall) as connections:
        for each in connections:
            for _ in range(10):
                each.execute(select(cases.c.id).where(cases.c.id == "x"))
            each.rollback()
    tries = 2 * _connections(hall)
    told = [bring() for _ in range(tries)]
    assert [None] in told  # or nothing was let go
    assert [bring() for _ in range(tries)] == [[["applied"]]] * tries


@contextmanager
def _all(hall: Hall) -> Iterator[list[Connection]]:
    """Every connection that the hall has."""
    with ExitStack() as held:
        yield [held.enter_context(hall.engine.connect()) for _ in range(_connections(hall))]


def _connections(hall: Hall) -> int:
    assert isinstance(hall.engine.pool, QueuePool)
    return hall.engine.pool.checkedin()


def _prepared(hall: Hall) -> list[str]:
    """What was prepared on all of them; asked so that nothing is rolled back behind it."""
    with _all(hall) as connections:
        free = [each.execution_options(isolation_level="AUTOCOMMIT") for each in connections]
        return [name for each in free for name in each.execute(_STRAIGHT).scalars()]


def test_long_batches_and_many_threads_leave_no_gap(hall: Hall) -> None:
    """Everything by the way of a request: small ones meet by chance, a long one is written by itself."""

    def bring(device: Device) -> list[tuple[str, str | None]]:
        told = hall.told(hall.pushed(device, *(device.received(new_id()) for _ in range(SMALL + 1))))
        return told + [
            each for _ in range(12) for each in hall.told(hall.pushed(device, device.received(new_id())))
        ]

    brought = [hall.device() for _ in range(6)]
    with ThreadPoolExecutor(len(brought)) as pool:
        for told in pool.map(bring, brought):
            assert told == [APPLIED] * (SMALL + 13)
    at = {(row["device"], row["seq"]) for row in hall.rows(places)}
    assert at == {(device.me.device, seq) for device in brought for seq in range(1, SMALL + 14)}
    assert hall.count(cases) == hall.count(feed) == len(at)
