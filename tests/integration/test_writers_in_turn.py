"""Writers of one SQLite hall: each waits for its turn, also behind one that was killed and behind one that knows no turns."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Connection, Engine, create_engine, select, text, update
from sqlalchemy.exc import OperationalError

from hall.database import fact, keep, open_database
from hall.engines import make_engine, reading
from hall.group_commit import GroupCommit
from hall.tables import meta
from hall.turns import CHECKPOINT, Turns
from tests.until import until

# Stands in its turn, with something written and not committed, until it is killed.
_HOLDS = """
import sys
from hall.database import keep
from hall.engines import make_engine
with make_engine(sys.argv[1]).begin() as db:
    keep(db, "of_the_dead", "1")
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    open_database(tmp_path / "hall.db").dispose()
    return tmp_path / "hall.db"


def _count(engine: Engine) -> None:
    """Add one to what stands there: whoever reads before another one has written loses a count."""
    with engine.begin() as db:
        counted = int(fact(db, "counted"))
        db.execute(update(meta).where(meta.c.name == "counted").values(value=str(counted + 1)))


def test_a_turn_is_waited_for_by_a_thread_and_by_who_opened_the_file_anew(tmp_path: Path) -> None:
    mine, same, other = (turns := Turns(tmp_path / "x.db")), turns, Turns(tmp_path / "x.db")
    for waits in (same, other):
        turn = mine.take()
        assert turn is not None
        came = Event()

        def take(waits: Turns = waits, came: Event = came) -> None:
            theirs = waits.take()
            came.set()
            assert theirs is not None
            waits.give_back(theirs)

        thread = Thread(target=take)
        thread.start()
        assert not came.wait(0.2)
        mine.give_back(turn)
        thread.join()
        assert came.is_set()


def test_threads_of_several_engines_write_one_after_the_other(file: Path) -> None:
    engines = [make_engine(file) for _ in range(2)]
    with engines[0].begin() as db:
        keep(db, "counted", "0")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(_count, engines * 100))
    with reading(engines[0]) as db:
        assert fact(db, "counted") == "200"
    for engine in engines:
        engine.dispose()


def test_who_is_killed_in_its_turn_gives_it_back_and_leaves_nothing(file: Path) -> None:
    engine = make_engine(file)
    command = [sys.executable, "-c", _HOLDS, str(file)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with ThreadPoolExecutor(1) as pool, holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        waiting = pool.submit(_write, engine, "of_the_living")
        with reading(engine) as db:
            assert "of_the_living" not in db.scalars(select(meta.c.name)).all()
        holder.kill()
        waiting.result()
    with reading(engine) as db:
        names = db.scalars(select(meta.c.name)).all()
    assert "of_the_living" in names
    assert "of_the_dead" not in names
    engine.dispose()


def _write(engine: Engine, name: str) -> None:
    with engine.begin() as db:
        keep(db, name, "1")


def test_who_knows_no_turns_is_waited_for(file: Path) -> None:
    engine = make_engine(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as foreign, ThreadPoolExecutor(1) as pool:
        foreign.execute("BEGIN IMMEDIATE")
        foreign.execute("INSERT INTO meta (name, value) VALUES ('foreign', '1')")
        waiting = pool.submit(_write, engine, "ours")
        with reading(engine) as db:
            assert "ours" not in db.scalars(select(meta.c.name)).all()
        foreign.execute("COMMIT")
        waiting.result()
    with reading(engine) as db:
        assert {"ours", "foreign"} <= set(db.scalars(select(meta.c.name)))
    engine.dispose()


def test_without_a_place_for_turns_sqlite_decides_alone(file: Path) -> None:
    (file.parent / f"{file.name}-turn").unlink()
    (file.parent / f"{file.name}-turn").mkdir()
    engine = make_engine(file)
    _write(engine, "ours")
    with reading(engine) as db:
        assert fact(db, "ours") == "1"
    engine.dispose()


def test_a_turn_ends_with_its_transaction_however_that_ends(file: Path) -> None:
    engine, other = make_engine(file), make_engine(file)
    with pytest.raises(KeyError), engine.begin() as db:
        fact(db, "not there")
    _write(other, "after a rollback")
    with engine.connect() as db:
        db.begin()
        keep(db, "given up", "1")
        db.invalidate()
    _write(other, "after a connection that was given up")
    with reading(other) as db:
        assert "given up" not in db.scalars(select(meta.c.name)).all()
    engine.dispose()
    other.dispose()


def test_what_groups_committed_goes_from_the_log_into_the_file(file: Path) -> None:
    engine = make_engine(file)
    group = GroupCommit(engine)

    def write(db: Connection) -> None:
        for n in range(CHECKPOINT):
            keep(db, f"many-{n}", "1")

    group.run(write)
    # The file alone, without its log, as whoever copies only it would see it.
    with closing(sqlite3.connect(f"file:{file}?immutable=1", uri=True)) as alone:
        told = alone.execute("SELECT count(*) FROM meta WHERE name LIKE 'many-%'").fetchone()
    assert told[0] == CHECKPOINT
    engine.dispose()


def test_a_group_that_cannot_begin_is_told_so(tmp_path: Path) -> None:
    group = GroupCommit(create_engine(f"sqlite:///{tmp_path / 'no' / 'folder'}"))
    with pytest.raises(OperationalError):
        group.run(lambda _: None)


def test_who_ends_the_transaction_of_a_group_ends_it_for_all(file: Path) -> None:
    """A full disk: SQLite has undone what the others wrote, and nobody may be told that it is kept."""
    engine = make_engine(file)
    group = GroupCommit(engine)

    def fill(db: Connection) -> None:
        raw = db.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA max_page_count = 1")  # as many as there are
        try:
            db.execute(text("UPDATE meta SET value = hex(zeroblob(3000000)) WHERE name = 'epoch'"))
        finally:
            assert not raw.in_transaction
            raw.execute("PRAGMA max_page_count = 1000000")

    works = (lambda db: keep(db, "before", "1"), fill, lambda db: keep(db, "after", "1"))
    with ThreadPoolExecutor(3) as pool, group._leading:
        told = []
        for n, work in enumerate(works):
            told.append(pool.submit(group.run, work))
            until(lambda n=n: len(group._waiting) > n, every=0.001)  # type: ignore[misc]
    for each in told:
        with pytest.raises(OperationalError):
            each.result()
    with reading(engine) as db:
        assert not {"before", "after"} & set(db.scalars(select(meta.c.name)))
    _write(engine, "later")
    engine.dispose()
