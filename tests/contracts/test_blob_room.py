"""What every room of scans keeps to: the folder, obstore's memory, and S3."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from hall.blobs import BlobGone, BlobRoom, RoomDown, open_room, scan_name

NAME = scan_name("ab" * 32)
# A bucket of one's own instead of moto's, for whoever has one; credentials from the environment, as in the hall.
S3 = os.environ.get("YC_TEST_S3", "")


@pytest.fixture(params=["folder", "memory", "s3"])
def room(request: pytest.FixtureRequest, tmp_path: Path) -> BlobRoom:
    if request.param == "memory":
        return BlobRoom(MemoryStore())
    if request.param == "s3":
        url = S3 or request.getfixturevalue("bucket").url
        return open_room(tmp_path, f"{url}/{tmp_path.name}")
    return open_room(tmp_path / "blobs")


def test_what_was_put_comes_back(room: BlobRoom) -> None:
    assert room.put_new(NAME, b"scan")
    assert room.get(NAME) == b"scan"


def test_an_object_is_written_once(room: BlobRoom) -> None:
    assert room.put_new(NAME, b"first")
    assert not room.put_new(NAME, b"second")
    assert room.get(NAME) == b"first"


def test_of_many_who_write_one_object_at_once_one_does(room: BlobRoom) -> None:
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda n: room.put_new(NAME, b"%d" % n), range(8)))
    assert done.count(True) == 1
    assert room.get(NAME) == b"%d" % done.index(True)


def test_what_is_not_there_is_told_and_deleting_it_is_no_trouble(room: BlobRoom) -> None:
    with pytest.raises(BlobGone):
        room.get(NAME)
    room.delete([NAME])
    room.put_new(NAME, b"scan")
    room.delete([NAME, NAME])
    with pytest.raises(BlobGone):
        room.get(NAME)
    assert room.put_new(NAME, b"again")


def test_names_below_a_prefix_are_listed(room: BlobRoom) -> None:
    for name in ("uploads/a/0", "uploads/a/1", "uploads/ab/0", NAME):
        room.put_new(name, b"x")
    assert sorted(room.names("uploads/a/")) == ["uploads/a/0", "uploads/a/1"]
    assert room.names("uploads/none/") == ()


def test_a_folder_keeps_whole_files_under_their_names_for_the_hall_alone(tmp_path: Path) -> None:
    room = open_room(tmp_path / "blobs")
    room.put_new(NAME, b"scan")
    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == [tmp_path / "blobs" / NAME]
    assert (tmp_path / "blobs").stat().st_mode & 0o077 == 0


def test_scans_go_to_no_other_kind_of_address(tmp_path: Path) -> None:
    for url in ("http://elsewhere/x", "file:///etc", "memory:///"):
        with pytest.raises(ValueError, match="s3://"):
            open_room(tmp_path, url)


def test_a_room_that_does_not_answer_is_told_as_such(tmp_path: Path) -> None:
    room = open_room(tmp_path / "blobs")
    shutil.rmtree(tmp_path / "blobs")
    (tmp_path / "blobs").write_text("a file where the folder was")
    with pytest.raises(RoomDown):
        room.put_new(NAME, b"scan")
