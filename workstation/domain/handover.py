"""Day close and handover (日结交接班): what was done in a shift, signed by both persons, confirmed by the next shift."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from wire.codec import digest, encode
from workstation.domain.clerk import Clerk
from workstation.domain.failures import Failure, Refused


@dataclass(frozen=True, slots=True)
class ShiftFigures:
    """What is handed over. The first group was done in the shift, the second stands at its end."""

    received: int = 0
    accepted: int = 0
    corrections: int = 0  # asked for
    refused: int = 0  # not accepted, returned
    withdrawn: int = 0
    voided: int = 0
    printed: int = 0  # sheets
    open: int = 0  # cases
    drafts: int = 0
    proposed: int = 0  # waiting for a second person
    unsent: int = 0  # steps that the hall has not signed
    parked: int = 0  # steps that need a person
    unaccounted: int = 0  # serials that were taken and stand in no ledger

    def idle(self) -> bool:
        """Say whether nothing was done in the shift."""
        done = (self.received, self.accepted, self.corrections, self.refused, self.withdrawn, self.voided)
        return not any(done) and not self.printed


class HandoverState(StrEnum):
    """Where a handover is."""

    SIGNED = "signed"  # by both
    TAKEN = "taken"  # the next shift has confirmed


@dataclass(frozen=True, slots=True)
class Handover:
    """A shift that was handed over. `sha256` is of exactly what both have signed (`content`)."""

    id: str
    station: str
    window: str
    since: datetime
    at: datetime
    figures: ShiftFigures
    remark: str
    first: str  # login
    first_person: str
    second: str
    credential: str  # "password" or "card"
    sha256: str
    signature: str = field(default="", repr=False)
    serial: str = ""  # of the sheet
    place: int = 0  # the last audit entry of the shift
    taken_by: str = ""
    taken_at: datetime | None = None

    @property
    def state(self) -> HandoverState:
        """Say where it is."""
        return HandoverState.TAKEN if self.taken_at is not None else HandoverState.SIGNED


def content(since: datetime, figures: ShiftFigures, remark: str, first: str) -> str:
    """Return the hash of what both persons sign: the figures on the screen, the words, who hands over, since when."""
    return digest(encode({"since": since, "figures": figures, "remark": remark.strip(), "first": first}))


def take(handover: Handover, clerk: Clerk, at: datetime) -> Handover:
    """Let the next shift confirm. Raises Refused(SAME_PERSON) for who handed over, DAY_CLOSE_UNKNOWN once it was taken."""
    if handover.taken_at is not None:
        raise Refused(Failure.DAY_CLOSE_UNKNOWN)
    if clerk.login == handover.first or clerk.person in {handover.first_person, ""}:
        raise Refused(Failure.SAME_PERSON)
    return replace(handover, taken_by=clerk.login, taken_at=at)
