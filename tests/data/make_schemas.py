"""`python -m tests.data.make_schemas`: writes down what all migrations make of an empty database, for hall and desk."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

import hall.schema
from hall.engines import make_engine
from workstation.storage import migrations
from workstation.storage.database import _engine
from workstation.storage.key_pool import KeyPool
from workstation.storage.scan_files import ScanFiles
from workstation.storage.seals import Seals, StoreKey

KEY = bytes(32)


def hall_written() -> str:
    """Return the schema that the hall's migrations make of an empty SQLite file."""
    config = Config()
    config.set_main_option("script_location", str(hall.schema.NEWEST.parent).replace("%", "%%"))
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(Path(folder) / "hall.db")
        with engine.begin() as db:
            config.attributes["connection"] = db
            command.upgrade(config, "head")
            said = written(db)
        engine.dispose()
    return said


def store_written() -> str:
    """Return the schema that the desk's migrations make of an empty store."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine = _engine(folder / "station.db", KEY, 5000)
        with engine.connect() as db, db.begin():
            seals = Seals(db, KeyPool(folder / "station.keys"), StoreKey(KEY))
            migrations.upgrade(db, seals=seals, scans=ScanFiles(folder / "scans", KEY))
            said = written(db)
        engine.dispose()
    return said


def written(db: Connection) -> str:
    """Return statements that make tables, indexes and rows again, in the order in which they came about."""
    number = db.exec_driver_sql("PRAGMA user_version").scalar()
    said = [f"PRAGMA user_version={number}"]
    made = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    for kind, name, sql in db.exec_driver_sql(made).all():
        said.append(str(sql))
        if kind == "table":
            said += _rows(db, name)
    return ";\n\n".join(said) + "\n"


def _rows(db: Connection, table: str) -> list[str]:
    columns = [row.name for row in db.exec_driver_sql(f'PRAGMA table_info("{table}")').all()]
    quoted = " || ', ' || ".join(f'quote("{column}")' for column in columns)
    rows = db.exec_driver_sql(f'SELECT {quoted} FROM "{table}"').scalars()
    return [f'INSERT INTO "{table}" VALUES ({row})' for row in rows]


def main() -> None:
    """Write both files anew."""
    hall.schema.NEWEST.write_text(hall_written(), encoding="utf-8")
    migrations.NEWEST.write_text(store_written(), encoding="utf-8")
    sys.stdout.write(f"{hall.schema.NEWEST}\n{migrations.NEWEST}\n")


if __name__ == "__main__":
    main()
