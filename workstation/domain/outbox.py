"""What waits for the hall: one envelope per step, kept until the hall has signed for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wire.messages import Envelope
from wire.standing import CaseStanding


class OutboxState(StrEnum):
    """Where an envelope is."""

    PENDING = "pending"
    ACKED = "acked"  # the hall's signed receipt is stored beside it
    PARKED = "parked"  # a person must look at it
    SET_ASIDE = "set_aside"  # a person took the hall's word instead; kept, and never sent


# Ours, for an event on which the hall answers 500 when it comes alone.
HALL_BROKE = "hall_broke"
# After so many tries of such a one, and when the hall has meanwhile signed for what was queued later, a person is told: it
# lies in the event and not in the hall. It is tried on all the same.
BROKE_OFTEN = 10

# Fact of the store: until when the hall is left alone after trouble, "" when it is not.
REST_UNTIL = "hall_rest_until"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An envelope in the queue with its history."""

    envelope: Envelope
    state: OutboxState
    tries: int
    next_at: datetime | None
    trouble: str  # code of the last trouble, ""
    standing: CaseStanding | None = None  # what the hall has instead, of a conflict
    again: bool = False  # the hall had signed for it, and was restored to a time before that


@dataclass(frozen=True, slots=True)
class QueueState:
    """What the top strip shows. `parked` counts what a person should see to, also what is still tried (BROKE_OFTEN)."""

    pending: int
    parked: int
    oldest: datetime | None
