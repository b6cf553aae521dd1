"""The capacity sheet of docs/deployment.md says what its arithmetic gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import capacity

DOCUMENT = Path(__file__).parents[2] / "docs" / "deployment.md"


def test_the_document_holds_the_sheet_as_it_is_computed() -> None:
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    sheet = capacity.sheet()
    begin = lines.index(sheet[0])
    assert lines[begin : begin + len(sheet)] == sheet


def test_the_sentences_name_the_numbers_that_the_sheet_is_computed_with() -> None:
    said = " ".join(DOCUMENT.read_text(encoding="utf-8").split())
    assert f"Cores = requests ÷ {capacity.REQUESTS_A_CORE_S} ÷ ½" in said
    assert capacity.WORKING_CORES == 1 / 2
    assert f"Drain = counters × 40 × 3 ÷ {capacity.PUSHED_S} a second" in said
    assert f"the sheet takes {capacity.REQUESTS_A_CORE_S}" in said
    assert f"| {capacity.RECEIVED_KB} KB |" in said
    assert (capacity.CASES_A_DAY, capacity.EVENTS_A_CASE) == (40, 3)


def test_the_arithmetic_by_hand_for_two_thousand_counters() -> None:
    told = {name: cells[1] for name, cells in capacity.rows()}
    assert told["cases a day"] == "80,000"  # 2,000 x 40
    assert told["events pushed/s, mean"] == "8.3"  # 80,000 x 3 / 28,800
    assert told["events pushed/s, busiest hour"] == "33"
    assert told["attachments a day"] == "120 GB"  # 80,000 x 5 x 300 KB
    assert told["attachments a year"] == "30 TB"
    assert told["database a year"] == "400 GB"  # 80,000 x 250 x 20 KB


def test_a_station_looks_less_the_longer_nothing_moves() -> None:
    # Ten minutes of quiet: hardly more than a look every half minute, and never fewer than the cap allows.
    assert 600 / 30 <= capacity.polls(600) < 600 / 10
    assert capacity.polls(2) >= 2


def test_another_assumption_gives_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    before = capacity.sheet()
    monkeypatch.setattr(capacity, "CASES_A_DAY", 41)
    assert capacity.sheet() != before
