"""A file of an author as mappings that know where they stand; what is no plain, bounded YAML is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from catalogue.broken import CatalogueBroken
from catalogue.model import Text

Raw = dict[str, Any]  # a mapping as authors write it
MAX_FILE_BYTES = 2_000_000
MAX_DEPTH = 40  # of lists and mappings in each other; a question tree of eight steps has twenty
E_ = TypeVar("E_", bound=StrEnum)


def read_yaml(path: Path) -> Raw:
    """Read a file; anchors and aliases are refused, because they can blow up (YAML bomb)."""
    import yaml  # noqa: PLC0415 - 20 ms that the first paint must not pay

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise CatalogueBroken(_named(path), "1", f"is larger than {MAX_FILE_BYTES} bytes")
        text = path.read_text(encoding="utf-8")
        _look_through(yaml.parse(text, Loader=loader), path)
        raw = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader is chosen above
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else "?"
        raise CatalogueBroken(_named(path), line, str(getattr(error, "problem", error))) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueBroken(_named(path), "-", f"cannot be read: {type(error).__name__}") from error
    return Node(_named(path), "top", raw).raw


def _look_through(events: Iterable[Any], path: Path) -> None:
    """Refuse what a reader would blow up on or silently lose: aliases, depth without end, the same key twice."""
    import yaml  # noqa: PLC0415 - see read_yaml

    open_maps: list[_Keys | None] = []  # None for a list
    for event in events:
        at = f"line {event.start_mark.line + 1}" if event.start_mark else "?"
        if isinstance(event, yaml.AliasEvent):
            raise CatalogueBroken(_named(path), at, "aliases are not allowed")
        if isinstance(event, yaml.CollectionEndEvent):
            open_maps.pop()
            continue
        here = open_maps[-1] if open_maps else None
        if isinstance(event, yaml.NodeEvent) and here is not None and here.next_is_key():
            key = event.value if isinstance(event, yaml.ScalarEvent) else at
            if key in here.seen:
                raise CatalogueBroken(_named(path), at, f"{key} stands twice here")
            here.seen.add(key)
        if isinstance(event, yaml.CollectionStartEvent):
            open_maps.append(_Keys() if isinstance(event, yaml.MappingStartEvent) else None)
            if len(open_maps) > MAX_DEPTH:
                raise CatalogueBroken(_named(path), at, f"is nested deeper than {MAX_DEPTH}")


class _Keys:
    """The keys of a mapping that is being read: every second node of it is one."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self._nodes = 0

    def next_is_key(self) -> bool:
        self._nodes += 1
        return self._nodes % 2 == 1


def _named(path: Path) -> str:
    """Items and bundles are named with their folder, so that two files of one name stay apart."""
    return f"{path.parent.name}/{path.name}" if path.parent.name in ("items", "bundles") else path.name


class Node:
    """A mapping of a file that knows where it stands, so that every fault can say so."""

    def __init__(self, file: str, place: str, raw: object) -> None:
        if not isinstance(raw, dict) or not all(isinstance(key, str) for key in raw):
            raise CatalogueBroken(file, place, "must be a mapping with names as keys")
        self.file, self.place = file, place
        self._raw: dict[str, Any] = raw

    @property
    def raw(self) -> Raw:
        """The mapping itself."""
        return self._raw

    def broken(self, key: str, cause: str) -> CatalogueBroken:
        """Return the fault of a key of this mapping."""
        return CatalogueBroken(self.file, f"{self.place}.{key}", cause)

    def only(self, *known: str) -> None:
        """Refuse keys that nobody reads: most are typing mistakes."""
        for key in self._raw:
            if key not in known:
                raise self.broken(key, f"is not known here; known: {', '.join(known)}")

    def has(self, key: str) -> bool:
        """Say whether the key is there and not empty."""
        return self._raw.get(key) is not None

    def text(self, key: str, default: str | None = None) -> str:
        """Read a text. Raises CatalogueBroken, as all that follow."""
        value = self._raw.get(key, default)
        if not isinstance(value, str) or (not value and default is None):
            raise self.broken(key, 'must be a text (put codes in quotes: "01")')
        return value

    def number(self, key: str, default: int | None = None) -> int:
        """Read a whole number."""
        value = self._raw.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.broken(key, "must be a whole number")
        return value

    def flag(self, key: str, default: bool) -> bool:
        """Read true or false."""
        value = self._raw.get(key, default)
        if not isinstance(value, bool):
            raise self.broken(key, "must be true or false")
        return value

    def maybe(self, key: str) -> str | None:
        """Read a text that may be absent."""
        return self.text(key) if self.has(key) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts; absent is empty."""
        value = self._raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.broken(key, "must be a list of texts")
        return tuple(value)

    def both(self, key: str) -> Text:
        """Read {zh, en}."""
        node = self.child(key)
        node.only("zh", "en")
        return Text(node.text("zh"), node.text("en"))

    def mapping(self, key: str) -> Mapping[str, str]:
        """Read a mapping of names to texts; absent is empty."""
        value = self._raw.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise self.broken(key, "must map names to texts")
        return value

    def day(self, key: str) -> date | None:
        """Read an ISO date, which YAML may have made a date of."""
        value = self._raw.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.broken(key, "must be a date like 2026-01-01") from None

    def child(self, key: str) -> Node:
        """Read a mapping that must be there."""
        return Node(self.file, f"{self.place}.{key}", self._raw.get(key))

    def each(self, key: str) -> list[Node]:
        """Read a list of mappings; absent is empty."""
        value = self._raw.get(key, [])
        if not isinstance(value, list):
            raise self.broken(key, "must be a list")
        return [Node(self.file, f"{self.place}.{key}[{i}]", entry) for i, entry in enumerate(value)]

    def choice(self, key: str, kind: type[E_], default: E_ | None = None) -> E_:
        """Read one word of an enumeration."""
        text = self.text(key, default.value if default else None)
        try:
            return kind(text)
        except ValueError:
            raise self.broken(key, f"must be one of {', '.join(kind)}") from None
