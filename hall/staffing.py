"""The people of a station: accounts, who is behind them, what they might do when, and the signed list for the station."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Row, delete, insert, select, update

from hall.algorithms import agreed_algorithms
from hall.database import fact, hall_key, keep, now, stamp
from hall.tables import meta, staff, staff_lists, staff_terms, stations
from hall.upsert import dialect_insert
from wire.codec import decode, encode
from wire.messages import Role, StaffAccount, StaffList, StaffPolicy
from wire.rights import STATION_ITSELF
from wire.signed import sign_reply


class Spell(Protocol):
    """From when to when an account might do something."""

    @property
    def since(self) -> str:
        """The first moment."""

    @property
    def until(self) -> str | None:
        """The first moment when it no longer held, None while it holds."""


_Spell = TypeVar("_Spell", bound=Spell)


class StaffRefused(Exception):
    """A change of staff that makes no sense: no such station or account, or one that is there already."""


def person_id(db: Connection, identity_number: str) -> str:
    """Return the id of a human being: the same for every account one ever has, and no way back to the number.

    Keyed with a secret of this hall, because identity numbers are few enough to be tried one by one.
    """
    keep(db, "person_secret", secrets.token_hex(32))
    secret = bytes.fromhex(fact(db, "person_secret"))
    return hmac.digest(secret, identity_number.strip().upper().encode(), "sha256").hex()[:16]


def add_staff(db: Connection, station: str, account: StaffAccount) -> None:
    """Give a person an account at a station. Raises StaffRefused."""
    if db.execute(select(stations).where(stations.c.code == station)).first() is None:
        raise StaffRefused("station")
    # What stations and hall do by themselves is told under these names: nobody may have them.
    if account.login in {STATION_ITSELF, "hall"} or _row(db, station, account.login) is not None:
        raise StaffRefused("login")
    known = account if account.person else replace(account, person=_nameless(db, station, account.login))
    db.execute(insert(staff).values(station=station, login=account.login, body=encode(known)))
    _begin_term(db, station, known)
    _changed(db, station)


def remove_staff(db: Connection, station: str, login: str) -> None:
    """End an account; what was done with it before stays good. Raises StaffRefused."""
    account_of(db, station, login)
    db.execute(delete(staff).where(staff.c.station == station, staff.c.login == login))
    _end_term(db, station, login)
    _changed(db, station)


def change_staff(db: Connection, station: str, account: StaffAccount) -> None:
    """Put a changed account in the place of the one with its login. Raises StaffRefused."""
    before = account_of(db, station, account.login)
    db.execute(
        update(staff)
        .where(staff.c.station == station, staff.c.login == account.login)
        .values(body=encode(account))
    )
    if (before.roles, before.person) != (account.roles, account.person):
        _end_term(db, station, account.login)
        _begin_term(db, station, account)
    _changed(db, station)


def account_of(db: Connection, station: str, login: str) -> StaffAccount:
    """Return an account as it stands. Raises StaffRefused."""
    row = _row(db, station, login)
    if row is None:
        raise StaffRefused("login")
    return _known(db, station, decode(StaffAccount, row.body))


def accounts_of(db: Connection, station: str) -> tuple[StaffAccount, ...]:
    """Return the accounts of a station by login."""
    bodies = db.scalars(select(staff.c.body).where(staff.c.station == station).order_by(staff.c.login)).all()
    return tuple(_known(db, station, decode(StaffAccount, body)) for body in bodies)


def staff_list(db: Connection, station: str) -> StaffList:
    """Sign the list for the station, as of now."""
    number = db.scalar(select(staff_lists.c.number).where(staff_lists.c.station == station)) or 1
    unsigned = StaffList(station, int(number), now(), policy(db), accounts_of(db, station), "")
    return sign_reply(unsigned, hall_key(db), agreed_algorithms(db).signature)


def policy(db: Connection) -> StaffPolicy:
    """Return what stations may do while they do not hear the hall."""
    body = db.scalar(select(meta.c.value).where(meta.c.name == "staff_policy"))
    return decode(StaffPolicy, body) if body else StaffPolicy()


def set_policy(db: Connection, wanted: StaffPolicy) -> None:
    """Change it for all stations."""
    keep(db, "staff_policy", encode(wanted))
    db.execute(update(meta).where(meta.c.name == "staff_policy").values(value=encode(wanted)))
    for station in db.scalars(select(stations.c.code)).all():
        _changed(db, station)


def at_the_time(
    db: Connection, station: str, login: str, at: datetime
) -> tuple[tuple[Role, ...], str] | None:
    """Return roles and person of an account as they were then, None when there was no such account.

    A station that was offline sends later what was right when it was done.
    """
    mine = (staff_terms.c.station == station) & (staff_terms.c.login == login)
    rows = db.execute(select(staff_terms).where(mine).order_by(staff_terms.c.id)).all()
    row = term_at(rows, stamp(at))
    if row is None:
        return None
    return tuple(Role(role) for role in row.roles.split()), row.person or _nameless(db, station, login)


def term_at(terms: Sequence[_Spell], then: str) -> _Spell | None:
    """Return which of an account's terms, oldest first, held at a time (hall.database.stamp); None when none did.

    A station learns of an account from the hall, so what it says was done before the account began was done after, by a
    clock that was behind: the first term answers for it. Between two terms and after the last nobody does.
    """
    if terms and then < terms[0].since:
        return terms[0]
    for term in terms:
        if term.since <= then and (term.until is None or term.until > then):
            return term
    return None


def _row(db: Connection, station: str, login: str) -> Row[tuple[object, ...]] | None:
    return db.execute(select(staff).where(staff.c.station == station, staff.c.login == login)).first()


def _known(db: Connection, station: str, account: StaffAccount) -> StaffAccount:
    return account if account.person else replace(account, person=_nameless(db, station, account.login))


def _nameless(db: Connection, station: str, login: str) -> str:
    # Nobody told whose account it is: it counts as a person of its own.
    return person_id(db, f"account {station} {login}")


def _begin_term(db: Connection, station: str, account: StaffAccount) -> None:
    roles = " ".join(role.value for role in account.roles)
    row = {"station": station, "login": account.login, "person": account.person, "roles": roles}
    db.execute(insert(staff_terms).values(**row, since=stamp(now())))


def _end_term(db: Connection, station: str, login: str) -> None:
    terms = staff_terms.c
    open_term = (terms.station == station) & (terms.login == login) & terms.until.is_(None)
    db.execute(update(staff_terms).where(open_term).values(until=stamp(now())))


def _changed(db: Connection, station: str) -> None:
    first = dialect_insert(db, staff_lists).values(station=station, number=1)
    grown = {"number": staff_lists.c.number + 1}
    db.execute(first.on_conflict_do_update(index_elements=["station"], set_=grown))
