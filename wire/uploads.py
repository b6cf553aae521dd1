"""Uploads of scans: the ticket a station asks for, and what the hall tells once all papers of a case are there.

The bytes themselves travel by tus 1.0 (docs/wire.md, Scans).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MAX_SCAN_BYTES = 10_000_000
SCAN_MEDIA = {"application/pdf": b"%PDF-", "image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


@dataclass(frozen=True, slots=True)
class UploadAsked:
    """A station wants to give the hall a scan of `size` bytes whose SHA-256 is `sha256` (lower-case hex)."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class UploadTicket:
    """What opens the hall's tus address for this one scan and device, as `Authorization: Bearer`, until `expires_at`.

    `there` says that this station has given the scan already: nothing is to be sent. `upload` is the path of an upload
    that was begun and not ended, "" when there is none, and `offset` how many bytes of it the hall holds.
    """

    there: bool
    ticket: str
    expires_at: datetime
    address: str  # path to POST to, beside the one of this request
    upload: str
    offset: int
    largest: int  # bytes the hall takes of one scan


@dataclass(frozen=True, slots=True)
class PapersComplete:
    """All scans that an accepted or received case names are at the hall, `scans` of them."""

    scans: int
    at: datetime
