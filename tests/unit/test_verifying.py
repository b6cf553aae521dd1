"""Verification at the desk: notice, consent, what is left open, disputed, promised, printed and counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from catalogue.authoring import _card_uses
from catalogue.broken import CatalogueBroken
from catalogue.card_uses import LIVE, TOTAL, UseStatus, live, load_card_uses
from catalogue.load import load_catalogue
from catalogue.node import read_yaml
from catalogue.notice import load_notice
from tests.fakes.card_reader import MOTHER
from tests.fakes.counter import WholeDesk
from tests.fakes.staff import PASSWORD
from tests.unit.test_desk import TYPED
from wire.codec import decode, encode
from wire.messages import (
    CaseAccepted,
    CaseReceived,
    Change,
    ChangeKind,
    ChangePage,
    DisputeAnswered,
    EventKind,
    HallReceipt,
    MaterialHow,
    Outcome,
    PapersChanged,
    SlipPrinted,
    Verdict,
    VerificationDisputed,
)
from workstation import resources
from workstation.domain.case import Case, CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import CardStatus
from workstation.domain.slip import SlipKind
from workstation.forms.model import GapPlace, Problem
from workstation.services.counter import Counter
from workstation.services.recheck import LOOK_EVERY, Recheck
from workstation.services.views import CheckView, VisitView


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    made.open_up()
    yield made
    made.close()


@pytest.fixture
def desk(whole: WholeDesk) -> Counter:
    return whole.desk


def _refused(failure: Failure) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{failure.value}$")


def _typed(whole: WholeDesk) -> VisitView:
    whole.cards.put_in(MOTHER)
    whole.desk.take_person(whole.desk.read_card())
    view = whole.desk.choose("newborn")
    for key, typed in TYPED.items():
        view = whole.desk.answer(key, typed)
    return view


def _filled(whole: WholeDesk) -> VisitView:
    _typed(whole)
    whole.check_all()
    return whole.desk.see_original("id_father", seen=True)


def _check(view: VisitView, rule: str) -> CheckView:
    return next(check for check in view.checks if check.rule == rule)


def _how(view: VisitView, material: str) -> MaterialHow:
    return next(m.how for m in view.materials if m.id == material)


def _case(whole: WholeDesk, case: str) -> Case:
    with whole.unit() as unit:
        return unit.cases.get(case)


def _deeds(whole: WholeDesk) -> list[tuple[str, str]]:
    with whole.unit() as unit:
        return [(entry.deed.value, entry.note) for entry in unit.audit.entries()]


def _events(whole: WholeDesk) -> list[tuple[EventKind, str]]:
    with whole.unit() as unit:
        return [(w.envelope.kind, w.envelope.body) for w in unit.outbox.due(whole.clock.at, 50)]


def _recheck(whole: WholeDesk) -> Recheck:
    return Recheck(hall=whole.hall, open_unit=whole.unit, catalogues=whole.catalogues, clock=whole.clock)


# -- notice ----------------------------------------------------------------------------------------------
def test_nothing_is_asked_before_the_citizen_was_told(whole: WholeDesk, desk: Counter) -> None:
    view = _typed(whole)
    assert view.notice is not None
    assert view.notice.given_at is None
    assert desk.ready_queries() == ()
    assert not any(check.ready for check in view.checks)
    view = desk.acknowledge_notice()
    assert len(desk.ready_queries()) == 4
    assert all(check.ready for check in view.checks)


def test_the_notice_says_who_what_why_how_long_and_which_rights(whole: WholeDesk) -> None:
    notice = _typed(whole).notice
    assert notice is not None
    said = "".join(head.zh + body.zh for head, body in notice.parts)
    for words in (
        "测试中心", "民政部门", "父母婚姻登记", "不用于其他目的", "保存多久", "更正", "异议", "法定职责", "第十三条", "同意",
    ):  # fmt: skip
        assert words in said, words
    assert all(head.en and body.en for head, body in notice.parts)
    assert "{" not in said + notice.short.zh + notice.short.en


def test_the_notice_is_given_once_and_goes_with_the_case(whole: WholeDesk, desk: Counter) -> None:
    _filled(whole)
    given = [note for deed, note in _deeds(whole) if deed == Deed.NOTICE_GIVEN]
    assert given == [load_notice(resources.notice_file()).version]
    whole.clock.at += timedelta(minutes=5)
    desk.acknowledge_notice()
    assert len([1 for deed, _ in _deeds(whole) if deed == Deed.NOTICE_GIVEN]) == 1
    view, _ = desk.receive()
    received = decode(
        CaseReceived, next(body for kind, body in _events(whole) if kind is EventKind.CASE_RECEIVED)
    )
    assert received.notice is not None
    assert (received.notice.version, received.notice.clerk) == (given[0], "clerk")
    assert _case(whole, view.case).notice == received.notice


def test_a_query_that_the_desk_did_not_make_is_not_asked(whole: WholeDesk, desk: Counter) -> None:
    _typed(whole)
    desk.acknowledge_notice()
    query = desk.ready_queries()[0]
    for forged in (
        replace(query, case="another"),
        replace(query, purpose=""),
        replace(query, params={"name": "别人", "id_no": "440100189901010011"}),
        replace(query, id="new"),
    ):
        with _refused(Failure.QUERY_WITHOUT_REASON):
            desk.ask(forged)
    assert whole.hall.asked == []
    assert desk.ask(query).query == query


def test_consent_is_asked_only_where_it_is_the_basis(whole: WholeDesk, desk: Counter) -> None:
    whole.cards.put_in(MOTHER)
    desk.take_person(desk.read_card())
    desk.choose("longevity-allowance")
    with _refused(Failure.NOTICE_MISSING):
        desk.consent("card_account", given=True)
    view = desk.acknowledge_notice()
    assert _check(view, "card_account").needs_consent
    assert {g.key: g.problem for g in view.gaps}["card_account"] is Problem.CONSENT_MISSING
    assert {q.rule for q in desk.ready_queries()} == {"household_applicant", "alive"}
    with _refused(Failure.STEP_NOT_ALLOWED):
        desk.consent("alive", given=True)
    view = desk.consent("card_account", given=True)
    assert not _check(view, "card_account").needs_consent
    assert "card_account" in {q.rule for q in desk.ready_queries()}
    desk.consent("card_account", given=False)
    assert "card_account" not in {q.rule for q in desk.ready_queries()}
    assert [note for deed, note in _deeds(whole) if deed == Deed.CONSENTED] == [
        "card_account",
        "card_account withdrawn",
    ]


def test_a_notice_with_a_missing_part_or_an_unknown_place_is_refused(tmp_path: Path) -> None:
    text = resources.notice_file().read_text(encoding="utf-8")
    for old, new in (("  rights:\n", "  other:\n"), ("{centre}将向", "{nobody}将向")):
        broken = tmp_path / "notice.yaml"
        broken.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(CatalogueBroken):
            load_notice(broken)


# -- expiry ----------------------------------------------------------------------------------------------
def test_an_answer_past_its_date_counts_as_expired_and_is_asked_again(
    whole: WholeDesk, desk: Counter
) -> None:
    assert _filled(whole).gaps == ()
    whole.clock.at += timedelta(hours=9)  # the hall said: valid for eight
    view = desk.visit()
    assert view is not None
    assert {check.outcome for check in view.checks} == {Outcome.EXPIRED}
    assert {g.key for g in view.gaps if g.place is GapPlace.CHECKS} == {check.rule for check in view.checks}
    assert view.papers_saved == 1  # the card's
    whole.check_all()
    view = desk.visit()
    assert view is not None
    assert view.gaps == ()


def test_a_received_case_is_asked_again_by_itself_the_next_morning(whole: WholeDesk, desk: Counter) -> None:
    _filled(whole)
    view, _ = desk.receive()
    desk.drop_visit()
    whole.clock.at += timedelta(hours=9)
    with _refused(Failure.GAPS_LEFT):
        desk.accept_case(view.case)
    again = _recheck(whole)
    while again.carry():
        pass
    assert desk.accept_case(view.case)[0].status is CaseStatus.ACCEPTED
    assert len([1 for deed, _ in _deeds(whole) if deed == Deed.ASKED_AGAIN]) == 4


# -- left open -------------------------------------------------------------------------------------------
def _waiting(whole: WholeDesk, outcome: Outcome = Outcome.UNAVAILABLE) -> VisitView:
    whole.hall.outcomes["marriage"] = outcome
    _filled(whole)
    whole.desk.leave_pending("marriage")
    whole.desk.receive()
    return whole.desk.accept()[0]


@pytest.mark.parametrize("outcome", [Outcome.UNAVAILABLE, Outcome.PENDING])
def test_what_a_department_owes_lets_the_case_go_on_with_a_deadline(
    whole: WholeDesk, desk: Counter, outcome: Outcome
) -> None:
    whole.hall.outcomes["marriage"] = outcome
    view = _filled(whole)
    assert _check(view, "marriage").may_defer
    view = desk.leave_pending("marriage")
    assert view.gaps == ()
    assert _how(view, "marriage_certificate") is MaterialHow.PENDING
    assert _check(view, "marriage").until == date(2026, 11, 26)  # three working days after the 23rd
    desk.receive()
    view = desk.accept()[0]
    case = desk.case(view.case)
    assert [(title.zh, until) for title, until in case.waiting] == [("父母婚姻登记", date(2026, 11, 26))]
    accepted = decode(CaseAccepted, next(b for k, b in _events(whole) if k is EventKind.CASE_ACCEPTED))
    (paper,) = [m for m in accepted.materials if m.material == "marriage_certificate"]
    assert (paper.how, paper.until) == (MaterialHow.PENDING, date(2026, 11, 26))


@pytest.mark.parametrize(
    "outcome", [Outcome.NO_RECORD, Outcome.NO_MATCH, Outcome.CONFLICT, Outcome.DENIED, Outcome.RECORD_FOUND]
)
def test_what_was_answered_cannot_be_left_open(whole: WholeDesk, desk: Counter, outcome: Outcome) -> None:
    whole.hall.outcomes["marriage"] = outcome
    _filled(whole)
    with _refused(Failure.NOT_DEFERRABLE):
        desk.leave_pending("marriage")


def test_a_hall_that_was_never_reached_owes_nothing(whole: WholeDesk, desk: Counter) -> None:
    whole.hall.down = True
    _filled(whole)
    with _refused(Failure.NOT_DEFERRABLE):
        desk.leave_pending("marriage")


def test_the_station_asks_again_until_it_is_answered_and_the_paper_is_saved(
    whole: WholeDesk, desk: Counter
) -> None:
    view = _waiting(whole)
    saved = desk.case(view.case).papers_saved
    again = _recheck(whole)
    asked = len(whole.hall.asked)
    while again.carry():
        pass
    assert len(whole.hall.asked) == asked + 1
    assert desk.case(view.case).waiting  # still no answer
    assert not again.carry()  # not before the next look
    whole.hall.outcomes["marriage"] = Outcome.RECORD_FOUND
    whole.clock.at += LOOK_EVERY
    assert not again.carry()  # each time at twice the distance
    assert len(whole.hall.asked) == asked + 1
    whole.clock.at += LOOK_EVERY
    while again.carry():
        pass
    case = desk.case(view.case)
    assert (case.waiting, case.papers_saved, case.lapsed) == ((), saved + 1, False)
    kept = _case(whole, view.case)
    (paper,) = [m for m in kept.materials if m.material == "marriage_certificate"]
    assert paper.how is MaterialHow.REPLACED_BY_VERIFICATION
    assert paper.evidence
    notes = [note for deed, note in _deeds(whole) if deed == Deed.ASKED_AGAIN]
    why = "birth-registration 核验父母双方婚姻登记记录，替代提交结婚证"
    assert notes == [f"marriage unavailable - {why}", f"marriage record_found {paper.evidence} {why}"]
    whole.clock.at += LOOK_EVERY
    assert not again.carry()
    assert len(whole.hall.asked) == asked + 2


def test_a_register_that_stays_down_is_asked_at_growing_distances(whole: WholeDesk) -> None:
    _waiting(whole)
    again = _recheck(whole)
    before = len(whole.hall.asked)
    for _ in range(120):  # an hour of half minutes
        while again.carry():
            pass
        whole.clock.at += LOOK_EVERY
    assert 5 <= len(whole.hall.asked) - before <= 8


def test_a_negative_answer_and_a_passed_deadline_ask_for_the_paper(whole: WholeDesk, desk: Counter) -> None:
    first = _waiting(whole)
    whole.hall.outcomes["marriage"] = Outcome.NO_RECORD
    again = _recheck(whole)
    while again.carry():
        pass
    assert (desk.case(first.case).waiting, desk.case(first.case).lapsed) == ((), True)
    desk.drop_visit()
    second = _waiting(whole)
    whole.clock.at += timedelta(days=4)
    while again.carry():
        pass
    assert (desk.case(second.case).waiting, desk.case(second.case).lapsed) == ((), True)
    assert [note for deed, note in _deeds(whole) if deed == Deed.ASKED_AGAIN][
        -1
    ] == "marriage_certificate lapsed"


def test_before_the_acceptance_the_answer_comes_into_the_draft_on_the_screen(
    whole: WholeDesk, desk: Counter
) -> None:
    whole.hall.outcomes["marriage"] = Outcome.PENDING
    _filled(whole)
    desk.leave_pending("marriage")
    desk.receive()
    whole.hall.outcomes["marriage"] = Outcome.RECORD_FOUND
    again = _recheck(whole)
    while again.carry():
        pass
    view = desk.visit()
    assert view is not None
    assert _check(view, "marriage").satisfied
    assert _how(view, "marriage_certificate") is MaterialHow.REPLACED_BY_VERIFICATION
    assert desk.accept()[0].status is CaseStatus.ACCEPTED
    assert desk.case(view.case).waiting == ()


def test_while_the_hall_is_away_nobody_is_asked_a_round_of_questions(whole: WholeDesk) -> None:
    _waiting(whole)
    whole.hall.down = True
    before = len(whole.hall.asked)
    assert not _recheck(whole).carry()
    assert len(whole.hall.asked) == before


@pytest.mark.parametrize("refused", [Failure.LOOKUP_LIMIT, Failure.CLERK_UNKNOWN, Failure.ROLE_MISSING])
def test_who_may_not_ask_any_more_holds_up_nothing_else(
    whole: WholeDesk, desk: Counter, refused: Failure
) -> None:
    """Who made the query may have left, or asked too much: the case goes on waiting for its paper, the station for nothing."""
    view = _waiting(whole)
    whole.hall.refuses = refused
    assert not _recheck(whole).carry()
    assert desk.case(view.case).waiting
    # The control: what the station itself must see to is not kept from it.
    whole.hall.refuses = Failure.DEVICE_REVOKED
    with _refused(Failure.DEVICE_REVOKED):
        _recheck(whole).carry()


# -- dispute ---------------------------------------------------------------------------------------------
def test_a_disputed_reply_is_printed_told_and_the_paper_decides(whole: WholeDesk, desk: Counter) -> None:
    whole.hall.outcomes["marriage"] = Outcome.NO_RECORD
    _filled(whole)
    with _refused(Failure.REASON_MISSING):
        desk.dispute("marriage", "  ")
    view, sheet = desk.dispute("marriage", "已经登记结婚，带了结婚证")
    assert sheet.kind is SlipKind.DISPUTE
    printed = whole.press.sheets[sheet.serial].decode()
    assert "已经登记结婚" in printed
    assert "未查到登记记录（不等于未婚）" in printed
    assert _check(view, "marriage").disputed
    with _refused(Failure.NOT_DISPUTABLE):
        desk.dispute("marriage", "再说一次")
    view = desk.see_original("marriage_certificate", seen=True)
    assert view.gaps == ()
    desk.receive()
    assert desk.accept()[0].status is CaseStatus.ACCEPTED
    told = decode(
        VerificationDisputed, next(b for k, b in _events(whole) if k is EventKind.VERIFICATION_DISPUTED)
    )
    assert (told.rule, told.said, told.sheet) == ("marriage", "已经登记结婚，带了结婚证", sheet.serial)
    (shown,) = desk.case(view.case).disputes
    assert (shown.check.zh, shown.verdict) == ("父母婚姻登记", None)
    # The sheet was printed before there was a case: the ledger has it now, and the hall hears of its serial.
    with whole.unit() as unit:
        assert sheet.serial in {entry.serial for entry in unit.prints.of_case(view.case)}
    serials = {decode(SlipPrinted, b).serial for k, b in _events(whole) if k is EventKind.SLIP_PRINTED}
    assert sheet.serial in serials


def test_a_good_reply_that_is_disputed_saves_no_paper_any_more(whole: WholeDesk, desk: Counter) -> None:
    assert _filled(whole).gaps == ()
    view, _ = desk.dispute("household_father", "户口已迁走")
    assert {g.key for g in view.gaps} == {"household_father", "household_book_father"}
    assert not view.may_accept


@pytest.mark.parametrize("outcome", [Outcome.UNAVAILABLE, Outcome.PENDING, Outcome.DENIED])
def test_only_what_a_register_has_said_can_be_disputed(
    whole: WholeDesk, desk: Counter, outcome: Outcome
) -> None:
    whole.hall.outcomes["marriage"] = outcome
    _filled(whole)
    with _refused(Failure.NOT_DISPUTABLE):
        desk.dispute("marriage", "不对")


@pytest.mark.parametrize("verdict", list(Verdict))
def test_the_departments_word_on_a_dispute_comes_back(
    whole: WholeDesk, desk: Counter, verdict: Verdict
) -> None:
    whole.hall.outcomes["marriage"] = Outcome.NO_RECORD
    _filled(whole)
    desk.dispute("marriage", "已登记")
    view, _ = desk.receive()
    with whole.unit() as unit:
        for waiting in unit.outbox.due(whole.clock.at, 50):
            sent = waiting.envelope
            unit.outbox.acked(sent.id, HallReceipt(sent.id, sent.sha256, whole.clock.at, "h", "s"))
        unit.commit()
    dispute = _case(whole, view.case).disputes[0]
    said = DisputeAnswered(dispute.id, verdict, "已核", "民政", whole.clock.at)
    page = ChangePage(
        "e", (Change(view.case, 1, ChangeKind.DISPUTE_ANSWERED, encode(said)),), "c1", more=False
    )
    whole.take_page(page)
    seen = desk.visit()
    assert seen is not None
    assert _check(seen, "marriage").verdict is verdict
    corrected = verdict is Verdict.CORRECTED
    assert ("marriage" in {q.rule for q in desk.ready_queries()}) == corrected
    if corrected:
        whole.hall.outcomes["marriage"] = Outcome.RECORD_FOUND
        whole.check_all()
        again = desk.visit()
        assert again is not None
        assert _check(again, "marriage").satisfied


# -- promise ---------------------------------------------------------------------------------------------
def _self_employed(whole: WholeDesk) -> VisitView:
    whole.cards.put_in(MOTHER)
    whole.desk.take_person(whole.desk.read_card())
    return whole.desk.choose("flexible-employment-insurance")


def test_a_promise_counts_once_it_is_signed_and_only_where_the_paper_allows_it(
    whole: WholeDesk, desk: Counter
) -> None:
    _self_employed(whole)
    with _refused(Failure.COMMITMENT_NOT_ALLOWED):
        desk.print_promise("household_book_applicant")
    with _refused(Failure.COMMITMENT_NOT_ALLOWED):
        desk.sign_promise("not_insured_proof", signed=True)  # nothing was printed to be signed
    view, sheet = desk.print_promise("not_insured_proof")
    assert sheet.kind is SlipKind.PROMISE
    assert _how(view, "not_insured_proof") is MaterialHow.MISSING
    view = desk.sign_promise("not_insured_proof", signed=True)
    assert _how(view, "not_insured_proof") is MaterialHow.COMMITTED
    assert {g.key for g in view.gaps if g.place is GapPlace.MATERIALS} == {
        "household_book_applicant",
        "employment_record",
    }
    view = desk.sign_promise("not_insured_proof", signed=False)
    assert _how(view, "not_insured_proof") is MaterialHow.MISSING
    deeds = [deed for deed, _ in _deeds(whole)]
    assert deeds.count(Deed.PROMISE_PRINTED) == 1
    assert deeds.count(Deed.COMMITTED) == 2


# -- sheets, ledger, card --------------------------------------------------------------------------------
def test_the_sheet_of_checks_has_numbers_and_no_raw_data(whole: WholeDesk, desk: Counter) -> None:
    view = _filled(whole)
    _, first = desk.print_checks()
    _, second = desk.print_checks()
    assert (first.reprint, second.reprint) == (0, 1)
    printed = whole.press.sheets[first.serial].decode()
    for check in view.checks:
        assert check.evidence_no in printed
    for raw in ("1920-05-20", "广州市越秀区测试路1号", "4401002X"):
        assert raw not in printed
    desk.receive()
    from_list = desk.print_slip(view.case, SlipKind.VERIFICATION)
    assert from_list.reprint == 2
    assert view.checks[0].evidence_no in whole.press.sheets[from_list.serial].decode()


def test_the_ledger_counts_the_papers_saved_per_item_and_day(whole: WholeDesk, desk: Counter) -> None:
    assert desk.saved_today().papers == 0
    _filled(whole)
    desk.receive()
    desk.drop_visit()
    _filled(whole)
    desk.receive()
    day = desk.saved_today()
    assert (day.papers, day.cases) == (10, 2)
    assert sum(row.count for row in day.rows) == 10
    marriage = next(row for row in day.rows if row.paper.zh == "结婚证")
    assert (marriage.item.zh, marriage.by.zh, marriage.count) == ("出生登记", "民政部门", 2)
    whole.clock.at += timedelta(days=1)
    assert desk.saved_today().papers == 0


def test_a_supervisor_may_look_at_the_ledger(whole: WholeDesk, desk: Counter) -> None:
    desk.sign_out()
    desk.sign_in("supervisor", PASSWORD)
    assert desk.saved_today().cases == 0


def test_the_register_of_card_uses_has_four_live_and_eighty_two_planned() -> None:
    uses = load_card_uses(resources.card_uses_file())
    assert (len(uses), sum(use.status is UseStatus.LIVE for use in uses)) == (TOTAL, LIVE) == (86, 4)
    assert all(not use.replaces for use in uses if use.status is UseStatus.PLANNED)
    assert all(use.name.zh == "待定" for use in uses if use.placeholder)
    assert not any(use.placeholder and use.status is UseStatus.LIVE for use in uses)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("to: 86", "to: 85"),
        ("code: K02", "code: K01"),
        ("source: S34 一卡通方案（以当地公布为准）\n  - code: K06", "source: s\n    replaces: [id_applicant]\n  - code: K06"),
        ("status: live\n    source: S35b", "status: planned\n    source: S35b"),
    ],
)  # fmt: skip
def test_a_register_that_says_more_than_is_true_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = resources.card_uses_file().read_text(encoding="utf-8")
    assert text.count(old) >= 1
    broken = tmp_path / "card_uses.yaml"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueBroken):
        load_card_uses(broken)
    assert read_yaml(broken)


def test_after_a_tap_the_card_says_what_it_proves_for_this_form(whole: WholeDesk, desk: Counter) -> None:
    whole.cards.put_in(MOTHER)
    view = desk.take_person(desk.read_card())
    assert view.card is not None
    assert len(view.card.uses) == LIVE
    assert (view.card.planned, view.card.why_not) == (82, "")
    view = _filled(whole)
    assert view.card is not None
    saves = {use.name.zh: [paper.zh for paper in use.saves] for use in view.card.uses}
    assert saves["身份凭证"] == ["母亲居民身份证"]  # the father's card is not here


def test_a_live_use_saves_a_paper_that_some_item_asks_for() -> None:
    catalogue = load_catalogue(resources.catalogue_dir())
    papers = {
        (material.id, by)
        for item in catalogue.items.values()
        for material in item.materials
        for by in material.replaced_by
    }
    services = {rule.id: rule.service for item in catalogue.items.values() for rule in item.verifications}
    for use in live(load_card_uses(resources.card_uses_file())):
        for paper in use.replaces:
            how = {
                by.partition(":")[0] if by.startswith("card:") else services[by]
                for m, by in papers
                if m == paper
            }
            assert (use.check or "card") in how, (use.code, paper)


def test_a_card_out_of_date_or_a_typed_person_proves_nothing(whole: WholeDesk, desk: Counter) -> None:
    assert MOTHER.card is not None
    old = replace(MOTHER, card=replace(MOTHER.card, valid_until=date(2020, 1, 1)))
    assert old.card is not None
    assert old.card.status(date(2026, 11, 23)) is CardStatus.EXPIRED
    whole.cards.put_in(old)
    view = desk.take_person(desk.read_card())
    assert view.card is not None
    assert (view.card.uses, view.card.why_not) == ((), "expired")


def test_what_was_not_confirmed_is_brought_and_the_hall_hears_of_it(whole: WholeDesk, desk: Counter) -> None:
    view = _waiting(whole)
    with _refused(Failure.STEP_NOT_ALLOWED):
        desk.bring_papers(view.case)  # it waits, and lacks nothing yet
    whole.hall.outcomes["marriage"] = Outcome.NO_RECORD
    again = _recheck(whole)
    while again.carry():
        pass
    case = desk.bring_papers(view.case)
    assert not case.lapsed
    told = [decode(PapersChanged, body) for kind, body in _events(whole) if kind is EventKind.PAPERS_CHANGED]
    hows = [{m.material: m.how for m in each.materials}["marriage_certificate"] for each in told]
    assert hows == [MaterialHow.MISSING, MaterialHow.ORIGINAL_SEEN]
    assert [each.clerk for each in told] == ["station", "clerk"]
    assert (Deed.PAPER_BROUGHT, "marriage_certificate") in _deeds(whole)


def test_an_author_is_told_of_a_fault_in_the_register_of_card_uses(tmp_path: Path) -> None:
    assert list(_card_uses(resources.card_uses_file())) == []
    text = resources.card_uses_file().read_text(encoding="utf-8")
    register = tmp_path / "card_uses.yaml"
    for old, new in (("code: K02", "code: k"), ("to: 86", "to: 85"), ("status: live", "status: soon")):
        register.write_text(text.replace(old, new, 1), encoding="utf-8")
        faults = list(_card_uses(register))
        assert faults, new
        assert all(found.fault and found.file == "card_uses.yaml" for found in faults)
