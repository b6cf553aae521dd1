"""What the hall tells between offices: a case that came in from another one, and what that one does with ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from wire.codec import decode
from wire.delivery import CollectedThere, DeliveryMoved, DeliveryState, Receiver
from wire.forwarding import AcceptedThere, CaseCameIn, EndedThere, TakenThere
from wire.lifecycle import told
from wire.messages import Change, ChangeKind, MaterialHow, MaterialOnWire
from wire.snapshot import CaseStands
from workstation.domain.case import ENDED_EARLY, Case, CaseStatus, PaperSaved, Step, SubCase
from workstation.domain.delivery import HandedOut
from workstation.domain.forwarding import Forwarding
from workstation.domain.verification import CheckDone
from workstation.services.forward_case import checks_from


def came_in(change: Change, office_name: str) -> Case | None:
    """Return the case that a change brings to this office, None when it brings none. `office_name` is our own."""
    if change.kind is ChangeKind.CASE_FORWARDED:
        return _case(change.subject, decode(CaseCameIn, change.body), office_name)
    if change.kind is ChangeKind.CASE_STANDS:
        came = decode(CaseStands, change.body).came_in
        return _case(change.subject, came, office_name) if came is not None else None
    return None


def _case(subject: str, came: CaseCameIn, office_name: str) -> Case:
    received, handed = came.received, came.forwarded
    checks = checks_from(handed.checks)
    forwarding = Forwarding(
        received.station,
        came.from_name,
        handed.to_station,
        office_name,
        handed.sheet,
        handed.papers,
        handed.clerk_name,
        handed.forwarded_at,
    )
    if came.taken is not None:
        forwarding = _taken(forwarding, TakenThere(office_name, came.taken))
    return Case(
        id=subject,
        receipt_no=received.receipt_no,
        station=received.station,
        window=received.window,
        clerk=received.clerk,
        bundle=received.bundle,
        catalogue=received.catalogue,
        applicant=received.applicant,
        sub_cases=tuple(SubCase(o.item, o.item_version, o.department, o.after) for o in received.sub_cases),
        answers=received.answers,
        materials=received.materials,
        papers_saved=tuple(_saved(paper, checks) for paper in received.materials if paper.how in _SAVED),
        status=CaseStatus.CORRECTION_RECEIVED if came.corrected else CaseStatus.RECEIVED,
        received_at=received.received_at,
        offline=False,
        project_no=came.project_no,
        checks=checks,
        notice=received.notice,
        agency=received.agency,
        forwarding=forwarding,
        version=came.version,
    )


_SAVED = frozenset({MaterialHow.REPLACED_BY_CARD, MaterialHow.REPLACED_BY_VERIFICATION})


def _saved(paper: MaterialOnWire, checks: tuple[CheckDone, ...]) -> PaperSaved:
    check = next((each for each in checks if paper.evidence and each.evidence_no == paper.evidence), None)
    if check is None:
        return PaperSaved(paper.material, "card", "", "")
    return PaperSaved(paper.material, check.rule, check.source, check.evidence_no)


def _taken(handed: Forwarding, said: TakenThere) -> Forwarding:
    taken = said.taken
    return replace(
        handed,
        to_name=said.station_name,
        taken_by=taken.clerk_name,
        taken_at=taken.taken_at,
        missing=taken.missing,
        remark=taken.remark,
    )


def _take(case: Case, body: str) -> Case:
    if case.forwarding is None:
        return case
    return replace(case, forwarding=_taken(case.forwarding, decode(TakenThere, body)))


def _accept(case: Case, body: str) -> Case:
    said = decode(AcceptedThere, body)
    subs = tuple(replace(sub, promised_on=said.promised.get(sub.item)) for sub in case.sub_cases)
    accepted = replace(case, accepted_at=said.accepted_at, sub_cases=subs)
    return replace(accepted, status=case.after(Step.ACCEPT)) if case.may(Step.ACCEPT) else accepted


def _end(case: Case, body: str) -> Case:
    ended = decode(EndedThere, body)
    status = told(ended.state) or case.status
    return replace(case, status=status, ended_there=ended if status in ENDED_EARLY else None)


def _moved(case: Case, body: str) -> Case:
    """An order is where its partner says; what it has delivered is in its receiver's hands."""
    said = decode(DeliveryMoved, body)
    orders = tuple(
        replace(
            each,
            state=said.state,
            partner=said.partner or each.partner,
            number=said.number or each.number,
            place=said.place or each.place,
            code=said.code,
            custody=said.custody or each.custody,
            trouble=said.trouble,
        )
        if each.id == said.order
        else each
        for each in case.orders
    )
    moved = replace(case, orders=orders)
    if said.state is not DeliveryState.DELIVERED or case.handed_out is not None or not case.may(Step.DELIVER):
        return moved
    out = HandedOut(said.way, Receiver(said.taken_by, "", "", "partner"), said.at, said.partner)
    return replace(moved, status=case.after(Step.DELIVER), handed_out=out)


def _collected(case: Case, body: str) -> Case:
    """Another office, or its partner, has handed the result out."""
    said = decode(CollectedThere, body)
    if case.handed_out is not None or not case.may(Step.DELIVER):
        return case
    receiver = Receiver(said.receiver, "", "", "elsewhere")
    out = HandedOut(said.way, receiver, said.collected_at, said.station_name)
    return replace(case, status=case.after(Step.DELIVER), handed_out=out)


# What does not move a case of our own on, or moves it because another office did.
TOLD: Mapping[ChangeKind, Callable[[Case, str], Case]] = {
    ChangeKind.CASE_FORWARDED: lambda case, _: case,  # that it came in is known already
    ChangeKind.PAPERS_TAKEN: _take,
    ChangeKind.ACCEPTED_THERE: _accept,
    ChangeKind.ENDED_THERE: _end,
    ChangeKind.DELIVERY_MOVED: _moved,
    ChangeKind.RESULT_COLLECTED: _collected,
}
