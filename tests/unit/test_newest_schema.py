"""What is written down for an empty database is what the migrations make of it, row by row of the master table."""

from __future__ import annotations

from pathlib import Path

import hall.schema
from hall.engines import make_engine
from hall.schema import migrate, newest_schema, schema_of
from tests.data.make_schemas import hall_written, store_written, written
from workstation.storage import migrations
from workstation.storage.database import open_store

AGAIN = "the migrations make something else: python -m tests.data.make_schemas"


def test_the_halls_newest_schema_is_what_its_migrations_make() -> None:
    assert hall.schema.NEWEST.read_text(encoding="utf-8") == hall_written(), AGAIN


def test_the_desks_newest_schema_is_what_its_migrations_make() -> None:
    assert migrations.NEWEST.read_text(encoding="utf-8") == store_written(), AGAIN


def test_an_empty_hall_has_it_at_once_and_a_second_process_changes_nothing(tmp_path: Path) -> None:
    engine = make_engine(tmp_path / "hall.db")
    assert migrate(engine)
    assert not migrate(engine)
    assert schema_of(engine) == newest_schema()
    with engine.connect() as db:
        assert written(db) == hall.schema.NEWEST.read_text(encoding="utf-8")
    engine.dispose()


def test_an_empty_store_has_it_at_once(tmp_path: Path) -> None:
    store = open_store(tmp_path / "station.db", bytes(32))
    with store._engine.connect() as db:
        assert written(db) == migrations.NEWEST.read_text(encoding="utf-8")
    store.close()
