"""Real store, real engine, real hall process: nothing acknowledged is lost or doubled, whoever is killed when."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from demo.environment import Demo
from hall.database import open_database
from hall.devices import revoke
from tests.fakes.cases import a_case
from tests.fakes.cut_line import CutLine, line_to
from tests.fakes.device import ALL_SEEN, BUNDLE
from tests.fakes.newcomer import code_for
from tests.fakes.people import MOTHER_ID, MOTHER_NAME
from tests.until import until
from wire.codec import encode
from wire.keys import new_id, new_private, public_of, sign, unb64
from wire.messages import AnswerOnWire, CaseAccepted, CaseReceived, EventKind, Origin, Party
from wire.signed import receipt_is_genuine
from workstation.domain.case import Case
from workstation.domain.outbox import QueueState
from workstation.services.heal import takes
from workstation.services.views import Link
from workstation.storage.database import Store, open_store
from workstation.sync.client import Device, HallClient, HallEnroller
from workstation.sync.engine import Engine

KEY = bytes(range(32))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with Demo(
        tmp_path_factory.mktemp("demo"), Path(sys.executable), with_card=False, review=False
    ) as started:
        yield started


@pytest.fixture
def line(demo: Demo) -> Iterator[CutLine]:
    with line_to(demo.hall.port) as opened:
        yield opened


class Station:
    """One station, enrolled through the line; `start` and `stop` are its days."""

    def __init__(self, line: CutLine, code: str, path: Path) -> None:
        self._line = line
        self._path = path
        private = new_private()
        self.me = HallEnroller().enrol(line.url, code, public_of(private), lambda data: sign(private, data))
        self.store: Store = open_store(path, KEY)
        with self.store.unit() as unit:
            unit.station.enrol(line.url, self.me, private)
            unit.commit()
        self._device = Device(self.me, private)
        self.engine = self._engine()

    def _engine(self) -> Engine:
        return Engine(
            client=HallClient(self._line.url, self._device, _now),
            enrolment=self.me,
            open_unit=self.store.unit,
            take=takes(self.store.unit, _now),
            clock=_now,
        )

    def restart(self) -> None:
        """The counter goes off and on again: nothing in memory, everything else as it was."""
        self.close()
        self.store = open_store(self._path, KEY)
        self.engine = self._engine()
        self.engine.start()

    def close(self) -> None:
        self.engine.stop()
        self.store.close()

    def file(
        self, case: str, *, accept: bool = False, scan: bytes = b"", body: str | None = None
    ) -> list[str]:
        """File a case as the services do: case, envelope, all in one commit. Return the events' ids."""
        events = [(EventKind.CASE_RECEIVED, body or encode(self._received(case)))]
        if accept:
            promised = {sub.item: date(2026, 12, 1) for sub in BUNDLE}
            accepted = CaseAccepted(f"R-{case}", "clerk", _now(), promised, ALL_SEEN)
            events.append((EventKind.CASE_ACCEPTED, encode(accepted)))
        ids = [new_id() for _ in events]
        with self.store.unit() as unit:
            blobs = (unit.blobs.put(scan),) if scan else ()
            unit.cases.add(_case(case, blobs))
            for id_, (kind, text) in zip(ids, events, strict=True):
                unit.outbox.add(id=id_, subject=case, kind=kind, at=_now(), actor="clerk", body=text)
            unit.commit()
        self.engine.wake()
        return ids

    def _received(self, case: str) -> CaseReceived:
        return CaseReceived(
            receipt_no=f"R-{case}",
            station=self.me.station,
            window="01",
            clerk="clerk",
            received_at=_now(),
            catalogue="1",
            bundle="newborn",
            sub_cases=BUNDLE,
            applicant=Party(MOTHER_NAME, "111", MOTHER_ID),
            answers={"child.name": AnswerOnWire("测小宝", Origin.TYPED)},
            materials=(),
            verifications=(),
            offline=False,
        )

    def queue(self) -> QueueState:
        with self.store.unit() as unit:
            return unit.outbox.state()

    def has_receipts(self, events: list[str]) -> bool:
        with self.store.unit() as unit:
            receipts = [unit.outbox.receipt(event) for event in events]
        return all(r is not None and receipt_is_genuine(r, unb64(self.me.hall_key)) for r in receipts)

    def project_no(self, case: str) -> str | None:
        with self.store.unit() as unit:
            return unit.cases.get(case).project_no


@pytest.fixture
def station(demo: Demo, line: CutLine, tmp_path: Path) -> Iterator[Station]:
    code = code_for(demo.database)
    made = Station(line, code, tmp_path / "station.db")
    yield made
    made.close()


