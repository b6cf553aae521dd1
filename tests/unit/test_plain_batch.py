"""What is judged column by column is what is judged event by event, and whatever is anything else is left to that way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, update

from catalogue.load import load_catalogue
from hall.__main__ import CATALOGUE
from hall.acceptance import Gate
from hall.database import fact, now, open_database, stamp
from hall.demo.seed import seed
from hall.enrolment import enrol, new_code
from hall.intake import Intake
from hall.keepable import LONGEST_NAME
from hall.new_cases import Plain
from hall.numbers import NumberBlocks
from hall.plain_batch import PlainBatches
from hall.standing import MOST_AHEAD, look
from hall.tables import cases, devices, disputes, feed, inbox, places, staff_terms, sub_cases
from tests.fakes.device import BUNDLE, Device
from wire.codec import decode, digest
from wire.epoch import HeardBefore
from wire.keys import b64, public_of, sign, unb64
from wire.messages import (
    Change,
    EnrolRequest,
    Envelope,
    EventKind,
    MaterialHow,
    MaterialOnWire,
    PushRequest,
    PushStatus,
)
from wire.receipts import ReceiptSigner
from wire.signed import receipt_is_genuine

STATION = "440104"


@dataclass
class Hall:
    """A hall's database, its two ways of judging, and a device."""

    engine: Engine
    intake: Intake
    plain: PlainBatches
    device: Device
    epoch: str

    def asked(self, *items: Envelope) -> PushRequest:
        return PushRequest(self.device.me.device, 1, self.epoch, items)

    def judged(self, request: PushRequest) -> Plain | None:
        """Judge a batch column by column; nothing of it is kept."""
        with self.engine.begin() as db:
            read = look(db, request)
        return self.plain.judge(request, self.intake.read(request.device, request).told, read)

    def set(self, **now: str | int | None) -> None:
        with self.engine.begin() as db:
            db.execute(update(devices).where(devices.c.id == self.device.me.device).values(**now))


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    engine = open_database(tmp_path / "hall.db")
    device = Device("")
    with engine.begin() as db:
        seed(db, code="c0de" * 4, token=None)
        code = new_code(db, STATION, confirmed_by="test")
        proof = b64(sign(device.private, code.encode()))
        device.enrolment = enrol(db, EnrolRequest(code, b64(public_of(device.private)), proof))
        epoch = fact(db, "epoch")
    intake = Intake(engine, Gate(load_catalogue(CATALOGUE), Path("/nonexistent")))
    plain = PlainBatches(
        NumberBlocks(engine, 10), lambda held: ReceiptSigner(held.hall_key, held.algorithms.signature)
    )
    return Hall(engine, intake, plain, device, epoch)


def _three(device: Device) -> list[Envelope]:
    return [device.received("a"), device.received("b", sub_cases=BUNDLE[:1]), device.received("c")]


def test_what_is_kept_and_answered_is_what_the_other_way_keeps_and_answers(hall: Hall) -> None:
    request = hall.asked(*_three(hall.device))
    plain = hall.judged(request)
    assert plain is not None
    other = hall.intake.take(request.device, request)
    assert plain.taken.results == other.results
    assert (plain.move.device, plain.move.seq, plain.move.sha256) == (
        request.device,
        3,
        request.items[2].sha256,
    )
    assert [rows.table for rows in plain.rows] == [inbox, places, cases, sub_cases, feed]
    ours = {
        "result",
        "project_no",
        "change",
        "at",
    }  # numbers, times and what is signed at them are each way's own
    for rows in plain.rows:
        shown = [name for name in (*rows.same, *rows.each) if name not in ours]
        made = [
            {
                name: rows.same.get(name, _text(rows.each[name][at] if name in rows.each else ""))
                for name in shown
            }
            for at in range(rows.count)
        ]
        with hall.engine.begin() as db:
            kept = db.execute(
                select(*(rows.table.c[name] for name in shown)).order_by(*rows.table.primary_key)
            )
            assert sorted(made, key=str) == sorted((dict(row) for row in kept.mappings()), key=str)
    for event, result in zip(request.items, plain.taken.answer.results, strict=True):
        assert result.receipt is not None
        assert (result.receipt.event, result.receipt.sha256) == (event.id, event.sha256)
        assert receipt_is_genuine(result.receipt, unb64(hall.device.me.hall_key))
    told = [decode(Change, str(change)) for change in plain.rows[4].each["change"]]
    assert [change.subject for change in told] == ["a", "b", "c"]
    assert all(
        str(number) in change.body
        for number, change in zip(plain.rows[2].each["project_no"], told, strict=True)
    )


def _text(value: object) -> object:
    return value.decode() if isinstance(value, bytes) else value


def _other(which: int, /, **changes: object) -> Callable[[Device], list[Envelope]]:
    """Let one of three envelopes be another one."""

    def made(device: Device) -> list[Envelope]:
        items = _three(device)
        items[which] = replace(items[which], **changes)  # type: ignore[arg-type]
        return items

    return made


def _says(**changes: object) -> Callable[[Device], list[Envelope]]:
    """Let the second of two cases say something else."""
    return lambda device: [device.received("a"), device.received("b", **changes)]  # type: ignore[arg-type]


def _alike(name: str) -> Callable[[Device], list[Envelope]]:
    """Let two envelopes have one name."""

    def made(device: Device) -> list[Envelope]:
        items = _three(device)
        return [items[0], replace(items[1], **{name: getattr(items[0], name)}), items[2]]

    return made


