"""Scans on the desk's disk: sealed, whole, there before the store names them, gone with their key, told when they are lost."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.cases import a_case
from workstation.domain.failures import Failure, Refused
from workstation.storage.database import Store, open_store
from workstation.storage.scan_files import ScanFiles

KEY = bytes(range(32))
SCAN = b"%PDF-1.7 scanned canary paper" * 40
NAME = hashlib.sha256(SCAN).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "station.db", KEY)) as opened:
        yield opened


def files(folder: Path) -> list[Path]:
    return [path for path in (folder / "scans").rglob("*") if path.is_file()]


def keep(store: Store, content: bytes = SCAN) -> str:
    with store.unit() as unit:
        sha256 = unit.blobs.put(content)
        unit.cases.add(a_case(unit.cases.count() + 1, blobs=(sha256,)))
        unit.commit()
    return sha256


def lost(store: Store) -> Failure:
    with pytest.raises(Refused) as caught, store.unit() as unit:
        unit.blobs.get(NAME)
    return caught.value.failure


def test_a_scan_is_one_sealed_file_whose_name_tells_nothing(store: Store, tmp_path: Path) -> None:
    keep(store)
    keep(store)  # The same bytes in another case.
    (file,) = files(tmp_path)
    assert b"canary" not in file.read_bytes()
    # Whoever knows the paper and finds the disk must not see that it is here.
    assert NAME not in str(file)
    assert file.stat().st_mode & 0o077 == 0
    assert (tmp_path / "scans").stat().st_mode & 0o077 == 0
    with store.unit() as unit:
        assert unit.blobs.get(NAME) == SCAN


def test_two_stores_name_the_same_scan_differently(tmp_path: Path) -> None:
    here = ScanFiles(tmp_path, KEY).place(NAME)
    assert here != ScanFiles(tmp_path, KEY[::-1]).place(NAME)


def test_the_file_is_on_the_disk_before_the_row(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def noted(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        real(handle)

    monkeypatch.setattr(os, "fsync", noted)
    with store.unit() as unit:
        unit.blobs.put(SCAN)
        (file,) = files(tmp_path)
        # The file by the name it had, then the folder that names it, then nothing more is needed but the commit.
        assert synced[-1] == file.parent.name
        assert synced[-2].startswith(f".{file.name}")


def test_a_transaction_that_did_not_happen_leaves_nothing_after_the_sweep(
    store: Store, tmp_path: Path
) -> None:
    keep(store)
    with store.unit() as unit:
        unit.blobs.put(b"%PDF- never committed")
    (tmp_path / "scans" / "00").mkdir(exist_ok=True)
    (tmp_path / "scans" / "00" / ".half.written").write_bytes(b"x")
    assert len(files(tmp_path)) == 3
    store.scrub()
    assert len(files(tmp_path)) == 1
    with store.unit() as unit:
        assert unit.blobs.get(NAME) == SCAN


def test_a_scan_taken_again_after_a_rollback_opens(store: Store) -> None:
    with store.unit() as unit:
        unit.blobs.put(SCAN)
    keep(store)
    with store.unit() as unit:
        assert unit.blobs.get(NAME) == SCAN


def test_a_lost_cut_or_changed_file_is_told_and_harms_no_case(store: Store, tmp_path: Path) -> None:
    keep(store)
    (file,) = files(tmp_path)
    whole = file.read_bytes()
    for broken in (whole[:-1], whole[:20], b"", whole[:-1] + bytes([whole[-1] ^ 1])):
        file.write_bytes(broken)
        assert lost(store) is Failure.SCAN_LOST
    file.unlink()
    assert lost(store) is Failure.SCAN_LOST
    with store.unit() as unit:
        assert unit.cases.get("case-0001") == a_case(1, blobs=(NAME,))
        with pytest.raises(KeyError):
            unit.blobs.get("0" * 64)


def test_a_file_in_the_place_of_another_does_not_open(store: Store, tmp_path: Path) -> None:
    keep(store)
    (mine,) = files(tmp_path)
    other = keep(store, b"%PDF- another person's paper")
    (theirs,) = (path for path in files(tmp_path) if path != mine)
    shutil.copyfile(theirs, mine)
    assert lost(store) is Failure.SCAN_LOST
    with store.unit() as unit:
        assert unit.blobs.get(other) == b"%PDF- another person's paper"


@pytest.mark.parametrize(
    ("number", "failure"),
    [
        (errno.ENOSPC, Failure.STORE_FULL),
        (errno.EDQUOT, Failure.STORE_FULL),
        (errno.EIO, Failure.STORE_UNWRITABLE),
    ],
)
@pytest.mark.parametrize("call", ["fsync", "open", "replace"])
def test_a_disk_that_refuses_is_told_and_nothing_half_is_left(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, failure: Failure, call: str
) -> None:
    keep(store, b"%PDF- first")  # The folders and the pool of keys are there.

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as broken:
        if call == "replace":
            broken.setattr(Path, "replace", refuse)
        else:
            broken.setattr(os, call, refuse)
        with pytest.raises(Refused) as caught, store.unit() as unit:
            unit.blobs.put(SCAN)
        assert caught.value.failure is failure
    assert len(files(tmp_path)) == 1
    assert keep(store) == NAME  # With room again the same deed is done.


def test_how_far_an_upload_is_survives_a_restart(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "station.db", KEY)) as store:
        keep(store)
        with store.unit() as unit:
            unit.blobs.moved(NAME, "/v1/uploads/x", 17)
            unit.blobs.set_aside(NAME, "too_large")
            unit.commit()
    with closing(open_store(tmp_path / "station.db", KEY)) as store, store.unit() as unit:
        (upload,) = unit.blobs.uploads(9)
        assert (upload.address, upload.sent, upload.trouble) == ("/v1/uploads/x", 17, "too_large")
        assert (upload.case, upload.size) == ("case-0001", len(SCAN))
        unit.blobs.try_again()
        assert unit.blobs.uploads(9)[0].trouble == ""
        unit.blobs.sent(NAME)
        assert unit.blobs.uploads(9) == ()
