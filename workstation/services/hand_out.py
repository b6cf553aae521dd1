"""出件: make a result ready, order a partner to carry it, call it back, put it into its receiver's hands once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from catalogue.model import Catalogue
from wire.agency import Agency, Power, empowered
from wire.codec import encode
from wire.delivery import (
    DeliveryOrdered,
    DeliveryRecalled,
    DeliveryState,
    Receiver,
    ResultCollected,
    Way,
)
from wire.keys import new_id
from wire.messages import EventKind
from workstation.domain.case import Case, CaseStatus, Step
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.counter_time import today_at
from workstation.domain.delivery import OVER, WAYS, HandedOut, Order
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Identity, mask_name
from workstation.forms.values import tidy_name, tidy_number
from workstation.services.identify import name_problem, number_problem
from workstation.services.ports import Unit
from workstation.services.take_agency import RELATIONS, AgencyTold, agency_of
from workstation.services.verify_status import party_of

KEPT_DAYS = 90  # a result waits at the window; ours, to be confirmed locally
BOX_DAYS = 3  # and in a box
SIZES = ("s", "m", "l")
_PHONE, _ADDRESS, _POST, _RECEIVER = (
    "contact.phone",
    "contact.address",
    "delivery.address",
    "delivery.receiver",
)


@dataclass(frozen=True, slots=True)
class DeliveryWish:
    """How the result shall go out. What is "" comes from the case's own form."""

    way: Way
    receiver: str = ""
    phone: str = ""
    address: str = ""
    size: str = "s"
    originals: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """Who stands at the window: read by a machine, or typed from an original; with a power of attorney who takes it for
    another. Without `agency` the one of the receipt counts, where it says so."""

    identity: Identity | None = None
    name: str = ""
    id_no: str = ""
    agency: AgencyTold | None = None


def ways_of(case: Case, catalogue: Catalogue) -> tuple[Way, ...]:
    """Return the ways that every item of the case offers."""
    offered = [
        {WAYS[code] for code in catalogue.items[sub.item].delivery if code in WAYS}
        for sub in case.sub_cases
        if sub.item in catalogue.items
    ]
    return tuple(way for way in Way if offered and all(way in each for each in offered))


def open_order(case: Case) -> Order | None:
    """Return the order that is under way or waits at the window, None without one."""
    last = case.orders[-1] if case.orders else None
    return last if last is not None and last.state not in OVER else None


def order_delivery(
    case: Case,
    wish: DeliveryWish,
    *,
    catalogue: Catalogue,
    code: str,
    clerk: Clerk,
    at: datetime,
    unit: Unit,
) -> tuple[Case, Order, bool]:
    """Make the result ready; the caller commits. `code` opens the box at our own window. Says whether this call has done it.

    Raises Refused(NOT_DECIDED | HANDED_OUT_ALREADY | WAY_NOT_OFFERED | DELIVERY_INCOMPLETE | RESULT_AWAY).
    """
    hold_result_here(case)
    if case.orders and case.orders[-1].way is wish.way is Way.COUNTER and case.orders[-1].state in WAITS:
        return case, case.orders[-1], False
    if wish.way not in ways_of(case, catalogue) or (
        wish.originals and not _boxes_originals(case, wish, catalogue)
    ):
        raise Refused(Failure.WAY_NOT_OFFERED)
    order = _order(case, wish, code, at)
    status = case.status if case.status is CaseStatus.READY_FOR_PICKUP else case.after(Step.MAKE_READY)
    ordered = replace(case, status=status, orders=(*case.orders, order))
    unit.cases.save(ordered)
    body = DeliveryOrdered(
        order.id,
        case.receipt_no,
        clerk.login,
        at,
        order.way,
        order.receiver,
        order.phone,
        order.address,
        order.size,
        order.originals,
        order.last_day,
    )
    _tell(unit, case, EventKind.DELIVERY_ORDERED, encode(body), clerk, at)
    unit.audit.note(
        at=at,
        actor=clerk.login,
        deed=Deed.DELIVERY_ORDERED,
        case=case.id,
        note=f"{order.way.value} {order.id}",
    )
    return ordered, order, True


def recall(case: Case, reason: str, *, clerk: Clerk, at: datetime, unit: Unit) -> Case:
    """Ask for what is on its way or in a box; the caller commits. Raises Refused(NOTHING_TO_RECALL)."""
    order = open_order(case)
    if order is None or order.way is Way.COUNTER:
        raise Refused(Failure.NOTHING_TO_RECALL)
    if order.state is DeliveryState.RECALLED:
        return case
    called = _with_order(case, replace(order, state=DeliveryState.RECALLED, code=""))
    unit.cases.save(called)
    body = DeliveryRecalled(order.id, case.receipt_no, clerk.login, at, reason.strip())
    _tell(unit, case, EventKind.DELIVERY_RECALLED, encode(body), clerk, at)
    unit.audit.note(at=at, actor=clerk.login, deed=Deed.DELIVERY_RECALLED, case=case.id, note=order.id)
    return called


def receiver_of(taken: Taken) -> Receiver:
    """Make the receiver of who stands at the window. Raises Refused(PERSON_NOT_VALID)."""
    if taken.identity is not None:
        party = party_of(taken.identity)
        proof = "original" if taken.identity.typed else "card"
        return Receiver(party.name, party.id_type, party.id_no, proof)
    name, number = tidy_name(taken.name), tidy_number(taken.id_no)
    problem = name_problem(name) or number_problem(number)
    if problem is not None:
        raise Refused(Failure.PERSON_NOT_VALID, problem=problem.value)
    return Receiver(name, "111", number, "original")


