"""What the hall's database holds, row by row, read past the hall's own code as far as its tables go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Table, select

from hall.algorithms import agreed_algorithms
from hall.database import hall_key
from hall.engines import reading
from hall.tables import cases, department_feed, devices, feed, inbox, places, slips, sub_cases
from wire.keys import public_of

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of the tables that a push writes, as they stood at one moment, and whose signature receipts bear."""

    inbox: Sequence[Row]
    places: Sequence[Row]
    devices: Sequence[Row]
    cases: Sequence[Row]
    sub_cases: Sequence[Row]
    slips: Sequence[Row]
    feed: Sequence[Row]
    department_feed: Sequence[Row]
    public: bytes
    signature: str


def held(engine: Engine) -> Held:
    """Read all of it. Raises what the database raises."""
    with reading(engine) as db:
        return Held(
            inbox=_rows(db, inbox),
            places=_rows(db, places),
            devices=_rows(db, devices),
            cases=_rows(db, cases),
            sub_cases=_rows(db, sub_cases),
            slips=_rows(db, slips),
            feed=_rows(db, feed),
            department_feed=_rows(db, department_feed),
            public=public_of(hall_key(db)),
            signature=agreed_algorithms(db).signature,
        )


def _rows(db: Connection, table: Table) -> Sequence[Row]:
    return [dict(row._mapping) for row in db.execute(select(table))]
