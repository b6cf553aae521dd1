"""Purging: what the hall has and nobody needs here any more is destroyed, with its keys; a report without persons stays."""

from __future__ import annotations

import logging
from collections import Counter as Tally
from collections.abc import Callable
from datetime import date, datetime, timedelta

from catalogue.model import Catalogue, Limit
from wire.codec import encode
from workstation.domain.case import ENDED_EARLY, Case
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import today_at
from workstation.domain.sheet import Fate, VoidReason, settled
from workstation.services.ports import Catalogues, Clock, Unit
from workstation.services.rooms import Store
from workstation.services.views import PurgeView

log = logging.getLogger(__name__)

# As long as what somebody gave before may be offered again (services.reuse): a shorter time is the item's to say.
KEPT_FOR = Limit(730, "day")
LEAST = timedelta(days=1)  # nothing is looked at before that
_INDEXED = 50  # about twenty milliseconds
# A hall that loses its disk is restored from a backup of some days ago: until then the station can send its steps again
# (docs/decisions/016-healing.md).
SENT_AGAIN = timedelta(days=30)
# What nobody has said of a sheet without a case by then, nobody will say: its content goes, its serial stays.
FORGOTTEN_AFTER = timedelta(days=30)
# What one shift writes to the next may name somebody, and has done its work when the next one has read it: a quarter, so that
# whoever comes back from a long absence still finds it (docs/decisions/034).
REMARK_KEPT = timedelta(days=90)
_BATCH = 200  # cases in one commit, so that the counter never waits long


def purge(
    store: Store, catalogues: Catalogues, clock: Clock, *, actor: str, dry_run: bool = False
) -> PurgeView:
    """Destroy concluded, refused and voided cases whose time is over, and scans that nobody names.

    Never what is open, held, or not at the hall to the last step and scan for SENT_AGAIN; such cases are counted as
    `kept_unsent`. What a shift wrote to the next goes after REMARK_KEPT.
    The rule is each item's `retention`, the longest of a case's items; KEPT_FOR where an item says nothing.
    """
    at = clock()
    due, unsent = _due(store, catalogues, at)
    counts: Tally[str] = Tally()
    done: list[str] = []
    if dry_run:
        return PurgeView(at, tuple(case.id for case, _ in due), {"cases": len(due)}, _rule(), unsent)
    for start in range(0, len(due), _BATCH):
        with store.unit() as unit:
            for case, rule in due[start : start + _BATCH]:
                # Asked again in this transaction: a step may have come in between.
                if not unit.purges.unsent(case.id, at - SENT_AGAIN):
                    counts.update(_purge_one(unit, case, rule, clock, actor))
                    done.append(case.id)
            unit.commit()
    with store.unit() as unit:
        counts["forgotten_sheets"] += _forget_sheets(unit, at, actor)
        counts["tickets"] += unit.tickets.drop_before(today_at(at - FORGOTTEN_AFTER))
        counts["scans"] += unit.purges.orphans(at - SENT_AGAIN)
        counts["remarks"] += unit.purges.remarks(at - REMARK_KEPT)
        counts = +counts
        view = PurgeView(at, tuple(done), dict(counts), _rule(), unsent)
        if counts:
            view = _report(unit, view)
        unit.commit()
    while done and _index_anew(store):
        pass
    # Also without anything due: keys of discarded drafts wait for it.
    store.scrub()
    return view


def kept_until(case: Case, catalogue: Catalogue) -> tuple[date, str] | None:
    """Return until when a case is kept and by which rule, None while it is open."""
    if case.ended_at is None or not (case.decided or case.status in ENDED_EARLY):
        return None
    ended = today_at(case.ended_at)
    limits = [
        (catalogue.items[sub.item].retention if sub.item in catalogue.items else None) or KEPT_FOR
        for sub in case.sub_cases
    ]
    last = max(limits, key=lambda limit: _after(ended, limit))
    return _after(ended, last), f"P{last.n}{_LETTERS[last.unit]}"


_LETTERS = {"day": "D", "workday": "D", "month": "M"}


def _after(day: date, limit: Limit) -> date:
    # A month is 31 days and a working day never less than a day: what is kept a little longer harms less.
    days = {"day": 1, "workday": 2, "month": 31}.get(limit.unit, 1) * limit.n
    return day + timedelta(days=days)


def _due(store: Store, catalogues: Catalogues, at: datetime) -> tuple[list[tuple[Case, str]], int]:
    """Look through the concluded cases, some at a time, so that the counter never waits long for the store."""
    found: list[tuple[Case, str]] = []
    unsent = skip = 0
    while True:
        with store.unit() as unit:
            some = unit.cases.ended_before(at - LEAST, _BATCH, skip)
            for case in some:
                kept = kept_until(case, catalogues.of(case.catalogue))
                if kept is None or kept[0] > today_at(at):
                    continue
                if unit.purges.unsent(case.id, at - SENT_AGAIN):
                    unsent += 1
                else:
                    # A page is to be looked at; what this version cannot read whole, it does not destroy.
                    found.append((unit.cases.get(case.id), kept[1]))
        if len(some) < _BATCH:
            return found, unsent
        skip += _BATCH


def _purge_one(unit: Unit, case: Case, rule: str, clock: Clock, actor: str) -> dict[str, int]:
    gone = dict(unit.purges.purge(case.id))
    said = " ".join(f"{kind}={count}" for kind, count in sorted(gone.items()) if count)
    unit.audit.note(
        at=clock(), actor=actor, deed=Deed.PURGED, case=case.id, note=f"{case.receipt_no} {rule} {said}"
    )
    return gone


def _forget_sheets(unit: Unit, at: datetime, actor: str) -> int:
    """Declare sheets of no case, or of a draft thrown away, void that nobody has accounted for in time; return how many, at
    most _BATCH a day."""
    found = unit.sheets.forsaken(at - FORGOTTEN_AFTER, _BATCH)
    for sheet in found:
        unit.sheets.save(settled(sheet, Fate.VOID, actor, at, VoidReason.FORGOTTEN))
        note = f"{sheet.serial} {VoidReason.FORGOTTEN.value}"
        unit.audit.note(at=at, actor=actor, deed=Deed.SHEET_SETTLED, note=note)
    return len(found)


def _index_anew(store: Store) -> bool:
    """Write some cases down under another key: only then is the key gone under which the purged ones were written."""
    with store.unit() as unit:
        left = unit.cases.make_findable(_INDEXED)
        unit.commit()
    return left > 0


def _report(unit: Unit, view: PurgeView) -> PurgeView:
    number = unit.purges.keep_report(view.at, encode(view))
    return PurgeView(view.at, view.cases, view.counts, view.rule, view.kept_unsent, number)


def _rule() -> str:
    return f"item retention, else P{KEPT_FOR.n}D after the conclusion"


class DailyPurge:
    """Purges at the start and when the day changes; implements sync.engine.Carrier, so that no person waits for it."""

    def __init__(self, store: Callable[[], Store], catalogues: Catalogues, clock: Clock) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock
        self._done_on: date | None = None

    def carry(self) -> bool:
        """Purge once a day; never True."""
        today = today_at(self._clock())
        if self._done_on != today:
            self._done_on = today
            view = purge(self._store(), self._catalogues, self._clock, actor="station")
            log.info("purge: %s kept_unsent=%s", dict(view.counts), view.kept_unsent)
        return False
