"""The store on its real parts: what it does with other keys, foreign files, full disks, threads and clumsy code."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlcipher3 import dbapi2

from tests.fakes.cases import NOW, a_case, a_visit
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import Unit
from workstation.storage.database import Store, open_store
from workstation.storage.raw import raw
from workstation.storage.tables import metadata

KEY = bytes(range(32))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "station.db", KEY)
    yield store
    store.close()


def note(unit: Unit, n: int = 0) -> None:
    unit.audit.note(at=NOW, actor="clerk", deed=Deed.LOOKED_UP, case=f"case-{n:04d}")


def refusal(path: Path, key: bytes = KEY) -> Failure:
    with pytest.raises(Refused) as caught:
        open_store(path, key)
    return caught.value.failure


# -- keys and files ----------------------------------------------------------------------------------
def test_another_key_is_told_and_changes_nothing(store: Store, tmp_path: Path) -> None:
    with store.unit() as unit:
        unit.cases.add(a_case())
        unit.commit()
    assert refusal(tmp_path / "station.db", bytes(32)) is Failure.STORE_KEY_WRONG
    with store.unit() as unit:
        assert unit.cases.get("case-0001") == a_case()


def test_a_key_is_32_bytes(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        open_store(tmp_path / "station.db", b"short")
    assert not (tmp_path / "station.db").exists()


@pytest.mark.parametrize("content", [b"no store", b"x" * 4095])
def test_a_file_that_is_no_store_is_told_as_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "station.db").write_bytes(content)
    assert refusal(tmp_path / "station.db") is Failure.STORE_DAMAGED
    assert (tmp_path / "station.db").read_bytes() == content


def test_an_unencrypted_database_in_its_place_is_told_as_damaged(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "station.db")
    plain.execute("CREATE TABLE cases (id)")
    plain.close()
    assert refusal(tmp_path / "station.db") is Failure.STORE_DAMAGED


def test_a_store_whose_making_was_cut_off_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "station.db").write_bytes(b"")
    store = open_store(tmp_path / "station.db", KEY)
    with store.unit() as unit:
        assert unit.cases.count() == 0
    store.close()


def test_a_damaged_page_is_told_and_not_read_as_something_else(store: Store, tmp_path: Path) -> None:
    with store.unit() as unit:
        for n in range(40):
            unit.drafts.save(a_visit(n))
        unit.commit()
    store.close()
    raw = bytearray((tmp_path / "station.db").read_bytes())
    for page in range(1, len(raw) // 4096):
        raw[4096 * page + 100] ^= 1
    (tmp_path / "station.db").write_bytes(raw)
    with pytest.raises(Refused) as caught:
        _read_drafts(tmp_path / "station.db")
    assert caught.value.failure is Failure.STORE_DAMAGED


def _read_drafts(path: Path) -> None:
    store = open_store(path, KEY)
    try:
        with store.unit() as unit:
            unit.drafts.all()
    finally:
        store.close()


def test_nobody_else_may_read_the_files(store: Store, tmp_path: Path) -> None:
    with store.unit() as unit:
        note(unit)
        unit.commit()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"station.db": 0o600, "station.db-wal": 0o600, "station.db-shm": 0o600}


# -- how it is set up --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("temp_store", 2),  # memory: no clear text in /tmp
        ("busy_timeout", 5000),
        ("cipher_version", "4."),
    ],
)
def test_every_connection_is_set_up_for_safety(store: Store, pragma: str, value: object) -> None:
    with store._engine.connect() as one, store._engine.connect() as other:
        for connection in (one, other):
            raw = connection.connection.cursor()
            found = raw.execute(f"PRAGMA {pragma}").fetchone()[0]
            raw.close()
            assert str(found).startswith(str(value))


def test_units_in_many_threads_lose_nothing(store: Store) -> None:
    def work(thread: int) -> list[int]:
        taken = []
        for n in range(10):
            with store.unit() as unit:
                taken.append(unit.station.next_number("receipt"))
                note(unit, thread * 100 + n)
                unit.commit()
        return taken

    with ThreadPoolExecutor(4) as threads:
        numbers = [number for taken in threads.map(work, range(4)) for number in taken]
    assert sorted(numbers) == list(range(1, 41))
    with store.unit() as unit:
        entries = unit.audit.entries()
    assert [entry.seq for entry in entries] == list(range(1, 41))
    assert all(b.prev == a.hash for a, b in pairwise(entries))


def test_alembic_is_not_loaded_for_a_store_that_is_up_to_date(store: Store, tmp_path: Path) -> None:
    store.close()
    code = (
        "import sys; from pathlib import Path; from workstation.storage.database import open_store\n"
        f"open_store(Path({str(tmp_path / 'station.db')!r}), bytes(range(32))).close()\n"
        "print('alembic' in sys.modules, 'sqlalchemy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


# -- clumsy code -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET entry='{}'",
        "DELETE FROM audit",
        "REPLACE INTO audit (seq, entry) VALUES (1, '{}')",
        "INSERT INTO audit (seq, entry) VALUES (9, '{}')",
        "DELETE FROM outbox",
        "UPDATE outbox SET state='acked'",
        (
            "INSERT INTO outbox (seq, id, subject, state, tries, trouble, sha256, queued_at) "
            "SELECT 9, 'x', subject, state, 0, '', '', '' FROM outbox"
        ),
    ],
)
def test_the_chains_only_grow_in_order(store: Store, statement: str) -> None:
    with store.unit() as unit:
        note(unit)
        unit.outbox.add(id="a", subject="c", kind="case_received", at=NOW, actor="clerk", body="{}")
        unit.commit()
    with (
        pytest.raises((IntegrityError, OperationalError, DatabaseError)),
        store._engine.begin() as connection,
    ):
        connection.execute(text(statement))
    with store.unit() as unit:
        assert unit.audit.entries()[0].intact()
        assert [w.envelope.id for w in unit.outbox.due(NOW, 9)] == ["a"]


def test_a_sheet_belongs_to_a_case_that_is_there(store: Store) -> None:
    with pytest.raises(IntegrityError), store._engine.begin() as connection:
        connection.execute(metadata.tables["prints"].insert().values(serial="S1", case="none", entry="{}"))


def test_an_error_of_the_database_names_no_person(store: Store) -> None:
    with pytest.raises(dbapi2.IntegrityError) as caught, store.unit() as unit:
        unit.cases.add(a_case())
        unit.cases.add(a_case())
    assert "测试一" not in f"{caught.value!r}{caught.value}{caught.value.__cause__}"


# -- full disk ---------------------------------------------------------------------------------------
def test_a_full_store_is_told_loses_nothing_and_works_when_there_is_room_again(store: Store) -> None:
    with store.unit() as unit:
        unit.cases.add(a_case(1))
        unit.commit()
    limit_pages(store, 1)  # SQLite takes the present size for the least.
    with pytest.raises(Refused) as caught, store.unit() as unit:
        unit.cases.add(a_case(2))
        unit.station.remember("large", "x" * 50_000)
        unit.commit()
    assert caught.value.failure is Failure.STORE_FULL
    with store.unit() as unit:
        assert unit.cases.latest(9) == (a_case(1),)
    limit_pages(store, 1_000_000)
    with store.unit() as unit:
        unit.cases.add(a_case(2))
        unit.commit()
    with store.unit() as unit:
        assert unit.cases.count() == 2


@pytest.mark.parametrize("by_driver", [True, False])
def test_a_unit_that_the_full_disk_took_back_is_never_committed(store: Store, *, by_driver: bool) -> None:
    """Whoever goes on all the same is told: nothing of it, or half, would count as durable."""
    with store.unit() as unit:
        unit.audit.note(at=NOW, actor="clerk", deed=Deed.RECEIVED)
        unit.commit()
    limit_pages(store, 1)
    with pytest.raises(AssertionError, match="took the unit back"), store.unit() as unit:
        unit.audit.note(at=NOW, actor="clerk", deed=Deed.RECEIVED, note="never")
        with pytest.raises((OperationalError, dbapi2.OperationalError)):
            if by_driver:
                assert unit.ground is not None
                raw(unit.ground.db).execute(
                    "INSERT INTO facts (name, value) VALUES ('large', ?)", ("x" * 50_000,)
                )
            else:
                unit.station.remember("large", "x" * 50_000)
        unit.commit()
    limit_pages(store, 1_000_000)
    with store.unit() as unit:
        unit.audit.note(at=NOW, actor="clerk", deed=Deed.RECEIVED, note="second")
        unit.commit()
        first, second = unit.audit.entries()
    assert (second.note, second.prev) == ("second", first.hash)


@pytest.mark.parametrize("way", ["raw", "link", "sqlalchemy"])
def test_a_unit_that_the_full_disk_took_back_is_not_begun_anew_in_its_middle(store: Store, way: str) -> None:
    """What comes behind it would be the other half, and durable."""
    with store.unit() as unit:
        unit.audit.note(at=NOW, actor="clerk", deed=Deed.RECEIVED)
        unit.commit()
    limit_pages(store, 1)
    with pytest.raises(AssertionError, match="took the unit back"), store.unit() as unit:
        unit.station.remember("small", "before")
        with pytest.raises(Refused) as caught:
            unit.audit.note(at=NOW, actor="clerk", deed=Deed.RECEIVED, note="x" * 50_000)
        assert caught.value.failure is Failure.STORE_FULL
        if way == "raw":
            assert unit.ground is not None
            raw(unit.ground.db)
        elif way == "link":
            unit.audit.note(at=NOW, actor="clerk", deed=Deed.RECEIVED, note="never")
        else:
            unit.station.remember("small", "after")
        unit.commit()
    with store.unit() as unit:
        unit.audit.note(at=NOW, actor="clerk", deed=Deed.RECEIVED, note="second")
        unit.commit()
        # Behind a commit a unit may go on, in a transaction of its own.
        unit.audit.note(at=NOW, actor="clerk", deed=Deed.RECEIVED, note="third")
        unit.commit()
        assert [entry.note for entry in unit.audit.entries()] == ["", "second", "third"]
        assert unit.station.fact("small") == ""


def limit_pages(store: Store, pages: int) -> None:
    """Set the limit on the one connection that waits for a unit."""
    (link,) = store._shared.connections._waiting
    link.driver.execute(f"PRAGMA max_page_count={pages}")
