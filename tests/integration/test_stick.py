"""Plan B: a real store writes a stick, the hall's own command takes it, the receipts settle the queue - and every wrong file is told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, update

from hall.acceptance import Gate
from hall.blobs import open_room
from hall.database import fact, hall_key, open_database
from hall.demo.seed import seed
from hall.devices import revoke
from hall.enrolment import enrol, new_code
from hall.epoch import renew_epoch
from hall.intake import take_batch
from hall.stick import StickRefused, take_stick
from hall.stick_scans import keeper
from hall.tables import cases, device_keys, devices, inbox
from tests.fakes.cases import a_case
from tests.fakes.counter import shipped_catalogue
from tests.fakes.device import BUNDLE
from tests.fakes.people import MOTHER_ID, MOTHER_NAME
from wire.codec import encode
from wire.keys import b64, new_id, new_private, public_of, sign, unb64
from wire.messages import (
    CaseReceived,
    Enrolment,
    EnrolRequest,
    EventKind,
    MaterialHow,
    MaterialOnWire,
    Party,
    PushRequest,
    PushStatus,
)
from wire.parcel import Parcel
from wire.recovery import recovery_public
from wire.signed import sign_receipt, sign_reply
from wire.stick import StickBroken, StickReceipts, pack_receipts, unpack, unpack_receipts
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.security.key_store import open_keys
from workstation.services.receive_change import receive_changes, release_held
from workstation.services.transfer_views import StickRead
from workstation.storage.database import Store, open_store
from workstation.sync.recovery_wrap import RECOVERY_KEY_FACT
from workstation.sync.stick import HallSticks

KEY = bytes(range(32))
PASS = "stick passphrase 7"
PNG = b"\x89PNG\r\n\x1a\n"


class Hall:
    """A real hall database with its folder; `take` is what the command does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "hall.db"
        self.engine: Engine = open_database(self.file)
        self.salvaged: list[Parcel] = []
        self.gate = Gate(shipped_catalogue(), folder / "releases")
        with self.engine.begin() as db:
            seed(db, code="democode", token="token")

    def take(self, *files: str) -> bytes:
        loaded = [Path(file).read_bytes() for file in files]
        return take_stick(
            self.engine,
            loaded,
            self.gate,
            keeper(self.engine, open_room(self.folder / "blobs")),
            self.salvaged.append,
        )

    def count(self) -> tuple[int, int]:
        with self.engine.begin() as db:
            return (
                int(db.scalar(select(func.count()).select_from(cases)) or 0),
                int(db.scalar(select(func.count()).select_from(inbox)) or 0),
            )


class Station:
    """A real encrypted store, enrolled; the line does not exist."""

    def __init__(self, hall: Hall, folder: Path, part_bytes: int = 32_000_000, key: bytes = KEY) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.private = new_private()
        with hall.engine.begin() as db:
            code = new_code(db, "440104", confirmed_by="test")
            proof = b64(sign(self.private, code.encode()))
            self.me: Enrolment = enrol(db, EnrolRequest(code, b64(public_of(self.private)), proof))
            halls = recovery_public(unb64(fact(db, "recovery_key")))
        self.store: Store = open_store(folder / "station.db", key)
        with self.store.unit() as unit:
            unit.station.enrol("http://hall", self.me, self.private)
            unit.station.remember(RECOVERY_KEY_FACT, b64(halls))
            unit.commit()
        self.sticks = HallSticks(
            enrolment=lambda: self.me,
            open_unit=self.store.unit,
            take_page=lambda page: receive_changes(page, open_unit=self.store.unit, clock=_now),
            release=lambda subject: release_held(subject, open_unit=self.store.unit, clock=_now),
            clock=_now,
            part_bytes=part_bytes,
        )

    def file(self, n: int, scan: bytes = b"") -> None:
        """File a case as the services do: case, envelope, scan in one commit."""
        case = f"case-{n:04d}"
        at = _now()
        with self.store.unit() as unit:
            papers = (
                (MaterialOnWire("id_mother", MaterialHow.SCANNED, None, (unit.blobs.put(scan),)),)
                if scan
                else ()
            )
            kept = a_case(n)
            unit.cases.add(replace(kept, id=case, receipt_no=f"R-{case}", materials=papers))
            body = CaseReceived(
                receipt_no=f"R-{case}",
                station=self.me.station,
                window="01",
                clerk="clerk",
                received_at=at,
                catalogue="1",
                bundle="newborn",
                sub_cases=BUNDLE,
                applicant=Party(MOTHER_NAME, "111", MOTHER_ID),
                answers={},
                materials=papers,
                verifications=(),
                offline=True,
            )
            unit.outbox.add(
                id=new_id(),
                subject=case,
                kind=EventKind.CASE_RECEIVED,
                at=at,
                actor="clerk",
                body=encode(body),
            )
            unit.commit()

    def queue(self) -> tuple[int, int, int]:
        with self.store.unit() as unit:
            state = unit.outbox.state()
            return state.pending, state.parked, len(unit.blobs.unsent(100))

    def write(self) -> tuple[str, ...]:
        out = self.folder / "usb"
        out.mkdir(exist_ok=True)
        return self.sticks.write(str(out), "clerk").files

    def read(self, receipts: bytes) -> StickRead:
        path = self.folder / "receipts.stick"
        path.write_bytes(receipts)
        return self.sticks.read(str(path), "clerk")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture
