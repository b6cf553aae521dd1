"""The tray: every code that the hall can answer has a row, and taking the hall's word sets aside with a record."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeGuard

import pytest

from hall.steps import TABLE_CODES
from tests.fakes.cases import NOW, a_case
from tests.fakes.counter import WholeDesk
from tests.unit.test_audit_first import _parked, parked, received
from wire.corrections import Amendment, Correction
from wire.delivery import DeliveryState, Receiver, Way
from wire.keys import new_id
from wire.messages import AnswerOnWire, ChangeKind, Envelope, EventKind, Origin
from wire.standing import CaseStanding, FieldDiffers
from workstation.domain.case import Amended, CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.delivery import HandedOut, Order
from workstation.domain.failures import Failure, Refused
from workstation.domain.forwarding import Forwarding
from workstation.domain.needs_fixing import ACTS, ADVICE, Act, Advice, advice_for
from workstation.domain.outbox import BROKE_OFTEN, HALL_BROKE, OutboxState, Waiting
from workstation.services.take_halls_word import as_the_hall_has_it
from workstation.ui.words import transfer as words

CORRECTION = Correction(NOW, NOW.date(), None, (), "clerk")
ROOT = Path(__file__).parents[2]
# Exceptions of the hall whose first argument goes back to a station as the code of an event.
TOLD = {"StepRefused", "DisputeRefused", "NotAllowed"}
# What a station gives a step itself (sync/outgoing), or what a hall without a code means.
OWN = {"too_large", "hall_broke", "conflict", "rejected"}
# Codes of these exceptions that answer a department, never an event.
TO_DEPARTMENTS = {
    *("other_department", "task_unknown", "dispute_unknown", "answered_already"),
    *("basis", "licence", "reason", "procedure_days", "procedure_known", "procedure_open"),
    *("procedure_over", "procedure_unknown", "procedure_words"),
    *("extension_days", "extension_known", "extension_late", "extension_words"),
}


class _Text(ast.Constant):
    """A text that stands in a source."""

    value: str


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


def codes_of_the_hall() -> set[str]:
    """Read out of the hall's source whatever it can put into an answer to an event."""
    found: set[str] = set()
    for path in (ROOT / "hall").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if path.name == "intake.py" and isinstance(node, ast.Return) and _is_code(node.value):
                found.add(node.value.value)
            if path.name == "who_may.py" and isinstance(node, ast.FunctionDef) and node.name == "_why_not":
                found |= {c.value for c in ast.walk(node) if _is_code_word(c)}
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            said: list[ast.expr] = []
            if name in TOLD and node.args:
                said = [node.args[0]]
            if name == "PushResult" and len(node.args) > 2:
                said = [node.args[2]]
            for each in said:
                found |= {
                    c.value
                    for c in ast.walk(each)
                    if isinstance(c, ast.Constant) and isinstance(c.value, str)
                }
    return found


def _is_code_word(node: ast.AST) -> TypeGuard[_Text]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier()


def _is_code(value: ast.expr | None) -> TypeGuard[_Text]:
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def test_every_code_of_the_hall_has_a_row_and_every_row_a_code() -> None:
    # What the table of steps refuses is said in one place, by the step (hall/steps.py).
    told = (codes_of_the_hall() | TABLE_CODES) - TO_DEPARTMENTS
    assert {"rule_unmet", "seq_reused", "same_person", "malformed"} <= told  # the reading finds something
    assert told - {"gap"} <= set(ADVICE), "a code without cause and remedy"
    assert set(ADVICE) <= told | OWN, "a row for a code that nobody gives"


def test_every_row_says_why_what_to_do_and_what_may_be_done() -> None:
    assert set(ACTS) == set(Advice)
    for code, advice in ADVICE.items():
        assert words.trouble(code)
        assert "{0}" not in words.trouble(code)
        assert words.advice(advice)
        assert ACTS[advice]
    for act in Act:
        assert words.act(act)
        assert words.act_detail(act)


def test_a_code_of_a_newer_hall_is_shown_and_goes_to_its_administrator() -> None:
    assert advice_for("brand_new") is Advice.PROGRAM
    assert "brand_new" in words.trouble("brand_new")


