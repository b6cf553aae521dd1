"""Secrets of cases, outside the database: one slot of random bytes each, destroyed by writing over its place.

Every copy of the database's pages - its log, freed blocks of the disk, last year's backup - holds boxes only. What opens
them is the store's key together with a slot of this file, and a slot that was written over opens nothing, anywhere
(docs/decisions/013-purge.md). A slot alone tells nothing either, so the file needs no cipher of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

SLOT_BYTES = 32
_GROW_BY = 1024  # slots: the file grows once in a thousand cases, so that a commit waits for one disk only


class KeyPool:
    """The file of slots, numbered from 1. Whoever takes or destroys a slot holds the database's write lock."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def exists(self) -> bool:
        """Say whether the file is there."""
        return self.path.exists()

    def secret(self, slot: int) -> bytes:
        """Return the bytes of a slot, making room for it first. The room is on the disk when this returns."""
        found = self._read(slot)
        if len(found) == SLOT_BYTES:
            return found
        self._grow(slot)
        return self._read(slot)

    def secrets(self, slots: Iterable[int]) -> dict[int, bytes]:
        """Return the bytes of slots that are there, the file opened once."""
        try:
            with self.path.open("rb", buffering=0) as file:
                found = {}
                for slot in slots:
                    file.seek((slot - 1) * SLOT_BYTES)
                    found[slot] = file.read(SLOT_BYTES)
        except FileNotFoundError:
            return {}
        return {slot: secret for slot, secret in found.items() if len(secret) == SLOT_BYTES}

    def destroy(self, slots: list[int]) -> None:
        """Write over slots where they stand, and wait for the disk."""
        if not slots or not self.exists():
            return
        with self.path.open("r+b") as file:
            size = file.seek(0, os.SEEK_END)
            for at in ((slot - 1) * SLOT_BYTES for slot in slots):
                if at + SLOT_BYTES <= size:
                    file.seek(at)
                    file.write(os.urandom(SLOT_BYTES))
            file.flush()
            os.fsync(file.fileno())

    def _read(self, slot: int) -> bytes:
        # Every commit of a case comes by here: half the calls into the system that a file object makes.
        try:
            file = os.open(self.path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            return b""
        try:
            os.lseek(file, (slot - 1) * SLOT_BYTES, os.SEEK_SET)
            return os.read(file, SLOT_BYTES)
        finally:
            os.close(file)

    def _grow(self, slot: int) -> None:
        new = not self.exists()
        with os.fdopen(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600), "r+b") as file:
            # A file that was cut off in the middle of a slot goes on at the slot's beginning.
            whole = file.seek(0, os.SEEK_END) // SLOT_BYTES
            file.seek(whole * SLOT_BYTES)
            file.write(os.urandom((max(slot - whole, 0) + _GROW_BY) * SLOT_BYTES))
            file.flush()
            os.fsync(file.fileno())
        if new and os.name == "posix":  # Windows opens no folders; its journal keeps the order.
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
