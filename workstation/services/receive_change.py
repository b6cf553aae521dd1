"""What the hall tells: applied in the transaction that stores the cursor, never over unsent local work."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from wire.codec import decode
from wire.messages import (
    CaseConcluded,
    CaseRegistered,
    Change,
    ChangeKind,
    ChangePage,
    DisputeAnswered,
    SubCaseMoved,
    SubCaseState,
)
from wire.procedures import ProcedureBegun, ProcedureEnded
from workstation.domain.case import Case, CaseStatus, SubCase
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.procedure import Procedure
from workstation.domain.verification import Dispute
from workstation.services.ports import Clock, OpenUnit, Unit

log = logging.getLogger(__name__)


def receive_changes(page: ChangePage, *, open_unit: OpenUnit, clock: Clock) -> None:
    """Take a page of the feed and its cursor in one transaction."""
    with open_unit() as unit:
        for change in page.items:
            if unit.outbox.has_unsent(change.subject):
                unit.station.hold(change)
            else:
                _apply_with_held(
                    change.subject, (*unit.station.release(change.subject), change), unit, clock()
                )
        unit.station.move_cursor(page.cursor)
        unit.commit()


def release_held(subject: str, *, open_unit: OpenUnit, clock: Clock) -> None:
    """Apply what waited for a case, now that its local work is sent."""
    with open_unit() as unit:
        if not unit.outbox.has_unsent(subject):
            _apply_with_held(subject, unit.station.release(subject), unit, clock())
            unit.commit()


def _apply_with_held(subject: str, changes: tuple[Change, ...], unit: Unit, at: datetime) -> None:
    if not changes:
        return
    try:
        case = unit.cases.get(subject)
    except Refused as refusal:
        if refusal.failure is not Failure.CASE_UNKNOWN:
            raise
        # A case this counter never had: the hall has a wider view than we do. Say so, keep going.
        log.warning("change for a case that is not here: %s", subject)
        return
    for change in changes:
        if change.rev > case.rev:
            case = replace(apply(case, change), rev=change.rev)
            unit.audit.note(at=at, actor="hall", deed=Deed.CHANGE_TAKEN, case=case.id, note=change.kind.value)
    unit.cases.save(case)
    draft = unit.drafts.get(case.id)
    if draft is not None and draft.disputes != case.disputes:
        unit.drafts.save(replace(draft, disputes=case.disputes))


def apply(case: Case, change: Change) -> Case:
    """Return the case after one change; the hall's word wins."""
    if change.kind is ChangeKind.CASE_REGISTERED:
        registered = decode(CaseRegistered, change.body)
        return replace(case, project_no=registered.project_no, offline=False)
    if change.kind is ChangeKind.SUB_CASE_MOVED:
        return _move(case, decode(SubCaseMoved, change.body))
    if change.kind is ChangeKind.DISPUTE_ANSWERED:
        return replace(case, disputes=_answered(case.disputes, decode(DisputeAnswered, change.body)))
    if change.kind is ChangeKind.PROCEDURE_BEGUN:
        return _begin(case, decode(ProcedureBegun, change.body))
    if change.kind is ChangeKind.PROCEDURE_ENDED:
        return _end(case, decode(ProcedureEnded, change.body))
    concluded = decode(CaseConcluded, change.body)
    return replace(
        case,
        status=CaseStatus.DECIDED,
        project_no=concluded.project_no,
        concluded_at=concluded.concluded_at,
        seal=concluded.seal,
    )


def _answered(disputes: tuple[Dispute, ...], said: DisputeAnswered) -> tuple[Dispute, ...]:
    return tuple(
        replace(each, verdict=said.verdict, answer=said.text) if each.id == said.dispute else each
        for each in disputes
    )


def _move(case: Case, moved: SubCaseMoved) -> Case:
    subs = tuple(
        replace(sub, state=moved.state, result=moved.result) if sub.item == moved.item else sub
        for sub in case.sub_cases
    )
    status = case.status
    if status is CaseStatus.ACCEPTED and moved.state is not SubCaseState.WAITING:
        status = CaseStatus.DISPATCHED
    return replace(case, sub_cases=subs, status=status)


def _begin(case: Case, told: ProcedureBegun) -> Case:
    begun = Procedure(
        told.procedure,
        told.kind,
        told.begun_at,
        told.days,
        told.unit,
        told.reason,
        told.notice_no,
        told.approver,
    )

    def with_it(sub: SubCase) -> SubCase:
        others = tuple(each for each in sub.procedures if each.id != begun.id)
        return replace(sub, procedures=(*others, begun))

    return replace(
        case, sub_cases=tuple(with_it(sub) if sub.item == told.item else sub for sub in case.sub_cases)
    )


def _end(case: Case, told: ProcedureEnded) -> Case:
    def ended(each: Procedure) -> Procedure:
        return (
            replace(each, ended_at=told.ended_at, outcome=told.outcome) if each.id == told.procedure else each
        )

    subs = tuple(replace(sub, procedures=tuple(map(ended, sub.procedures))) for sub in case.sub_cases)
    return replace(case, sub_cases=subs)
