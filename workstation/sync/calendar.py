"""The hall's table of working days: fetched now and then, believed only when the hall signed it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from wire.calendar import WorkingDayTable
from wire.messages import Enrolment
from workstation.sync.halls_word import WordPuller


class Source(Protocol):
    """Where the table comes from."""

    def calendar(self) -> WorkingDayTable:
        """Return the hall's table as of now. Raises Refused."""
        ...


class CalendarPuller(WordPuller[WorkingDayTable]):
    """Implements sync.engine.Carrier. `take` stores a table and says whether it is another one."""

    def __init__(
        self,
        source: Source,
        enrolment: Enrolment,
        take: Callable[[WorkingDayTable], bool],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(
            source.calendar, enrolment, take, clock, lambda table: f"working days {table.version}"
        )
