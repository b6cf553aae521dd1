"""What the station remembers of the day's reads, and what of it leaves the house: no person, no card by its number."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.card_reader import MOTHER, healthy
from workstation.cardreader import bundle
from workstation.cardreader.day_book import DayBook
from workstation.cardreader.doctor import lines
from workstation.domain.diagnosis import Diagnosis, ReadDone, ReaderFacts, reader_days
from workstation.domain.failures import Failure

MORNING = datetime(2026, 11, 23, 1, tzinfo=UTC)
ATR = "3B6D00000081544C708684440100000001"
GOOD = ReadDone(MORNING, "Reader A", 412.3)
BAD = ReadDone(MORNING + timedelta(minutes=1), "Reader A", 90.0, Failure.CARD_FOREIGN)


def test_a_restarted_station_knows_the_reads_of_the_day(tmp_path: Path) -> None:
    book = DayBook(tmp_path / "new")
    book.note(GOOD)
    book.note(BAD)
    assert DayBook(tmp_path / "new").reads() == (GOOD, BAD)
    (file,) = (tmp_path / "new").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_new_day_begins_a_new_book(tmp_path: Path) -> None:
    DayBook(tmp_path).note(GOOD)
    tomorrow = replace(GOOD, at=MORNING + timedelta(days=1))
    DayBook(tmp_path).note(tomorrow)
    assert DayBook(tmp_path).reads() == (tomorrow,)


def test_a_disk_that_takes_nothing_costs_the_counter_no_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    book = DayBook(tmp_path / "file")
    book.note(GOOD)
    assert book.reads() == (GOOD,)


@pytest.mark.parametrize(
    "line",
    [
        "{", "[]", "null", '{"at": "2026-11-23T01:00:00+00:00"}', "[" * 100_000,
        '{"at": "2026-11-23T01:00:00", "reader": "A", "ms": 1, "failure": null}',  # no zone
        '{"at": "2026-11-23T01:00:00+00:00", "reader": "A", "ms": 1, "failure": "unheard_of"}',
        '{"at": "yesterday", "reader": "A", "ms": 1, "failure": null}',
    ],
)  # fmt: skip
def test_a_line_that_is_none_of_ours_is_passed_over(tmp_path: Path, line: str) -> None:
    DayBook(tmp_path).note(GOOD)
    (file,) = tmp_path.iterdir()
    file.write_text(line + "\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert DayBook(tmp_path).reads() == (GOOD,)


@settings(max_examples=60, deadline=None)
@given(written=st.binary(max_size=400))
def test_any_file_is_a_book(tmp_path_factory: pytest.TempPathFactory, written: bytes) -> None:
    folder = tmp_path_factory.mktemp("book")
    (folder / "card-reads.jsonl").write_bytes(written)
    assert DayBook(folder).reads() == ()


def test_the_doctor_tells_success_and_mean_time_of_each_reader_over_the_day() -> None:
    (day,) = reader_days((GOOD, BAD), date(2026, 11, 23))
    assert (day.success_rate, day.mean_ms) == (0.5, 412.3)
    assert "today: Reader A: 1 of 2 read (50%), mean 412 ms, card_foreign 1" in lines(healthy(), [day])


def _with_card() -> Diagnosis:
    facts = ReaderFacts(MOTHER.reader, "fake 1.0.0", "present", ATR)
    return replace(healthy(), taken_at=MORNING, readers=(facts,))


def test_the_bundle_has_what_helps(tmp_path: Path) -> None:
    log = tmp_path / "station.log"
    log.write_text("2026-11-23 INFO workstation.sync pushed 019ab1c2-0000-7000-8000-000000000001\n", "utf-8")
    path = bundle.keep(tmp_path / "kept", _with_card(), (GOOD, BAD), log)
    assert path.name == "20261123-090000.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept["read"] == "ok"
    assert kept["today"][0]["success_rate"] == 0.5
    assert kept["today"][0]["refused"] == {"card_foreign": 1}
    assert kept["machine"]["pyscard"]
    assert "019ab1c2-0000-7000-8000-000000000001" in kept["log"][0]


def test_the_bundle_names_no_card_no_person_and_nobody_of_this_machine(tmp_path: Path) -> None:
    log = tmp_path / "station.log"
    log.write_text(
        "1 TRAFFIC workstation.cardreader.channel < 0912…9000 (34)\n"
        f"2 INFO somewhere number {MOTHER.id_no}, phone 13800000002, at {Path.home()}/x\n",
        "utf-8",
    )
    text = bundle.keep(tmp_path / "kept", _with_card(), (GOOD,), log).read_text(encoding="utf-8")
    for secret in (MOTHER.id_no, "13800000002", "00000001", "TRAFFIC", str(Path.home()) + "/"):
        assert secret not in text
    assert ATR[:-8] + "********" in text


@pytest.mark.parametrize(
    ("atr", "shown"),
    [
        ("", ""),
        (ATR, ATR[:-8] + "********"),
        # Interface bytes before the history and a check byte behind it.
        ("3BDD9600801F030081544C70868444010000000100", "3BDD9600801F030081544C7086844401********00"),
        ("3B65000023434D3133", "3B65000023434D3133"),
        ("FFFF", "(2 bytes)"),
    ],
)  # fmt: skip
def test_the_serial_of_a_card_is_blotted_out_where_it_stands(atr: str, shown: str) -> None:
    assert bundle.without_serial(atr) == shown
