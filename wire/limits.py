"""What a hall takes at once, told to its stations: nobody finds a limit by running into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HallLimits:
    """The most that the hall takes: events in a batch, bytes of a message before it is packed, bytes of a scan.

    `page` is the most changes in a page of the feed, `packings` the content codings it reads and writes, `server_time` its
    clock. Not signed: a wrong limit makes a station slow, never wrong.
    """

    batch: int
    body_bytes: int
    blob_bytes: int
    page: int
    packings: tuple[str, ...]
    server_time: datetime
