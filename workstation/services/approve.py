"""A second person signs: the deed, its event, the status of the case and the audit entries of both in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from wire.approval import Shown
from wire.codec import encode
from wire.keys import new_id
from wire.messages import Approval, CaseClosed, CaseReopened, EventKind, MaterialHow
from workstation.domain import approval as rule
from workstation.domain.approval import DEEDS, Proposal, ProposalKind, ProposalState, Signature
from workstation.domain.case import Case, Step
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.visit import Paper, Visit
from workstation.services.credentials import policy_of
from workstation.services.ports import Unit

_CLOSED = {
    ProposalKind.REFUSE: (Step.REFUSE, EventKind.CASE_NOT_ACCEPTED),
    ProposalKind.VOID: (Step.VOID, EventKind.CASE_VOIDED),
}


def approve(
    proposal: str, seen: str, login: str, *, signature: Signature, level: str, online: bool, unit: Unit
) -> tuple[Proposal, Case]:
    """Sign and do it; the caller has proven who `login` is and commits the unit.

    Raises Refused(APPROVAL_NEEDS_HALL) where the hall's policy wants the hall to be there, and what
    domain.approval.approve raises. A proposal that has gone stale is only ended: then nothing else was written.
    """
    kept = unit.proposals.get(proposal)
    hold_policy(kept, unit, online=online)
    first, second = unit.station.account(kept.proposer), unit.station.account(login)
    if first is None or second is None:
        # Whoever has no account any more can neither have proposed nor sign.
        raise Refused(Failure.PROPOSAL_CHANGED)
    case, draft = unit.cases.get(kept.case), draft_of(unit, kept.case)
    signed = rule.approve(kept, seen, case, draft, first, second, signature=signature, level=level)
    if signed.approval is None:
        raise AssertionError(proposal)
    done = _do(signed, signed.approval, case, draft, unit)
    note = f"{kept.id} {kept.kind.value} {kept.view.reason}"
    for actor, deed in ((kept.proposer, DEEDS[kept.kind]), (login, Deed.APPROVED)):
        unit.audit.note(at=signature.at, actor=actor, deed=deed, case=case.id, note=note)
    return signed, done


def hold_policy(kept: Proposal, unit: Unit, *, online: bool) -> None:
    """Without the hall only what it allows is signed. Raises Refused(APPROVAL_NEEDS_HALL)."""
    if not online and kept.kind.value not in policy_of(unit).offline_approvals:
        raise Refused(Failure.APPROVAL_NEEDS_HALL)


def end_stale(proposal: str, *, at: datetime, unit: Unit) -> None:
    """Put a proposal away whose case or draft changed under it; the caller commits."""
    kept = unit.proposals.get(proposal)
    if kept.state is ProposalState.OPEN:
        unit.proposals.save(replace(kept, state=ProposalState.STALE))
        note = f"{kept.id} {ProposalState.STALE.value}"
        unit.audit.note(at=at, actor="station", deed=Deed.PROPOSAL_ENDED, case=kept.case, note=note)


def draft_of(unit: Unit, case: str) -> Visit | None:
    """Return the draft of a case, None when it has none any more."""
    return next((visit for visit in unit.drafts.all() if visit.case == case), None)


def _do(signed: Proposal, approval: Approval, case: Case, draft: Visit | None, unit: Unit) -> Case:
    shown, kept = signed.view, signed
    if signed.kind in _CLOSED:
        done = _close(signed.kind, shown, approval, case, unit)
        # What was filled in waits inside the proposal: a reopening brings it back.
        kept = replace(signed, draft=draft)
        unit.drafts.drop(case.id)
    elif signed.kind is ProposalKind.REOPEN:
        done = _reopen(shown, approval, case, unit)
        unit.station.wait_for(case.id, waits=True)  # as after its receipt
        before = [p.draft for p in unit.proposals.of_case(case.id) if p.draft is not None]
        if before:
            unit.drafts.save(before[-1])
    else:
        done = rule.tolerated(case, shown, approval)
        if draft is not None:
            paper = replace(
                draft.papers.get(shown.material) or Paper(MaterialHow.TOLERATED),
                how=MaterialHow.TOLERATED,
                until=shown.until,
            )
            unit.drafts.save(replace(draft, papers={**draft.papers, shown.material: paper}))
    unit.cases.save(done)
    unit.proposals.save(kept)
    return done


def _close(kind: ProposalKind, shown: Shown, approval: Approval, case: Case, unit: Unit) -> Case:
    step, event = _CLOSED[kind]
    body = CaseClosed(
        receipt_no=case.receipt_no,
        clerk=shown.proposer,
        closed_at=approval.approved_at,
        reason=shown.reason,
        text=shown.text,
        competent_body=shown.competent_body,
        approval=approval,
    )
    _tell(event, body, approval, case, unit)
    return case.close(step, approval)


def _reopen(shown: Shown, approval: Approval, case: Case, unit: Unit) -> Case:
    body = CaseReopened(
        case.receipt_no, shown.proposer, approval.approved_at, shown.reason, shown.text, approval
    )
    _tell(EventKind.CASE_REOPENED, body, approval, case, unit)
    return case.reopen()


def _tell(event: EventKind, body: object, approval: Approval, case: Case, unit: Unit) -> None:
    unit.outbox.add(
        id=new_id(),
        subject=case.id,
        kind=event,
        at=approval.approved_at,
        actor=approval.approver,
        body=encode(body),
    )
