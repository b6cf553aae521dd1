"""Figures of each register, counted from the log of look-ups: response times, outcomes, whether it is left alone now."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from hall.database import stamp
from hall.registries import REGISTERS
from hall.registries.breaker import BreakerState
from hall.registries.over_http import CIRCUIT_OPEN
from hall.tables import circuits, lookups, register_keys
from hall.upsert import upsert


@dataclass(frozen=True, slots=True)
class RegisterFigures:
    """One register over a span of time. Times are milliseconds of the whole look-up at the register, tries included."""

    service: str
    signs: bool  # the hall holds its key
    retry_at: str  # left alone until then, "" when it is asked as always
    asked: int
    p50_ms: int | None
    p95_ms: int | None
    outcomes: Mapping[str, int]
    troubles: Mapping[str, int]
    last_at: str
    last_outcome: str


def figures(db: Connection, at: datetime, span: timedelta) -> tuple[RegisterFigures, ...]:
    """Count the look-ups of the last `span` for every register that this hall asks."""
    keys = set(db.scalars(select(register_keys.c.service)))
    open_now = {row.service: row.retry_at for row in db.execute(select(circuits))}
    chosen = select(lookups).where(lookups.c.at >= stamp(at - span)).order_by(lookups.c.at)
    rows: dict[str, list[tuple[str, str, str, int | None]]] = {}
    for row in db.execute(chosen):
        rows.setdefault(row.service, []).append((row.at, row.outcome, row.trouble, row.took_ms))
    made = []
    for service in REGISTERS:
        asked = rows.get(service, [])
        # Who was not asked took no time.
        took = [ms for _, _, trouble, ms in asked if ms is not None and trouble != CIRCUIT_OPEN]
        made.append(
            RegisterFigures(
                service=service,
                signs=service in keys,
                retry_at=open_now.get(service, ""),
                asked=len(asked),
                p50_ms=round(statistics.median(took)) if took else None,
                p95_ms=_p95(took),
                outcomes=dict(Counter(outcome for _, outcome, _, _ in asked)),
                troubles=dict(Counter(trouble for _, _, trouble, _ in asked if trouble)),
                last_at=asked[-1][0] if asked else "",
                last_outcome=asked[-1][1] if asked else "",
            )
        )
    return tuple(made)


def note_circuit(
    db: Connection, service: str, state: BreakerState, at: datetime, retry_at: datetime | None
) -> None:
    """Write down that a register is left alone, or asked again."""
    if state is BreakerState.OPEN and retry_at is not None:
        row = {"service": service, "since": stamp(at), "retry_at": stamp(retry_at)}
        upsert(db, circuits, row, ["service"], ["since", "retry_at"])
    else:
        db.execute(delete(circuits).where(circuits.c.service == service))


def forget_circuits(db: Connection) -> None:
    """Begin anew: a hall that starts asks every register."""
    db.execute(delete(circuits))


def _p95(took: list[int]) -> int | None:
    if not took:
        return None
    return took[0] if len(took) == 1 else round(statistics.quantiles(took, n=20, method="inclusive")[-1])
