"""A release: the same catalogue in one file, opened in parts, the same bytes every time; and a search among thousands."""

from __future__ import annotations

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.broken import CatalogueBroken
from catalogue.load import Sources, build, read_sources
from catalogue.model import Bundle, ServiceItem
from catalogue.release import make_release, open_release
from catalogue.search import MOST_HITS, Search, initials, make_index
from catalogue.synthetic import CENTRAL, ITEMS, MUNICIPAL, synthetic
from workstation import resources

SOURCES = read_sources(resources.catalogue_dir())
CATALOGUE = build(SOURCES)
RELEASE = make_release(SOURCES)


@pytest.fixture(scope="module")
def city() -> Sources:
    return synthetic(SOURCES)


def test_a_release_holds_the_same_catalogue() -> None:
    opened, index = open_release(RELEASE)
    assert dict(opened.items) == dict(CATALOGUE.items)
    assert (opened.elements, opened.sections, opened.code_lists, opened.bundles, opened.version) == (
        CATALOGUE.elements,
        CATALOGUE.sections,
        CATALOGUE.code_lists,
        CATALOGUE.bundles,
        CATALOGUE.version,
    )
    assert index == make_index(CATALOGUE)


def test_the_same_catalogue_gives_the_same_bytes() -> None:
    assert make_release(read_sources(resources.catalogue_dir())) == RELEASE


def test_an_item_that_is_not_there_is_no_item() -> None:
    opened, _ = open_release(RELEASE)
    assert "nobody" not in opened.items
    with pytest.raises(KeyError):
        opened.items["nobody"]


def test_items_may_be_asked_from_several_threads(tmp_path: Path) -> None:
    file = tmp_path / "release.zip"
    file.write_bytes(RELEASE)
    opened, _ = open_release(file)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(opened.items.__getitem__, sorted(opened.items) * 20))
    assert {one.id for one in found} == set(CATALOGUE.items)


