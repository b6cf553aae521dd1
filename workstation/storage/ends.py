"""Where the store's two chains end, as this program committed them last.

Whoever appends goes on from here without asking first. Another program may have written since: then the database refuses the
place (its triggers let no chain have a gap), and only then is the end looked up. What a unit has appended stands here once it
is durable, so that nothing goes on from what was rolled back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class AuditEnd(NamedTuple):
    """The newest entry."""

    seq: int
    hash: str


class OutboxEnd(NamedTuple):
    """The newest envelope: its place here, and its number in the incarnation that was agreed on."""

    agreed: str  # as the station wrote it down; what it says are the next two (station.agreement)
    incarnation: int
    algorithm: str
    seq: int
    number: int
    sha256: str


@dataclass(slots=True)
class Ends:
    """Of all units of one open store; None where nothing was appended yet."""

    audit: AuditEnd | None = None
    outbox: OutboxEnd | None = None
