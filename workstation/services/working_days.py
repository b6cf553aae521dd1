"""The tables of working days at this desk: the hall's, else its own, else the one that came along; none is ever forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from deadlines.working_days import CalendarEnded, WorkingDays, read
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import Calendars

National = Callable[[], WorkingDays]


class Tables:
    """What a desk computes by; made anew for each unit."""

    def __init__(self, kept: Calendars, national: National) -> None:
        """`national` is the table that came along, loaded when it is first wanted."""
        self._kept = kept
        self._national = national
        self._read: dict[str, WorkingDays] = {}

    def current(self) -> WorkingDays:
        """Return what new cases are computed by: a station's own table only where the hall has none."""
        newest = self._kept.newest(own=False) or self._kept.newest(own=True)
        return read(newest) if newest is not None else self._national()

    def of(self, version: str) -> WorkingDays:
        """Return the table that a case was computed by; the current one for a case of before tables had versions."""
        if version not in self._read:
            kept = self._kept.get(version) if version else None
            national = self._national() if kept is None else None
            if kept is not None:
                self._read[version] = read(kept)
            elif national is not None and national.version == version:
                self._read[version] = national
            else:
                self._read[version] = self.current()
        return self._read[version]


@contextmanager
def calendar_told() -> Iterator[None]:
    """Tell the end of a table in our words: Refused(CALENDAR_ENDED, day)."""
    try:
        yield
    except CalendarEnded as ended:
        raise Refused(Failure.CALENDAR_ENDED, day=ended.day.isoformat()) from None
