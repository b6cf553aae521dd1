"""The hall's own look at offices and results: what a station that was tampered with could say, and is not believed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert, update

from hall import delivery, forwarding
from hall.carriers import Carriers
from hall.connectors.included import Included, with_more
from hall.database import now, open_database
from hall.enrolment import add_station
from hall.settings import Pace
from hall.steps import StepRefused
from hall.tables import case_steps, cases, feed
from tests.until import until
from wire.agency import Agency, Agent, Power
from wire.codec import decode, encode
from wire.corrections import Amendment, CorrectionAnswered, ReceiptAmended
from wire.delivery import (
    DeliveryMoved,
    DeliveryOrdered,
    DeliveryRecalled,
    DeliveryState,
    Receiver,
    ResultCollected,
    Way,
)
from wire.department_feed import DepartmentEvent, TaskNews
from wire.forwarding import CaseCameIn, CaseForwarded, PapersTaken
from wire.lifecycle import CaseStatus
from wire.messages import (
    CaseReceived,
    Change,
    ChangeKind,
    EventKind,
    MaterialHow,
    MaterialOnWire,
    Party,
)
from workstation.services.other_offices import came_in

HOME, STREET, OTHER = "44010C", "440104", "440105"
AT = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
APPLICANT = Party("测试老人", "111", "440100189001010016")
AGENT = Agent("测试代办", "111", "440100189502020028", "139", "2")


@pytest.fixture
def db(hall_place: str) -> Iterator[Connection]:
    engine = open_database(hall_place)
    with engine.connect() as connection, connection.begin() as transaction:
        for code, level in ((HOME, "community"), (STREET, "street"), (OTHER, "street")):
            add_station(connection, code, f"office {code}", level)
        body = CaseReceived(
            "R1", HOME, "01", "agent", AT, "c", None, (), APPLICANT, {}, (), (), offline=False
        )
        connection.execute(
            insert(cases).values(
                id="c1", receipt_no="R1", project_no="P1", station=HOME, body=encode(body), rev=1
            )
        )
        yield connection
        transaction.rollback()
    engine.dispose()


def forwarded(db: Connection, to: str = STREET, station: str = HOME) -> None:
    forwarding.forward(db, "c1", station, CaseForwarded("R1", "agent", "代办员", AT, to, "TRN1", ()), AT)


def taken(db: Connection, station: str = STREET) -> None:
    forwarding.take_papers(db, "c1", station, PapersTaken("R1", "clerk", "窗口员", AT, "TRN1"))


def collected(
    number: str = APPLICANT.id_no, agency: Agency | None = None, at: datetime = AT
) -> ResultCollected:
    return ResultCollected(
        "R1", "clerk", at, Way.COUNTER, Receiver("某人", "111", number, "original"), "DLV1", agency
    )


def power(*powers: Power, until: date = date(2026, 12, 31)) -> Agency:
    return Agency(AGENT, ("a",), powers, date(2026, 11, 1), until, "", "clerk", AT)


def decided(db: Connection) -> None:
    db.execute(update(cases).where(cases.c.id == "c1").values(status="decided"))


def refused(code: str) -> pytest.RaisesExc[StepRefused]:
    return pytest.RaisesExc(StepRefused, check=lambda error: error.code == code)


def fed(db: Connection, station: str) -> list[ChangeKind]:
    rows = db.execute(feed.select().where(feed.c.station == station).order_by(feed.c.seq))
    return [decode(Change, row.change).kind for row in rows]


def test_a_case_goes_to_one_office_that_may_accept_it(db: Connection) -> None:
    for to in (HOME, "440199"):
        with refused("office_unknown"):
            forwarded(db, to)
    with refused("case_unknown"):
        forwarded(db, STREET, OTHER)
    forwarded(db)
    with refused("forwarded"):
        forwarded(db, OTHER)
    assert fed(db, STREET) == [ChangeKind.CASE_FORWARDED]
    assert fed(db, HOME) == []


def test_only_the_office_it_went_to_takes_the_papers_and_once(db: Connection) -> None:
    with refused("not_forwarded"):
        taken(db, HOME)
    forwarded(db)
    with refused("papers_not_taken"):
        forwarding.hold_taken(db, "c1")
    with refused("not_forwarded"):
        taken(db, HOME)
    with refused("case_unknown"):
        taken(db, OTHER)
    taken(db)
    forwarding.hold_taken(db, "c1")
    with refused("papers_taken"):
        taken(db)
    assert fed(db, HOME) == [ChangeKind.PAPERS_TAKEN]


def test_a_result_goes_out_once_to_whoever_may_have_it(db: Connection) -> None:
    with refused("not_decided"):
        delivery.collect(db, "c1", HOME, collected())
    decided(db)
    for number, agency in (
        (AGENT.id_no, None),
        (AGENT.id_no, power(Power.SUBMIT)),
        (AGENT.id_no, power(Power.COLLECT, until=date(2026, 11, 2))),
        ("440100189901010011", power(Power.COLLECT)),
    ):
        with refused("receiver"):
            delivery.collect(db, "c1", HOME, collected(number, agency))
    delivery.collect(db, "c1", HOME, collected(AGENT.id_no, power(Power.COLLECT)))
    with refused("collected"):
        delivery.collect(db, "c1", HOME, collected())
    with refused("collected"):
        delivery.order(db, "c1", HOME, ordered(), AT)


def amended(db: Connection, *changes: Amendment) -> None:
    body = ReceiptAmended("R1", "agent", AT, 2, "写错了", changes, ())
    step = {
        "event": "e1",
        "case": "c1",
        "kind": EventKind.RECEIPT_AMENDED.value,
        "at": "2026",
        "body": encode(body),
    }
    db.execute(insert(case_steps).values(**step))
    db.execute(update(cases).where(cases.c.id == "c1").values(version=2))


def test_after_a_correction_of_the_number_the_right_person_collects_and_the_wrong_one_does_not(
    db: Connection,
) -> None:
    right = "440100189303010035"
    amended(db, Amendment("applicant.id_no", APPLICANT.id_no, right))
    decided(db)
    with refused("receiver"):
        delivery.collect(db, "c1", HOME, collected(APPLICANT.id_no))
    delivery.collect(db, "c1", HOME, collected(right))


def test_the_other_office_gets_the_case_with_what_was_mended_of_it(db: Connection) -> None:
    amended(db, Amendment("applicant.name", APPLICANT.name, "测试老者"))
    paper = MaterialOnWire("photo", MaterialHow.ORIGINAL_SEEN)
    body = CorrectionAnswered("R1", "agent", AT, (), (paper,))
    step = {
        "event": "e2",
        "case": "c1",
        "kind": EventKind.CORRECTION_ANSWERED.value,
        "at": "2027",
        "body": encode(body),
    }
    db.execute(insert(case_steps).values(**step))
    db.execute(update(cases).where(cases.c.id == "c1").values(status="correction_received"))
    forwarded(db)
    change = decode(Change, db.execute(feed.select().where(feed.c.station == STREET)).one().change)
    told = decode(CaseCameIn, change.body)
    row = db.execute(cases.select().where(cases.c.id == "c1")).one()
    for came in (told, forwarding.came_in(db, row, STREET)):
        assert came is not None
        assert (came.received.applicant.name, came.version) == ("测试老者", 2)
        assert (came.received.materials, came.corrected) == ((paper,), True)
    case = came_in(change, "office")
    assert case is not None
    assert (case.version, case.status) == (2, CaseStatus.CORRECTION_RECEIVED)


def test_a_department_s_own_system_gets_what_was_mended(db: Connection) -> None:
    amended(db, Amendment("applicant.name", APPLICANT.name, "测试老者"))
    event = DepartmentEvent("1", "ps", TaskNews.TASK_DISPATCHED, AT, "c1")
    told = with_more(db, event, Included(("applicant.name",)))
    assert told.details["applicant.name"] == "测试老者"


def test_a_database_that_is_away_for_a_moment_stops_no_carrier(
    hall_place: str, caplog: pytest.LogCaptureFixture
) -> None:
    engine = open_database(hall_place)
    with engine.begin() as away:
        away.exec_driver_sql("ALTER TABLE deliveries RENAME TO elsewhere")
    carriers = Carriers(engine, "", Pace())
    try:
        until(lambda: "could not be asked" in caplog.text)
        assert any(thread.name == "carriers" and thread.is_alive() for thread in threading.enumerate())
    finally:
        carriers.close()
        engine.dispose()


def test_the_other_office_hears_who_has_it_and_no_name(db: Connection) -> None:
    forwarded(db)
    taken(db)
    decided(db)
    delivery.collect(db, "c1", STREET, collected())
    assert fed(db, HOME)[-1] is ChangeKind.RESULT_COLLECTED
    last = db.execute(feed.select().where(feed.c.station == HOME).order_by(feed.c.seq.desc())).first()
    assert last is not None
    assert "某人" not in last.change


def ordered(order: str = "o-1", way: Way = Way.LOCKER) -> DeliveryOrdered:
    return DeliveryOrdered(order, "R1", "clerk", AT, way, "测试老人", "138", "某路", "s")


def moved(state: DeliveryState, order: str = "o-1") -> DeliveryMoved:
    return DeliveryMoved(order, Way.LOCKER, state, AT, "蜜蜂箱", "N1", taken_by="测试老人")


def test_one_partner_has_it_and_the_window_waits(db: Connection) -> None:
    with refused("not_decided"):
        delivery.order(db, "c1", HOME, ordered(), AT)
    decided(db)
    delivery.order(db, "c1", HOME, ordered(), AT)
    with refused("order_open"):
        delivery.order(db, "c1", HOME, ordered("o-2"), AT)
    with refused("order_open"):
        delivery.collect(db, "c1", HOME, collected())
    delivery.recall(db, "c1", HOME, DeliveryRecalled("o-1", "R1", "clerk", AT, ""), AT)
    delivery.take_word(db, moved(DeliveryState.RETURNED))
    with refused("order_over"):
        delivery.recall(db, "c1", HOME, DeliveryRecalled("o-1", "R1", "clerk", AT, ""), AT)
    delivery.collect(db, "c1", HOME, collected())


def test_what_a_partner_says_after_the_end_changes_nothing(db: Connection) -> None:
    decided(db)
    delivery.order(db, "c1", HOME, ordered(), AT)
    delivery.take_word(db, moved(DeliveryState.DELIVERED))
    told = fed(db, HOME)
    delivery.take_word(db, moved(DeliveryState.RETURNED))
    delivery.take_word(db, moved(DeliveryState.DELIVERED, "unknown"))
    assert fed(db, HOME) == told
    with refused("collected"):
        delivery.collect(db, "c1", HOME, collected())


def test_without_a_partner_the_station_hears_that_nobody_takes_it(hall_place: str) -> None:
    engine = open_database(hall_place)
    with engine.begin() as db:
        add_station(db, HOME, "office", "community")
        body = CaseReceived(
            "R1", HOME, "01", "agent", AT, "c", None, (), APPLICANT, {}, (), (), offline=False
        )
        db.execute(
            insert(cases).values(
                id="c1", receipt_no="R1", project_no="P1", station=HOME, body=encode(body), rev=1
            )
        )
        decided(db)
        delivery.order(db, "c1", HOME, ordered(), now() - timedelta(seconds=1))
    nobody = Carriers(engine, "", Pace(), beside=False)
    assert nobody.turn(now()) == 1
    assert nobody.turn(now()) == 0
    nobody.close()
    with engine.begin() as db:
        (change,) = [decode(Change, row.change) for row in db.execute(feed.select())]
        assert decode(DeliveryMoved, change.body).state is DeliveryState.FAILED
        delivery.collect(db, "c1", HOME, collected())
    engine.dispose()
