"""Uploads under way: parts as objects in the room of scans, the offset in the database, so that any hall process goes on.

Nothing of an upload is in the memory or on the disk of one process: behind a proxy the next part may come to another one. The
room may be a bucket that says nothing for twenty seconds: it is never asked inside a transaction, where events would wait too.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, delete, func, insert, select, update

from hall.blobs import BlobGone, BlobRoom, scan_name
from hall.database import stamp
from hall.engines import reading
from hall.papers import arrived, keep_scan
from hall.tables import uploads
from hall.upload_tickets import Ticket
from wire.uploads import SCAN_MEDIA

UPLOAD_LIFE = timedelta(days=3)  # without a byte; a counter comes back after a weekend
MOST_UNFINISHED = 100  # of one device
_SWEPT_AT_ONCE = 20

Upload = Row[tuple[Any, ...]]


class UploadRefused(Exception):
    """An upload that does not go on; `status` and `code` go back."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


def begin(engine: Engine, room: BlobRoom, ticket: Ticket, size: int, at: datetime) -> str:
    """Begin an upload and return its id; what the device had begun of the same scan is given up.

    Raises UploadRefused(422, size) for another length than the ticket's, (429, too_many_uploads).
    """
    if size != ticket.size:
        raise UploadRefused(422, "size")
    with reading(engine) as db:
        older = [str(row.id) for row in db.execute(_of(ticket))]
    for one in older:
        drop(engine, room, one)
    upload = secrets.token_hex(16)
    new = {
        "id": upload,
        "device": ticket.device,
        "station": ticket.station,
        "sha256": ticket.sha256,
        "size": size,
        "taken": 0,
        "parts": "",
        "expires_at": stamp(at + UPLOAD_LIFE),
    }
    of_device = select(func.count()).where(uploads.c.device == ticket.device, uploads.c.done_at.is_(None))
    with engine.begin() as db:
        if (db.scalar(of_device) or 0) >= MOST_UNFINISHED:
            raise UploadRefused(429, "too_many_uploads")
        db.execute(insert(uploads).values(new))
    return upload


def find(db: Connection, ticket: Ticket, upload: str, at: datetime) -> Upload:
    """Return an upload of the ticket's scan and device. Raises UploadRefused(404) for any other, and for one that is over."""
    row = db.execute(_of(ticket).where(uploads.c.id == upload)).first()
    if row is None or row.expires_at < stamp(at):
        raise UploadRefused(404, "upload_unknown")
    return row


def unfinished(db: Connection, ticket: Ticket, at: datetime) -> Upload | None:
    """Return what the device has begun of a scan."""
    live = _of(ticket).where(uploads.c.done_at.is_(None), uploads.c.expires_at >= stamp(at))
    return db.execute(live.order_by(uploads.c.taken.desc()).limit(1)).first()


def append(engine: Engine, room: BlobRoom, upload: str, offset: int, piece: bytes, at: datetime) -> int:
    """Keep a piece at an offset and return the new one; both are durable then.

    Raises UploadRefused(409, offset) when another piece was faster, (404) when the upload is gone.
    """
    # A name that nobody else takes: of two pieces for one offset the database decides, and only its bytes count.
    part = f"{_parts(upload)}{offset:012d}-{secrets.token_hex(4)}"
    room.put_new(part, piece)
    with engine.begin() as db:
        row = db.execute(select(uploads).where(uploads.c.id == upload).with_for_update()).first()
        if row is not None and row.taken == offset:
            taken = {
                "taken": offset + len(piece),
                "parts": f"{row.parts} {part}".strip(),
                "expires_at": stamp(at + UPLOAD_LIFE),
            }
            db.execute(update(uploads).where(uploads.c.id == upload).values(taken))
            return offset + len(piece)
    room.delete([part])
    raise UploadRefused(409, "offset") if row is not None else UploadRefused(404, "upload_unknown")


def finish(engine: Engine, room: BlobRoom, upload: str, at: datetime) -> None:
    """Put a whole upload into the room of scans, once its hash is what it was announced as; again does no harm.

    Raises UploadRefused(422, hash) or (422, media), and (404, upload_unknown) when it or a part of it is gone, as in a hall that
    was restored; nothing is left of it then.
    """
    with reading(engine) as db:
        row = db.execute(select(uploads).where(uploads.c.id == upload)).first()
    if row is None:
        raise UploadRefused(
            404, "upload_unknown"
        )  # given up this very moment: nobody may believe that the hall has it
    if row.done_at is not None:
        return
    parts = str(row.parts).split()
    try:
        content = b"".join(room.get(part) for part in parts)
    except BlobGone:
        with reading(engine) as db:
            if db.scalar(select(uploads.c.done_at).where(uploads.c.id == upload)) is not None:
                return  # by another request of this very moment
        drop(engine, room, upload)
        raise UploadRefused(404, "upload_unknown") from None
    media = next((name for name, magic in SCAN_MEDIA.items() if content.startswith(magic)), "")
    fits = len(content) == row.size and hashlib.sha256(content).hexdigest() == row.sha256
    if not fits or not media:
        drop(engine, room, upload)
        raise UploadRefused(422, "media" if fits else "hash")
    # There already when another station, or this one earlier, gave the same bytes: nobody hears which.
    room.put_new(scan_name(str(row.sha256)), content)
    with engine.begin() as db:
        keep_scan(db, str(row.station), str(row.sha256), len(content), media, at)
    # A transaction of its own: one that names the scan right now is seen here, or sees the scan (papers.keep_scan).
    with engine.begin() as db:
        arrived(db, str(row.station), str(row.sha256), at)
        done = {"done_at": stamp(at), "parts": ""}
        db.execute(update(uploads).where(uploads.c.id == upload).values(done))
    room.delete(parts)


def drop(engine: Engine, room: BlobRoom, upload: str) -> None:
    """Give an upload up. Raises RoomDown: then the row is still there, and what is left of it is found by it."""
    # By prefix: a piece that was kept just before the power went is in no list.
    room.delete(room.names(_parts(upload)))
    with engine.begin() as db:
        db.execute(delete(uploads).where(uploads.c.id == upload))
    # A piece that another request kept between the two.
    room.delete(room.names(_parts(upload)))


def sweep(engine: Engine, room: BlobRoom, at: datetime) -> int:
    """Forget some uploads that nobody went on with; return how many. Raises RoomDown."""
    over = select(uploads.c.id).where(uploads.c.expires_at < stamp(at)).limit(_SWEPT_AT_ONCE)
    with reading(engine) as db:
        gone = [str(each) for each in db.scalars(over)]
    for upload in gone:
        drop(engine, room, upload)
    return len(gone)


def _of(ticket: Ticket) -> Select[tuple[Any, ...]]:
    return select(uploads).where(uploads.c.device == ticket.device, uploads.c.sha256 == ticket.sha256)


def _parts(upload: str) -> str:
    return f"uploads/{upload}/"
