"""What is different between two catalogues, in an author's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from catalogue.model import Bundle, Catalogue, Limit, ServiceItem

T = TypeVar("T")


def differences(old: Catalogue, new: Catalogue) -> Iterator[str]:
    """Give a line for each difference: items and bundles that came or went, and what changed inside of one."""
    yield from _came_and_went("bundle", old.bundles, new.bundles)
    yield from _came_and_went("item", old.items, new.items)
    for name in sorted(old.bundles.keys() & new.bundles.keys()):
        yield from _bundle(old.bundles[name], new.bundles[name])
    for name in sorted(old.items.keys() & new.items.keys()):
        yield from (f"item {name}: {line}" for line in changes(old.items[name], new.items[name]))


def changes(old: ServiceItem, new: ServiceItem) -> Iterator[str]:
    """Give a line for each thing that changed in an item."""
    yield from _sets("field", {f.element: f for f in old.fields}, {f.element: f for f in new.fields})
    yield from _sets("paper", {m.id: m for m in old.materials}, {m.id: m for m in new.materials})
    yield from _sets("check", {v.id: v for v in old.verifications}, {v.id: v for v in new.verifications})
    yield from _sets("scenario", {s.id: s for s in old.scenarios}, {s.id: s for s in new.scenarios})
    for what, before, after in (
        ("promised", old.promised, new.promised),
        ("legal", old.legal, new.legal),
        ("correction", old.correction, new.correction),
    ):
        if before != after:
            yield f"{what}: {_limit(before)} -> {_limit(after)}"
    for what in ("name", "department", "level", "offline", "proxy", "effective_from", "effective_to"):
        before, after = getattr(old, what), getattr(new, what)
        if before != after:
            yield f"{what}: {getattr(before, 'zh', before)} -> {getattr(after, 'zh', after)}"
    if old.conditions != new.conditions:
        yield "conditions changed"


def _bundle(old: Bundle, new: Bundle) -> Iterator[str]:
    before, after = {m.item: m for m in old.members}, {m.item: m for m in new.members}
    yield from (f"bundle {old.id}: {line}" for line in _sets("member", before, after))


def _came_and_went(what: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    yield from (f"{what} {name}: new" for name in sorted(new.keys() - old.keys()))
    yield from (f"{what} {name}: gone" for name in sorted(old.keys() - new.keys()))


def _sets(what: str, old: Mapping[str, T], new: Mapping[str, T]) -> Iterator[str]:
    yield from (f"+ {what} {name}" for name in new if name not in old)
    yield from (f"- {what} {name}" for name in old if name not in new)
    yield from (f"~ {what} {name}" for name in old if name in new and old[name] != new[name])


def _limit(limit: Limit | None) -> str:
    return f"{limit.n} {limit.unit}" if limit is not None else "none"
