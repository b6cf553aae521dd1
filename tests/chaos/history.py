"""The history of a run: every call as it was made and as it ended, one JSON object a line, on the disk before anything follows."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

# unknown: the answer was lost with the process or the line; it may have happened.
Phase = Literal["invoke", "ok", "fail", "unknown", "info"]


@dataclass(frozen=True, slots=True)
class Event:
    """One line. `call` joins an invocation and its end; `at` is seconds since the run began; `said` are ids and codes."""

    call: int
    process: str
    op: str
    phase: Phase
    at: float
    said: dict[str, Any] = field(default_factory=dict)


class History:
    """Writes a history, from several threads."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("w", encoding="utf-8")
        self._lock = threading.Lock()
        self._calls = 0
        self._begun = time.monotonic()
        self.events: list[Event] = []

    def invoke(self, process: str, op: str, said: dict[str, Any]) -> int:
        """Note that a call is about to be made; return its number."""
        with self._lock:
            self._calls += 1
            self._write(Event(self._calls, process, op, "invoke", self._now(), said))
            return self._calls

    def end(self, call: int, process: str, op: str, phase: Phase, said: dict[str, Any]) -> None:
        """Note how a call ended."""
        with self._lock:
            self._write(Event(call, process, op, phase, self._now(), said))

    def info(self, process: str, op: str, said: dict[str, Any]) -> None:
        """Note what the nemesis does."""
        with self._lock:
            self._write(Event(0, process, op, "info", self._now(), said))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _now(self) -> float:
        return round(time.monotonic() - self._begun, 4)

    def _write(self, event: Event) -> None:
        self._file.write(json.dumps(asdict(event), ensure_ascii=False) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self.events.append(event)


def read(lines: Iterable[str]) -> list[Event]:
    """Read a history that was written."""
    return [Event(**json.loads(line)) for line in lines]
