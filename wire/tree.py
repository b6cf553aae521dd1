"""Many texts under one hash, each with its own short proof: a Merkle tree as in RFC 9162 2.1, its ways written as texts.

A node without a neighbour goes up as it is. A way is one step a level, from the leaf up: `L` or `R` for the side on which the
neighbour stands, then its hash in base64url.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wire.keys import b64_all, unb64

Hash = Callable[[bytes], bytes]
Way = tuple[str, ...]
# What a leaf is can never be taken for a node (RFC 9162 2.1.1).
_LEAF, _NODE = b"\x00", b"\x01"
_LONGEST = 32  # steps: four thousand million leaves


def grow(texts: Sequence[bytes], hashed: Hash) -> tuple[bytes, list[Way]]:
    """Return the root over at least one text, and the way of each to it."""
    levels = [[hashed(_LEAF + text) for text in texts]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [hashed(_NODE + left + right) for left, right in zip(below[::2], below[1::2], strict=False)]
        levels.append(above + below[len(above) * 2 :])
    ways: list[Way] = [()]
    for level in reversed(levels[:-1]):
        # What stands above two neighbours is written once.
        named = b64_all(level)
        ways = [_step(named, at) + ways[at // 2] for at in range(len(level))]
    return levels[-1][0], ways


def _step(level: Sequence[str], at: int) -> Way:
    if at % 2:
        return (f"L{level[at - 1]}",)
    return (f"R{level[at + 1]}",) if at + 1 < len(level) else ()


def root_of(text: bytes, way: Way, hashed: Hash) -> bytes:
    """Return the root to which a way leads from a text. Raises ValueError for what is no way."""
    if len(way) > _LONGEST:
        raise ValueError("too long")
    node = hashed(_LEAF + text)
    for step in way:
        side, neighbour = step[:1], unb64(step[1:])
        if side not in ("L", "R") or len(neighbour) != len(node):
            raise ValueError("no step")
        node = hashed(_NODE + (neighbour + node if side == "L" else node + neighbour))
    return node
