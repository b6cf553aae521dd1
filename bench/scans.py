"""Scans at the desk: what sealing a megabyte beside the store costs, what it cost inside it, and what drawing a page anew costs.

Floors, in the same run: the same bytes written, synced and renamed in clear; the same page drawn anew in this process.
"""

from __future__ import annotations

import io
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from PIL import Image
from sqlcipher3 import dbapi2

from bench.harness import Figure, figure, in_turns
from decoding.in_process import decode
from workstation.storage.database import Store, open_store

MEGABYTE = 1_000_000
KEY = bytes(range(32))


def measure(*, long: bool) -> Iterator[Figure]:
    """Give the figures; milliseconds."""
    runs = 60 if long else 20
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with closing(open_store(folder / "station.db", KEY)) as store, closing(_table(folder)) as table:
            taken = in_turns(
                {
                    "file": lambda: _timed(lambda: _keep(store)),
                    "table": lambda: _timed(lambda: _insert(table)),
                    "bare": lambda: _timed(lambda: _bare(folder)),
                },
                runs,
            )
    yield figure("scan_sealed_file", "ms", subject=taken["file"], floor=taken["bare"])
    yield figure("scan_in_table", "ms", subject=taken["table"], floor=taken["bare"])
    page = _page()
    drawn = in_turns(
        {"capped": lambda: _timed(lambda: decode(page)), "here": lambda: _timed(lambda: _drawn_here(page))},
        10 if long else 5,
    )
    yield figure("scan_drawn_anew", "ms", subject=drawn["capped"], floor=drawn["here"])


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _keep(store: Store) -> None:
    with store.unit() as unit:
        unit.blobs.put(os.urandom(MEGABYTE))
        unit.commit()


def _table(folder: Path) -> dbapi2.Connection:
    db = dbapi2.connect(str(folder / "table.db"), isolation_level=None)
    db.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        db.execute(f"PRAGMA {pragma}").fetchall()
    db.execute("CREATE TABLE blobs (content BLOB)")
    return db


def _insert(db: dbapi2.Connection) -> None:
    db.execute("INSERT INTO blobs VALUES (?)", (os.urandom(MEGABYTE),))


def _bare(folder: Path) -> None:
    beside = folder / "bare.new"
    with beside.open("wb") as file:
        file.write(os.urandom(MEGABYTE))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / "bare")
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _page() -> bytes:
    """An A4 page at 300 dpi with something on it."""
    page = Image.new("RGB", (2480, 3508), "white")
    page.paste(Image.effect_noise((1800, 2400), 40), (300, 400))
    out = io.BytesIO()
    page.save(out, "JPEG", quality=85)
    return out.getvalue()


def _drawn_here(content: bytes) -> None:
    with Image.open(io.BytesIO(content)) as page:
        page.load()
        page.save(io.BytesIO(), "JPEG", quality=88)
