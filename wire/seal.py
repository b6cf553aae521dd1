"""The text of a slip's QR code: a signed token that the hall, or anyone with its key, can check."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from wire.codec import Malformed, encode
from wire.keys import b64, fits, sign, unb64

PREFIX = "YC1"


@dataclass(frozen=True, slots=True)
class Seal:
    """What stands in a code. `serial` is the sheet's own number, not under the signature."""

    payload: Mapping[str, object]
    signature: bytes
    signed: bytes
    serial: str | None


def make(payload: Mapping[str, object], private: bytes) -> str:
    """Return YC1.<payload>.<signature>; the signature is over "YC1.<payload>"."""
    said = f"{PREFIX}.{b64(encode(payload).encode())}"
    return f"{said}.{b64(sign(private, said.encode()))}"


def with_serial(seal: str, serial: str) -> str:
    """Append the sheet's serial."""
    return f"{seal}.{serial}"


def read(text: str) -> Seal:
    """Take a code apart without trusting it. Raises Malformed."""
    parts = text.strip().split(".")
    if len(parts) not in (3, 4) or parts[0] != PREFIX or len(text) > 4000:
        raise Malformed("seal")
    try:
        payload = json.loads(unb64(parts[1]))
        signature = unb64(parts[2])
    except (ValueError, RecursionError):
        raise Malformed("seal") from None
    if not isinstance(payload, dict):
        raise Malformed("seal")
    serial = parts[3] if len(parts) == 4 else None
    return Seal(payload, signature, f"{PREFIX}.{parts[1]}".encode(), serial)


def genuine(text: str, public: bytes) -> bool:
    """Say whether the key signed this code."""
    try:
        seal = read(text)
    except Malformed:
        return False
    return fits(public, seal.signed, seal.signature)
