"""A case's clocks: what the room of deadlines needs, out of case and catalogue. The only place that maps one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from catalogue.model import Catalogue, Limit
from deadlines.course import Course, Pause, Suspension
from deadlines.plan import NO_LIMIT, Dates, Part, plan
from deadlines.rules import NOTICE, Deemed, deemed
from deadlines.working_days import CalendarEnded, WorkingDays
from workstation.domain.case import Case, SubCase
from workstation.services.working_days import Tables, calendar_told


def dates_of(
    subs: tuple[SubCase, ...], catalogue: Catalogue, start: datetime, table: WorkingDays, as_of: datetime
) -> Mapping[str, Dates]:
    """Return what is owed for each item when the case is accepted at `start`. Raises Refused(CALENDAR_ENDED)."""
    with calendar_told():
        return plan(start, tuple(_part(sub, catalogue) for sub in subs), table, as_of)


def deemed_of(case: Case, table: WorkingDays) -> Deemed:
    """Return when the receipt counts as acceptance if nobody says anything (domain.md 0.3). Raises Refused(CALENDAR_ENDED)."""
    with calendar_told():
        return deemed(case.received_at, table, waits_of(case))


def notice_by(at: datetime, tables: Tables) -> date | None:
    """Return the last day for a word on what was received at a time; None beyond the table: no receipt waits for a table."""
    try:
        return deemed(at, tables.current()).last_day
    except CalendarEnded:
        return None


def notice_course(case: Case) -> Course:
    """Return the clock from the receipt to the notice: five working days."""
    return Course(case.received_at, NOTICE, waits_of(case))


def waits_of(_case: Case) -> tuple[Pause, ...]:
    """Return the corrections that were asked for: their time is not counted."""
    return ()


def limits_of(item: str, catalogue: Catalogue) -> tuple[Limit, Limit]:
    """Return (promised, legal); an item that the release does not have has no limits."""
    found = catalogue.items.get(item)
    if found is None:
        return NO_LIMIT, NO_LIMIT
    return found.promised, found.legal or NO_LIMIT


def _part(sub: SubCase, catalogue: Catalogue) -> Part:
    promised, legal = limits_of(sub.item, catalogue)
    return Part(
        key=sub.item,
        promised=promised,
        legal=legal,
        after=sub.after,
        pauses=tuple(Suspension(each.begun_at, each.ended_at) for each in sub.procedures),
        decided=sub.result.decided_at if sub.result is not None else None,
    )
