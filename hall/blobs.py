"""Scans at the hall: files named by their hash, written whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def keep_blob(folder: Path, sha256: str, content: bytes) -> None:
    """Write a scan whose hash was checked; one that is there already stays as it is."""
    place = folder / sha256[:2] / sha256
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = place.with_name(f".{sha256}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(place)
