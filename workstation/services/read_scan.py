"""A file that a person chose, read and looked into by the capped process: what comes back is drawn anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from decoding.in_process import Undecodable, decode
from workstation.domain.failures import Failure, Refused

MAX_SCAN_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class ReadScan:
    """A scan as it goes into the store: nothing of the file is left but its pixels. `width` and `height` are of its
    first page, in pixels; `case` is the visit for which the person chose it."""

    case: str
    media: str  # image/jpeg, image/png, application/pdf
    content: bytes = field(repr=False)
    pages: int
    width: int
    height: int


def read_scan(case: str, path: Path) -> ReadScan:
    """Read a file, by its content and not by its name. Takes up to some seconds; touches no state.

    Raises Refused(SCAN_UNREADABLE) for what is no PDF, PNG, JPEG, TIFF or WebP or is damaged, Refused(SCAN_TOO_LARGE) over
    10 MB before or after, Refused(SCAN_TOO_MUCH) for more pages, pixels or time than a paper needs.
    """
    too_large = Refused(Failure.SCAN_TOO_LARGE, limit_mb=str(MAX_SCAN_BYTES // 1_000_000))
    try:
        if path.stat().st_size > MAX_SCAN_BYTES:
            raise too_large
        content = path.read_bytes()
    except OSError as error:
        raise Refused(Failure.SCAN_UNREADABLE) from error
    try:
        drawn = decode(content)
    except Undecodable as trouble:
        if trouble.code == "too_large":
            raise too_large from trouble
        known = {"too_much": Failure.SCAN_TOO_MUCH}
        raise Refused(known.get(trouble.code, Failure.SCAN_UNREADABLE)) from trouble
    return ReadScan(case, drawn.media, drawn.content, drawn.pages, drawn.width, drawn.height)
