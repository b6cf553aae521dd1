"""How stale the station is now: from the store alone, so that neither a restart nor a clock set back makes it fresher."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from catalogue.model import Catalogue
from wire.codec import decode, encode
from wire.staleness import HIGH_RISK, RESTRICT, WARN, StalenessPolicy
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.staleness import Alone, Staleness, judge, latest_of
from workstation.services.ports import Clock, OpenUnit, Unit

POLICY_FACT = "staleness_policy"


def staleness_of(unit: Unit, now: datetime) -> Staleness:
    """Judge by the hall's limits, or by the usual ones before it gave any.

    The hall was last heard when it signed the list of staff that is held: its own time, which comes with every contact.
    """
    staff, queue, head = unit.station.staff_list(), unit.outbox.state(), unit.audit.head()
    at = latest_of(now, unit.station.latest_time(), head.at if head else None, queue.oldest)
    alone = Alone(
        at - staff.issued_at if staff is not None else None,
        queue.pending,
        at - queue.oldest if queue.oldest is not None else None,
    )
    return judge(alone, policy_of(unit))


def policy_of(unit: Unit) -> StalenessPolicy:
    """Return the hall's limits."""
    text = unit.station.fact(POLICY_FACT)
    if text:
        return decode(StalenessPolicy, text)
    return StalenessPolicy(0, datetime.min.replace(tzinfo=UTC), WARN, HIGH_RISK, RESTRICT)


def take_policy(policy: StalenessPolicy, *, open_unit: OpenUnit, clock: Clock) -> bool:
    """Keep limits whose signature was checked; say whether they are other ones. Older ones than those held are not taken."""
    with open_unit() as unit:
        held = policy_of(unit)
        if policy.number <= held.number:
            return False
        unit.station.remember(POLICY_FACT, encode(policy))
        unit.audit.note(at=clock(), actor="hall", deed=Deed.LIMITS_TAKEN, note=f"number {policy.number}")
        unit.commit()
    return True


def hold_alone(unit: Unit, deed: Deed, items: Iterable[str], catalogue: Catalogue, now: datetime) -> None:
    """Raise Refused(STATION_STALE, cause, measured) when the deed has to wait for the hall."""
    stale = staleness_of(unit, now)
    if stale.holds(deed, high_risk=is_high_risk(items, catalogue)):
        raise Refused(
            Failure.STATION_STALE,
            cause=stale.cause.value,
            measured=f"{stale.measured:.0f}",
            stage=stale.stage.value,
        )


def is_high_risk(items: Iterable[str], catalogue: Catalogue) -> bool:
    """Say whether one of the items is marked so; one that the catalogue does not have counts as marked."""
    return any(item not in catalogue.items or catalogue.items[item].risk == "high" for item in items)
