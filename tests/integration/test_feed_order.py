"""The feed on real PostgreSQL: no reader misses a row of sixteen writers, and the plain order of numbers does."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Engine, delete, insert, select, text

from hall.database import fact, open_database
from hall.enrolment import add_station
from hall.epoch import renew_epoch
from hall.feed import CursorGone, Place, feed_age, read_cursor, tell, write_cursor
from hall.other_cluster import moved
from hall.polls import page
from hall.tables import cases, feed, sub_cases
from wire.messages import CaseRegistered, ChangeKind

WRITERS, ROUNDS = 16, 12
STATION = "440104"


@pytest.fixture
def hall(postgres_hall: str) -> Iterator[Engine]:
    engine = open_database(postgres_hall)
    with engine.begin() as db:
        add_station(db, STATION, "测试街道", "street")
    yield engine
    engine.dispose()


def _case(db: Connection, name: str) -> None:
    row = {"id": name, "receipt_no": f"R-{name}", "project_no": f"P-{name}", "station": STATION}
    db.execute(insert(cases).values(**row, body="{}", rev=0))


def _say(db: Connection, case: str) -> None:
    tell(db, case, ChangeKind.CASE_REGISTERED, CaseRegistered("R", "P", _AT))


_AT = datetime(2026, 11, 25, tzinfo=UTC)


def _write(engine: Engine, writer: int) -> int:
    """Tell of cases in transactions that stay open for a while, as a busy server's do; return how many were told."""
    spread = random.Random(writer)
    told = 0
    for n in range(ROUNDS):
        with engine.begin() as db:
            for part in range(3):
                case = f"{writer}-{n}-{part}"
                _case(db, case)
                _say(db, case)
                told += 1
                time.sleep(spread.random() * 0.006)
    return told


def _follow(read: Callable[[], int], stop: threading.Event) -> int:
    """Read until the writers are done and two more reads bring nothing; return how many rows were seen."""
    seen, idle = 0, 0
    while idle < 2:
        ended = stop.is_set()
        got = read()
        seen += got
        idle = idle + 1 if ended and not got else 0
        time.sleep(0.001)
    return seen


def test_sixteen_writers_and_no_row_missed_and_the_plain_order_misses_some(
    postgres_hall: str, hall: Engine
) -> None:
    wide = open_database(postgres_hall)
    cursor, newest, stop = "", 0, threading.Event()

    def by_transaction() -> int:
        nonlocal cursor
        with hall.begin() as db:
            got = page(db, STATION, cursor, 200)
        cursor = got.cursor
        return len(got.items)

    def by_number() -> int:  # the control: what a cursor over numbers alone does
        nonlocal newest
        with hall.begin() as db:
            rows = db.execute(select(feed.c.seq).where(feed.c.seq > newest).order_by(feed.c.seq)).all()
        newest = rows[-1].seq if rows else newest
        return len(rows)

    with ThreadPoolExecutor(WRITERS + 2) as pool:
        readers = [pool.submit(_follow, read, stop) for read in (by_transaction, by_number)]
        try:
            told = sum(pool.map(lambda writer: _write(wide, writer), range(WRITERS)))
        finally:
            stop.set()
        seen, seen_by_number = (reader.result() for reader in readers)
    wide.dispose()
    assert told == WRITERS * ROUNDS * 3
    assert told - seen == 0
    assert told - seen_by_number > 0, "the control missed nothing: it does not show the trouble any more"


def test_a_case_is_told_in_the_order_of_its_revs_whatever_transaction_began_first(hall: Engine) -> None:
    with hall.begin() as db:
        _case(db, "one")
        _case(db, "two")
    with hall.connect() as early, hall.begin() as late:
        began = early.begin()
        _say(early, "two")  # has its number now
        _say(late, "one")
        late.commit()
        _say(early, "one")  # rev 2 of the case, in a transaction with the smaller number
        began.commit()
    with hall.begin() as db:
        items = page(db, STATION, "", 200).items
    assert [change.rev for change in items if change.subject == "one"] == [1, 2]


