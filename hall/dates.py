"""The hall's own dates of a case, out of the same room as the counter's; told to its station whenever they move."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from catalogue.model import Catalogue, Limit
from deadlines.course import Extension, Suspension
from deadlines.joint import Joint, joint
from deadlines.plan import NO_LIMIT, Dates, Part, plan
from deadlines.working_days import WorkingDays
from hall.calendar import current, table_of
from hall.feed import tell
from hall.tables import case_dates, cases, extensions, procedures, sub_cases
from wire.codec import decode, encode
from wire.dates import DatesTold, DatesWhy, Extended, ItemDates
from wire.messages import CaseAccepted, ChangeKind, Result
from wire.procedures import ProcedureBegun, ProcedureEnded

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ItemLimits:
    """What an item's release allowed when the case was accepted; None is no limit."""

    promised: Limit | None
    legal: Limit | None


@dataclass(frozen=True, slots=True)
class CaseClock:
    """What the clocks of a case need besides its rows: when it was accepted, by which table, and what was allowed."""

    start: datetime
    calendar: str
    limits: Mapping[str, ItemLimits]


def start_clocks(
    db: Connection,
    case: str,
    accepted: CaseAccepted,
    items: Iterable[str],
    catalogue: Catalogue,
    at: datetime,
) -> None:
    """Begin a case's clocks in the transaction of its acceptance, and tell its station the dates.

    A station whose clock is ahead must not gain a later day.
    """
    limits = {
        item: ItemLimits(found.promised, found.legal)
        for item in items
        if (found := catalogue.items.get(item)) is not None
    }
    clock = CaseClock(min(accepted.accepted_at, at), current(db).version, limits)
    db.execute(delete(case_dates).where(case_dates.c.case == case))  # of an acceptance that was taken back
    db.execute(insert(case_dates).values(case=case, clock=encode(clock), told="", beyond=0))
    tell_dates(db, case, DatesWhy.ACCEPTED, at)


def tell_dates(db: Connection, case: str, why: DatesWhy, at: datetime) -> None:
    """Compute again and tell the station when something moved. A case of before the hall computed is left alone."""
    row = db.execute(select(case_dates).where(case_dates.c.case == case)).first()
    if row is None:
        return
    clock, table = _clock_of(db, row)
    items = _items(db, case, clock)
    found, whole = compute(clock, items.parts, table, at), items.joint(clock, table, at)
    short = any(dates.missing for dates in found.values()) or (
        whole is not None and whole.missing is not None
    )
    if short and table.until < (newest := current(db)).until:
        # What was promised by a table that ends too soon is computed by the one that goes on.
        table, found = newest, compute(clock, items.parts, newest, at)
        whole = items.joint(clock, table, at)
    told = _told(at, why, table, found, whole)
    _note_days(db, case, told, items.standing)
    before = decode(DatesTold, row.told) if row.told else None
    if before is not None and _same(before, told):
        return
    beyond = int(told.joint_beyond or any(each.beyond or each.legal_beyond for each in told.items))
    db.execute(update(case_dates).where(case_dates.c.case == case).values(told=encode(told), beyond=beyond))
    tell(db, case, ChangeKind.DATES_TOLD, told)


def compute(
    clock: CaseClock, parts: tuple[Part, ...], table: WorkingDays, as_of: datetime
) -> Mapping[str, Dates]:
    """The hall's entry to the room of deadlines."""
    return plan(clock.start, parts, table, as_of)


def told_of(db: Connection, case: str) -> DatesTold | None:
    """Return what a station was told last of a case."""
    told = db.scalar(select(case_dates.c.told).where(case_dates.c.case == case))
    return decode(DatesTold, told) if told else None


def dates_of(db: Connection, case: str, at: datetime) -> tuple[Mapping[str, Dates], WorkingDays]:
    """Return the dates of a case's items as of now with the table they are by; none for a case of before there were any."""
    row = db.execute(select(case_dates).where(case_dates.c.case == case)).first()
    if row is None:
        return {}, current(db)
    clock, table = _clock_of(db, row)
    return compute(clock, _items(db, case, clock).parts, table, at), table


def joint_of(db: Connection, case: str, at: datetime) -> Joint | None:
    """Return the limit by law of a case that several departments handle together; None for any other case."""
    row = db.execute(select(case_dates).where(case_dates.c.case == case)).first()
    if row is None:
        return None
    clock, table = _clock_of(db, row)
    return _items(db, case, clock).joint(clock, table, at)


def tell_after_calendar(db: Connection, at: datetime) -> int:
    """Compute the cases again whose dates were beyond the table; return how many."""
    waiting = tuple(
        db.scalars(select(case_dates.c.case).where(case_dates.c.beyond == 1).order_by(case_dates.c.case))
    )
    for case in waiting:
        # Held as every step holds it: a decision at the same moment would write its dates by the table of before.
        db.execute(select(cases.c.id).where(cases.c.id == case).with_for_update())
        tell_dates(db, case, DatesWhy.CALENDAR, at)
    return len(waiting)


