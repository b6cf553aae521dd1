"""What every way out has in common: it is handed events and says of each what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from wire.department_feed import DepartmentEvent


class Became(StrEnum):
    """What became of one event."""

    DELIVERED = "delivered"  # the other side holds it: here it may be forgotten
    AGAIN = (
        "again"  # trouble that may be this event's own: tried again, parked when others get through meanwhile
    )
    REFUSED = "refused"  # the other side does not want just this one: parked at once
    AWAY = "away"  # the other side is not there, or not for us: nothing is held against the event


@dataclass(frozen=True, slots=True)
class Delivery:
    """The answer for one event; `code` says why for all but DELIVERED, `pause_s` how long the other side wants rest."""

    event: str
    became: Became
    code: str = ""
    pause_s: float = 0.0


class Exporter(Protocol):
    """A way out. One thread at a time uses it."""

    @property
    def most(self) -> int:
        """How many events it takes at once."""
        ...

    def deliver(self, events: Sequence[DepartmentEvent]) -> Sequence[Delivery]:
        """Hand events over in their order; return one answer each, and never later than a few seconds.

        DELIVERED only once the other side has said that it holds the event. It may have heard of the event before: the id
        is the same then. Raises nothing that the other side can cause.
        """
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...
