"""Migrations of a hall with rows on PostgreSQL: who writes gets through between the batches, every row comes over, and what was
broken off by a kill goes on."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import OperationalError

import hall.schema
from demo.postgres import Postgres
from hall.engines import make_engine
from hall.migrations.online import BATCH, fill
from hall.schema import migrate, newest_schema, schema_of
from tests.until import until

ROWS = 2_000
BIG = ("cases", "feed", "inbox", "places", "sub_cases")
# The first schema that a hall on PostgreSQL may have had: 0007 made it fit for one.
OLDEST = "0007"
PATIENCE_S = 30.0

# A fifth each: received, accepted, dispatched, in review, concluded; every tenth was voided before it was accepted.
_CASES = """
INSERT INTO stations (code, name, level) VALUES ('440101', 'x', 'street');
INSERT INTO cases (id, receipt_no, project_no, station, body, accepted, concluded_at, closed, rev)
SELECT 'c' || lpad(n::text, 6, '0'), 'R' || n, 'P' || n, '440101', '{"window":"w' || n % 3 || '","received_at":"2026-11-02"}',
CASE WHEN n % 5 > 0 THEN '{"promised":{"i":"2026-12-01","j":"2026-12-09"}}' END,
CASE WHEN n % 5 = 4 THEN '2026-11-20' END, CASE WHEN n % 10 = 0 THEN 'case_voided' END, 0 FROM generate_series(1, :rows) n;
INSERT INTO sub_cases (id, "case", item, department, "after", state)
SELECT n, 'c' || lpad(n::text, 6, '0'), 'i', 'd', '[]', (ARRAY['waiting','waiting','dispatched','in_review','decided'])[n % 5 + 1]
FROM generate_series(1, :rows) n;
INSERT INTO inbox (event, device, incarnation, seq, sha256, envelope, result)
SELECT 'e' || n, 'd', 1, n, '', '{}', '{}' FROM generate_series(1, :rows) n;
INSERT INTO places (device, incarnation, seq, event, sha256, prev)
SELECT 'd' || n % 30, 1, n, 'e' || n, '', '' FROM generate_series(1, :rows) n;
INSERT INTO feed (station, change) SELECT 's' || n % 30, '{}' FROM generate_series(1, :rows) n
"""
_CAME_OVER = """
SELECT (SELECT json_object_agg(status, n) FROM (SELECT status, count(*) n FROM cases GROUP BY 1) s) AS statuses,
(SELECT count(*) FROM cases WHERE concluded_at IS NULL AND "window" = body::json ->> 'window' AND received_at = '2026-11-02'
 AND due_on = CASE WHEN accepted IS NULL THEN '' ELSE '2026-12-01' END) AS on_the_board,
