"""A photo of the person into the sealed store: by what is in the file, upright, and large enough to print on a card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workstation.domain.failures import Failure, Refused
from workstation.services.ports import Unit

MAX_PHOTO_BYTES = 3_000_000
# An identity photo is 358 by 441 pixels (GA/T 461 as remembered: check locally); half of that is refused.
LEAST_WIDTH, LEAST_HEIGHT = 180, 220
_NARROWEST, _WIDEST = 1.1, 1.7  # height over width
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
# Frames of a JPEG that say its size: all SOF but DHT (C4), JPG (C8) and DAC (CC).
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def take_photo(path: Path, unit: Unit) -> str:
    """Put the picture of a file into the store and return its SHA-256; the caller commits the unit.

    Raises Refused(SCAN_UNREADABLE) for what is no PNG or JPEG, Refused(SCAN_TOO_LARGE) over 3 MB,
    Refused(PHOTO_UNFIT, width, height) for one that is too small or not upright.
    """
    try:
        if path.stat().st_size > MAX_PHOTO_BYTES:
            raise Refused(Failure.SCAN_TOO_LARGE, limit_mb=str(MAX_PHOTO_BYTES // 1_000_000))
        content = path.read_bytes()
    except OSError as error:
        raise Refused(Failure.SCAN_UNREADABLE) from error
    size = picture_size(content)
    if size is None:
        raise Refused(Failure.SCAN_UNREADABLE)
    width, height = size
    upright = _NARROWEST <= height / width <= _WIDEST
    if width < LEAST_WIDTH or height < LEAST_HEIGHT or not upright:
        raise Refused(Failure.PHOTO_UNFIT, width=str(width), height=str(height))
    return unit.blobs.put(content)


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels as a PNG or JPEG states them, None for anything else or an empty picture."""
    if content.startswith(_PNG) and content[12:16] == b"IHDR" and len(content) >= 24:
        size = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    elif content.startswith(_JPEG):
        size = next(_frames(content), (0, 0))
    else:
        return None
    return size if min(size) > 0 else None


def _frames(content: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in _FRAMES:
            height, width = (int.from_bytes(content[at + n : at + n + 2], "big") for n in (5, 7))
            yield width, height
        at += 2 + max(length, 2)
