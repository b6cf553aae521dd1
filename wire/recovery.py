"""The way back to a lost store: its key sealed for the hall's recovery key, and handed back under a one-time code.

Sealing is HPKE (RFC 9180, base mode): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
"""

from __future__ import annotations

import base64
import os

from wire.box import BoxBroken, derive, open_box, seal
from wire.keys import b64, unb64

_CODE_BYTES = 20  # 160 bits, so a plain hash of it is enough: there is nothing to guess
_INFO = "one-window recovery 1 "


def new_recovery_key() -> bytes:
    """Return a fresh X25519 private key, 32 raw bytes."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415 - off the first paint

    return X25519PrivateKey.generate().private_bytes_raw()


def recovery_public(private: bytes) -> bytes:
    """Return the public key, 32 raw bytes."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415 - see new_recovery_key

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def wrap_for_hall(public: bytes, device: str, store_key: bytes) -> str:
    """Seal a store's key for the hall; bound to the device, so that a wrap of one is none of another."""
    return seal_for(public, _INFO + device, store_key)


def seal_for(public: bytes, bound_to: str, content: bytes) -> str:
    """Seal anything for the hall's recovery key; `bound_to` names what it is, and only as that it opens again."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey  # noqa: PLC0415 - see new_recovery_key
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite  # noqa: PLC0415

    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    return b64(suite.encrypt(content, X25519PublicKey.from_public_bytes(public), bound_to.encode()))


def unwrap_at_hall(private: bytes, device: str, sealed: str) -> bytes:
    """Return the store's key. Raises BoxBroken for a wrap of another key or device."""
    return open_sealed(private, _INFO + device, sealed)


def open_sealed(private: bytes, bound_to: str, sealed: str) -> bytes:
    """Return what seal_for sealed. Raises BoxBroken for another key or purpose."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - see new_recovery_key
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite  # noqa: PLC0415

    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    try:
        return suite.decrypt(unb64(sealed), X25519PrivateKey.from_private_bytes(private), bound_to.encode())
    except (InvalidTag, ValueError):
        raise BoxBroken("recovery wrap") from None


def new_recovery_code() -> str:
    """Return a one-time code that a person can read out: eight groups of four letters and digits."""
    said = base64.b32encode(os.urandom(_CODE_BYTES)).decode()
    return "-".join(said[at : at + 4] for at in range(0, len(said), 4))


def code_digest(code: str) -> str:
    """Return what both sides name a code by."""
    # Of another purpose than the key: whoever sees the name must not be able to open the box.
    return derive(_plain(code).encode(), "recovery code name").hex()


def seal_under_code(code: str, device: str, store_key: bytes) -> str:
    """Seal a store's key under a one-time code."""
    return b64(seal(_code_key(code), store_key, _INFO + device))


def open_with_code(code: str, device: str, sealed: str) -> bytes:
    """Return the store's key. Raises BoxBroken for another code."""
    try:
        return open_box(_code_key(code), unb64(sealed), _INFO + device)
    except ValueError:
        raise BoxBroken("recovery code") from None


def _code_key(code: str) -> bytes:
    return derive(_plain(code).encode(), "recovery code key")


def _plain(code: str) -> str:
    # Read out and typed again: case, spaces and dashes say nothing, and base32 has no 0, 1 and 8.
    kept = "".join(c for c in code.upper() if c.isalnum())
    return kept.translate(str.maketrans("018", "OIB"))
