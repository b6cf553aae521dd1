"""An acceptance in time that comes late wins over 视为受理, with a trace; one that was late, or pretends, does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from hall.dates import told_of
from hall.deemed import deemed_of
from hall.integrity import faults
from hall.tables import alarms, case_steps, cases, feed, sub_cases
from tests.fakes.cases import a_case
from tests.fakes.device import ALL_SEEN, BUNDLE
from tests.unit.test_lifecycle import Hall
from wire.codec import decode
from wire.corrections import DeemedAccepted
from wire.lifecycle import CaseStatus
from wire.messages import CaseAccepted, CaseReceived, Change, ChangeKind, EventKind, PushResult
from workstation.services.receive_change import apply

RECEIVED = datetime(2026, 11, 2, 2, tzinfo=UTC)  # a Monday; the fifth working day after it is the 9th
IN_TIME, LATE = datetime(2026, 11, 9, 8, tzinfo=UTC), datetime(2026, 11, 10, 1, tzinfo=UTC)
HEARD = datetime(2026, 11, 12, 1, tzinfo=UTC)
DUE = {BUNDLE[0].item: date(2026, 11, 24)}


@pytest.fixture(scope="module")
def hall(shared_hall_place: str) -> Iterator[Hall]:
    made = Hall(shared_hall_place)
    yield made
    made.engine.dispose()


def silent(hall: Hall) -> str:
    """A case that silence has accepted, as the hall heard of it when it was received."""
    hall.count += 1
    case = f"c{hall.count}"
    envelope = hall.device.received(case, sub_cases=BUNDLE[:1], received_at=RECEIVED)
    assert hall.send(replace(envelope, at=RECEIVED)).receipt
    assert case in hall.deem(HEARD)
    return case


def accept(hall: Hall, case: str, at: datetime = IN_TIME, written: datetime | None = None) -> PushResult:
    body = CaseAccepted(f"R-{case}", "clerk", at, DUE, ALL_SEEN)
    return hall.send(replace(hall.device.envelope(EventKind.CASE_ACCEPTED, body, case), at=written or at))


def kept(hall: Hall, case: str) -> CaseAccepted:
    with hall.engine.begin() as db:
        return decode(CaseAccepted, db.scalar(select(cases.c.accepted).where(cases.c.id == case)) or "")


def begun(hall: Hall, case: str, state: str) -> None:
    with hall.engine.begin() as db:
        db.execute(update(sub_cases).where(sub_cases.c.case == case).values(state=state))
        if state == "in_review":
            db.execute(update(cases).where(cases.c.id == case).values(status=state))


@pytest.mark.parametrize("state", ["dispatched", "in_review"])
def test_what_the_counter_accepted_in_time_counts_and_the_silence_leaves_its_trace(
    hall: Hall, state: str
) -> None:
    case = silent(hall)
    begun(hall, case, state)
    result = accept(hall, case)
    assert (result.code, result.standing) == (None, None)
    assert kept(hall, case).accepted_at == IN_TIME
    with hall.engine.begin() as db:
        assert deemed_of(db, case) is None
        (step,) = db.execute(select(case_steps).where(case_steps.c.case == case)).all()
        assert step.kind == "deemed_corrected"
        assert decode(DeemedAccepted, step.body).last_day == date(2026, 11, 9)
        assert [each.kind for each in db.execute(select(alarms).where(alarms.c.case == case))] == [
            "deemed",
            "deemed_corrected",
        ]
        told = told_of(db, case)
        assert told is not None
        # One working day, from the counter's day and not from that of the receipt.
        assert told.items[0].promised_on == date(2026, 11, 10)
        assert db.scalar(select(sub_cases.c.state).where(sub_cases.c.case == case)) == state
    assert hall.status(case).value == state
    assert not [each for each in faults(hall.engine) if each.where == case]
    assert accept(hall, case).code == "accepted_already"  # another one


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (LATE, LATE),  # the sixth day
        (IN_TIME, IN_TIME - timedelta(minutes=1)),  # written down before it was done
        (datetime.now(UTC) + timedelta(days=1), None),  # not yet
        (RECEIVED - timedelta(hours=1), None),  # before the receipt, the event before it
    ],
)
def test_what_was_late_or_cannot_be_is_a_second_acceptance(
    hall: Hall, at: datetime, written: datetime | None
) -> None:
    case = silent(hall)
    assert accept(hall, case, at, written).code == "accepted_already"
    assert kept(hall, case).accepted_at == RECEIVED
    with hall.engine.begin() as db:
        assert deemed_of(db, case) is not None


def test_a_clock_that_was_set_back_is_seen_by_the_event_before(hall: Hall) -> None:
    """The device was at work, and told, on the 11th: what it says after that was not done on the 9th."""
    case = silent(hall)
    other = hall.device.received("other", sub_cases=BUNDLE[:1], received_at=HEARD)
    assert hall.send(replace(other, at=HEARD)).receipt
    assert accept(hall, case).code == "accepted_already"


def test_an_event_that_was_left_out_between_hides_no_clock_that_was_set_back(hall: Hall) -> None:
    """What the hall lets come later (a gap in the chain) must not be a way around what stands before the gap."""
    case = silent(hall)
    other = hall.device.received("before the gap", sub_cases=BUNDLE[:1], received_at=HEARD)
    assert hall.send(replace(other, at=HEARD)).receipt
    hall.device.received("left out", sub_cases=BUNDLE[:1])
    assert accept(hall, case).code == "accepted_already"


def test_what_is_decided_already_waits_for_a_person(hall: Hall) -> None:
    case = silent(hall)
    begun(hall, case, "decided")
    with hall.engine.begin() as db:
        db.execute(update(cases).where(cases.c.id == case).values(status="decided"))
    result = accept(hall, case)
    assert result.code == "accepted_already"
    assert result.standing is not None


def test_at_the_desk_its_own_acceptance_stands_whatever_comes_behind_it(hall: Hall) -> None:
    case = silent(hall)
    accept(hall, case)
    with hall.engine.begin() as db:
        received = decode(CaseReceived, db.scalar(select(cases.c.body).where(cases.c.id == case)) or "")
        told = [decode(Change, each) for each in db.scalars(select(feed.c.change).order_by(feed.c.seq))]
    mine = [change for change in told if change.subject == case]
    assert ChangeKind.CASE_DEEMED_ACCEPTED in {change.kind for change in mine}
    sub = replace(a_case(1).sub_cases[0], item=BUNDLE[0].item, department=BUNDLE[0].department, after=())
    desk = replace(
        a_case(1, status=CaseStatus.ACCEPTED),
        id=case,
        receipt_no=received.receipt_no,
        accepted_at=IN_TIME,
        sub_cases=(sub,),
    )
    for change in mine:
        desk = apply(desk, change)
    assert (desk.accepted_at, desk.deemed_on, desk.status) == (IN_TIME, None, CaseStatus.DISPATCHED)
    assert desk.sub_cases[0].promised_on == date(2026, 11, 10)
