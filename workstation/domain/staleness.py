"""How long a station may go on alone: what is measured, which stage that is, and what each stage holds. One closed table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wire.staleness import Limits, StalenessPolicy
from workstation.domain.clerk import Deed


class Stage(StrEnum):
    """From nothing to say to what only receives."""

    FRESH = "fresh"
    WARNED = "warned"  # nothing is held yet; a person can still do something about it
    HIGH_RISK = "high_risk"  # items that the catalogue marks so are held
    RESTRICTED = "restricted"  # all items are


class Cause(StrEnum):
    """Which of the limits was passed."""

    NONE = ""
    SILENT = "silent"  # no word of the hall
    PENDING = "pending"  # much that the hall does not know
    OLDEST = "oldest"  # something has waited long


@dataclass(frozen=True, slots=True)
class Alone:
    """What is measured. `silent` is None before the hall was ever heard."""

    silent: timedelta | None
    pending: int
    oldest: timedelta | None


@dataclass(frozen=True, slots=True)
class Staleness:
    """The stage, which limit made it, what that is and when the next stage begins; hours, or steps of PENDING."""

    stage: Stage = Stage.FRESH
    cause: Cause = Cause.NONE
    measured: float = 0.0
    next_at: float = 0.0  # 0: there is no further stage

    def holds(self, deed: Deed, *, high_risk: bool) -> bool:
        """Say whether the deed has to wait for the hall; what the table does not list never has to."""
        from_stage = HOLDS.get(deed)
        if from_stage is None:
            return False
        return _ORDER.index(self.stage) >= _ORDER.index(from_stage[0 if high_risk else 1])


FRESH = Staleness()
_ORDER = tuple(Stage)
_BINDING = (Stage.HIGH_RISK, Stage.RESTRICTED)
# What binds the hall waits for it: (from which stage for items of high risk, for all others). A receipt is no decision:
# it goes on, marked 临时收件; so do corrections, prints, drafts and everything that only shows.
HOLDS: Mapping[Deed, tuple[Stage, Stage]] = {
    Deed.ACCEPTED: _BINDING,
    Deed.NOT_ACCEPTED: _BINDING,
    Deed.TOLERATED: _BINDING,
    Deed.VOIDED: _BINDING,
    Deed.REOPENED: _BINDING,
    Deed.APPROVED: _BINDING,
}


def judge(alone: Alone, policy: StalenessPolicy) -> Staleness:
    """Return the furthest stage that any measure has reached."""
    worst = Staleness()
    for cause, measured in _measures(alone):
        limits = tuple(_limit(stage, cause) for stage in (policy.warn, policy.high_risk, policy.restrict))
        reached = [at for at, limit in enumerate(limits, 1) if limit and measured >= limit]
        stage = _ORDER[reached[-1]] if reached else Stage.FRESH
        if _ORDER.index(stage) > _ORDER.index(worst.stage):
            after = [limit for limit in limits[_ORDER.index(stage) :] if limit]
            worst = Staleness(stage, cause, measured, after[0] if after else 0.0)
    return worst


def latest_of(*times: datetime | None) -> datetime:
    """Return the latest of the times that a station has seen: a clock that is set back makes nothing fresher."""
    return max(at for at in times if at is not None)


def _measures(alone: Alone) -> tuple[tuple[Cause, float], ...]:
    hours = timedelta(hours=1)
    return (
        (Cause.SILENT, alone.silent / hours if alone.silent is not None else 0.0),
        (Cause.PENDING, float(alone.pending)),
        (Cause.OLDEST, alone.oldest / hours if alone.oldest is not None else 0.0),
    )


def _limit(limits: Limits, cause: Cause) -> float:
    by_cause = {
        Cause.SILENT: limits.silent_hours,
        Cause.PENDING: float(limits.pending),
        Cause.OLDEST: limits.oldest_hours,
    }
    return by_cause[cause]
