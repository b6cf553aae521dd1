"""The hall's numbers: how long a register is waited for, how often one person may ask, what is unusual."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pace:
    """How registers are asked. A clerk and a citizen are waiting: after the budget the paper path opens."""

    budget_s: float = 2.5  # for one look-up with all its tries
    tries: int = 3
    breaker_after: int = 5  # failures in a row
    breaker_rest_s: float = 15.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How many look-ups a person may make in a clock hour and in a day of Beijing; what an auditor shall hear of.

    Unusual is an hour with at least `unusual_hour` look-ups and `unusual_factor` times the person's own busy hours.
    """

    per_hour: int = 200
    per_day: int = 1000
    unusual_hour: int = 80
    unusual_factor: float = 3.0


@dataclass(frozen=True, slots=True)
class Intake:
    """What is taken at once, told to stations as wire.limits.HallLimits: events, bytes of a message, bytes of a scan."""

    batch: int = 100
    body_bytes: int = 1_000_000
    blob_bytes: int = 10_000_000


@dataclass(frozen=True, slots=True)
class Rates:
    """How often one device, one department or one address may ask within a minute, and how many may come at once (a bucket that
    is filled at the rate and holds `burst`). Counted in each server process by itself: with four workers a client that is
    spread over them may come four times as often, and never less often than it says here."""

    push_per_min: int = 6000  # batches, of a device
    push_burst: int = 1000
    verify_per_min: int = 1200  # look-ups, of a device; what a person may ask is in Limits
    verify_burst: int = 300
    other_per_min: int = 6000
    other_burst: int = 1000
    department_per_min: int = 12000
    department_burst: int = 2000
    enrol_per_min: int = 120  # of an address, right codes too; a street hall may stand behind one
    enrol_burst: int = 60
    sign_in_per_min: int = 60  # of an address at /desk
    sign_in_burst: int = 30


@dataclass(frozen=True, slots=True)
class Watch:
    """From where on `check` and the alarms of the metrics speak."""

    feed_age_s: float = 30
    queue_days: int = 10  # the oldest task that a department has not decided
    disk_free_mb: int = 1000
    certificate_days: int = 21
    backup_hours: int = 26


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything in one."""

    pace: Pace = Pace()
    limits: Limits = Limits()
    intake: Intake = Intake()
    rates: Rates = Rates()
    watch: Watch = Watch()


def read_settings(path: Path) -> Settings:
    """Read a file of {"pace": {...}, "limits": {...}, "intake": {...}, "rates": {...}, "watch": {...}}; what is missing stays as it is shipped.

    Raises OSError, ValueError for an unknown name, a number that is none, or one that is not above zero.
    """
    said = json.loads(path.read_text(encoding="utf-8"))
    kinds = {field.name: type(getattr(Settings(), field.name)) for field in fields(Settings)}
    if not isinstance(said, dict) or not said.keys() <= kinds.keys():
        raise ValueError(f"settings are {', '.join(kinds)}")
    return Settings(**{name: _group(kind, said.get(name, {})) for name, kind in kinds.items()})


def _group(kind: type[T], values: dict[str, Any]) -> T:
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    for name, value in values.items():
        if name not in known:
            raise ValueError(f"{name} is no setting")
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise ValueError(f"{name} is a number above zero")
    return kind(**values)
