"""What an acceptance today would mean, before anybody promises it: for each item, for the matter, and for the silence."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

from catalogue.model import Catalogue
from deadlines.rules import deemed
from deadlines.working_days import CalendarEnded, WorkingDays
from wire.lifecycle import BEFORE_ACCEPTANCE
from workstation.domain.case import Case, SubCase
from workstation.domain.counter_time import today_at
from workstation.services.courses import dates_of, joint_of, waits_of
from workstation.services.views import PromiseView, WhatIfView


class WhatIf:
    """The items of a visit as if they were accepted now; `case` is there once they were received."""

    def __init__(
        self,
        subs: tuple[SubCase, ...],
        catalogue: Catalogue,
        table: WorkingDays,
        now: datetime,
        case: Case | None,
    ) -> None:
        self._subs, self._catalogue, self._table, self._now, self._case = subs, catalogue, table, now, case
        # Once it is accepted the days are those of the acceptance, not of today.
        self._start = case.accepted_at if case is not None and case.accepted_at is not None else now
        self._dates = dates_of(subs, catalogue, self._start, table, now)

    def promises(self) -> tuple[PromiseView, ...]:
        """Return the days of each item; none where the table ends too soon: acceptance says why."""
        return tuple(map(self._promise, self._subs))

    def _promise(self, sub: SubCase) -> PromiseView:
        item, owed = self._catalogue.items[sub.item], self._dates[sub.item]
        return PromiseView(
            item.name,
            owed.promised.on if owed.promised else None,
            tuple(self._catalogue.items[each].name for each in sub.after),
            owed.promised.at if owed.promised else None,
            owed.legal.on if owed.legal else None,
            item.promised,
        )

    def whole(self) -> WhatIfView:
        """Return what it means for the whole matter, and until when somebody has to say what is missing."""
        due = [owed.promised.on for owed in self._dates.values() if owed.promised is not None]
        missing = next((owed.missing for owed in self._dates.values() if owed.missing is not None), None)
        case = self._case
        return WhatIfView(
            today_at(self._now),
            max(due) if due and missing is None else None,
            self._notice(),
            self._joint(),
            missing,
            received=case is not None and case.status in BEFORE_ACCEPTANCE,
        )

    def _notice(self) -> date | None:
        received = self._case.received_at if self._case is not None else self._now
        waits = waits_of(self._case) if self._case is not None else ()
        with suppress(CalendarEnded):
            return deemed(received, self._table, waits).last_day
        return None

    def _joint(self) -> date | None:
        found = joint_of(self._subs, self._catalogue, self._start, self._table, self._now)
        return found.due.on if found is not None and found.due is not None else None
