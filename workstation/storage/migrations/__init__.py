"""How the store grew: Alembic revisions, run by code; PRAGMA user_version says at a glance which one stands."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

HEAD = 1  # the number of the newest file in versions/


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the schema to a revision inside the caller's transaction."""
    # Alembic is loaded only when there is something to do: 80 ms on every start otherwise.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
