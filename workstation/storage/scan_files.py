"""Scans on the desk's disk: one sealed file each, beside the store, on the disk before the store names it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Set
from pathlib import Path

from wire.box import derive
from workstation.domain.failures import Failure, Refused
from workstation.storage.troubles import disk_told


class ScanFiles:
    """The folder `scans`. What it is given is sealed already; it writes whole files or none.

    A file's name is a keyed hash of the scan's SHA-256: the plain hash would tell whoever holds a disk without its key
    that a known document is among the papers (docs/decisions/017-attachments.md).
    """

    def __init__(self, folder: Path, store_key: bytes) -> None:
        self.folder = folder
        self._key = store_key

    def place(self, sha256: str) -> Path:
        """Return where a scan's file is or would be."""
        name = derive(self._key, "scan file", sha256.encode()).hex()
        return self.folder / name[:2] / name

    def write(self, sha256: str, box: bytes) -> None:
        """Keep a sealed scan; on the disk under its name when this returns.

        Raises Refused(STORE_FULL), Refused(STORE_UNWRITABLE) when the disk does not take it for another reason.
        """
        place = self.place(sha256)
        beside = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
        with disk_told():
            _make(place.parent)
            try:
                with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                    file.write(box)
                    file.flush()
                    os.fsync(file.fileno())
                beside.replace(place)
            finally:
                beside.unlink(missing_ok=True)
            _settle(place.parent)

    def read(self, sha256: str) -> bytes:
        """Return a sealed scan. Raises Refused(SCAN_LOST) when its file is gone or cannot be read."""
        try:
            return self.place(sha256).read_bytes()
        except OSError as error:
            raise Refused(Failure.SCAN_LOST) from error

    def sweep(self, known: Set[str]) -> int:
        """Delete what no row names: purged scans, and files whose transaction never came; return how many.

        `known` are the SHA-256 of the rows; the caller holds the store's write lock, so that nothing is under way.
        """
        wanted = {self.place(sha256) for sha256 in known}
        gone = [path for path in self._files() if path not in wanted]
        for path in gone:
            path.unlink(missing_ok=True)
        for parent in {path.parent for path in gone}:
            _settle(parent)
        return len(gone)

    def _files(self) -> Iterator[Path]:
        if not self.folder.is_dir():
            return
        for room in self.folder.iterdir():
            if room.is_dir():
                yield from (path for path in room.iterdir() if path.is_file())


def _make(folder: Path) -> None:
    """Make the folders of a file; their own entries must be on the disk, too."""
    if folder.is_dir():
        return
    _make(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)
    _settle(folder.parent)


def _settle(folder: Path) -> None:
    if os.name != "posix":  # Windows opens no folders; its journal keeps the order.
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
