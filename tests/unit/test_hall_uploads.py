"""Uploads whose room of scans is not as the database has it (restored without the parts), or lets its askers wait."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from obstore.store import MemoryStore
from sqlalchemy import Engine

from hall import uploads
from hall.blobs import BlobRoom, open_room
from hall.database import now, open_database
from hall.enrolment import add_station
from hall.tables import devices
from hall.upload_tickets import Ticket

CONTENT = b"%PDF-1.7 two parts"
AT = now()
TICKET = Ticket("d1", "440104", hashlib.sha256(CONTENT).hexdigest(), len(CONTENT), AT + timedelta(minutes=15))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_database(tmp_path / "hall.db")
    with made.begin() as db:
        add_station(db, "440104", "站", "street")
        device = {"station": "440104", "incarnation": 1, "public_key": "k", "last_seq": 0, "last_sha256": ""}
        db.execute(devices.insert().values(id="d1", **device))
    yield made
    made.dispose()


def test_an_upload_whose_parts_are_gone_begins_anew(engine: Engine, tmp_path: Path) -> None:
    room = open_room(tmp_path / "blobs")
    upload = uploads.begin(engine, room, TICKET, len(CONTENT), AT)
    uploads.append(engine, room, upload, 0, CONTENT[:8], AT)
    room.delete(room.names(f"uploads/{upload}/"))  # the files were copied after the database
    uploads.append(engine, room, upload, 8, CONTENT[8:], AT)
    with pytest.raises(uploads.UploadRefused) as told:
        uploads.finish(engine, room, upload, AT)
    assert (told.value.status, told.value.code) == (404, "upload_unknown")
    with engine.begin() as db:
        assert uploads.unfinished(db, TICKET, AT) is None
    assert list(room.names(f"uploads/{upload}/")) == []


class SlowRoom(BlobRoom):
    """A room in which, while it is asked, somebody else writes into the hall's database."""

    def __init__(self, database: Path) -> None:
        super().__init__(MemoryStore())
        self._database = database
        self.asked: set[str] = set()

    def put_new(self, name: str, content: bytes) -> bool:
        self._write_meanwhile("put_new")
        return super().put_new(name, content)

    def get(self, name: str) -> bytes:
        self._write_meanwhile("get")
        return super().get(name)

    def delete(self, names: Iterable[str]) -> None:
        self._write_meanwhile("delete")
        super().delete(names)

    def names(self, prefix: str) -> tuple[str, ...]:
        self._write_meanwhile("names")
        return super().names(prefix)

    def _write_meanwhile(self, asked: str) -> None:
        self.asked.add(asked)
        with closing(sqlite3.connect(self._database, timeout=0)) as other:
            other.execute(
                "UPDATE stations SET name = name"
            )  # "database is locked" where a transaction stands
            other.commit()


def test_events_are_written_while_the_room_lets_an_upload_wait(engine: Engine, tmp_path: Path) -> None:
    room = SlowRoom(tmp_path / "hall.db")
    given_up = uploads.begin(engine, room, TICKET, len(CONTENT), AT)
    uploads.append(engine, room, given_up, 0, CONTENT[:8], AT)
    other_bytes = uploads.begin(engine, room, TICKET, len(CONTENT), AT)
    uploads.append(engine, room, other_bytes, 0, CONTENT[::-1], AT)
    with pytest.raises(uploads.UploadRefused, match="hash"):
        uploads.finish(engine, room, other_bytes, AT)
    forgotten = uploads.begin(engine, room, TICKET, len(CONTENT), AT)
    uploads.append(engine, room, forgotten, 0, CONTENT[:8], AT)
    assert uploads.sweep(engine, room, AT + uploads.UPLOAD_LIFE * 2) == 1
    whole = uploads.begin(engine, room, TICKET, len(CONTENT), AT)
    uploads.append(engine, room, whole, 0, CONTENT, AT)
    uploads.finish(engine, room, whole, AT)
    assert room.asked == {"put_new", "get", "delete", "names"}
    assert list(room.names("uploads/")) == []
