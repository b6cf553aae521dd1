"""A box: AES-256-GCM under a random key, bound to what it is for; a box that was changed or moved does not open."""

from __future__ import annotations

import hmac
import os
import zlib
from functools import cache
from typing import TYPE_CHECKING

from wire.derivation import part
from wire.packing import FRAME, pack_body, unpack_body

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12  # random: a key seals far fewer than 2^32 boxes (NIST SP 800-38D 8.3)
_VERSION = b"\x01"  # names the algorithm: another one gets another number


class BoxBroken(ValueError):
    """A box that this key does not open: changed, moved, or of another key."""


class Lock:
    """A key that seals and opens: to make the cipher of a key takes longer than to seal a body with it."""

    __slots__ = ("_cipher", "_wrong")

    def __init__(self, key: bytes) -> None:
        cipher, self._wrong = _cipher()
        self._cipher = cipher(key)

    def seal(self, content: bytes, bound_to: str) -> bytes:
        """Return version, nonce and ciphertext. `bound_to` names the place; only there the box opens again."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, content, bound_to.encode())

    def open(self, box: bytes, bound_to: str) -> bytes:
        """Return the content. Raises BoxBroken."""
        if box[:1] != _VERSION or len(box) < 1 + _NONCE_BYTES + 16:
            raise BoxBroken("form")
        nonce = box[1 : 1 + _NONCE_BYTES]
        try:
            return self._cipher.decrypt(nonce, box[1 + _NONCE_BYTES :], bound_to.encode())
        except self._wrong:
            raise BoxBroken("key or content") from None

    def seal_body(self, body: bytes, bound_to: str) -> bytes:
        """Seal a body, packed: JSON is mostly names of fields."""
        return self.seal(pack_body(body), bound_to)

    def open_body(self, box: bytes, bound_to: str) -> bytes:
        """Return a body that seal_body sealed. Raises BoxBroken."""
        packed = self.open(box, bound_to)
        # Boxes of before the store's schema 0013 are deflated (RFC 1950).
        return unpack_body(packed) if packed.startswith(FRAME) else zlib.decompress(packed)


def seal(key: bytes, content: bytes, bound_to: str) -> bytes:
    """Seal one thing, see Lock."""
    return Lock(key).seal(content, bound_to)


def open_box(key: bytes, box: bytes, bound_to: str) -> bytes:
    """Open one thing, see Lock. Raises BoxBroken."""
    return Lock(key).open(box, bound_to)


@cache
def _cipher() -> tuple[type[AESGCM], type[Exception]]:
    """Return the cipher, and what it raises for another key or content."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - off the first paint
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    return AESGCM, InvalidTag


def derive(key: bytes, purpose: str, *parts: bytes) -> bytes:
    """Make a key for one purpose of another one: HMAC-SHA256 (a KDF in counter mode of one block, NIST SP 800-108 4.1).

    Whoever derives many keys of one purpose holds a wire.derivation.Derivation.
    """
    return hmac.digest(key, b"".join([part(each) for each in (purpose.encode(), *parts)]), "sha256")