def _clock_of(db: Connection, row: Row[tuple[object, ...]]) -> tuple[CaseClock, WorkingDays]:
    clock = decode(CaseClock, str(row.clock))
    told = decode(DatesTold, str(row.told)) if row.told else None
    return clock, table_of(db, told.calendar if told else clock.calendar)


@dataclass(frozen=True, slots=True)
class _Items:
    """The items of a case as the room of deadlines takes them, and how many departments have them."""

    parts: tuple[Part, ...]
    departments: int

    @property
    def standing(self) -> frozenset[str]:
        """The items that are owed by no day now: decided, or with a clock that stands still."""
        return frozenset(
            part.key
            for part in self.parts
            if part.decided is not None or any(pause.ends is None for pause in part.pauses)
        )

    def joint(self, clock: CaseClock, table: WorkingDays, at: datetime) -> Joint | None:
        return joint(clock.start, self.parts, table, at) if self.departments > 1 else None


def _items(db: Connection, case: str, clock: CaseClock) -> _Items:
    rows = db.execute(select(sub_cases).where(sub_cases.c.case == case).order_by(sub_cases.c.id)).all()
    parts = tuple(
        part_of(
            str(row.item),
            clock.limits.get(str(row.item), ItemLimits(None, None)),
            tuple(json.loads(str(row.after))),
            _suspensions(db, int(row.id)),
            extensions_of(db, int(row.id)),
            decode(Result, str(row.result)).decided_at if row.result else None,
        )
        for row in rows
    )
    return _Items(parts, len({str(row.department) for row in rows}))


def _told(
    at: datetime, why: DatesWhy, table: WorkingDays, found: Mapping[str, Dates], whole: Joint | None
) -> DatesTold:
    return DatesTold(
        at,
        why,
        table.version,
        table.until,
        tuple(_item(*each) for each in found.items()),
        whole.due.on if whole is not None and whole.due is not None else None,
        joint_beyond=whole is not None and whole.missing is not None,
    )


def _note_days(db: Connection, case: str, told: DatesTold, standing: frozenset[str]) -> None:
    """Write down by when each item is owed, and the first of them with the case: what the board counts."""
    days = {each.item: each.promised_on.isoformat() for each in told.items if each.promised_on is not None}
    if any(each.beyond for each in told.items):
        # Beyond the hall's table what the station has promised stands.
        accepted = db.scalar(select(cases.c.accepted).where(cases.c.id == case))
        promised = decode(CaseAccepted, accepted).promised if accepted else {}
        days = {item: day.isoformat() for item, day in promised.items()} | days
    days = {item: day for item, day in days.items() if item not in standing}
    noted = [{"of_item": each.item, "due": days.get(each.item, "")} for each in told.items]
    of_item = (sub_cases.c.case == case) & (sub_cases.c.item == bindparam("of_item"))
    db.execute(update(sub_cases).where(of_item).values(due_on=bindparam("due")), noted)
    first = min(days.values(), default="")
    db.execute(update(cases).where(cases.c.id == case).values(due_on=first))


def _same(before: DatesTold, told: DatesTold) -> bool:
    """Say whether nothing moved between what was told and what is to be told."""
    return replace(before, at=told.at, why=told.why, calendar_until=told.calendar_until) == told


def part_of(
    item: str,
    limits: ItemLimits,
    after: tuple[str, ...],
    suspensions: tuple[Suspension, ...],
    granted: tuple[Extended, ...],
    decided: datetime | None,
) -> Part:
    """Map a row and what stands beside it to the room of deadlines."""
    longer = tuple(Extension(Limit(each.days, "workday")) for each in granted)
    promised, legal = limits.promised or NO_LIMIT, limits.legal or NO_LIMIT
    return Part(item, promised, legal, after, suspensions, longer, decided)


def extensions_of(db: Connection, task: int) -> tuple[Extended, ...]:
    """Return what was granted for a task, the first first."""
    rows = db.scalars(select(extensions.c.body).where(extensions.c.task == task).order_by(extensions.c.id))
    return tuple(decode(Extended, body) for body in rows)


def _suspensions(db: Connection, task: int) -> tuple[Suspension, ...]:
    rows = db.execute(select(procedures).where(procedures.c.task == task).order_by(procedures.c.id))
    return tuple(
        Suspension(
            decode(ProcedureBegun, row.begun).begun_at,
            decode(ProcedureEnded, row.ended).ended_at if row.ended else None,
        )
        for row in rows
    )


def _item(item: str, dates: Dates) -> ItemDates:
    promised, legal = dates.promised, dates.legal
    return ItemDates(
        item,
        promised.on if promised else None,
        promised.at if promised else None,
        legal.on if legal else None,
        beyond=dates.missing is not None,
        legal_beyond=dates.legal_missing is not None,
    )
