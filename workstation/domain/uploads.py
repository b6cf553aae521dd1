"""A scan on its way to the hall: how far it is, and why it waits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class UploadState(StrEnum):
    """Where a scan is on its way."""

    WAITING = "waiting"  # its turn comes
    SENDING = "sending"  # parts of it are at the hall
    PAUSED = "paused"  # a person has said: not now
    METERED = "metered"  # too large for a line that is paid by volume
    REFUSED = "refused"  # the hall does not take it; `trouble` says why
    LOST = "lost"  # its file on this desk is gone or damaged


@dataclass(frozen=True, slots=True)
class Upload:
    """A scan that a case names and the hall has not. `sent` are bytes the hall has said it holds."""

    sha256: str
    size: int
    case: str  # one of those that name it
    address: str = ""  # where the hall has begun to take it, "" before that
    sent: int = 0
    trouble: str = ""  # code; it is tried again at the next start only


# On a line that is paid by volume, only scans up to this size go by themselves: about a page.
METERED_LIMIT = 300_000


def state_of(upload: Upload, *, paused: bool, metered: bool) -> UploadState:
    """Say where a scan is, from its row and the desk's two switches."""
    if upload.trouble:
        return UploadState.LOST if upload.trouble == "scan_lost" else UploadState.REFUSED
    if paused:
        return UploadState.PAUSED
    if metered and upload.size > METERED_LIMIT:
        return UploadState.METERED
    return UploadState.SENDING if upload.sent else UploadState.WAITING
