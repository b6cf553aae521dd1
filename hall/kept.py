"""What a batch leaves behind: rows gathered while it is judged, and written together in one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, bindparam, update

from hall import disputes, papers
from hall.board import window_of
from hall.bulk import Column, Move, Rows, insert_all
from hall.database import HALL_ZONE, stamp
from hall.numbers import NumberBlocks
from hall.standing import Standing
from hall.tables import cases, feed, inbox, places, sub_cases
from wire.messages import (
    CaseReceived,
    CaseRegistered,
    Change,
    ChangeKind,
    Envelope,
    HallReceipt,
    PushResult,
    PushStatus,
    SubCaseState,
)
from wire.receipts import ReceiptSigner
from wire.written import change_text, envelope_text, registered_text, result_text

_HELD = (PushStatus.APPLIED, PushStatus.DUPLICATE)
_ANSWER = update(inbox).where(inbox.c.event == bindparam("of_event")).values(result=bindparam("now"))


@dataclass(frozen=True, slots=True)
class Registration:
    """A case that is to be registered."""

    envelope: Envelope
    received: CaseReceived


class Kept:
    """Gathers the rows of one batch. What is written stays in the order in which it came, case by case."""

    def __init__(
        self, db: Connection, standing: Standing, numbers: NumberBlocks, at: datetime, pen: ReceiptSigner
    ) -> None:
        self._db, self._standing, self._numbers, self.at, self._pen = db, standing, numbers, at, pen
        self._stamp = stamp(at)
        self._moved_to = standing.last_seq
        self._gathered: list[tuple[Envelope, PushResult]] = []
        self._registrations: list[Registration] = []
        self._receipts: dict[str, HallReceipt] = {}
        self._written: dict[str, tuple[PushResult, str]] = {}  # answers as they were kept, by event

    def keep(self, envelope: Envelope, result: PushResult) -> None:
        """Keep an envelope with its answer, for ever. Its receipt is signed with the others when it is written."""
        self._gathered.append((envelope, result))
        self._standing.note(envelope, result)

    def judge_again(self, envelope: Envelope, result: PushResult) -> None:
        """Put a later answer in the place of one that had no effect."""
        self.write()
        if result.status is PushStatus.APPLIED:
            self._receipts[envelope.id] = self._pen.sign(envelope.id, envelope.sha256, self.at)
        self._db.execute(_ANSWER, {"of_event": envelope.id, "now": result_text(self.signed(result))})
        self._standing.seen[envelope.id] = envelope.sha256, result

    def signed(self, result: PushResult) -> PushResult:
        """Return an answer with the receipt that was signed for its event in this batch, if there is one."""
        receipt = self._receipts.get(result.id)
        if receipt is None or result.receipt is not None or result.status not in _HELD:
            return result
        return PushResult(result.id, result.status, result.code, receipt)

    def answered(self, result: PushResult) -> tuple[PushResult, str]:
        """Return an answer as `signed` does, with its canonical JSON."""
        before = self._written.get(result.id)
        if before is not None and before[0].status is result.status:
            return before
        signed = self.signed(result)
        return signed, result_text(signed)

    def register(self, registration: Registration) -> None:
        """Let a case be registered; from now on the batch knows it."""
        self._registrations.append(registration)
        self._standing.ids.add(registration.envelope.subject)
        self._standing.receipt_nos.add(registration.received.receipt_no)

    def write(self) -> None:
        """Write what was gathered, and how far the device has come by it. Raises IntegrityError when some of it is there."""
        registered, self._registrations = self._registrations, []
        gathered, self._gathered = self._gathered, []
        rows: list[tuple[Registration, str]] = []
        if registered:
            day = f"{self.at.astimezone(HALL_ZONE):%Y%m%d}"
            taken = self._numbers.take(self._db, f"project:{day}", len(registered))
            rows = [
                (one, f"{self._standing.station}{day}{number:06d}")
                for one, number in zip(registered, taken, strict=True)
            ]
        self._sign(gathered)
        entries = [] if not gathered else [self._inbox(gathered), self._places(gathered)]
        insert_all(self._db, entries + (self._cases(rows) if rows else []), self._move())
        for one in registered:
            papers.name_scans(self._db, one.envelope.subject, one.received.materials, self.at)
        if self._standing.disputed:
            for one in registered:
                disputes.tell_answers(self._db, one.envelope.subject)

    def _sign(self, gathered: Sequence[tuple[Envelope, PushResult]]) -> None:
        held = [(each.id, each.sha256) for each, result in gathered if result.status is PushStatus.APPLIED]
        self._receipts |= {receipt.event: receipt for receipt in self._pen.sign_all(held, self.at)}
        for envelope, result in gathered:
            signed = self.signed(result)
            self._written[envelope.id] = signed, result_text(signed)

    def _inbox(self, gathered: Sequence[tuple[Envelope, PushResult]]) -> Rows:
        each: dict[str, Column] = {
            "event": [envelope.id for envelope, _ in gathered],
            "seq": [envelope.seq for envelope, _ in gathered],
            "sha256": [envelope.sha256 for envelope, _ in gathered],
            "envelope": [envelope_text(envelope) for envelope, _ in gathered],
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

    def _cases(self, rows: Sequence[tuple[Registration, str]]) -> list[Rows]:
        """Return the cases, their sub-cases and what the feed tells of them."""
        station = self._standing.station
        case = {
            "id": [one.envelope.subject for one, _ in rows],
            "receipt_no": [one.received.receipt_no for one, _ in rows],
            "project_no": [number for _, number in rows],
            "body": [one.envelope.body for one, _ in rows],  # as it came: the receipt is for just this
            "window": [window_of(one.received) for one, _ in rows],
            "received_at": [stamp(one.received.received_at) for one, _ in rows],
        }
        subs = [(one.envelope.subject, order) for one, _ in rows for order in one.received.sub_cases]
        sub_case = {
            "case": [subject for subject, _ in subs],
            "item": [order.item for _, order in subs],
            "department": [order.department for _, order in subs],
            "after": [_list(order.after) for _, order in subs],
        }
        told = {"change": [self._change(one, number) for one, number in rows]}
        return [
            Rows(cases, {"station": station, "rev": 1}, case),
            Rows(sub_cases, {"state": SubCaseState.WAITING.value}, sub_case),
            Rows(feed, {"station": station, "at": self._stamp}, told),
        ]

    def _change(self, one: Registration, number: str) -> str:
        registered = CaseRegistered(one.received.receipt_no, number, self.at)
        told = Change(one.envelope.subject, 1, ChangeKind.CASE_REGISTERED, registered_text(registered))
        return change_text(told)


@lru_cache(maxsize=1024)
def _list(items: tuple[str, ...]) -> str:
    """Write which items come before: the same few lists for all cases of a bundle."""
    return json.dumps(items)
