"""Long numbers and paths in narrow columns."""

from __future__ import annotations


def breakable(words: str) -> str:
    """Let a line break after dots and slashes: a path or licence number has no spaces to break at."""
    return words.replace("/", "/\u200b").replace(".", ".\u200b")
