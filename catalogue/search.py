"""Items and bundles by name, alias, department, pinyin or initials, best first, among thousands at every keystroke.

The index is a few long texts, a line an offer, so that looking through them is one call of str.find and not a loop
over thousands of objects. It is made once for a release; a station only reads it.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, product
from typing import Any

from catalogue.model import Bundle, Catalogue, CityWide, Offer, ServiceItem, Text

MOST_HITS = 100  # nobody reads further: another letter is quicker
_LINE, _PART = "\n", "\x1f"  # every line begins with _LINE, every name in it with _PART
_MAX_INITIALS = (
    8  # readings of one name; above that the usual one and those with one character read otherwise
)
_MAX_PINYIN = 4


@dataclass(frozen=True, slots=True)
class Index:
    """One line an offer in each text, bundles first: how it is shown (JSON), its names, initials, pinyin, departments."""

    offers: str
    names: str
    initials: str
    pinyin: str
    departments: str


class Search:
    """Finds offers by what a clerk types."""

    def __init__(self, index: Index) -> None:
        self._offers = index.offers.split(_LINE)[1:]
        names, initials, pinyin, departments = map(
            _Column, (index.names, index.initials, index.pinyin, index.departments)
        )
        # Best first: what begins so, then what has it somewhere.
        self._ranks = (
            (names, _PART),
            (initials, _PART),
            (names, ""),
            (pinyin, _PART),
            (initials, ""),
            (pinyin, ""),
            (departments, ""),
        )
        self._names, self._initials = names, initials

    def find(self, text: str) -> list[Offer]:
        """Return at most MOST_HITS offers, best first; "" lists from the beginning, bundles first."""
        wanted = "".join(text.lower().split())
        if not wanted:
            return [self._offer(row) for row in range(min(MOST_HITS, len(self._offers)))]
        if _PART in wanted:
            return []
        rows: dict[int, None] = {}
        for column, before in self._ranks:
            for row in column.rows(before + wanted):
                rows[row] = None
                if len(rows) == MOST_HITS:
                    return [self._offer(found) for found in rows]
        return [self._offer(found) for found in rows or self._with_gaps(wanted)]

    def _with_gaps(self, wanted: str) -> list[int]:
        """Where nothing has the text in one piece: what has its characters in this order, as 老年卡 has of 老年人优待卡."""
        if len(wanted) < (3 if wanted.isascii() else 2):
            return []
        pattern = re.compile(f"[^{_LINE}{_PART}]*?".join(map(re.escape, wanted)))
        # Letters are looked for in initials alone: English names and whole pinyin have every letter somewhere.
        column = self._initials if wanted.isascii() else self._names
        return list(islice(dict.fromkeys(column.matches(pattern)), MOST_HITS))

    def _offer(self, row: int) -> Offer:
        found = json.loads(self._offers[row])
        return Offer(
            id=found["id"],
            is_bundle=found["bundle"],
            name=Text(*found["name"]),
            departments=tuple(Text(*name) for name in found["departments"]),
            members=tuple(Text(*name) for name in found["members"]),
            check_locally=found["locally"],
            effective_from=found["from"],
            effective_to=found["to"],
            # Not in the index of a release of before it was told.
            city_wide=CityWide(*wide) if (wide := found.get("wide")) else None,
        )


class _Column:
    """One text of the index, with where its lines begin."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._begins = [match.start() for match in re.finditer(_LINE, text)]

    def rows(self, wanted: str) -> Iterator[int]:
        """Give the number of each line that has the text, once, from the first."""
        at = self._text.find(wanted)
        while at >= 0:
            row = bisect_right(self._begins, at) - 1
            yield row
            if row + 1 == len(self._begins):
                return
            at = self._text.find(wanted, self._begins[row + 1])

    def matches(self, pattern: re.Pattern[str]) -> Iterator[int]:
        """Give the number of each line where the pattern, which stays within a line, is found, once."""
        found = pattern.search(self._text)
        while found:
            row = bisect_right(self._begins, found.start()) - 1
            yield row
            if row + 1 == len(self._begins):
                return
            found = pattern.search(self._text, self._begins[row + 1])


