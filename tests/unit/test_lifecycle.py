"""The table of steps, made into tests: what it has is allowed, all else is refused, at the desk and at the hall alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, update

from catalogue.model import Kind
from deadlines.national import national_days
from deadlines.working_days import WorkingDays
from hall.acceptance import Gate
from hall.database import fact, open_database, stamp
from hall.deemed import accept_by_silence, deem
from hall.demo.seed import seed
from hall.intake import take_batch
from hall.slips import check_slip
from hall.steps import TABLE_CODES, StepRefused
from hall.tables import alarms, case_steps, cases, device_keys, devices, feed, slips, sub_cases
from tests.fakes.cases import NOW, a_case, a_visit
from tests.fakes.counter import shipped_catalogue
from tests.fakes.device import BUNDLE, Device
from tests.fakes.store import FakeStore
from wire.codec import decode, encode
from wire.corrections import (
    Amendment,
    CaseReturned,
    CaseWithdrawn,
    Correction,
    CorrectionAnswered,
    CorrectionAsked,
    CorrectionGap,
    Defect,
    GapAnswer,
    ReceiptAmended,
)
from wire.keys import b64, public_of
from wire.lifecycle import (
    BY_STEP,
    ENDED_EARLY,
    TRANSITIONS,
    CaseStatus,
    Step,
    follow,
    may,
    told,
    told_as,
    under_way,
)
from wire.messages import (
    Approval,
    CaseAccepted,
    CaseClosed,
    CaseReceived,
    CaseReopened,
    Change,
    Enrolment,
    EventKind,
    PapersChanged,
    PushRequest,
    PushResult,
    PushStatus,
    Role,
    SlipPrinted,
    SubCaseState,
)
from wire.seal import make as make_seal
from wire.seal import with_serial
from wire.states import PLACES, markdown, svg
from workstation.domain import approval as two
from workstation.domain.approval import ProposalKind, Wish
from workstation.domain.case import Case
from workstation.domain.clerk import Clerk
from workstation.domain.failures import Failure, Refused
from workstation.services.accept_case import accept_case
from workstation.services.amend_receipt import hold_changes
from workstation.services.ask_correction import ask_correction
from workstation.services.take_correction import take_correction
from workstation.services.withdraw import withdraw

STATUSES = [status for status in CaseStatus if status is not CaseStatus.DRAFT]
CLERK = Clerk("clerk", "窗口员", (Role.CLERK,), "01", "p-clerk")
GAP = CorrectionGap("household_book", Defect.MISSING, "没有带", "原件", "带来")
ANSWER = GapAnswer("household_book", "brought")
PHONE = Amendment("answer.contact.phone", "", "测试三")
ITEM = "birth-registration"
LATER = datetime.now(UTC) + timedelta(days=40)


# -- the table itself --------------------------------------------------------------------------------------------
def test_every_step_has_one_line_and_every_state_is_reached() -> None:
    assert len(BY_STEP) == len(TRANSITIONS) == len(Step)
    reached = {each.target for each in TRANSITIONS} - {None}
    assert reached == set(CaseStatus) - {CaseStatus.DRAFT}
    assert not any(may(step, CaseStatus.ARCHIVED) for step in set(Step) - {Step.CHANGE_PAPERS})


def test_every_event_of_a_case_stands_in_the_table() -> None:
    beside = {
        EventKind.SLIP_PRINTED,
        EventKind.SLIP_VOIDED,
        EventKind.SLIP_SETTLED,
        EventKind.VERIFICATION_DISPUTED,
        EventKind.EVALUATION_GIVEN,
        EventKind.DELIVERY_ORDERED,
        EventKind.DELIVERY_RECALLED,
    }
    assert {each.event for each in TRANSITIONS} - {None} == set(EventKind) - beside


@pytest.mark.parametrize("status", STATUSES)
def test_a_word_on_the_wire_is_read_as_what_stations_of_before_knew(status: CaseStatus) -> None:
    word = told_as(status)
    back = told(word)
    assert back is not None
    assert told_as(back) == word
    if status in ENDED_EARLY or status in {CaseStatus.RECEIVED, CaseStatus.CORRECTION_REQUIRED}:
        assert back is status


def test_an_accepted_case_is_where_its_items_are() -> None:
    waiting, sent, begun, done = SubCaseState
    assert under_way([(waiting, False)]) is CaseStatus.ACCEPTED
    assert under_way([(sent, False), (waiting, False)]) is CaseStatus.DISPATCHED
    assert under_way([(begun, False), (sent, True)]) is CaseStatus.IN_REVIEW
    assert under_way([(begun, True), (waiting, False), (done, False)]) is CaseStatus.SUSPENDED


# -- the desk ----------------------------------------------------------------------------------------------------
def _propose(kind: ProposalKind) -> Callable[[Case, FakeStore], object]:
    wish = Wish(kind, two.REASONS[kind][0], "当事人材料不齐", "别的机关", "household_book", date(2026, 12, 1))

    def propose(case: Case, _: FakeStore) -> object:
        return two.propose(wish, case, None, CLERK, id="p", at=NOW)

    return propose


def _with_unit(work: Callable[..., object]) -> Callable[[Case, FakeStore], object]:
    def do(case: Case, store: FakeStore) -> object:
        with store.unit() as unit:
            return work(case, unit=unit, clerk=CLERK, at=NOW)

    return do


DESK: dict[Step, Callable[[Case, FakeStore], object]] = {
    Step.ACCEPT: _with_unit(
        lambda case, **more: accept_case(
            case, evidence=(), catalogue=shipped_catalogue(), table=national_days(), **more
        )
    ),
    Step.ASK_CORRECTION: _with_unit(
        lambda case, **more: ask_correction(
            case, (GAP,), until=date(2026, 12, 30), last_day=date(2026, 12, 30), **more
        )
    ),
    Step.TAKE_CORRECTION: _with_unit(
        lambda case, **more: take_correction(case, (ANSWER,), None, None, **more)
    ),
    Step.WITHDRAW: _with_unit(
        lambda case, **more: withdraw(case, (ITEM,), "不办了", "applicant", draft=None, **more)
    ),
    Step.AMEND: lambda case, _: hold_changes(
        case, (PHONE,), "收件时登记有误", shipped_catalogue(), NOW.date()
    ),
    Step.REFUSE: _propose(ProposalKind.REFUSE),
    Step.TOLERATE: _propose(ProposalKind.TOLERATE),
    Step.VOID: _propose(ProposalKind.VOID),
    Step.RETURN: _propose(ProposalKind.RETURN),
    Step.REOPEN: _propose(ProposalKind.REOPEN),
}


@pytest.mark.parametrize("step", DESK)
def test_the_desk_does_what_the_table_has_and_nothing_else(step: Step) -> None:
    for status in STATUSES:
        store = FakeStore()
        asked = Correction(NOW, date(2026, 12, 1), None, (replace(GAP, how="别的"),), "clerk")
        case = replace(a_case(status=status), corrections=(asked,))
        with store.unit() as unit:
            unit.cases.add(case)
            unit.drafts.save(a_visit())
            unit.commit()
        try:
            DESK[step](case, store)
            refused = None
        except Refused as refusal:
            refused = refusal.failure
        assert (refused is Failure.STEP_NOT_ALLOWED) is not may(step, status), (step, status)


@pytest.mark.parametrize("step", Step)
def test_a_case_asks_the_table(step: Step) -> None:
    for status in CaseStatus:
        case = a_case(status=status)
        if may(step, status):
            assert case.after(step) is follow(step, status)
        else:
            with pytest.raises(Refused):
                case.after(step)


# -- the hall ----------------------------------------------------------------------------------------------------
class _Open(Gate):
    """Papers stand: here it is asked for the step alone."""

    def __init__(self) -> None:
        super().__init__(shipped_catalogue(), Path("nowhere"))

    def unmet(self, *_: object) -> tuple[str, ...]:
        return ()

    def explained(self, *_: object) -> bool:
        return True


class Hall:
    """A hall in this process, and a station of it."""

    def __init__(self, place: str) -> None:
        self.engine: Engine = open_database(place)
        self.gate = _Open()
        self.count = 0
        with self.engine.begin() as db:
            seed(db, code="democode", token="token")
            at = {"station": "440104", "incarnation": 1, "public_key": "k", "last_seq": 0}
            db.execute(devices.insert().values(id="d", last_sha256="0" * 64, **at))
            epoch = fact(db, "epoch")
        self.device = Device("", enrolment=Enrolment("d", 1, epoch, "440104", "站", "street", "", ()))

    def push(self, kind: EventKind, body: object, case: str, actor: str = "clerk") -> PushResult:
        return self.send(self.device.envelope(kind, body, case, actor))

    def send(self, *items: object) -> PushResult:
        request = PushRequest("d", 1, self.device.me.epoch, items)  # type: ignore[arg-type]
        return take_batch(self.engine, "d", request, self.gate).results[-1]

    def received(self, status: CaseStatus = CaseStatus.RECEIVED, days_ago: int = 0) -> str:
        """Register a case with one item and put it where the test wants it."""
        self.count += 1
        case = f"c{self.count}"
        at = datetime.now(UTC) - timedelta(days=days_ago)
        assert self.send(self.device.received(case, sub_cases=BUNDLE[:1], received_at=at)).receipt
        with self.engine.begin() as db:
            db.execute(update(cases).where(cases.c.id == case).values(status=status.value, accepted=None))
        return case

    def has_accepted(self, case: str) -> None:
        accepted = CaseAccepted(f"R-{case}", "clerk", NOW, {})
        with self.engine.begin() as db:
            db.execute(update(cases).where(cases.c.id == case).values(accepted=encode(accepted)))

    def asked(self, case: str) -> None:
        """Note a correction whose limit has passed."""
        body = CorrectionAsked(f"R-{case}", "clerk", NOW - timedelta(days=60), date(2020, 1, 1), (GAP,))
        row = {"event": f"e-{case}", "case": case, "kind": EventKind.CORRECTION_ASKED.value, "at": stamp(NOW)}
        with self.engine.begin() as db:
            db.execute(insert(case_steps).values(**row, body=encode(body)))

    def status(self, case: str) -> CaseStatus:
        with self.engine.begin() as db:
            return CaseStatus(db.scalar(select(cases.c.status).where(cases.c.id == case)) or "")

    def deem(self, at: datetime, table: WorkingDays | None = None) -> tuple[str, ...]:
        with self.engine.begin() as db:
            return deem(db, table or national_days(), lambda *_: shipped_catalogue(), at)


@pytest.fixture(scope="module")
def hall(shared_hall_place: str) -> Iterator[Hall]:
    made = Hall(shared_hall_place)
    yield made
    made.engine.dispose()


def _approval(kind: str) -> Approval:
    return Approval("p1", kind, "{}", "", "clerk", NOW, "supervisor", LATER, "password")


def _closed(case: str, kind: str) -> CaseClosed:
    return CaseClosed(f"R-{case}", "clerk", NOW, "twice", "收过一次了", "", _approval(kind))


HALL: dict[Step, Callable[[Hall, str], PushResult]] = {
    Step.ACCEPT: lambda h, c: h.push(EventKind.CASE_ACCEPTED, CaseAccepted(f"R-{c}", "clerk", NOW, {}), c),
    Step.ASK_CORRECTION: lambda h, c: h.push(
        EventKind.CORRECTION_ASKED, CorrectionAsked(f"R-{c}", "clerk", NOW, date(2026, 12, 1), (GAP,)), c
    ),
    Step.TAKE_CORRECTION: lambda h, c: h.push(
        EventKind.CORRECTION_ANSWERED, CorrectionAnswered(f"R-{c}", "clerk", NOW, (ANSWER,), ()), c
    ),
    Step.RETURN: lambda h, c: h.push(
        EventKind.CASE_RETURNED,
        CaseReturned(f"R-{c}", "clerk", LATER, "limit_passed", "没有补正", _approval("return")),
        c,
        "supervisor",
    ),
    Step.REFUSE: lambda h, c: h.push(EventKind.CASE_NOT_ACCEPTED, _closed(c, "refuse"), c, "supervisor"),
    Step.VOID: lambda h, c: h.push(EventKind.CASE_VOIDED, _closed(c, "void"), c, "supervisor"),
    Step.REOPEN: lambda h, c: h.push(
        EventKind.CASE_REOPENED,
        CaseReopened(f"R-{c}", "clerk", NOW, "decided_by_mistake", "核对后归本区", _approval("reopen")),
        c,
        "supervisor",
    ),
    Step.WITHDRAW: lambda h, c: h.push(
        EventKind.CASE_WITHDRAWN, CaseWithdrawn(f"R-{c}", "clerk", NOW, (ITEM,), "不办了", "applicant"), c
    ),
    Step.AMEND: lambda h, c: h.push(
        EventKind.RECEIPT_AMENDED, ReceiptAmended(f"R-{c}", "clerk", NOW, 2, "登记有误", (PHONE,), ()), c
    ),
    Step.CHANGE_PAPERS: lambda h, c: h.push(
        EventKind.PAPERS_CHANGED, PapersChanged(f"R-{c}", "clerk", NOW, ()), c
    ),
}


@pytest.mark.parametrize("step", HALL)
def test_the_hall_does_what_the_table_has_and_nothing_else(hall: Hall, step: Step) -> None:
    for status in STATUSES:
        case = hall.received(status)
        hall.asked(case)
        if step is Step.CHANGE_PAPERS:
            hall.has_accepted(case)
        result = HALL[step](hall, case)
        assert (result.code in TABLE_CODES) is not may(step, status), (step, status, result.code)
        if result.status is PushStatus.APPLIED and BY_STEP[step].target is not None:
            # What waits for nothing is dispatched with the acceptance.
            reached = {follow(step, status)} | ({CaseStatus.DISPATCHED} if step is Step.ACCEPT else set())
            assert hall.status(case) in reached


def test_desk_and_hall_answer_alike_for_every_step_that_both_know() -> None:
    assert set(HALL) - set(DESK) == {Step.CHANGE_PAPERS}
    assert set(DESK) - set(HALL) == {Step.TOLERATE}  # travels with the acceptance


@pytest.mark.parametrize("status", STATUSES)
def test_silence_accepts_only_what_was_received(hall: Hall, status: CaseStatus) -> None:
    case = hall.received(status)
    with hall.engine.begin() as db:
        received = decode(CaseReceived, db.scalar(select(cases.c.body).where(cases.c.id == case)) or "")
        given = (received, national_days(), lambda *_: shipped_catalogue(), LATER)
        if may(Step.DEEM_ACCEPTED, status):
            accept_by_silence(db, case, "440104", *given)
        else:
            with pytest.raises(StepRefused):
                accept_by_silence(db, case, "440104", *given)


# -- acceptance by silence ---------------------------------------------------------------------------------------
def test_five_working_days_without_a_word_accept_as_of_the_receipt(hall: Hall) -> None:
    waits, spoken = hall.received(days_ago=14), hall.received(days_ago=14)
    fresh = hall.received()
    hall.push(
        EventKind.CORRECTION_ASKED,
        CorrectionAsked(f"R-{spoken}", "clerk", NOW, date(2026, 12, 1), (GAP,)),
        spoken,
    )
    found = hall.deem(datetime.now(UTC))
    assert waits in found
    assert not {fresh, spoken} & set(found)
    assert hall.status(waits) is CaseStatus.DISPATCHED
    with hall.engine.begin() as db:
        row = db.execute(select(cases).where(cases.c.id == waits)).one()
        received, accepted = decode(CaseReceived, row.body), decode(CaseAccepted, row.accepted)
        assert accepted.accepted_at == received.received_at
        assert accepted.promised
        alarmed = db.execute(select(alarms).where(alarms.c.case == waits)).one()
        assert (alarmed.kind, alarmed.clerk) == ("deemed", "clerk")
        changes = [decode(Change, each).kind.value for each in db.scalars(select(feed.c.change))]
    assert "case_deemed_accepted" in changes
    assert waits not in hall.deem(datetime.now(UTC))


def test_a_notice_given_in_time_and_told_late_wins_while_no_department_has_begun(hall: Hall) -> None:
    case, begun = hall.received(days_ago=14), hall.received(days_ago=14)
    hall.deem(datetime.now(UTC))
    in_time = datetime.now(UTC) - timedelta(days=13)
    with hall.engine.begin() as db:
        db.execute(update(sub_cases).where(sub_cases.c.case == begun).values(state="in_review"))
    for each, code in ((begun, "not_received"), (case, None)):
        body = CorrectionAsked(f"R-{each}", "clerk", in_time, in_time.date() + timedelta(days=30), (GAP,))
        assert hall.push(EventKind.CORRECTION_ASKED, body, each).code == code
    assert hall.status(case) is CaseStatus.CORRECTION_REQUIRED
    with hall.engine.begin() as db:
        (state,) = db.scalars(select(sub_cases.c.state).where(sub_cases.c.case == case))
    assert state == SubCaseState.WAITING.value


# -- what else the hall sees for itself -----------------------------------------------------------------------------
def test_one_item_is_withdrawn_and_the_department_of_another_still_gets_its_own(hall: Hall) -> None:
    hall.send(hall.device.received("joint"))
    items = tuple(order.item for order in BUNDLE)
    told_of = CaseWithdrawn("R-joint", "clerk", NOW, (items[1],), "孩子参加外地医保", "applicant")
    assert hall.push(EventKind.CASE_WITHDRAWN, told_of, "joint").status is PushStatus.APPLIED
    assert hall.push(EventKind.CASE_ACCEPTED, CaseAccepted("R-joint", "clerk", NOW, {}), "joint").receipt
    with hall.engine.begin() as db:
        rows = db.execute(select(sub_cases.c.item, sub_cases.c.state).where(sub_cases.c.case == "joint"))
        states = {row.item: row.state for row in rows}
    assert states[items[0]] == SubCaseState.DISPATCHED.value
    assert states[items[1]] == SubCaseState.DECIDED.value
    alone = CaseWithdrawn("R-joint", "clerk", NOW, (items[0],), "不办了", "applicant")
    assert hall.push(EventKind.CASE_WITHDRAWN, alone, "joint").code == "words"  # the card waits for it
    left = tuple(item for item in items if item != items[1])
    rest = CaseWithdrawn("R-joint", "clerk", NOW, left, "都不办了", "applicant")
    assert hall.push(EventKind.CASE_WITHDRAWN, rest, "joint").status is PushStatus.APPLIED
    assert hall.status("joint") is CaseStatus.WITHDRAWN


def test_who_the_case_is_about_does_not_change_at_the_word_of_one(hall: Hall) -> None:
    case = hall.received()
    kinds = {f"answer.{key}": each.kind for key, each in shipped_catalogue().elements.items()}
    risky = [name for name, kind in kinds.items() if kind in (Kind.NAME, Kind.BANK_ACCOUNT)]
    assert "answer.child.name" in risky
    for each in ("applicant.name", *risky[:3]):
        change = Amendment(each, "测试一", "别人")
        alone = ReceiptAmended(f"R-{case}", "clerk", NOW, 2, "登记有误", (PHONE, change), ())
        assert hall.push(EventKind.RECEIPT_AMENDED, alone, case).code == "person_needed"


def test_a_version_follows_the_one_before_and_its_old_sheets_are_voided(hall: Hall) -> None:
    case = hall.received()
    printed = SlipPrinted(f"R-{case}", "RCP", f"S-{case}", 0, "clerk", NOW)
    assert hall.push(EventKind.SLIP_PRINTED, printed, case).receipt
    body = ReceiptAmended(f"R-{case}", "clerk", NOW, 2, "登记有误", (PHONE,), (f"S-{case}",))
    said = {"receipt_no": f"R-{case}", "slip": "RCP", "received_at": NOW.isoformat()}
    code = with_serial(make_seal(said, hall.device.private), f"S-{case}")
    with hall.engine.begin() as db:
        public = b64(public_of(hall.device.private))
        db.execute(insert(device_keys).values(id="k1", device="d", public_key=public, made_at=stamp(NOW)))
        assert check_slip(db, code).genuine
    assert hall.push(EventKind.RECEIPT_AMENDED, replace(body, version=3), case).code == "version"
    assert hall.push(EventKind.RECEIPT_AMENDED, body, case).receipt
    with hall.engine.begin() as db:
        now = check_slip(db, code)
        assert (now.genuine, now.reason) == (False, "voided")  # who checks its code is told
        assert db.scalar(select(slips.c.voided).where(slips.c.serial == f"S-{case}"))
        assert db.scalar(select(cases.c.version).where(cases.c.id == case)) == 2


def test_nothing_is_returned_while_the_limit_runs(hall: Hall) -> None:
    case = hall.received()
    until = datetime.now(UTC).date() + timedelta(days=9)
    asked = CorrectionAsked(f"R-{case}", "clerk", datetime.now(UTC), until, (GAP,))
    assert hall.push(EventKind.CORRECTION_ASKED, asked, case).receipt
    early = CaseReturned(f"R-{case}", "station", LATER, "limit_passed", "没有补正", _approval("return"))
    assert hall.push(EventKind.CASE_RETURNED, early, case, "supervisor").code == "limit_running"


# -- what people read ----------------------------------------------------------------------------------------------
def test_table_and_picture_of_the_docs_say_what_the_table_says() -> None:
    docs = Path(__file__).parents[2] / "docs"
    assert (docs / "states.md").read_text(encoding="utf-8") == markdown(), "run python3 dev.py states"
    assert (docs / "pictures" / "states.svg").read_text(encoding="utf-8") == svg(), (
        "run python3 dev.py states"
    )
    assert set(PLACES) == set(CaseStatus)
