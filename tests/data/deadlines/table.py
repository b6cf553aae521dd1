"""The hand-made table: working days written out month by month, and cases with the day that a person counted on them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Stop:
    """A stretch that does not count: procedure or correction; without `end` nobody has ended it."""

    kind: str
    start: datetime
    end: datetime | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `limits` is one, or several that wait for each other."""

    id: str
    kind: str
    start: datetime
    limits: tuple[tuple[int, str], ...]
    stops: tuple[Stop, ...]
    extension: int
    as_of: datetime
    expected: str
    note: str

    @property
    def limit(self) -> tuple[int, str]:
        """The first, or only one."""
        return self.limits[0]


@lru_cache(maxsize=1)
def working_days() -> tuple[date, ...]:
    """Every working day of 2025 and 2026, as the notices of the State Council have them."""
    with (HERE / "working-days.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            date.fromisoformat(f"{row['month']}-{int(day):02d}")
            for row in csv.DictReader(file)
            for day in row["days"].split()
        )


@lru_cache(maxsize=1)
def rows() -> tuple[Row, ...]:
    """Every case of the table."""
    with (HERE / "cases.csv").open(encoding="utf-8", newline="") as file:
        return tuple(map(_row, csv.DictReader(file)))


def of_kind(*kinds: str) -> tuple[Row, ...]:
    """The cases of some kinds."""
    return tuple(row for row in rows() if row.kind in kinds)


def _row(said: dict[str, str]) -> Row:
    start = _at(said["start"])
    limits = tuple((int(n), unit) for n, unit in (part.split() for part in said["limit"].split(" > ")))
    stops = tuple(map(_stop, filter(None, said["pauses"].split("; "))))
    as_of = _at(said["as_of"]) if said["as_of"] else start
    return Row(
        said["id"],
        said["kind"],
        start,
        limits,
        stops,
        int(said["extension"] or 0),
        as_of,
        said["expected"],
        said["note"],
    )


def _stop(said: str) -> Stop:
    found = re.fullmatch(r"(procedure|correction) (\S+?)\.\.(\S*)(?: until (\S+))?", said)
    assert found, said
    kind, start, end, until = found.groups()
    return Stop(kind, _at(start), _at(end) if end else None, date.fromisoformat(until) if until else None)


def _at(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=BEIJING)
