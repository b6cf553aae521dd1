"""What a batch leaves behind: rows gathered while it is judged, and written together in one statement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, update

from hall import disputes, papers
from hall.bulk import insert_all
from hall.database import HALL_ZONE, stamp
from hall.numbers import NumberBlocks
from hall.standing import Standing
from hall.tables import cases, devices, feed, inbox, places, sub_cases
from wire.messages import (
    CaseReceived,
    CaseRegistered,
    Change,
    ChangeKind,
    Envelope,
    PushResult,
    SubCaseState,
)
from wire.written import change_text, envelope_text, registered_text, result_text

_MOVE = (
    update(devices)
    .where(devices.c.id == bindparam("of_device"))
    .values(last_seq=bindparam("to_seq"), last_sha256=bindparam("to_sha256"))
)
_ANSWER = update(inbox).where(inbox.c.event == bindparam("of_event")).values(result=bindparam("now"))
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Registration:
    """A case that is to be registered."""

    envelope: Envelope
    received: CaseReceived


class Kept:
    """Gathers the rows of one batch. What is written stays in the order in which it came, case by case."""

    def __init__(self, db: Connection, standing: Standing, numbers: NumberBlocks, at: datetime) -> None:
        self._db, self._standing, self._numbers, self.at = db, standing, numbers, at
        self._stamp = stamp(at)
        self._began_at = standing.last_seq
        self._inbox: list[Row] = []
        self._places: list[Row] = []
        self._registrations: list[Registration] = []

    def keep(self, envelope: Envelope, result: PushResult) -> None:
        """Keep an envelope with its answer, for ever."""
        standing = self._standing
        place = {"device": standing.device, "incarnation": standing.incarnation, "seq": envelope.seq}
        self._places.append({**place, "event": envelope.id, "sha256": envelope.sha256, "prev": envelope.prev})
        self._inbox.append(
            {
                "event": envelope.id,
                **place,
                "sha256": envelope.sha256,
                "envelope": envelope_text(envelope),
                "result": result_text(result),
            }
        )
        standing.note(envelope, result)

    def judge_again(self, envelope: Envelope, result: PushResult) -> None:
        """Put a later answer in the place of one that had no effect."""
        self.write()
        self._db.execute(_ANSWER, {"of_event": envelope.id, "now": result_text(result)})
        self._standing.seen[envelope.id] = envelope.sha256, result

    def register(self, registration: Registration) -> None:
        """Let a case be registered; from now on the batch knows it."""
        self._registrations.append(registration)
        self._standing.ids.add(registration.envelope.subject)
        self._standing.receipt_nos.add(registration.received.receipt_no)

    def write(self) -> None:
        """Write what was gathered. Raises IntegrityError when some of it is there already."""
        registered, self._registrations = self._registrations, []
        rows: list[tuple[Registration, str]] = []
        if registered:
            day = f"{self.at.astimezone(HALL_ZONE):%Y%m%d}"
            taken = self._numbers.take(self._db, f"project:{day}", len(registered))
            rows = [
                (one, f"{self._standing.station}{day}{number:06d}")
                for one, number in zip(registered, taken, strict=True)
            ]
        insert_all(
            self._db,
            [
                (inbox, self._inbox),
                (places, self._places),
                (cases, [self._case(one, number) for one, number in rows]),
                (sub_cases, [row for one in registered for row in _sub_cases(one)]),
                (feed, [self._change(one, number) for one, number in rows]),
            ],
        )
        self._inbox, self._places = [], []
        for one in registered:
            papers.name_scans(self._db, one.envelope.subject, one.received.materials, self.at)
        if self._standing.disputed:
            for one in registered:
                disputes.tell_answers(self._db, one.envelope.subject)

    def move_device(self) -> None:
        """Note how far the device has come."""
        if self._standing.last_seq > self._began_at:
            to = {"to_seq": self._standing.last_seq, "to_sha256": self._standing.last_sha256}
            self._db.execute(_MOVE, {"of_device": self._standing.device, **to})

    def _case(self, one: Registration, number: str) -> Row:
        return {
            "id": one.envelope.subject,
            "receipt_no": one.received.receipt_no,
            "project_no": number,
            "station": self._standing.station,
            "body": one.envelope.body,  # as it came: the receipt is for just this
            "rev": 1,
            "window": one.received.window,
            "received_at": stamp(one.received.received_at),
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
