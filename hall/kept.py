"""What a batch leaves behind: rows gathered while it is judged, and written together in one statement."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, update

from hall import disputes, papers
from hall.bulk import Move, insert_all
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

_ANSWER = update(inbox).where(inbox.c.event == bindparam("of_event")).values(result=bindparam("now"))
Row = Mapping[str, Any]


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
        held = result.status in (PushStatus.APPLIED, PushStatus.DUPLICATE) and result.receipt is None
        return replace(result, receipt=receipt) if held and receipt is not None else result

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
        insert_all(
            self._db,
            [
                (inbox, [self._entry(*each) for each in gathered]),
                (places, [self._place(envelope) for envelope, _ in gathered]),
                (cases, [self._case(one, number) for one, number in rows]),
                (sub_cases, [row for one in registered for row in _sub_cases(one)]),
                (feed, [self._change(one, number) for one, number in rows]),
            ],
            self._move(),
        )
        for one in registered:
            papers.name_scans(self._db, one.envelope.subject, one.received.materials, self.at)
        if self._standing.disputed:
            for one in registered:
                disputes.tell_answers(self._db, one.envelope.subject)

    def _sign(self, gathered: Sequence[tuple[Envelope, PushResult]]) -> None:
        held = [(each.id, each.sha256) for each, result in gathered if result.status is PushStatus.APPLIED]
        self._receipts |= {receipt.event: receipt for receipt in self._pen.sign_all(held, self.at)}

    def _entry(self, envelope: Envelope, result: PushResult) -> Row:
        return {
            "event": envelope.id,
            "device": self._standing.device,
            "incarnation": self._standing.incarnation,
            "seq": envelope.seq,
            "sha256": envelope.sha256,
            "envelope": envelope_text(envelope),
            "result": result_text(self.signed(result)),
        }

    def _place(self, envelope: Envelope) -> Row:
        return {
            "device": self._standing.device,
            "incarnation": self._standing.incarnation,
            "seq": envelope.seq,
            "event": envelope.id,
            "sha256": envelope.sha256,
            "prev": envelope.prev,
        }

    def _move(self) -> Move | None:
        """Return how far the device has come, None when that is written."""
        standing = self._standing
        if standing.last_seq == self._moved_to:
            return None
        self._moved_to = standing.last_seq
        return Move(standing.device, standing.last_seq, standing.last_sha256)

    def _case(self, one: Registration, number: str) -> Row:
        return {
            "id": one.envelope.subject,
            "receipt_no": one.received.receipt_no,
            "project_no": number,
            "station": self._standing.station,
            "body": one.envelope.body,  # as it came: the receipt is for just this
            "rev": 1,
        }

    def _change(self, one: Registration, number: str) -> Row:
        registered = CaseRegistered(one.received.receipt_no, number, self.at)
        told = Change(one.envelope.subject, 1, ChangeKind.CASE_REGISTERED, registered_text(registered))
        return {"station": self._standing.station, "at": self._stamp, "change": change_text(told)}


@lru_cache(maxsize=1024)
def _list(items: tuple[str, ...]) -> str:
    """Write which items come before: the same few lists for all cases of a bundle."""
    return json.dumps(items)


def _sub_cases(one: Registration) -> list[Row]:
    return [
        {
            "case": one.envelope.subject,
            "item": order.item,
            "department": order.department,
            "after": _list(order.after),
            "state": SubCaseState.WAITING.value,
        }
        for order in one.received.sub_cases
    ]
