"""Items and bundles by name, alias, department, pinyin or initials, best first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from catalogue.model import Bundle, Catalogue, ServiceItem

_MAX_READINGS = 32  # of one name; a name with more polyphones is found by its characters


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    is_bundle: bool
    names: tuple[str, ...]  # lower case, as written
    initials: tuple[str, ...]
    pinyin: tuple[str, ...]
    department: str


class Search:
    """An index over a catalogue, made on the first search (pypinyin loads 40 ms of tables)."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._entries: tuple[_Entry, ...] | None = None

    def find(self, text: str) -> list[str]:
        """Return ids of bundles and items, best first; "" lists all, bundles first."""
        if self._entries is None:
            self._entries = _index(self._catalogue)
        wanted = text.strip().lower().replace(" ", "")
        if not wanted:
            return [entry.id for entry in self._entries]
        ranked = [
            (rank, not e.is_bundle, e.id) for e in self._entries if (rank := _rank(e, wanted)) is not None
        ]
        return [found for _, _, found in sorted(ranked)]


def _rank(entry: _Entry, wanted: str) -> int | None:
    places = (
        any(name.startswith(wanted) for name in entry.names),
        any(letters.startswith(wanted) for letters in entry.initials),
        any(wanted in name for name in entry.names),
        any(sound.startswith(wanted) for sound in entry.pinyin),
        any(wanted in letters for letters in entry.initials),
        any(wanted in sound for sound in entry.pinyin),
        wanted in entry.department,
    )
    return next((rank for rank, hit in enumerate(places) if hit), None)


def _index(catalogue: Catalogue) -> tuple[_Entry, ...]:
    offered: list[Bundle | ServiceItem] = [*catalogue.bundles.values(), *catalogue.items.values()]
    return tuple(_entry(one) for one in offered)


def _entry(one: Bundle | ServiceItem) -> _Entry:
    names = (one.name.zh, one.name.en, *one.aliases)
    readings = [reading for name in names for reading in _readings(name)]
    return _Entry(
        id=one.id,
        is_bundle=isinstance(one, Bundle),
        names=tuple(name.lower() for name in names if name),
        initials=tuple(dict.fromkeys("".join(s[0] for s in reading if s) for reading in readings)),
        pinyin=tuple(dict.fromkeys("".join(reading) for reading in readings)),
        department=one.department_name.zh if isinstance(one, ServiceItem) else "",
    )


def _readings(name: str) -> list[tuple[str, ...]]:
    """All readings of a name, polyphones included: the default reading is often wrong (ergonomics.md)."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - see Search

    def plain(
        rest: str,
    ) -> Any:  # What is not Chinese is its own sound; the stub says text, the code takes lists.
        return [[c.lower()] for c in rest if c.isalnum()]

    sounds: Any = pinyin(name, style=Style.NORMAL, heteronym=True, errors=plain)
    return list(islice(product(*(tuple(dict.fromkeys(options)) for options in sounds)), _MAX_READINGS))
