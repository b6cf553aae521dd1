"""What the crash images found, each by itself: a power cut must not read as damage, a wrong key, or a key that is gone."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from tests.data.make_store import KEY
from tests.fakes.cases import a_case
from workstation.domain.failures import Failure, Refused
from workstation.storage.database import open_store
from workstation.storage.key_pool import SLOT_BYTES, KeyPool


def test_a_first_page_spoilt_while_the_log_was_folded_into_it_is_taken_from_the_log(tmp_path: Path) -> None:
    live, left = tmp_path / "live", tmp_path / "left"
    store = open_store(live / "station.db", KEY)
    with store.unit() as unit:
        unit.cases.add(a_case(1))
        unit.commit()
    shutil.copytree(live, left)
    store.close()
    with (left / "station.db").open("r+b") as file:
        file.write(b"\x55" * 512)  # the salt of the file stands in its first 16 bytes
    again = open_store(left / "station.db", KEY)
    with again.unit() as unit:
        assert unit.cases.latest(9) == (a_case(1),)
    again.close()


def test_another_key_is_still_another_key(tmp_path: Path) -> None:
    live, left = tmp_path / "live", tmp_path / "left"
    store = open_store(live / "station.db", KEY)
    shutil.copytree(live, left)
    store.close()
    with pytest.raises(Refused) as refused:
        open_store(left / "station.db", bytes(32))
    assert refused.value.failure is Failure.STORE_KEY_WRONG
    open_store(left / "station.db", KEY).close()


def test_room_that_could_not_be_waited_for_is_not_taken_for_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = KeyPool(tmp_path / "station.keys")

    def fails(_: int) -> None:
        raise OSError(errno.EIO, "the disk says no")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fails)
        with pytest.raises(Refused) as refused:
            pool.secret(1)
    assert refused.value.failure is Failure.STORE_UNWRITABLE
    assert pool.path.stat().st_size == 0
    assert len(pool.secret(1)) == SLOT_BYTES


def test_a_slot_that_another_program_wrote_is_waited_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "station.keys"
    before = KeyPool(path).secret(1)
    waited: list[int] = []
    real = os.fsync

    def fsync(file: int) -> None:
        waited.append(file)
        real(file)

    monkeypatch.setattr(os, "fsync", fsync)
    pool = KeyPool(path)
    assert pool.secret(1) == before
    assert waited
    waited.clear()
    assert len(pool.secret(2)) == SLOT_BYTES
    assert waited == []
