"""The hall's word over ours: the unsent steps of a case are set aside with a record, and the case stands as the hall has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from wire.delivery import DeliveryState, Way
from wire.lifecycle import UNDER_WAY, told, told_as
from wire.messages import EventKind
from wire.standing import CaseStanding
from workstation.domain.case import Case, CaseStatus, Overruled
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.outbox import Waiting
from workstation.services.amend_receipt import before_last
from workstation.services.ports import Unit


def take_halls_word(event: str, *, clerk: Clerk, at: datetime, unit: Unit) -> str:
    """Set aside every unsent step of the case of a parked event; the caller commits. Return the case's id.

    Nothing is deleted: the steps stay in the store, each with an entry in the audit chain, and the case remembers what was
    overruled. Raises Refused(STEP_SETTLED) when the event is parked no more, ROLE_MISSING for what a citizen said of a visit.
    """
    parked = next((each for each in unit.outbox.parked_items(10_000) if each.envelope.id == event), None)
    if parked is None:
        raise Refused(Failure.STEP_SETTLED)
    if parked.envelope.kind is EventKind.EVALUATION_GIVEN and not clerk.may(Deed.REVIEW_HANDLED):
        raise Refused(Failure.ROLE_MISSING)  # who may have been rated does not put it aside
    subject, code = parked.envelope.subject, parked.trouble
    steps = unit.outbox.set_aside(subject)
    for step in steps:
        note = f"{step.envelope.id} {step.envelope.kind.value} {code}"
        unit.audit.note(at=at, actor=clerk.login, deed=Deed.STEP_SET_ASIDE, case=subject, note=note)
    try:
        case = unit.cases.get(subject)
    except Refused as refused:
        if refused.failure is not Failure.CASE_UNKNOWN:
            raise
        return subject  # a talk that came to nothing: only what was told of it waited
    said = Overruled(
        at, clerk.login, tuple(step.envelope.kind.value for step in steps), code, parked.standing
    )
    unit.cases.save(
        replace(as_the_hall_has_it(case, steps, parked.standing), overruled=(*case.overruled, said))
    )
    return subject


def as_the_hall_has_it(case: Case, steps: tuple[Waiting, ...], standing: CaseStanding | None) -> Case:
    """Return a case without steps of ours, and where the hall says that it is."""
    undone = case
    for step in reversed(steps):
        undone = _without(undone, step.envelope.kind)
    if standing is None or not standing.state:
        return undone
    status = told(standing.state) or undone.status
    if told_as(undone.status) == standing.state:
        status = undone.status  # the same, said more exactly
    if status is CaseStatus.ACCEPTED and case.status in UNDER_WAY - {CaseStatus.ACCEPTED}:
        return case  # a later word of the hall is here already
    accepted = undone.accepted_at
    if status in {CaseStatus.ACCEPTED, CaseStatus.DECIDED}:
        accepted = undone.accepted_at or standing.at
    return replace(undone, status=status, accepted_at=accepted)


def _without(case: Case, kind: EventKind) -> Case:
    """Take one step of this station back; what the hall told meanwhile stays."""
    undo = _UNDONE.get(kind)
    if undo is not None:
        return undo(case)
    if case.project_no is not None and case.concluded_at is not None:
        return case
    if kind is EventKind.CASE_ACCEPTED and case.status is CaseStatus.ACCEPTED:
        return replace(case, status=CaseStatus.RECEIVED, accepted_at=None)
    if kind in {EventKind.CASE_NOT_ACCEPTED, EventKind.CASE_VOIDED} and case.closing is not None:
        return replace(case, status=CaseStatus.RECEIVED, closing=None)
    if kind is EventKind.CASE_RECEIVED:
        # The hall never had it, and now never gets it: the number stays used, the case ends here.
        return replace(case, status=CaseStatus.VOIDED)
    return case


def _not_asked(case: Case) -> Case:
    return replace(case, status=CaseStatus.RECEIVED, corrections=case.corrections[:-1])


def _not_answered(case: Case) -> Case:
    if case.correction is None:
        return case
    waits = replace(case.correction, answered_at=None, answers=())
    return replace(case, status=CaseStatus.CORRECTION_REQUIRED, corrections=(*case.corrections[:-1], waits))


def _not_returned(case: Case) -> Case:
    return replace(case, status=CaseStatus.CORRECTION_REQUIRED, closing=None)


def _not_forwarded(case: Case) -> Case:
    return replace(case, forwarding=None)


def _not_taken(case: Case) -> Case:
    if case.forwarding is None:
        return case
    on_the_way = replace(case.forwarding, taken_by="", taken_at=None, missing=(), remark="")
    return replace(case, forwarding=on_the_way)


def _not_ordered(case: Case) -> Case:
    left = case.orders[:-1]
    return replace(case, orders=left, status=case.status if left else CaseStatus.DECIDED)


def _not_recalled(case: Case) -> Case:
    """Where the order is, its partner says with its next word."""
    return _with_last_order(case, DeliveryState.ORDERED)


def _not_collected(case: Case) -> Case:
    status = CaseStatus.READY_FOR_PICKUP if case.orders else CaseStatus.DECIDED
    back = replace(case, handed_out=None, status=status)
    last = case.orders[-1] if case.orders else None
    waits = last is not None and last.way is Way.COUNTER and last.state is DeliveryState.DELIVERED
    return _with_last_order(back, DeliveryState.AT_THE_WINDOW) if waits else back


def _with_last_order(case: Case, state: DeliveryState) -> Case:
    if not case.orders:
        return case
    return replace(case, orders=(*case.orders[:-1], replace(case.orders[-1], state=state)))


# What a case is without the last step of a kind. An item that was withdrawn is where the hall's next word says.
_UNDONE: Mapping[EventKind, Callable[[Case], Case]] = {
    EventKind.CORRECTION_ASKED: _not_asked,
    EventKind.CORRECTION_ANSWERED: _not_answered,
    EventKind.CASE_RETURNED: _not_returned,
    EventKind.RECEIPT_AMENDED: before_last,
    EventKind.CASE_FORWARDED: _not_forwarded,
    EventKind.PAPERS_TAKEN: _not_taken,
    EventKind.DELIVERY_ORDERED: _not_ordered,
    EventKind.DELIVERY_RECALLED: _not_recalled,
    EventKind.RESULT_COLLECTED: _not_collected,
}
