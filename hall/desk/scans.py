"""Scans on the reviewer's page: of the papers of one's own task, drawn anew, opened by themselves and out of reach of scripts."""

from __future__ import annotations

import threading

from fastapi.responses import Response

from hall.blobs import BlobRoom, RoomDown
from hall.scans_shown import ScanRefused, drawn_anew

AT_ONCE = 2  # each is a process with a core and up to 1.5 GB of its own
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'",
    "Content-Disposition": "inline",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class ShownScans:
    """Draws a few at once; whoever comes then waits."""

    def __init__(self, room: BlobRoom) -> None:
        self._room = room
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def page(self, sha256: str) -> Response:
        """Return a scan as pixels and nothing else. Blocks for seconds. Raises ScanRefused."""
        try:
            with self._turns:
                drawn = drawn_anew(self._room, sha256)
        except RoomDown as down:
            raise ScanRefused(503, "room_down") from down
        return Response(drawn.content, media_type=drawn.media, headers=_HEADERS)