def test_a_writer_that_stands_still_ages_the_feed_and_is_named(hall: Engine) -> None:
    with hall.begin() as db:
        assert feed_age(db).pid == 0
        _case(db, "one")
        _case(db, "two")
    with hall.connect() as still, hall.connect() as writer:
        held = still.begin()
        _say(still, "one")
        with writer.begin():
            _say(writer, "two")
        with hall.begin() as db:
            pid = still.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
            first = feed_age(db)
            assert (first.pid, first.transactions > 0, first.alarm) == (pid, True, False)
            assert page(db, STATION, "", 200).items == ()  # told, but not yet to be read
        time.sleep(0.05)
        with hall.begin() as db:
            assert feed_age(db).seconds >= first.seconds + 0.05
        held.rollback()
    with hall.begin() as db:
        assert feed_age(db).pid == 0
        assert [change.subject for change in page(db, STATION, "", 200).items] == ["two"]


def test_a_long_reader_does_not_hold_the_feed_back(hall: Engine) -> None:
    with hall.begin() as dump:
        dump.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        dump.execute(select(feed)).all()
        with hall.begin() as db:
            _case(db, "one")
            _say(db, "one")
        with hall.begin() as later:
            assert len(page(later, STATION, "", 200).items) == 1


def test_a_dump_in_another_cluster_is_seen_and_begins_anew_in_the_old_order(hall: Engine) -> None:
    with hall.begin() as db:
        for name in ("a", "b", "c"):
            _case(db, name)
            _say(db, name)
        before = page(db, STATION, "", 200)
        assert before.items == ()  # nobody reads what this transaction has not committed
    with hall.begin() as db:
        assert not moved(db)
        old = page(db, STATION, "", 200)
        # As if its transactions had been numbered in a cluster that is far ahead of this one.
        db.execute(text("UPDATE feed SET xid = xid + 1000000000"))
        assert moved(db)
        renew_epoch(db)
        assert not moved(db)
    with hall.begin() as db:
        assert [c.subject for c in page(db, STATION, "", 200).items] == ["a", "b", "c"]
        with pytest.raises(CursorGone):
            page(db, STATION, old.cursor, 200)
        _say(db, "a")
    with hall.begin() as db:
        assert [c.rev for c in page(db, STATION, "", 200).items if c.subject == "a"] == [1, 2]


def test_cursors_are_read_as_they_were_written() -> None:
    assert read_cursor(write_cursor(Place(7, 9), "e"), "e") == Place(7, 9)
    assert read_cursor("e.5", "e") == Place(0, 5)
    assert read_cursor("", "e") == Place()
    with pytest.raises(CursorGone):
        read_cursor("f.1.2", "e")
    for wrong in ("e", "e.x", "e.1.2.3", "e.1.x"):
        with pytest.raises((ValueError, CursorGone)):
            read_cursor(wrong, "e")


def test_a_database_of_another_cluster_gets_another_epoch_when_it_is_opened(
    postgres_hall: str, hall: Engine
) -> None:
    with hall.begin() as db:
        epoch = fact(db, "epoch")
        _case(db, "a")
        _say(db, "a")
        db.execute(text("UPDATE feed SET xid = xid + 1000000000"))
    again = open_database(postgres_hall)
    with again.begin() as db:
        assert fact(db, "epoch") != epoch
        assert len(page(db, STATION, "", 200).items) == 1
        renewed = fact(db, "epoch")
    again.dispose()
    once_more = open_database(postgres_hall)
    with once_more.begin() as db:
        assert fact(db, "epoch") == renewed
    once_more.dispose()


def test_a_restored_hall_gives_no_task_a_number_of_after_its_backup(hall: Engine) -> None:
    """A department's system that still holds a task would decide another case's in its place."""
    with hall.begin() as db:
        _case(db, "a")
        task = {"case": "a", "department": "d", "after": "[]", "state": "waiting"}
        db.execute(insert(sub_cases).values(item="kept", **task))
        order = "pg_get_serial_sequence('sub_cases', 'id')"
        saved = db.scalar(text(f"SELECT nextval({order})"))
        held = db.execute(insert(sub_cases).values(item="lost", **task)).inserted_primary_key
        db.execute(delete(sub_cases).where(sub_cases.c.item == "lost"))
        db.execute(text(f"SELECT setval({order}, {saved})"))
        renew_epoch(db)
        new = db.execute(insert(sub_cases).values(item="other", **task)).inserted_primary_key
    assert held is not None
    assert new is not None
    assert new[0] > held[0]
