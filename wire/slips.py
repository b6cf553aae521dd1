"""The code of a slip: its facts under the device's signature, and the hall's word that this device may sign slips.

YC2.<facts>.<device's signature>[.<mandate>.<hall's signature>], each part base64url; what is signed are the texts
"YC1.<facts>" and "YC1.<mandate>" of wire/seal.py. Whoever has the hall's public key checks the code without network: the hall
vouches for the device's key, the device for the sheet (docs/decisions/025-slips.md). A sheet of before the hall knew of its case
(临时收件) has no mandate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wire import seal
from wire.algorithms import ED25519
from wire.codec import Malformed
from wire.keys import b64, unb64

PREFIX = "YC2"
_FOR = "slips"
# Half of a SHA-256, 128 bits: nobody finds a second text for it, and the code stays small enough for a telephone.
CONTENT_HEX = 32


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """What a device says of a sheet. `content` is the beginning of the SHA-256 of all that stands on it."""

    serial: str
    kind: str  # document code of domain.md 2
    version: str  # of the template
    receipt_no: str  # "" on a sheet of before the receipt, or of no case
    content: str
    reprint: int
    provisional: bool
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class SlipMandate:
    """The hall's word that a device's key may sign slips until a time; `token` is a seal of wire/seal.py."""

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
    """A code taken apart, not yet believed. `said` and `mandate` are seals."""

    facts: SlipFacts
    said: str
    mandate: str  # "" on a provisional sheet


def make_code(facts: SlipFacts, private: bytes, mandate: str = "", algorithm: str = ED25519) -> str:
    """Return the text of a slip's code. Raises NotOffered when nobody here can sign so."""
    payload: dict[str, object] = {
        "s": facts.serial,
        "k": facts.kind,
        "v": facts.version,
        "c": facts.content[:CONTENT_HEX],
        "t": facts.issued_at,
    }
    if facts.receipt_no:
        payload["r"] = facts.receipt_no
    if facts.reprint:
        payload["n"] = facts.reprint
    if facts.provisional:
        payload["p"] = 1
    said = _bare(seal.make(payload, private, algorithm))
    return f"{PREFIX}.{said}.{_bare(mandate)}" if mandate else f"{PREFIX}.{said}"


def read_code(text: str) -> SlipCode:
    """Take a code apart without trusting it. Raises Malformed."""
    parts = text.strip().split(".")
    if len(parts) not in (3, 5) or parts[0] != PREFIX:
        raise Malformed("slip code")
    said = f"{seal.PREFIX}.{parts[1]}.{parts[2]}"
    mandate = f"{seal.PREFIX}.{parts[3]}.{parts[4]}" if len(parts) == 5 else ""
    read = seal.read(said).payload
    try:
        facts = SlipFacts(
            serial=_text(read["s"]),
            kind=_text(read["k"]),
            version=_text(read["v"]),
            receipt_no=_text(read.get("r", "")),
            content=_text(read["c"]),
            reprint=_number(read.get("n", 0)),
            provisional=_number(read.get("p", 0)) == 1,
            issued_at=_time(read["t"]),
        )
    except KeyError:
        raise Malformed("slip code") from None
    return SlipCode(facts, said, mandate)


def make_mandate(facts: MandateFacts, hall_key: bytes, algorithm: str = ED25519) -> SlipMandate:
    """Sign a mandate. Raises NotOffered when nobody here can sign so."""
    payload = {
        "for": _FOR,
        "st": facts.station,
        "key": b64(facts.key),
        "since": facts.since,
        "until": facts.until,
    }
    return SlipMandate(seal.make(payload, hall_key, algorithm), facts.until)


def read_mandate(token: str, hall_public: bytes, agreed: str = ED25519) -> MandateFacts | None:
    """Return what a mandate says when the hall has signed it, else None."""
    if not seal.genuine(token, hall_public, agreed):
        return None
    said = seal.read(token).payload
    if said.get("for") != _FOR:  # a seal of the hall for something else
        return None
    try:
        return MandateFacts(
            _text(said["st"]), unb64(_text(said["key"])), _time(said["since"]), _time(said["until"])
        )
    except (KeyError, ValueError):
        return None


def vouched(code: SlipCode, hall_public: bytes, agreed: str = ED25519) -> MandateFacts | None:
    """Return the mandate of a code that hall and device have signed, and that held when the sheet was made; else None."""
    mandate = read_mandate(code.mandate, hall_public, agreed) if code.mandate else None
    if mandate is None or not seal.genuine(code.said, mandate.key, agreed):
        return None
    return mandate if mandate.since <= code.facts.issued_at <= mandate.until else None


def _bare(text: str) -> str:
    return text.split(".", 1)[1]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Malformed("slip code")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Malformed("slip code")
    return value


def _time(value: object) -> datetime:
    try:
        read = datetime.fromisoformat(_text(value))
    except ValueError:
        raise Malformed("slip code") from None
    if read.tzinfo is None:
        raise Malformed("slip code")
    return read
