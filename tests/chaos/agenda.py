"""What a run must have seen before it may call itself one: each operation come through, each fault strike."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable


class Agenda:
    """Operations and faults by name, from several threads, with how often each has truly happened."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._wanted = tuple(dict.fromkeys(wanted))
        self._seen: Counter[str] = Counter()
        self._lock = threading.Lock()

    def saw(self, what: str) -> None:
        """It has happened, and not merely been tried."""
        with self._lock:
            self._seen[what] += 1

    def lacking(self) -> tuple[str, ...]:
        """Return what has not happened yet."""
        with self._lock:
            return tuple(each for each in self._wanted if not self._seen[each])

    def seen(self) -> dict[str, int]:
        """Return how often each has happened."""
        with self._lock:
            return dict(sorted(self._seen.items()))