def station(hall: Hall, tmp_path: Path) -> Iterator[Station]:
    made = Station(hall, tmp_path / "station")
    yield made
    made.store.close()


def a_scan(size: int) -> bytes:
    return PNG + os.urandom(size)


def _now() -> datetime:
    return datetime.now(UTC)


def refused(station: Station, receipts: bytes) -> Failure:
    with pytest.raises(Refused) as caught:
        station.read(receipts)
    return caught.value.failure


# -- the way it goes ----------------------------------------------------------------------------------------
def test_a_queue_goes_by_stick_and_its_receipts_settle_it_once(hall: Hall, station: Station) -> None:
    for n in range(3):
        station.file(n, scan=a_scan(2000) if n == 0 else b"")
    assert station.queue() == (3, 0, 1)
    files = station.write()
    assert station.queue() == (3, 0, 1)  # nothing counts as sent without the hall's word
    receipts = hall.take(*files)
    assert hall.count() == (3, 3)
    got = station.read(receipts)
    assert (got.settled, got.known, got.parked, got.waiting, got.scans) == (3, 0, 0, 0, 1)
    assert got.changes == 4  # three numbers, and that the papers of the first are complete
    assert station.queue() == (0, 0, 0)
    with station.store.unit() as unit:
        assert unit.cases.get("case-0001").project_no  # the hall's number came along
        deeds = [entry.deed for entry in unit.audit.entries()]
    assert Deed.STICK_WRITTEN in deeds
    assert Deed.STICK_READ in deeds


def test_nothing_of_a_person_lies_open_on_the_stick(hall: Hall, station: Station) -> None:
    station.file(1, scan=PNG + b"SCAN-OF-A-PERSON" * 100)
    files = station.write()
    receipts = hall.take(*files)
    for data in (Path(files[0]).read_bytes(), receipts):
        for needle in (MOTHER_NAME.encode(), MOTHER_ID.encode(), b"SCAN-OF-A-PERSON", b"R-case-0001"):
            assert needle not in data


def test_the_same_stick_twice_and_the_line_as_well_is_one(hall: Hall, station: Station) -> None:
    station.file(1)
    station.file(2)
    files = station.write()
    with station.store.unit() as unit:
        due = tuple(w.envelope for w in unit.outbox.due(_now(), 100))
    me = station.me
    take_batch(hall.engine, me.device, PushRequest(me.device, me.incarnation, me.epoch, due[:1]), hall.gate)
    first = hall.take(*files)
    second = hall.take(*files)
    assert hall.count() == (2, 2)
    station.read(first)
    again = station.read(second)
    assert (again.settled, again.known) == (0, 2)
    assert station.queue() == (0, 0, 0)


def test_a_step_that_the_hall_does_not_take_comes_back_to_the_tray(hall: Hall, station: Station) -> None:
    station.file(1)
    with station.store.unit() as unit:
        unit.outbox.add(
            id=new_id(), subject="case-0009", kind="case_accepted", at=_now(), actor="clerk", body="{}"
        )
        unit.commit()
    got = station.read(hall.take(*station.write()))
    assert (got.settled, got.parked) == (1, 1)
    with station.store.unit() as unit:
        assert [w.trouble for w in unit.outbox.parked_items()] == ["malformed"]