(SELECT count(*) FROM cases WHERE concluded_at IS NOT NULL AND received_at = '') AS over,
(SELECT count(*) FROM sub_cases WHERE state IN ('dispatched', 'in_review') AND due_on = '2026-12-01') AS owed,
(SELECT count(DISTINCT "case") FROM department_feed) AS told,
(SELECT count(*) FROM feed WHERE at > '2026') AS feed,
(SELECT count(*) FROM inbox) AS inbox, (SELECT count(*) FROM places) AS places
"""
_ALL_OF_THEM = {
    "statuses": {
        "voided": ROWS // 10,
        "received": ROWS // 10,
        **dict.fromkeys(("accepted", "dispatched", "in_review", "decided"), ROWS // 5),
    },
    "on_the_board": ROWS * 4 // 5,
    "over": ROWS // 5,
    "owed": ROWS * 2 // 5,
    "told": ROWS * 2 // 5,
    "feed": ROWS,
    "inbox": ROWS,
    "places": ROWS,
}


@pytest.fixture(scope="module")
def old_hall(postgres_server: Postgres) -> str:
    """The name of a database with the oldest schema and two thousand rows in each big table: a template."""
    name = postgres_server.new_database()
    engine = make_engine(postgres_server.url(name))
    config = Config()
    config.set_main_option("script_location", str(hall.schema.NEWEST.parent))
    with hall.schema._alone(engine) as db:
        config.attributes["connection"] = db
        command.upgrade(config, OLDEST)
    engine.dispose()
    postgres_server.psql(_CASES.replace(":rows", str(ROWS)), name)
    return name


@contextmanager
def opened(server: Postgres, template: str) -> Iterator[Engine]:
    engine = make_engine(server.url(server.new_database(template)))
    yield engine
    engine.dispose()


def came_over(engine: Engine) -> dict[str, Any]:
    with engine.begin() as db:
        return dict(db.execute(text(_CAME_OVER)).mappings().one())


# -- beside a writer -----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Statement:
    """What a migration said, in which transaction, and how many rows it read or wrote."""

    transaction: object
    sql: str
    rows: int


@dataclass(slots=True)
class Crossing:
    """What was seen while a hall went from the oldest schema to the newest, with a writer beside it."""

    statements: list[Statement] = field(default_factory=list)
    batches: int = 0
    written: int = 0
    missed: int = 0
    trouble: list[str] = field(default_factory=list)
    over: dict[str, Any] = field(default_factory=dict)
    held: int = 0
    files: tuple[set[str], set[str]] = (set(), set())
    told: int = 0


class Writer:
    """Updates one case over and over, by itself."""

    def __init__(self, engine: Engine, seen: Crossing) -> None:
        self._engine, self._seen = engine, seen
        self._once_more, self._end = threading.Condition(), threading.Event()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> Writer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def gets_through(self) -> bool:
        """Wait until an update that has begun after this moment is committed; False when none was."""
        with self._once_more:
            two_more = self._seen.written + 2  # one may be under way
            return self._once_more.wait_for(lambda: self._seen.written >= two_more, PATIENCE_S)

    def _write(self) -> None:
        while not self._end.is_set():
            try:
                with self._engine.begin() as db:
                    db.execute(text(f"UPDATE cases SET rev = rev + 1 WHERE id = 'c{ROWS // 2:06}'"))
            except OperationalError as error:
                self._seen.trouble.append(str(error.orig))
                continue
            with self._once_more:
                self._seen.written += 1
                self._once_more.notify_all()


@pytest.fixture(scope="module")
def crossing(postgres_server: Postgres, old_hall: str) -> Crossing:
    seen = Crossing()
    with opened(postgres_server, old_hall) as engine:
        others = make_engine(engine.url.render_as_string())
        with Writer(others, seen) as writer:

            def between(*_: object) -> None:
                seen.batches += 1
                seen.missed += not writer.gets_through()

            before = files(engine)
            event.listen(engine, "after_cursor_execute", record(seen.statements))
            event.listen(engine, "checkin", between)
            migrate(engine)
            event.remove(engine, "checkin", between)
        others.dispose()
        seen.files = before, files(engine)
        seen.over = came_over(engine)
        with engine.begin() as db:
            most = "SELECT max(n) FROM (SELECT count(*) n FROM cases GROUP BY xmin) s"
            seen.held = db.execute(text(most)).scalar_one()
            seen.told = db.execute(text("SELECT rev FROM cases ORDER BY rev DESC LIMIT 1")).scalar_one()
        assert schema_of(engine) == newest_schema()
    return seen


def record(said: list[Statement]) -> Callable[..., None]:
    def after(db: Any, cursor: Any, sql: str, *_: object) -> None:
        alone = db.get_execution_options().get("isolation_level") == "AUTOCOMMIT"
        said.append(Statement(object() if alone else db.get_transaction(), sql, max(cursor.rowcount, 0)))

    return after


def files(engine: Engine) -> set[str]:
    """The files of the big tables: a table that is written anew has another one."""
    with engine.begin() as db:
        found = "SELECT relname || relfilenode FROM pg_class WHERE relkind = 'r' AND relname ~ :big"
        return set(db.execute(text(found), {"big": rf"^({'|'.join(BIG)})(_\d\d)?$"}).scalars())


def test_a_writer_gets_through_between_the_batches_of_a_migration(crossing: Crossing) -> None:
    """0013 goes over all cases, 0016 over those that are open, 0019 over what departments have open."""
    assert crossing.batches >= (ROWS + ROWS * 4 // 5 + ROWS * 2 // 5) / BATCH
    assert (crossing.missed, crossing.trouble) == (0, [])
    assert crossing.held <= BATCH  # of all rows, which were written anew: no transaction wrote more
    assert crossing.told == crossing.written  # none of the writer's own was written over


def test_every_row_comes_over(crossing: Crossing) -> None:
    assert crossing.over == _ALL_OF_THEM


def test_no_migration_holds_a_big_table_for_longer_than_a_batch(crossing: Crossing) -> None:
    """Of all that come after the oldest, those that are still to be written too."""
    assert {s.sql.split()[0] for s in crossing.statements} >= {"ALTER", "CREATE", "UPDATE"}
    assert offences(crossing.statements) == []
    assert crossing.files[0] == crossing.files[1]


def test_a_row_that_somebody_is_writing_is_filled_when_it_is_let_go_and_nobody_waits_meanwhile(
    postgres: str,
) -> None:
    engine = make_engine(postgres)
    with engine.begin() as db:
        db.exec_driver_sql("CREATE TABLE rows (id integer PRIMARY KEY, filled bool NOT NULL DEFAULT false)")
        db.exec_driver_sql(f"INSERT INTO rows SELECT generate_series(1, {BATCH * 3})")

    def write(db: Connection, ids: Sequence[int]) -> None:
        db.execute(text("UPDATE rows SET filled = true WHERE id = ANY(:ids)"), {"ids": list(ids)})

    def fill_all() -> None:
        with engine.connect() as db, Operations.context(MigrationContext.configure(db)):
            fill("rows", "true", write, after=0)

    filled = "SELECT count(*) FROM rows WHERE filled"
    with engine.connect() as writer, ThreadPoolExecutor(1) as pool:
        writer.exec_driver_sql("SELECT 1 FROM rows WHERE id = 7 FOR UPDATE")
        filling = pool.submit(fill_all)
        wait_for(engine, f"SELECT count(*) {_HERE} AND wait_event_type = 'Lock'")
        with engine.begin() as db:
            assert db.exec_driver_sql(filled).scalar_one() == BATCH * 3 - 1
            db.exec_driver_sql("SELECT 1 FROM rows WHERE id <> 7 FOR UPDATE NOWAIT")
        writer.rollback()
        filling.result(PATIENCE_S)
        assert writer.exec_driver_sql(filled).scalar_one() == BATCH * 3
    engine.dispose()


_BIG = rf'"?({"|".join(BIG)})"?(_\d\d)?\b'
_INDEX = re.compile(rf"CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)(\S+ ){{1,5}}ON {_BIG}", re.IGNORECASE)
_WRITES = re.compile(rf"(UPDATE|DELETE FROM|INSERT INTO|MERGE INTO) {_BIG}", re.IGNORECASE)
_HOLDS = re.compile(
    rf"ALTER TABLE (ONLY )?{_BIG}|REFERENCES {_BIG}|LOCK TABLE {_BIG}|CREATE TRIGGER .* ON {_BIG}",
    re.IGNORECASE,
)


def offences(said: Sequence[Statement]) -> list[str]:
    """Return what makes writers of a big table wait for longer than a batch: an index that is not built beside the work, more rows
    than a batch written in one transaction, more rows than a batch touched after one has taken hold of the table."""
    found, written, holding = [], dict[object, int](), set[object]()
    for s in said:
        where = s.transaction
        if _INDEX.search(s.sql):
            found.append(s.sql)
        if _WRITES.search(s.sql):
            written[where] = written.get(where, 0) + s.rows
        if written.get(where, 0) > BATCH or (where in holding and s.rows > BATCH):
            found.append(s.sql)
        if _HOLDS.search(s.sql):
            holding.add(where)
    return found


@pytest.mark.parametrize(
    "said",
    [
        [Statement(1, "CREATE INDEX ix ON cases (status)", 0)],
        [Statement(1, 'CREATE UNIQUE INDEX IF NOT EXISTS ix ON "sub_cases" (item)', 0)],
        [Statement(1, "UPDATE cases SET status = 'x'", ROWS)],
        [Statement(1, "UPDATE inbox SET result = 'x' WHERE …", 1)] * ROWS,
        [Statement(1, "ALTER TABLE feed ADD COLUMN x", 0), Statement(1, "SELECT body FROM cases", ROWS)],
        [Statement(1, "CREATE TABLE x (y REFERENCES cases (id))", 0), Statement(1, "INSERT INTO x", ROWS)],
    ],
)
def test_each_way_to_make_writers_wait_is_seen(said: list[Statement]) -> None:
    assert offences(said)


# -- broken off ----------------------------------------------------------------------------------------
# A case at which whoever fills it stands until the test lets go.
_STAND = """
CREATE FUNCTION stand() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF NEW.id = 'c001001' THEN PERFORM pg_advisory_xact_lock(1); END IF; RETURN NEW; END $$;
CREATE TRIGGER stand BEFORE UPDATE ON cases FOR EACH ROW EXECUTE FUNCTION stand()
"""
_HERE = "FROM pg_stat_activity WHERE datname = current_database()"


def test_a_migration_that_was_killed_at_a_batch_and_at_an_index_goes_on(
    postgres_server: Postgres, old_hall: str, postgres_hall: str
) -> None:
    with opened(postgres_server, old_hall) as engine:
        with engine.begin() as db:
            db.exec_driver_sql(_STAND)
        with engine.connect() as stands:
            stands.exec_driver_sql("SELECT pg_advisory_lock(1)")
            stands.commit()
            kill(engine, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            with engine.begin() as db:
                filled = db.exec_driver_sql(
                    "SELECT count(*) FROM cases WHERE status <> 'received'"
                ).scalar_one()
                assert 0 < filled < ROWS * 9 // 10
                db.exec_driver_sql("DROP FUNCTION stand() CASCADE")
            stands.exec_driver_sql("SELECT pg_advisory_unlock(1)")
            stands.commit()
        broken = "SELECT count(*) FROM pg_index WHERE NOT indisvalid"
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as reader:
            reader.exec_driver_sql("SET idle_in_transaction_session_timeout = 0")
            reader.exec_driver_sql("SELECT 1 FROM stations")  # an older state that an index has to wait for
            kill(engine, f"{broken} AND indexrelid = to_regclass('ix_cases_waiting')")
        with engine.begin() as db:
            assert db.exec_driver_sql(broken).scalar_one() == 1
        assert schema_of(engine) == "0012"
        with start(engine) as again:
            assert again.wait(PATIENCE_S * 4) == 0
        assert came_over(engine) == _ALL_OF_THEM
        fresh = make_engine(postgres_hall)
        assert catalogue(engine) == catalogue(fresh)
        fresh.dispose()


@contextmanager
def start(engine: Engine) -> Iterator[subprocess.Popen[bytes]]:
    """A program of its own that migrates."""
    place = engine.url.update_query_dict({"application_name": "migrating"}).render_as_string()
    said = [sys.executable, "-m", "hall", "migrate", "--database", place]
    with subprocess.Popen(said, cwd=Path(__file__).parents[2]) as program:
        yield program


def kill(engine: Engine, stands: str) -> None:
    """Start to migrate, kill the program once it stands where this counts one, and its connections: as if the machine were gone."""
    with start(engine) as program:
        wait_for(engine, stands)
        assert program.poll() is None, "it is through"
        program.send_signal(signal.SIGKILL)
        program.wait()
    with engine.begin() as db:
        db.exec_driver_sql(
            f"SELECT pg_terminate_backend(pid, 10000) {_HERE} AND application_name = 'migrating'"
        )


def wait_for(engine: Engine, counted: str) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        until(lambda: db.exec_driver_sql(counted).scalar_one() == 1)


def catalogue(engine: Engine) -> dict[str, list[Any]]:
    """What PostgreSQL says of all columns, indexes and constraints."""
    asked = {
        "columns": "SELECT table_name, column_name, data_type, column_default, is_nullable FROM information_schema.columns"
        " WHERE table_schema = 'public' ORDER BY 1, ordinal_position",
        "indexes": "SELECT i.indexdef, x.indisvalid FROM pg_indexes i JOIN pg_index x ON x.indexrelid ="
        " to_regclass(quote_ident(i.indexname)) WHERE i.schemaname = 'public' ORDER BY 1",
        "parts": "SELECT inhrelid::regclass::text, inhparent::regclass::text FROM pg_inherits ORDER BY 1",
        "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid <> 0 ORDER BY 1, 2, 3",
    }
    with engine.begin() as db:
        return {what: [tuple(row) for row in db.exec_driver_sql(sql)] for what, sql in asked.items()}
