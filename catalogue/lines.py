"""On which line of an author's file a fault stands: looked up only once there is one, so that reading stays quick."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from catalogue.broken import CatalogueBroken

_NAMES = ("id", "element", "key", "item", "code")  # what an entry of a list is called by
_INDEX = re.compile(r"\[(\d+)\]")
_SAID = re.compile(r"line (\d+)")


def located(folder: Path, broken: CatalogueBroken) -> CatalogueBroken:
    """Return the same fault with file and line, as far as the folder has them."""
    path = _file(folder, broken.file)
    if broken.line or path is None:
        return broken
    said = _SAID.fullmatch(broken.place)
    line = int(said[1]) if said else line_of(path, broken.place)
    return CatalogueBroken(path.relative_to(folder).as_posix(), broken.place, broken.cause, line)


def line_of(path: Path, place: str) -> int:
    """Return the line (from 1) of a place like `fields.child.name.when` or `$.materials[0].mode`; of the nearest thing
    around it when it is not there, 0 when the file is no YAML."""
    import yaml  # noqa: PLC0415 - wanted only when something is wrong

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=loader)
    except (yaml.YAMLError, OSError, UnicodeDecodeError, RecursionError):
        return 0
    return _walk(root, re.sub(r"^(top|\$)\.?", "", place)) if root is not None else 0


def _file(folder: Path, named: str) -> Path | None:
    for path in (folder / named, folder / f"{named}.yaml"):
        if path.is_file():
            return path
    kind, _, name = named.partition("/")
    for path in sorted((folder / kind).glob("*.yaml")) if name and kind in ("items", "bundles") else ():
        # A file may be called differently from what it has.
        if re.search(
            rf"^id: [\"']?{re.escape(name)}[\"']?\s*$", path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            return path
    return None


def _walk(node: Any, rest: str) -> int:
    line = int(node.start_mark.line) + 1
    while rest:
        step = _step(node, rest)
        if step is None:
            return line
        line, node, rest = step
    return line


def _step(node: Any, rest: str) -> tuple[int, Any, str] | None:
    """Take one step down: by index, by key, or by the name of an entry. Keys may have dots of their own."""
    if node.id == "sequence":
        index = _INDEX.match(rest)
        if index and int(index[1]) < len(node.value):
            found = node.value[int(index[1])]
            return int(found.start_mark.line) + 1, found, rest[index.end() :].lstrip(".")
        for entry in node.value:
            after = next((a for name in _names(entry) if (a := _after(rest, name)) is not None), None)
            if after is not None:
                return int(entry.start_mark.line) + 1, entry, after
    elif node.id == "mapping":
        for key, value in node.value:
            after = _after(rest, str(key.value))
            if after is not None:
                return int(key.start_mark.line) + 1, value, after
        # A list file has one list: its entries are named without it.
        lists = [value for _, value in node.value if value.id == "sequence"]
        return _step(lists[0], rest) if len(node.value) == 1 and lists else None
    return None


def _names(entry: Any) -> list[str]:
    pairs = entry.value if entry.id == "mapping" else []
    return [str(value.value) for key, value in pairs if key.value in _NAMES]


def _after(rest: str, name: str) -> str | None:
    """Return what follows the name in the path, None when the path goes another way."""
    if rest == name:
        return ""
    return rest[len(name) :].lstrip(".") if rest.startswith((f"{name}.", f"{name}[")) else None
