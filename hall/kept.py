"""What a batch leaves behind: rows gathered while it is judged, and written together in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from hall import disputes, papers
from hall.bulk import Move, Rows, insert_all
from hall.case_rows import case_rows, chain_rows, numbered
from hall.database import stamp
from hall.numbers import NumberBlocks
from hall.standing import Standing
from hall.tables import inbox
from wire.messages import (
    CaseReceived,
    Envelope,
    PushResult,
    PushStatus,
)
from wire.receipts import ReceiptSigner
from wire.written import receipt_text, result_text

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
        self._made.append(_Made(self._entries(gathered), registered, self._cases(registered), self._move()))

    def write(self, db: Connection) -> None:
        """Write what was gathered, and how far the device has come by it. Raises IntegrityError when some of it is there."""
        for each in self._taken():
            insert_all(db, self._rows(db, each), each.move)
            for one in filter(_names_scans, each.registered):
                papers.name_scans(db, one.envelope.subject, one.received.materials, self.at)
            if self._standing.disputed:
                for one in each.registered:
                    disputes.tell_answers(db, one.envelope.subject)

    def _taken(self) -> list[_Made]:
        self.make()
        made, self._made = self._made, []
        return made

    def _rows(self, db: Connection, made: _Made) -> list[Rows]:
        if not made.registered:
            return [*made.entries]
        told = [one.received for one in made.registered]
        return [*made.entries, *numbered(made.cases, told, self.at, self._numbers, db)]

    def _answer(self, result: PushResult) -> str:
        return result_text(result, self._receipts.get(result.id, "") if result.status in _HELD else "")

    def _sign(self, gathered: Sequence[tuple[Envelope, PushResult]]) -> None:
        held = [(each.id, each.sha256) for each, result in gathered if result.status is PushStatus.APPLIED]
        for (event, _), receipt in zip(held, self._pen.write_all(held, self.at), strict=True):
            self._receipts[event] = receipt
        for envelope, result in gathered:
            self._written[envelope.id] = result.status, self._answer(result)

    def _entries(self, gathered: Sequence[tuple[Envelope, PushResult]]) -> list[Rows]:
        if not gathered:
            return []
        device: dict[str, str | int] = {
            "device": self._standing.device,
            "incarnation": self._standing.incarnation,
        }
        answers = [self._written[envelope.id][1] for envelope, _ in gathered]
        return chain_rows(device, [envelope for envelope, _ in gathered], answers)

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
        items = [one.envelope for one in registered]
        bodies = [each.body for each in items]
        return case_rows(self._standing.station, items, [one.received for one in registered], bodies)


def _names_scans(one: Registration) -> bool:
    return any([material.blobs for material in one.received.materials])  # noqa: C419 - a list takes a third of the time
