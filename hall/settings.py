"""The hall's numbers: how long a register is waited for, how often one person may ask, what is unusual."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T", "Pace", "Limits", "Intake")


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
class Settings:
    """Everything in one."""

    pace: Pace = Pace()
    limits: Limits = Limits()
    intake: Intake = Intake()


def read_settings(path: Path) -> Settings:
    """Read a file of {"pace": {...}, "limits": {...}, "intake": {...}}; what is missing stays as it is shipped.

    Raises OSError, ValueError for an unknown name, a number that is none, or one that is not above zero.
    """
    said = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(said, dict) or not said.keys() <= {"pace", "limits", "intake"}:
        raise ValueError("settings are pace, limits and intake")
    return Settings(
        _group(Pace, said.get("pace", {})),
        _group(Limits, said.get("limits", {})),
        _group(Intake, said.get("intake", {})),
    )


def _group(kind: type[T], values: dict[str, Any]) -> T:
    known = {field.name for field in fields(kind)}
    for name, value in values.items():
        if name not in known:
            raise ValueError(f"{name} is no setting")
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise ValueError(f"{name} is a number above zero")
    return kind(**values)
