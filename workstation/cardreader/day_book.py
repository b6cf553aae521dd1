"""The day's reads in a small file: reader, time, outcome, never a person. A restart keeps them, and doctor reads them."""

from __future__ import annotations

import json
import logging
import os
from collections import deque
from datetime import datetime
from pathlib import Path

from workstation.domain.counter_time import today_at
from workstation.domain.diagnosis import ReadDone
from workstation.domain.failures import Failure

MOST_READS = 5000  # more than a counter reads in a day
_LARGEST = 2_000_000  # bytes; whatever is longer was not written by us
_NAME = "card-reads.jsonl"

log = logging.getLogger("workstation.cardreader")


class DayBook:
    """What was read today, in memory and, with a folder, on disk as well."""

    def __init__(self, folder: Path | None = None) -> None:
        """Take up what the file of `folder` knows; what is none of our lines is passed over."""
        self._path = None if folder is None else folder / _NAME
        self._reads: deque[ReadDone] = deque(
            () if self._path is None else _written(self._path), maxlen=MOST_READS
        )

    def note(self, read: ReadDone) -> None:
        """Add a read. A disk that does not take it costs the book a line and the counter nothing."""
        new_day = not self._reads or today_at(self._reads[-1].at) != today_at(read.at)
        # A deque takes an entry whole, from whichever thread has read.
        self._reads.append(read)
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            begins = os.O_TRUNC if new_day else os.O_APPEND
            line = os.open(self._path, os.O_CREAT | os.O_WRONLY | begins, 0o600)
            try:
                os.write(line, _line(read))
            finally:
                os.close(line)
        except OSError as error:
            log.warning("a read was not written into the day's book: %s", type(error).__name__)

    def reads(self) -> tuple[ReadDone, ...]:
        """Return the latest reads, oldest first."""
        return tuple(self._reads)


def _line(read: ReadDone) -> bytes:
    failure = None if read.failure is None else read.failure.value
    told = {"at": read.at.isoformat(), "reader": read.reader, "ms": round(read.ms, 1), "failure": failure}
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _written(path: Path) -> list[ReadDone]:
    try:
        with path.open("rb") as book:
            lines = book.read(_LARGEST).splitlines()
    except OSError:
        return []
    return [read for line in lines if (read := _read_of(line)) is not None]


def _read_of(line: bytes) -> ReadDone | None:
    """Read one line; None for a torn one and for one that an older or newer program wrote otherwise."""
    try:
        match json.loads(line):
            case {"at": str(at), "reader": str(reader), "ms": int() | float() as ms, "failure": None}:
                return ReadDone(_moment(at), reader, float(ms))
            case {"at": str(at), "reader": str(reader), "ms": int() | float() as ms, "failure": str(code)}:
                return ReadDone(_moment(at), reader, float(ms), Failure(code))
            case _:
                return None
    except (ValueError, OverflowError, RecursionError):
        return None


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("no zone")
    return at
