"""What a process holds: to be the same after the two hundredth time as after the tenth."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

GROWTH_KIB = 8 * 1024


@dataclass(frozen=True)
class Held:
    """What one process holds. A process that was replaced in between is another one, and is told as such."""

    process: str
    threads: int
    files: int
    resident_kib: int

    @classmethod
    def now(cls, process: int | str = "self") -> Held:
        told = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
        numbers = {
            key: rest.split()[0] for key, _, rest in (line.partition(":") for line in told) if rest.split()
        }
        files = len(list(Path(f"/proc/{process}/fd").iterdir()))
        return cls(numbers["Pid"], int(numbers["Threads"]), files, int(numbers["VmRSS"]))

    def assert_no_more_than(self, before: Held) -> None:
        assert self.process == before.process, "the process was restarted"
        assert self.threads <= before.threads
        assert self.files <= before.files
        assert self.resident_kib <= before.resident_kib + GROWTH_KIB
