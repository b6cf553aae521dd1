"""What can be said of card reading at this counter without naming a person: for the station page, doctor and support."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure


@dataclass(frozen=True, slots=True)
class ReadDone:
    """One read of today: which reader, how long, and why it was refused, if it was."""

    at: datetime
    reader: str  # "" when no reader was turned to: none, no card, no service
    ms: float
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class ReaderDay:
    """One reader over one day."""

    reader: str
    reads: int
    done: int
    mean_ms: float | None  # of the reads that were done
    refused: tuple[tuple[Failure, int], ...]  # most frequent first

    @property
    def success_rate(self) -> float:
        """Return which part of the reads was done, 0 to 1."""
        return self.done / self.reads if self.reads else 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """One command to the card and how long it took, driver and daemon included."""

    name: str
    ms: float


@dataclass(frozen=True, slots=True)
class ReaderFacts:
    """One reader: its name, the driver's vendor and version as far as it tells, and what it sees."""

    name: str
    driver: str
    presence: str
    atr: str  # hex; no person is in it


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All of it. `service` and `read` are "ok" or the code of a Failure; `read` is "" when there was no card to read."""

    taken_at: datetime
    service: str
    socket: str
    session: str
    readers: tuple[ReaderFacts, ...]
    read: str
    read_details: tuple[tuple[str, str], ...]
    read_ms: float | None
    steps: tuple[Step, ...]


def reader_days(reads: Iterable[ReadDone], today: date) -> tuple[ReaderDay, ...]:
    """Sum up the reads of one counter day, by reader name."""
    by_reader: dict[str, list[ReadDone]] = {}
    for read in reads:
        if today_at(read.at) == today:
            by_reader.setdefault(read.reader, []).append(read)
    return tuple(_day(reader, found) for reader, found in sorted(by_reader.items()))


def _day(reader: str, reads: list[ReadDone]) -> ReaderDay:
    done = [read.ms for read in reads if read.failure is None]
    refused = Counter(read.failure for read in reads if read.failure is not None)
    return ReaderDay(
        reader, len(reads), len(done), sum(done) / len(done) if done else None, tuple(refused.most_common())
    )
