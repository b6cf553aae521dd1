"""The steps after the receipt at the real desk: correction, withdrawal, correction of what was written wrong, the timer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.fakes.card_reader import MOTHER
from tests.fakes.cases import a_receipt
from tests.fakes.counter import WholeDesk
from tests.fakes.people import FATHER_ID
from tests.fakes.staff import PASSWORD
from tests.unit.test_second_person import TYPED, received, signed
from wire.codec import decode, encode
from wire.corrections import (
    Amendment,
    CaseReturned,
    CaseWithdrawn,
    CorrectionAnswered,
    CorrectionAsked,
    CorrectionGap,
    DeemedAccepted,
    Defect,
    GapAnswer,
    ReceiptAmended,
)
from wire.messages import Change, ChangeKind, ChangePage, EventKind, MaterialHow, ResultCode
from wire.rights import SLIP_ACTIONS
from workstation.domain.approval import ProposalKind, Reason, Wish
from workstation.domain.case import Case, CaseFlag, CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.services.ports import Unit
from workstation.services.print_slip import NEEDS
from workstation.services.return_lapsed import ReturnLapsed, look
from workstation.services.views import ProposalView

GAP = CorrectionGap("id_father", Defect.MISSING, "没有带父亲身份证", "有效期内的原件", "带原件来核对")
GAPS = (GAP,)
BROUGHT = (GapAnswer("id_father", "brought"),)
PHONE = (Amendment("answer.contact.phone", "", "13900000000"),)
NAME = (Amendment("applicant.name", "", "测试更正"),)
BIRTH, INSURANCE, CARD = "birth-registration", "medical-insurance-newborn", "social-security-card-newborn"


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeDesk]:
    """One counter for all: each test has a case of its own."""
    made = WholeDesk(tmp_path_factory.mktemp("steps"))
    made.open_up()
    made.never_stale()
    yield made
    made.close()


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[WholeDesk]:
    """A counter of its own, at which weeks pass: the table of working days that comes along ends with the year."""
    made = WholeDesk(tmp_path)
    made.open_up()
    made.never_stale()
    yield made
    made.close()


@pytest.fixture
def whole(counter: WholeDesk) -> WholeDesk:
    counter.hall.down = False
    if counter.desk.station().login != "clerk":
        counter.desk.sign_out()
        counter.desk.sign_in("clerk", PASSWORD)
    counter.desk.drop_visit()
    return counter


def later(whole: WholeDesk, days: int) -> None:
    """Let days pass at a counter that hears its hall every morning."""
    whole.clock.at += timedelta(days=days)
    with whole.unit() as unit:
        staff = unit.station.staff_list()
        assert staff is not None
        unit.station.take_staff(replace(staff, issued_at=whole.clock.at))
        unit.commit()


def case_of(whole: WholeDesk, case: str) -> Case:
    with whole.unit() as unit:
        return unit.cases.get(case)


def events(whole: WholeDesk, case: str, kind: EventKind) -> list[str]:
    with whole.unit() as unit:
        told = [each.envelope for each in unit.outbox.waiting_items(5000)]
    return [each.body for each in told if each.kind is kind and each.subject == case]


def noted(whole: WholeDesk, case: str, deed: Deed) -> int:
    with whole.unit() as unit:
        return sum(entry.deed is deed and entry.case == case for entry in unit.audit.entries())


def proposed(whole: WholeDesk, case: str) -> list[ProposalView]:
    return [each for each in whole.desk.proposals() if each.case == case]


def refuses(call: Callable[[], object], failure: Failure) -> None:
    with pytest.raises(Refused) as refused:
        call()
    assert refused.value.failure is failure


# -- 补正 ------------------------------------------------------------------------------------------------------
def test_a_correction_is_asked_brought_and_the_case_accepted(patient: WholeDesk) -> None:
    whole = patient
    case = received(whole)
    view, sheet = whole.desk.ask_correction(case, GAPS)
    assert (view.status, sheet.kind if sheet else None) == (
        CaseStatus.CORRECTION_REQUIRED,
        SlipKind.CORRECTION,
    )
    (asked,) = events(whole, case, EventKind.CORRECTION_ASKED)
    told = decode(CorrectionAsked, asked)
    assert told.gaps == GAPS
    assert told.until == (whole.clock.at + timedelta(days=30)).date()
    refuses(whole.desk.accept, Failure.GAPS_LEFT)
    later(whole, 9)
    view, sheet = whole.desk.take_correction(case, BROUGHT)
    assert (view.status, sheet.kind if sheet else None) == (
        CaseStatus.CORRECTION_RECEIVED,
        SlipKind.CORRECTED,
    )
    (answered,) = events(whole, case, EventKind.CORRECTION_ANSWERED)
    papers = {m.material: m.how for m in decode(CorrectionAnswered, answered).materials}
    assert papers["id_father"] is MaterialHow.ORIGINAL_SEEN
    whole.check_all()
    assert whole.desk.accept()[0].status is CaseStatus.ACCEPTED
    (kept,) = case_of(whole, case).corrections
    assert kept.answered_at == whole.clock.at
    assert kept.answers == BROUGHT


def test_a_correction_names_every_missing_paper_with_reason_standard_and_remedy(whole: WholeDesk) -> None:
    case = received(whole)
    other = replace(GAP, subject="marriage_certificate")
    wrong = ((), (other,), (replace(GAP, how=" "),), (GAP, GAP))
    for call in [partial(whole.desk.ask_correction, case, gaps) for gaps in wrong]:
        refuses(call, Failure.CORRECTION_INCOMPLETE)
    assert case_of(whole, case).status is CaseStatus.RECEIVED
    assert not events(whole, case, EventKind.CORRECTION_ASKED)


def test_after_five_working_days_nothing_may_be_asked_any_more(patient: WholeDesk) -> None:
    whole = patient
    case = received(whole)
    last = whole.desk.step_options(case).correction.last_day
    assert last is not None
    while whole.clock.at.date() <= last:
        later(whole, 1)
    refuses(lambda: whole.desk.ask_correction(case, GAPS), Failure.CORRECTION_LATE)


def test_a_correction_is_asked_for_once(whole: WholeDesk) -> None:
    case = received(whole)
    whole.desk.ask_correction(case, GAPS)
    whole.desk.take_correction(case, BROUGHT)
    refuses(lambda: whole.desk.ask_correction(case, GAPS), Failure.STEP_NOT_ALLOWED)


def test_a_correction_is_taken_when_every_gap_has_its_answer(whole: WholeDesk) -> None:
    case = received(whole)
    whole.desk.ask_correction(case, (GAP, replace(GAP, subject="marriage_certificate")))
    refuses(lambda: whole.desk.take_correction(case, BROUGHT), Failure.CORRECTION_UNANSWERED)
    wordless = (*BROUGHT, GapAnswer("marriage_certificate", "explained", " "))
    refuses(lambda: whole.desk.take_correction(case, wordless), Failure.CORRECTION_UNANSWERED)
    said = (*BROUGHT, GapAnswer("marriage_certificate", "explained", "民政已核验，不用再带"))
    assert whole.desk.take_correction(case, said)[0].status is CaseStatus.CORRECTION_RECEIVED


# -- a double press is one deed ----------------------------------------------------------------------------------
def _asked(whole: WholeDesk) -> str:
    case = received(whole)
    whole.desk.ask_correction(case, GAPS)
    return case


TWICE: dict[str, tuple[Callable[[WholeDesk], str], Callable[[WholeDesk, str], object], EventKind, Deed]] = {
    "ask_correction": (
        received,
        lambda w, case: w.desk.ask_correction(case, GAPS),
        EventKind.CORRECTION_ASKED,
        Deed.CORRECTION_ASKED,
    ),
    "take_correction": (
        _asked,
        lambda w, case: w.desk.take_correction(case, BROUGHT),
        EventKind.CORRECTION_ANSWERED,
        Deed.CORRECTION_TAKEN,
    ),
    "withdraw_case": (
        received,
        lambda w, case: w.desk.withdraw_case(case, (INSURANCE,), "已经单独办好了", "applicant"),
        EventKind.CASE_WITHDRAWN,
        Deed.WITHDRAWN,
    ),
    "amend_receipt": (
        received,
        lambda w, case: w.desk.amend_receipt(case, PHONE, "当事人说号码记错了"),
        EventKind.RECEIPT_AMENDED,
        Deed.AMENDED,
    ),
}


@pytest.mark.parametrize("verb", TWICE)
def test_a_double_press_is_one_deed(whole: WholeDesk, verb: str) -> None:
    begin, press, event, deed = TWICE[verb]
    case = begin(whole)
    press(whole, case)
    sheets = len(whole.press.sheets)
    once = case_of(whole, case)
    again = press(whole, case)
    assert isinstance(again, tuple)
    assert again[1] is None
    assert len(whole.press.sheets) == sheets
    assert case_of(whole, case) == once
    assert len(events(whole, case, event)) == 1
    assert noted(whole, case, deed) == 1


def test_receipt_and_acceptance_pressed_twice_are_one_each(whole: WholeDesk) -> None:
    case = received(whole)
    refuses(whole.desk.receive, Failure.STEP_NOT_ALLOWED)
    whole.desk.see_original("id_father", seen=True)
    whole.desk.accept()
    refuses(whole.desk.accept, Failure.STEP_NOT_ALLOWED)
    refuses(lambda: whole.desk.accept_case(case), Failure.STEP_NOT_ALLOWED)
    for kind in (EventKind.CASE_RECEIVED, EventKind.CASE_ACCEPTED):
        assert len(events(whole, case, kind)) == 1


def test_two_who_sign_one_proposal_do_one_deed(whole: WholeDesk) -> None:
    case = received(whole)
    made = whole.desk.propose(case, Wish(ProposalKind.VOID, Reason.TWICE, "上午已经收过一次了"))
    signed(whole.desk, made)
    refuses(lambda: signed(whole.desk, made), Failure.STEP_NOT_ALLOWED)
    assert len(events(whole, case, EventKind.CASE_VOIDED)) == 1


# -- 退件 ------------------------------------------------------------------------------------------------------
def test_the_timer_reminds_then_proposes_and_a_second_person_returns_the_case(patient: WholeDesk) -> None:
    whole = patient
    case = _asked(whole)
    timer = ReturnLapsed(open_unit=whole.unit, clock=whole.clock)
    timer.carry()
    assert not noted(whole, case, Deed.REMINDED)
    later(whole, 29)
    timer.carry()
    timer.carry()
    assert noted(whole, case, Deed.REMINDED) == 1
    assert not proposed(whole, case)
    later(whole, 2)
    timer.carry()
    later(whole, 1)
    timer.carry()
    (made,) = proposed(whole, case)
    assert made.kind is ProposalKind.RETURN
    view, sheet = whole.desk.approve(made.id, made.sha256, "supervisor", PASSWORD)
    assert view.status is CaseStatus.RETURNED
    assert sheet is not None
    assert sheet.kind is SlipKind.RETURN
    (body,) = events(whole, case, EventKind.CASE_RETURNED)
    assert decode(CaseReturned, body).clerk == "station"


def test_what_a_supervisor_sent_back_the_timer_does_not_propose_again(patient: WholeDesk) -> None:
    whole = patient
    case = _asked(whole)
    later(whole, 31)
    with whole.unit() as unit:
        assert case in look(unit, whole.clock.at)
        unit.commit()
    whole.desk.sign_out()
    whole.desk.sign_in("supervisor", PASSWORD)
    (made,) = proposed(whole, case)
    whole.desk.decline(made.id)
    with whole.unit() as unit:
        assert case not in look(unit, whole.clock.at)


def test_the_timer_sees_those_behind_the_newest_too(patient: WholeDesk) -> None:
    whole = patient
    old = _asked(whole)
    whole.desk.drop_visit()
    later(whole, 20)
    new = _asked(whole)
    later(whole, 11)
    with whole.unit() as unit:
        assert look(unit, whole.clock.at, most=1) == (old,)
    assert old != new


def test_nothing_is_returned_while_the_limit_runs(whole: WholeDesk) -> None:
    case = _asked(whole)
    wish = Wish(ProposalKind.RETURN, Reason.LIMIT_PASSED, "说好不来了，退件")
    refuses(lambda: whole.desk.propose(case, wish), Failure.CORRECTION_RUNNING)


def test_what_is_brought_after_the_limit_and_before_the_signature_still_counts(patient: WholeDesk) -> None:
    whole = patient
    case = _asked(whole)
    later(whole, 31)
    with whole.unit() as unit:
        look(unit, whole.clock.at)
        unit.commit()
    (made,) = proposed(whole, case)
    whole.desk.take_correction(case, BROUGHT)
    refuses(lambda: signed(whole.desk, made), Failure.PROPOSAL_CHANGED)
    assert case_of(whole, case).status is CaseStatus.CORRECTION_RECEIVED


# -- 撤回 ------------------------------------------------------------------------------------------------------
def test_one_item_is_withdrawn_and_the_others_go_on(whole: WholeDesk) -> None:
    case = received(whole)
    view, sheet = whole.desk.withdraw_case(case, (INSURANCE,), "孩子参加外地医保", "applicant")
    assert view.status is CaseStatus.RECEIVED
    assert sheet is not None
    assert sheet.kind is SlipKind.RETURN
    (body,) = events(whole, case, EventKind.CASE_WITHDRAWN)
    assert decode(CaseWithdrawn, body).items == (INSURANCE,)
    whole.desk.see_original("id_father", seen=True)
    whole.check_all()
    whole.desk.accept()
    kept = case_of(whole, case)
    results = {sub.item: sub.result.code if sub.result else None for sub in kept.sub_cases}
    assert results[INSURANCE] is ResultCode.WITHDRAWN
    assert results[BIRTH] is None
    promised = {sub.item: sub.promised_on for sub in kept.sub_cases}
    assert promised[INSURANCE] is None
    assert promised[BIRTH] is not None


def test_what_waits_for_a_withdrawn_item_goes_with_it(whole: WholeDesk) -> None:
    case = received(whole)
    whole.desk.withdraw_case(case, (BIRTH,), "先不办了，下个月再来", "applicant")
    kept = case_of(whole, case)
    assert kept.status is CaseStatus.WITHDRAWN
    assert {sub.item for sub in kept.sub_cases} == set(kept.withdrawals[-1].items)
    assert case not in {draft.case for draft in whole.desk.drafts()}


def test_a_withdrawal_needs_a_signature_and_words(whole: WholeDesk) -> None:
    case = received(whole)
    refuses(lambda: whole.desk.withdraw_case(case, (INSURANCE,), "不办了", ""), Failure.REQUEST_UNSIGNED)
    refuses(lambda: whole.desk.withdraw_case(case, (INSURANCE,), " ", "agent"), Failure.REQUEST_UNSIGNED)
    refuses(lambda: whole.desk.withdraw_case(case, ("none",), "不办了", "agent"), Failure.STEP_NOT_ALLOWED)
    assert case_of(whole, case).status is CaseStatus.RECEIVED


# -- 更正 ------------------------------------------------------------------------------------------------------
def test_a_telephone_is_mended_by_the_clerk_alone_and_old_sheets_hold_no_more(whole: WholeDesk) -> None:
    case = received(whole)
    before = case_of(whole, case)
    with whole.unit() as unit:
        (old,) = [each.serial for each in unit.prints.of_case(case) if each.kind is SlipKind.RECEIPT]
    view, sheet = whole.desk.amend_receipt(case, PHONE, "当事人说号码记错了")
    after = case_of(whole, case)
    assert (view.version, after.receipt_no) == (2, before.receipt_no)
    assert after.answers["contact.phone"].value == "13900000000"
    assert sheet is not None
    assert (sheet.kind, sheet.reprint) == (SlipKind.RECEIPT, 0)
    with whole.unit() as unit:
        voided = {each.serial for each in unit.prints.of_case(case) if each.voided}
        draft = unit.drafts.get(case)
    assert voided == {old}
    assert draft is not None
    assert draft.answers["contact.phone"].value == "13900000000"
    (body,) = events(whole, case, EventKind.RECEIPT_AMENDED)
    told = decode(ReceiptAmended, body)
    assert (told.version, told.voided) == (2, (old,))
    assert told.changes[0].before == TYPED["contact.phone"]


def test_who_the_case_is_about_changes_with_two_persons_only(whole: WholeDesk) -> None:
    case = received(whole)
    refuses(lambda: whole.desk.amend_receipt(case, NAME, "身份证上是这个名字"), Failure.SECOND_PERSON_NEEDED)
    wish = Wish(ProposalKind.AMEND, Reason.WRITTEN_WRONG, "身份证上是这个名字", changes=NAME)
    made = whole.desk.propose(case, wish)
    view, sheet = whole.desk.approve(made.id, made.sha256, "supervisor", PASSWORD)
    assert view.version == 2
    assert sheet is not None
    assert sheet.kind is SlipKind.RECEIPT
    after = case_of(whole, case)
    assert after.applicant.name == "测试更正"
    (body,) = events(whole, case, EventKind.RECEIPT_AMENDED)
    approval = decode(ReceiptAmended, body).approval
    assert approval is not None
    assert approval.approver == "supervisor"
    assert (noted(whole, case, Deed.AMENDED), noted(whole, case, Deed.APPROVED)) == (1, 1)


def test_a_supervisor_s_own_seat_prints_no_receipt_that_the_hall_would_not_take(whole: WholeDesk) -> None:
    case = received(whole)
    wish = Wish(ProposalKind.AMEND, Reason.WRITTEN_WRONG, "身份证上是这个名字", changes=NAME)
    made = whole.desk.propose(case, wish)
    told = len(events(whole, case, EventKind.SLIP_PRINTED))
    whole.desk.sign_out()
    whole.desk.sign_in("supervisor", PASSWORD)
    view, sheet = whole.desk.approve(made.id, made.sha256, "supervisor", PASSWORD)
    assert (view.version, sheet) == (2, None)
    assert len(events(whole, case, EventKind.SLIP_PRINTED)) == told


def test_whoever_may_print_a_sheet_here_may_tell_the_hall_of_it() -> None:
    assert {kind.value: need.value for kind, need in NEEDS.items()} == {
        kind: need.value for kind, need in SLIP_ACTIONS.items()
    }


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (Amendment("answer.contact.phone", "", TYPED["contact.phone"]),),  # says the same
        (Amendment("answer.contact.phone", "", "12"),),
        (Amendment("applicant.id_no", "", FATHER_ID[:-1] + "9"),),  # the check character does not fit
        (Amendment("answer.none", "", "x"),),
    ],
)
def test_what_is_no_correction_is_not_taken(whole: WholeDesk, changes: tuple[Amendment, ...]) -> None:
    case = received(whole)
    refuses(lambda: whole.desk.amend_receipt(case, changes, "当事人说记错了"), Failure.NOTHING_AMENDED)
    assert case_of(whole, case).version == 1


# -- 视为受理 ----------------------------------------------------------------------------------------------------
def test_what_the_hall_accepts_by_silence_is_accepted_here_and_says_so(whole: WholeDesk) -> None:
    case = received(whole)
    whole.desk.drop_visit()
    spoken = _asked(whole)
    for each in (case, spoken):
        kept = case_of(whole, each)
        promised = {sub.item: date(2026, 12, 7) for sub in kept.sub_cases}
        told = DeemedAccepted(kept.receipt_no, kept.received_at, date(2026, 11, 30), whole.clock.at, promised)
        change = Change(each, 1, ChangeKind.CASE_DEEMED_ACCEPTED, encode(told))
        with whole.unit() as unit:
            _sent(unit, each)
            unit.commit()
        whole.take_page(ChangePage("epoch", (change,), "c", more=False))
    after = case_of(whole, case)
    assert (after.status, after.accepted_at) == (CaseStatus.ACCEPTED, after.received_at)
    assert whole.desk.case(case).deemed_on == date(2026, 11, 30)
    assert {sub.promised_on for sub in after.sub_cases} == {date(2026, 12, 7)}
    assert case not in {draft.case for draft in whole.desk.drafts()}
    assert SlipKind.ACCEPTANCE in whole.desk.case(case).printable
    assert case_of(whole, spoken).status is CaseStatus.CORRECTION_REQUIRED  # a step taken here in time stands


def _sent(unit: Unit, case: str) -> None:
    for each in unit.outbox.waiting_items(5000):
        if each.envelope.subject == case:
            unit.outbox.acked(each.envelope.id, a_receipt(each.envelope.id, each.envelope.sha256))


# -- flags -----------------------------------------------------------------------------------------------------
def test_a_case_that_came_without_the_hall_says_so_for_ever(whole: WholeDesk) -> None:
    whole.cards.put_in(MOTHER)
    whole.desk.take_person(whole.desk.read_card())
    whole.desk.choose("newborn")
    for key, typed in TYPED.items():
        whole.desk.answer(key, typed)
    whole.check_all()
    whole.hall.down = True
    case = whole.desk.receive()[0].case
    assert whole.desk.case(case).flags == (CaseFlag.OFFLINE,)
    with whole.unit() as unit:
        unit.cases.save(replace(unit.cases.get(case), offline=False, project_no="P1"))
        unit.commit()
    assert whole.desk.case(case).flags == (CaseFlag.OFFLINE,)
