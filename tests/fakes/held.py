"""What a process holds: to be the same after the two hundredth time as after the tenth."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

GROWTH_KIB = 8 * 1024


@dataclass(frozen=True)
class Held:
    """What this process holds."""

    threads: int
    files: int
    resident_kib: int

    @classmethod
    def now(cls) -> Held:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
        return cls(threading.active_count(), len(list(Path("/proc/self/fd").iterdir())), resident)

    def assert_no_more_than(self, before: Held) -> None:
        assert self.threads <= before.threads
        assert self.files <= before.files
        assert self.resident_kib <= before.resident_kib + GROWTH_KIB