# -- the acts ---------------------------------------------------------------------------------------------
def park_acceptance(whole: WholeDesk, standing: CaseStanding | None, code: str = "accepted_already") -> str:
    desk = received(whole)
    desk.accept()
    with whole.unit() as unit:
        steps = unit.outbox.waiting_items()
        accepted = next(w for w in steps if w.envelope.kind.value == "case_accepted")
        for step in steps[: steps.index(accepted)]:
            unit.outbox._change(step.envelope.id, state=OutboxState.ACKED.value, receipt="{}")  # type: ignore[attr-defined]
        unit.outbox.parked(accepted.envelope.id, code, standing)
        unit.commit()
    return accepted.envelope.id


def deeds(whole: WholeDesk, deed: Deed) -> list[str]:
    with whole.unit() as unit:
        return [entry.note for entry in unit.audit.entries() if entry.deed is deed]


def test_the_halls_word_sets_the_steps_aside_with_a_record_each_and_the_case_says_what_changed(
    whole: WholeDesk,
) -> None:
    hall = CaseStanding(
        "not_accepted",
        3,
        "440104",
        "05",
        "supervisor",
        whole.clock.at,
        (FieldDiffers("state", "not_accepted", "accepted"),),
    )
    event = park_acceptance(whole, hall)
    desk = whole.desk
    shown = desk.transfer().parked[0]
    assert shown.hall is not None
    assert (shown.hall.state, shown.hall.window, shown.hall.clerk) == ("not_accepted", "05", "演示supervisor")
    assert shown.here.state == "accepted"
    assert [(d.name, d.here, d.hall) for d in shown.differs] == [("state", "accepted", "not_accepted")]
    behind = shown.waiting_behind
    assert behind  # the slip that was printed for the acceptance
    view = desk.take_halls_word(event)
    assert not view.parked
    assert not view.waiting
    case = desk.case(shown.step.case)
    assert case.status is CaseStatus.NOT_ACCEPTED
    assert case.overruled[-1].code == "accepted_already"
    assert len(deeds(whole, Deed.STEP_SET_ASIDE)) == 1 + behind
    with whole.unit() as unit:
        kept = unit.outbox.set_aside(shown.step.case)
        assert kept == ()  # nothing is left to set aside
        assert unit.outbox.state().parked == 0
        assert not unit.outbox.due(whole.clock.at + timedelta(days=99), 100)


def test_a_step_that_breaks_the_hall_stands_in_the_tray_while_it_is_still_tried(whole: WholeDesk) -> None:
    received(whole).accept()
    with whole.unit() as unit:
        first, *others = unit.outbox.waiting_items()
        for _ in range(BROKE_OFTEN):
            unit.outbox.failed(first.envelope.id, HALL_BROKE, whole.clock.at)
        unit.outbox._change(others[-1].envelope.id, state=OutboxState.ACKED.value, receipt="{}")  # type: ignore[attr-defined]
        unit.commit()
    view = whole.desk.transfer()
    (shown,) = view.parked
    assert (shown.step.event, shown.step.trouble, shown.advice) == (
        first.envelope.id,
        HALL_BROKE,
        Advice.PROGRAM,
    )
    assert shown.acts == ACTS[Advice.PROGRAM]
    assert shown.waiting_behind == len(others) - 1
    assert [each.behind for each in view.waiting] == [False, *(True for _ in others[1:])]
    assert whole.desk.link().parked == 1
    assert not whole.desk.retry_step(first.envelope.id).parked


def test_what_was_set_aside_is_still_in_the_store(whole: WholeDesk) -> None:
    event = park_acceptance(whole, None)
    whole.desk.take_halls_word(event)
    with whole.stores[-1]._engine.connect() as db:
        rows = db.exec_driver_sql("SELECT id, length(sealed) FROM outbox WHERE state = 'set_aside'").all()
    assert event in {row[0] for row in rows}
    assert all(length > 0 for _, length in rows)


def test_without_a_word_of_the_hall_the_case_goes_back_to_before_the_step(whole: WholeDesk) -> None:
    event = park_acceptance(whole, None, "rule_unmet")
    case = whole.desk.transfer().parked[0].step.case
    whole.desk.take_halls_word(event)
    assert whole.desk.case(case).status is CaseStatus.RECEIVED
    assert whole.desk.case(case).accepted_at is None


