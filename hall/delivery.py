"""出件 at the hall: orders to those who carry results, what became of them, and who has the result in the end (LQDJ)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from hall.amended import amended_as
from hall.cases import StepRefused, case_of
from hall.database import HALL_ZONE, stamp
from hall.feed import tell
from hall.forwarding import name_of
from hall.steps import hold_step, move, status_of
from hall.tables import cases, deliveries
from wire.agency import Power, empowered
from wire.codec import decode, encode
from wire.delivery import (
    CollectedThere,
    DeliveryMoved,
    DeliveryOrdered,
    DeliveryRecalled,
    DeliveryState,
    Receiver,
    ResultCollected,
    Way,
)
from wire.lifecycle import CaseStatus, Step, follow
from wire.messages import CaseReceived, ChangeKind

# Nobody carries it: it lies at a window, is in somebody's hands, or nobody took it.
OVER = frozenset(
    {
        DeliveryState.DELIVERED,
        DeliveryState.RETURNED,
        DeliveryState.FAILED,
        DeliveryState.AT_THE_WINDOW,
    }
)
NOT_ASKED = ""  # in the place of when a partner is asked again


def order(db: Connection, case: str, station: str, told: DeliveryOrdered, at: datetime) -> None:
    """How the result shall go out: at the window, or by a partner, who is asked beside the pushes (hall/carriers.py).

    Raises StepRefused(not_decided) before the decision, StepRefused(collected) after the end, StepRefused(order_open) while
    another order is under way.
    """
    row = case_of(db, case, station)
    if row.collected is not None:
        raise StepRefused("collected")
    if status_of(row) is not CaseStatus.READY_FOR_PICKUP:
        move(db, case, hold_step(row, Step.MAKE_READY))
    if _open_order(db, case) is not None:
        raise StepRefused("order_open")
    window = told.way is Way.COUNTER
    values = {
        "id": told.order,
        "case": case,
        "station": station,
        "way": told.way.value,
        "body": encode(told),
        "state": (DeliveryState.AT_THE_WINDOW if window else DeliveryState.ORDERED).value,
        "number": "",
        "next_at": NOT_ASKED if window else stamp(at),
        "tries": 0,
    }
    db.execute(insert(deliveries).values(**values))


def recall(db: Connection, case: str, station: str, told: DeliveryRecalled, at: datetime) -> None:
    """What is in a box or on the way shall come back. Raises StepRefused(order_over)."""
    case_of(db, case, station)
    found = select(deliveries).where(deliveries.c.id == told.order, deliveries.c.case == case)
    row = db.execute(found.with_for_update()).first()
    if row is None or DeliveryState(row.state) in OVER:
        raise StepRefused("order_over")
    db.execute(
        update(deliveries)
        .where(deliveries.c.id == told.order)
        .values(recall=encode(told), next_at=stamp(at), tries=0)
    )


def collect(db: Connection, case: str, station: str, told: ResultCollected) -> None:
    """领取登记: the result is in its receiver's hands; the other office of the case hears of it.

    Raises StepRefused(not_decided) before the decision, StepRefused(collected) the second time, StepRefused(order_open)
    while a partner has it, StepRefused(receiver) for whoever is neither the applicant nor empowered to collect that day.
    """
    row = case_of(db, case, station)
    if row.collected is not None:
        raise StepRefused("collected")
    status = hold_step(row, Step.DELIVER)
    if _open_order(db, case) is not None:
        raise StepRefused("order_open")
    if not entitled(amended_as(db, case, decode(CaseReceived, str(row.body))), told):
        raise StepRefused("receiver")
    _collected(db, case, told, status, station)


def entitled(received: CaseReceived, told: ResultCollected) -> bool:
    """Say whether the receiver may have the result: the applicant, or an agent with the power to collect on that day."""
    if told.receiver.id_no == received.applicant.id_no:
        return True
    day = told.collected_at.astimezone(HALL_ZONE).date()
    agency = told.agency
    return (
        agency is not None
        and agency.agent.id_no == told.receiver.id_no
        and empowered(agency, Power.COLLECT, day)
    )


def hold_order(db: Connection, order: str) -> None:
    """Hold the case of an order, as every step does, before anything of the order is written: a station that recalls it at the
    same moment holds them in the same order."""
    of_order = select(deliveries.c.case).where(deliveries.c.id == order).scalar_subquery()
    db.execute(select(cases.c.id).where(cases.c.id == of_order).with_for_update())


def take_word(db: Connection, told: DeliveryMoved) -> None:
    """Take what a partner says of an order, in the caller's transaction: what is new goes to the station that has ordered.

    What a partner says after the end changes nothing.
    """
    hold_order(db, told.order)
    row = db.execute(select(deliveries).where(deliveries.c.id == told.order).with_for_update()).first()
    if row is None or DeliveryState(row.state) in OVER:
        return
    said = encode(told)
    if row.moved == said:
        return
    over = told.state in OVER
    values = {"state": told.state.value, "number": told.number, "moved": said}
    db.execute(
        update(deliveries)
        .where(deliveries.c.id == told.order)
        .values(**values, **({"next_at": NOT_ASKED} if over else {}))
    )
    tell(db, row.case, ChangeKind.DELIVERY_MOVED, told, only=row.station)
    if told.state is DeliveryState.DELIVERED:
        _by_partner(db, row, told)


def _by_partner(db: Connection, ordered: Row[Any, Any], told: DeliveryMoved) -> None:
    row = db.execute(select(cases).where(cases.c.id == ordered.case).with_for_update()).one()
    if row.collected is not None:
        return
    wanted = decode(DeliveryOrdered, ordered.body)
    receiver = Receiver(told.taken_by, "", "", "partner")
    collected = ResultCollected(
        wanted.receipt_no, wanted.clerk, told.at, told.way, receiver, "", order=told.order
    )
    _collected(db, ordered.case, collected, follow(Step.DELIVER, CaseStatus(row.status)), ordered.station)


def _collected(db: Connection, case: str, told: ResultCollected, status: CaseStatus, station: str) -> None:
    db.execute(update(cases).where(cases.c.id == case).values(collected=encode(told)))
    move(db, case, status)
    name = told.receiver.name
    masked = name[:1] + "*" * max(1, len(name) - 1)
    said = CollectedThere(name_of(db, station), told.way, masked, told.collected_at)
    row = db.execute(select(cases.c.station, cases.c.accepting).where(cases.c.id == case)).one()
    for other in (row.station, row.accepting):
        if other is not None and other != station:
            tell(db, case, ChangeKind.RESULT_COLLECTED, said, only=other)


def _open_order(db: Connection, case: str) -> Row[Any, Any] | None:
    over = [state.value for state in OVER]
    return db.execute(
        select(deliveries.c.id).where(deliveries.c.case == case, deliveries.c.state.not_in(over))
    ).first()
