"""A backup is made while the hall serves, is read again before it counts, and comes back under a new epoch."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from demo.environment import Demo
from demo.postgres import Postgres
from hall.backup import LIST, BackupRefused, back_up, check, restore
from hall.database import fact, hall_key, open_database
from hall.integrity import faults
from hall.tables import cases, inbox
from tests.fakes.device import Device
from tests.fakes.newcomer import newcomer
from tests.until import until
from wire.backup import Backup
from wire.codec import decode, encode
from wire.keys import b64, new_private, public_of
from wire.messages import PushStatus
from wire.signed import reply_is_genuine, sign_reply

HELD = {PushStatus.APPLIED, PushStatus.DUPLICATE}


@pytest.fixture(params=["sqlite", "postgres"])
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Demo]:
    database = request.getfixturevalue("postgres") if request.param == "postgres" else ""
    with Demo(
        tmp_path / "hall", Path(sys.executable), with_card=False, departments=False, database=database
    ) as demo:
        yield demo


def _device(hall: Demo) -> Device:
    return newcomer(hall)


def _empty_place(hall: Demo, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    if "postgresql" in str(hall.database):
        server: Postgres = request.getfixturevalue("postgres_server")
        return server.url(server.new_database())
    return str(tmp_path / "new" / "hall.db")


def test_what_was_acknowledged_before_a_backup_is_in_it_though_the_hall_went_on(
    hall: Demo, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    device = _device(hall)
    before = [device.received(f"before-{n}") for n in range(20)]
    assert {result.status for result in device.push(*before)} == {PushStatus.APPLIED}
    (hall.root / "blobs" / "ab").mkdir(parents=True, exist_ok=True)
    (hall.root / "blobs" / "ab" / "ab12").write_bytes(b"scan")
    enough = threading.Event()
    meanwhile: list[str] = []

    def go_on() -> None:
        while not enough.is_set():
            item = device.received(f"meanwhile-{len(meanwhile)}")
            assert device.push(item)[0].status is PushStatus.APPLIED
            meanwhile.append(item.id)

    load = threading.Thread(target=go_on)
    load.start()
    engine = open_database(hall.database)
    try:
        until(lambda: meanwhile)
        made = back_up(engine, hall.root, tmp_path / "saved")
    finally:
        enough.set()
        load.join()
        engine.dispose()

    place = _empty_place(hall, tmp_path, request)
    epoch = restore(tmp_path / "saved", place, tmp_path / "files")

    restored = open_database(place)
    with restored.begin() as db:
        there = set(db.scalars(select(inbox.c.event)))
        assert {item.id for item in before} <= there
        assert len(there) == made.counts["inbox"] == db.scalar(select(func.count()).select_from(cases))
        assert fact(db, "epoch") == epoch != made.epoch
        assert reply_is_genuine(made, public_of(hall_key(db)))
    assert list(faults(restored)) == []
    restored.dispose()
    assert (tmp_path / "files" / "blobs" / "ab" / "ab12").read_bytes() == b"scan"
    assert list((tmp_path / "files" / "releases").glob("*.zip"))


@pytest.mark.long
def test_a_station_may_go_on_with_a_restored_hall_and_tell_again_what_it_lost(
    tmp_path: Path,
) -> None:
    root = tmp_path / "hall"
    with Demo(root, Path(sys.executable), with_card=False, departments=False) as hall:
        device = _device(hall)
        old = device.received("old")
        assert device.push(old)[0].status is PushStatus.APPLIED
        engine = open_database(hall.database)
        back_up(engine, hall.root, tmp_path / "saved")
        engine.dispose()
        lost = device.received("lost")
        assert device.push(lost)[0].status is PushStatus.APPLIED
        hall.kill_hall()
        for name in ("hall.db", "hall.db-wal", "hall.db-shm"):
            (root / name).unlink(missing_ok=True)
        for name in ("blobs", "releases"):
            if (root / name).exists():
                (root / name).rename(root / f"gone-{name}")
        epoch = restore(tmp_path / "saved", str(root / "hall.db"), root)
        hall.start_hall()
        results = device.push(old, lost, epoch=epoch)
    assert [result.status for result in results] == [PushStatus.DUPLICATE, PushStatus.APPLIED]


def test_a_backup_never_goes_over_a_hall(hall: Demo, tmp_path: Path) -> None:
    engine = open_database(hall.database)
    back_up(engine, hall.root, tmp_path / "saved")
    engine.dispose()
    with pytest.raises(BackupRefused, match="not_empty"):
        restore(tmp_path / "saved", str(hall.database), tmp_path / "files")
    engine = open_database(hall.database)
    with pytest.raises(BackupRefused, match="exists"):
        back_up(engine, hall.root, tmp_path / "saved")
    engine.dispose()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    engine = open_database(tmp_path / "hall.db")
    (tmp_path / "blobs" / "cd").mkdir(parents=True)
    (tmp_path / "blobs" / "cd" / "cd34").write_bytes(b"scan")
    back_up(engine, tmp_path, tmp_path / "saved")
    engine.dispose()
    return tmp_path / "saved"


def _list(folder: Path) -> Backup:
    return decode(Backup, (folder / LIST).read_text(encoding="utf-8"))


def test_what_is_torn_changed_or_missing_is_named(saved: Path) -> None:
    scan = saved / "blobs" / "cd" / "cd34"
    scan.write_bytes(b"another")
    with pytest.raises(BackupRefused, match="changed blobs/cd/cd34"):
        check(saved)
    scan.unlink()
    with pytest.raises(BackupRefused, match="missing blobs/cd/cd34"):
        check(saved)
    (saved / LIST).write_text("{")
    with pytest.raises(BackupRefused, match="no_list"):
        check(saved)


def test_a_list_that_the_key_in_it_did_not_sign_is_refused(saved: Path) -> None:
    made = _list(saved)
    (saved / LIST).write_text(encode(replace(made, counts={"inbox": 7})), encoding="utf-8")
    with pytest.raises(BackupRefused, match="forged"):
        check(saved)


def test_a_database_that_is_damaged_inside_is_refused_though_its_hash_is_listed(saved: Path) -> None:
    with sqlite3.connect(saved / "hall.db") as db:
        db.execute("INSERT INTO inbox VALUES ('e','d',1,1,'h','{}','{}')")
    made = _list(saved)
    files = {**made.files, "hall.db": hashlib.sha256((saved / "hall.db").read_bytes()).hexdigest()}
    # Whoever has a key of his own can sign a list; the counts then still say what it was.
    private = new_private()
    signed = sign_reply(replace(made, files=files, hall_key=b64(public_of(private))), private)
    (saved / LIST).write_text(encode(signed), encoding="utf-8")
    with pytest.raises(BackupRefused, match="counts inbox"):
        check(saved)


def test_a_backup_that_was_cut_off_has_no_name_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_database(tmp_path / "hall.db")

    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("hall.backup.shutil.copyfile", full)
    (tmp_path / "blobs").mkdir()
    (tmp_path / "blobs" / "cd34").write_bytes(b"scan")
    with pytest.raises(OSError, match="no space"):
        back_up(engine, tmp_path, tmp_path / "saved")
    engine.dispose()
    assert not (tmp_path / "saved").exists()
