"""The hall's rooms on PostgreSQL, where two server processes meet over one case: who comes second sees what the first did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, func, insert, select

from deadlines.festivals import days_off
from deadlines.national import national_days
from hall import bad_reviews, corrections, delivery, evaluations, forwarding, procedures, slips
from hall.acceptance import Gate
from hall.board import board
from hall.calendar import CalendarChange, set_calendar
from hall.database import fact, now, open_database, stamp
from hall.dates import dates_of, start_clocks, tell_after_calendar, told_of
from hall.deemed import deem
from hall.engines import alone
from hall.enrolment import CodeRefused, add_station, enrol, new_code
from hall.extensions import grant_extension
from hall.slip_mandates import mandate_for
from hall.staffing import add_staff
from hall.steps import StepRefused
from hall.tables import alarms, case_steps, cases, deliveries, review_orders, review_steps, sub_cases
from hall.timer import Timer
from tests.fakes.counter import shipped_catalogue
from tests.fakes.device import BUNDLE, Device
from tests.fakes.meeting import meet
from tests.fakes.people import MOTHER_ID, MOTHER_NAME
from wire import seal
from wire.corrections import CorrectionAsked, CorrectionGap, Defect
from wire.dates import DatesTold, GrantExtension, ItemDates
from wire.delivery import (
    DeliveryMoved,
    DeliveryOrdered,
    DeliveryRecalled,
    DeliveryState,
    Receiver,
    ResultCollected,
    Way,
)
from wire.evaluation import EvaluationGiven, Grade, Opinion, Stage, seal_opinion
from wire.forwarding import CaseForwarded
from wire.keys import b64, new_id, new_private, public_of, sign, unb64
from wire.messages import CaseAccepted, Enrolment, EnrolRequest, EventKind, Role, StaffAccount
from wire.procedures import BeginProcedure, DayUnit, EndProcedure, ProcedureKind
from wire.recovery import recovery_public
from wire.reviews import ReviewAct, ReviewStep
from wire.slips import SlipFacts, make_code

HERE, THERE = "440104", "440105"
AT = datetime(2026, 11, 26, 2, tzinfo=UTC)
ITEM = "disability-certificate"
GAP = CorrectionGap("household_book", Defect.MISSING, "没有带", "原件", "带来")


@pytest.fixture(scope="module")
def hall(postgres_server: object) -> Iterator[Engine]:
    """One database for all: each test has cases of its own."""
    engine = open_database(postgres_server.url(postgres_server.new_database()))  # type: ignore[attr-defined]
    with engine.begin() as db:
        for station in (HERE, THERE):
            add_station(db, station, f"站{station}", "street")
        for login, role in (("clerk", Role.CLERK), ("second", Role.SUPERVISOR), ("third", Role.SUPERVISOR)):
            add_staff(db, HERE, StaffAccount(login, login, (role,), "", "01", f"p-{login}"))
    yield engine
    engine.dispose()


def put(hall: Engine, status: str, days_ago: int = 0) -> str:
    """Put a case of one item, received so long ago, where a test wants it."""
    case, at = new_id(), datetime.now(UTC) - timedelta(days=days_ago)
    device = Device("", enrolment=Enrolment("d", 1, "e", HERE, "站", "street", "", ()))
    body = device.received(case, sub_cases=BUNDLE[:1], received_at=at).body
    row = {"id": case, "receipt_no": f"R-{case}", "project_no": f"P-{case}", "station": HERE, "rev": 1}
    with hall.begin() as db:
        db.execute(insert(cases).values(**row, body=body, status=status, received_at=stamp(at)))
        order = {"item": BUNDLE[0].item, "department": BUNDLE[0].department, "after": "[]"}
        db.execute(insert(sub_cases).values(case=case, **order, state="waiting"))
    return case


def code_of(refused: object) -> str:
    assert isinstance(refused, StepRefused), refused
    return refused.code


# -- acceptance by silence ------------------------------------------------------------------------------------------
def timer(hall: Engine) -> Timer:
    gate = Gate(shipped_catalogue(), Path("nowhere"))
    return Timer(hall, gate, lambda _: national_days())


def look(db: Connection) -> tuple[str, ...]:
    """What the timer of another process does in its transaction."""
    alone(db, "timer")
    return deem(db, national_days(), lambda *_: shipped_catalogue(), now())


def ask(case: str, db: Connection) -> None:
    told = CorrectionAsked(f"R-{case}", "clerk", now(), now().date() + timedelta(days=9), (GAP,))
    device = Device("", enrolment=Enrolment("d", 1, "e", HERE, "站", "street", "", ()))
    said = device.envelope(EventKind.CORRECTION_ASKED, told, case)
    corrections.ask_correction(db, HERE, said, told, now())


def status(hall: Engine, case: str) -> str:
    with hall.begin() as db:
        return str(db.scalar(select(cases.c.status).where(cases.c.id == case)))


def test_a_word_at_the_very_moment_of_the_timer_wins_and_the_timer_goes_on(hall: Engine) -> None:
    spoken, silent = put(hall, "received", 30), put(hall, "received", 30)
    _, found = meet(hall, partial(ask, spoken), look)
    assert found == (silent,)
    assert status(hall, spoken) == "correction_required"
    assert status(hall, silent) == "dispatched"


def test_a_case_that_was_reopened_meanwhile_is_not_accepted_by_silence(hall: Engine) -> None:
    """It was closed when the timer looked and is received again when the timer holds it: the clock of silence is over."""
    case = put(hall, "received", 30)
    row = {
        "event": new_id(),
        "case": case,
        "kind": EventKind.CASE_REOPENED.value,
        "at": stamp(now()),
        "body": "{}",
    }

    def reopen(db: Connection) -> None:
        db.execute(select(cases.c.id).where(cases.c.id == case).with_for_update())
        db.execute(insert(case_steps).values(row))

    assert meet(hall, reopen, look)[1] == ()
    assert status(hall, case) == "received"


def test_timers_of_two_processes_accept_each_case_once(hall: Engine) -> None:
    waiting = {put(hall, "received", 30) for _ in range(3)}
    first, second = meet(hall, look, lambda _: timer(hall).look())
    assert (set(first), second) == (waiting, ())
    with hall.begin() as db:
        raised = select(func.count()).where(alarms.c.kind == "deemed", alarms.c.case.in_(waiting))
        assert db.scalar(raised) == len(waiting)


# -- working days ---------------------------------------------------------------------------------------------------
def longer(until: date, **days: bool) -> CalendarChange:
    named = {
        date.fromisoformat(day.removeprefix("d").replace("_", "-")): works for day, works in days.items()
    }
    holidays = {
        day: False
        for year in range(2027, until.year + 1)
        for day in days_off(year)
        if day <= until and day.weekday() < 5
    }
    return CalendarChange("放假通知", until, holidays | named, "x", "新年度")


def item_of(told: DatesTold | None) -> ItemDates:
    assert told is not None
    return next(each for each in told.items if each.item == ITEM)


def test_two_tables_of_working_days_at_once_are_two_versions_and_the_second_holds_both(hall: Engine) -> None:
    first = longer(date(2026, 12, 31), d2026_12_24=False)
    second = longer(date(2026, 12, 31), d2026_12_25=False)
    one, other = meet(hall, lambda db: set_calendar(db, first), lambda db: set_calendar(db, second))
    assert not isinstance(other, Exception), other
    assert other.number == one.number + 1
    assert {date(2026, 12, 24), date(2026, 12, 25)} <= set(other.off)


def test_a_new_table_and_a_department_that_stops_the_clock_at_once_end_in_one_date(hall: Engine) -> None:
    case, december = put(hall, "dispatched"), datetime(2026, 12, 21, 2, tzinfo=UTC)
    with hall.begin() as db:
        values = {"department": "health", "after": json.dumps([]), "state": "dispatched"}
        task = db.scalar(insert(sub_cases).values(case=case, item=ITEM, **values).returning(sub_cases.c.id))
        accepted = CaseAccepted("r", "clerk", december, {})
        start_clocks(db, case, accepted, [ITEM], shipped_catalogue(), december)
        assert item_of(told_of(db, case)).beyond
    wanted = BeginProcedure(ProcedureKind.HEARING, 5, DayUnit.WORKING, "听证", "N1", "负责人", "r")
    week, procedure = december + timedelta(days=7), new_id()

    def stop(db: Connection) -> None:
        procedures.begin_procedure(db, int(task or 0), "health", procedure, wanted, december)
        procedures.end_procedure(db, int(task or 0), "health", procedure, EndProcedure("听过了", "r"), week)

    def publish(db: Connection) -> None:
        set_calendar(db, longer(date(2027, 12, 31)))
        tell_after_calendar(db, week)

    _, came = meet(hall, stop, publish)
    assert came is None
    with hall.begin() as db:
        now_told, days = told_of(db, case), dates_of(db, case, week)[0][ITEM]
    assert item_of(now_told).promised_on == (days.promised.on if days.promised else None)


# -- results that go out --------------------------------------------------------------------------------------------
def collected(case: str) -> ResultCollected:
    receiver = Receiver(MOTHER_NAME, "111", MOTHER_ID, "original")
    return ResultCollected(f"R-{case}", "clerk", now(), Way.COUNTER, receiver, "DLV1")


def ordered(case: str, way: Way = Way.COURIER) -> DeliveryOrdered:
    return DeliveryOrdered(new_id(), f"R-{case}", "clerk", now(), way, MOTHER_NAME, "139", "某路 1 号")


def test_two_counters_that_hand_out_one_result_at_once_hand_it_out_once(hall: Engine) -> None:
    case = put(hall, "decided")
    hand_out = partial(delivery.collect, case=case, station=HERE, told=collected(case))
    _, other = meet(hall, hand_out, hand_out)
    assert code_of(other) == "collected"
    assert status(hall, case) == "delivered"


def test_two_orders_for_one_result_at_once_are_one(hall: Engine) -> None:
    case = put(hall, "decided")
    _, other = meet(
        hall,
        lambda db: delivery.order(db, case, HERE, ordered(case), now()),
        lambda db: delivery.order(db, case, HERE, ordered(case), now()),
    )
    assert code_of(other) == "order_open"


def test_a_result_is_not_handed_out_at_the_moment_when_a_partner_gets_it(hall: Engine) -> None:
    case = put(hall, "decided")
    _, other = meet(
        hall,
        lambda db: delivery.order(db, case, HERE, ordered(case), now()),
        lambda db: delivery.collect(db, case, HERE, collected(case)),
    )
    assert code_of(other) == "order_open"


def test_a_recall_and_the_word_of_the_partner_do_not_stand_in_each_others_way(hall: Engine) -> None:
    case = put(hall, "decided")
    told = ordered(case)
    with hall.begin() as db:
        delivery.order(db, case, HERE, told, now())
    recall = DeliveryRecalled(told.order, f"R-{case}", "clerk", now(), "申请人改为窗口领取")
    word = DeliveryMoved(told.order, told.way, DeliveryState.ON_THE_WAY, now(), "邮政", "EMS1")

    def hold(db: Connection) -> None:
        db.execute(select(cases.c.id).where(cases.c.id == case).with_for_update())

    _, other = meet(
        hall,
        hold,
        lambda db: delivery.take_word(db, word),
        lambda db: delivery.recall(db, case, HERE, recall, now()),
    )
    assert other is None
    with hall.begin() as db:
        row = db.execute(select(deliveries).where(deliveries.c.id == told.order)).one()
    assert (row.state, row.number, row.recall is not None) == ("on_the_way", "EMS1", True)


# -- offices --------------------------------------------------------------------------------------------------------
def test_a_case_that_is_forwarded_twice_at_once_goes_to_one_office(hall: Engine) -> None:
    case = put(hall, "received")
    told = CaseForwarded(f"R-{case}", "clerk", "窗口员", now(), THERE, "TRN1", ())
    send = partial(forwarding.forward, case=case, station=HERE, told=told, at=now())
    _, other = meet(hall, send, send)
    assert code_of(other) == "forwarded"


# -- evaluations ----------------------------------------------------------------------------------------------------
def rated(hall: Engine, visit: str, grade: Grade) -> tuple[EvaluationGiven, object]:
    with hall.begin() as db:
        key = recovery_public(unb64(fact(db, "recovery_key")))
    said = EvaluationGiven(
        visit, Stage.RESULT, 1, "clerk", "01", "key", seal_opinion(key, visit, Opinion(grade))
    )
    device = Device("", enrolment=Enrolment("d", 1, "e", HERE, "站", "street", "", ()))
    return said, device.envelope(EventKind.EVALUATION_GIVEN, said, visit)


def give(hall: Engine, visit: str, grade: Grade, db: Connection) -> None:
    said, envelope = rated(hall, visit, grade)
    evaluations.take(db, HERE, envelope, said, now())  # type: ignore[arg-type]


def test_one_visit_rated_from_two_devices_at_once_counts_once_and_makes_one_order(hall: Engine) -> None:
    visit = new_id()
    _, other = meet(
        hall,
        partial(give, hall, visit, Grade.DISSATISFIED),
        partial(give, hall, visit, Grade.VERY_DISSATISFIED),
    )
    assert code_of(other) == "evaluation_known"


def bad_review(hall: Engine) -> str:
    with hall.begin() as db:
        give(hall, new_id(), Grade.DISSATISFIED, db)
        return str(db.scalar(select(func.max(review_orders.c.id))))


def test_the_same_step_of_a_review_at_two_processes_is_one(hall: Engine) -> None:
    order = bad_review(hall)
    step = ReviewAct(order, ReviewStep.VERIFIED, "看过录像", "second")
    act = partial(bad_reviews.act, station=HERE, wanted=step, at=now())
    _, other = meet(hall, act, act)
    assert other is None
    with hall.begin() as db:
        assert db.scalar(select(func.count()).where(review_steps.c.order == order)) == 1


def test_a_review_whose_day_is_over_raises_one_alarm_whoever_looks_at_the_same_moment(hall: Engine) -> None:
    orders = {bad_review(hall), bad_review(hall)}
    late = now() + timedelta(days=60)
    look_all = partial(bad_reviews.raise_overdue, station="", at=late)
    look_here = partial(bad_reviews.raise_overdue, station=HERE, at=late)
    _, other = meet(hall, look_all, look_here)
    assert not isinstance(other, Exception), other
    with hall.begin() as db:
        raised = db.scalars(select(alarms.c.service).where(alarms.c.service.in_(orders))).all()
    assert sorted(raised) == sorted(orders)


# -- enrolment ------------------------------------------------------------------------------------------------------
def asks(code: str) -> EnrolRequest:
    private = new_private()
    return EnrolRequest(code, b64(public_of(private)), b64(sign(private, code.encode())))


def test_a_code_that_two_use_at_the_same_moment_lets_one_in(hall: Engine) -> None:
    with hall.begin() as db:
        code = new_code(db, HERE)
    one, other = meet(hall, lambda db: enrol(db, asks(code)), lambda db: enrol(db, asks(code)))
    assert one.lane
    assert isinstance(other, CodeRefused)


def test_two_devices_of_one_station_that_come_at_once_count_in_two_lanes(hall: Engine) -> None:
    with hall.begin() as db:
        codes = [new_code(db, HERE) for _ in range(2)]
    one, other = meet(hall, lambda db: enrol(db, asks(codes[0])), lambda db: enrol(db, asks(codes[1])))
    assert isinstance(other, Enrolment), other
    assert one.lane != other.lane


# -- what needs no second one ---------------------------------------------------------------------------------------
def test_every_other_room_of_a_case_answers_on_postgres(hall: Engine) -> None:
    case, device = put(hall, "in_review"), new_private()
    with hall.begin() as db:
        code = new_code(db, HERE, confirmed_by="x")
        request = EnrolRequest(code, b64(public_of(device)), b64(sign(device, code.encode())))
        me = enrol(db, request).device
        assert any(row.station == HERE and row.open for row in board(db, HERE, "second", now()).rows)
        assert mandate_for(db, me, HERE, now()).token
        task = db.scalar(select(sub_cases.c.id).where(sub_cases.c.case == case))
        db.execute(sub_cases.update().where(sub_cases.c.id == task).values(state="in_review"))
        wanted = GrantExtension(3, "需要鉴定", "Y1", "负责人", "r")
        grant_extension(db, int(task or 0), BUNDLE[0].department, new_id(), wanted, now())


@pytest.mark.parametrize("text", ["", "YC1", "YC2.A.B", "YC1.e30.AA", "YC1.e30.AA.\x00"])
def test_a_code_that_says_nothing_is_no_fault_of_the_database(hall: Engine, text: str) -> None:
    with hall.begin() as db:
        assert not slips.check_slip(db, text).genuine


def test_a_code_with_a_sign_that_postgres_does_not_know_is_malformed(hall: Engine) -> None:
    private = new_private()
    facts = SlipFacts("S\x001", "RCP", "1", "", "0" * 32, 0, provisional=True, issued_at=AT)
    nul, half = ({"receipt_no": said} for said in ("R\x00", "R\ud800"))
    codes = [
        make_code(facts, private),
        *(seal.PREFIX + f".{b64(json.dumps(each).encode())}.AA" for each in (nul, half)),
    ]
    with hall.begin() as db:
        assert [slips.check_slip(db, code).reason for code in codes] == ["malformed"] * 3
