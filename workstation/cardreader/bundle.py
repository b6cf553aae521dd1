"""The diagnosis as a file for whoever helps from afar: redacted, so that it may leave the house."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Iterable
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from workstation.cardreader.atr import parse_atr
from workstation.cardreader.unreadable import Unreadable
from workstation.domain.counter_time import COUNTER_ZONE, today_at
from workstation.domain.diagnosis import Diagnosis, ReadDone, ReaderDay, reader_days

_LAST_LINES = 200
_LAST_BYTES = 64 * 1024
_LIBRARIES = ("pyscard", "pyserial", "PySide6-Essentials")
# Whatever is long enough to be somebody's number, phone or card: ids of ours have letters and dashes between.
_NUMBERS = re.compile(r"(?<![0-9A-Za-z-])\d{11,}[0-9Xx]?(?![0-9A-Za-z-])")
_TRAFFIC = " TRAFFIC "


def keep(folder: Path, found: Diagnosis, reads: Iterable[ReadDone], log: Path | None) -> Path:
    """Write the bundle into `folder`, readable by the owner only; return its path."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    # The clerk reads the name on the screen's own clock.
    path = folder / f"{found.taken_at.astimezone(COUNTER_ZONE):%Y%m%d-%H%M%S}.json"
    body = bundle(found, reads, _last_lines(log))
    path.touch(mode=0o600)
    path.write_text(json.dumps(body, default=str, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def bundle(found: Diagnosis, reads: Iterable[ReadDone], log: Iterable[str] = ()) -> dict[str, object]:
    """Put together what helps: the diagnosis, the day of each reader, versions, the log without card bytes."""
    told = asdict(found)
    for reader in told["readers"]:
        reader["atr"] = without_serial(reader["atr"])
    return {
        **told,
        "socket": _homeless(found.socket),
        "today": [day_of(day) for day in reader_days(reads, today_at(found.taken_at))],
        "machine": {
            "system": platform.platform(),
            "python": platform.python_version(),
            **{name: _version(name) for name in _LIBRARIES},
        },
        "log": [redacted(line) for line in log if _TRAFFIC not in line],
    }


def day_of(day: ReaderDay) -> dict[str, object]:
    """Write one reader's day with plain values."""
    return {
        "reader": day.reader,
        "reads": day.reads,
        "done": day.done,
        "success_rate": day.success_rate,
        "mean_ms": day.mean_ms,
        "refused": {failure.value: count for failure, count in day.refused},
    }


def without_serial(atr: str) -> str:
    """Blot out the serial that a social security card carries in its answer to reset: it names one card."""
    try:
        raw = bytes.fromhex(atr)
        parsed = parse_atr(raw)
    except (Unreadable, ValueError):
        # Nobody knows what stands where in it, so only its length is told.
        return f"({len(atr) // 2} bytes)" if atr else ""
    if parsed.serial is None:
        return atr
    ends = raw.rindex(parsed.historical) + len(parsed.historical)
    begins = ends - len(parsed.serial)
    return f"{atr[: 2 * begins]}{'*' * (2 * len(parsed.serial))}{atr[2 * ends :]}"


def redacted(line: str) -> str:
    """Blot out what could be a person's number, and the name of who is logged in on this machine."""
    return _homeless(_NUMBERS.sub("***", line))


def _homeless(text: str) -> str:
    return text.replace(str(Path.home()), "~") if len(str(Path.home())) > 1 else text


def _last_lines(log: Path | None) -> list[str]:
    if log is None:
        return []
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - _LAST_BYTES))
            return file.read().decode("utf-8", errors="replace").splitlines()[-_LAST_LINES:]
    except OSError:
        return []


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
