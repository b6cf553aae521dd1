"""Batches and scans on a stick, for a station without network, and the hall's receipts back: sealed, since sticks get lost.

Up: a header line in clear (ids, no persons), then HPKE (RFC 9180) for the hall's recovery key over the packed content, the
header being bound to it. Down: a header line, then a box under a key that only this stick's maker and the hall know.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from wire.box import BoxBroken, open_box, seal
from wire.codec import Malformed, decode, encode
from wire.keys import b64, fits, key_id, public_of, sign, unb64
from wire.messages import ChangePage, PushResult
from wire.parcel import Parcel
from wire.recovery import open_sealed, seal_for

UP = b"one-window stick 1\n"
DOWN = b"one-window receipts 1\n"
PART_BYTES = 32_000_000  # of one file; FAT32 takes 4 GB, a person copies smaller ones sooner
MOST_BYTES = 64_000_000  # what is read at all
_LONGEST_HEADER = 4_000
_Header = TypeVar("_Header", "StickHeader", "ReceiptsHeader")


class StickBroken(ValueError):
    """A file that is none of ours, was cut or changed; `code` is damaged or foreign."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class StickHeader:
    """Whose file it is, readable without a key. `key` names the recovery key it is sealed for, `sha256` the sealed bytes."""

    export: str  # UUIDv7, one for all parts
    device: str
    station: str
    incarnation: int
    epoch: str
    part: int  # from 1
    parts: int
    created: datetime
    key: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ScanOnStick:
    """A scan, whose bytes follow the content in this order."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class StickContent:
    """One part: whole parcels, and scans as far as there was room. `cursor` is the station's place in the feed, `reply_key`
    what the receipts are sealed with; `signature` is the device's Ed25519 over everything else, with the key named `signer`."""

    export: str
    parcels: tuple[Parcel, ...]
    scans: tuple[ScanOnStick, ...]
    cursor: str
    reply_key: str
    signer: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptsHeader:
    """For whom the receipts are."""

    export: str
    device: str
    epoch: str
    created: datetime
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class StickReceipts:
    """The hall's word on a stick, signed: results as they would have come over the line, scans it holds, and what is new.

    `code` says why a part was not taken as a whole ("" when it was): epoch_changed, device_revoked (its events are in
    quarantine), signature, device_unknown. `changes` follow `after`, the station's place in the feed when it wrote.
    """

    export: str
    device: str
    station: str
    epoch: str
    made_at: datetime
    parts: tuple[int, ...]
    of: int
    code: str
    results: tuple[PushResult, ...]
    scans: tuple[str, ...]
    after: str
    changes: ChangePage | None
    signature: str
    algorithm: str = ""


def sign_content(content: StickContent, private: bytes) -> StickContent:
    """Return the content with the device's signature."""
    named = replace(content, signer=key_id(public_of(private)), signature="")
    return replace(named, signature=b64(sign(private, UP + encode(named).encode())))


def content_is_genuine(content: StickContent, public: bytes) -> bool:
    """Say whether this device key signed just this content."""
    if content.signer != key_id(public):
        return False
    try:
        return fits(public, UP + encode(replace(content, signature="")).encode(), unb64(content.signature))
    except ValueError:
        return False


def pack(header: StickHeader, content: StickContent, scans: tuple[bytes, ...], public: bytes) -> bytes:
    """Return the bytes of a file; size and sha256 of the header are filled in. `public` is the hall's recovery key."""
    said = encode(content).encode()
    plain = len(said).to_bytes(8, "big") + said + b"".join(scans)
    sealed = unb64(seal_for(public, _bound(header), zlib.compress(plain, 6)))
    return UP + _line(header, sealed) + sealed


def read_header(data: bytes) -> tuple[StickHeader, bytes]:
    """Return header and sealed bytes. Raises StickBroken."""
    header, sealed = _split(UP, data, StickHeader)
    _hold(header.size, header.sha256, sealed)
    return header, sealed


def unpack(data: bytes, private: bytes) -> tuple[StickHeader, StickContent, dict[str, bytes]]:
    """Open a file at the hall; scans by their hash, each checked. Raises StickBroken."""
    header, sealed = read_header(data)
    try:
        plain = _unzipped(open_sealed(private, _bound(header), b64(sealed)))
    except BoxBroken:
        raise StickBroken("foreign") from None
    length = int.from_bytes(plain[:8], "big")
    try:
        content = decode(StickContent, plain[8 : 8 + length])
    except Malformed:
        raise StickBroken("damaged") from None
    scans: dict[str, bytes] = {}
    at = 8 + length
    for scan in content.scans:
        body = plain[at : at + scan.size]
        if hashlib.sha256(body).hexdigest() != scan.sha256:
            raise StickBroken("damaged")
        scans[scan.sha256], at = body, at + scan.size
    if content.export != header.export or at != len(plain):
        raise StickBroken("damaged")
    return header, content, scans


def pack_receipts(receipts: StickReceipts, reply_key: bytes) -> bytes:
    """Return the bytes of a file of receipts."""
    said = zlib.compress(encode(receipts).encode(), 6)
    sealed = seal(reply_key, said, f"stick receipts {receipts.export}")
    header = ReceiptsHeader(receipts.export, receipts.device, receipts.epoch, receipts.made_at, 0, "")
    return DOWN + _line(header, sealed) + sealed


def read_receipts_header(data: bytes) -> tuple[ReceiptsHeader, bytes]:
    """Return header and sealed bytes. Raises StickBroken."""
    header, sealed = _split(DOWN, data, ReceiptsHeader)
    _hold(header.size, header.sha256, sealed)
    return header, sealed


def unpack_receipts(data: bytes, reply_key: bytes) -> StickReceipts:
    """Open receipts at the station; their signature is not checked here. Raises StickBroken."""
    header, sealed = read_receipts_header(data)
    try:
        opened = _unzipped(open_box(reply_key, sealed, f"stick receipts {header.export}"))
        said = decode(StickReceipts, opened)
    except (BoxBroken, Malformed):
        raise StickBroken("foreign") from None
    if (said.export, said.device, said.epoch) != (header.export, header.device, header.epoch):
        raise StickBroken("damaged")
    return said


def _split(magic: bytes, data: bytes, kind: type[_Header]) -> tuple[_Header, bytes]:
    if not data.startswith(magic) or len(data) > MOST_BYTES:
        raise StickBroken("foreign")
    line, newline, sealed = data[len(magic) :].partition(b"\n")
    if not newline or len(line) > _LONGEST_HEADER:
        raise StickBroken("damaged")
    try:
        return decode(kind, line), sealed
    except Malformed:
        raise StickBroken("damaged") from None


def _line(header: StickHeader | ReceiptsHeader, sealed: bytes) -> bytes:
    return (
        encode(replace(header, size=len(sealed), sha256=hashlib.sha256(sealed).hexdigest())).encode() + b"\n"
    )


def _bound(header: StickHeader) -> str:
    """What the seal is bound to: everything of the header that is known before it is made."""
    return f"stick {header.export} {header.device} {header.incarnation} {header.epoch} {header.part}/{header.parts}"


def _hold(size: int, sha256: str, sealed: bytes) -> None:
    if size != len(sealed) or hashlib.sha256(sealed).hexdigest() != sha256:
        raise StickBroken("damaged")


def _unzipped(data: bytes) -> bytes:
    """Unpack at most what is read at all: a small file may claim to be a large one."""
    opener = zlib.decompressobj()
    try:
        said = opener.decompress(data, MOST_BYTES)
    except zlib.error:
        raise StickBroken("damaged") from None
    if not opener.eof:
        raise StickBroken("damaged")
    return said
