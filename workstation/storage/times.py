"""Times as the store writes them: UTC text of one length, so that they sort."""

from __future__ import annotations

from datetime import UTC, datetime


def stamp(at: datetime) -> str:
    """Write a time."""
    here = at if at.tzinfo is UTC else at.astimezone(UTC)
    return here.isoformat("T", "microseconds")[:-6] + "Z"


def read(text: str | None) -> datetime | None:
    """Read a time."""
    return datetime.fromisoformat(text) if text else None
