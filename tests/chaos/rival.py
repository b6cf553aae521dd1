"""A second counter of the same station that acts on what it knew yesterday: it accepts cases that two persons have closed since.

It has a device key of its own and speaks through the product's client. A hall that lets it win has lost an approval.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from wire.codec import decode, digest, encode
from wire.keys import new_id, new_private, public_of, sign
from wire.messages import (
    CaseAccepted,
    CaseReceived,
    Enrolment,
    Envelope,
    EventKind,
    MaterialHow,
    PushRequest,
)
from workstation.domain.failures import Refused
from workstation.sync.client import Device, HallClient, HallEnroller

GENESIS = "0" * 64


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Rival:
    """Enrolled, and with a chain of its own."""

    enrolment: Enrolment
    client: HallClient
    database: Path
    seq: int = 0
    prev: str = GENESIS

    def accept(self, case: str) -> str:
        """Push an acceptance; what the hall answered, or why it did not. "not_closed" when there is nothing to quarrel about."""
        row = _closed(self.database, case)
        if row is None:
            return "not_closed"
        received = decode(CaseReceived, row)
        accepted = CaseAccepted(
            received.receipt_no,
            "clerk",
            _now(),
            {order.item: date(2030, 1, 4) for order in received.sub_cases},
            tuple(m for m in received.materials if m.how is not MaterialHow.MISSING),
            (),
            (),
        )
        body = encode(accepted)
        sha256 = digest(body)
        event = Envelope(
            new_id(), self.seq + 1, case, EventKind.CASE_ACCEPTED, _now(), "clerk", body, sha256, self.prev
        )
        who = self.enrolment
        try:
            answer = self.client.push(PushRequest(who.device, who.incarnation, who.epoch, (event,)))
        except Refused as refused:
            code = str(refused.details.get("code", refused.failure.value))
            if code == "epoch_changed":
                self._hear_epoch()
            return code
        self.seq, self.prev = self.seq + 1, sha256
        result = answer.results[0]
        return f"{result.status.value} {result.code or ''}".strip()

    def _hear_epoch(self) -> None:
        """Hear of the restored hall, as stations do; the next time it pushes there, or asks again."""
        try:
            self.enrolment = replace(self.enrolment, epoch=self.client.epoch().epoch)
        except Refused:
            return  # the hall was killed meanwhile

    def close(self) -> None:
        """Let go of the line."""
        self.client.close()


def enrolled(hall_url: str, code: str, database: Path) -> Rival:
    """Enrol a rival with a one-time code."""
    private = new_private()
    enrolment = HallEnroller(_now).enrol(hall_url, code, public_of(private), lambda said: sign(private, said))
    return Rival(enrolment, HallClient(hall_url, Device(enrolment, private), _now), database)


def _closed(database: Path, case: str) -> str | None:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
            row = db.execute("SELECT body FROM cases WHERE id = ? AND closed IS NOT NULL", (case,)).fetchone()
    except sqlite3.Error:
        return None  # a backup takes its place at this very moment
    return str(row[0]) if row else None
