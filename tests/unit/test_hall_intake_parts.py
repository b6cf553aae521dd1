"""What the intake is made of: one commit for many, numbers in blocks, rows of many tables at once, the hall's pen."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier, Event

import pytest
from sqlalchemy import Connection, Engine, event, func, insert, select
from sqlalchemy.exc import IntegrityError

from demo.postgres import Postgres
from hall.bulk import Rows, among, insert_all
from hall.database import begin_unsynced, next_number, open_database, sync
from hall.engines import is_url, make_engine, reading, sqlite_file
from hall.group_commit import GroupCommit
from hall.numbers import NumberBlocks
from hall.schema import migrate, newest_schema, schema_of
from hall.tables import meta, numbers, reviewers, tokens
from hall.upsert import insert_if_new, insert_or_ignore, upsert
from tests.until import until
from wire.algorithms import ED25519
from wire.keys import new_private
from wire.receipts import ReceiptSigner
from wire.signed import sign_receipt


@pytest.fixture(params=["sqlite", "postgres"])
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    on_postgres = request.param == "postgres"
    engine = open_database(request.getfixturevalue("postgres_hall") if on_postgres else tmp_path / "hall.db")
    yield engine
    engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "hall.db")
    yield engine
    engine.dispose()


def _keep(db: Connection, name: str) -> str:
    db.execute(insert(meta).values(name=name, value="x"))
    return name


# -- one commit for all who wait -----------------------------------------------------------------------
def test_those_who_wait_share_a_commit_and_each_is_answered_after_it(file: Engine) -> None:
    group, commits, writing, held = GroupCommit(file), [], Event(), Event()
    event.listen(file, "commit", lambda _db: commits.append(time.monotonic()))

    def first(db: Connection) -> str:
        writing.set()  # its group is chosen: who comes from now on is of the next one
        held.wait(30)
        return _keep(db, "first")

    with ThreadPoolExecutor(6) as pool:
        leading = pool.submit(group.run, first)
        assert writing.wait(30)
        followers = [pool.submit(group.run, lambda db, n=n: _keep(db, f"n{n}")) for n in range(5)]
        until(lambda: len(group._waiting) == 5, every=0.001)
        assert not any(each.done() for each in followers)
        held.set()
        assert leading.result() == "first"
        assert [each.result() for each in followers] == [f"n{n}" for n in range(5)]
    assert len(commits) == 2  # the first by itself, the five together


def test_one_that_fails_takes_nobody_with_it(file: Engine) -> None:
    group, together = GroupCommit(file), Barrier(4, timeout=30)

    def fail(db: Connection) -> None:
        _keep(db, "undone")
        raise ValueError("mine")

    def run(n: int) -> str:
        together.wait()
        if n == 0:
            with pytest.raises(ValueError, match="mine"):
                group.run(fail)
            return ""
        return group.run(lambda db: _keep(db, f"kept{n}"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    with file.begin() as db:
        names = set(db.scalars(select(meta.c.name)))
    assert {"kept1", "kept2", "kept3"} <= names
    assert "undone" not in names


def test_a_commit_that_fails_is_told_to_everybody_of_the_group(file: Engine) -> None:
    group = GroupCommit(file)

    def fail(_db: object) -> None:
        raise OSError("the disk is full")

    event.listen(file, "commit", fail)
    with pytest.raises(OSError, match="full"):
        group.run(lambda db: _keep(db, "lost"))
    event.remove(file, "commit", fail)
    assert group.run(lambda db: _keep(db, "found")) == "found"
    with file.begin() as db:
        assert "lost" not in set(db.scalars(select(meta.c.name)))


def test_more_than_a_group_holds_all_come_through(file: Engine) -> None:
    group = GroupCommit(file)
    with ThreadPoolExecutor(40) as pool:
        done = list(pool.map(lambda n: group.run(lambda db: _keep(db, f"m{n}")), range(40)))
    assert sorted(done) == sorted(f"m{n}" for n in range(40))


# -- numbers ------------------------------------------------------------------------------------------
def test_numbers_are_given_once_however_many_take_them(hall: Engine) -> None:
    first, second = NumberBlocks(hall, 7), NumberBlocks(hall, 7)

    def take(n: int) -> list[int]:
        with hall.begin() as db:
            return list((first, second)[n % 2].take(db, "day", 1 + n % 4))

    with ThreadPoolExecutor(6) as pool:
        given = [number for some in pool.map(take, range(40)) for number in some]
    assert len(set(given)) == len(given) == sum(1 + n % 4 for n in range(40))
    assert min(given) >= 1


def test_whoever_takes_a_number_holds_up_nobody(postgres_hall: str) -> None:
    engine = open_database(postgres_hall)
    blocks = NumberBlocks(engine, 10)
    with engine.begin() as slow:
        mine = blocks.take(slow, "day", 3)
        with engine.begin() as quick:
            assert set(blocks.take(quick, "day", 3)).isdisjoint(mine)
            assert set(NumberBlocks(engine, 10).take(quick, "day", 3)).isdisjoint(mine)
    engine.dispose()


def test_a_series_is_counted_in_steps(hall: Engine) -> None:
    with hall.begin() as db:
        assert [next_number(db, "s"), next_number(db, "s", 5), next_number(db, "s")] == [1, 2, 7]
        assert db.scalar(select(numbers.c.last).where(numbers.c.series == "s")) == 7


# -- rows ---------------------------------------------------------------------------------------------
def test_rows_of_several_tables_are_written_as_they_are(hall: Engine) -> None:
    odd = '引号"\\ 换行\n 😀 {"a": null}'
    people = [
        {"department": "d", "login": f"l{n}", "name": odd, "password_hash": "" if n else "x"}
        for n in range(3)
    ]
    with hall.begin() as db:
        several = {name: [row[name] for row in people] for name in ("login", "password_hash")}
        insert_all(
            db,
            [
                Rows(tokens, {"department": odd}, {"digest": ["t"]}),
                Rows(numbers, {}, {"series": [], "last": []}),
                Rows(reviewers, {"department": "d", "name": odd}, several),
            ],
        )
        insert_all(db, [])
        assert db.scalar(select(tokens.c.department)) == odd
        kept = db.execute(select(reviewers).order_by(reviewers.c.login)).mappings().all()
        assert [dict(row) for row in kept] == people
        wanted = among(db, reviewers.c.login, ["l1", "l2", "none"])
        assert db.scalar(select(func.count()).select_from(reviewers).where(wanted)) == 2


def test_a_row_that_is_there_already_lets_nothing_in(hall: Engine) -> None:
    with hall.begin() as db:
        db.execute(insert(tokens).values(digest="t", department="d"))
    with pytest.raises(IntegrityError), hall.begin() as db:
        insert_all(
            db,
            [
                Rows(numbers, {}, {"series": ["s"], "last": [1]}),
                Rows(tokens, {"department": "d"}, {"digest": ["u", "t"]}),
            ],
        )
    with hall.begin() as db:
        assert db.scalars(select(tokens.c.digest)).all() == ["t"]
        assert db.scalar(select(func.count()).select_from(numbers)) == 0


def test_upserts_say_the_same_on_both(hall: Engine) -> None:
    row = {"series": "s", "last": 1}
    with hall.begin() as db:
        assert insert_if_new(db, numbers, row)
        assert not insert_if_new(db, numbers, {**row, "last": 2})
        insert_or_ignore(db, numbers, {**row, "last": 3})
        assert db.scalar(select(numbers.c.last)) == 1
        upsert(db, numbers, {**row, "last": 4}, ["series"], ["last"])
        assert db.scalar(select(numbers.c.last)) == 4


def test_who_reads_does_not_wait_for_who_writes(hall: Engine) -> None:
    with hall.begin() as writer:
        writer.execute(insert(tokens).values(digest="t", department="d"))
        with reading(hall) as db:
            assert db.scalar(select(func.count()).select_from(tokens)) == 0


# -- where it is, and its schema ------------------------------------------------------------------------
def test_a_path_a_file_url_and_a_server_are_told_apart(tmp_path: Path) -> None:
    assert sqlite_file(tmp_path / "a.db") == tmp_path / "a.db"
    assert sqlite_file(f"sqlite:///{tmp_path}/a.db") == tmp_path / "a.db"
    assert sqlite_file("postgresql+psycopg://h@x/hall") is None
    assert (is_url("hall.db"), is_url("postgresql://x")) == (False, True)
    engine = open_database(f"sqlite:///{tmp_path}/b.db")
    engine.dispose()
    assert (tmp_path / "b.db").is_file()
    with pytest.raises(ValueError, match="mysql"):
        make_engine("mysql://h@x/hall")


def test_servers_that_start_at_once_make_the_schema_once(postgres: str) -> None:
    def start(_n: int) -> str | None:
        engine = make_engine(postgres)
        migrate(engine)
        found = schema_of(engine)
        engine.dispose()
        return found

    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(start, range(3))) == {newest_schema()}


# -- the pen --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["0199-plain", '引"号\\', "\x1f😀", ""])
def test_a_receipt_by_the_pen_is_the_receipt(name: str) -> None:
    private, at = new_private(), datetime(2026, 11, 25, 9, tzinfo=timezone(timedelta(hours=8)))
    for when in (at, at + timedelta(microseconds=5), datetime(2026, 1, 1, tzinfo=UTC)):
        made = ReceiptSigner(private, ED25519).sign(name, "ab", when)
        assert made == sign_receipt(name, "ab", when, private, ED25519)


# -- what a server may come to -----------------------------------------------------------------------------
def test_a_table_in_use_makes_a_migration_give_up_and_nobody_wait_behind_it(
    postgres_hall: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The schema as it was before 0007, with somebody reading cases: the step gives up, unchanged, and passes later."""
    from sqlalchemy import text
    from sqlalchemy.exc import OperationalError

    engine = open_database(postgres_hall)
    with engine.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '0006'"))
    monkeypatch.setattr("hall.schema._PATIENCE", "100ms")
    with engine.begin() as reader:
        reader.execute(text("SELECT count(*) FROM cases"))
        with pytest.raises(OperationalError) as refused:
            migrate(engine)
        assert getattr(refused.value.orig, "sqlstate", "") == "55P03"
        with engine.begin() as other:  # nobody stands in a queue behind the step that gave up
            other.execute(text("SELECT count(*) FROM cases"))
    assert schema_of(engine) == "0006"
    engine.dispose()


def test_commits_wait_for_the_disk_even_where_the_server_does_not(
    postgres_server: Postgres, postgres_hall: str
) -> None:
    name = postgres_hall.split("/")[3].split("?", maxsplit=1)[0]
    postgres_server.psql(f"ALTER DATABASE {name} SET synchronous_commit = off")
    engine = open_database(postgres_hall)
    with engine.begin() as db:
        assert db.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    with begin_unsynced(engine) as db:
        assert db.exec_driver_sql("SHOW synchronous_commit").scalar() == "off"
    sync(engine)
    with engine.begin() as db:
        assert db.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    engine.dispose()
