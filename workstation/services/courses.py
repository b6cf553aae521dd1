"""A case's clocks: what the room of deadlines needs, out of case and catalogue. The only place that maps one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from catalogue.model import Catalogue, Limit
from deadlines.course import Course, Extension, Pause, Suspension, Wait
from deadlines.joint import Joint, joint
from deadlines.plan import NO_LIMIT, Dates, Part, plan
from deadlines.rules import NOTICE, Deemed, deemed
from deadlines.working_days import CalendarEnded, WorkingDays
from workstation.domain.case import Case, SubCase
from workstation.services.working_days import Tables, calendar_told


def dates_of(
    subs: tuple[SubCase, ...], catalogue: Catalogue, start: datetime, table: WorkingDays, as_of: datetime
) -> Mapping[str, Dates]:
    """Return what is owed for each item when the case is accepted at `start`, as far as the table knows."""
    return plan(start, _parts(subs, catalogue), table, as_of)


def joint_of(
    subs: tuple[SubCase, ...], catalogue: Catalogue, start: datetime, table: WorkingDays, as_of: datetime
) -> Joint | None:
    """Return the limit by law of items that several departments handle together, when accepted at `start`; None where one
    department has them all."""
    if len({sub.department for sub in subs}) < 2:
        return None
    return joint(start, _parts(subs, catalogue), table, as_of)


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


def waits_of(case: Case) -> tuple[Pause, ...]:
    """Return the corrections that were asked for: their time is not counted, and ends with its limit."""
    return tuple(Wait(each.asked_at, each.answered_at, each.until) for each in case.corrections)


def limits_of(item: str, catalogue: Catalogue) -> tuple[Limit, Limit]:
    """Return (promised, legal); an item that the release does not have has no limits."""
    found = catalogue.items.get(item)
    if found is None:
        return NO_LIMIT, NO_LIMIT
    return found.promised, found.legal or NO_LIMIT


def _parts(subs: tuple[SubCase, ...], catalogue: Catalogue) -> tuple[Part, ...]:
    there = {sub.item for sub in subs}
    return tuple(_part(sub, catalogue, there) for sub in subs)


def _part(sub: SubCase, catalogue: Catalogue, there: set[str]) -> Part:
    """`there` are the items that are looked at: one that was withdrawn is waited for by nobody."""
    promised, legal = limits_of(sub.item, catalogue)
    return Part(
        key=sub.item,
        promised=promised,
        legal=legal,
        after=tuple(item for item in sub.after if item in there),
        pauses=tuple(Suspension(each.begun_at, each.ended_at) for each in sub.procedures),
        extensions=tuple(Extension(Limit(each.days, "workday")) for each in sub.extensions),
        decided=sub.result.decided_at if sub.result is not None else None,
    )
