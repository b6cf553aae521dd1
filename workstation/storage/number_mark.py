"""How far the numbers were taken, beside the store: a store that was put back from a copy goes on behind it, not before."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from workstation.domain.failures import Failure, Refused

MACHINE = Path("/etc/machine-id")
_KEPT_SERIES = 64  # the newest; a series names its day, so older ones are not counted on any more


class NumberMark:
    """A small file of its own, since it must not go back with the store. It names series and numbers, no person.

    It is not synced: whoever puts a store back does not cut the power in the same second, and every receipt would pay.
    """

    def __init__(self, path: Path, machine: Path = MACHINE) -> None:
        self._path = path
        self._machine = machine

    def begin(self) -> str:
        """Start a new mark for a new lane on this machine; return its id, which the store keeps."""
        id_ = secrets.token_hex(8)
        self._write({"id": id_, "machine": self._here(), "last": {}})
        return id_

    def stands_for(self, id_: str) -> bool:
        """Say whether the mark is the one that the store remembers, and of this machine."""
        said = self._read()
        return bool(id_) and said.get("id") == id_ and said.get("machine") == self._here()

    def last(self, series: str) -> int:
        """Return the last number of a series that was taken, 0 for none."""
        last = self._read().get("last")
        number = last.get(series) if isinstance(last, dict) else None
        return number if isinstance(number, int) else 0

    def keep(self, taken: Mapping[str, int]) -> None:
        """Write down what a unit has taken, before it is committed. Raises Refused(STORE_FULL)."""
        said = self._read()
        if not taken or "id" not in said:
            return
        last = said.get("last")
        kept = {**(last if isinstance(last, dict) else {}), **taken}
        newest = sorted(kept, key=lambda series: series.split(":")[1:2], reverse=True)[:_KEPT_SERIES]
        self._write({**said, "last": {series: kept[series] for series in newest}})

    def _read(self) -> dict[str, object]:
        try:
            said = json.loads(self._path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return {}
        return said if isinstance(said, dict) else {}

    def _write(self, said: dict[str, object]) -> None:
        beside = self._path.with_suffix(".mark.new")
        try:
            descriptor = os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(json.dumps(said))
            beside.replace(self._path)
        except OSError as error:
            raise Refused(Failure.STORE_FULL) from error

    def _here(self) -> str:
        """Name this machine by a hash; "" where the system has no name for it."""
        try:
            return hashlib.sha256(b"one-window numbers " + self._machine.read_bytes()).hexdigest()[:16]
        except OSError:
            return ""
