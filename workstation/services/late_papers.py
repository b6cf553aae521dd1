"""After the acceptance: an owed answer came, or did not, and the paper was brought; the hall hears how the papers stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from wire.codec import encode
from wire.keys import new_id
from wire.messages import EventKind, MaterialHow, PapersChanged
from workstation.domain.case import Case
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import Unit


def brought(case: Case, clerk: Clerk, at: datetime, unit: Unit) -> Case:
    """Note that the originals of all missing papers were seen after all; the caller commits.

    Raises Refused(STEP_NOT_ALLOWED) for a case that is not accepted or lacks nothing.
    """
    lacking = [m.material for m in case.materials if m.how is MaterialHow.MISSING]
    if case.accepted_at is None or not lacking:
        raise Refused(Failure.STEP_NOT_ALLOWED, status=case.status.value)
    materials = tuple(
        replace(m, how=MaterialHow.ORIGINAL_SEEN, evidence=None) if m.material in lacking else m
        for m in case.materials
    )
    mended = replace(case, materials=materials)
    unit.cases.save(mended)
    for material in lacking:
        unit.audit.note(at=at, actor=clerk.login, deed=Deed.PAPER_BROUGHT, case=case.id, note=material)
    tell_papers(mended, clerk.login, at, unit)
    return mended


def tell_papers(case: Case, who: str, at: datetime, unit: Unit) -> None:
    """Queue the word for the hall; before the acceptance that itself will say it."""
    if case.accepted_at is None:
        return
    body = PapersChanged(case.receipt_no, who, at, case.materials)
    unit.outbox.add(
        id=new_id(), subject=case.id, kind=EventKind.PAPERS_CHANGED, at=at, actor=who, body=encode(body)
    )
