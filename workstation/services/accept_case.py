"""受理: the clock runs and a decision is owed; dates are promised from the table of working days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from catalogue.model import Catalogue
from deadlines.working_days import WorkingDays
from wire.codec import encode
from wire.keys import new_id
from wire.messages import CaseAccepted, EventKind, MaterialHow, Tolerance
from workstation.domain.case import Case, CaseStatus, SubCase
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.visit import Visit
from workstation.forms.gaps import gaps
from workstation.forms.model import Form
from workstation.services.courses import dates_of
from workstation.services.hold_acceptance import hold_acceptance
from workstation.services.ports import Unit
from workstation.services.receive_case import brought_up, bundle_of
from workstation.services.verify_status import aged


def promises(
    subs: tuple[SubCase, ...], catalogue: Catalogue, start: datetime, table: WorkingDays
) -> dict[str, date]:
    """Promise a date per item that has a limit; one that waits for others starts when theirs are due.

    Raises Refused(CALENDAR_ENDED) beyond the table of working days.
    """
    dates = dates_of(subs, catalogue, start, table, start)
    return {item: owed.promised.on for item, owed in dates.items() if owed.promised is not None}


def with_visit(case: Case, visit: Visit, form: Form, catalogue: Catalogue, at: datetime) -> Case:
    """Bring the case's papers up to what the visit says now. Raises Refused(GAPS_LEFT) when anything is open."""
    counted = aged(visit, at)
    open_gaps = gaps(catalogue, form, bundle_of(catalogue, visit), counted, today_at(at))
    if open_gaps:
        raise Refused(Failure.GAPS_LEFT, count=str(len(open_gaps)))
    return brought_up(case, visit, form, at)


def accept_case(
    case: Case,
    *,
    evidence: tuple[str, ...],
    catalogue: Catalogue,
    clerk: Clerk,
    table: WorkingDays,
    at: datetime,
    unit: Unit,
) -> Case:
    """Accept a received case; the caller commits the unit.

    Raises Refused(ROLE_MISSING) for whoever may only receive, Refused(GAPS_LEFT) while a mandatory paper is
    missing, Refused(RULE_UNMET) while the gate is held, Refused(STEP_NOT_ALLOWED) when it is accepted already,
    Refused(CALENDAR_ENDED).
    """
    if not clerk.may(Deed.ACCEPTED):
        raise Refused(Failure.ROLE_MISSING)
    if case.status is not CaseStatus.RECEIVED:
        raise Refused(Failure.STEP_NOT_ALLOWED, status=case.status.value)
    hold_acceptance(case, catalogue, at)
    hold_tolerated(case, today_at(at))
    due = promises(case.sub_cases, catalogue, at, table)
    accepted = replace(case.accept(at, due), calendar=table.version)
    unit.cases.save(accepted)
    body = CaseAccepted(
        case.receipt_no, clerk.login, at, due, accepted.materials, evidence, _tolerances(accepted)
    )
    unit.outbox.add(
        id=new_id(),
        subject=case.id,
        kind=EventKind.CASE_ACCEPTED,
        at=at,
        actor=clerk.login,
        body=encode(body),
    )
    unit.audit.note(at=at, actor=clerk.login, deed=Deed.ACCEPTED, case=case.id, note=case.receipt_no)
    unit.drafts.drop(case.id)
    unit.station.wait_for(case.id, waits=bool(accepted.pending))
    return accepted


def hold_tolerated(case: Case, today: date) -> None:
    """Every paper that may come later has its second person, and its day has not passed. Raises Refused(GAPS_LEFT)."""
    approved = {t.material for t in case.tolerances if t.until >= today}
    alone = [m for m in case.materials if m.how is MaterialHow.TOLERATED and m.material not in approved]
    if alone:
        raise Refused(Failure.GAPS_LEFT, count=str(len(alone)))


def _tolerances(case: Case) -> tuple[Tolerance, ...]:
    """The tolerances that are still needed: a paper that has come meanwhile needs none."""
    open_papers = {m.material for m in case.materials if m.how is MaterialHow.TOLERATED}
    return tuple(t for t in case.tolerances if t.material in open_papers)
