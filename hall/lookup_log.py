"""The log of look-ups and what stands beside it, in statements that are built once: a clerk waits for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, delete, distinct, func, insert, select, update

from hall.database import stamp
from hall.tables import cases, lookups, owed, register_keys, staff, sub_cases
from hall.upsert import insert_or_ignore
from wire.codec import decode
from wire.keys import unb64
from wire.messages import Outcome, Role, StaffAccount, VerificationQuery

ASKED = "asked"  # stands in the log until there is an answer

# Held: what one person asks at the same time is counted one after the other, or a limit would let more pass.
_PERSON = (
    select(staff.c.body, staff.c.self_mark, staff.c.kin_mark)
    .where(staff.c.station == bindparam("station"), staff.c.login == bindparam("clerk"))
    .with_for_update()
)
# The same question of the same case is one, however often a register that owes its answer is asked again.
_QUESTION = case(
    (lookups.c.about == "", lookups.c.query),
    else_=lookups.c.case + "/" + lookups.c.service + "/" + lookups.c.about,
)
_COUNTS = select(
    func.count(distinct(_QUESTION)),
    func.count(distinct(case((lookups.c.at >= bindparam("hour"), _QUESTION)))),
).where(
    lookups.c.station == bindparam("station"),
    lookups.c.clerk == bindparam("clerk"),
    lookups.c.at >= bindparam("day"),
)
_KNOWN = select(lookups.c.query).where(lookups.c.query == bindparam("asked"))
_BEGIN = insert(lookups)
_END = update(lookups).where(lookups.c.query == bindparam("asked"))
_CASE = select(cases.c.station, cases.c.accepting, cases.c.closed, cases.c.concluded_at).where(
    cases.c.id == bindparam("asked")
)
_ITEM = select(sub_cases.c.id).where(
    sub_cases.c.case == bindparam("asked"), sub_cases.c.item == bindparam("of_item")
)
_KEY = select(register_keys.c.public_key).where(register_keys.c.service == bindparam("asked"))
_OWED = (
    owed.c.case == bindparam("of_case"),
    owed.c.service == bindparam("of_service"),
    owed.c.params == bindparam("of_params"),
)
_PROMISED = select(owed.c.ticket, owed.c.due).where(*_OWED)
_KEPT_PROMISE = delete(owed).where(*_OWED)


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: their roles, and the keyed hashes of their own record."""

    roles: tuple[Role, ...]
    self_mark: str | None = field(repr=False)
    kin_mark: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Promise:
    """An answer that a register owes: under which number, until when (hall.database.stamp)."""

    ticket: str
    due: str


def person(db: Connection, station: str, clerk: str) -> Person | None:
    """Return who that is at a station; None for nobody."""
    row = db.execute(_PERSON, {"station": station, "clerk": clerk}).first()
    if row is None:
        return None
    return Person(decode(StaffAccount, row.body).roles, row.self_mark, row.kin_mark)


def asked_since(db: Connection, station: str, clerk: str, hour: datetime, day: datetime) -> tuple[int, int]:
    """Count a person's questions since the beginning of the hour and of the day."""
    since = {"station": station, "clerk": clerk, "hour": stamp(hour), "day": stamp(day)}
    in_day, in_hour = db.execute(_COUNTS, since).one()
    return int(in_hour or 0), int(in_day)


def key_of(db: Connection, service: str) -> bytes | None:
    """Return the department's public key; None where the hall has none."""
    public = db.scalar(_KEY, {"asked": service})
    return unb64(public) if public else None


def known(db: Connection, query: str) -> bool:
    """Say whether a look-up of this id was asked before."""
    return db.execute(_KNOWN, {"asked": query}).first() is not None


def may_ask_for(db: Connection, station: str, query: VerificationQuery) -> bool:
    """Say whether the case still gives a reason: a talk before the receipt, or an open case with the item whose steps
    this station takes."""
    known = db.execute(_CASE, {"asked": query.case}).first()
    if known is None:
        return True
    open_here = (
        (known.accepting or known.station) == station and known.closed is None and known.concluded_at is None
    )
    return open_here and db.execute(_ITEM, {"asked": query.case, "of_item": query.item}).first() is not None


def begin(
    db: Connection,
    station: str,
    query: VerificationQuery,
    grant: str,
    evidence: str,
    about: str,
    at: datetime,
) -> None:
    """Write a look-up down before it is made, with the number that its answer will have; `about` is the keyed hash of
    its parameters."""
    row = {
        "query": query.id,
        "station": station,
        "clerk": query.clerk,
        "case": query.case,
        "item": query.item,
        "rule": query.rule,
        "service": query.service,
        "replaces": query.replaces,
        "purpose": query.purpose,
        "legal_basis": query.legal_basis,
        "grant_no": grant,
        "outcome": ASKED,
        "evidence_no": evidence,
        "about": about,
        "at": stamp(at),
    }
    db.execute(_BEGIN, row)


def end(db: Connection, query: str, outcome: Outcome, said: Mapping[str, str | int | None]) -> None:
    """Write down what came of it: evidence_no, reply_no, trouble, took_ms; never the facts."""
    db.execute(_END, {"asked": query, "outcome": outcome.value, **said})


def promised(db: Connection, query: VerificationQuery, params: str) -> Promise | None:
    """Return what a register owes to just this question of this case; `params` is a keyed hash."""
    row = db.execute(_PROMISED, _place(query, params)).first()
    return Promise(row.ticket, row.due) if row else None


def promise(db: Connection, query: VerificationQuery, params: str, ticket: str, due: datetime) -> None:
    """Keep what a register promised."""
    place = {"case": query.case, "service": query.service, "params": params}
    # The first promise counts: a new deadline does not move it.
    insert_or_ignore(db, owed, {**place, "ticket": ticket, "due": stamp(due)})


def kept_promise(db: Connection, query: VerificationQuery, params: str) -> None:
    """Forget a promise that was kept."""
    db.execute(_KEPT_PROMISE, _place(query, params))


def _place(query: VerificationQuery, params: str) -> dict[str, str]:
    return {"of_case": query.case, "of_service": query.service, "of_params": params}