def _now() -> datetime:
    return datetime.now(UTC)


def _case(case: str, blobs: tuple[str, ...]) -> Case:
    return replace(a_case(blobs=blobs), id=case, receipt_no=f"R-{case}")


def _name() -> str:
    return f"case-{time.monotonic_ns()}"


def _at_hall(demo: Demo, case: str) -> int:
    """Count the case at the hall, in its own file."""
    with closing(sqlite3.connect(demo.root / "hall.db", timeout=10)) as db:
        return int(db.execute("SELECT COUNT(*) FROM cases WHERE id = ?", (case,)).fetchone()[0])


def test_a_case_reaches_the_hall_and_its_number_comes_back(demo: Demo, station: Station) -> None:
    station.engine.start()
    case = _name()
    events = station.file(case, accept=True)
    until(lambda: station.project_no(case))
    assert station.has_receipts(events)
    assert station.queue() == QueueState(0, 0, None)
    assert _at_hall(demo, case) == 1


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("also", ["hall", "hall and counter"])
def test_hall_killed_around_its_commit_has_the_case_once(
    demo: Demo, line: CutLine, station: Station, moment: str, also: str
) -> None:
    def kill() -> None:
        demo.kill_hall()

    setattr(line, moment, kill)
    station.engine.start()
    case = _name()
    events = station.file(case)
    until(lambda: not demo.hall.running)
    assert _at_hall(demo, case) == (1 if moment == "after" else 0)
    assert station.queue().pending == 1
    assert not station.has_receipts(events)
    if also == "hall and counter":
        station.restart()
    demo.start_hall()
    until(lambda: station.queue().pending == 0)
    assert line.pushes >= 2
    assert _at_hall(demo, case) == 1
    assert station.has_receipts(events)
    assert station.queue().parked == 0


def test_a_line_cut_after_every_push_loses_and_doubles_nothing(
    demo: Demo, line: CutLine, station: Station
) -> None:
    cases = [_name() for _ in range(5)]
    events: list[str] = []
    station.engine.start()
    for case in cases:
        line.after = lambda: None
        events += station.file(case)
        until(lambda: line.after is None)
        station.restart()  # A fresh engine does not wait out the pause.
    until(lambda: station.queue().pending == 0)
    assert [_at_hall(demo, case) for case in cases] == [1] * 5
    assert station.has_receipts(events)


def test_a_scan_arrives_at_the_hall_as_it_was(demo: Demo, station: Station) -> None:
    scan = b"%PDF-1.7 " + new_id().encode() * 100
    sha256 = hashlib.sha256(scan).hexdigest()
    station.engine.start()
    station.file(_name(), scan=scan)

    def unsent() -> tuple[str, ...]:
        with station.store.unit() as unit:
            return unit.blobs.unsent(9)

    until(lambda: unsent() == ())
    (kept,) = [path for path in demo.root.rglob(sha256) if path.is_file()]
    assert kept.read_bytes() == scan


def test_a_revoked_station_keeps_its_work_and_says_why(demo: Demo, line: CutLine, station: Station) -> None:
    station.engine.start()
    station.file(_name())
    until(lambda: station.queue().pending == 0)
    engine = open_database(demo.root / "hall.db")
    with engine.begin() as db:
        revoke(db, station.me.device)
    engine.dispose()
    until(lambda: station.engine.state().link is Link.REFUSED)
    assert station.engine.state().trouble == "device_revoked"
    before = line.pushes
    case = _name()
    station.file(case)
    assert station.queue().pending == 1
    assert _at_hall(demo, case) == 0
    assert line.pushes == before


def test_an_event_the_hall_rejects_is_parked_and_other_cases_go_on(demo: Demo, station: Station) -> None:
    bad, good = _name(), _name()
    station.engine.start()
    station.file(bad, body='{"nonsense":1}')
    events = station.file(good)
    until(lambda: station.has_receipts(events))
    until(lambda: station.queue().parked == 1)
    assert _at_hall(demo, bad) == 0
    assert _at_hall(demo, good) == 1


def test_work_behind_a_parked_event_blocks_no_other_case(demo: Demo, station: Station) -> None:
    bad, good = _name(), _name()
    station.engine.start()
    station.file(bad, body='{"nonsense":1}')
    until(lambda: station.queue().parked == 1)
    with station.store.unit() as unit:
        unit.outbox.add(
            id=new_id(), subject=bad, kind=EventKind.CASE_ACCEPTED, at=_now(), actor="clerk", body="{}"
        )
        unit.commit()
    events = station.file(good)
    until(lambda: station.has_receipts(events))
    assert _at_hall(demo, good) == 1
