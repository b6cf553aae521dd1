"""What the hall tells: applied in the transaction that stores the cursor, never over unsent local work."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from wire.codec import decode
from wire.corrections import DeemedAccepted
from wire.dates import DatesTold, Extended
from wire.lifecycle import ENDED_EARLY, FINISHED, UNDER_WAY, told, under_way
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
from wire.snapshot import CaseStands, ProcedureStands, SubCaseStands
from wire.uploads import PapersComplete
from workstation.domain.case import Case, CaseStatus, Step, SubCase
from workstation.domain.clerk import Deed
from workstation.domain.extension import Extension
from workstation.domain.failures import Failure, Refused
from workstation.domain.procedure import Procedure
from workstation.domain.verification import Dispute
from workstation.services.other_offices import TOLD, came_in
from workstation.services.ports import Clock, OpenUnit, Unit

log = logging.getLogger(__name__)

FIRST_EPOCH = "first_epoch"  # of the cases of before a rev said which epoch it counts in


def receive_changes(page: ChangePage, *, open_unit: OpenUnit, clock: Clock) -> None:
    """Take a page of the feed and its cursor in one transaction."""
    with open_unit() as unit:
        take_changes(page.items, page.epoch, unit, clock())
        unit.station.move_cursor(page.cursor)
        unit.commit()


def take_changes(changes: tuple[Change, ...], epoch: str, unit: Unit, at: datetime) -> None:
    """Apply changes of an epoch in the caller's transaction; what meets unsent local work is held."""
    for change in changes:
        if unit.outbox.has_unsent(change.subject):
            unit.station.hold(change)
        else:
            held = unit.station.release(change.subject)
            _apply_all(change.subject, (*held, change), epoch, unit, at)


def release_held(*subjects: str, open_unit: OpenUnit, clock: Clock) -> None:
    """Apply what waited for cases, now that their local work is sent."""
    with open_unit() as unit:
        waiting = {change.subject for change in unit.station.held_changes()} & set(subjects)
        if not waiting:
            return
        enrolment = unit.station.enrolment()
        epoch = enrolment.epoch if enrolment else ""
        for subject in (each for each in subjects if each in waiting):
            if not unit.outbox.has_unsent(subject):
                _apply_all(subject, unit.station.release(subject), epoch, unit, clock())
        unit.commit()


def _apply_all(subject: str, changes: tuple[Change, ...], epoch: str, unit: Unit, at: datetime) -> None:
    try:
        case = unit.cases.get(subject)
    except Refused as refusal:
        if refusal.failure is not Failure.CASE_UNKNOWN:
            raise
        here = unit.station.enrolment()
        brought = came_in(changes[0], here.station_name if here else "")
        if brought is None:
            # A case this counter never had: the hall has a wider view than we do. Say so, keep going.
            log.warning("change for a case that is not here: %s", subject)
            return
        unit.cases.add(brought)
        case = brought
    first = unit.station.fact(FIRST_EPOCH)
    for change in changes:
        # Revs count within an epoch: after a restore the hall begins again where its backup was.
        known = case.rev if (case.rev_epoch or first or epoch) == epoch else 0
        if change.rev <= known:
            continue
        deed = Deed.HALL_BEHIND if _knows_less(case, change) else Deed.CHANGE_TAKEN
        case = replace(apply(case, change), rev=change.rev, rev_epoch=epoch)
        unit.audit.note(at=at, actor="hall", deed=deed, case=case.id, note=change.kind.value)
    unit.cases.save(case)
    draft = unit.drafts.get(case.id)
    if draft is not None and case.deemed_on is not None:
        unit.drafts.drop(case.id)
    elif draft is not None and draft.disputes != case.disputes:
        unit.drafts.save(replace(draft, disputes=case.disputes))


def _knows_less(case: Case, change: Change) -> bool:
    """Say whether the hall has lost the conclusion that it has sealed: the citizen may hold it on paper already."""
    if case.seal is None or change.kind is ChangeKind.DISPUTE_ANSWERED:
        return False
    if change.kind is ChangeKind.CASE_STANDS:
        return decode(CaseStands, change.body).seal is None
    if change.kind is ChangeKind.CASE_REGISTERED:
        return decode(CaseRegistered, change.body).project_no != case.project_no
    return change.kind is ChangeKind.SUB_CASE_MOVED and (
        decode(SubCaseMoved, change.body).state is not SubCaseState.DECIDED
    )


