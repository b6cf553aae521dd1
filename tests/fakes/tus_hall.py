"""The simulated hall's side of uploads: tickets and the core of tus 1.0, in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from tests.fakes.cases import NOW
from wire.codec import decode, encode
from wire.messages import Trouble
from wire.uploads import UploadAsked, UploadTicket

Said = tuple[int, bytes, tuple[tuple[str, str], ...]]


@dataclass
class TusHall:
    """What was begun and what is whole; `largest_bytes` is told in the ticket and held."""

    scans: dict[str, bytes]
    largest_bytes: int = 10**9
    begun: dict[str, bytearray] = field(default_factory=dict)  # by hash
    sizes: dict[str, int] = field(default_factory=dict)
    received: int = 0  # bytes of bodies
    expires_in: timedelta = timedelta(minutes=15)

    def ticket(self, body: bytes) -> Said:
        asked = decode(UploadAsked, body)
        if asked.size > self.largest_bytes:
            return 413, _trouble("too_large"), ()
        self.sizes[asked.sha256] = asked.size
        begun = self.begun.get(asked.sha256)
        made = UploadTicket(
            there=asked.sha256 in self.scans,
            ticket=asked.sha256,
            expires_at=NOW + self.expires_in,
            address="/v1/uploads",
            upload=f"/v1/uploads/{asked.sha256}" if begun is not None else "",
            offset=len(begun) if begun is not None else 0,
            largest=self.largest_bytes,
        )
        return 200, encode(made).encode(), ()

    def speak(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Said:
        said = {name.lower(): value for name, value in headers.items()}
        assert said["tus-resumable"] == "1.0.0"
        sha256 = said["authorization"].removeprefix("Bearer ")
        self.received += len(body)
        if method == "POST":
            assert int(said["upload-length"]) == self.sizes[sha256]
            self.begun[sha256] = bytearray()
        elif path != f"/v1/uploads/{sha256}" or sha256 not in self.begun:
            return 404, _trouble("upload_unknown"), ()
        taken = self.begun[sha256]
        if method == "PATCH" and int(said["upload-offset"]) != len(taken):
            return 409, _trouble("offset"), ()
        taken += body
        if len(taken) == self.sizes[sha256]:
            if hashlib.sha256(taken).hexdigest() != sha256:
                del self.begun[sha256]
                return 422, _trouble("hash"), ()
            self.scans[sha256] = bytes(taken)
            del self.begun[sha256]
        offset = ("Upload-Offset", str(len(taken)))
        if method == "POST":
            return 201, b"", (("Location", f"/v1/uploads/{sha256}"), offset)
        return (204 if method == "PATCH" else 200), b"", (offset,)


def _trouble(code: str) -> bytes:
    return encode(Trouble(code)).encode()
