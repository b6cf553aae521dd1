"""How things stand for a device when it pushes a batch: read in one statement, with the device's row held."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import sqlite

from hall.bulk import among, array_of, named_among
from hall.database import now, stamp
from hall.staffing import term_at
from hall.tables import cases, device_keys, devices, disputes, inbox, meta, places, staff_terms, stations
from hall.upsert import Speaks, is_postgres
from wire.algorithms import SETS, STANDARD
from wire.codec import decode
from wire.keys import unb64
from wire.messages import Algorithms, Envelope, EventKind, PushRequest, PushResult, Role

# How far a station may run ahead of what it holds back: more is no queue any more but a fault.
MOST_AHEAD = 10_000


class Link(NamedTuple):
    """One place in a device's chain: the hash of its envelope and of the one before."""

    sha256: str
    prev: str


class Term(NamedTuple):
    """What somebody might do from when to when; times are hall.database.stamp."""

    roles: str
    since: str
    until: str | None


@dataclass(slots=True)
class Standing:
    """What a batch meets. `around` are places by seq, `seen` the events of the batch that were taken before."""

    device: str
    station: str
    level: str
    incarnation: int
    last_seq: int
    last_sha256: str
    epoch: str
    algorithms: Algorithms
    hall_key: bytes = field(repr=False)
    terms: dict[str, list[Term]]
    disputed: bool  # a dispute about one of its cases waits for the case to be received
    around: dict[int, Link]
    seen: dict[str, tuple[str, PushResult]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)  # of cases that are known
    receipt_nos: set[str] = field(default_factory=set)

    def is_behind(self, request: PushRequest) -> bool:
        """Say whether something of the batch stands where the hall has been: only then can it have been taken before from
        this device. From another device it meets the key of the inbox."""
        ahead = all(envelope.seq > self.last_seq for envelope in request.items)
        return not ahead or request.incarnation != self.incarnation

    def roles(self, login: str, at: datetime) -> tuple[Role, ...] | None:
        """Return what an account might do at a time, None when there was none (hall.staffing.at_the_time)."""
        terms: Sequence[Term] = self.terms.get(login, ())
        term = terms[0] if self.goes_on(login) else term_at(terms, stamp(at))
        return None if term is None else _roles(term.roles)

    def goes_on(self, login: str) -> bool:
        """Say whether an account has one term that goes on, as nearly every one: it holds whenever it is asked for (term_at)."""
        terms = self.terms.get(login, ())
        return len(terms) == 1 and terms[0].until is None

    def knows(self, case: str, receipt_no: str) -> bool:
        """Say whether a case or its number is known, as far as was looked: the keys of the table know the rest."""
        return case in self.ids or receipt_no in self.receipt_nos

    def note(self, envelope: Envelope, result: PushResult) -> None:
        """Let what was just taken stand for the rest of the batch."""
        self.seen[envelope.id] = envelope.sha256, result
        self.around[envelope.seq] = Link(envelope.sha256, envelope.prev)
        if envelope.seq > self.last_seq:
            self.last_seq, self.last_sha256 = envelope.seq, envelope.sha256


