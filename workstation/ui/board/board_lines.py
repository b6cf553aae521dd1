"""The lines of the board: by window, by level of the office, or by the department that has to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from catalogue.model import Text
from wire.board import BoardRow, OwnerRow
from workstation.services.routing import LEVELS
from workstation.ui import text
from workstation.ui.language import translate
from workstation.ui.words import supervision as words


class Grouping(StrEnum):
    """What a line of the board is about."""

    WINDOW = "window"
    LEVEL = "level"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its numbers; `oldest` is when the first in the queue came."""

    name: str
    open: int
    due_today: int
    overdue: int
    queue: int
    oldest: datetime | None


def windows(rows: tuple[BoardRow, ...]) -> tuple[Line, ...]:
    """Return a line for each window; offices are named where there are several."""
    several = len({row.station for row in rows}) > 1
    return tuple(_line(_window(row, several=several), (row,)) for row in rows)


def levels(rows: tuple[BoardRow, ...]) -> tuple[Line, ...]:
    """Return a line for each level, the highest first, with how many offices of it have something open."""
    found: dict[str, list[BoardRow]] = defaultdict(list)
    for row in rows:
        found[LEVELS.get(row.level, "")].append(row)
    said = translate("BoardLine", "{0}（{1} 个机构）")
    return tuple(
        _line(said.format(words.level(code), len({row.station for row in found[code]})), found[code])
        for code in sorted(found)
    )


def owners(rows: tuple[OwnerRow, ...]) -> tuple[Line, ...]:
    """Return a line for each department that has something to decide."""
    return tuple(_line(text.said(Text(row.name, row.name_en)), (row,)) for row in rows)


def _window(row: BoardRow, *, several: bool) -> str:
    said = (
        translate("BoardLine", "{0} 号窗口").format(row.window)
        if row.window
        else translate("BoardLine", "本工位")
    )
    return f"{row.station_name} {said}" if several else said


def _line(name: str, rows: Iterable[BoardRow | OwnerRow]) -> Line:
    some = tuple(rows)
    return Line(
        name,
        sum(row.open for row in some),
        sum(row.due_today for row in some),
        sum(row.overdue for row in some),
        sum(row.queue for row in some),
        min((row.oldest for row in some if row.oldest is not None), default=None),
    )
