"""Which signed requests were seen already: a bounded memory in this process (docs/decisions/019-devices.md says why there)."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable

from wire.http_signature import WINDOW_S

log = logging.getLogger(__name__)

# Seventy megabytes at most, in two halves. A busier process forgets earlier than the window, and says so once.
MOST = 500_000


class Nonces:
    """Remembers each nonce of each key for at least two windows: a request is good from one before its time to one after."""

    def __init__(self, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._lock = threading.Lock()
        self._new: set[int] = set()
        self._old: set[int] = set()
        self._since = clock()

    def seen(self, key: str, nonce: str) -> bool:
        """Remember a nonce; say whether it was remembered already. Safe to call from several threads."""
        mark = int.from_bytes(hashlib.blake2b(f"{key} {nonce}".encode(), digest_size=8).digest(), "big")
        with self._lock:
            self._turn()
            if mark in self._new or mark in self._old:
                return True
            self._new.add(mark)
            return False

    def _turn(self) -> None:
        full = len(self._new) >= self._most
        if not full and self._clock() - self._since < 2 * WINDOW_S:
            return
        if full:
            log.warning("nonces: %d in %.0f s, forgotten early", len(self._new), self._clock() - self._since)
        self._old, self._new, self._since = self._new, set(), self._clock()