LEFT = {
    EventKind.CORRECTION_ASKED: {"corrections": (CORRECTION,), "status": CaseStatus.CORRECTION_REQUIRED},
    EventKind.RECEIPT_AMENDED: {
        "version": 2,
        "answers": {"mother.name": AnswerOnWire("改", Origin.TYPED)},
        "amended": (Amended(2, NOW, "clerk", "写错了", (Amendment("answer.mother.name", "测试一", "改"),)),),
    },
    EventKind.CASE_FORWARDED: {
        "forwarding": Forwarding("440104", "这里", "440105", "那里", "TRN", (), "员", NOW)
    },
}


@pytest.mark.parametrize("kind", LEFT)
def test_a_newer_kind_of_step_is_undone_too_and_can_be_taken_again(kind: EventKind) -> None:
    before = replace(a_case(), answers={"mother.name": AnswerOnWire("测试一", Origin.TYPED)})
    done = replace(before, **LEFT[kind])  # type: ignore[arg-type]
    steps = (_waiting(kind, done.id),)
    for standing in (None, CaseStanding("received")):
        assert as_the_hall_has_it(done, steps, standing) == before


def test_a_result_that_the_hall_says_was_not_collected_can_be_handed_out_again() -> None:
    order = Order("o", Way.COUNTER, "某人", "", "", NOW, DeliveryState.AT_THE_WINDOW)
    ready = replace(a_case(status=CaseStatus.READY_FOR_PICKUP), orders=(order,), accepted_at=NOW)
    receiver = Receiver("某人", "111", "1", "original")
    done = replace(
        ready,
        status=CaseStatus.DELIVERED,
        handed_out=HandedOut(Way.COUNTER, receiver, NOW, "员", "DLV"),
        orders=(replace(order, state=DeliveryState.DELIVERED),),
    )
    collected, ordered = (
        _waiting(kind, "c") for kind in (EventKind.RESULT_COLLECTED, EventKind.DELIVERY_ORDERED)
    )
    assert as_the_hall_has_it(done, (collected,), CaseStanding("concluded")) == ready
    decided = replace(ready, status=CaseStatus.DECIDED, orders=())
    assert as_the_hall_has_it(done, (ordered, collected), CaseStanding("concluded")) == decided


def _waiting(kind: EventKind, case: str) -> Waiting:
    envelope = Envelope(new_id(), 1, case, kind, NOW, "clerk", "{}", "", "")
    return Waiting(envelope, OutboxState.PARKED, 1, None, "conflict")


def test_a_receipt_that_the_hall_never_takes_ends_the_case_under_its_number(whole: WholeDesk) -> None:
    desk = parked(whole)
    step = desk.transfer().parked[0].step
    desk.take_halls_word(step.event)
    case = desk.case(step.case)
    assert case.status is CaseStatus.VOIDED
    assert case.receipt_no == step.receipt_no


def test_a_step_is_sent_again_and_the_second_press_finds_it_settled(whole: WholeDesk) -> None:
    desk = parked(whole)
    event = _parked(desk)
    woken = whole.hall.woken
    view = desk.retry_step(event)
    assert not view.parked
    assert whole.hall.woken > woken
    assert deeds(whole, Deed.STEP_RETRIED)[-1].startswith(event)
    for act in (desk.retry_step, desk.take_halls_word):
        with pytest.raises(Refused) as caught:
            act(event)
        assert caught.value.failure is Failure.STEP_SETTLED


def test_steps_behind_a_parked_one_say_so(whole: WholeDesk) -> None:
    desk = parked(whole)
    assert {step.behind for step in desk.transfer().waiting} == {True}
    assert all(step.applicant.endswith("*") for step in desk.transfer().waiting)


def test_what_the_hall_told_meanwhile_is_taken_once_the_steps_are_set_aside(whole: WholeDesk) -> None:
    event = park_acceptance(whole, None)
    with whole.unit() as unit:
        case = unit.outbox.parked_items()[0].envelope.subject
    from tests.fakes.cases import NOW
    from wire.codec import encode
    from wire.messages import CaseRegistered, Change

    with whole.unit() as unit:
        unit.station.hold(
            Change(case, 1, ChangeKind.CASE_REGISTERED, encode(CaseRegistered("r", "P-1", NOW)))
        )
        unit.commit()
    whole.desk.take_halls_word(event)
    assert whole.desk.case(case).project_no == "P-1"
