"""Identifiers and Ed25519 keys as both sides write them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import time
import uuid
from collections.abc import Callable, Sequence
from functools import lru_cache


def new_id() -> str:
    """Return a UUIDv7 (RFC 9562 5.7): 48 bits of milliseconds, then 74 random bits."""
    raw = int.from_bytes(os.urandom(16), "big")
    raw &= (1 << 80) - 1
    raw |= (time.time_ns() // 1_000_000) << 80
    raw = raw & ~(0xF << 76) | (0x7 << 76)
    raw = raw & ~(0x3 << 62) | (0x2 << 62)
    return str(uuid.UUID(int=raw))


def b64(raw: bytes) -> str:
    """Return base64url without padding (RFC 4648 5)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def b64_all(raws: Sequence[bytes]) -> list[str]:
    """Return the same of at least one text, all of them as long as the first: in one go, each filled up to a whole group."""
    fill = -len(raws[0]) % 3
    wide = (len(raws[0]) + fill) // 3 * 4
    text = b64(b"".join([raw + bytes(fill) for raw in raws]))
    return [text[at : at + wide - fill] for at in range(0, len(text), wide)]


def unb64(text: str) -> bytes:
    """Read base64url without padding. Raises ValueError for anything else."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64url") from error


def new_private() -> bytes:
    """Return a fresh Ed25519 private key, 32 raw bytes."""
    # The library weighs 11 MiB: whoever only names and encodes must not carry it.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - see the line before

    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """Return the public key, 32 raw bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - see new_private

    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def key_id(public: bytes) -> str:
    """Name a key: the first 16 hex digits of SHA-256 over its raw bytes."""
    return hashlib.sha256(public).hexdigest()[:16]


def signer(private: bytes) -> Callable[[bytes], bytes]:
    """Return a pen that signs like `sign`, for whoever signs many times: reading the key takes as long as signing."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - see new_private

    return Ed25519PrivateKey.from_private_bytes(private).sign


def sign(private: bytes, data: bytes) -> bytes:
    """Sign with Ed25519 (RFC 8032), 64 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - see new_private

    return Ed25519PrivateKey.from_private_bytes(private).sign(data)


def fits(public: bytes, data: bytes, signature: bytes) -> bool:
    """Say whether the signature is of this key over this data."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - see new_private

    try:
        _verifier(public)(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=4096)
def _verifier(public: bytes) -> Callable[[bytes, bytes], None]:
    """Return what checks signatures of a key; a hall sees the same keys with each request."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - see new_private

    return Ed25519PublicKey.from_public_bytes(public).verify
