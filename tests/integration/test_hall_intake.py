"""The intake in this process on both databases: what a batch costs, and that no event can poison a batch."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, select, text, update

from catalogue.load import load_catalogue
from hall.__main__ import CATALOGUE
from hall.acceptance import Gate
from hall.database import fact, open_database
from hall.demo.seed import seed
from hall.enrolment import enrol
from hall.intake import Intake, PushRefused, take_batch
from hall.polls import page
from hall.tables import cases, device_keys, devices, inbox, places, staff_terms, sub_cases
from tests.fakes.device import BUNDLE, Device
from tests.until import until
from wire.codec import digest
from wire.evaluation import EvaluationGiven, Grade, Opinion, Stage, seal_opinion
from wire.keys import b64, key_id, new_id, public_of, sign, unb64
from wire.messages import (
    EnrolRequest,
    Envelope,
    EventKind,
    MaterialHow,
    MaterialOnWire,
    PushRequest,
    PushResult,
    SlipPrinted,
)
from wire.recovery import recovery_public
from wire.rights import STATION_ITSELF
from wire.signed import receipt_is_genuine

CODE = "c0de" * 4
CATALOG = load_catalogue(CATALOGUE)


class Station:
    """A device and the hall it speaks to, without the wire between."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.intake = Intake(engine, Gate(CATALOG, Path("/nonexistent")))
        self.device = Device("")
        with engine.begin() as db:
            seed(db, code=CODE, token=None)
            public = b64(public_of(self.device.private))
            proof = b64(sign(self.device.private, CODE.encode()))
            self.device.enrolment = enrol(db, EnrolRequest(CODE, public, proof))
            self.epoch = fact(db, "epoch")

    def push(self, *items: Envelope) -> tuple[PushResult, ...]:
        request = PushRequest(self.device.me.device, 1, self.epoch, items)
        return self.intake.take(self.device.me.device, request).answer.results

    def told(self, *items: Envelope) -> list[tuple[str, str | None]]:
        return [(result.status.value, result.code) for result in self.push(*items)]


@pytest.fixture(params=["sqlite", "postgres"])
def station(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Station]:
    on_postgres = request.param == "postgres"
    engine = open_database(request.getfixturevalue("postgres_hall") if on_postgres else tmp_path / "hall.db")
    yield Station(engine)
    engine.dispose()


APPLIED = ("applied", None)


def test_whether_a_device_may_push_is_asked_in_the_transaction_of_the_push(station: Station) -> None:
    """A server process remembers whose a key is, never whether it may come in."""
    me = station.device.me.device
    key = key_id(public_of(station.device.private))

    def code(**now: str | None) -> str:
        with station.engine.begin() as db:
            db.execute(update(devices).where(devices.c.id == me).values(**now))
        request = PushRequest(me, 1, station.epoch, (station.device.received(new_id()),))
        with pytest.raises(PushRefused) as refused:
            station.intake.take(me, request, key)
        return f"{refused.value.status} {refused.value.code}"

    good = PushRequest(me, 1, station.epoch, (station.device.received("first"),))
    assert station.intake.take(me, good, key).answer.results[0].status.value == "applied"
    with pytest.raises(PushRefused, match="device_unknown"):
        station.intake.take(me, good, "0" * 16)
    assert code(revoked_at="2026-11-25T00:00:00.000000Z") == "403 device_revoked"
    assert code(revoked_at=None, confirmed_at=None) == "403 device_pending"
    with station.engine.begin() as db:
        db.execute(update(device_keys).values(until="2026-11-25T00:00:00.000000Z"))
    assert code(confirmed_at="2026-11-25T00:00:00.000000Z") == "401 device_unknown"
    with station.engine.begin() as db:
        assert db.scalar(select(func.count()).select_from(cases)) == 1


def test_the_receipts_of_a_batch_are_signed_once_and_kept_as_they_were_answered(station: Station) -> None:
    one, two = station.device.received("a"), station.device.received("b")
    results = station.push(one, two, one)
    assert [result.status.value for result in results] == ["applied", "applied", "duplicate"]
    receipts = [result.receipt for result in results]
    hall_key = unb64(station.device.me.hall_key)
    assert all(receipt and receipt_is_genuine(receipt, hall_key) for receipt in receipts)
    assert len({receipt.signature for receipt in receipts if receipt}) == 1
    assert [receipt.event for receipt in receipts if receipt] == [one.id, two.id, one.id]
    assert [result.receipt for result in station.push(one, two)] == receipts[:2]


