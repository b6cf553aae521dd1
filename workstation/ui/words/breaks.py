"""Long numbers and paths, for narrow columns and for reading aloud."""

from __future__ import annotations


def breakable(words: str) -> str:
    """Let a line break after dots and slashes: a path or licence number has no spaces to break at."""
    return words.replace("/", "/\u200b").replace(".", ".\u200b")


def in_fours(code: str) -> str:
    """Write a fingerprint in groups of four, as two people compare it."""
    digits = code.replace(" ", "")
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
