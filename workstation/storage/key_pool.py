"""Secrets of cases, outside the database: one slot of random bytes each, destroyed by writing over its place.

Every copy of the database's pages - its log, freed blocks of the disk, last year's backup - holds boxes only. What opens
them is the store's key together with a slot of this file, and a slot that was written over opens nothing, anywhere
(docs/decisions/013-purge.md). A slot alone tells nothing either, so the file needs no cipher of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from workstation.storage.troubles import disk_told

SLOT_BYTES = 32
_GROW_BY = 1024  # slots: the file grows once in a thousand cases, so that a commit waits for one disk only


class KeyPool:
    """The file of slots, numbered from 1. Whoever takes or destroys a slot holds the database's write lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # So many slots are on the disk for certain. What a program that was killed has written may stand in the
        # system's memory only: it reads like any other, and is gone with the power.
        self._on_disk = 0
        self._file: int | None = None  # open to be read, where a place can be read without going there

    def exists(self) -> bool:
        """Say whether the file is there."""
        return self.path.exists()

    def secret(self, slot: int) -> bytes:
        """Return the bytes of a slot, making room for it first. The room is on the disk when this returns.

        Raises Refused(STORE_FULL | STORE_UNWRITABLE).
        """
        try:
            if slot > self._on_disk:
                self._secure(slot)
            return self._read(slot)
        except OSError:
            with disk_told():
                raise

    def secrets(self, slots: Iterable[int]) -> dict[int, bytes]:
        """Return the bytes of slots that are there."""
        try:
            found = {slot: self._read(slot) for slot in slots}
        except FileNotFoundError:
            return {}
        return {slot: secret for slot, secret in found.items() if len(secret) == SLOT_BYTES}

    def destroy(self, slots: list[int]) -> None:
        """Write over slots where they stand, and wait for the disk. Raises Refused(STORE_FULL | STORE_UNWRITABLE)."""
        if not slots or not self.exists():
            return
        with disk_told(), self.path.open("r+b") as file:
            size = file.seek(0, os.SEEK_END)
            for at in ((slot - 1) * SLOT_BYTES for slot in slots):
                if at + SLOT_BYTES <= size:
                    file.seek(at)
                    file.write(os.urandom(SLOT_BYTES))
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _read(self, slot: int) -> bytes:
        # Every commit of a case comes by here: one call into the system, where a file object makes eight.
        if hasattr(os, "pread"):
            if self._file is None:
                self._file = os.open(self.path, os.O_RDONLY)
            return os.pread(self._file, SLOT_BYTES, (slot - 1) * SLOT_BYTES)
        file = os.open(self.path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            os.lseek(file, (slot - 1) * SLOT_BYTES, os.SEEK_SET)
            return os.read(file, SLOT_BYTES)
        finally:
            os.close(file)

    def _secure(self, slot: int) -> None:
        with os.fdopen(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600), "r+b", buffering=0) as file:
            # A file that was cut off in the middle of a slot goes on at the slot's beginning.
            whole = os.fstat(file.fileno()).st_size // SLOT_BYTES
            try:
                if slot > whole:
                    self._grow(file.fileno(), whole, slot - whole + _GROW_BY)
                os.fsync(file.fileno())
                self._sync_folder()
            except OSError:
                # What could not be waited for must not be found again and taken for safe.
                with suppress(OSError):
                    os.ftruncate(file.fileno(), whole * SLOT_BYTES)
                raise
        self._on_disk = slot + _GROW_BY if slot > whole else whole

    @staticmethod
    def _grow(file: int, whole: int, by: int) -> None:
        room = os.urandom(by * SLOT_BYTES)
        os.lseek(file, whole * SLOT_BYTES, os.SEEK_SET)
        while room:
            room = room[os.write(file, room) :]

    def _sync_folder(self) -> None:
        if os.name != "posix":  # Windows opens no folders; its journal keeps the order.
            return
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
