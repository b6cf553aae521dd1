"""The shelf of cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    Select,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    update,
)

from wire.codec import decode, encode
from workstation.domain.case import Case, CaseStatus
from workstation.domain.counter_time import COUNTER_ZONE
from workstation.domain.failures import Failure, Refused
from workstation.domain.finding import Found, Wanted, matches, terms
from workstation.storage.bodies import body_of, shown
from workstation.storage.connections import Link
from workstation.storage.raw import raw
from workstation.storage.scan_names import name_scans, photos_in
from workstation.storage.seals import Seals
from workstation.storage.tables import blobs, cases, prints
from workstation.storage.terms import Terms
from workstation.storage.times import stamp
from workstation.storage.work_lists import LISTED, listed

_Row = tuple[str, bytes]  # id, sealed
_SEALED = select(cases.c.id, cases.c.sealed, cases.c.slot)
_AT = """SELECT id, sealed, slot FROM cases WHERE rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid DESC"""
_WITH_PLACE = "SELECT rowid, id, sealed, slot FROM cases WHERE rowid IN (SELECT value FROM json_each(?))"
_COLUMNS = (
    "receipt_no",
    "status",
    "received_at",
    "sealed",
    "person",
    "ended_at",
    "project_no",
    "slot",
    *LISTED,
)
_ADD = f"INSERT INTO cases ({', '.join(_COLUMNS)}, id) VALUES (?{', ?' * len(_COLUMNS)})"  # noqa: S608 - our own names
_SAVE = f"UPDATE cases SET {', '.join(f'{column} = ?' for column in _COLUMNS)} WHERE id = ?"  # noqa: S608 - as above
_NUMBER = (
    update(cases)
    .where(cases.c.id == bindparam("of"), cases.c.project_no.is_(None))
    .values(project_no=bindparam("no"))
)


class CaseShelf:
    """See services.ports.Cases."""

    def __init__(self, link: Link, seals: Seals, terms: Terms) -> None:
        self._link = link
        self._db = link.db
        self._seals = seals
        self._terms = terms

    def add(self, case: Case) -> None:
        """Put a new case in."""
        self._link.run(_ADD, self._row(case))
        self._want_scans(case)

    def save(self, case: Case) -> None:
        """Write a case that is there. Raises Refused(CASE_UNKNOWN)."""
        if self._link.run(_SAVE, self._row(case)).rowcount != 1:
            raise Refused(Failure.CASE_UNKNOWN)
        self._terms.again(case.id)
        self._want_scans(case)

    def get(self, case: str) -> Case:
        """Return a case. Raises Refused(CASE_UNKNOWN)."""
        found = self._one(_SEALED.where(cases.c.id == case))
        if found is None:
            raise Refused(Failure.CASE_UNKNOWN)
        return found

    def by_receipt(self, receipt_no: str) -> Case | None:
        """Return the case of a receipt number."""
        return self._one(_SEALED.where(cases.c.receipt_no == receipt_no))

    def latest(
        self, limit: int, status: Sequence[CaseStatus] = (), after: Case | None = None
    ) -> tuple[Case, ...]:
        """Return the newest by time of receipt, or those that come after a case; an empty status means all."""
        newest = _SEALED.order_by(cases.c.received_at.desc(), cases.c.id.desc())
        query = newest.limit(limit)
        if status:
            query = query.where(cases.c.status.in_([s.value for s in status]))
        if after is not None:
            at = stamp(after.received_at)
            # Not as a pair: SQLite looks a pair up by its first half alone and sorts what it finds.
            query = query.where(
                cases.c.received_at <= at, or_(cases.c.received_at < at, cases.c.id < after.id)
            )
        return self._open(query)

    def find(self, wanted: Wanted, limit: int, at_once: int) -> Found:
        """Return the cases that fit, the last that came in first. Those that are not in the index yet are not found."""
        found: list[Case] = []
        later: list[int] = []
        for places in self._terms.places(wanted, limit):
            next_one = 0
            while len(found) < at_once and next_one < len(places):
                some = places[next_one : next_one + at_once - len(found)]
                next_one += len(some)
                found += self.fitting(some, wanted)
            later += places[next_one:]
            if len(found) + len(later) >= limit:
                break
        return Found(tuple(found), tuple(later[: limit - len(found)]))

    def fitting(self, places: Sequence[int], wanted: Wanted) -> tuple[Case, ...]:
        """Return the cases at places that fit, the last that came in first."""
        # A term fits by chance once in a hundred million, and may be that of what the case was before.
        return tuple(case for case in map(self._shown, self._at(places)) if matches(case, wanted))

    def make_findable(self, limit: int) -> int:
        """Write some cases more into the index, or anew; return how many are left, at most."""
        portions = self._terms.pending(limit)
        for portion in portions:
            there = [self._readable(row) for row in reversed(self._at(portion.places))]
            self._terms.write(portion, (terms(case) if case else () for case in there))
            # Cases of before the index have their number in the body alone.
            numbered = [{"of": case.id, "no": case.project_no} for case in there if case and case.project_no]
            if numbered:
                self._db.execute(_NUMBER, numbered)
        self._terms.settle()
        self._terms.clear()
        return self._terms.left() if portions else 0

    def hidden(self) -> int:
        """Return how many cases cannot be found yet, at most."""
        return self._terms.hidden()

    def since(self, day: date, limit: int) -> tuple[Case, ...]:
        """Return the cases received on a day at the counter or later, newest first."""
        begin = datetime.combine(day, time(), COUNTER_ZONE)
        query = _SEALED.where(cases.c.received_at >= stamp(begin))
        return self._open(query.order_by(cases.c.received_at.desc(), cases.c.id.desc()).limit(limit))

    def of_person(self, id_no: str, limit: int) -> tuple[Case, ...]:
        """Return the newest cases of an applicant by time of receipt."""
        query = _SEALED.where(cases.c.person == self._seals.person(id_no))
        return self._open(query.order_by(cases.c.received_at.desc(), cases.c.id.desc()).limit(limit))

    def ended_before(self, at: datetime, limit: int, skip: int = 0) -> tuple[Case, ...]:
        """Return concluded cases, the longest concluded first."""
        query = _SEALED.where(cases.c.ended_at != literal_column("''"), cases.c.ended_at < stamp(at))
        return self._open(query.order_by(cases.c.ended_at, cases.c.id).limit(limit).offset(skip))

    def at(self, places: Sequence[int]) -> tuple[Case, ...]:
        """Return the cases at places, in the order asked for; one that is gone is left out."""
        rows = raw(self._db).execute(_WITH_PLACE, (encode(places),)).fetchall()
        self._seals.meet((case, slot) for _, case, _, slot in rows)
        found = {place: self._shown((case, sealed)) for place, case, sealed, _ in rows}
        return tuple(found[place] for place in places if place in found)

    def by_slip(self, serial: str) -> Case | None:
        """Return the case of a printed sheet."""
        return self._one(
            _SEALED.where(cases.c.id.in_(select(prints.c.case).where(prints.c.serial == serial)))
        )

    def make_listable(self, limit: int) -> int:
        """Write the columns of the work lists for some more cases of before them; see services.ports.Cases."""
        query = _SEALED.where(cases.c.listed == literal_column("0")).limit(limit + 1)
        old = list(self._db.execute(query))
        for row in self._met(old[:limit]):
            case = self._readable(row)
            columns = dict(zip(LISTED, listed(case), strict=True)) if case is not None else {"listed": 1}
            self._db.execute(update(cases).where(cases.c.id == row[0]).values(**columns))
        return max(len(old) - limit, 0)

    def is_written_down(self) -> bool:
        """Say whether index and work lists have all there is."""
        old = select(cases.c.id).where(cases.c.listed == literal_column("0")).limit(1)
        return self._terms.is_settled() and self._db.scalar(old) is None

    def count(self) -> int:
        """Return how many there are."""
        return self._db.scalar(select(func.count()).select_from(cases)) or 0

    def _open(self, query: Select[tuple[str, bytes, int]]) -> tuple[Case, ...]:
        return tuple(map(self._shown, self._met(self._db.execute(query).all())))

    def _one(self, query: Select[tuple[str, bytes, int]]) -> Case | None:
        """Open a case that may be changed: what this version does not know of it must not get lost."""
        found = self._met(self._db.execute(query).all())
        return decode(Case, self._seals.open(*found[0])) if found else None

    def _at(self, places: Sequence[int]) -> list[_Row]:
        """Return what stands at places, the last first."""
        return self._met(raw(self._db).execute(_AT, (encode(places),)).fetchall())

    def _met(self, rows: Sequence[Any]) -> list[_Row]:
        self._seals.meet((case, slot) for case, _, slot in rows)
        return [(case, sealed) for case, sealed, _ in rows]

    def _shown(self, row: _Row) -> Case:
        return shown(self._seals.open_body(*row))

    def _readable(self, row: _Row) -> Case | None:
        """Open a case for the index; one whose key was destroyed since this copy of the store was made is none."""
        try:
            return self._shown(row)
        except Refused as refused:
            if refused.failure is Failure.STORE_DAMAGED:
                return None
            raise

    def _row(self, case: Case) -> tuple[object, ...]:
        """Return the values of _COLUMNS and the id."""
        sealed = self._seals.seal_body(case.id, body_of(case))
        return (
            case.receipt_no,
            case.status.value,
            stamp(case.received_at),
            sealed,
            self._seals.person(case.applicant.id_no),
            stamp(case.ended_at) if case.ended_at else "",
            case.project_no,
            self._seals.slot(case.id),
            *listed(case),
            case.id,
        )

    def _want_scans(self, case: Case) -> None:
        named = [sha256 for material in case.materials for sha256 in material.blobs]
        owned = photos_in([answer.value for answer in case.answers.values()]) + named
        if owned:
            name_scans(self._db, case.id, owned)
        if named:
            self._db.execute(
                update(blobs).where(blobs.c.sha256.in_(named), blobs.c.wanted == 0).values(wanted=1)
            )
