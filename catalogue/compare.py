"""What is different between two catalogues: a value for each difference, and an author's words for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from catalogue.model import Bundle, Catalogue, Limit, ServiceItem

T = TypeVar("T")
_LIMITS = ("promised", "legal", "correction", "retention")
_PLAIN = (
    "name",
    "department",
    "level",
    "offline",
    "locker_originals",
    "risk",
    "proxy",
    "effective_from",
    "effective_to",
    "conditions",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came (+), went (-) or changed (~). `what` is field, paper, check, scenario, member or the name of an
    attribute; `name` says which one; `before` and `after` are there for attributes."""

    sign: str
    what: str
    name: str = ""
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        if self.name:
            return f"{self.sign} {self.what} {self.name}"
        return f"{self.what}: {self.before} -> {self.after}"


def differences(old: Catalogue, new: Catalogue) -> Iterator[str]:
    """Give a line for each difference: items and bundles that came or went, and what changed inside of one."""
    yield from _came_and_went("bundle", old.bundles, new.bundles)
    yield from _came_and_went("item", old.items, new.items)
    for name in sorted(old.bundles.keys() & new.bundles.keys()):
        yield from (f"bundle {name}: {each}" for each in _bundle(old.bundles[name], new.bundles[name]))
    for name in sorted(old.items.keys() & new.items.keys()):
        yield from (f"item {name}: {each}" for each in changes(old.items[name], new.items[name]))


def changes(old: ServiceItem, new: ServiceItem) -> Iterator[Difference]:
    """Give each thing that changed in an item."""
    yield from _sets("field", {f.element: f for f in old.fields}, {f.element: f for f in new.fields})
    yield from _sets("paper", {m.id: m for m in old.materials}, {m.id: m for m in new.materials})
    yield from _sets("check", {v.id: v for v in old.verifications}, {v.id: v for v in new.verifications})
    yield from _sets("scenario", {s.id: s for s in old.scenarios}, {s.id: s for s in new.scenarios})
    for what in _LIMITS:
        before, after = getattr(old, what), getattr(new, what)
        if before != after:
            yield Difference("~", what, before=_limit(before), after=_limit(after))
    for what in _PLAIN:
        was, now = getattr(old, what), getattr(new, what)
        if was != now:
            yield Difference("~", what, before=_plain(was), after=_plain(now))


def _bundle(old: Bundle, new: Bundle) -> Iterator[Difference]:
    yield from _sets("member", {m.item: m for m in old.members}, {m.item: m for m in new.members})


def _came_and_went(what: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    yield from (f"{what} {name}: new" for name in sorted(new.keys() - old.keys()))
    yield from (f"{what} {name}: gone" for name in sorted(old.keys() - new.keys()))


def _sets(what: str, old: Mapping[str, T], new: Mapping[str, T]) -> Iterator[Difference]:
    yield from (Difference("+", what, name) for name in new if name not in old)
    yield from (Difference("-", what, name) for name in old if name not in new)
    yield from (Difference("~", what, name) for name in old if name in new and old[name] != new[name])


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return f"{len(value)}"
    return str(getattr(value, "zh", value))


def _limit(limit: Limit | None) -> str:
    return f"{limit.n} {limit.unit}" if limit is not None else "none"
