"""转报 and 物料流转: a case that this office received goes to the one that accepts it; one that came in is taken over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.model import Catalogue, Mode, Office
from wire.codec import encode
from wire.forwarding import CaseForwarded, CheckTold, PaperMoved, PapersTaken
from wire.keys import new_id
from wire.messages import EventKind, MaterialHow, MaterialOnWire
from workstation.domain.case import Case, Step
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.forwarding import Forwarding
from workstation.domain.verification import CheckDone
from workstation.services.offices import accepting_office
from workstation.services.ports import Unit
from workstation.services.routing import subject_of

# A paper that was given in hand; what a card, a register or a promise stands for has no sheet to carry.
_IN_HAND = frozenset({MaterialHow.ORIGINAL_SEEN, MaterialHow.SCANNED})


@dataclass(frozen=True, slots=True)
class Takeover:
    """What the accepting office found when it opened the bag."""

    missing: tuple[str, ...] = ()
    remark: str = ""


def goes_to(case: Case, catalogue: Catalogue, station: str) -> Office | None:
    """Return the office that this station hands a case on to now, None when it does not."""
    if not case.may(Step.FORWARD) or case.forwarding is not None:
        return None
    items = [catalogue.items[sub.item] for sub in case.sub_cases if sub.item in catalogue.items]
    if len(items) < len(case.sub_cases):
        return None
    return accepting_office(catalogue, station, items, subject_of(case.applicant.id_no))


def hold_here(case: Case, station: str) -> None:
    """Let a step pass that this office takes. Raises Refused(CASE_ELSEWHERE) for a case that was handed on,
    Refused(PAPERS_ON_THE_WAY) for one that came in and whose papers nobody has taken over yet."""
    handed = case.forwarding
    if handed is None:
        return
    if handed.is_from(station):
        raise Refused(Failure.CASE_ELSEWHERE, office=handed.to_name)
    if handed.taken_at is None:
        raise Refused(Failure.PAPERS_ON_THE_WAY)


def papers_moved(case: Case, catalogue: Catalogue) -> tuple[PaperMoved, ...]:
    """Return the papers that travel with a case: what was kept of the citizen's, not what was looked at and handed back."""
    kept = {
        material.id: material
        for sub in case.sub_cases
        if sub.item in catalogue.items
        for material in catalogue.items[sub.item].materials
        if material.mode is Mode.KEEP
    }
    return tuple(
        PaperMoved(paper.material, kept[paper.material].originals, kept[paper.material].copies)
        for paper in case.materials
        if paper.material in kept and paper.how in _IN_HAND
    )


def forward_case(
    case: Case,
    to: Office,
    *,
    here: tuple[str, str],
    sheet: str,
    catalogue: Catalogue,
    clerk: Clerk,
    at: datetime,
    unit: Unit,
) -> Case:
    """Hand a received case on; the caller commits the unit. `here` is our own code and name.

    The same case twice is one deed: it comes back as it is.
    """
    if case.forwarding is not None and case.forwarding.is_from(here[0]):
        return case
    papers = papers_moved(case, catalogue)
    handed = Forwarding(*here, to.code, to.name.zh, sheet, papers, clerk.name, at)
    forwarded = replace(case, forwarding=handed)
    unit.cases.save(forwarded)
    body = CaseForwarded(
        case.receipt_no,
        clerk.login,
        clerk.name,
        at,
        to.code,
        sheet,
        papers,
        tuple(_told(check) for check in case.checks),
    )
    _tell(unit, case, EventKind.CASE_FORWARDED, encode(body), clerk, at)
    unit.audit.note(
        at=at, actor=clerk.login, deed=Deed.FORWARDED, case=case.id, note=f"{to.code} {sheet}".strip()
    )
    # Whoever accepts it asks the registers again; here nothing waits any more.
    unit.station.wait_for(case.id, waits=False)
    unit.drafts.drop(case.id)
    return forwarded


def take_over(
    case: Case, found: Takeover, *, station: str, clerk: Clerk, at: datetime, unit: Unit
) -> tuple[Case, bool]:
    """Take the papers of a case that came in; the caller commits. Says whether this call has done it: the second press
    finds it done.

    Raises Refused(STEP_NOT_ALLOWED) for a case that did not come in here.
    """
    handed = case.forwarding
    if handed is None or handed.to_station != station:
        raise Refused(Failure.STEP_NOT_ALLOWED, status=case.status.value)
    if handed.taken_at is not None:
        return case, False
    known = {paper.material for paper in handed.papers}
    missing = tuple(material for material in found.missing if material in known)
    remark = found.remark.strip()
    taken = replace(handed, taken_by=clerk.name, taken_at=at, missing=missing, remark=remark)
    held = replace(case, forwarding=taken, materials=_without(case, missing))
    unit.cases.save(held)
    body = PapersTaken(case.receipt_no, clerk.login, clerk.name, at, handed.sheet, missing, remark)
    _tell(unit, case, EventKind.PAPERS_TAKEN, encode(body), clerk, at)
    unit.audit.note(
        at=at,
        actor=clerk.login,
        deed=Deed.PAPERS_TAKEN,
        case=case.id,
        note=" ".join((handed.sheet, *missing)),
    )
    return held, True


def checks_from(told: tuple[CheckTold, ...]) -> tuple[CheckDone, ...]:
    """Return the checks of the office that received a case as our own case keeps them."""
    return tuple(
        CheckDone(
            each.rule,
            each.query,
            each.outcome,
            each.source,
            each.evidence_no,
            each.replied_at,
            each.valid_until,
            each.by_hall,
        )
        for each in told
    )


def _without(case: Case, missing: tuple[str, ...]) -> tuple[MaterialOnWire, ...]:
    """A paper that is not in the bag is missing, whoever has seen it: nobody accepts on it."""
    return tuple(
        replace(paper, how=MaterialHow.MISSING) if paper.material in missing else paper
        for paper in case.materials
    )


def _told(check: CheckDone) -> CheckTold:
    return CheckTold(
        check.rule,
        check.query,
        check.outcome,
        check.source,
        check.evidence_no,
        check.replied_at,
        check.valid_until,
        check.by_hall,
    )


def _tell(unit: Unit, case: Case, kind: EventKind, body: str, clerk: Clerk, at: datetime) -> None:
    unit.outbox.add(id=new_id(), subject=case.id, kind=kind, at=at, actor=clerk.login, body=body)
