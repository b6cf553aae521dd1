"""A copied store tells nothing to who has no key: its files are searched for names and numbers in every writing."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.cases import DEVICE_KEY, NOW, a_case, a_visit, an_enrolment
from wire.codec import encode
from wire.messages import AnswerOnWire, Origin, Party
from workstation.domain.answers import Answer
from workstation.domain.failures import Failure, Refused
from workstation.storage.database import open_store

KEY = bytes(range(32))
CANARIES = (
    "测试金丝雀",
    "欧阳测试",
    "44010018990101002X",
    "440100189901010011",
    "440104189912319998",
    "13800000000",
    "6217000000000000001",
    "广州市测试区金丝雀路一号",
    "P990000001",
    "canary@example.invalid",
    "窗口甲",
    "测试街道政务服务中心",
    "\U00020000\U0002f800",  # rare characters, outside the first plane
    "scanned-canary-paper",
    "receipt-canary-note",
    "canary-envelope-body",
    "canary.hall.invalid",
    "argon2id$none",
)
WRITINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def needles() -> list[bytes]:
    found = {canary.encode(writing) for canary in CANARIES for writing in WRITINGS}
    return [*found, DEVICE_KEY, DEVICE_KEY.hex().encode(), KEY, KEY.hex().encode()]


def hits(folder: Path) -> list[str]:
    """Return which files hold which needle."""
    contents = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return [
        f"{name}: {needle!r}"
        for name, content in contents.items()
        for needle in needles()
        if needle in content
    ]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The files of a store in use, as somebody would copy them: database, log and index."""
    store = open_store(tmp_path / "live" / "station.db", KEY)
    answers = dict.fromkeys(CANARIES)
    for _ in range(2):  # The second round finds the first one in the database, and itself in the log.
        with store.unit() as unit:
            unit.station.enrol("http://canary.hall.invalid", an_enrolment(), DEVICE_KEY)
            unit.drafts.save(
                replace(a_visit(1), answers={key: Answer(key, Origin.TYPED, NOW) for key in answers})
            )
            number = unit.station.next_number("receipt")
            case = replace(
                a_case(number),
                applicant=Party(CANARIES[0], "111", CANARIES[2]),
                answers={key: AnswerOnWire(key, Origin.TYPED) for key in answers},
            )
            unit.cases.add(case)
            unit.blobs.put("scanned-canary-paper".encode("utf-16-le") + str(number).encode())
            unit.outbox.add(
                id=f"e{number}",
                subject=case.id,
                kind="case_received",
                at=NOW,
                actor="clerk",
                body=encode(case),
            )
            unit.audit.note(at=NOW, actor="clerk", deed="received", note="receipt-canary-note")
            unit.commit()
        if number == 1:
            with store._engine.connect() as connection:
                raw = connection.connection.cursor()
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                raw.close()
    target = tmp_path / "copied"
    shutil.copytree(tmp_path / "live", target)
    store.close()
    return target


def test_no_file_of_the_store_holds_a_name_or_number_in_any_writing(copied: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in copied.iterdir()}
    assert sizes["station.db"] > 40_000  # Both places hold something to search.
    assert sizes["station.db-wal"] > 10_000
    assert len([path for path in (copied / "scans").rglob("*") if path.is_file()]) == 2
    assert hits(copied) == []


def test_the_search_finds_them_in_a_store_without_key(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("PRAGMA journal_mode=WAL")
    plain.execute("CREATE TABLE cases (body)")
    for canary in CANARIES:
        for writing in WRITINGS:
            plain.execute("INSERT INTO cases VALUES (?)", (canary.encode(writing),))
    plain.commit()
    found = hits(tmp_path)
    plain.close()
    assert len(found) == len(needles()) - 4  # All but the four of the two keys.


@pytest.mark.parametrize("key", [bytes(32), KEY[::-1], KEY[:-1] + b"\x00"])
def test_a_copied_store_does_not_open_with_another_key(copied: Path, key: bytes) -> None:
    with pytest.raises(Refused) as caught:
        open_store(copied / "station.db", key)
    assert caught.value.failure is Failure.STORE_KEY_WRONG


def test_a_copied_store_does_not_open_without_key(copied: Path) -> None:
    plain = sqlite3.connect(copied / "station.db")
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        plain.execute("SELECT * FROM sqlite_master").fetchall()
    plain.close()


def test_a_copied_store_opens_with_the_key_and_has_all_of_it(copied: Path) -> None:
    store = open_store(copied / "station.db", KEY)
    with store.unit() as unit:
        assert [case.applicant.name for case in unit.cases.latest(9)] == [CANARIES[0]] * 2
    store.close()
