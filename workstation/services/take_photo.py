"""A photo of the person into the sealed store: a picture, upright, and large enough to print on a card."""

from __future__ import annotations

from workstation.domain.failures import Failure, Refused
from workstation.services.ports import Unit
from workstation.services.read_scan import ReadScan

MAX_PHOTO_BYTES = 3_000_000
# An identity photo is 358 by 441 pixels (GA/T 461 as remembered: check locally); half of that is refused.
LEAST_WIDTH, LEAST_HEIGHT = 180, 220
_NARROWEST, _WIDEST = 1.1, 1.7  # height over width
_PICTURES = frozenset({"image/png", "image/jpeg"})


def take_photo(read: ReadScan, unit: Unit) -> str:
    """Put a picture into the store and return its SHA-256; the caller commits the unit.

    Raises Refused(SCAN_UNREADABLE) for what is no picture of one page, Refused(SCAN_TOO_LARGE) over 3 MB,
    Refused(PHOTO_UNFIT, width, height) for one that is too small or not upright.
    """
    if read.media not in _PICTURES:
        raise Refused(Failure.SCAN_UNREADABLE)
    if len(read.content) > MAX_PHOTO_BYTES:
        raise Refused(Failure.SCAN_TOO_LARGE, limit_mb=str(MAX_PHOTO_BYTES // 1_000_000))
    upright = _NARROWEST <= read.height / read.width <= _WIDEST
    if read.width < LEAST_WIDTH or read.height < LEAST_HEIGHT or not upright:
        raise Refused(Failure.PHOTO_UNFIT, width=str(read.width), height=str(read.height))
    return unit.blobs.put(read.content)
