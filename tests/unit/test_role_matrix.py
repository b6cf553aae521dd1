"""The role matrix, generated from the table of rights and run against the desk; the hall's half is in integration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from catalogue.model import Element, Kind, Privacy, Text
from tests.fakes.card_reader import MOTHER
from tests.fakes.counter import WholeDesk
from tests.fakes.people import AT, MOTHER_ID, MOTHER_NAME
from tests.fakes.scans import attach, attach_photo
from tests.fakes.staff import PASSWORD
from wire.delivery import Way
from wire.evaluation import Stage
from wire.messages import EventKind, Role
from wire.reviews import ReviewStep
from wire.rights import EVENT_ACTIONS, RIGHTS, SLIP_ACTIONS, Action, Field, allowed
from workstation.domain.approval import ProposalKind, Reason, Wish
from workstation.domain.audit import AuditFilter
from workstation.domain.clerk import Clerk, Deed, field_of
from workstation.domain.failures import Failure, Refused
from workstation.domain.handover import ShiftFigures
from workstation.domain.queue import Matter, TicketAct
from workstation.domain.report import Span
from workstation.domain.sheet import VoidReason
from workstation.domain.slip import PaperWish, SlipKind
from workstation.domain.work_lists import ListKind, ListWanted, SavedFilter, Start
from workstation.services.counter import Counter
from workstation.services.desk import DeskApi
from workstation.services.forward_case import Takeover
from workstation.services.hand_out import DeliveryWish, Taken
from workstation.services.handover import ShiftView
from workstation.services.ports import TableFile
from workstation.services.print_views import Draft

# Deeds that nobody asks for: they follow from something, and need no right.
NO_RIGHT = {
    Deed.SIGN_IN_FAILED,
    Deed.ENROLLED,
    Deed.CHANGE_TAKEN,
    Deed.STAFF_TAKEN,
    Deed.PROPOSED,  # the right is that of what is proposed
    Deed.ASKED,  # the right is that of taking the answer
    Deed.ASKED_AGAIN,  # by the station itself
    Deed.PAPER_SEEN,  # whoever may open the visit
    Deed.SCAN_TAKEN,
    Deed.AUDIT_REFUSED,
    Deed.PURGED,
    Deed.KEY_WRAPPED,
    Deed.KEY_RECOVERED,
    Deed.DEVICE_CONFIRMED,
    Deed.KEY_ROTATED,
    Deed.SHUT_OUT,
    Deed.HALL_RESTORED,
    Deed.HALL_BEHIND,
    Deed.SNAPSHOT_TAKEN,
    Deed.REENROLLED,  # the right is the hall's one-time code
    Deed.LIMITS_TAKEN,  # from the hall
    Deed.CALENDAR_TAKEN,
    Deed.REMINDED,  # by the station itself
    Deed.EVALUATION_ENDED,  # by the citizen
    Deed.GAPS_TOLD,  # whoever may open the visit
    Deed.SLIP_VOIDED,  # the right is that of the sheet's kind
    Deed.SLIP_CHECKED,  # the right is that of looking up
    Deed.SHEET_SAVED,  # the right is that of the sheet's kind
    Deed.BATCH_MOVED,  # the right is that of printing results
}
_SPAN = Span(date(2026, 11, 1), date(2026, 11, 26))
_DRAFT = Draft("none", SlipKind.RESULT, PaperWish(), ("a4",), AT, "S", 0, "", b"")
_WISH = Wish(ProposalKind.REFUSE, Reason.NOT_CORRECTED, "通知后没有补交")
# Every verb of the desk that is an action: the right it needs, and a call of it.
VERBS: dict[str, tuple[Action, Callable[[Counter], Any]]] = {
    "diagnose": (Action.DIAGNOSED, lambda d: d.diagnose()),
    "read_card": (Action.CARD_READ, lambda d: d.read_card()),
    "take_person": (Action.CARD_READ, lambda d: d.take_person(MOTHER)),
    "check_code": (Action.CARD_READ, lambda d: d.check_code("token")),
    "type_person": (Action.PERSON_TYPED, lambda d: d.type_person(MOTHER_NAME, MOTHER_ID)),
    "drafts": (Action.VISIT_OPENED, lambda d: d.drafts()),
    "resume": (Action.VISIT_OPENED, lambda d: d.resume("none")),
    "visit": (Action.VISIT_OPENED, lambda d: d.visit()),
    "drop_visit": (Action.VISIT_DROPPED, lambda d: d.drop_visit()),
    "discard_draft": (Action.VISIT_DROPPED, lambda d: d.discard_draft("none")),
    "search": (Action.VISIT_OPENED, lambda d: d.search("")),
    "choose": (Action.VISIT_OPENED, lambda d: d.choose("newborn")),
    "reuse": (Action.REUSED, lambda d: d.reuse()),
    "adopt_release": (Action.VISIT_OPENED, lambda d: d.adopt_release()),
    "set_member": (Action.VISIT_OPENED, lambda d: d.set_member("birth-registration", wanted=True)),
    "answer": (Action.VISIT_OPENED, lambda d: d.answer("child.name", "测小宝")),
    "reveal": (Action.VISIT_OPENED, lambda d: d.reveal("child.name")),
    "reveal_person": (Action.VISIT_OPENED, lambda d: d.reveal_person()),
    "ready_queries": (Action.VERIFIED, lambda d: d.ready_queries()),
    "ask": (Action.VERIFIED, lambda d: d.ask(None)),  # type: ignore[arg-type]
    "take_check": (Action.VISIT_OPENED, lambda d: d.take_check(None)),  # type: ignore[arg-type]
    "see_original": (Action.VISIT_OPENED, lambda d: d.see_original("photo", seen=True)),
    "attach_scan": (Action.VISIT_OPENED, lambda d: attach(d, "photo", "/nowhere")),
    "receive": (Action.RECEIVED, lambda d: d.receive()),
    "accept": (Action.ACCEPTED, lambda d: d.accept()),
    "cases": (Action.LOOKED_UP, lambda d: d.cases()),
    "results": (Action.LOOKED_UP, lambda d: d.results()),
    "case": (Action.LOOKED_UP, lambda d: d.case("none")),
    "check_slip": (Action.LOOKED_UP, lambda d: d.check_slip("YC2")),
    "ask_slip": (Action.LOOKED_UP, lambda d: d.ask_slip("YC2")),
    "ask_paper": (Action.LOOKED_UP, lambda d: d.ask_paper("YC2")),
    "list_head": (Action.LOOKED_UP, lambda d: d.list_head(ListWanted())),
    "list_page": (Action.LOOKED_UP, lambda d: d.list_page(ListWanted(), Start(), 10)),
    "list_row": (Action.LOOKED_UP, lambda d: d.list_row(ListWanted(), "none")),
    "list_counts": (Action.LOOKED_UP, lambda d: d.list_counts(())),
    "filters": (Action.LOOKED_UP, lambda d: d.filters()),
    "keep_filter": (Action.LOOKED_UP, lambda d: d.keep_filter(SavedFilter("今天", ListKind.ALL))),
    "drop_filter": (Action.LOOKED_UP, lambda d: d.drop_filter("今天")),
    "hall_board": (Action.BOARD_SEEN, lambda d: d.hall_board()),
    "local_board": (Action.BOARD_SEEN, lambda d: d.local_board()),
    "report": (Action.LOOKED_UP, lambda d: d.report(_SPAN)),
    "export_report": (
        Action.REPORT_EXPORTED,
        lambda d: d.export_report(TableFile("", ()), "/nowhere/report.csv", _SPAN),
    ),
    "shift": (Action.LOOKED_UP, lambda d: d.shift()),
    "hand_over": (
        Action.SHIFT_HANDED_OVER,
        lambda d: d.hand_over(ShiftView(AT, AT, ShiftFigures(), ()), "", "nobody", "x"),
    ),
    "take_shift": (Action.SHIFT_TAKEN, lambda d: d.take_shift("none")),
    "find_cases": (Action.LOOKED_UP, lambda d: d.find_cases("测试")),
    "found_rest": (Action.LOOKED_UP, lambda d: d.found_rest("测试", (1,))),
    "accept_case": (Action.ACCEPTED, lambda d: d.accept_case("none")),
    "step_options": (Action.LOOKED_UP, lambda d: d.step_options("none")),
    "ask_correction": (Action.CORRECTION_ASKED, lambda d: d.ask_correction("none", ())),
    "take_correction": (Action.CORRECTION_TAKEN, lambda d: d.take_correction("none", ())),
    "withdraw_case": (Action.WITHDRAWN, lambda d: d.withdraw_case("none", (), "", "")),
    "amend_receipt": (Action.AMENDED, lambda d: d.amend_receipt("none", (), "")),
    "propose return": (
        Action.RETURNED,
        lambda d: d.propose("none", replace(_WISH, kind=ProposalKind.RETURN)),
    ),
    "propose amendment": (
        Action.AMENDED,
        lambda d: d.propose("none", replace(_WISH, kind=ProposalKind.AMEND)),
    ),
    "proposals": (Action.LOOKED_UP, lambda d: d.proposals()),
    "proposal_options": (Action.LOOKED_UP, lambda d: d.proposal_options("none")),
    "propose": (Action.NOT_ACCEPTED, lambda d: d.propose("none", _WISH)),
    "propose tolerance": (
        Action.TOLERATED,
        lambda d: d.propose("none", replace(_WISH, kind=ProposalKind.TOLERATE, until=date(2026, 12, 1))),
    ),
    "propose void": (Action.VOIDED, lambda d: d.propose("none", replace(_WISH, kind=ProposalKind.VOID))),
    "propose reopening": (
        Action.REOPENED,
        lambda d: d.propose("none", replace(_WISH, kind=ProposalKind.REOPEN)),
    ),
    "attach_photo": (Action.VISIT_OPENED, lambda d: attach_photo(d, "applicant.photo", "/nowhere")),
    "acknowledge_notice": (Action.NOTICE_GIVEN, lambda d: d.acknowledge_notice()),
    "consent": (Action.CONSENTED, lambda d: d.consent("none", given=True)),
    "leave_pending": (Action.LEFT_PENDING, lambda d: d.leave_pending("none")),
    "dispute": (Action.DISPUTED, lambda d: d.dispute("none", "不对")),
    "print_promise": (Action.PROMISE_PRINTED, lambda d: d.print_promise("none")),
    "sign_promise": (Action.COMMITTED, lambda d: d.sign_promise("none", signed=True)),
    "print_checks": (Action.VERIFIED, lambda d: d.print_checks()),
    "print_gaps": (Action.VISIT_OPENED, lambda d: d.print_gaps()),
    "bring_papers": (Action.PAPER_BROUGHT, lambda d: d.bring_papers("none")),
    "saved_today": (Action.LOOKED_UP, lambda d: d.saved_today()),
    "audit_state": (Action.AUDIT_READ, lambda d: d.audit_state()),
    "audit_search": (Action.AUDIT_READ, lambda d: d.audit_search(AuditFilter())),
    "audit_lines": (Action.AUDIT_READ, lambda d: d.audit_lines(())),
    "audit_export": (Action.AUDIT_EXPORTED, lambda d: d.audit_export("/nowhere/audit.jsonl")),
    "alarms": (Action.AUDIT_READ, lambda d: d.alarms()),
    "approve": (Action.LOOKED_UP, lambda d: d.approve("none", "", "nobody", "x")),
    "decline": (Action.DECLINED, lambda d: d.decline("none")),
    "withdraw": (Action.PROPOSAL_ENDED, lambda d: d.withdraw("none")),
    "read_scan": (Action.VISIT_OPENED, lambda d: d.read_scan("none", "/nowhere")),
    "uploads": (Action.LOOKED_UP, lambda d: d.uploads()),
    "pause_uploads": (Action.LOOKED_UP, lambda d: d.pause_uploads(paused=False)),
    "meter_uploads": (Action.LOOKED_UP, lambda d: d.meter_uploads(metered=False)),
    "retry_uploads": (Action.LOOKED_UP, lambda d: d.retry_uploads()),
    "transfer": (Action.LOOKED_UP, lambda d: d.transfer()),
    "try_now": (Action.STEP_RETRIED, lambda d: d.try_now()),
    "retry_step": (Action.STEP_RETRIED, lambda d: d.retry_step("none")),
    "take_halls_word": (Action.STEP_SET_ASIDE, lambda d: d.take_halls_word("none")),
    "write_stick": (Action.STICK_WRITTEN, lambda d: d.write_stick("/nowhere")),
    "read_stick": (Action.STICK_READ, lambda d: d.read_stick("/nowhere")),
    "see_scan": (Action.SCAN_SEEN, lambda d: d.see_scan("none", "none")),
    "set_calendar": (Action.CALENDAR_SET, lambda d: d.set_calendar(None, "", "")),  # type: ignore[arg-type]
    "invite_evaluation": (
        Action.EVALUATION_INVITED,
        lambda d: d.invite_evaluation("none", Stage.RECEIPT),
    ),
    "reviews": (Action.REVIEWS_READ, lambda d: d.reviews()),
    "handle_review": (Action.REVIEW_HANDLED, lambda d: d.handle_review("none", ReviewStep.VERIFIED, "x")),
    "print_slip receipt": (Action.RECEIVED, lambda d: d.print_slip("none", SlipKind.RECEIPT)),
    "print_slip acceptance": (Action.ACCEPTED, lambda d: d.print_slip("none", SlipKind.ACCEPTANCE)),
    "print_slip result": (Action.PRINTED, lambda d: d.print_slip("none", SlipKind.RESULT)),
    "print_slip verification": (Action.VERIFIED, lambda d: d.print_slip("none", SlipKind.VERIFICATION)),
    "print_slip promise": (Action.PROMISE_PRINTED, lambda d: d.print_slip("none", SlipKind.PROMISE)),
    "print_slip dispute": (Action.DISPUTED, lambda d: d.print_slip("none", SlipKind.DISPUTE)),
    "take_agency": (Action.AGENCY_TAKEN, lambda d: d.take_agency(None)),  # type: ignore[arg-type]
    "drop_agency": (Action.AGENCY_TAKEN, lambda d: d.drop_agency()),
    "forward": (Action.FORWARDED, lambda d: d.forward("none")),
    "print_power": (Action.AGENCY_TAKEN, lambda d: d.print_power(None)),  # type: ignore[arg-type]
    "print_route": (Action.ROUTE_PRINTED, lambda d: d.print_route("none")),
    "print_proxy": (Action.RECEIVED, lambda d: d.print_proxy("none")),
    "order_delivery": (
        Action.DELIVERY_ORDERED,
        lambda d: d.order_delivery("none", DeliveryWish(Way.COUNTER)),
    ),
    "print_pick_up": (Action.DELIVERY_ORDERED, lambda d: d.print_pick_up("none")),
    "recall_delivery": (Action.DELIVERY_RECALLED, lambda d: d.recall_delivery("none", "")),
    "hand_out": (Action.HANDED_OUT, lambda d: d.hand_out("none", Taken(name=MOTHER_NAME, id_no=MOTHER_ID))),
    "print_service_return": (Action.HANDED_OUT, lambda d: d.print_service_return("none")),
    "take_papers": (Action.PAPERS_TAKEN, lambda d: d.take_papers("none", Takeover())),
    "print_work": (Action.LOOKED_UP, lambda d: d.print_work()),
    "open_sheets": (Action.LOOKED_UP, lambda d: d.open_sheets()),
    "ledger": (Action.LOOKED_UP, lambda d: d.ledger("none")),
    "printers": (Action.LOOKED_UP, lambda d: d.printers()),
    "follow_prints": (Action.LOOKED_UP, lambda d: d.follow_prints()),
    "confirm_sheets": (Action.SHEET_SETTLED, lambda d: d.confirm_sheets(("none",))),
    "void_sheet": (Action.SHEET_SETTLED, lambda d: d.void_sheet("none", VoidReason.SPOILT)),
    "send_again": (Action.LOOKED_UP, lambda d: d.send_again("none")),
    "reprint_sheet": (Action.LOOKED_UP, lambda d: d.reprint_sheet("none", VoidReason.SPOILT)),
    "draft_slip receipt": (Action.RECEIVED, lambda d: d.draft_slip("none", SlipKind.RECEIPT)),
    "draft_slip result": (Action.PRINTED, lambda d: d.draft_slip("none", SlipKind.RESULT)),
    "draw_draft": (Action.PRINTED, lambda d: d.draw_draft(_DRAFT)),
    "print_draft": (Action.PRINTED, lambda d: d.print_draft(_DRAFT)),
    "looks_first": (Action.LOOKED_UP, lambda d: d.looks_first()),
    "look_first": (Action.LOOKED_UP, lambda d: d.look_first(on=True)),
    "save_sheet": (Action.LOOKED_UP, lambda d: d.save_sheet("none", "/nowhere/sheet.ofd")),
    "preview": (Action.LOOKED_UP, lambda d: d.preview("none")),
    "start_batch": (Action.PRINTED, lambda d: d.start_batch(("none",))),
    "print_next": (Action.PRINTED, lambda d: d.print_next("none")),
    "stop_batch": (Action.PRINTED, lambda d: d.stop_batch("none")),
    "resume_batch": (Action.PRINTED, lambda d: d.resume_batch("none")),
    "redo_places": (Action.PRINTED, lambda d: d.redo_places("none", (1,))),
    "confirm_batch": (Action.SHEET_SETTLED, lambda d: d.confirm_batch("none")),
    "end_batch": (Action.SHEET_SETTLED, lambda d: d.end_batch("none")),
    "queue": (Action.QUEUE_MOVED, lambda d: d.queue()),
    "take_ticket": (Action.QUEUE_MOVED, lambda d: d.take_ticket(Matter.APPLY)),
    "call_next": (Action.QUEUE_MOVED, lambda d: d.call_next()),
    "move_ticket": (Action.QUEUE_MOVED, lambda d: d.move_ticket("none", TicketAct.MISS)),
    "print_slip refusal": (Action.NOT_ACCEPTED, lambda d: d.print_slip("none", SlipKind.REFUSAL)),
}
# Verbs that are no action upon a case or person: the gate, and what the strip shows.
OPEN_TO_ALL = {
    "station",
    "prepare",
    "prepare_paper",
    "unlock",
    "recover",
    "enrol",
    "enrol_again",
    "sign_in",
    "sign_out",
    "lock",
    "resume_work",
    "watch_card",
    "link",
    "reader",
    "listen",
    "ask_confirmed",
    "calendar",
    "end_evaluation",  # the citizen's own
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path_factory.mktemp("matrix"))
    made.open_up(Role.CLERK.value)
    yield made
    made.close()


def desk_of(whole: WholeDesk, role: Role) -> Counter:
    """The desk with somebody of this role at it."""
    if whole.desk.station().login != role.value:
        whole.desk.sign_out()
        whole.desk.sign_in(role.value, PASSWORD)
    return whole.desk


CELLS = [
    pytest.param(role, verb, id=f"{role.value}-{verb.replace(' ', '_')}") for role in Role for verb in VERBS
]


@pytest.mark.parametrize(("role", "verb"), CELLS)
def test_the_desk_keeps_to_the_table(whole: WholeDesk, role: Role, verb: str) -> None:
    """A verb that the table does not list for the role is refused as such, whatever else would be wrong with it."""
    action, call = VERBS[verb]
    try:
        call(desk_of(whole, role))
        refused = None
    except Refused as refusal:
        refused = refusal.failure
    except (AttributeError, TypeError):
        refused = None  # The guard let it pass; what was asked of it here is nonsense on purpose.
    assert (refused is Failure.ROLE_MISSING) is not allowed((role,), action)


def test_no_verb_of_the_desk_is_left_out_of_the_matrix() -> None:
    verbs = {name for name in vars(DeskApi) if not name.startswith("_")}
    assert verbs == {name.split()[0] for name in VERBS} | OPEN_TO_ALL


def test_every_deed_has_a_row_or_needs_no_right() -> None:
    actions = {action.value for action in Action}
    assert {deed.value for deed in Deed} - actions == {deed.value for deed in NO_RIGHT}
    assert actions <= {deed.value for deed in Deed}


def test_every_event_and_every_sheet_has_its_right() -> None:
    assert set(EventKind) - set(EVENT_ACTIONS) == {EventKind.SLIP_PRINTED, EventKind.SLIP_VOIDED}
    assert set(SLIP_ACTIONS) == {kind.value for kind in SlipKind}


@pytest.mark.parametrize("role", Role)
def test_what_is_not_listed_is_denied(role: Role) -> None:
    for action in Action:
        for field in Field:
            listed = field in RIGHTS[role].get(action, frozenset())
            assert allowed((role,), action.value, field) is listed
            assert allowed((), action.value, field) is False
            assert allowed((role,), "no such action", field) is False


def test_nobody_at_a_community_station_accepts_or_refuses() -> None:
    lent = Clerk("a", "b", (Role.CLERK, Role.SUPERVISOR), "01", "p", level="community")
    for deed in (Deed.ACCEPTED, Deed.NOT_ACCEPTED, Deed.TOLERATED):
        assert not lent.may(deed)
    assert lent.may(Deed.RECEIVED)
    assert replace(lent, level="street").may(Deed.ACCEPTED)


def test_nobody_both_works_on_cases_and_looks_after_the_machine_or_the_audit() -> None:
    apart = {
        Action.RECEIVED,
        Action.ACCEPTED,
        Action.VERIFIED,
        Action.REVEALED,
        Action.APPROVED,
        Action.PRINTED,
    }
    for role in (Role.AUDITOR, Role.AUTHOR, Role.ADMIN):
        assert not apart & set(RIGHTS[role])


@pytest.mark.parametrize(
    ("kind", "privacy", "field"),
    [
        (Kind.NAME, Privacy.PERSONAL, Field.NAME),
        (Kind.CITIZEN_ID, Privacy.SENSITIVE, Field.ID_NO),
        (Kind.PHONE, Privacy.PERSONAL, Field.PHONE),
        (Kind.ADDRESS, Privacy.PERSONAL, Field.ADDRESS),
        (Kind.BANK_ACCOUNT, Privacy.SENSITIVE, Field.ACCOUNT),
        (Kind.CODE, Privacy.SENSITIVE, Field.HEALTH),
        (Kind.DATE, Privacy.PERSONAL, Field.OTHER),
    ],
)
def test_an_element_is_of_one_kind_of_data(kind: Kind, privacy: Privacy, field: Field) -> None:
    element = Element("a.b", Text("甲", "A"), kind, "s", privacy)
    assert field_of(element) is field


def test_an_agent_does_not_see_an_account_that_a_clerk_sees(whole: WholeDesk) -> None:
    desk = desk_of(whole, Role.AGENT)
    offer = next(o for o in desk.search("") if _account_of(whole, o.id))
    key = _account_of(whole, offer.id)
    desk.choose(offer.id)
    with pytest.raises(Refused) as refused:
        desk.reveal(key)
    assert refused.value.failure is Failure.ROLE_MISSING
    desk = desk_of(whole, Role.CLERK)
    desk.choose(offer.id)
    assert desk.reveal(key).key == key


def _account_of(whole: WholeDesk, item: str) -> str:
    catalogue = whole.catalogues.current()
    if item not in catalogue.items:
        return ""
    elements = {e.key: e for e in catalogue.elements.values()}
    fields = [f.element for f in catalogue.items[item].fields]
    return next((key for key in fields if elements[key].kind is Kind.BANK_ACCOUNT), "")