def apply(case: Case, change: Change) -> Case:
    """Return the case after one change; the hall's word wins, but over its own seal: that stands on paper."""
    if _knows_less(case, change):
        return case
    if change.kind is ChangeKind.CASE_REGISTERED:
        registered = decode(CaseRegistered, change.body)
        return replace(case, project_no=registered.project_no, offline=False)
    if change.kind is ChangeKind.SUB_CASE_MOVED:
        return _move(case, decode(SubCaseMoved, change.body))
    beside = _BESIDE.get(change.kind)
    if beside is not None:
        return beside(case, change.body)
    concluded = decode(CaseConcluded, change.body)
    return replace(
        case,
        # A hall that was restored may say once more what it had said before the result went out.
        status=case.status if case.status in FINISHED else CaseStatus.DECIDED,
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
    return _settled(replace(case, sub_cases=subs))


def _settled(case: Case) -> Case:
    """Let an accepted case be where its items are (wire.lifecycle.under_way)."""
    if case.status not in UNDER_WAY:
        return case
    items = ((sub.state, any(p.ended_at is None for p in sub.procedures)) for sub in case.sub_cases)
    return replace(case, status=under_way(items))


def _deem(case: Case, told: DeemedAccepted) -> Case:
    """视为受理: the hall has counted five working days without a notice. A step that was taken here in time stands."""
    if not case.may(Step.DEEM_ACCEPTED):
        return case
    subs = tuple(replace(sub, promised_on=told.promised.get(sub.item)) for sub in case.sub_cases)
    status = case.after(Step.DEEM_ACCEPTED)
    return replace(case, status=status, accepted_at=told.accepted_at, deemed_on=told.last_day, sub_cases=subs)


def _begun(told: ProcedureBegun) -> Procedure:
    return Procedure(
        told.procedure,
        told.kind,
        told.begun_at,
        told.days,
        told.unit,
        told.reason,
        told.notice_no,
        told.approver,
    )


def _begin(case: Case, told: ProcedureBegun) -> Case:
    begun = _begun(told)

    def with_it(sub: SubCase) -> SubCase:
        others = tuple(each for each in sub.procedures if each.id != begun.id)
        return replace(sub, procedures=(*others, begun))

    subs = tuple(with_it(sub) if sub.item == told.item else sub for sub in case.sub_cases)
    return _settled(replace(case, sub_cases=subs))


def _end(case: Case, told: ProcedureEnded) -> Case:
    def ended(each: Procedure) -> Procedure:
        return (
            replace(each, ended_at=told.ended_at, outcome=told.outcome) if each.id == told.procedure else each
        )

    subs = tuple(replace(sub, procedures=tuple(map(ended, sub.procedures))) for sub in case.sub_cases)
    return _settled(replace(case, sub_cases=subs))


def _extension(told: Extended) -> Extension:
    return Extension(told.extension, told.granted_at, told.days, told.reason, told.notice_no, told.approver)


def _extend(case: Case, told: Extended) -> Case:
    made = _extension(told)

    def with_it(sub: SubCase) -> SubCase:
        others = tuple(each for each in sub.extensions if each.id != made.id)
        return replace(sub, extensions=(*others, made))

    subs = tuple(with_it(sub) if sub.item == told.item else sub for sub in case.sub_cases)
    return replace(case, sub_cases=subs)


def dated(case: Case, told: DatesTold) -> Case:
    """Take the hall's dates: they count. Where its table ended too soon, what was promised here stands."""
    by_item = {each.item: each for each in told.items}

    def moved(sub: SubCase) -> SubCase:
        said = by_item.get(sub.item)
        if said is None or said.beyond:
            return sub
        return replace(
            sub, promised_on=said.promised_on, promised_at=said.promised_at, legal_on=said.legal_on
        )

    return replace(case, sub_cases=tuple(map(moved, case.sub_cases)), dates=told)


def _procedure(stands: ProcedureStands) -> Procedure:
    begun, ended = _begun(stands.begun), stands.ended
    return begun if ended is None else replace(begun, ended_at=ended.ended_at, outcome=ended.outcome)


def _sub_stands(sub: SubCase, told: SubCaseStands) -> SubCase:
    procedures = tuple(map(_procedure, told.procedures))
    extensions = tuple(map(_extension, told.extensions))
    return replace(sub, state=told.state, result=told.result, procedures=procedures, extensions=extensions)


def _stand(case: Case, stands: CaseStands) -> Case:
    """Take a whole case at once. What departments did is as the hall says; a step that was filed here is not taken back:
    the hall has signed for it, or it waits for a person who sees why not."""
    known = {sub.item: sub for sub in stands.sub_cases}
    subs = tuple(_sub_stands(sub, known[sub.item]) if sub.item in known else sub for sub in case.sub_cases)
    for answer in stands.disputes:
        case = replace(case, disputes=_answered(case.disputes, answer))
    if stands.deemed is not None:
        case = _deem(case, stands.deemed)
    if stands.dates is not None:
        case = dated(replace(case, sub_cases=subs), stands.dates)
        subs = case.sub_cases
    status = case.status
    said = told(stands.state)
    if said in ENDED_EARLY:
        status = said
    elif said is CaseStatus.DECIDED and case.status not in FINISHED:
        status = CaseStatus.DECIDED
    stood = replace(
        case,
        project_no=stands.project_no,
        offline=False,
        sub_cases=subs,
        status=status,
        concluded_at=stands.concluded_at,
        seal=stands.seal,
        papers_at=stands.papers_at,
    )
    return _settled(stood)


# What does not move the case on, or moves all of it at once.
_BESIDE: Mapping[ChangeKind, Callable[[Case, str], Case]] = {
    ChangeKind.DISPUTE_ANSWERED: lambda case, body: replace(
        case, disputes=_answered(case.disputes, decode(DisputeAnswered, body))
    ),
    ChangeKind.PROCEDURE_BEGUN: lambda case, body: _begin(case, decode(ProcedureBegun, body)),
    ChangeKind.PROCEDURE_ENDED: lambda case, body: _end(case, decode(ProcedureEnded, body)),
    ChangeKind.CASE_DEEMED_ACCEPTED: lambda case, body: _deem(case, decode(DeemedAccepted, body)),
    ChangeKind.PAPERS_COMPLETE: lambda case, body: replace(case, papers_at=decode(PapersComplete, body).at),
    ChangeKind.DATES_TOLD: lambda case, body: dated(case, decode(DatesTold, body)),
    ChangeKind.EXTENDED: lambda case, body: _extend(case, decode(Extended, body)),
    ChangeKind.CASE_STANDS: lambda case, body: _stand(case, decode(CaseStands, body)),
    **TOLD,
}
