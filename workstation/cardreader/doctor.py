"""main.py doctor: what is wrong with card reading here, in words, with the remedy of docs/failures.md."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from workstation.cardreader import bundle
from workstation.cardreader.day_book import DayBook
from workstation.cardreader.diagnosis import diagnose
from workstation.cardreader.look import OK
from workstation.cardreader.worker_process import CardWorker, command
from workstation.domain.counter_time import today_at
from workstation.domain.diagnosis import Diagnosis, ReaderDay, reader_days
from workstation.domain.failures import Failure

FINE, SICK = 0, 1
_PAGE = Path(__file__).resolve().parents[2] / "docs" / "failures.md"


def run(
    *,
    as_json: bool,
    timeout_s: float,
    psam_reader: str | None = None,
    book: Path | None = None,
    log: Path | None = None,
    keep: bool = False,
) -> int:
    """Print the diagnosis; return 0 when a card could be read now, or could be if there were one.

    `book` is the folder with the day's reads of the station on this machine; with `keep` the redacted bundle, `log`
    in it, is written there and its path printed.
    """
    worker = CardWorker(timeout_s, command(psam_reader))
    try:
        found = diagnose(worker)
    finally:
        worker.close()
    failure = trouble(found)
    reads = DayBook(book).reads()
    days = reader_days(reads, today_at(found.taken_at))
    kept = str(bundle.keep(book, found, reads, log)) if keep and book is not None else None
    if as_json:
        told = {**asdict(found), "taken_at": found.taken_at.isoformat(), "failure": failure}
        told |= {"today": [bundle.day_of(day) for day in days], "kept": kept}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(lines(found, days)) + "\n")
        if kept is not None:
            sys.stdout.write(f"kept: {kept}\n")
    return SICK if failure else FINE


def trouble(found: Diagnosis) -> Failure | None:
    """Return the first thing that is wrong, None when nothing is."""
    if found.service != OK:
        return Failure(found.service)
    if not found.readers:
        return Failure.READER_MISSING
    if any(reader.presence == "mute" for reader in found.readers):
        return Failure.CARD_MUTE
    return None if found.read in {"", OK} else Failure(found.read)


def lines(found: Diagnosis, days: Iterable[ReaderDay] = ()) -> list[str]:
    """Write the diagnosis for a person."""
    told = [f"card service: {found.service} ({found.socket})", f"session: {found.session}"]
    if found.session == "remote":
        told.append("  the readers of a remote session are those of the machine that runs this program")
    told += [
        f"reader: {reader.name} [{reader.driver or 'driver unknown'}] {reader.presence} {reader.atr}"
        for reader in found.readers
    ]
    if found.read == OK and found.read_ms is not None:
        told.append(f"read: done in {found.read_ms:.0f} ms")
    elif found.read:
        details = ", ".join(f"{name}={value}" for name, value in found.read_details)
        told.append(f"read: {found.read} {details}".rstrip())
    else:
        told.append("read: not tried, no card is in a reader")
    told += [f"  {step.ms:7.1f} ms  {step.name}" for step in found.steps]
    told += [_day(day) for day in days]
    failure = trouble(found)
    return told if failure is None else [*told, "", *explained(failure)]


def _day(day: ReaderDay) -> str:
    mean = "" if day.mean_ms is None else f", mean {day.mean_ms:.0f} ms"
    refused = "".join(f", {failure.value} {count}" for failure, count in day.refused)
    return f"today: {day.reader or 'no reader'}: {day.done} of {day.reads} read ({day.success_rate:.0%}){mean}{refused}"


def explained(failure: Failure, page: Path = _PAGE) -> list[str]:
    """Quote cause and remedy of a failure from docs/failures.md; the code alone where the page is not installed."""
    if not page.is_file():
        return [failure.value]
    section = re.search(
        rf"^## {failure.value}$(.*?)(?=^## |\Z)", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return [failure.value, *(section.group(1).strip().splitlines() if section else [])]
