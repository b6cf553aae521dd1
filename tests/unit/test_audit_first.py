"""If the audit entry cannot be written, the deed does not happen: shown for every verb of the desk that leaves one."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.fakes import offices
from tests.fakes.card_reader import MOTHER
from tests.fakes.counter import WholeDesk
from tests.fakes.decided import decide
from tests.fakes.people import AT, FATHER_ID, FATHER_NAME, MOTHER_ID, MOTHER_NAME
from tests.fakes.press import RealPress
from tests.fakes.reviews import order
from tests.fakes.scans import a_png, attach, attach_photo
from tests.fakes.seen_scans import picture
from tests.fakes.staff import PASSWORD
from tests.unit.test_case_steps import BROUGHT, GAPS, PHONE
from tests.unit.test_photo import KEY as PHOTO_KEY
from tests.unit.test_photo import _picture
from tests.unit.test_second_person import REFUSE
from tests.unit.test_verifying import _recheck as recheck_of
from wire.delivery import Way
from wire.evaluation import Grade, Opinion, Stage, seal_opinion
from wire.keys import b64, new_private, unb64
from wire.messages import MaterialHow, MaterialOnWire, Outcome
from wire.recovery import recovery_public
from wire.reviews import ReviewStep
from wire.signed import sign_reply
from wire.stick import StickReceipts, pack_receipts, unpack
from workstation.domain.audit import AuditFilter
from workstation.domain.failures import Failure, Refused
from workstation.domain.queue import Matter, TicketAct
from workstation.domain.report import Span
from workstation.domain.sheet import VoidReason
from workstation.domain.slip import SlipKind
from workstation.domain.verification import Check
from workstation.services.calendar_views import CalendarWish
from workstation.services.counter import Counter
from workstation.services.desk import DeskApi
from workstation.services.forward_case import Takeover
from workstation.services.hand_out import DeliveryWish, Taken
from workstation.services.ports import TableFile
from workstation.services.views import StationStep
from workstation.sync.recovery_wrap import RECOVERY_KEY_FACT

RECOVERY = new_private()
TYPED = {
    "child.birth_certificate_no": "Y440100001",
    "child.name": "测小宝",
    "father.name": FATHER_NAME,
    "father.id_no": FATHER_ID,
    "household.relation_to_head": "30",
    "contact.phone": "13800000000",
}
SCANNED = hashlib.sha256(picture()).hexdigest()
TYPHOON = CalendarWish({date(2026, 12, 3): False}, date(2026, 12, 31), "停工通知", "台风")
# Why the other verbs of DeskApi leave no entry: they change nothing that is kept, or only the words of a draft.
NO_ENTRY = {
    **dict.fromkeys(
        (
            "station",
            "prepare",
            "prepare_paper",
            "link",
            "reader",
            "listen",
            "diagnose",
            "watch_card",
            "calendar",
        ),
        "shows the station",
    ),
    **dict.fromkeys(
        ("read_card", "alarms", "ask_slip", "ask_paper"),
        "asks and keeps nothing; taking the answer is the deed",
    ),
    **dict.fromkeys(("drafts", "resume", "visit", "search", "ready_queries"), "shows what is there, masked"),
    **dict.fromkeys(
        (
            "cases",
            "results",
            "case",
            "saved_today",
            "proposals",
            "proposal_options",
            "step_options",
            "audit_state",
            "transfer",
            "audit_lines",
            "found_rest",  # the rest of what a search has found, whose entry is there
            "list_head",
            "list_page",
            "list_row",
            "list_counts",
            "filters",
            "hall_board",
            "local_board",
            "report",
            "shift",
        ),
        "shows what is there, masked",
    ),
    **dict.fromkeys(("set_member",), "the words of a draft"),
    **dict.fromkeys(("keep_filter", "drop_filter"), "a clerk's own way of looking at lists"),
    **dict.fromkeys(("uploads", "read_scan"), "shows or reads and keeps nothing"),
    **dict.fromkeys(
        ("pause_uploads", "meter_uploads", "retry_uploads"), "when a scan travels, not what becomes of it"
    ),
    **dict.fromkeys(("print_work", "open_sheets", "ledger", "printers"), "shows what is there, masked"),
    **dict.fromkeys(("looks_first", "look_first"), "whether this counter looks at its sheets first"),
    "queue": "shows numbers and times, no person",
    "draw_draft": "draws what draft_slip has noted",
    "follow_prints": "what the print service says of its jobs; what a person says of a sheet is the deed",
    "unlock": "opens the store; who sits down is noted at sign-in",
}


def filled(whole: WholeDesk) -> Counter:
    return fill_up(whole, whole.open_up())


def fill_up(whole: WholeDesk, desk: Counter, *, receive: bool = False) -> Counter:
    desk.take_person(MOTHER)
    desk.choose("newborn")
    for key, typed in TYPED.items():
        desk.answer(key, typed)
    whole.check_all()
    desk.see_original("id_father", seen=True)
    if receive:
        desk.receive()
    return desk


def received(whole: WholeDesk) -> Counter:
    desk = filled(whole)
    desk.receive()
    return desk


def queued(whole: WholeDesk) -> Counter:
    """Somebody has taken a number."""
    desk = whole.open_up()
    desk.take_ticket(Matter.APPLY)
    return desk


def lacking(whole: WholeDesk) -> Counter:
    """Received while a paper is missing."""
    desk = whole.open_up()
    desk.take_person(MOTHER)
    desk.choose("newborn")
    for key, typed in TYPED.items():
        desk.answer(key, typed)
    whole.check_all()
    desk.receive()
    return desk


def correcting(whole: WholeDesk) -> Counter:
    desk = lacking(whole)
    desk.ask_correction(_case(desk), GAPS)
    return desk


def returning(whole: WholeDesk) -> Counter:
    """The same person comes again: there is something to reuse."""
    desk = received(whole)
    desk.accept()
    desk.drop_visit()
    desk.take_person(MOTHER)
    desk.choose("birth-plan-registration")
    return desk


def scanned(whole: WholeDesk) -> Counter:
    desk = received(whole)
    case = _case(desk)
    with whole.unit() as unit:
        found = unit.cases.get(case)
        paper = MaterialOnWire("id_mother", MaterialHow.SCANNED, None, (unit.blobs.put(picture()),))
        others = tuple(each for each in found.materials if each.material != "id_mother")
        unit.cases.save(replace(found, materials=(*others, paper)))
        unit.commit()
    return desk


def in_charge(whole: WholeDesk) -> Counter:
    return whole.open_up("supervisor")


def auditor(whole: WholeDesk) -> Counter:
    return whole.open_up("auditor")


def unenrolled(whole: WholeDesk) -> Counter:
    whole.desk.unlock("a long passphrase")
    return whole.desk


def pending(whole: WholeDesk) -> Counter:
    whole.hall.confirms = False
    desk = unenrolled(whole)
    desk.enrol("http://hall", "code")
    whole.hall.confirms = True
    return desk


def enrolled(whole: WholeDesk) -> Counter:
    desk = unenrolled(whole)
    desk.enrol("http://hall", "code")
    return desk


def a_scan(whole: WholeDesk) -> str:
    return a_png(whole.folder / "scan.png")


def a_photo(whole: WholeDesk) -> str:
    return _picture(whole.folder / "photo.png", 358, 441)


def _unanswered(whole: WholeDesk) -> Counter:
    desk = whole.open_up()
    desk.take_person(MOTHER)
    desk.choose("newborn")
    for key, typed in TYPED.items():
        desk.answer(key, typed)
    return desk


def _only_read(whole: WholeDesk) -> Counter:
    desk = whole.open_up()
    desk.take_person(MOTHER)
    return desk


def unanswered_marriage(whole: WholeDesk) -> Counter:
    """A department that does not answer: its answer may be left owing."""
    whole.hall.outcomes["marriage"] = Outcome.UNAVAILABLE
    return filled(whole)


def not_confirmed(whole: WholeDesk) -> Counter:
    """Accepted while a department owed its answer, and then it did not confirm."""
    desk = unanswered_marriage(whole)
    desk.leave_pending("marriage")
    desk.receive()
    desk.accept()
    whole.hall.outcomes["marriage"] = Outcome.NO_RECORD
    again = recheck_of(whole)
    while again.carry():
        pass
    return desk


def self_employed(whole: WholeDesk) -> Counter:
    desk = whole.open_up()
    desk.take_person(MOTHER)
    desk.choose("flexible-employment-insurance")
    return desk


def promised(whole: WholeDesk) -> Counter:
    desk = self_employed(whole)
    desk.print_promise("not_insured_proof")
    return desk


def asked_for_consent(whole: WholeDesk) -> Counter:
    desk = whole.open_up()
    desk.take_person(MOTHER)
    desk.choose("longevity-allowance")
    desk.acknowledge_notice()
    return desk


def photo_wanted(whole: WholeDesk) -> Counter:
    desk = whole.open_up()
    desk.take_person(MOTHER)
    desk.choose("senior-card-first")
    return desk


def a_phone(whole: WholeDesk) -> Counter:
    whole.hall.phones["token"] = (MOTHER_NAME, MOTHER_ID)
    return whole.open_up()


def notified(whole: WholeDesk) -> Counter:
    """The citizen was told, and registers may be asked."""
    desk = _unanswered(whole)
    desk.acknowledge_notice()
    return desk


def locked(whole: WholeDesk) -> Counter:
    desk = filled(whole)
    desk.lock("key")
    return desk


def parked(whole: WholeDesk) -> Counter:
    """The hall did not take the receipt of the case."""
    desk = received(whole)
    with whole.unit() as unit:
        unit.outbox.parked(unit.outbox.waiting_items()[0].envelope.id, "case_known")
        unit.commit()
    return desk


def _parked(desk: Counter) -> str:
    return desk.transfer().parked[0].step.event


def with_halls_key(whole: WholeDesk) -> Counter:
    desk = received(whole)
    with whole.unit() as unit:
        unit.station.remember(RECOVERY_KEY_FACT, b64(recovery_public(RECOVERY)))
        unit.commit()
    return desk


def stick_taken(whole: WholeDesk) -> Counter:
    """A stick was written, and the hall has answered: it has taken nothing."""
    desk = with_halls_key(whole)
    made = desk.write_stick(str(whole.folder))
    header, content, _ = unpack(Path(made.files[0]).read_bytes(), RECOVERY)
    said = StickReceipts(
        header.export, header.device, header.station, header.epoch, AT, (1,), 1, "", (), (), "", None, ""
    )
    receipts = pack_receipts(sign_reply(said, whole.hall.private), unb64(content.reply_key))
    (whole.folder / "receipts").write_bytes(receipts)
    return desk


def proposed(whole: WholeDesk) -> Counter:
    desk = received(whole)
    desk.propose(_case(desk), REFUSE)
    return desk


def supervisor(whole: WholeDesk) -> Counter:
    desk = proposed(whole)
    desk.sign_out()
    desk.sign_in("supervisor", PASSWORD)
    return desk


def _approve(desk: Counter, _: WholeDesk) -> object:
    (made,) = desk.proposals()
    return desk.approve(made.id, made.sha256, "supervisor", PASSWORD)


def _take_check(desk: Counter, whole: WholeDesk) -> object:
    query = desk.ready_queries()[0]
    return desk.take_check(Check(query, whole.hall.verify(query)))


def by_agent(whole: WholeDesk) -> Counter:
    desk = filled(whole)
    desk.take_agency(offices.POWER)
    return desk


def wrong_office(whole: WholeDesk) -> Counter:
    desk = whole.open_up()
    offices.elsewhere(whole, "birth-plan-registration")
    return desk


def in_a_community(whole: WholeDesk) -> Counter:
    desk = whole.open_up()
    offices.at_a_community(whole)
    return fill_up(whole, desk, receive=True)


def taken_in(whole: WholeDesk) -> Counter:
    desk = received(whole)
    offices.came_in(whole, _case(desk))
    return desk


def decided(whole: WholeDesk) -> Counter:
    desk = received(whole)
    desk.accept()
    offices.decide(whole, _case(desk))
    return desk


def waiting_at_the_window(whole: WholeDesk) -> Counter:
    desk = decided(whole)
    desk.order_delivery(_case(desk), DeliveryWish(Way.COUNTER))
    return desk


def with_the_courier(whole: WholeDesk) -> Counter:
    desk = decided(whole)
    desk.order_delivery(_case(desk), DeliveryWish(Way.COURIER, address="广州市越秀区测试路1号"))
    return desk


def handed_out(whole: WholeDesk) -> Counter:
    desk = decided(whole)
    desk.hand_out(_case(desk), Taken(name=MOTHER_NAME, id_no=MOTHER_ID))
    return desk


def unprinted(whole: WholeDesk) -> Counter:
    """No printer took the receipt."""
    desk = filled(whole)
    whole.press.refuses = Failure.PRINT_SERVICE_DOWN
    desk.receive()
    whole.press.refuses = None
    return desk


def previewed(whole: WholeDesk) -> Counter:
    """A receipt as a real press makes it: only that can be drawn."""
    whole.press = RealPress()
    return received(whole)


def results(whole: WholeDesk) -> Counter:
    desk = whole.open_up("supervisor")
    decide(whole, 2)
    return desk


def batch(whole: WholeDesk) -> Counter:
    desk = results(whole)
    desk.start_batch(_decided(desk))
    return desk


def halted(whole: WholeDesk) -> Counter:
    desk = batch(whole)
    desk.stop_batch(_batch(desk))
    return desk


def printed(whole: WholeDesk) -> Counter:
    desk = batch(whole)
    for _ in range(2):
        desk.print_next(_batch(desk))
    return desk


def _sheet(desk: Counter) -> str:
    return desk.print_work().open[0].serial


def _decided(desk: Counter) -> tuple[str, ...]:
    return tuple(each.case for each in desk.print_work().waiting)


def _batch(desk: Counter) -> str:
    going = desk.print_work().batch
    assert going is not None
    return going.id


Begin = Callable[[WholeDesk], Counter]


def seated_supervisor(whole: WholeDesk) -> Counter:
    return whole.open_up("supervisor")


def handed_over(whole: WholeDesk) -> Counter:
    """The next shift sits there."""
    desk = received(whole)
    desk.hand_over(desk.shift(), "", "supervisor", PASSWORD)
    desk.sign_out()
    desk.sign_in("supervisor", PASSWORD)
    return desk


SPAN = Span(date(2026, 11, 1), date(2026, 11, 26))


def accepted_with_key(whole: WholeDesk) -> Counter:
    desk = with_halls_key(whole)
    desk.accept()
    return desk


def asked_for_opinion(whole: WholeDesk) -> Counter:
    desk = accepted_with_key(whole)
    desk.invite_evaluation(_case(desk), Stage.ACCEPTANCE)
    return desk


def _end_evaluation(desk: Counter, whole: WholeDesk) -> None:
    with whole.unit() as unit:
        [asked] = unit.evaluations.open()
    sealed = seal_opinion(recovery_public(RECOVERY), asked.visit, Opinion(Grade.SATISFIED))
    desk.end_evaluation(asked.visit, sealed)


def reviewing(whole: WholeDesk) -> Counter:
    whole.hall.orders = (order(1),)
    return whole.open_up("supervisor")


VERBS: dict[str, tuple[Begin, Callable[[Counter, WholeDesk], object]]] = {
    "see_scan": (scanned, lambda desk, _: desk.see_scan(desk.cases()[0].case, SCANNED)),
    "set_calendar": (in_charge, lambda desk, _: desk.set_calendar(TYPHOON, "supervisor2", PASSWORD)),
    "enrol": (unenrolled, lambda desk, _: desk.enrol("http://hall", "code")),
    "ask_confirmed": (pending, lambda desk, _: desk.ask_confirmed()),
    "enrol_again": (enrolled, lambda desk, _: desk.enrol_again("code")),
    "sign_in": (enrolled, lambda desk, _: desk.sign_in("clerk", PASSWORD)),
    "sign_out": (filled, lambda desk, _: desk.sign_out()),
    "take_person": (WholeDesk.open_up, lambda desk, _: desk.take_person(MOTHER)),
    "type_person": (WholeDesk.open_up, lambda desk, _: desk.type_person(MOTHER_NAME, MOTHER_ID)),
    "drop_visit": (_only_read, lambda desk, _: desk.drop_visit()),
    "discard_draft": (filled, lambda desk, _: desk.discard_draft(_case(desk))),
    "choose": (WholeDesk.open_up, lambda desk, _: desk.choose("newborn")),
    "reuse": (returning, lambda desk, _: desk.reuse()),
    "adopt_release": (filled, lambda desk, _: desk.adopt_release()),
    "answer": (filled, lambda desk, _: desk.answer("mother.name", "别的名字", "卡上的字印错了")),
    "reveal": (filled, lambda desk, _: desk.reveal("mother.id_no")),
    "reveal_person": (filled, lambda desk, _: desk.reveal_person()),
    "check_code": (a_phone, lambda desk, _: desk.check_code("token")),
    "ask": (notified, lambda desk, _: desk.ask(desk.ready_queries()[0])),
    "take_check": (notified, _take_check),
    "see_original": (filled, lambda desk, _: desk.see_original("marriage_certificate", seen=True)),
    "attach_scan": (filled, lambda desk, whole: attach(desk, "id_father", a_scan(whole))),
    "receive": (filled, lambda desk, _: desk.receive()),
    "export_report": (
        seated_supervisor,
        lambda desk, whole: desk.export_report(TableFile("", ()), str(whole.folder / "audit.jsonl"), SPAN),
    ),
    "hand_over": (received, lambda desk, _: desk.hand_over(desk.shift(), "", "supervisor", PASSWORD)),
    "take_shift": (
        handed_over,
        lambda desk, _: desk.take_shift(desk.shift().before[0].handover.id),
    ),
    "acknowledge_notice": (_unanswered, lambda desk, _: desk.acknowledge_notice()),
    "dispute": (filled, lambda desk, _: desk.dispute("marriage", "已经登记结婚")),
    "consent": (asked_for_consent, lambda desk, _: desk.consent("card_account", given=True)),
    "leave_pending": (unanswered_marriage, lambda desk, _: desk.leave_pending("marriage")),
    "print_promise": (self_employed, lambda desk, _: desk.print_promise("not_insured_proof")),
    "sign_promise": (promised, lambda desk, _: desk.sign_promise("not_insured_proof", signed=True)),
    "bring_papers": (not_confirmed, lambda desk, _: desk.bring_papers(_case(desk))),
    "attach_photo": (photo_wanted, lambda desk, whole: attach_photo(desk, PHOTO_KEY, a_photo(whole))),
    "print_checks": (filled, lambda desk, _: desk.print_checks()),
    "accept": (received, lambda desk, _: desk.accept()),
    "print_gaps": (filled, lambda desk, _: desk.print_gaps()),
    "ask_correction": (lacking, lambda desk, _: desk.ask_correction(_case(desk), GAPS)),
    "take_correction": (correcting, lambda desk, _: desk.take_correction(_case(desk), BROUGHT)),
    "withdraw_case": (
        received,
        lambda desk, _: desk.withdraw_case(_case(desk), ("birth-registration",), "不办了", "applicant"),
    ),
    "amend_receipt": (received, lambda desk, _: desk.amend_receipt(_case(desk), PHONE, "号码记错了")),
    "accept_case": (received, lambda desk, _: desk.accept_case(_case(desk))),
    "print_slip": (received, lambda desk, _: desk.print_slip(_case(desk), SlipKind.RECEIPT)),
    "resume_work": (locked, lambda desk, _: desk.resume_work(PASSWORD)),
    "propose": (received, lambda desk, _: desk.propose(_case(desk), REFUSE)),
    "approve": (proposed, _approve),
    "withdraw": (proposed, lambda desk, _: desk.withdraw(desk.proposals()[0].id)),
    "decline": (supervisor, lambda desk, _: desk.decline(desk.proposals()[0].id)),
    "check_slip": (received, lambda desk, _: desk.check_slip("YC2.x.y")),
    "find_cases": (received, lambda desk, _: desk.find_cases(MOTHER_NAME)),
    "try_now": (received, lambda desk, _: desk.try_now()),
    "retry_step": (parked, lambda desk, _: desk.retry_step(_parked(desk))),
    "take_halls_word": (parked, lambda desk, _: desk.take_halls_word(_parked(desk))),
    "write_stick": (with_halls_key, lambda desk, whole: desk.write_stick(str(whole.folder))),
    "read_stick": (stick_taken, lambda desk, whole: desk.read_stick(str(whole.folder / "receipts"))),
    "take_agency": (filled, lambda desk, _: desk.take_agency(offices.POWER)),
    "drop_agency": (by_agent, lambda desk, _: desk.drop_agency()),
    "print_power": (filled, lambda desk, _: desk.print_power(offices.POWER)),
    "print_route": (wrong_office, lambda desk, _: desk.print_route("birth-plan-registration")),
    "forward": (in_a_community, lambda desk, _: desk.forward(_case(desk))),
    "take_papers": (taken_in, lambda desk, _: desk.take_papers(_case(desk), Takeover())),
    "print_proxy": (received, lambda desk, _: desk.print_proxy(_case(desk))),
    "order_delivery": (
        decided,
        lambda desk, _: desk.order_delivery(_case(desk), DeliveryWish(Way.COUNTER)),
    ),
    "print_pick_up": (waiting_at_the_window, lambda desk, _: desk.print_pick_up(_case(desk))),
    "recall_delivery": (with_the_courier, lambda desk, _: desk.recall_delivery(_case(desk), "改到窗口")),
    "hand_out": (
        decided,
        lambda desk, _: desk.hand_out(_case(desk), Taken(name=MOTHER_NAME, id_no=MOTHER_ID)),
    ),
    "print_service_return": (handed_out, lambda desk, _: desk.print_service_return(_case(desk))),
    "invite_evaluation": (
        accepted_with_key,
        lambda desk, _: desk.invite_evaluation(_case(desk), Stage.ACCEPTANCE),
    ),
    "end_evaluation": (asked_for_opinion, _end_evaluation),
    "reviews": (reviewing, lambda desk, _: desk.reviews()),
    "handle_review": (
        reviewing,
        lambda desk, _: desk.handle_review("order-1", ReviewStep.VERIFIED, "属实"),
    ),
    "confirm_sheets": (received, lambda desk, _: desk.confirm_sheets((_sheet(desk),))),
    "void_sheet": (received, lambda desk, _: desk.void_sheet(_sheet(desk), VoidReason.SPOILT)),
    "send_again": (unprinted, lambda desk, _: desk.send_again(_sheet(desk))),
    "reprint_sheet": (received, lambda desk, _: desk.reprint_sheet(_sheet(desk), VoidReason.JAMMED)),
    "draft_slip": (received, lambda desk, _: desk.draft_slip(_case(desk), SlipKind.RECEIPT)),
    "print_draft": (
        received,
        lambda desk, _: desk.print_draft(desk.draft_slip(_case(desk), SlipKind.RECEIPT)),
    ),
    "save_sheet": (
        previewed,
        lambda desk, whole: desk.save_sheet(_sheet(desk), str(whole.folder / "sheet.ofd")),
    ),
    "preview": (previewed, lambda desk, _: desk.preview(_sheet(desk))),
    "start_batch": (results, lambda desk, _: desk.start_batch(_decided(desk))),
    "print_next": (batch, lambda desk, _: desk.print_next(_batch(desk))),
    "stop_batch": (batch, lambda desk, _: desk.stop_batch(_batch(desk))),
    "resume_batch": (halted, lambda desk, _: desk.resume_batch(_batch(desk))),
    "redo_places": (printed, lambda desk, _: desk.redo_places(_batch(desk), (1,))),
    "confirm_batch": (printed, lambda desk, _: desk.confirm_batch(_batch(desk))),
    "end_batch": (halted, lambda desk, _: desk.end_batch(_batch(desk))),
    "take_ticket": (received, lambda desk, _: desk.take_ticket(Matter.APPLY)),
    "call_next": (queued, lambda desk, _: desk.call_next()),
    "move_ticket": (
        queued,
        lambda desk, _: desk.move_ticket(desk.queue().waiting[0].id, TicketAct.LEAVE),
    ),
    "audit_search": (auditor, lambda desk, _: desk.audit_search(AuditFilter())),
    "audit_export": (auditor, lambda desk, whole: desk.audit_export(str(whole.folder / "audit.jsonl"))),
}
# Verbs whose deed is done elsewhere before the store hears of it, or that other tests show.
ELSEWHERE = {
    "recover": "tests/integration/test_trust_and_hall.py: the store is opened only with its entry",
    "lock": "test_a_desk_that_cannot_write_locks_all_the_same",
}


def _case(desk: Counter) -> str:
    shown = desk.visit()
    assert shown is not None
    return shown.case


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


def everything(whole: WholeDesk) -> list[tuple[Any, ...]]:
    """Every row of every table but the counters of failed sign-ins."""
    with whole.stores[-1]._engine.connect() as db:
        raw = db.connection.cursor()
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [(table, *row) for table in sorted(tables) for row in raw.execute(f'SELECT * FROM "{table}"')]
        raw.close()
    return rows


def refuse_entries(whole: WholeDesk) -> None:
    with whole.stores[-1]._engine.begin() as db:
        db.execute(
            text("CREATE TRIGGER audit_is_full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END")
        )


def test_every_verb_of_the_desk_is_looked_at() -> None:
    verbs = {name for name, _ in inspect.getmembers(DeskApi, inspect.isfunction) if not name.startswith("_")}
    assert verbs == set(VERBS) | set(NO_ENTRY) | set(ELSEWHERE)


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_whose_entry_cannot_be_written_does_nothing_until_it_can(whole: WholeDesk, verb: str) -> None:
    begin, act = VERBS[verb]
    desk = begin(whole)
    refuse_entries(whole)
    before, sheets = everything(whole), len(whole.press.sheets)
    with pytest.raises(Refused) as caught:
        act(desk, whole)
    assert caught.value.failure is Failure.AUDIT_UNWRITABLE
    assert everything(whole) == before
    assert len(whole.press.sheets) == sheets
    assert not (whole.folder / "audit.jsonl").exists()
    assert not (whole.folder / "sheet.ofd").exists()
    assert verb != "write_stick" or not list(whole.folder.glob("*.stick"))
    assert verb != "ask" or not whole.hall.asked
    assert verb != "check_code" or whole.hall.phones
    # The control: with the way free again, the very same deed is done and leaves its entry.
    with whole.stores[-1]._engine.begin() as db:
        db.execute(text("DROP TRIGGER audit_is_full"))
    act(desk, whole)
    assert entries(everything(whole)) > entries(before)


def test_a_desk_that_cannot_write_locks_all_the_same(whole: WholeDesk) -> None:
    desk = filled(whole)
    refuse_entries(whole)
    with pytest.raises(Refused) as caught:
        desk.lock("key")
    assert caught.value.failure is Failure.AUDIT_UNWRITABLE
    assert desk.station().step is StationStep.LOCKED


def entries(rows: list[tuple[Any, ...]]) -> int:
    return len([row for row in rows if row[0] == "audit"])
