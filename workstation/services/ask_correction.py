"""补正告知: the counter tells once and in writing all that has to be mended, and the clock stands still."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from catalogue.model import Catalogue, Limit
from deadlines.course import Course
from deadlines.rules import wait_until
from deadlines.working_days import WorkingDays
from wire.codec import encode
from wire.corrections import Correction, CorrectionAsked, CorrectionGap
from wire.keys import new_id
from wire.lifecycle import CaseStatus, Step
from wire.messages import EventKind, MaterialHow
from workstation.domain.case import Case
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import Unit
from workstation.services.working_days import calendar_told

LEAST_WORDS = 2  # characters of each of a gap's texts: "同上" says where to look, a letter says nothing


def ask_correction(
    case: Case,
    gaps: tuple[CorrectionGap, ...],
    *,
    until: date,
    last_day: date,
    clerk: Clerk,
    at: datetime,
    unit: Unit,
) -> Case:
    """Ask; the caller prints the notice and commits. Asked twice for the same is asked once.

    `last_day` is the fifth working day after the receipt (行政许可法 art. 32 (1) item 4). Raises Refused(STEP_NOT_ALLOWED |
    CORRECTION_LATE | CORRECTION_INCOMPLETE).
    """
    gaps = tuple(_tidied(gap) for gap in gaps)
    if is_asked(case, gaps):
        return case
    case.after(Step.ASK_CORRECTION)
    if today_at(at) > last_day:
        raise Refused(Failure.CORRECTION_LATE, last=last_day.isoformat())
    hold_whole(case, gaps)
    asked = case.ask_correction(Correction(at, until, None, gaps, clerk.login))
    unit.cases.save(asked)
    unit.outbox.add(
        id=new_id(),
        subject=case.id,
        kind=EventKind.CORRECTION_ASKED,
        at=at,
        actor=clerk.login,
        body=encode(CorrectionAsked(case.receipt_no, clerk.login, at, until, gaps)),
    )
    note = f"{len(gaps)} {until.isoformat()}"
    unit.audit.note(at=at, actor=clerk.login, deed=Deed.CORRECTION_ASKED, case=case.id, note=note)
    return asked


def is_asked(case: Case, gaps: tuple[CorrectionGap, ...]) -> bool:
    """Say whether the case waits for just these gaps already: the key was pressed twice."""
    waits = case.status is CaseStatus.CORRECTION_REQUIRED and case.correction is not None
    return waits and case.correction is not None and case.correction.gaps == gaps


def hold_whole(case: Case, gaps: tuple[CorrectionGap, ...]) -> None:
    """Let a notice pass that names every missing paper, each gap once and in words.

    Raises Refused(CORRECTION_INCOMPLETE, paper) naming what is not said, "" where the words are missing.
    """
    said = [gap.subject for gap in gaps]
    for paper in missing(case):
        if paper not in said:
            raise Refused(Failure.CORRECTION_INCOMPLETE, paper=paper)
    wordless = [gap for gap in gaps if min(map(len, (gap.why, gap.standard, gap.how))) < LEAST_WORDS]
    if not gaps or wordless or len(set(said)) != len(said):
        raise Refused(Failure.CORRECTION_INCOMPLETE, paper=wordless[0].subject if wordless else "")


def missing(case: Case) -> tuple[str, ...]:
    """Return the papers that nobody gave: a notice that leaves one out would be a second one later."""
    return tuple(m.material for m in case.materials if m.how is MaterialHow.MISSING)


def last_day_to_mend(
    items: Iterable[str], catalogue: Catalogue, at: datetime, usual: Limit, table: WorkingDays
) -> date:
    """Return the last day of the wait: the longest limit among the items, the usual one where an item has none.

    Raises Refused(CALENDAR_ENDED) for a limit in working days beyond the table.
    """
    limits = {catalogue.items[item].correction or usual for item in items if item in catalogue.items}
    with calendar_told():
        return max(_ends(limit, at, table) for limit in limits or {usual})


def _ends(limit: Limit, at: datetime, table: WorkingDays) -> date:
    due = Course(at, limit).due(table, at) if limit.unit != "day" else None
    return due.on if due is not None else wait_until(today_at(at), limit)


def _tidied(gap: CorrectionGap) -> CorrectionGap:
    return replace(gap, why=gap.why.strip(), standard=gap.standard.strip(), how=gap.how.strip())
