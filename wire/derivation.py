"""Keys out of one key that is held, as wire.box.derive makes them: what is the same for all of them is hashed once."""

from __future__ import annotations

from hashlib import sha256

_BLOCK = 64  # bytes of SHA-256's block
_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))


class Derivation:
    """Derives keys of one purpose. Half of an HMAC goes into its key, and may be kept (RFC 2104 4)."""

    __slots__ = ("_inner", "_outer")

    def __init__(self, key: bytes, purpose: str) -> None:
        """`key` has 64 bytes at most."""
        if len(key) > _BLOCK:
            raise ValueError("a longer key is hashed first")
        block = key.ljust(_BLOCK, b"\0")
        self._inner = sha256(block.translate(_INNER) + part(purpose.encode()))
        self._outer = sha256(block.translate(_OUTER))

    def of(self, *said: bytes) -> bytes:
        """Return the key of what is said."""
        inner, outer = self._inner.copy(), self._outer.copy()
        for each in said:
            inner.update(len(each).to_bytes(4, "big"))
            inner.update(each)
        outer.update(inner.digest())
        return outer.digest()


def part(said: bytes) -> bytes:
    """Write a part with its length before it, so that no two lists of parts read the same."""
    return len(said).to_bytes(4, "big") + said