def test_large_queues_are_cut_into_parts_and_a_missing_part_is_named(hall: Hall, tmp_path: Path) -> None:
    station = Station(hall, tmp_path / "large", part_bytes=60_000)
    for n in range(30):
        station.file(n, scan=a_scan(20_000) if n < 4 else b"")
    files = station.write()
    assert len(files) >= 2
    got = station.read(hall.take(*files[:1]))
    assert got.missing_parts == tuple(range(2, len(files) + 1))
    _, parked, scans = station.queue()
    assert parked == 0
    assert scans == 4 - got.scans
    rest = station.read(hall.take(*files[1:]))
    assert station.queue() == (0, 0, 0)
    assert got.settled + rest.settled == 30
    station.store.close()


def test_what_is_no_scan_is_not_kept_and_goes_on_waiting(hall: Hall, station: Station) -> None:
    station.file(1, scan=b"MZ no picture")
    got = station.read(hall.take(*station.write()))
    assert (got.settled, got.scans) == (1, 0)
    assert station.queue() == (0, 0, 1)


# -- what is no stick ---------------------------------------------------------------------------------------
def test_a_damaged_or_cut_stick_is_not_taken_and_nothing_changes(hall: Hall, station: Station) -> None:
    station.file(1)
    (name,) = station.write()
    whole = Path(name).read_bytes()
    for bad in (
        whole[:-1],
        whole[:40],
        b"",
        whole[:-1] + bytes([whole[-1] ^ 1]),
        b"something else\n" + whole,
    ):
        Path(name).write_bytes(bad)
        with pytest.raises(StickBroken):
            hall.take(name)
        assert hall.count() == (0, 0)
    Path(name).write_bytes(whole)
    hall.take(name)
    assert hall.count() == (1, 1)


def test_a_stick_for_another_hall_opens_nowhere_else(hall: Hall, station: Station, tmp_path: Path) -> None:
    station.file(1)
    files = station.write()
    (tmp_path / "other").mkdir()
    other = Hall(tmp_path / "other")
    with pytest.raises(StickBroken) as broken:
        other.take(*files)
    assert broken.value.code == "foreign"
    other.engine.dispose()


def test_who_has_only_the_public_key_cannot_make_a_stick_of_a_station(
    hall: Hall, station: Station, tmp_path: Path
) -> None:
    station.file(1)
    forger = Station(hall, tmp_path / "forger")
    forger.file(2)
    forger.me = station.me  # another's name over its own key
    with pytest.raises(StickRefused) as caught:
        hall.take(*forger.write())
    assert caught.value.code == "signature"
    assert hall.count() == (0, 0)
    forger.store.close()


def test_parts_of_two_sticks_are_not_taken_together(hall: Hall, station: Station) -> None:
    station.file(1)
    first = station.write()
    with pytest.raises(StickRefused) as caught:
        hall.take(*first, *station.write())
    assert caught.value.code == "mixed"


def test_a_stick_of_a_device_that_was_shut_out_goes_to_quarantine(hall: Hall, station: Station) -> None:
    station.file(1)
    files = station.write()
    with hall.engine.begin() as db:
        revoke(db, station.me.device)
    got = station.read(hall.take(*files))
    assert got.code == "device_revoked"
    assert hall.count() == (0, 0)
    assert [len(parcel.items) for parcel in hall.salvaged] == [1]
    assert station.queue() == (1, 0, 0)


def test_a_device_that_nobody_has_confirmed_gets_in_by_no_stick(hall: Hall, station: Station) -> None:
    station.file(1)
    files = station.write()
    with hall.engine.begin() as db:
        db.execute(update(devices).values(confirmed_at=None))
    with pytest.raises(StickRefused) as told:
        hall.take(*files)
    assert told.value.code == "device_pending"
    assert hall.count() == (0, 0)


def test_a_key_that_has_ended_makes_no_sticks(hall: Hall, station: Station) -> None:
    station.file(1)
    files = station.write()
    with hall.engine.begin() as db:
        db.execute(update(device_keys).values(until="2020-01-01T00:00:00Z"))
    with pytest.raises(StickRefused) as told:
        hall.take(*files)
    assert told.value.code == "key_retired"
    assert hall.count() == (0, 0)


def test_a_stick_from_before_the_hall_was_restored_is_told_and_nothing_is_lost(
    hall: Hall, station: Station
) -> None:
    station.file(1)
    files = station.write()
    with hall.engine.begin() as db:
        renew_epoch(db)
    receipts = hall.take(*files)
    assert hall.count() == (0, 0)
    assert refused(station, receipts) is Failure.STICK_OTHER_EPOCH
    assert station.queue() == (1, 0, 0)


