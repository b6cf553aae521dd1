"""How the store grew: Alembic revisions, run by code; PRAGMA user_version says at a glance which one stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

if TYPE_CHECKING:
    from workstation.storage.scan_files import ScanFiles
    from workstation.storage.seals import Seals

HEAD = 16  # the number of the newest file in versions/
# What the migrations make of an empty store (`python -m tests.data.make_schemas`): in milliseconds, without Alembic.
NEWEST = Path(__file__).parent / "newest.sql"


def version_of(connection: Connection) -> int:
    """Return the number of the revision that stands, 0 for an empty store."""
    return int(connection.scalar(text("PRAGMA user_version")) or 0)


def begin(connection: Connection) -> int:
    """Give an empty store the schema that is written down, as all migrations to its revision would have; return which."""
    # SQLite keeps an index's text as it was written: without the end of the file, which no migration has.
    for statement in NEWEST.read_text(encoding="utf-8").removesuffix("\n").split(";\n\n"):
        connection.exec_driver_sql(statement)
    return version_of(connection)


def upgrade(
    connection: Connection, to: int = HEAD, seals: Seals | None = None, scans: ScanFiles | None = None
) -> None:
    """Bring the schema to a revision inside the caller's transaction: whole or not at all.

    `seals` are the keys of cases: a store of before them has its bodies sealed on the way. `scans` is where scans of
    before 0006 go.
    """
    # Alembic is loaded only when there is something to do: 80 ms on every start otherwise.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    # Alembic's options read % as a reference, and a folder may have one in its name.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["seals"] = seals
    config.attributes["scans"] = scans
    command.upgrade(config, f"{to:04d}")
    connection.execute(text(f"PRAGMA user_version={to}"))
