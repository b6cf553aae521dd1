"""Alembic's environment: always on a connection that the hall hands over."""

from __future__ import annotations

from alembic import context

from hall.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False
)
context.run_migrations()