# -- what are no receipts --------------------------------------------------------------------------------------
def test_receipts_that_are_damaged_foreign_or_anothers_are_refused(
    hall: Hall, station: Station, tmp_path: Path
) -> None:
    station.file(1)
    files = station.write()
    receipts = hall.take(*files)
    assert refused(station, receipts[:-1]) is Failure.STICK_DAMAGED
    assert refused(station, b"holiday pictures") is Failure.STICK_FOREIGN
    assert refused(station, Path(files[0]).read_bytes()) is Failure.STICK_FOREIGN  # the stick itself
    other = Station(hall, tmp_path / "neighbour")
    other.file(2)
    assert refused(station, hall.take(*other.write())) is Failure.STICK_FOREIGN
    other.store.close()
    with pytest.raises(Refused) as caught:
        station.sticks.read(str(tmp_path / "nowhere"), "clerk")
    assert caught.value.failure is Failure.STICK_DAMAGED
    assert station.queue() == (1, 0, 0)


def test_receipts_that_the_hall_did_not_sign_settle_nothing(hall: Hall, station: Station) -> None:
    """Whoever finds the stick does not have the reply key; whoever had it would still lack the hall's key."""
    station.file(1)
    files = station.write()
    header, content, _ = unpack(Path(files[0]).read_bytes(), _recovery(hall))
    honest = unpack_receipts(hall.take(*files), unb64(content.reply_key))
    forged = sign_reply(honest, new_private())
    assert refused(station, pack_receipts(forged, unb64(content.reply_key))) is Failure.STICK_FOREIGN
    # Signed by the hall as a whole, but with a receipt over another content: that step goes on waiting.
    (result,) = honest.results
    assert result.status is PushStatus.APPLIED
    with hall.engine.begin() as db:
        key = hall_key(db)
    wrong = replace(result, receipt=sign_receipt(result.id, "0" * 64, _now(), key))
    signed: StickReceipts = sign_reply(replace(honest, results=(wrong,), changes=None), key)
    got = station.read(pack_receipts(signed, unb64(content.reply_key)))
    assert (got.settled, got.waiting) == (0, 1)
    assert station.queue() == (1, 0, 0)
    assert header.epoch == station.me.epoch


def _recovery(hall: Hall) -> bytes:
    with hall.engine.begin() as db:
        return unb64(fact(db, "recovery_key"))


def test_without_the_halls_key_or_a_place_to_write_nothing_is_written(hall: Hall, station: Station) -> None:
    station.file(1)
    with pytest.raises(Refused) as caught:
        station.sticks.write(str(station.folder / "nowhere"), "clerk")
    assert caught.value.failure is Failure.STICK_NOT_WRITTEN
    with station.store.unit() as unit:
        unit.station.remember(RECOVERY_KEY_FACT, "")
        unit.commit()
    with pytest.raises(Refused) as caught:
        station.write()
    assert caught.value.failure is Failure.STICK_KEY_MISSING
    assert station.queue() == (1, 0, 0)


def test_an_empty_queue_still_brings_the_halls_news(hall: Hall, station: Station) -> None:
    station.file(1)
    station.read(hall.take(*station.write()))
    got = station.read(hall.take(*station.write()))
    assert (got.settled, got.known, got.changes) == (0, 0, 0)
    assert station.sticks.state().unsettled == 0


# -- both commands, as people type them ---------------------------------------------------------------------------
def test_the_commands_of_both_sides_carry_a_queue_over(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    data = tmp_path / "data"
    data.mkdir()
    station = Station(hall, data, key=open_keys(data, allow_keyring=False).create(PASS))
    station.file(1)
    station.store.close()
    hall.engine.dispose()
    words = tmp_path / "passphrase"
    words.write_text(PASS)
    usb = tmp_path / "usb"
    usb.mkdir()
    main = [sys.executable, "main.py", "--no-keyring", "stick"]
    own = ["--data", str(data), "--passphrase-file", str(words)]
    made = run([*main, "export", str(usb), *own])
    assert "1 steps" in made
    (stick,) = usb.glob("*.stick")
    out = usb / "receipts"
    run(
        [
            sys.executable,
            "-m",
            "hall",
            "stick",
            "import",
            str(stick),
            "--database",
            str(hall.file),
            "--receipts",
            str(out),
        ]
    )
    assert "1 steps signed for" in run([*main, "import", str(out), *own])


def run(command: list[str]) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    return done.stdout