def make_index(catalogue: Catalogue) -> Index:
    """Make the index of a catalogue. Slow for thousands of items: pypinyin gives every reading of every name."""
    bundles = sorted(catalogue.bundles.values(), key=lambda one: (one.order, one.id))
    items = sorted(catalogue.items.values(), key=lambda one: one.id)
    offered: list[Bundle | ServiceItem] = [*bundles, *items]
    names = [_names(one) for one in offered]
    departments = [_departments(one, catalogue) for one in offered]
    # A name in Latin letters sounds as it is written: the names have it already.
    readings = [[_sounds(name) for name in each if not name.isascii()] for each in names]
    return Index(
        offers="".join(_LINE + _shown(one, catalogue) for one in offered),
        names=_lines((name.lower() for name in each) for each in names),
        initials=_lines(_unique(_initials(sounds) for sounds in each) for each in readings),
        pinyin=_lines(_unique(_pinyin(sounds) for sounds in each) for each in readings),
        departments=_lines(
            (text for name in each for text in (name.zh, name.en.lower())) for each in departments
        ),
    )


def _names(one: Bundle | ServiceItem) -> tuple[str, ...]:
    return tuple(name for name in (one.name.zh, one.name.en, *one.aliases) if name)


def _items(one: Bundle | ServiceItem, catalogue: Catalogue) -> list[ServiceItem]:
    """An item, or the members that a bundle cannot do without."""
    if isinstance(one, ServiceItem):
        return [one]
    return [catalogue.items[m.item] for m in one.members if not m.optional and m.when is None]


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _departments(one: Bundle | ServiceItem, catalogue: Catalogue) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(item.department_name for item in _items(one, catalogue)))


def _shown(one: Bundle | ServiceItem, catalogue: Catalogue) -> str:
    members = (
        [catalogue.items[m.item].name for m in one.members if m.preset] if isinstance(one, Bundle) else []
    )
    shown = {
        "id": one.id,
        "bundle": isinstance(one, Bundle),
        "name": [one.name.zh, one.name.en],
        "departments": [[name.zh, name.en] for name in _departments(one, catalogue)],
        "members": [[name.zh, name.en] for name in members],
        "locally": one.check_locally,
        "from": max((_iso(item.effective_from) for item in _items(one, catalogue)), default=""),
        "to": min((day for item in _items(one, catalogue) if (day := _iso(item.effective_to))), default=""),
    }
    if isinstance(one, ServiceItem) and one.city_wide is not None:
        shown["wide"] = [one.city_wide.scope, one.city_wide.mode]
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def _lines(offered: Iterable[Iterable[str]]) -> str:
    """Join a line an offer. What is typed has no blanks, so what is looked through has none either."""
    return "".join(
        _LINE + "".join(_PART + "".join(part.split()) for part in parts if part) for parts in offered
    )


def _unique(several: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(text for texts in several for text in texts))


def initials(name: str) -> str:
    """Return what a clerk types for a name: the first letter of each sound, in the usual reading."""
    return "".join(options[0][0] for options in _sounds(name))


def _initials(sounds: list[tuple[str, ...]]) -> list[str]:
    letters = [tuple(dict.fromkeys(sound[0] for sound in options if sound)) for options in sounds]
    return _readings(letters, _MAX_INITIALS)


def _pinyin(sounds: list[tuple[str, ...]]) -> list[str]:
    return _readings(sounds, _MAX_PINYIN)


def _readings(options: list[tuple[str, ...]], most: int) -> list[str]:
    """Give every reading; of a name with too many, the usual one and those that differ from it in one character."""
    options = [each for each in options if each]
    count = 1
    for each in options:
        count *= len(each)
    if count <= most:
        return ["".join(reading) for reading in product(*options)]
    usual = [each[0] for each in options]
    single = (
        "".join([*usual[:at], other, *usual[at + 1 :]])
        for at, each in enumerate(options)
        for other in each[1:]
    )
    return ["".join(usual), *islice(single, most)]


def _sounds(name: str) -> list[tuple[str, ...]]:
    """Give the readings of each character, the usual one of the phrase first (ergonomics.md: it is often wrong)."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - 40 ms of tables; only who makes an index needs them

    def plain(
        rest: str,
    ) -> Any:  # What is not Chinese is its own sound; the stub says text, the code takes lists.
        return [[c.lower()] for c in rest if c.isalnum()]

    usual: Any = pinyin(name, style=Style.NORMAL, errors=plain)
    # Character by character, for in a word pypinyin gives the reading of the word alone.
    every: Any = pinyin(list(name), style=Style.NORMAL, heteronym=True, errors=plain)
    return [
        tuple(dict.fromkeys([first[0], *rest])) for first, rest in zip(usual, every, strict=True) if first
    ]