def _body(device: Device, body: str) -> list[Envelope]:
    """The first case of a device, with another body."""
    return [replace(device.received("a"), seq=1, prev="0" * 64, body=body, sha256=digest(body))]


def _said(device: Device) -> str:
    return device.received("a").body


_OF_EAST = datetime(2026, 11, 26, 9, tzinfo=timezone(timedelta(hours=8)))
_SCAN = MaterialOnWire("p", MaterialHow.SCANNED, None, ("0" * 64,))
_ODD: dict[str, Callable[[Device], Sequence[Envelope]]] = {
    "another body than was hashed": _other(1, sha256="f" * 64),
    "a hole in the middle": _other(2, seq=4),
    "one place twice": _other(2, seq=2),
    "a chain that is broken": _other(1, prev="f" * 64),
    "a chain with another beginning": _other(0, prev="f" * 64),
    "another digest": _other(1, digest="sm3"),
    "no new case": _other(1, kind=EventKind.CASE_ACCEPTED),
    "one event twice": _alike("id"),
    "one case twice": _alike("subject"),
    "one receipt number twice": _says(receipt_no="R-a"),
    "an id without end": _other(1, id="x" * (LONGEST_NAME + 1)),
    "a case with NUL": _other(1, subject="\x00"),
    "a time of another zone": _other(1, at=_OF_EAST),
    "no body": lambda device: _body(device, "{}"),
    "somebody else's words": _says(clerk="supervisor"),
    "nobody's words": lambda device: [
        replace(each, actor="nobody") for each in _says(clerk="nobody")(device)
    ],
    "words of one who may not": lambda device: [
        replace(each, actor="reviewer") for each in _says(clerk="reviewer")(device)[1:]
    ],
    "another station's case": _says(station="440105"),
    "a case without items": _says(sub_cases=()),
    "an item twice": _says(sub_cases=(BUNDLE[0], BUNDLE[0])),
    "an item without end": _says(sub_cases=(replace(BUNDLE[0], item="x" * (LONGEST_NAME + 1)),)),
    "a department with NUL": _says(sub_cases=(replace(BUNDLE[0], department="\x00"),)),
    "a receipt without end": _says(receipt_no="x" * (LONGEST_NAME + 1)),
    "received in another zone": lambda device: _body(
        device, re.sub('"received_at":"[^"]*"', f'"received_at":"{_OF_EAST.isoformat()}"', _said(device))
    ),
    "scans": _says(materials=(_SCAN,)),
}


@pytest.mark.parametrize("items", _ODD.values(), ids=_ODD)
def test_what_is_anything_else_goes_the_other_way(
    hall: Hall, items: Callable[[Device], Sequence[Envelope]]
) -> None:
    assert hall.judged(hall.asked(*items(hall.device))) is None


def test_a_batch_that_is_refused_or_shows_what_was_lost_goes_the_other_way(hall: Hall) -> None:
    request = hall.asked(*_three(hall.device))
    heard = HeardBefore.__new__(HeardBefore)
    for odd in (
        replace(request, epoch="another"),
        replace(request, incarnation=2),
        replace(request, before=(heard,)),
    ):
        assert hall.judged(odd) is None
    assert hall.judged(request) is not None


def test_what_was_here_or_is_too_far_ahead_goes_the_other_way_and_a_gap_before_it_does_not(
    hall: Hall,
) -> None:
    items = _three(hall.device)
    assert hall.judged(hall.asked(*items[1:])) is not None
    hall.set(last_seq=1, last_sha256=items[0].sha256)
    assert hall.judged(hall.asked(*items)) is None
    assert hall.judged(hall.asked(*items[1:])) is not None
    assert hall.judged(hall.asked(replace(items[1], prev="f" * 64))) is None
    for seq, is_plain in ((1 + MOST_AHEAD, True), (2 + MOST_AHEAD, False)):
        judged = hall.judged(hall.asked(replace(items[1], seq=seq, prev="f" * 64)))
        assert (judged is not None) is is_plain


def test_a_case_that_a_dispute_waits_for_goes_the_other_way(hall: Hall) -> None:
    request = hall.asked(*_three(hall.device))
    waits = dict.fromkeys(("query", "department", "service", "outcome", "body", "taken_at"), "x")
    with hall.engine.begin() as db:
        row = {"id": "d", "case": "b", "verdict": "", "answer": "", "told": 0, **waits}
        db.execute(insert(disputes).values(row))
    assert hall.judged(request) is None


def test_who_had_an_account_twice_is_asked_for_each_time(hall: Hall) -> None:
    request = hall.asked(*_three(hall.device))
    with hall.engine.begin() as db:
        mine = (staff_terms.c.station == STATION) & (staff_terms.c.login == "clerk")
        db.execute(update(staff_terms).where(mine).values(since="2000", until="2001"))
        again = {"station": STATION, "login": "clerk", "person": "p", "roles": "clerk"}
        db.execute(insert(staff_terms).values(**again, since="2002"))
    assert hall.judged(request) is not None
    late = request.items[0].at - timedelta(days=9000)  # in 2002 at the earliest, else between the two
    early = replace(request.items[0], at=late.replace(year=2001, month=6))
    assert hall.judged(replace(request, items=(early, *request.items[1:]))) is None


def test_every_answer_is_that_of_an_event_that_was_taken(hall: Hall) -> None:
    plain = hall.judged(hall.asked(*_three(hall.device)))
    assert plain is not None
    assert {result.status for result in plain.taken.answer.results} == {PushStatus.APPLIED}
    assert [result.id for result in plain.taken.answer.results] == [each.id for each in plain.taken.results]
    assert stamp(now()) > str(plain.rows[4].same["at"])
