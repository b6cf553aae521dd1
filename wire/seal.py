"""The text of a slip's QR code: a signed token that the hall, or anyone with its key, can check."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from wire.algorithms import ED25519, offered, signature_fits
from wire.codec import Malformed, encode
from wire.keys import b64, unb64

PREFIX = "YC1"
_ALGORITHM = "alg"  # in the payload, and so under the signature


@dataclass(frozen=True, slots=True)
class Seal:
    """What stands in a code. `serial` is the sheet's own number, not under the signature."""

    payload: Mapping[str, object]
    signature: bytes
    signed: bytes
    serial: str | None


def make(payload: Mapping[str, object], private: bytes, algorithm: str = ED25519) -> str:
    """Return YC1.<payload>.<signature>; the signature is over "YC1.<payload>", which names its algorithm.

    Raises NotOffered when nobody here can sign so.
    """
    said = f"{PREFIX}.{b64(encode({**payload, _ALGORITHM: algorithm}).encode())}"
    return f"{said}.{b64(offered().signature(algorithm).sign(private, said.encode()))}"


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
        said = text + json.dumps(payload, ensure_ascii=False)
        said.encode()  # half of a pair of surrogates is no text
    except (ValueError, RecursionError):
        raise Malformed("seal") from None
    # Whoever reads a code looks for what it says, and PostgreSQL has no NUL in its texts.
    if not isinstance(payload, dict) or "\x00" in said or "\\u0000" in said:
        raise Malformed("seal")
    serial = parts[3] if len(parts) == 4 else None
    return Seal(payload, signature, f"{PREFIX}.{parts[1]}".encode(), serial)


def genuine(text: str, public: bytes, agreed: str = ED25519) -> bool:
    """Say whether the key signed this code, with the agreed algorithm. A code without a name is of before names."""
    try:
        seal = read(text)
    except Malformed:
        return False
    name = str(seal.payload.get(_ALGORITHM, ""))
    return signature_fits(name, agreed, public, seal.signed, seal.signature)
