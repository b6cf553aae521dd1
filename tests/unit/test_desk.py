"""The desk as a whole: real catalogue, forms and encrypted store behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.card_reader import FATHER, MOTHER, RESIDENCE
from tests.fakes.counter import WholeDesk
from tests.fakes.people import FATHER_ID, FATHER_NAME, MOTHER_ID, MOTHER_NAME
from tests.fakes.scans import attach, pdf
from tests.fakes.staff import PASSWORD, STAFF
from wire.codec import decode, encode
from wire.messages import (
    CaseAccepted,
    CaseConcluded,
    CaseReceived,
    CaseRegistered,
    Change,
    ChangeKind,
    ChangePage,
    EventKind,
    HallReceipt,
    MaterialHow,
    Origin,
    Outcome,
    Result,
    ResultCode,
    StaffList,
    StaffPolicy,
    SubCaseMoved,
    SubCaseState,
)
from wire.procedures import DayUnit, ProcedureBegun, ProcedureEnded, ProcedureKind
from workstation.domain.case import CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.forms.model import GapPlace, Problem
from workstation.services.counter import Counter
from workstation.services.ports import CardPin
from workstation.services.print_slip import NEEDS
from workstation.services.views import FieldView, StationStep, VisitView

TYPED = {
    "child.birth_certificate_no": "y440100001",
    "child.name": "测小宝",
    "father.name": FATHER_NAME,
    "father.id_no": FATHER_ID,
    "household.relation_to_head": "女",
    "contact.phone": "138 0000 0000",
}


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(whole: WholeDesk) -> Counter:
    return whole.open_up()


def _refused(failure: Failure) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{failure.value}$")


def _person(whole: WholeDesk) -> VisitView:
    whole.cards.put_in(MOTHER)
    return whole.desk.take_person(whole.desk.read_card())


def _filled(whole: WholeDesk) -> VisitView:
    _person(whole)
    whole.desk.choose("newborn")
    for key, typed in TYPED.items():
        whole.desk.answer(key, typed)
    whole.check_all()
    return whole.desk.see_original("id_father", seen=True)


def _deeds(whole: WholeDesk) -> list[str]:
    with whole.unit() as unit:
        return [entry.deed.value for entry in unit.audit.entries()]


def _field(view: VisitView, key: str) -> FieldView:
    return next(f for s in view.sections for f in s.fields if f.key == key)


# -- the gate ------------------------------------------------------------------------------------------
def test_the_gate_opens_step_by_step(whole: WholeDesk) -> None:
    desk = whole.desk
    assert desk.station().step is StationStep.NEW_KEY
    with _refused(Failure.PASSPHRASE_WEAK):
        desk.unlock("short")
    assert desk.unlock("a long passphrase").step is StationStep.ENROL
    with _refused(Failure.ENROL_CODE_REFUSED):
        desk.enrol("http://hall", "wrong")
    view = desk.enrol("http://hall", " code ")
    assert (view.step, view.station) == (StationStep.SIGN_IN, "440104")
    assert desk.sign_in("clerk", PASSWORD).step is StationStep.OPEN


def test_the_next_morning_needs_the_passphrase_and_no_code(whole: WholeDesk) -> None:
    whole.open_up()
    morning = whole.new_desk()
    assert morning.station().step is StationStep.UNLOCK
    with _refused(Failure.STORE_KEY_WRONG):
        morning.unlock("")
    assert morning.unlock("a long passphrase").step is StationStep.SIGN_IN


def test_a_hall_that_is_down_keeps_nothing_of_an_enrolment(whole: WholeDesk) -> None:
    whole.desk.unlock("a long passphrase")
    whole.hall.down = True
    with _refused(Failure.HALL_UNREACHABLE):
        whole.desk.enrol("http://hall", "code")
    assert whole.desk.station().step is StationStep.ENROL


def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(whole: WholeDesk) -> None:
    whole.open_up()
    whole.desk.sign_out()
    for _ in range(5):
        with _refused(Failure.SIGN_IN_REFUSED):
            whole.desk.sign_in("clerk", "wrong")
    with _refused(Failure.SIGN_IN_LOCKED):
        whole.desk.sign_in("clerk", PASSWORD)
    whole.clock.at += timedelta(minutes=16)
    assert whole.desk.sign_in("clerk", PASSWORD).step is StationStep.OPEN


def test_an_unknown_login_is_refused_like_a_wrong_password_and_not_written_down(whole: WholeDesk) -> None:
    whole.open_up()
    with _refused(Failure.SIGN_IN_REFUSED):
        whole.desk.sign_in("my-secret-typed-in-the-wrong-field", PASSWORD)
    with whole.unit() as unit:
        assert all("my-secret" not in entry.actor for entry in unit.audit.entries())


def test_without_a_person_signed_in_nothing_can_be_done(whole: WholeDesk) -> None:
    whole.open_up()
    whole.desk.sign_out()
    for step in (whole.desk.read_card, whole.desk.cases, lambda: whole.desk.search("")):
        with _refused(Failure.STEP_NOT_ALLOWED):
            step()


# -- person --------------------------------------------------------------------------------------------
def test_the_person_is_shown_masked(whole: WholeDesk, desk: Counter) -> None:
    view = _person(whole)
    assert view.person is not None
    assert (view.person.name, view.person.id_no) == ("测**", "440***********002X")
    assert MOTHER_NAME not in repr(view)
    assert MOTHER_ID not in repr(view)


def test_a_reveal_is_a_logged_deed(whole: WholeDesk, desk: Counter) -> None:
    _person(whole)
    assert desk.reveal_person() == (MOTHER_NAME, MOTHER_ID)
    assert _deeds(whole)[-1] == Deed.REVEALED


def test_another_persons_card_holds_receipt_and_is_not_taken(whole: WholeDesk, desk: Counter) -> None:
    ready = _filled(whole)
    assert ready.may_receive
    whole.cards.take_out()
    whole.cards.put_in(FATHER)
    # Nobody has read the new card yet: it may be anybody's.
    with _refused(Failure.CARD_OF_ANOTHER_PERSON):
        desk.receive()
    with _refused(Failure.CARD_OF_ANOTHER_PERSON):
        desk.take_person(desk.read_card())
    held = desk.visit()
    assert held is not None
    assert (held.wrong_card, held.may_receive) == (True, False)
    with _refused(Failure.CARD_OF_ANOTHER_PERSON):
        desk.receive()
    whole.cards.take_out()
    after = desk.visit()
    assert after is not None
    assert after.may_receive
    assert desk.receive()[0].receipt_no


# -- form ----------------------------------------------------------------------------------------------
def test_card_and_checks_fill_the_form_and_say_so(whole: WholeDesk, desk: Counter) -> None:
    view = _filled(whole)
    origins = {f.key: f.origin for s in view.sections for f in s.fields}
    assert origins["mother.name"] is Origin.CARD
    assert origins["child.birth_date"] is Origin.VERIFICATION
    assert origins["child.ethnicity"] is Origin.DEFAULT
    assert origins["father.name"] is Origin.TYPED
    assert view.typed == len(TYPED) <= 12
    assert view.gaps == ()
    assert view.papers_saved == 5


def test_what_the_pin_opens_is_proposed_and_changed_freely(whole: WholeDesk, desk: Counter) -> None:
    person = _person(whole).person
    assert person is not None
    assert person.pin_opens_more
    desk.choose("newborn")
    view = desk.take_person(desk.read_card(pin=CardPin("123456")))
    assert view.person is not None
    assert not view.person.pin_opens_more
    assert _field(view, "contact.phone").value == RESIDENCE.phone
    assert _field(view, "contact.phone").origin is Origin.DEFAULT
    changed = desk.answer("contact.phone", "13800000000")  # no reason is asked
    assert _field(changed, "contact.phone").value == "13800000000"
    again = desk.take_person(desk.read_card(pin=CardPin("123456")))
    assert _field(again, "contact.phone").value == "13800000000"  # what was typed stays


def test_what_the_pin_opened_before_the_item_was_chosen_is_proposed_too(
    whole: WholeDesk, desk: Counter
) -> None:
    whole.cards.put_in(MOTHER)
    desk.take_person(desk.read_card(pin=CardPin("123456")))
    assert _field(desk.choose("newborn"), "contact.phone").value == RESIDENCE.phone


def test_a_card_value_changes_only_with_a_reason(whole: WholeDesk, desk: Counter) -> None:
    _person(whole)
    desk.choose("newborn")
    with _refused(Failure.REASON_MISSING):
        desk.answer("mother.ethnicity", "02")
    view = desk.answer("mother.ethnicity", "02", "持户口簿更正")
    assert _field(view, "mother.ethnicity").value == "02"
    assert _deeds(whole)[-1] == Deed.CHANGED_TRUSTED_VALUE
    # Typing what stands there already is no change.
    assert desk.answer("mother.name", MOTHER_NAME) == desk.visit()


def test_a_changed_number_lets_go_of_what_the_register_said_of_the_old_one(
    whole: WholeDesk, desk: Counter
) -> None:
    _filled(whole)
    view = desk.answer("father.id_no", "44010018990101002X")
    checks = {c.rule: c.outcome for c in view.checks}
    assert checks["household_father"] is None
    assert checks["marriage"] is None
    assert checks["household_mother"] is Outcome.MATCH
    assert _field(view, "father.household_no").value == ""
    assert not view.may_accept


def test_an_answer_about_values_that_changed_meanwhile_is_dropped(whole: WholeDesk, desk: Counter) -> None:
    _person(whole)
    desk.choose("newborn")
    desk.acknowledge_notice()
    desk.answer("child.birth_certificate_no", "Y440100001")
    (query,) = [q for q in desk.ready_queries() if q.rule == "birth_certificate"]
    late = desk.ask(query)
    desk.answer("child.birth_certificate_no", "Y440100002")
    view = desk.take_check(late)
    assert {c.rule: c.outcome for c in view.checks}["birth_certificate"] is None
    assert _field(view, "child.birth_date").value == ""


def test_every_look_up_names_case_item_purpose_clerk_and_paper(whole: WholeDesk, desk: Counter) -> None:
    view = _filled(whole)
    assert {q.rule for q in whole.hall.asked} == {
        "birth_certificate",
        "household_father",
        "household_mother",
        "marriage",
    }
    for query in whole.hall.asked:
        assert (query.case, query.clerk) == (view.case, "clerk")
        assert all((query.item, query.purpose, query.legal_basis, query.replaces))
        assert query.sponsor.id_no == MOTHER_ID


# -- checks and papers -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "outcome", [Outcome.NO_RECORD, Outcome.NO_MATCH, Outcome.UNAVAILABLE, Outcome.CONFLICT]
)
def test_an_unmet_check_opens_the_paper_path_and_passes_nobody(
    whole: WholeDesk, desk: Counter, outcome: Outcome
) -> None:
    whole.hall.outcomes["marriage"] = outcome
    view = _filled(whole)
    gaps = {(g.place, g.key) for g in view.gaps}
    assert gaps == {(GapPlace.CHECKS, "marriage"), (GapPlace.MATERIALS, "marriage_certificate")}
    desk.receive()
    with _refused(Failure.GAPS_LEFT):
        desk.accept()
    view = desk.see_original("marriage_certificate", seen=True)
    assert view.may_accept
    assert desk.accept()[0].status is CaseStatus.ACCEPTED


@pytest.mark.parametrize(
    ("outcome", "problem"),
    [
        (Outcome.PENDING, Problem.CHECK_PENDING),
        (Outcome.EXPIRED, Problem.CHECK_EXPIRED),
        (Outcome.UNAVAILABLE, Problem.CHECK_UNAVAILABLE),
        (Outcome.CONFLICT, Problem.CHECK_NEGATIVE),
    ],
)
@pytest.mark.usefixtures("desk")
def test_a_gap_says_what_the_register_said_and_not_that_it_is_down(
    whole: WholeDesk, outcome: Outcome, problem: Problem
) -> None:
    whole.hall.outcomes["marriage"] = outcome
    view = _filled(whole)
    assert [g.problem for g in view.gaps if g.place is GapPlace.CHECKS] == [problem]


def test_an_unreachable_hall_is_unavailable_and_asked_again_later(whole: WholeDesk, desk: Counter) -> None:
    whole.hall.down = True
    view = _filled(whole)
    assert {c.outcome for c in view.checks} == {Outcome.UNAVAILABLE}
    assert {g.problem for g in view.gaps if g.place is GapPlace.CHECKS} == {Problem.CHECK_UNAVAILABLE}
    whole.hall.down = False
    whole.check_all()
    view = desk.visit() or view
    assert all(c.satisfied for c in view.checks)


def test_papers_that_want_a_hand_come_first_and_stay_in_their_order(whole: WholeDesk, desk: Counter) -> None:
    person = _person(whole)
    assert person.materials == ()
    before = [m.id for m in desk.choose("newborn").materials]
    assert before[:2] == ["id_father", "child_photo"]
    assert [m.id for m in _filled(whole).materials] == before


def test_a_scan_is_known_by_its_content_and_sealed(whole: WholeDesk, desk: Counter, tmp_path: Path) -> None:
    _person(whole)
    desk.choose("newborn")
    fake = tmp_path / "picture.pdf"
    fake.write_bytes(b"MZ not a pdf")
    with _refused(Failure.SCAN_UNREADABLE):
        attach(desk, "id_father", fake)
    huge = tmp_path / "huge.pdf"
    huge.write_bytes(b"%PDF-" + bytes(10_000_001))
    with _refused(Failure.SCAN_TOO_LARGE):
        attach(desk, "id_father", huge)
    with _refused(Failure.SCAN_UNREADABLE):
        attach(desk, "id_father", tmp_path / "absent.pdf")
    real = tmp_path / "real.pdf"
    real.write_bytes(pdf())
    view = attach(desk, "id_father", real)
    paper = next(m for m in view.materials if m.id == "id_father")
    assert (paper.how, paper.scans) == (MaterialHow.SCANNED, 1)
    kept = [path for path in (whole.folder / "scans").rglob("*") if path.is_file()]
    assert len(kept) == 1
    for path in (*kept, whole.folder / "station.db"):
        assert b"%PDF-" not in path.read_bytes()


# -- drafts ----------------------------------------------------------------------------------------------
def test_a_crash_costs_nothing_that_was_committed(whole: WholeDesk, desk: Counter) -> None:
    before = _filled(whole)
    again = whole.new_desk()
    again.unlock("a long passphrase")
    again.sign_in("clerk", PASSWORD)
    (draft,) = again.drafts()
    assert draft.case == before.case
    resumed = again.resume(draft.case)
    assert [s.fields for s in resumed.sections] == [s.fields for s in before.sections]
    assert (resumed.gaps, resumed.checks, resumed.materials) == (before.gaps, before.checks, before.materials)


def test_another_clerk_does_not_see_the_draft(whole: WholeDesk, desk: Counter) -> None:
    view = _filled(whole)
    desk.sign_out()
    assert desk.station().step is StationStep.SIGN_IN
    desk.sign_in("agent", PASSWORD)
    assert desk.drafts() == ()
    assert desk.visit() is None
    with _refused(Failure.CASE_UNKNOWN):
        desk.resume(view.case)


def test_a_login_that_passed_to_somebody_else_does_not_bring_the_drafts_along(
    whole: WholeDesk, desk: Counter
) -> None:
    _filled(whole)
    shown = desk.visit()
    assert shown is not None
    desk.sign_out()
    heir = tuple(replace(a, person="p-heir") if a.login == "clerk" else a for a in STAFF)
    with whole.unit() as unit:
        unit.station.take_staff(StaffList("440104", 9, whole.clock(), StaffPolicy(), heir, ""))
        unit.commit()
    desk.sign_in("clerk", PASSWORD)
    assert desk.drafts() == ()
    with _refused(Failure.CASE_UNKNOWN):
        desk.resume(shown.case)


def test_a_discarded_draft_is_gone_and_the_deed_stays(whole: WholeDesk, desk: Counter) -> None:
    view = _filled(whole)
    desk.drop_visit()
    desk.discard_draft(view.case)
    assert desk.drafts() == ()
    assert _deeds(whole)[-1] == Deed.VISIT_DROPPED
    with _refused(Failure.NO_VISIT):
        desk.discard_draft(view.case)


def test_what_was_received_is_no_draft_to_throw_away(whole: WholeDesk, desk: Counter) -> None:
    view = _filled(whole)
    desk.receive()
    with _refused(Failure.NO_VISIT):
        desk.discard_draft(view.case)


def test_a_card_that_was_only_read_leaves_no_draft(whole: WholeDesk, desk: Counter) -> None:
    _person(whole)
    desk.drop_visit()
    assert desk.drafts() == ()


def test_nothing_personal_is_shown_in_clear_typed_or_not(whole: WholeDesk, desk: Counter) -> None:
    shown = _field(_filled(whole), "father.id_no")
    assert (shown.value, shown.shown) == (FATHER_ID, "440***********0011")
    assert desk.reveal("father.id_no").shown == FATHER_ID
    received, _ = desk.receive()
    assert FATHER_ID not in {f.shown for s in received.sections for f in s.fields}
    assert received.provisional


def test_a_gap_says_whose_datum_is_missing(whole: WholeDesk, desk: Counter) -> None:
    _person(whole)
    labels = {gap.key: gap.label.zh for gap in desk.choose("newborn").gaps}
    assert labels["father.name"] == "父亲 · 姓名"
    assert labels["child.name"] != labels["father.name"]


# -- receipt and acceptance --------------------------------------------------------------------------------
def test_case_envelope_audit_and_slip_come_in_one_commit(whole: WholeDesk, desk: Counter) -> None:
    _filled(whole)
    view, sheet = desk.receive()
    assert view.receipt_no == "440104261123010001" + view.receipt_no[-1]  # type: ignore[index]
    with whole.unit() as unit:
        case = unit.cases.get(view.case)
        first, second = (w.envelope for w in unit.outbox.due(whole.clock.at, 9))
        assert case.receipt_no == view.receipt_no
        assert (first.kind, second.kind) == (EventKind.CASE_RECEIVED, EventKind.SLIP_PRINTED)
        body = decode(CaseReceived, first.body)
        assert body.answers["child.name"].value == "测小宝"
        assert [o.after for o in body.sub_cases] == [(), ("birth-registration",), ("birth-registration",)]
        assert len(body.verifications) == 4
        assert [p.serial for p in unit.prints.of_case(case.id)] == [sheet.serial]
    assert sheet.serial in whole.press.sheets
    assert _deeds(whole)[-2:] == [Deed.RECEIVED, Deed.PRINTED]
    assert whole.hall.woken == 1


def test_a_receipt_that_cannot_be_printed_is_not_given(whole: WholeDesk, desk: Counter) -> None:
    _filled(whole)
    desk.answer("child.name", "测\U00020164")
    made = whole.press.make
    whole.press.make = _refuse_glyph  # type: ignore[method-assign]
    with _refused(Failure.GLYPH_MISSING):
        desk.receive()
    whole.press.make = made  # type: ignore[method-assign]
    with whole.unit() as unit:
        assert unit.cases.count() == 0
        assert unit.outbox.state().pending == 0
    view, _ = desk.receive()
    assert view.receipt_no is not None
    assert view.receipt_no[14:18] == "0001"  # the number was not spent


def _refuse_glyph(slip: object) -> bytes:
    raise Refused(Failure.GLYPH_MISSING, character="U+20164")


def test_nothing_is_received_without_person_item_or_paper(whole: WholeDesk, desk: Counter) -> None:
    with _refused(Failure.NO_VISIT):
        desk.receive()
    desk.choose("newborn")
    with _refused(Failure.NO_PERSON):
        desk.receive()
    _person(whole)
    with _refused(Failure.GAPS_LEFT):
        desk.receive()


def test_a_double_press_is_one_case(whole: WholeDesk, desk: Counter) -> None:
    _filled(whole)
    desk.receive()
    with _refused(Failure.STEP_NOT_ALLOWED):
        desk.receive()
    desk.accept()
    with _refused(Failure.STEP_NOT_ALLOWED):
        desk.accept()
    with whole.unit() as unit:
        assert unit.cases.count() == 1


def test_an_agent_receives_and_never_accepts(whole: WholeDesk) -> None:
    whole.open_up("agent")
    view = _filled(whole)
    view, _ = whole.desk.receive()
    assert not view.may_accept
    with _refused(Failure.ROLE_MISSING):
        whole.desk.accept()
    with _refused(Failure.ROLE_MISSING):
        whole.desk.accept_case(view.case)
    whole.desk.sign_out()
    whole.desk.sign_in("clerk", PASSWORD)
    accepted, sheet = whole.desk.accept_case(view.case)
    assert accepted.status is CaseStatus.ACCEPTED
    assert sheet.kind is SlipKind.ACCEPTANCE
    assert sheet.path


def test_offline_the_receipt_is_provisional_and_acceptance_waits(whole: WholeDesk, desk: Counter) -> None:
    _filled(whole)
    whole.hall.down = True
    view, sheet = desk.receive()
    assert b"provisional=True" in whole.press.sheets[sheet.serial]
    with _refused(Failure.HALL_UNREACHABLE):
        desk.accept()
    whole.hall.down = False
    assert desk.accept()[0].status is CaseStatus.ACCEPTED
    with whole.unit() as unit:
        accepted = unit.outbox.due(whole.clock.at, 9)[2].envelope
        assert decode(CaseAccepted, accepted.body).receipt_no == view.receipt_no


def test_beyond_the_calendar_no_date_is_promised(whole: WholeDesk, desk: Counter) -> None:
    _filled(whole)
    desk.receive()
    whole.never_stale()
    whole.clock.at = datetime(2026, 12, 31, 2, tzinfo=UTC)
    whole.check_all()  # what was answered in November holds no more
    view = desk.visit()
    assert view is not None
    assert {p.due for p in view.promises} == {None}
    with _refused(Failure.CALENDAR_ENDED):
        desk.accept()


# -- what the hall tells -----------------------------------------------------------------------------------
def _change(case: str, rev: int, kind: ChangeKind, body: object) -> Change:
    return Change(case, rev, kind, encode(body))


def _all_sent(whole: WholeDesk) -> None:
    with whole.unit() as unit:
        for waiting in unit.outbox.due(whole.clock.at, 99):
            envelope = waiting.envelope
            unit.outbox.acked(
                envelope.id, HallReceipt(envelope.id, envelope.sha256, whole.clock.at, "h", "s")
            )
        unit.commit()


def _decided(whole: WholeDesk) -> str:
    _filled(whole)
    view, _ = whole.desk.receive()
    whole.desk.accept()
    _all_sent(whole)
    at = whole.clock.at
    result = Result(ResultCode.GRANTED, "准予", "公安", "r", at, "户口登记", "1.2.156")
    items = ("birth-registration", "medical-insurance-newborn", "social-security-card-newborn")
    changes = [
        _change(view.case, 1, ChangeKind.CASE_REGISTERED, CaseRegistered(view.receipt_no or "", "P1", at))
    ]
    for n, item in enumerate(items):
        moved = SubCaseMoved(item, SubCaseState.DECIDED, at, result)
        changes.append(_change(view.case, n + 2, ChangeKind.SUB_CASE_MOVED, moved))
    changes.append(_change(view.case, 5, ChangeKind.CASE_CONCLUDED, CaseConcluded("P1", at, "YC1.e30.AA")))
    whole.take_page(ChangePage("epoch", tuple(changes), "epoch.5", more=False))
    return view.case


def test_the_halls_word_arrives_once_and_with_its_cursor(whole: WholeDesk, desk: Counter) -> None:
    case = _decided(whole)
    view = desk.case(case)
    assert (view.status, view.project_no, view.provisional) == (CaseStatus.DECIDED, "P1", False)
    with whole.unit() as unit:
        assert unit.station.cursor() == "epoch.5"
        audit = len(unit.audit.entries())
    again = _change(
        case,
        2,
        ChangeKind.SUB_CASE_MOVED,
        SubCaseMoved("birth-registration", SubCaseState.WAITING, whole.clock.at),
    )
    whole.take_page(ChangePage("epoch", (again,), "epoch.6", more=False))
    with whole.unit() as unit:
        assert len(unit.audit.entries()) == audit  # an old revision changes nothing
    assert desk.case(case) == view


def test_a_change_waits_while_local_work_is_unsent(whole: WholeDesk, desk: Counter) -> None:
    _filled(whole)
    view, _ = desk.receive()
    registered = CaseRegistered(view.receipt_no or "", "P1", whole.clock.at)
    page = ChangePage(
        "epoch", (_change(view.case, 1, ChangeKind.CASE_REGISTERED, registered),), "epoch.1", more=False
    )
    whole.take_page(page)
    assert desk.case(view.case).provisional
    _all_sent(whole)
    moved = SubCaseMoved("birth-registration", SubCaseState.DISPATCHED, whole.clock.at)
    later = _change(view.case, 2, ChangeKind.SUB_CASE_MOVED, moved)
    whole.take_page(ChangePage("epoch", (later,), "epoch.2", more=False))
    assert desk.case(view.case).project_no == "P1"


def test_a_procedure_is_kept_with_its_item_from_its_beginning_to_its_end(
    whole: WholeDesk, desk: Counter
) -> None:
    _filled(whole)
    view, _ = desk.receive()
    _all_sent(whole)
    begun_at, ended_at = whole.clock.at, whole.clock.at + timedelta(days=9)
    kind, unit = ProcedureKind.HEARING, DayUnit.WORKING
    begun = ProcedureBegun(
        "p", "birth-registration", kind, begun_at, 15, unit, "要求听证", "特告 1 号", "领导"
    )
    told = _change(view.case, 1, ChangeKind.PROCEDURE_BEGUN, begun)
    whole.take_page(ChangePage("epoch", (told,), "epoch.1", more=False))
    running = {text.zh: sub.procedures for sub in desk.case(view.case).sub_cases for text in (sub.item,)}
    (only,) = running.pop("出生登记")
    assert (only.kind, only.begun_at, only.days, only.ended_at) == (kind, begun_at, 15, None)
    assert set(running.values()) == {()}  # the clocks of the other items run on
    ended = ProcedureEnded("p", "birth-registration", ended_at, "听证已举行")
    told = _change(view.case, 2, ChangeKind.PROCEDURE_ENDED, ended)
    whole.take_page(ChangePage("epoch", (told,), "epoch.2", more=False))
    (over,) = next(sub.procedures for sub in desk.case(view.case).sub_cases if sub.procedures)
    assert (over.begun_at, over.ended_at, over.outcome) == (begun_at, ended_at, "听证已举行")


def test_the_law_of_a_denial_stands_with_its_reason(whole: WholeDesk, desk: Counter) -> None:
    _filled(whole)
    view, _ = desk.receive()
    _all_sent(whole)
    at = whole.clock.at
    denied = Result(ResultCode.DENIED, "材料不符", "公安", "r", at, basis="户口登记条例第七条")
    moved = SubCaseMoved("birth-registration", SubCaseState.DECIDED, at, denied)
    told = _change(view.case, 1, ChangeKind.SUB_CASE_MOVED, moved)
    whole.take_page(ChangePage("epoch", (told,), "epoch.1", more=False))
    assert "材料不符（户口登记条例第七条）" in [sub.result_text for sub in desk.case(view.case).sub_cases]


def test_a_result_slip_needs_a_decision_and_a_supervisor(whole: WholeDesk, desk: Counter) -> None:
    _filled(whole)
    view, _ = desk.receive()
    desk.sign_out()
    desk.sign_in("supervisor", PASSWORD)
    with _refused(Failure.NOT_DECIDED):
        desk.print_slip(view.case, SlipKind.RESULT)
    desk.sign_out()
    desk.sign_in("clerk", PASSWORD)
    with _refused(Failure.ROLE_MISSING):
        desk.print_slip(view.case, SlipKind.RESULT)


def test_the_second_print_is_marked_and_counted(whole: WholeDesk, desk: Counter) -> None:
    case = _decided(whole)
    desk.sign_out()
    desk.sign_in("supervisor", PASSWORD)
    first = desk.print_slip(case, SlipKind.RESULT)
    second = desk.print_slip(case, SlipKind.RESULT)
    assert (first.reprint, second.reprint) == (0, 1)
    assert first.serial != second.serial
    assert desk.case(case).result_prints == 2
    with whole.unit() as unit:
        results = [p for p in unit.prints.of_case(case) if p.kind is SlipKind.RESULT]
        assert [p.reprint for p in results] == [0, 1]
    assert b"YC1.e30.AA." + first.serial.encode() in whole.press.sheets[first.serial]


def test_another_persons_card_holds_acceptance_and_every_print(whole: WholeDesk, desk: Counter) -> None:
    case = _decided(whole)
    whole.cards.take_out()
    whole.cards.put_in(FATHER)
    with suppress(Refused):  # another visit may be open: whose card it is was read all the same
        desk.take_person(desk.read_card())
    for kind in SlipKind:
        # Results are the supervisor's to print, whoever's card is there.
        with _refused(
            Failure.ROLE_MISSING if NEEDS[kind] is Deed.PRINTED else Failure.CARD_OF_ANOTHER_PERSON
        ):
            desk.print_slip(case, kind)
    with _refused(Failure.CARD_OF_ANOTHER_PERSON):
        desk.accept_case(case)
    with whole.unit() as unit:
        assert len(unit.prints.of_case(case)) == 2  # receipt and acceptance, from before
    whole.cards.take_out()
    assert desk.print_slip(case, SlipKind.ACCEPTANCE).reprint == 1


def test_a_card_left_in_the_reader_holds_the_print_of_whoever_signs_in_next(
    whole: WholeDesk, desk: Counter
) -> None:
    case = _decided(whole)
    whole.cards.take_out()
    whole.cards.put_in(FATHER)
    with suppress(Refused):
        desk.take_person(desk.read_card())
    desk.sign_out()
    desk.sign_in("supervisor", PASSWORD)
    with _refused(Failure.CARD_OF_ANOTHER_PERSON):
        desk.print_slip(case, SlipKind.RESULT)
    whole.cards.take_out()
    assert desk.print_slip(case, SlipKind.RESULT).reprint == 0


def test_another_persons_card_holds_the_acceptance_of_the_visit(whole: WholeDesk, desk: Counter) -> None:
    _filled(whole)
    desk.receive()
    whole.cards.take_out()
    whole.cards.put_in(FATHER)
    with _refused(Failure.CARD_OF_ANOTHER_PERSON):
        desk.accept()  # nobody has read this card yet
    whole.cards.take_out()
    assert desk.accept()[1].kind is SlipKind.ACCEPTANCE


# -- single items --------------------------------------------------------------------------------------------
def test_registration_of_births_never_asks_for_marriage(whole: WholeDesk, desk: Counter) -> None:
    _person(whole)
    view = desk.choose("birth-plan-registration")
    assert view.checks == ()
    assert [m.id for m in view.materials] == ["id_or_book_mother"]


def test_a_single_item_takes_the_card_holder_as_applicant(whole: WholeDesk, desk: Counter) -> None:
    _person(whole)
    view = desk.choose("senior-card-first")
    assert _field(view, "applicant.id_no").value == MOTHER_ID
    assert next(m for m in view.materials if m.id == "id_applicant").how is MaterialHow.REPLACED_BY_CARD


def test_a_printer_that_fails_does_not_undo_the_receipt(whole: WholeDesk, desk: Counter) -> None:
    _filled(whole)
    whole.press.refuses = Failure.PRINTER_FAILED
    view, sheet = desk.receive()
    assert view.receipt_no is not None
    assert (sheet.trouble, sheet.path) == (Failure.PRINTER_FAILED, "")
    assert desk.case(view.case).receipt_no == view.receipt_no


def test_the_account_is_proposed_on_the_name_of_whoever_is_at_the_desk(
    whole: WholeDesk, desk: Counter
) -> None:
    _person(whole)
    view = desk.choose("longevity-allowance")
    holder = _field(view, "payment.holder")
    assert (holder.value, holder.origin) == (_field(view, "applicant.name").value, Origin.DEFAULT)
    changed = desk.answer("payment.holder", "测试九")  # no reason is asked
    assert _field(changed, "payment.holder").value == "测试九"


def test_a_date_that_is_none_says_so_and_nothing_else(whole: WholeDesk, desk: Counter) -> None:
    _person(whole)
    desk.choose("residence-registration")
    view = desk.answer("stay.since", "2026-13-40")
    assert [gap.place.value for gap in view.gaps if gap.key == "stay.since"] == ["form"]
    assert "conditions" not in {gap.place.value for gap in view.gaps}
    young = desk.answer("stay.since", whole.clock.at.date().isoformat())
    assert "conditions" in {gap.place.value for gap in young.gaps}


def test_a_condition_leads_to_what_was_typed_and_the_proposed_name_is_masked(
    whole: WholeDesk, desk: Counter
) -> None:
    _person(whole)
    desk.choose("longevity-allowance")
    view = desk.answer("allowance.band", "1")
    [gap] = [gap for gap in view.gaps if gap.place.value == "conditions" and gap.field]
    assert gap.field == "allowance.band"
    holder = _field(view, "payment.holder")
    assert holder.shown != holder.value


def test_the_lists_name_who_took_a_case(whole: WholeDesk, desk: Counter) -> None:
    _filled(whole)
    view, _ = desk.receive()
    assert {desk.case(view.case).received_by, desk.cases()[0].received_by} == {"演示clerk"}
