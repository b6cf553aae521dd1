"""The judge finds what must not be: rows of a real hall are right, and each thing that is taken, doubled or changed is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bench.stations import enrolled
from catalogue.load import load_catalogue
from hall.__main__ import CATALOGUE
from hall.acceptance import Gate
from hall.database import open_database
from hall.intake import take_batch
from hall.polls import page
from tests.fakes.device import Device
from tests.torture.held import Held, Row, held
from tests.torture.judge import judge
from tests.torture.station import Account, Heard
from wire.codec import encode
from wire.messages import EventKind, PushRequest, PushStatus

Right = tuple[Account, Held]


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Right:
    """A station that received four cases, accepted one, and pushed one batch again."""
    engine = open_database(tmp_path_factory.mktemp("hall") / "hall.db")
    (known,) = enrolled(engine, ["H00000"])
    device = Device("", known.private, known.enrolment)
    sent = [device.received(f"case-{n}") for n in range(4)] + [device.accepted("case-1")]
    gate = Gate(load_catalogue(CATALOGUE), Path("/nonexistent"))
    heard: list[Heard] = []
    for batch in (sent[:2], sent[2:], sent[2:]):
        request = PushRequest(device.me.device, device.me.incarnation, device.me.epoch, tuple(batch))
        answer = take_batch(engine, device.me.device, request, gate)
        heard += [Heard(said.id, said.status, said.code, said.receipt) for said in answer.results]
    with engine.begin() as db:
        seen = page(db, "H00000", "", 200).items
    account = Account(device.me.device, "H00000", tuple(sent), len(sent), tuple(heard), seen)
    rows = held(engine)
    engine.dispose()
    return account, rows


def found(account: Account, rows: Held) -> set[str]:
    return {anomaly.check for anomaly in judge([account], rows)}


def test_what_a_right_hall_holds_is_right(right: Right) -> None:
    account, rows = right
    assert judge([account], rows) == []
    assert {heard.status for heard in account.heard} == {PushStatus.APPLIED, PushStatus.DUPLICATE}
    assert any(row["dispatched_at"] for row in rows.sub_cases)


def _without(rows: Sequence[Row], which: int) -> list[Row]:
    return [row for n, row in enumerate(rows) if n != which]


def _again(rows: Sequence[Row], which: int, **other: object) -> list[Row]:
    return [*rows, {**rows[which], **other}]


def _with(rows: Sequence[Row], which: int, **other: object) -> list[Row]:
    return [{**row, **other} if n == which else row for n, row in enumerate(rows)]


LOST: dict[str, Callable[[Held], Held]] = {
    "event": lambda h: replace(h, inbox=_without(h.inbox, 1)),
    "place at the end": lambda h: replace(h, places=_without(h.places, 4)),
    "case": lambda h: replace(h, cases=_without(h.cases, 2)),
    "acceptance": lambda h: replace(h, cases=_with(h.cases, 1, accepted=None)),
    "body's hash": lambda h: replace(h, inbox=_with(h.inbox, 0, sha256="0" * 64)),
    "body": lambda h: replace(h, inbox=_with(h.inbox, 0, envelope=h.inbox[1]["envelope"])),
    "department's word": lambda h: replace(h, department_feed=[]),
}
DOUBLED: dict[str, Callable[[Held], Held]] = {
    "event": lambda h: replace(h, inbox=_again(h.inbox, 1)),
    "event under another id": lambda h: replace(h, inbox=_again(h.inbox, 1, event="another")),
    "case": lambda h: replace(h, cases=_again(h.cases, 1)),
    "receipt number": lambda h: replace(h, cases=_again(h.cases, 1, id="another", project_no="another")),
    "items": lambda h: replace(h, sub_cases=_again(h.sub_cases, 0)),
    "dispatch": lambda h: replace(h, department_feed=_again(h.department_feed, 0)),
}
GAPPED: dict[str, Callable[[Held], Held]] = {
    "hole": lambda h: replace(h, places=_without(h.places, 2)),
    "broken link": lambda h: replace(h, places=_with(h.places, 2, prev="f" * 64)),
    "another at a place": lambda h: replace(h, places=_with(h.places, 2, event="another")),
    "head": lambda h: replace(h, devices=_with(h.devices, 0, last_seq=4)),
}
FEED: dict[str, Callable[[Held], Held]] = {
    "missing": lambda h: replace(h, feed=_without(h.feed, 1)),
    "doubled": lambda h: replace(h, feed=_again(h.feed, 0, seq=99)),
    "order": lambda h: replace(h, feed=_with(h.feed, 0, seq=99)),
}


@pytest.mark.parametrize(
    ("check", "change"),
    [
        pytest.param(check, change, id=f"{check}: {name}")
        for check, changes in (("lost", LOST), ("doubled", DOUBLED), ("gap", GAPPED), ("feed", FEED))
        for name, change in changes.items()
    ],
)
def test_rows_that_are_wrong_are_found(right: Right, check: str, change: Callable[[Held], Held]) -> None:
    account, rows = right
    assert check in found(account, change(rows))


def test_a_receipt_of_another_hall_is_found(right: Right) -> None:
    account, rows = right
    assert "receipt" in found(account, replace(rows, public=bytes(32)))


def test_a_receipt_for_other_words_is_found(right: Right) -> None:
    account, rows = right
    first, *others = account.heard
    assert first.receipt is not None
    other = replace(first, receipt=replace(first.receipt, sha256="0" * 64))
    assert "receipt" in found(replace(account, heard=(other, *others)), rows)


def test_a_kept_receipt_that_is_not_the_one_that_was_told_is_found(right: Right) -> None:
    account, rows = right
    kept = rows.inbox[1]["result"]
    assert found(account, replace(rows, inbox=_with(rows.inbox, 0, result=kept))) == {"receipt"}


def test_an_event_that_was_applied_twice_is_found(right: Right) -> None:
    account, rows = right
    assert found(replace(account, heard=(*account.heard, account.heard[0])), rows) == {"told"}


def test_a_good_event_that_was_refused_is_found(right: Right) -> None:
    account, rows = right
    no = Heard(account.sent[0].id, PushStatus.REJECTED, "seq_reused", None)
    assert found(replace(account, heard=(*account.heard, no)), rows) == {"refused"}


def test_what_a_station_cannot_get_rid_of_is_found(right: Right) -> None:
    account, rows = right
    assert found(replace(account, settled=3), rows) == {"waiting"}


def test_news_that_a_station_missed_or_heard_twice_is_found(right: Right) -> None:
    account, rows = right
    for seen in (account.seen[1:], (*account.seen, account.seen[-1]), account.seen[::-1]):
        assert found(replace(account, seen=seen), rows) == {"feed"}


def test_a_second_case_that_no_station_received_is_found(right: Right) -> None:
    account, rows = right
    received = [each for each in account.sent if each.kind is EventKind.CASE_RECEIVED]
    copy = {**rows.inbox[0], "event": "copy", "envelope": encode(replace(received[0], id="copy", seq=9))}
    case = {**rows.cases[0], "id": "copy", "receipt_no": "copy", "project_no": "copy"}
    wrong = replace(rows, inbox=[*rows.inbox, copy], cases=[*rows.cases, case])
    assert "doubled" in found(account, wrong)