def test_a_batch_costs_the_same_few_statements_for_one_event_and_for_a_hundred(station: Station) -> None:
    heard: list[str] = []
    event.listen(station.engine, "before_cursor_execute", lambda _c, _u, sql, _p, _x, _m: heard.append(sql))
    station.push(station.device.received("warm"))  # takes numbers ahead
    counts = []
    for size in (1, 100):
        batch = [station.device.received(f"case-{size}-{n}") for n in range(size)]
        heard.clear()
        assert station.told(*batch) == [APPLIED] * size
        counts.append(len([sql for sql in heard if "PRAGMA" not in sql]))
    assert counts[0] == counts[1]
    # On SQLite it is read once without the writer and once with it.
    assert counts[0] <= (13 if station.engine.dialect.name == "sqlite" else 3)
    # Sent again: looked at, and nothing is written.
    heard.clear()
    assert {status for status, _ in station.told(*batch)} == {"duplicate"}
    assert len(heard) <= 10
    assert not [sql for sql in heard if sql.startswith(("INSERT", "WITH", "UPDATE"))]


def test_what_was_kept_is_what_was_told(station: Station) -> None:
    batch = [station.device.received(f"case-{n}") for n in range(5)]
    results = station.push(*batch)
    with station.engine.begin() as db:
        assert db.scalar(select(func.count()).select_from(sub_cases)) == 5 * len(BUNDLE)
        kept = {row.event: row for row in db.execute(select(inbox))}
        stand = {row.seq: row for row in db.execute(select(places))}
        device = db.execute(select(devices)).one()
        told = page(db, "440104", "", 200).items
        numbers = db.scalars(select(cases.c.project_no).order_by(cases.c.project_no)).all()
    assert [kept[each.id].sha256 for each in batch] == [each.sha256 for each in batch]
    assert [stand[each.seq].prev for each in batch] == [each.prev for each in batch]
    assert (device.last_seq, device.last_sha256) == (5, batch[-1].sha256)
    assert [(change.subject, change.rev) for change in told] == [(each.subject, 1) for each in batch]
    assert len(set(numbers)) == 5
    assert [result.receipt is not None and result.receipt.event for result in results] == [
        e.id for e in batch
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"sub_cases": (BUNDLE[0], BUNDLE[0])},  # an item twice
        {"sub_cases": (replace(BUNDLE[0], item="x" * 5000),)},
        {"sub_cases": (replace(BUNDLE[0], department="a\x00b"),)},
        {"receipt_no": "R\x00"},
        {"receipt_no": "9" * 5000},
    ],
)
def test_no_body_poisons_a_batch(station: Station, changes: dict[str, object]) -> None:
    bad = station.device.received("bad", **changes)  # type: ignore[arg-type]
    good = station.device.received("good")
    assert station.told(bad, good) == [("rejected", "malformed"), APPLIED]
    assert station.told(bad, good) == [("rejected", "malformed"), ("duplicate", None)]


@pytest.mark.parametrize(
    "changes", [{"id": "a\x00"}, {"subject": "\x00"}, {"actor": "\x00"}, {"id": "i" * 3000}]
)
def test_no_envelope_poisons_a_batch(station: Station, changes: dict[str, str]) -> None:
    event_ = station.device.received("bad")
    good = station.device.received("good")
    assert station.told(replace(event_, **changes), good)[0] == ("rejected", "malformed")  # type: ignore[arg-type]
    assert station.told(event_, good) == [APPLIED, ("duplicate", None)]


def test_a_character_that_no_database_keeps_is_kept_inside_a_body(station: Station) -> None:
    odd = station.device.received("odd", window="a\x00b")
    assert station.told(odd, station.device.received("good")) == [APPLIED, APPLIED]
    with station.engine.begin() as db:
        assert db.scalar(select(cases.c.body).where(cases.c.id == "odd")) == odd.body


@pytest.mark.parametrize("seq", [2**31, 2**63, 2**70, -(2**70)])
def test_a_place_beyond_all_numbers_is_answered(station: Station, seq: int) -> None:
    far = replace(station.device.received("far"), seq=seq)
    assert station.told(far) == [("deferred", "gap") if seq > 0 else ("rejected", "seq_reused")]


def test_a_number_that_no_column_holds_stops_nobody_else(station: Station) -> None:
    visit = new_id()
    with station.engine.begin() as db:
        key = recovery_public(unb64(fact(db, "recovery_key")))
    sealed = seal_opinion(key, visit, Opinion(Grade.SATISFIED))
    said = EvaluationGiven(visit, Stage.RESULT, 2**70, "clerk", "01", "key", sealed)
    odd = station.device.envelope(EventKind.EVALUATION_GIVEN, said, visit, STATION_ITSELF)
    assert station.told(odd, station.device.received("c")) == [("rejected", "malformed"), APPLIED]


