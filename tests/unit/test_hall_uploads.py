"""Uploads of a hall that was restored: the list of parts is of before, the parts themselves are not all there."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from hall import uploads
from hall.blobs import open_room
from hall.database import now, open_database
from hall.enrolment import add_station
from hall.tables import devices
from hall.upload_tickets import Ticket

CONTENT = b"%PDF-1.7 two parts"


def test_an_upload_whose_parts_are_gone_begins_anew(tmp_path: Path) -> None:
    engine, room = open_database(tmp_path / "hall.db"), open_room(tmp_path / "blobs")
    at = now()
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    ticket = Ticket("d1", "440104", sha256, len(CONTENT), at + timedelta(minutes=15))
    with engine.begin() as db:
        add_station(db, "440104", "站", "street")
        device = {"station": "440104", "incarnation": 1, "public_key": "k", "last_seq": 0, "last_sha256": ""}
        db.execute(devices.insert().values(id="d1", **device))
        upload = uploads.begin(db, room, ticket, len(CONTENT), at)
    uploads.append(engine, room, upload, 0, CONTENT[:8], at)
    room.delete(room.names(f"uploads/{upload}/"))  # the files were copied after the database
    uploads.append(engine, room, upload, 8, CONTENT[8:], at)
    with pytest.raises(uploads.UploadRefused) as told:
        uploads.finish(engine, room, upload, at)
    assert (told.value.status, told.value.code) == (404, "upload_unknown")
    with engine.begin() as db:
        assert uploads.unfinished(db, ticket, at) is None
    assert list(room.names(f"uploads/{upload}/")) == []
    engine.dispose()