@pytest.mark.parametrize("torn", [b"", b"PK", RELEASE[:-200], RELEASE[: len(RELEASE) // 2], b"\x00" * 5000])
def test_a_torn_release_is_refused(torn: bytes) -> None:
    with pytest.raises(CatalogueBroken):
        open_release(torn)


def test_a_release_of_another_format_is_refused() -> None:
    with pytest.raises(CatalogueBroken, match="format"):
        open_release(_with(**{"lists.json": {"format": 99}}))


@pytest.mark.parametrize("missing", ["lists.json", "index.json"])
def test_a_release_without_a_part_is_refused(missing: str) -> None:
    with pytest.raises(CatalogueBroken):
        open_release(_with(**{missing: None}))


def test_an_item_whose_part_is_missing_is_told_when_it_is_wanted() -> None:
    opened, _ = open_release(_with(**{"items/public_security.json": None}))
    with pytest.raises(CatalogueBroken):
        opened.items["birth-registration"]


def _with(**changed: object) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(RELEASE)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            if changed.get(name, "") is None:
                continue
            new.writestr(name, json.dumps(changed[name]) if name in changed else old.read(name))
    return made.getvalue()


# -- thousands -------------------------------------------------------------------------------------------
def test_a_city_has_8033_distinct_items_of_52_bodies(city: Sources) -> None:
    built = build(city)
    assert len(built.items) == ITEMS == 8033
    assert len({item.name.zh for item in built.items.values()}) == ITEMS
    bodies = {item.department for item in built.items.values() if item.department.startswith("body")}
    assert len(bodies) == MUNICIPAL + CENTRAL == 52
    assert synthetic(SOURCES).items == city.items


def test_three_keys_find_each_real_offer_among_the_8033(city: Sources) -> None:
    """First letters of a name or of what people call it: the offer is among the eight that a screen shows first."""
    catalogue = build(city)
    search = Search(make_index(catalogue))
    shipped = [catalogue.items[raw["id"]] for raw in SOURCES.items.values()]
    offers: list[Bundle | ServiceItem] = [*catalogue.bundles.values(), *shipped]
    assert search.find("xsr")[0].id == "newborn"
    assert len(search.find("")) == len(search.find("a")) == MOST_HITS
    lost = [
        offer.id
        for offer in offers
        if not any(
            offer.id in [hit.id for hit in search.find(initials(name)[:3])[:8]]
            for name in (offer.name.zh, *offer.aliases)
        )
    ]
    assert lost == []


def _in_order(wanted: str, text: str) -> bool:
    rest = iter(text)
    return all(character in rest for character in wanted)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='xsrabyz新生儿证 \n\x1f\\"', max_size=8))
def test_the_search_agrees_with_a_plain_look_at_every_offer(typed: str) -> None:
    """The floor of the fast way: what it finds is just what has the text somewhere."""
    index = make_index(CATALOGUE)
    wanted = "".join(typed.lower().split())
    columns = (index.names, index.initials, index.pinyin, index.departments)
    rows = [column.split("\n")[1:] for column in columns]
    expected = {
        n for column in rows for n, line in enumerate(column) if wanted in line and "\x1f" not in wanted
    }
    offers = [json.loads(line)["id"] for line in index.offers.split("\n")[1:]]
    found = [offer.id for offer in Search(index).find(typed)]
    assert len(found) == len(set(found))
    if expected or len(wanted) < 2:
        assert set(found) == {offers[n] for n in expected}
    else:  # then what has the characters in this order, with others between
        lines = {offers[n]: f"{rows[0][n]}\n{rows[1][n]}" for n in range(len(offers))}
        assert all(_in_order(wanted, lines[offer]) for offer in found)


def test_a_character_is_found_in_any_of_its_readings() -> None:
    search = Search(make_index(build(SOURCES)))
    # 长 is cháng in 长寿 and zhǎng elsewhere: both find the longevity allowance.
    for typed in ("cs", "changshou", "zs", "zhangshou"):
        assert "longevity-allowance" in [offer.id for offer in search.find(typed)], typed


def _with_part(name: str, content: bytes, *, twice: bool = False) -> bytes:
    """Return the release with another part, or with one more of that name."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(RELEASE)) as whole, zipfile.ZipFile(made, "w") as archive:
        for part in whole.namelist():
            if part != name or twice:
                archive.writestr(part, whole.read(part))
        archive.writestr(name, content)
    return made.getvalue()


def _read(release: bytes) -> None:
    opened, index = open_release(release)
    Search(index).find("x")
    for item in opened.items:
        opened.items[item]


DEEP = b"[" * 100_000 + b"]" * 100_000
INDEX_OF_NUMBERS = json.dumps(dict.fromkeys(("offers", "names", "initials", "pinyin", "departments"), 1))


@pytest.mark.parametrize("content", [DEEP, b"[]", b"null", b"5", b'"abc"', b"{", b"\xff"])
@pytest.mark.parametrize("name", ["lists.json", "index.json", "items/civil_affairs.json"])
def test_a_release_with_a_hostile_part_is_broken(name: str, content: bytes) -> None:
    with pytest.raises(CatalogueBroken):
        _read(_with_part(name, content))


def test_an_index_without_texts_is_broken() -> None:
    with pytest.raises(CatalogueBroken, match="texts"):
        open_release(_with_part("index.json", INDEX_OF_NUMBERS.encode()))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_release_with_a_part_twice_is_broken() -> None:
    with pytest.raises(CatalogueBroken, match="twice"):
        open_release(_with_part("index.json", b"{}", twice=True))


def test_an_item_under_another_ones_name_is_broken() -> None:
    with zipfile.ZipFile(io.BytesIO(RELEASE)) as whole:
        items = json.loads(whole.read("items/civil_affairs.json"))
    first, second = sorted(items)[:2]
    items[first] = items[second]
    opened, _ = open_release(_with_part("items/civil_affairs.json", json.dumps(items).encode()))
    with pytest.raises(CatalogueBroken, match=second):
        opened.items[first]


@pytest.mark.parametrize("where", [b"[1]", b"null", b'{"newborn": 5}'])
def test_items_that_stand_nowhere_are_broken(where: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(RELEASE)) as whole:
        lists = json.loads(whole.read("lists.json"))
    lists["items"] = json.loads(where)
    with pytest.raises(CatalogueBroken):
        _read(_with_part("lists.json", json.dumps(lists).encode()))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(RELEASE) - 1), st.integers(1, 255))
def test_a_release_with_any_byte_changed_is_whole_or_broken(at: int, flip: int) -> None:
    try:
        _read(RELEASE[:at] + bytes((RELEASE[at] ^ flip,)) + RELEASE[at + 1 :])
    except CatalogueBroken:
        return


def test_who_walks_over_all_items_reads_each_department_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    plain = zipfile.ZipFile.read

    def noted(archive: zipfile.ZipFile, name: str, pwd: bytes | None = None) -> bytes:
        read.append(name)
        return plain(archive, name, pwd)

    monkeypatch.setattr(zipfile.ZipFile, "read", noted)
    opened, _ = open_release(RELEASE)
    assert len(list(opened.items.values())) == len(CATALOGUE.items)
    assert len(read) == len(set(read))