def entitlement(
    case: Case, taken: Taken, receiver: Receiver, catalogue: Catalogue, clerk: Clerk, at: datetime
) -> Agency | None:
    """Return by which power the receiver collects, None for the applicant.

    Raises Refused(RECEIVER_NOT_ENTITLED) for whoever is neither, or whose power has ended or does not say so, and what
    take_agency.agency_of raises for a power that is written down wrong.
    """
    if receiver.id_no == case.applicant.id_no:
        return None
    agency = case.agency
    if taken.agency is not None:
        relations = dict(catalogue.code_lists[RELATIONS].entries) if RELATIONS in catalogue.code_lists else {}
        items = tuple(sub.item for sub in case.sub_cases)
        agency = agency_of(
            taken.agency,
            items=items,
            principal=case.applicant.id_no,
            relations=relations,
            clerk=clerk,
            at=at,
        )
    if (
        agency is None
        or agency.agent.id_no != receiver.id_no
        or not empowered(agency, Power.COLLECT, today_at(at))
    ):
        raise Refused(Failure.RECEIVER_NOT_ENTITLED)
    return agency


def hold_result_here(case: Case) -> None:
    """The result is decided, here, and in nobody's hands yet.

    Raises Refused(HANDED_OUT_ALREADY, who, when | NOT_DECIDED | RESULT_AWAY, where).
    """
    out = case.handed_out
    if out is not None:
        when = f"{out.at:%Y-%m-%d}"
        raise Refused(Failure.HANDED_OUT_ALREADY, who=mask_name(out.receiver.name), when=when)
    if not case.may(Step.DELIVER):
        raise Refused(Failure.NOT_DECIDED)
    order = open_order(case)
    if order is not None and order.way is not Way.COUNTER:
        raise Refused(Failure.RESULT_AWAY, where=order.partner or order.way.value)


def hand_out(case: Case, out: HandedOut, *, clerk: Clerk, unit: Unit) -> Case:
    """Put the result into its receiver's hands; the caller has asked `hold_result_here` and `entitlement`, and commits."""
    order = open_order(case)
    done = replace(case, status=case.after(Step.DELIVER), handed_out=out)
    if order is not None:
        done = _with_order(done, replace(order, state=DeliveryState.DELIVERED))
    unit.cases.save(done)
    body = ResultCollected(
        case.receipt_no,
        clerk.login,
        out.at,
        out.way,
        out.receiver,
        out.sheet,
        out.agency,
        order.id if order else "",
    )
    _tell(unit, case, EventKind.RESULT_COLLECTED, encode(body), clerk, out.at)
    note = f"{out.receiver.proof} {'agent' if out.agency else 'self'} {out.sheet}"
    unit.audit.note(at=out.at, actor=clerk.login, deed=Deed.HANDED_OUT, case=case.id, note=note)
    return done


def with_sheet(case: Case, serial: str, unit: Unit) -> Case:
    """Note which 送达回证 goes with the handing out."""
    if case.handed_out is None:
        raise AssertionError(case.id)
    noted = replace(case, handed_out=replace(case.handed_out, sheet=serial))
    unit.cases.save(noted)
    return noted


def same_again(case: Case, receiver: Receiver) -> bool:
    """Say whether just this was done already: the second press of one deed."""
    out = case.handed_out
    return out is not None and bool(out.sheet) and out.receiver.id_no == receiver.id_no


# A result that lies at our own window.
WAITS = frozenset({DeliveryState.AT_THE_WINDOW})


def _order(case: Case, wish: DeliveryWish, code: str, at: datetime) -> Order:
    said = {key: answer.value for key, answer in case.answers.items()}
    receiver = tidy_name(wish.receiver) or said.get(_RECEIVER, "") or case.applicant.name
    phone = wish.phone.strip() or said.get(_PHONE, "")
    address = wish.address.strip() or said.get(_POST, "") or said.get(_ADDRESS, "")
    window = wish.way is Way.COUNTER
    wanted = (
        ("phone", not window and not phone),
        ("address", wish.way is Way.COURIER and not address),
        ("size", wish.way is Way.LOCKER and wish.size not in SIZES),
    )
    for what, missing in wanted:
        if missing:
            raise Refused(Failure.DELIVERY_INCOMPLETE, what=what)
    days = {Way.COUNTER: KEPT_DAYS, Way.LOCKER: BOX_DAYS}.get(wish.way)
    return Order(
        id=new_id(),
        way=wish.way,
        receiver=receiver,
        phone=phone,
        address=address if wish.way is Way.COURIER else "",
        ordered_at=at,
        state=DeliveryState.AT_THE_WINDOW if window else DeliveryState.ORDERED,
        last_day=today_at(at) + timedelta(days=days) if days is not None else None,
        size=wish.size if wish.way is Way.LOCKER else "",
        originals=wish.originals,
        code=code if window else "",
    )


def last_day_of(order: Order, at: datetime) -> date:
    """Return until when a result waits."""
    return order.last_day or today_at(at) + timedelta(days=KEPT_DAYS)


def _boxes_originals(case: Case, wish: DeliveryWish, catalogue: Catalogue) -> bool:
    """Originals of the citizen's go into no box, unless every item allows it."""
    if wish.way is not Way.LOCKER:
        return True
    return all(
        sub.item in catalogue.items and catalogue.items[sub.item].locker_originals for sub in case.sub_cases
    )


def _with_order(case: Case, order: Order) -> Case:
    return replace(case, orders=tuple(order if each.id == order.id else each for each in case.orders))


def _tell(unit: Unit, case: Case, kind: EventKind, body: str, clerk: Clerk, at: datetime) -> None:
    unit.outbox.add(id=new_id(), subject=case.id, kind=kind, at=at, actor=clerk.login, body=body)
