"""Times as the store writes them: UTC text of one length, so that they sort."""

from __future__ import annotations

from datetime import UTC, datetime


def stamp(at: datetime) -> str:
    """Write a time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read(text: str | None) -> datetime | None:
    """Read a time."""
    return datetime.fromisoformat(text) if text else None
