"""What one shift writes to the next may name somebody: it is sealed, and gone for good after a quarter."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from catalogue.load import load_catalogue
from tests.fakes.counter import CATALOGUE, FakeCatalogues
from tests.unit.test_purge import CANARIES, KEY, NOW, copied, hits, plain_pages
from wire.codec import encode
from workstation.domain.handover import Handover, ShiftFigures
from workstation.services.purge import REMARK_KEPT, purge
from workstation.storage.database import _engine, open_store
from workstation.storage.key_pool import KeyPool
from workstation.storage.migrations import upgrade
from workstation.storage.seals import Seals, StoreKey

REMARK = f"{CANARIES[0]} 明天再来"
OLD, YOUNG = NOW - REMARK_KEPT - timedelta(minutes=1), NOW - REMARK_KEPT + timedelta(minutes=1)


def handover(n: int, at: datetime, remark: str = REMARK) -> Handover:
    return Handover(
        f"h{n}",
        "440104",
        "01",
        at,
        at,
        ShiftFigures(received=3),
        remark,
        "clerk",
        "p",
        "s",
        "password",
        "f",
    )


def test_a_remark_goes_after_a_quarter_and_the_figures_stay(tmp_path: Path) -> None:
    catalogues = FakeCatalogues(load_catalogue(CATALOGUE))
    with closing(open_store(tmp_path / "live" / "station.db", KEY)) as store:
        with store.unit() as unit:
            for n, at, remark in ((1, OLD, REMARK), (2, OLD, ""), (3, YOUNG, "草稿两份")):
                unit.handovers.add(handover(n, at, remark))
            unit.commit()
            assert [each.remark for each in unit.handovers.latest(9)] == ["草稿两份", "", REMARK]
        before = copied(store, tmp_path, "before")
        assert not hits(
            plain_pages(before)
        )  # sealed: not even whoever has the store's key finds it by looking
        view = purge(store, catalogues, lambda: NOW, actor="station")
        assert view.counts == {"remarks": 1}
        assert purge(store, catalogues, lambda: NOW, actor="station").counts == {}
        with store.unit() as unit:
            kept = {each.id: each for each in unit.handovers.latest(9)}
        assert {key: each.remark for key, each in kept.items()} == {"h1": "", "h2": "", "h3": "草稿两份"}
        assert kept["h1"].figures.received == 3
        keys = (tmp_path / "live" / "station.keys").read_bytes()
    # A copy of before the purge, with the keys of now: the remark opens no more.
    (before / "station.keys").write_bytes(keys)
    (before / "clear.db").unlink()
    with closing(open_store(before / "station.db", KEY)) as store, store.unit() as unit:
        assert unit.handovers.get("h3").remark == "草稿两份"
        with pytest.raises(Exception, match="store_damaged"):
            unit.handovers.get("h1")


def test_a_remark_of_before_is_sealed_on_the_way(tmp_path: Path) -> None:
    engine = _engine(tmp_path / "station.db", KEY, 5000)
    with engine.connect() as db, db.begin():
        upgrade(db, 12, seals=Seals(db, KeyPool(tmp_path / "station.keys"), StoreKey(KEY)))
        row = {"id": "h1", "at": "2026", "body": encode(handover(1, NOW))}
        db.execute(text("INSERT INTO handovers (id, at, body) VALUES (:id, :at, :body)"), row)
    engine.dispose()
    with closing(open_store(tmp_path / "station.db", KEY)) as store, store.unit() as unit:
        assert unit.handovers.get("h1") == handover(1, NOW)
    assert not hits(plain_pages(copied_from(tmp_path)))


def copied_from(folder: Path) -> Path:
    """A folder of its own for the files of a store, as plain_pages opens all that lies there."""
    place = folder / "copy"
    place.mkdir()
    for name in ("station.db", "station.db-wal", "station.keys"):
        if (folder / name).exists():
            (place / name).write_bytes((folder / name).read_bytes())
    return place