class ShutOut(Exception):
    """Whose key signed is not let in now; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Seen(NamedTuple):
    """One row of what every batch reads: the device with one term of one of its people, if there is any."""

    station: str
    level: str
    incarnation: int
    last_seq: int
    last_sha256: str
    revoked_at: str | None
    confirmed_at: str | None
    key: str | None
    key_until: str | None
    login: str | None
    roles: str
    since: str
    until: str | None
    epoch: str
    hall_key: str
    algorithms: str | None
    disputed: int


# What was read, row by row: read again and equal, nothing of it has moved.
Read = Sequence[_Seen]
# How long the pushes of several devices together wait for a row of somebody else: each then waits by itself as long as it may.
TOGETHER_WAIT = "1s"


def look(db: Speaks, request: PushRequest, key: str = "") -> Read:
    """Read what every batch needs. Two pushes of one device at once go one after the other: in a transaction that may write,
    its row is held to the end.

    `key` is the id of the key that signed, "" for whoever has looked already. Raises ShutOut where its device may not push
    (any more): device_unknown, device_revoked, device_pending.
    """
    given = {
        "device": request.device,
        "key": key,
        "registered": _registered(request),
        "actors": sorted(_actors(request)),
    }
    rows = [_Seen(*row) for row in _rows(db, given)]
    if key:
        _let_in(rows)
    return rows


def look_at_all(db: Speaks, asked: Mapping[str, tuple[PushRequest, str]]) -> Mapping[str, Read]:
    """Read the same for pushes of several devices in one statement (PostgreSQL), by device; each with the key that signed.

    Left out is a device that may not push, and one that somebody else holds: nobody waits for another one's device. The
    others are held to the end of the transaction.
    """
    requests = [request for request, _ in asked.values()]
    given = {
        "devices": list(asked),
        "keys": [key for _, key in asked.values()],
        "registered": [subject for request in requests for subject in _registered(request)],
        "actors": sorted({actor for request in requests for actor in _actors(request)}),
    }
    found: dict[str, list[_Seen]] = {}
    for device, _, *row in _rows(db, given, together=True):
        found.setdefault(device, []).append(_Seen(*row))
    return {device: rows for device, rows in found.items() if _is_let_in(rows)}


def stand(device: str, rows: Read) -> Standing:
    """Return what was read, as a batch of this device meets it."""
    first = rows[0]
    accounts: dict[str, list[Term]] = {}
    for row in rows:
        if row.login is not None:
            accounts.setdefault(row.login, []).append(Term(row.roles, row.since, row.until))
    last = {int(first.last_seq): Link(first.last_sha256, "")} if first.last_seq else {}
    return Standing(
        device=device,
        station=first.station,
        level=first.level,
        incarnation=first.incarnation,
        last_seq=first.last_seq,
        last_sha256=first.last_sha256,
        epoch=first.epoch,
        algorithms=SETS[first.algorithms] if first.algorithms else STANDARD,
        hall_key=unb64(first.hall_key),
        terms=accounts,
        disputed=bool(first.disputed),
        around=last,
    )


def stand_carefully(
    db: Connection, standing: Standing, request: PushRequest, receipt_nos: Sequence[str]
) -> None:
    """Read what only a batch needs that may have been here before: its events, their neighbours, its cases."""
    wanted = {
        seq
        for each in request.items
        for seq in (each.seq - 1, each.seq, each.seq + 1)
        if 0 < seq <= standing.last_seq
    }
    mine = (places.c.device == standing.device) & (places.c.incarnation == standing.incarnation)
    near = select(places.c.seq, places.c.sha256, places.c.prev).where(mine, places.c.seq.in_(sorted(wanted)))
    for at, sha256, prev in db.execute(near):
        standing.around[at] = Link(sha256, prev)
    ids = [each.id for each in request.items if "\x00" not in each.id]
    before = select(inbox.c.event, inbox.c.sha256, inbox.c.result).where(among(db, inbox.c.event, ids))
    for event, sha256, result in db.execute(before):
        standing.seen[event] = sha256, decode(PushResult, result)
    known = select(cases.c.id, cases.c.receipt_no).where(
        among(db, cases.c.id, _registered(request)) | among(db, cases.c.receipt_no, receipt_nos)
    )
    for case, receipt_no in db.execute(known):
        standing.ids.add(case)
        standing.receipt_nos.add(receipt_no)


def _rows(db: Speaks, given: Mapping[str, Any], *, together: bool = False) -> list[list[Any]]:
    # As the driver takes it: SQLAlchemy would write it anew for each batch.
    sql, fixed = _as_text(db.dialect, together=together)
    write: Callable[[list[str]], Any] = array_of if is_postgres(db) else json.dumps
    given = {name: write(value) if isinstance(value, list) else value for name, value in given.items()}
    return [json.loads(row) for row in db.exec_driver_sql(sql, {**fixed, **given}).scalars()]


@lru_cache(maxsize=4)
def _as_text(dialect: Dialect, *, together: bool) -> tuple[str, Mapping[str, Any]]:
    postgres = dialect.name == "postgresql"
    return as_text(_query_together() if together else _query(postgres=postgres), dialect)


def as_text(query: Select[Any], dialect: Dialect) -> tuple[str, Mapping[str, Any]]:
    """Return a query as the driver takes it, with those of its values that are always the same."""
    spoken = dialect if dialect.name == "postgresql" else sqlite.dialect(paramstyle="named")
    compiled = query.compile(dialect=spoken)
    return str(compiled), {name: value for name, value in compiled.params.items() if value is not None}


def _let_in(rows: Read) -> None:
    """Hold the device to what is known of it and of its key now, in the transaction of the push."""
    if not rows:
        raise ShutOut("device_unknown")
    first = rows[0]
    if first.key is None:
        raise ShutOut("device_unknown")
    hold(first.key_until, first.revoked_at, first.confirmed_at)


def hold(key_until: str | None, revoked_at: str | None, confirmed_at: str | None) -> None:
    """Hold a device to what is known of it and of the key that signed. Raises ShutOut as `look` does."""
    if key_until is not None and key_until < stamp(now()):
        raise ShutOut("device_unknown")
    if revoked_at:
        raise ShutOut("device_revoked")
    if not confirmed_at:
        raise ShutOut("device_pending")


def _is_let_in(rows: Read) -> bool:
    try:
        _let_in(rows)
    except ShutOut:
        return False
    return True


def _query(*, postgres: bool) -> Select[tuple[str]]:
    """Return the one read of every batch: rows of `_Seen`, each as JSON."""
    signed = device_keys.c.id == bindparam("key")
    read = _reading((), signed, postgres=postgres).where(devices.c.id == bindparam("device"))
    return read.with_for_update(of=devices)


def _query_together() -> Select[tuple[str]]:
    """Return the same read for several devices: before each row its device, and how long the transaction waits from now on."""
    signed = named_among(device_keys.c.id, "keys", postgres=True)
    wait = func.set_config("lock_timeout", literal(TOGETHER_WAIT), True)
    read = _reading((devices.c.id, wait), signed, postgres=True)
    mine = named_among(devices.c.id, "devices", postgres=True)
    return read.where(mine).with_for_update(of=devices, skip_locked=True)


def _reading(
    before: Sequence[ColumnElement[Any]], key: ColumnElement[bool], *, postgres: bool
) -> Select[tuple[str]]:
    waiting = select(func.count()).where(
        disputes.c.told == 0, named_among(disputes.c.case, "registered", postgres=postgres)
    )
    terms = and_(
        staff_terms.c.station == devices.c.station,
        named_among(staff_terms.c.login, "actors", postgres=postgres),
    )
    signed = and_(device_keys.c.device == devices.c.id, key)
    columns: dict[str, Any] = {
        "station": devices.c.station,
        "level": stations.c.level,
        "incarnation": devices.c.incarnation,
        "last_seq": devices.c.last_seq,
        "last_sha256": devices.c.last_sha256,
        "revoked_at": devices.c.revoked_at,
        "confirmed_at": devices.c.confirmed_at,
        "key": device_keys.c.id,
        "key_until": device_keys.c.until,
        "login": staff_terms.c.login,
        "roles": staff_terms.c.roles,
        "since": staff_terms.c.since,
        "until": staff_terms.c.until,
        "epoch": kept_fact("epoch"),
        "hall_key": kept_fact("hall_key"),
        "algorithms": kept_fact("algorithms"),
        "disputed": waiting.scalar_subquery(),
    }
    seen = [*before, *(columns[name] for name in _Seen._fields)]
    # One text a row: drivers and SQLAlchemy describe each column anew each time, which took longer than to read it.
    row = cast(func.json_build_array(*seen), String) if postgres else func.json_array(*seen)
    return (
        select(row)
        .select_from(devices.join(stations).outerjoin(device_keys, signed).outerjoin(staff_terms, terms))
        .order_by(staff_terms.c.id)
    )


@lru_cache(maxsize=256)
def _roles(words: str) -> tuple[Role, ...]:
    return tuple(Role(role) for role in words.split())


def _registered(request: PushRequest) -> list[str]:
    received = (each.subject for each in request.items if each.kind is EventKind.CASE_RECEIVED)
    return [subject for subject in received if "\x00" not in subject]


def _actors(request: PushRequest) -> set[str]:
    return {each.actor for each in request.items if "\x00" not in each.actor}


def kept_fact(name: str) -> ColumnElement[str]:
    """Return a fact of the hall as a part of a statement."""
    return select(meta.c.value).where(meta.c.name == name).scalar_subquery()
