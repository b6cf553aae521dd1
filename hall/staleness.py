"""How long a station may go on alone: the hall's limits, signed for its stations."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select, update

from hall.algorithms import agreed_algorithms
from hall.database import hall_key, now
from hall.tables import meta
from hall.upsert import insert_or_ignore
from wire.codec import decode, encode
from wire.signed import sign_reply
from wire.staleness import HIGH_RISK, RESTRICT, WARN, StalenessPolicy

_FACT = "staleness_policy"


def staleness(db: Connection) -> StalenessPolicy:
    """Return the limits as they stand, signed as of now."""
    body = db.scalar(select(meta.c.value).where(meta.c.name == _FACT))
    held = decode(StalenessPolicy, body) if body else StalenessPolicy(1, now(), WARN, HIGH_RISK, RESTRICT)
    return sign_reply(replace(held, issued_at=now()), hall_key(db), agreed_algorithms(db).signature)


def set_staleness(db: Connection, wanted: StalenessPolicy) -> StalenessPolicy:
    """Change them for all stations; the number grows by itself. Raises ValueError for limits that warn too late."""
    stages = (wanted.warn, wanted.high_risk, wanted.restrict)
    for name in ("silent_hours", "pending", "oldest_hours"):
        said = [getattr(stage, name) for stage in stages]
        if min(said) < 0:
            raise ValueError(f"{name} is negative")
        limits = [value for value in said if value]  # 0 is no limit
        if limits != sorted(limits):
            raise ValueError(f"{name}: a warning must come before what it warns of")
    made = replace(wanted, number=staleness(db).number + 1, issued_at=now())
    insert_or_ignore(db, meta, {"name": _FACT, "value": encode(made)})
    db.execute(update(meta).where(meta.c.name == _FACT).values(value=encode(made)))
    return made
