"""Search: what the index of the store finds is what a plain scan by the same rules finds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.cases import a_case
from wire.messages import Party
from workstation.domain.case import Case
from workstation.domain.finding import FindBy, Wanted, matches, terms, tidy, wanted
from workstation.storage import terms as index
from workstation.storage.database import Store, open_store
from workstation.storage.terms import Terms

KEY = bytes(range(32))
NAMES = st.text("王三曾单欧阳·・ ab\U00020000\U0002f800ｗＷ", min_size=1, max_size=7)
IDS = st.text("0129X", min_size=6, max_size=6).map(lambda tail: "440100189901" + tail)


def named(n: int, name: str, id_no: str = "44010018990101002X", project: str | None = None) -> Case:
    return replace(a_case(n), applicant=Party(name, "111", id_no), project_no=project)


@pytest.fixture(autouse=True)
def small_books(monkeypatch: pytest.MonkeyPatch) -> None:
    """Books of four places, of which one is asked first: every property below crosses some."""
    monkeypatch.setattr(index, "BOOK", 4)
    monkeypatch.setattr(index, "NEWEST", 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "live" / "station.db", KEY)) as opened:
        yield opened


def put(store: Store, *cases: Case) -> None:
    with store.unit() as unit:
        for case in cases:
            unit.cases.add(case)
        while unit.cases.make_findable(3):
            pass
        unit.commit()


def found(store: Store, typed: str, limit: int = 50) -> list[str]:
    looked_for = wanted(typed)
    assert looked_for is not None
    with store.unit() as unit:
        return [case.id for case in unit.cases.find(looked_for, limit, limit).cases]


@pytest.mark.parametrize(
    ("typed", "by", "text"),
    [
        ("王三", FindBy.NAME, "王三"),
        (" 买买提·阿 ", FindBy.NAME, "买买提阿"),
        ("\U00020000\U00020001", FindBy.NAME, "\U00020000\U00020001"),
        ("wｓ", FindBy.INITIALS, "ws"),
        ("００２x", FindBy.NUMBER, "002X"),
        ("002Ｘ", FindBy.NUMBER, "002X"),
        ("4401-0426", FindBy.NUMBER, "44010426"),
    ],
)
def test_what_is_typed_is_read_in_whatever_width_and_case(typed: str, by: FindBy, text: str) -> None:
    assert wanted(typed) == Wanted(by, text)


@pytest.mark.parametrize("typed", ["", "王", "w", "02X", "·", " 王 "])
def test_too_little_looks_for_nobody(typed: str) -> None:
    assert wanted(typed) is None


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("王三", "王三"),
        ("欧阳王三", "阳王"),
        ("买买提·阿不都", "提阿"),
        ("曾三", "cs"),
        ("曾三", "zs"),
        ("单王三", "sw"),
        ("\U00020000王", "\U00020000王"),
        ("\U0002f800三", "\u4e3d三"),  # a compatibility form and the character it stands for
        ("JOHN SMITH", "john"),
    ],
)
def test_a_name_is_found_by_part_and_initials(store: Store, name: str, typed: str) -> None:
    put(store, named(1, name), named(2, "李四"))
    assert found(store, typed) == ["case-0001"]


@pytest.mark.parametrize("typed", ["002X", "1002x", "01002X", "44010018990101002X", "00001X7"])
def test_a_case_is_found_by_the_end_of_a_number(store: Store, typed: str) -> None:
    put(store, named(1, "王三", project="4401042611230000001X7"), named(2, "李四", "440100189901010030"))
    assert found(store, typed) == ["case-0001"]


def test_a_case_number_is_found_by_its_day_and_by_any_end(store: Store) -> None:
    put(store, *(named(n, "王三") for n in range(1, 12)))
    number = a_case(7).receipt_no
    for typed in (number, number[-4:], number[-7:], number[-9:], number[-13:]):
        assert found(store, typed) == ["case-0007"], typed
    assert found(store, number[:12]) == [f"case-{n:04d}" for n in range(11, 0, -1)]
    assert found(store, number[:12], 3) == ["case-0011", "case-0010", "case-0009"]


@settings(max_examples=60, deadline=None)
@given(
    people=st.lists(st.tuples(NAMES, IDS), min_size=1, max_size=14),
    typed=st.one_of(
        NAMES, st.text("wsczoyd", min_size=2, max_size=4), st.text("0129X", min_size=4, max_size=6)
    ),
    limit=st.integers(1, 5),
)
def test_the_index_finds_what_a_plain_scan_finds(
    tmp_path_factory: pytest.TempPathFactory, people: list[tuple[str, str]], typed: str, limit: int
) -> None:
    looked_for = wanted(typed)
    if looked_for is None:
        return
    cases = [named(n, name, number) for n, (name, number) in enumerate(people, 1)]
    folder = tmp_path_factory.mktemp("find")
    with closing(open_store(folder / "station.db", KEY)) as store:
        put(store, *cases)
        plain = [case.id for case in reversed(cases) if matches(case, looked_for)]
        assert found(store, typed, limit) == plain[:limit]
    shutil.rmtree(folder)


def test_a_number_of_the_hall_is_found_once_it_came(store: Store) -> None:
    case = named(1, "王三")
    put(store, case, named(2, "李四"))
    with store.unit() as unit:
        unit.cases.save(replace(case, project_no="P440104260000017"))
        assert unit.cases.make_findable(9) == 0
        unit.commit()
    assert found(store, "0017") == ["case-0001"]
    assert found(store, "260000017") == ["case-0001"]


def test_a_name_that_was_changed_is_not_found_any_more(store: Store) -> None:
    put(store, named(1, "王三"))
    with store.unit() as unit:
        unit.cases.save(named(1, "王四"))
        unit.cases.make_findable(9)
        unit.commit()
    assert (found(store, "王三"), found(store, "王四")) == ([], ["case-0001"])


def test_what_is_not_written_down_is_counted_and_the_newest_comes_first(store: Store) -> None:
    with store.unit() as unit:
        for n in range(1, 11):
            unit.cases.add(named(n, "王三"))
        assert unit.cases.make_findable(3) == 7
        unit.commit()
    assert found(store, "王三") == ["case-0010", "case-0009", "case-0008"]


def test_after_a_purge_nobody_finds_the_case_and_all_others_are_found_again(store: Store) -> None:
    put(store, *(named(n, "王三") for n in range(1, 11)))
    with store.unit() as unit:
        unit.purges.purge("case-0006")
        assert 0 < unit.cases.make_findable(1) <= 4
        assert unit.cases.hidden() == 0  # the old book is read until the new one is written
        looked_for = wanted("王三")
        assert looked_for is not None
        assert len(unit.cases.find(looked_for, 50, 50).cases) == 9
        while unit.cases.make_findable(2):
            pass
        unit.commit()
    assert found(store, "王三") == [f"case-{n:04d}" for n in (10, 9, 8, 7, 5, 4, 3, 2, 1)]
    with store._engine.connect() as db:
        assert db.exec_driver_sql("SELECT COUNT(*) FROM term_books WHERE state > 0").scalar() == 0


def guessed(folder: Path, name: str) -> int:
    """How many rows somebody with the store's key and today's key file recognises a name by, in a copy of the pages."""
    with closing(open_store(folder / "station.db", KEY)) as copy, copy.unit() as unit:
        tried: Terms = unit.cases._terms  # type: ignore[attr-defined]
        rows = 0
        for book in tried._books(0, 1):
            owner = f"search/{book.id}"
            key = tried._seals.key_for_search(owner)
            said = [index._hashed(key, term) for term in terms(named(1, name)) if term[0] == "n"]
            marks = ",".join("?" * len(said))
            query = f"SELECT COUNT(*) FROM case_terms WHERE book = ? AND term IN ({marks})"
            rows += tried._raw.execute(query, (book.id, *said)).fetchone()[0]
    return rows


def test_an_old_copy_of_the_pages_tells_no_name_of_a_purged_case(store: Store, tmp_path: Path) -> None:
    put(store, *(named(n, "金丝雀" if n == 2 else "王三") for n in range(1, 6)))
    live = tmp_path / "live"
    backup, control = (Path(shutil.copytree(live, tmp_path / name)) for name in ("backup", "control"))
    assert guessed(control, "金丝雀") == 3  # the control: with the keys of its day the copy tells
    with store.unit() as unit:
        unit.purges.purge("case-0002")
        unit.commit()
    store.scrub()
    shutil.copyfile(live / "station.keys", control / "station.keys")
    assert (
        guessed(control, "金丝雀") == 3
    )  # the control: the key is there as long as the book is not written anew
    with store.unit() as unit:
        while unit.cases.make_findable(2):
            pass
        unit.commit()
    store.scrub()
    shutil.copyfile(live / "station.keys", backup / "station.keys")
    assert guessed(backup, "金丝雀") == 0


def test_a_copy_put_back_with_todays_keys_makes_its_index_anew(store: Store, tmp_path: Path) -> None:
    put(store, *(named(n, "王三") for n in range(1, 6)))
    backup = Path(shutil.copytree(tmp_path / "live", tmp_path / "backup"))
    with store.unit() as unit:
        unit.purges.purge("case-0002")
        unit.purges.purge("case-0001")
        while unit.cases.make_findable(2):
            pass
        unit.commit()
    store.scrub()
    shutil.copyfile(tmp_path / "live" / "station.keys", backup / "station.keys")
    with closing(open_store(backup / "station.db", KEY)) as copy:
        with copy.unit() as unit:
            assert unit.cases.make_findable(99) == 0
            unit.commit()
        assert found(copy, "王三") == ["case-0005", "case-0004", "case-0003"]


def test_the_rules_hold_no_blank_and_no_dot() -> None:
    assert tidy("Ｊｏｈｎ o'Neil ·・•‧ 三 ") == "JOHNONEIL三"
