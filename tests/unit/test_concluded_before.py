"""A restored hall takes its own sealed conclusion back from a station, so that results can go out; and nothing that is not its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from hall.cases import decide
from hall.intake import take_batch
from hall.tables import cases, feed, sub_cases
from tests.fakes.cases import a_case
from tests.fakes.device import BUNDLE
from tests.fakes.people import MOTHER_ID, MOTHER_NAME
from tests.unit.test_heard_before import Hall
from wire import seal
from wire.codec import decode, encode
from wire.delivery import Receiver, ResultCollected, Way
from wire.epoch import ConcludedBefore, HeardBefore
from wire.keys import new_private
from wire.lifecycle import CaseStatus
from wire.messages import (
    CaseConcluded,
    Change,
    ChangeKind,
    Envelope,
    EventKind,
    PushRequest,
    PushResult,
    PushStatus,
    Result,
    ResultCode,
    SubCaseState,
)
from wire.signed import sign_receipt
from workstation.services.receive_change import apply

NOW = datetime.now(UTC)


class Place(Hall):
    """A hall with one device of a station, for all tests of this file."""

    def __init__(self, folder: Path, place: str) -> None:
        super().__init__(folder, place)
        self.mine = self.device("440104")
        self.count = 0


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, shared_hall_place: str) -> Iterator[Place]:
    made = Place(tmp_path_factory.mktemp("hall"), shared_hall_place)
    yield made
    made.engine.dispose()


@dataclass
class Lost:
    """A case whose conclusion the hall has lost, and what its station still holds."""

    case: str
    accepted: Envelope
    shown: ConcludedBefore


def lost(hall: Place) -> Lost:
    """Concluded and sealed; then the hall is as it was before the department decided."""
    hall.count += 1
    case, device = f"c{hall.count}", hall.mine
    steps = device.received(case, sub_cases=BUNDLE[:1]), device.accepted(case)
    assert [each.code for each in hall.push("440104", *steps)] == [None, None]
    result = Result(ResultCode.GRANTED, "准予", "公安", "r", NOW, "户口簿", "1.2.156")
    with hall.engine.begin() as db:
        task = db.scalar(select(sub_cases.c.id).where(sub_cases.c.case == case)) or 0
        decide(db, task, BUNDLE[0].department, result, NOW)
        token = db.scalar(select(cases.c.seal).where(cases.c.id == case)) or ""
        sub = {"state": SubCaseState.IN_REVIEW.value, "result": None}
        db.execute(update(sub_cases).where(sub_cases.c.case == case).values(sub))
        before = {"concluded_at": None, "seal": None, "status": CaseStatus.IN_REVIEW.value}
        db.execute(update(cases).where(cases.c.id == case).values(before))
    return Lost(case, steps[1], ConcludedBefore(token, {BUNDLE[0].item: encode(result)}))


def push(hall: Place, *items: Envelope, shown: ConcludedBefore) -> tuple[PushResult, ...]:
    words = [sign_receipt(each.id, each.sha256, NOW, hall.key) for each in items]
    before = tuple(
        HeardBefore(w.event, w.sha256, w.received_at, w.hall, w.signature, w.algorithm, concluded=shown)
        for w in words
    )
    request = PushRequest("d440104", 1, hall.epoch, items, before)
    return take_batch(hall.engine, "d440104", request, hall.gate).results


def collected(hall: Place, case: str) -> Envelope:
    receiver = Receiver(MOTHER_NAME, "111", MOTHER_ID, "card")
    body = ResultCollected(f"R-{case}", "clerk", NOW, Way.COUNTER, receiver, "DLV1", None)
    return hall.mine.envelope(EventKind.RESULT_COLLECTED, body, case)


def stands(hall: Place, case: str) -> tuple[str, str | None, str | None]:
    with hall.engine.begin() as db:
        row = db.execute(select(cases.c.status, cases.c.seal).where(cases.c.id == case)).one()
        result = db.scalar(select(sub_cases.c.result).where(sub_cases.c.case == case))
    return row.status, row.seal, result


def test_without_the_seal_a_collection_waits_for_the_department(hall: Place) -> None:
    held = lost(hall)
    (told,) = hall.push("440104", collected(hall, held.case))
    assert (told.status, told.code) == (PushStatus.CONFLICT, "not_decided")


def test_a_collection_that_was_taken_before_brings_its_conclusion_back(hall: Place) -> None:
    held = lost(hall)
    (told,) = push(hall, collected(hall, held.case), shown=held.shown)
    assert (told.status, told.code) == (PushStatus.APPLIED, None)
    status, token, result = stands(hall, held.case)
    assert (status, token) == ("delivered", held.shown.seal)
    assert result == held.shown.results[BUNDLE[0].item]
    with hall.engine.begin() as db:
        told_all = [decode(Change, each) for each in db.scalars(select(feed.c.change).order_by(feed.c.seq))]
    concluded = [
        decode(CaseConcluded, each.body)
        for each in told_all
        if (each.subject, each.kind) == (held.case, ChangeKind.CASE_CONCLUDED)
    ]
    first, again = concluded
    # The same seal as stands on paper, and the time in it.
    assert (again.seal, again.concluded_at) == (first.seal, first.concluded_at.replace(microsecond=0))


def test_an_acceptance_that_the_backup_had_brings_it_back_too_and_new_collections_pass(hall: Place) -> None:
    held = lost(hall)
    (told,) = push(hall, held.accepted, shown=held.shown)
    assert told.status is PushStatus.DUPLICATE
    assert stands(hall, held.case)[0] == "decided"
    (told,) = push(hall, held.accepted, shown=held.shown)  # told again: nothing more
    assert told.status is PushStatus.DUPLICATE
    request = PushRequest("d440104", 1, hall.epoch, (collected(hall, held.case),))
    (told,) = take_batch(hall.engine, "d440104", request, hall.gate).results
    assert (told.status, told.code) == (PushStatus.APPLIED, None)


def _other_key(held: Lost) -> ConcludedBefore:
    said = {k: v for k, v in seal.read(held.shown.seal).payload.items() if k != "alg"}
    return replace(held.shown, seal=seal.make(said, new_private()))


def _other_end(held: Lost) -> ConcludedBefore:
    body = encode(Result(ResultCode.DENIED, "不予", "公安", "r", NOW, basis="x"))
    return replace(held.shown, results={BUNDLE[0].item: body})


def _no_result(held: Lost) -> ConcludedBefore:
    return replace(held.shown, results={})


@pytest.mark.parametrize("forge", [_other_key, _other_end, _no_result])
def test_what_the_hall_has_not_sealed_just_so_concludes_nothing(hall: Place, forge: object) -> None:
    held = lost(hall)
    (told,) = push(hall, held.accepted, shown=forge(held))  # type: ignore[operator]
    assert told.status is PushStatus.DUPLICATE
    assert stands(hall, held.case) == ("in_review", None, None)


def test_a_seal_of_another_case_concludes_nothing(hall: Place) -> None:
    first, second = lost(hall), lost(hall)
    (told,) = push(hall, first.accepted, shown=second.shown)
    assert told.status is PushStatus.DUPLICATE
    assert stands(hall, first.case) == ("in_review", None, None)


def test_what_a_department_has_decided_anew_stands(hall: Place) -> None:
    held = lost(hall)
    denied = Result(ResultCode.DENIED, "不予", "公安", "r", NOW, basis="x")
    with hall.engine.begin() as db:
        task = db.scalar(select(sub_cases.c.id).where(sub_cases.c.case == held.case)) or 0
        decide(db, task, BUNDLE[0].department, denied, NOW)
    push(hall, held.accepted, shown=held.shown)
    assert stands(hall, held.case)[2] == encode(denied)


def test_at_the_desk_what_is_said_once_more_takes_no_result_back() -> None:
    case = replace(a_case(1), status=CaseStatus.DELIVERED, seal="YC1.x.y")
    again = Change(case.id, 9, ChangeKind.CASE_CONCLUDED, encode(CaseConcluded("P1", NOW, "YC1.x.y")))
    assert apply(case, again).status is CaseStatus.DELIVERED
