"""The code of a slip: its facts under the device's signature, and the hall's word that this device may sign slips.

YC2.<facts>.<device's signature>[.<mandate>.<hall's signature>], each part base32 (RFC 4648) without padding, so that all of it
fits the alphanumeric mode of a QR code (ISO/IEC 18004), which takes a third less room than letters of both cases. A part is
binary: texts with their length in one byte, times in seconds since 1970 in five bytes. Whoever has the hall's public key checks
the code without network: the hall vouches for the device's key, the device for the sheet (docs/decisions/025-slips.md). A sheet
of before the hall knew of its case (临时收件) has no mandate.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime

from wire.algorithms import ED25519, offered, signature_fits
from wire.codec import Malformed

PREFIX = "YC2"
# Half of a SHA-256, 128 bits: nobody finds a second text for it, and the code stays small enough for a telephone.
CONTENT_HEX = 32
_FACTS, _MANDATE = b"slip", b"slip mandate"  # under the signatures: one is never taken for the other
_TIME, _REPRINT = 5, 2  # bytes
_PROVISIONAL = 1


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """What a device says of a sheet. `content` is the beginning of the SHA-256 of all that stands on it, in hex."""

    serial: str
    kind: str  # document code of domain.md 2
    version: str  # of the template
    receipt_no: str  # "" on a sheet of before the receipt, or of no case
    content: str
    reprint: int
    provisional: bool
    issued_at: datetime  # to the second


@dataclass(frozen=True, slots=True)
class SlipMandate:
    """The hall's word that a device's key may sign slips until a time; `token` is <mandate>.<hall's signature>."""

    token: str
    until: datetime


@dataclass(frozen=True, slots=True)
class MandateFacts:
    """What a mandate says."""

    station: str
    key: bytes  # raw public key of the device
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class SlipCode:
    """A code taken apart, not yet believed."""

    facts: SlipFacts
    said: bytes  # what the device signed, with the name of the algorithm
    algorithm: str
    signature: bytes
    mandate: str  # token, "" on a provisional sheet

    def signed_by(self, public: bytes, agreed: str = ED25519) -> bool:
        """Say whether a device's key signed these facts with the agreed algorithm."""
        return signature_fits(self.algorithm, agreed, public, _FACTS + self.said, self.signature)


def make_code(facts: SlipFacts, private: bytes, mandate: str = "", algorithm: str = ED25519) -> str:
    """Return the text of a slip's code. Raises NotOffered when nobody here can sign so."""
    said = b"".join(
        (
            *map(_text, (_named(algorithm), facts.serial, facts.kind, facts.version, facts.receipt_no)),
            bytes.fromhex(facts.content[:CONTENT_HEX]),
            min(facts.reprint, 0xFFFF).to_bytes(_REPRINT, "big"),
            bytes((_PROVISIONAL if facts.provisional else 0,)),
            _seconds(facts.issued_at),
        )
    )
    signature = offered().signature(algorithm).sign(private, _FACTS + said)
    code = f"{PREFIX}.{_b32(said)}.{_b32(signature)}"
    return f"{code}.{mandate}" if mandate else code


def read_code(text: str) -> SlipCode:
    """Take a code apart without trusting it. Raises Malformed."""
    parts = text.strip().split(".")
    if len(parts) not in (3, 5) or parts[0] != PREFIX or len(text) > 2000:
        raise Malformed("slip code")
    said = _unb32(parts[1])
    part = _Part(said)
    algorithm, serial, kind, version, receipt_no = (part.text() for _ in range(5))
    content = part.take(CONTENT_HEX // 2).hex()
    reprint = int.from_bytes(part.take(_REPRINT), "big")
    flags = part.take(1)[0]
    facts = SlipFacts(serial, kind, version, receipt_no, content, reprint, flags == _PROVISIONAL, part.time())
    part.end()
    mandate = f"{parts[3]}.{parts[4]}" if len(parts) == 5 else ""
    return SlipCode(facts, said, algorithm, _unb32(parts[2]), mandate)


def make_mandate(facts: MandateFacts, hall_key: bytes, algorithm: str = ED25519) -> SlipMandate:
    """Sign a mandate. Raises NotOffered when nobody here can sign so."""
    said = b"".join(
        (
            _text(_named(algorithm)),
            _text(facts.station),
            bytes((len(facts.key),)),
            facts.key,
            _seconds(facts.since),
            _seconds(facts.until),
        )
    )
    signature = offered().signature(algorithm).sign(hall_key, _MANDATE + said)
    return SlipMandate(f"{_b32(said)}.{_b32(signature)}", facts.until)


def read_mandate(token: str, hall_public: bytes, agreed: str = ED25519) -> MandateFacts | None:
    """Return what a mandate says when the hall has signed it, else None."""
    try:
        said, signature = (_unb32(part) for part in token.split(".", 1))
        part = _Part(said)
        algorithm, station = part.text(), part.text()
        facts = MandateFacts(station, part.take(part.take(1)[0]), part.time(), part.time())
        part.end()
    except (Malformed, ValueError):
        return None
    return facts if signature_fits(algorithm, agreed, hall_public, _MANDATE + said, signature) else None


def vouched(code: SlipCode, hall_public: bytes, agreed: str = ED25519) -> MandateFacts | None:
    """Return the mandate of a code that hall and device have signed, and that held when the sheet was made; else None.

    A device speaks for sheets of its own station alone: a serial begins with it.
    """
    mandate = read_mandate(code.mandate, hall_public, agreed) if code.mandate else None
    if mandate is None or not code.signed_by(mandate.key, agreed):
        return None
    if not code.facts.serial.startswith(mandate.station):
        return None
    return mandate if mandate.since <= code.facts.issued_at <= mandate.until else None


class _Part:
    """Binary content that is read from its beginning; too little or too much of it is Malformed."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def take(self, size: int) -> bytes:
        taken = self._content[self._at : self._at + size]
        if len(taken) != size:
            raise Malformed("slip code")
        self._at += size
        return taken

    def text(self) -> str:
        try:
            said = self.take(self.take(1)[0]).decode()
        except UnicodeDecodeError:
            raise Malformed("slip code") from None
        if "\x00" in said:  # PostgreSQL has none in its texts, where the code is looked for
            raise Malformed("slip code")
        return said

    def time(self) -> datetime:
        try:
            return datetime.fromtimestamp(int.from_bytes(self.take(_TIME), "big"), UTC)
        except (ValueError, OSError, OverflowError):
            raise Malformed("slip code") from None

    def end(self) -> None:
        if self._at != len(self._content):
            raise Malformed("slip code")


def _named(algorithm: str) -> str:
    """The usual algorithm goes without its name (wire/algorithms.signature_fits): every character makes the code larger."""
    return "" if algorithm == ED25519 else algorithm


def _text(text: str) -> bytes:
    content = text.encode()
    return bytes((len(content),)) + content


def _seconds(at: datetime) -> bytes:
    return int(at.timestamp()).to_bytes(_TIME, "big")


def _b32(content: bytes) -> str:
    return base64.b32encode(content).decode().rstrip("=")


def _unb32(text: str) -> bytes:
    """Decode strictly: what is not the one way to write these bytes is refused, so that no character can be another."""
    try:
        content = base64.b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        raise Malformed("slip code") from None
    if _b32(content) != text:
        raise Malformed("slip code")
    return content