@pytest.mark.parametrize("name", ["0" * 63 + "\x00", "0" * 4000], ids=["NUL", "endless"])
def test_a_scan_that_no_index_holds_stops_nobody_else(station: Station, name: str) -> None:
    """On PostgreSQL the row would break off the whole batch, and what came before it in the batch with it."""
    papers = (MaterialOnWire("id_mother", MaterialHow.SCANNED, blobs=(name,)),)
    odd = station.device.received("odd", materials=papers)
    slip = SlipPrinted("R-c", "RCP", "440104S1", 0, "clerk", datetime.now(UTC))
    told = station.told(
        odd, station.device.received("c"), station.device.envelope(EventKind.SLIP_PRINTED, slip, "c")
    )
    assert told == [("rejected", "malformed"), APPLIED, APPLIED]


def test_a_case_and_a_receipt_number_are_known_within_a_batch_and_after_it(station: Station) -> None:
    one, same_case = station.device.received("one"), station.device.received("one", "R-other")
    same_no = station.device.received("two", "R-one")
    assert station.told(one, same_case, same_no) == [APPLIED, *[("conflict", "case_known")] * 2]
    assert station.told(station.device.received("three", "R-one")) == [("conflict", "case_known")]
    assert station.told(station.device.received("four")) == [APPLIED]


def test_steps_of_a_case_in_one_batch_come_in_order_and_a_sheet_is_told_once(station: Station) -> None:
    received, accepted = station.device.received("case"), station.device.accepted("case")
    printed = SlipPrinted("R-case", "RCP", "S-1", 0, "clerk", datetime.now(UTC))
    sheets = [station.device.envelope(EventKind.SLIP_PRINTED, printed, "case") for _ in range(2)]
    other = station.device.received("other")
    told = station.told(received, sheets[0], accepted, sheets[1], other)
    assert told == [APPLIED, APPLIED, APPLIED, ("conflict", "taken"), APPLIED]
    with station.engine.begin() as db:
        revs = [change.rev for change in page(db, "440104", "", 200).items if change.subject == "case"]
    assert revs == [1, 2, 3]  # registered, then its first item is dispatched, then the days are told


def test_an_event_twice_in_one_batch_is_one(station: Station) -> None:
    twice = station.device.received("twice")
    body = twice.body.replace("测小宝", "别人")
    other = replace(twice, body=body, sha256=digest(body))
    assert station.told(twice, twice, other) == [APPLIED, ("duplicate", None), ("rejected", "id_reused")]


def test_whoever_has_one_batch_only_takes_it_the_same_way(station: Station) -> None:
    who = station.device.me.device
    request = PushRequest(who, 1, station.epoch, (station.device.received("one"),))
    gate = Gate(CATALOG, Path("/nonexistent"))
    assert take_batch(station.engine, who, request, gate).results[0].status == "applied"
    assert take_batch(station.engine, who, request, gate).results[0].status == "duplicate"


def test_a_second_push_of_a_device_waits_for_the_first(postgres_hall: str) -> None:
    engine = open_database(postgres_hall)
    station = Station(engine)
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'SELECT%' AND datname = current_database()"
    )
    with ThreadPoolExecutor(1) as pool:
        with engine.begin() as first:
            first.execute(select(devices.c.id).with_for_update())
            second = pool.submit(station.told, station.device.received("one"))
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as look:
                until(lambda: second.done() or look.scalar(waiting), every=0.005)
            assert not second.done()
        assert second.result() == [APPLIED]
    engine.dispose()


def test_what_was_judged_before_the_writer_was_held_counts_only_while_it_stands(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "hall.db")
    station = Station(engine)
    me, key = station.device.me.device, key_id(public_of(station.device.private))
    batch = PushRequest(me, 1, station.epoch, (station.device.received("one"),))
    group = station.intake._group
    assert group is not None
    with ThreadPoolExecutor(1) as pool:
        with engine.begin() as writer:
            waiting = pool.submit(station.intake.take, me, batch, key)
            until(group._leading.locked, every=0.001)  # judged, and behind this transaction
            assert not waiting.done()
            writer.execute(update(staff_terms).values(roles="auditor"))
        assert [result.status.value for result in waiting.result().results] == ["conflict"]
    with engine.begin() as db:
        assert db.scalar(select(func.count()).select_from(cases)) == 0
    engine.dispose()
