"""Who has the turn to write to a SQLite hall, and whether that process was stopped: the kernel knows both and is asked only by
whoever has to wait."""

from __future__ import annotations

import sqlite3
from pathlib import Path

_LOCKS, _PROCESSES = Path("/proc/locks"), Path("/proc")
# Of /proc/PID/stat: stopped by a signal, or by a debugger.
_STILL = frozenset({b"T", b"t"})


class TurnHeld(sqlite3.OperationalError):
    """The turn is not to be had; `by` is the process that has it and stands still, None where it only takes long."""

    sqlite_errorname = "SQLITE_BUSY"

    def __init__(self, by: int | None) -> None:
        super().__init__(
            "the turn to write is held" + (f" by process {by}, which stands still" if by else "")
        )
        self.by = by


def standing_holder(door: Path) -> int | None:
    """Return the process that has the lock (flock) of a file and was stopped (SIGSTOP, a debugger); None when nobody has it, when it
    is at work, and where the kernel tells nothing of it (no Linux, another container)."""
    try:
        holder = _holder(door.stat().st_ino)
        # The name in it was cut after so many bytes: it need not be a text.
        stat = (_PROCESSES / str(holder) / "stat").read_bytes() if holder else b""
    except OSError:
        return None
    return holder if stat.rpartition(b") ")[2][:1] in _STILL else None


def _holder(inode: int) -> int:
    # "1: FLOCK  ADVISORY  WRITE 4711 08:01:1234 0 EOF"; with "->" behind its number it is one that waits.
    for line in _LOCKS.read_text().splitlines():
        if f":{inode} " in line and " FLOCK " in line and "->" not in line:
            return int(line.split()[4])
    return 0
