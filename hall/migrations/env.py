"""Alembic's environment: always on a connection that the hall hands over."""

from __future__ import annotations

from alembic import context

from hall.tables import metadata

connection = context.config.attributes["connection"]
# PostgreSQL: each migration a transaction of its own. SQLite: all of them in the one that is open already.
each_its_own = connection.dialect.name == "postgresql"
context.configure(
    connection=connection,
    target_metadata=metadata,
    transactional_ddl=each_its_own,
    transaction_per_migration=each_its_own,
)
with context.begin_transaction():
    context.run_migrations()
