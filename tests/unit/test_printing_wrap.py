"""Lines break where Chinese print breaks them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workstation.printing.wrap import wrap


def cells(text: str) -> float:
    """Chinese characters are two wide, others one."""
    return sum(2 if ord(c) > 0x2E80 else 1 for c in text)


def test_a_full_stop_never_begins_a_line() -> None:
    assert wrap("一二三四。五", 8, cells) == ["一二三", "四。五"]


def test_an_opening_bracket_never_ends_a_line() -> None:
    assert wrap("一二三（四）", 8, cells) == ["一二三", "（四）"]


def test_a_number_stays_whole_where_it_can() -> None:
    assert wrap("编号EV-2026-1", 10, cells) == ["编号", "EV-2026-1"]


def test_a_number_wider_than_the_line_is_parted() -> None:
    assert wrap("0123456789", 4, cells) == ["0123", "4567", "89"]


def test_line_feeds_of_a_department_are_kept() -> None:
    assert wrap("一\r\n二\n\n三", 8, cells) == ["一", "二", "", "三"]


def test_nothing_is_one_empty_line() -> None:
    assert wrap("", 8, cells) == [""]


@given(st.text(alphabet="测试，。（）《》ab1 -·._/", max_size=60), st.integers(min_value=2, max_value=20))
def test_no_character_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width, cells)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cells(line) <= width for line in lines)
