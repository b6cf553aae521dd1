"""The hall's word over ours: the unsent steps of a case are set aside with a record, and the case stands as the hall has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from wire.lifecycle import UNDER_WAY, told
from wire.messages import EventKind
from wire.standing import CaseStanding
from workstation.domain.case import Case, CaseStatus, Overruled
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.outbox import Waiting
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
        replace(_as_the_hall_has_it(case, steps, parked.standing), overruled=(*case.overruled, said))
    )
    return subject


def _as_the_hall_has_it(case: Case, steps: tuple[Waiting, ...], standing: CaseStanding | None) -> Case:
    undone = case
    for step in reversed(steps):
        undone = _without(undone, step.envelope.kind)
    if standing is None or not standing.state:
        return undone
    status = told(standing.state) or undone.status
    if status is CaseStatus.ACCEPTED and case.status in UNDER_WAY - {CaseStatus.ACCEPTED}:
        return case  # a later word of the hall is here already
    accepted = undone.accepted_at
    if status in {CaseStatus.ACCEPTED, CaseStatus.DECIDED}:
        accepted = undone.accepted_at or standing.at
    return replace(undone, status=status, accepted_at=accepted)


def _without(case: Case, kind: EventKind) -> Case:
    """Take one step of this station back; what the hall told meanwhile stays."""
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
