"""看板: how much stands at each counter of the hall, and at this workstation when the hall is away. Numbers, no persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wire.board import BoardRow, HallBoard
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.work_lists import ListKind, ListWanted, Start
from workstation.services.queueing import queue_of
from workstation.services.seat import Seat


@dataclass(frozen=True, slots=True)
class LocalBoard:
    """What this workstation knows by itself. `heard_at` is when the hall was last heard, None for never."""

    at: datetime
    today: date
    row: BoardRow
    heard_at: datetime | None
    waiting: int = 0  # in the queue of this workstation
    waits_since: datetime | None = None


class Board(Seat):
    """What a supervisor or an auditor sees of the counters."""

    def hall_board(self) -> HallBoard:
        """See DeskApi. (net)"""
        clerk = self._gate.may(Deed.BOARD_SEEN)
        line = self._gate.line
        if line is None:
            raise Refused(Failure.STATION_NOT_ENROLLED)
        return line.hall.board(clerk.login)

    def local_board(self) -> LocalBoard:
        """See DeskApi."""
        self._gate.may(Deed.BOARD_SEEN)
        now = self._now()
        today = today_at(now)
        with self._gate.open_unit() as unit:

            def count(kind: ListKind) -> int:
                return unit.lists.count(ListWanted(kind), today)

            # The oldest comes first in this list: one row says how long somebody has waited.
            first = unit.lists.places(ListWanted(ListKind.TO_ACCEPT), today, Start(), 1)
            oldest = unit.cases.at([each.place for each in first])
            row = BoardRow(
                station=self._gate.enrolment.station,
                station_name=self._gate.enrolment.station_name,
                window="",
                open=count(ListKind.OPEN),
                due_today=count(ListKind.DUE_TODAY),
                overdue=count(ListKind.OVERDUE),
                queue=count(ListKind.TO_ACCEPT),
                oldest=oldest[0].received_at if oldest else None,
                level=self._gate.enrolment.level,
            )
            queue = queue_of(unit, now)
        line = self._gate.line
        heard = line.link()[1] if line is not None else None
        return LocalBoard(now, today, row, heard, len(queue.waiting), queue.oldest)
