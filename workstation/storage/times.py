"""Times as the store writes them: UTC text of one length, so that they sort."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache


@lru_cache(maxsize=64)
def stamp(at: datetime) -> str:
    """Write a time. One moment stands in three rows of a filing."""
    here = at if at.tzinfo is UTC else at.astimezone(UTC)
    return f"{here.isoformat(timespec='microseconds')[:-6]}Z"


def read(text: str | None) -> datetime | None:
    """Read a time."""
    return datetime.fromisoformat(text) if text else None
