"""What a batch leaves behind: rows gathered while it is judged, and written together in one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, bindparam, update

from hall import disputes, papers
from hall.at_once import written
from hall.board import window_of
from hall.bulk import Column, Move, Rows, insert_all
from hall.database import HALL_ZONE, stamp
from hall.numbers import NumberBlocks
from hall.standing import Standing
from hall.tables import cases, feed, inbox, places, sub_cases
from wire.codec import time_text
from wire.messages import (
    CaseReceived,
    Envelope,
    PushResult,
    PushStatus,
    SubCaseState,
)
from wire.receipts import ReceiptSigner
from wire.written import receipt_text, registered_change, result_text

_HELD = (PushStatus.APPLIED, PushStatus.DUPLICATE)
_ANSWER = update(inbox).where(inbox.c.event == bindparam("of_event")).values(result=bindparam("now"))


@dataclass(frozen=True, slots=True)
class Registration:
    """A case that is to be registered."""

    envelope: Envelope
    received: CaseReceived


@dataclass(frozen=True, slots=True)
class _Made:
    """Rows that wait for nothing but the numbers of their cases."""

    entries: Sequence[Rows]
    registered: Sequence[Registration]
    cases: Sequence[Rows]
    move: Move | None


class Kept:
    """Gathers the rows of one batch. What is written stays in the order in which it came, case by case.

    Nothing here asks a database but `write` and `judge_again`: a batch that only registers cases is judged and made into rows
    before anybody holds the one writer of SQLite (hall/intake.py).
    """

    def __init__(self, standing: Standing, numbers: NumberBlocks, at: datetime, pen: ReceiptSigner) -> None:
        self._standing, self._numbers, self.at, self._pen = standing, numbers, at, pen
        self._stamp = stamp(at)
        self._moved_to = standing.last_seq
        self._gathered: list[tuple[Envelope, PushResult]] = []
        self._registrations: list[Registration] = []
        self._made: list[_Made] = []
        self._receipts: dict[str, str] = {}  # canonical JSON, by event
        self._written: dict[str, tuple[PushStatus, str]] = {}  # answers as they were kept, by event

    def keep(self, envelope: Envelope, result: PushResult) -> None:
        """Keep an envelope with its answer, for ever. Its receipt is signed with the others when the rows are made."""
        self._gathered.append((envelope, result))
        self._standing.note(envelope, result)

    def judge_again(self, db: Connection, envelope: Envelope, result: PushResult) -> None:
        """Put a later answer in the place of one that had no effect."""
        self.write(db)
        if result.status is PushStatus.APPLIED:
            self._receipts[envelope.id] = receipt_text(self._pen.sign(envelope.id, envelope.sha256, self.at))
        db.execute(_ANSWER, {"of_event": envelope.id, "now": self._answer(result)})
        self._standing.seen[envelope.id] = envelope.sha256, result

    def answered(self, result: PushResult) -> str:
        """Return an answer's canonical JSON, with the receipt of its event where the hall holds that."""
        before = self._written.get(result.id)
        return before[1] if before is not None and before[0] is result.status else self._answer(result)

    def register(self, registration: Registration) -> None:
        """Let a case be registered; from now on the batch knows it."""
        self._registrations.append(registration)
        self._standing.ids.add(registration.envelope.subject)
        self._standing.receipt_nos.add(registration.received.receipt_no)

    def make(self) -> None:
        """Make of what was gathered all that needs no database: receipts, texts, columns."""
        registered, self._registrations = self._registrations, []
        gathered, self._gathered = self._gathered, []
        if not gathered and not registered:
            return
        self._sign(gathered)
        entries = [self._inbox(gathered), self._places(gathered)] if gathered else []
        self._made.append(_Made(entries, registered, self._cases(registered), self._move()))

    def write(self, db: Connection) -> None:
        """Write what was gathered, and how far the device has come by it. Raises IntegrityError when some of it is there."""
        for each in self._taken():
            insert_all(db, self._rows(db, each), each.move)
            for one in filter(_names_scans, each.registered):
                papers.name_scans(db, one.envelope.subject, one.received.materials, self.at)
            if self._standing.disputed:
                for one in each.registered:
                    disputes.tell_answers(db, one.envelope.subject)

    def is_plain(self) -> bool:
        """Say whether this is cases that are registered and nothing else: rows, and nothing to look up behind them."""
        self.make()
        registered = [one for made in self._made for one in made.registered]
        kept = sum(rows.count for made in self._made for rows in made.entries[:1])
        scans = any(map(_names_scans, registered))
        return len(self._made) == 1 and len(registered) == kept and not scans and not self._standing.disputed

    def give(self) -> tuple[list[Rows], list[Move]]:
        """Hand over the rows of a batch that is new cases and nothing else, for whoever writes them on PostgreSQL."""
        made = self._taken()
        rows = [row for each in made for row in self._rows(None, each)]
        return rows, [each.move for each in made if each.move is not None]

    def _taken(self) -> list[_Made]:
        self.make()
        made, self._made = self._made, []
        return made

    def _rows(self, db: Connection | None, made: _Made) -> list[Rows]:
        return [*made.entries, *(self._numbered(db, made) if made.registered else [])]

    def _answer(self, result: PushResult) -> str:
        return result_text(result, self._receipts.get(result.id, "") if result.status in _HELD else "")

    def _sign(self, gathered: Sequence[tuple[Envelope, PushResult]]) -> None:
        held = [(each.id, each.sha256) for each, result in gathered if result.status is PushStatus.APPLIED]
        for (event, _), receipt in zip(held, self._pen.write_all(held, self.at), strict=True):
            self._receipts[event] = receipt
        for envelope, result in gathered:
            self._written[envelope.id] = result.status, self._answer(result)

    def _inbox(self, gathered: Sequence[tuple[Envelope, PushResult]]) -> Rows:
        each: dict[str, Column] = {
            "event": [envelope.id for envelope, _ in gathered],
            "seq": [envelope.seq for envelope, _ in gathered],
            "sha256": [envelope.sha256 for envelope, _ in gathered],
            "envelope": [written(envelope) for envelope, _ in gathered],
            "result": [self._written[envelope.id][1] for envelope, _ in gathered],
        }
        return Rows(inbox, self._of_device(), each)

    def _places(self, gathered: Sequence[tuple[Envelope, PushResult]]) -> Rows:
        each: dict[str, Column] = {
            "seq": [envelope.seq for envelope, _ in gathered],
            "event": [envelope.id for envelope, _ in gathered],
            "sha256": [envelope.sha256 for envelope, _ in gathered],
            "prev": [envelope.prev for envelope, _ in gathered],
        }
        return Rows(places, self._of_device(), each)

    def _of_device(self) -> dict[str, str | int]:
        return {"device": self._standing.device, "incarnation": self._standing.incarnation}

    def _move(self) -> Move | None:
        """Return how far the device has come, None when that is written."""
        standing = self._standing
        if standing.last_seq == self._moved_to:
            return None
        self._moved_to = standing.last_seq
        return Move(standing.device, standing.last_seq, standing.last_sha256)

    def _cases(self, registered: Sequence[Registration]) -> list[Rows]:
        """Return the cases without their numbers, and their sub-cases."""
        if not registered:
            return []
        case: dict[str, Column] = {
            "id": [one.envelope.subject for one in registered],
            "receipt_no": [one.received.receipt_no for one in registered],
            "body": [one.envelope.body for one in registered],  # as it came: the receipt is for just this
            "window": [window_of(one.received) for one in registered],
            "received_at": [stamp(one.received.received_at) for one in registered],
        }
        subs = [(one.envelope.subject, order) for one in registered for order in one.received.sub_cases]
        sub_case: dict[str, Column] = {
            "case": [subject for subject, _ in subs],
            "item": [order.item for _, order in subs],
            "department": [order.department for _, order in subs],
            "after": [_list(order.after) for _, order in subs],
        }
        return [
            Rows(cases, {"station": self._standing.station, "rev": 1}, case),
            Rows(sub_cases, {"state": SubCaseState.WAITING.value}, sub_case),
        ]

    def _numbered(self, db: Connection | None, made: _Made) -> list[Rows]:
        """Return the cases with project numbers, their sub-cases and what the feed tells of them."""
        station, day = self._standing.station, f"{self.at.astimezone(HALL_ZONE):%Y%m%d}"
        taken = self._numbers.take(db, f"project:{day}", len(made.registered))
        numbers = [f"{station}{day}{number:06d}" for number in taken]
        case, subs = made.cases
        at = time_text(self.at)
        told = [
            registered_change(one.envelope.subject, one.received.receipt_no, number, at)
            for one, number in zip(made.registered, numbers, strict=True)
        ]
        return [
            Rows(case.table, case.same, {**case.each, "project_no": numbers}),
            subs,
            Rows(feed, {"station": station, "at": self._stamp}, {"change": told}),
        ]


def _names_scans(one: Registration) -> bool:
    return any([material.blobs for material in one.received.materials])  # noqa: C419 - a list takes a third of the time


@lru_cache(maxsize=1024)
def _list(items: tuple[str, ...]) -> str:
    """Write which items come before: the same few lists for all cases of a bundle."""
    return json.dumps(items)
