"""A batch as evidence: what a PushRequest says, signed by the device so that it counts without the line it came over."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime

from wire.codec import decode, encode
from wire.keys import b64, fits, key_id, public_of, sign, unb64
from wire.messages import MAX_BATCH, MAX_BODY_BYTES, Envelope, PushRequest

# What stands before the text that is signed: a signature over a parcel can be taken for no other.
PURPOSE = b"one-window parcel 1\n"
# A line of a file: a batch, and what stands around its bodies.
LINE_BYTES = MAX_BODY_BYTES + 200_000


@dataclass(frozen=True, slots=True)
class Parcel:
    """A PushRequest with the time of signing and the device's Ed25519 signature (RFC 8032), for a stick or a salvage.

    `key` names the device key that signed (wire.keys.key_id), since a device may have had several. `signature` is over
    PURPOSE and the canonical JSON of all other fields.
    """

    device: str
    incarnation: int
    epoch: str
    items: tuple[Envelope, ...]
    created: datetime
    key: str
    signature: str
    algorithm: str = "ed25519"

    @property
    def request(self) -> PushRequest:
        """The batch as it would have been pushed."""
        return PushRequest(self.device, self.incarnation, self.epoch, self.items)


def sign_parcel(request: PushRequest, private: bytes, now: datetime) -> Parcel:
    """Sign a batch with the device's key; at most MAX_BATCH items and MAX_BODY_BYTES, as for a push."""
    if not 1 <= len(request.items) <= MAX_BATCH:
        raise ValueError("a parcel holds 1 to 100 events")
    unsigned = Parcel(
        request.device,
        request.incarnation,
        request.epoch,
        request.items,
        now,
        key_id(public_of(private)),
        "",
    )
    return replace(unsigned, signature=b64(sign(private, _text(unsigned))))


def parcel_is_genuine(parcel: Parcel, public: bytes) -> bool:
    """Say whether this device key signed just this parcel."""
    if parcel.algorithm != "ed25519" or parcel.key != key_id(public):
        return False
    try:
        return fits(public, _text(parcel), unb64(parcel.signature))
    except ValueError:
        return False


def write_parcels(parcels: tuple[Parcel, ...]) -> str:
    """Return the text of a file: the canonical JSON of one parcel a line, UTF-8."""
    return "".join(encode(parcel) + "\n" for parcel in parcels)


def read_parcels(text: str) -> tuple[Parcel, ...]:
    """Read such a file. Raises Malformed, which names places and never contents."""
    return tuple(decode(Parcel, line) for line in text.splitlines() if line.strip())


def _text(parcel: Parcel) -> bytes:
    said = {field.name: getattr(parcel, field.name) for field in fields(parcel) if field.name != "signature"}
    return PURPOSE + encode(said).encode()
