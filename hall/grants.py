"""Grants: which item may ask which register, under which number, until when (domain.md 4.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, bindparam, insert, select, update

from hall.database import HALL_ZONE, next_number, now, stamp
from hall.registries import REGISTERS
from hall.tables import grants

# Built once: every look-up asks it.
_OF_PAIR = (
    select(grants.c.number, grants.c.expires_at, grants.c.withdrawn_at)
    .where(grants.c.item == bindparam("of_item"), grants.c.service == bindparam("of_service"))
    .order_by(grants.c.expires_at.desc())
)


class NoGrant(StrEnum):
    """Why a look-up is denied."""

    MISSING = "grant_missing"
    EXPIRED = "grant_expired"
    WITHDRAWN = "grant_withdrawn"


class ServiceUnknown(ValueError):
    """A grant for a service that no adapter of this hall asks."""


class GrantUnknown(KeyError):
    """No grant in force has this number."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One approval. Times are the texts of hall.database.stamp."""

    number: str
    item: str
    service: str
    issued_at: str
    expires_at: str
    withdrawn_at: str | None

    def state(self, at: datetime) -> str:
        """Say how it stands: in_force, expired or withdrawn."""
        if self.withdrawn_at:
            return "withdrawn"
        return "in_force" if stamp(at) < self.expires_at else "expired"


def find_grant(db: Connection, item: str, service: str, at: datetime) -> str | NoGrant:
    """Return the number of a grant in force, else why there is none."""
    rows = db.execute(_OF_PAIR, {"of_item": item, "of_service": service}).all()
    for row in rows:
        if not row.withdrawn_at and stamp(at) < row.expires_at:
            return str(row.number)
    if not rows:
        return NoGrant.MISSING
    return NoGrant.EXPIRED if any(not row.withdrawn_at for row in rows) else NoGrant.WITHDRAWN


def give(db: Connection, item: str, service: str, life: timedelta) -> Grant:
    """Write a grant that begins now. Raises ServiceUnknown; the item is the giver's word."""
    if service not in REGISTERS:
        raise ServiceUnknown(service)
    at = now()
    year = f"{at.astimezone(HALL_ZONE):%Y}"
    number = f"SQ{year}{next_number(db, f'grant:{year}'):05d}"
    made = Grant(number, item, service, stamp(at), stamp(at + life), None)
    db.execute(
        insert(grants).values(
            number=number,
            item=item,
            service=service,
            issued_at=made.issued_at,
            expires_at=made.expires_at,
        )
    )
    return made


def give_missing(db: Connection, pairs: Iterable[tuple[str, str]], life: timedelta) -> int:
    """Give what was never given; what expired or was withdrawn stays so. Return how many."""
    wanted = [(item, service) for item, service in pairs if service in REGISTERS]
    new = [pair for pair in wanted if find_grant(db, *pair, now()) is NoGrant.MISSING]
    for item, service in dict.fromkeys(new):
        give(db, item, service, life)
    return len(set(new))


def withdraw(db: Connection, number: str) -> None:
    """End a grant at once. Raises GrantUnknown."""
    ended = update(grants).where(grants.c.number == number, grants.c.withdrawn_at.is_(None))
    if db.execute(ended.values(withdrawn_at=stamp(now()))).rowcount == 0:
        raise GrantUnknown(number)


def all_grants(db: Connection, item: str = "") -> list[Grant]:
    """List grants, of one item or of all, in order of item and service."""
    chosen = select(grants).order_by(grants.c.item, grants.c.service, grants.c.number)
    rows = db.execute(chosen.where(grants.c.item == item) if item else chosen).mappings()
    return [Grant(**row) for row in rows]
