"""`main.py stick export|import`: the queue as sealed files for the hall, and its receipts back, without the window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from wire.codec import encode
from workstation import bootstrap
from workstation.commands.key import store_key
from workstation.domain.failures import Failure, Refused
from workstation.services.rooms import Sticks
from workstation.settings import Settings
from workstation.storage.database import open_store

_BY = "station"  # nobody is signed in: whoever has the key of the store may do this


def export(settings: Settings, passphrase_file: Path | None, folder: Path, *, as_json: bool) -> int:
    """Write everything that waits; 0 when it was written, 1 when it was refused and why is said, 2 without a store."""

    def write(sticks: Sticks) -> str:
        made = sticks.write(str(folder), _BY)
        if as_json:
            return encode(made) + "\n"
        lines = [f"{path}\n" for path in made.files]
        return "".join(lines) + f"{made.steps} steps, {made.scans} scans, {made.left_out} scans left out\n"

    return _with_sticks(settings, passphrase_file, write)


def take(settings: Settings, passphrase_file: Path | None, file: Path, *, as_json: bool) -> int:
    """Read receipts of the hall; 0 when they were taken, 1 when they were refused and why is said, 2 without a store."""

    def read(sticks: Sticks) -> str:
        got = sticks.read(str(file), _BY)
        if as_json:
            return encode(got) + "\n"
        said = (
            f"{got.settled} steps signed for, {got.known} known before, {got.parked} need a person, "
            f"{got.waiting} wait; {got.scans} scans, {got.changes} changes\n"
        )
        if got.missing_parts:
            said += f"parts the hall has not seen: {' '.join(map(str, got.missing_parts))}\n"
        return said + (f"the hall took nothing: {got.code}\n" if got.code else "")

    return _with_sticks(settings, passphrase_file, read)


def _with_sticks(settings: Settings, passphrase_file: Path | None, work: Callable[[Sticks], str]) -> int:
    try:
        store = open_store(settings.store, store_key(settings, passphrase_file))
    except Refused as refused:
        sys.stderr.write(f"{refused.failure.value}\n")
        return 2
    try:
        with store.unit() as unit:
            if unit.station.enrolment() is None:
                raise Refused(Failure.STATION_NOT_ENROLLED)
        sys.stdout.write(work(bootstrap.sticks_of(store.unit)))
    except Refused as refused:
        sys.stderr.write(f"{refused.failure.value}\n")
        return 1
    finally:
        store.close()
    return 0
