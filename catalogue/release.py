"""A release: a whole catalogue in one file that a station opens in an instant, whatever the number of its items.

The file is a zip archive, so that anybody can look into it: `lists.json` (code lists, sections, elements, bundles),
`index.json` (what the search looks through), and the items of each department in `items/<department>.json`, read only
when one of them is wanted. The same catalogue gives the same bytes. Who may publish, and the signature, is not this
room's business: the file is opened after its hash was found signed.
"""

from __future__ import annotations

import io
import json
import threading
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from catalogue.broken import CatalogueBroken
from catalogue.check import check
from catalogue.load import Sources, build, build_bundle, build_item, build_lists, build_offices
from catalogue.model import Bundle, Catalogue, ServiceItem
from catalogue.node import Node, Raw
from catalogue.search import Index, make_index

FORMAT = 1
MAX_RELEASE_BYTES = 64_000_000
_MAX_PART_BYTES = 64_000_000
# What a hostile or torn file makes the libraries raise; RuntimeError is an unknown or enciphered way of packing, and JSON
# nested deeper than Python goes.
_TORN = (
    OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError, LookupError, TypeError, ValueError, AttributeError
)  # fmt: skip
_DEPARTMENTS_AT_HAND = 4
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever it is made


def make_release(sources: Sources, checked: Catalogue | None = None) -> bytes:
    """Check a catalogue whole and put it into one file; `checked` is what was built of the sources where that was done before.

    Raises CatalogueBroken.
    """
    catalogue = checked or build(sources)
    by_department: dict[str, dict[str, Raw]] = {}
    for raw in sources.items.values():
        by_department.setdefault(raw["department"], {})[raw["id"]] = raw
    where = {item: department for department, items in by_department.items() for item in items}
    parts: dict[str, Any] = {
        "lists.json": {
            "format": FORMAT,
            "release": sources.release,
            "lists": sources.lists,
            "bundles": sources.bundles,
            "items": where,
        },
        "index.json": asdict(make_index(catalogue)),
        **{f"items/{department}.json": items for department, items in by_department.items()},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts):
            text = json.dumps(parts[name], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def open_release(content: bytes | Path) -> tuple[Catalogue, Index]:
    """Open a release: everything but the items is read, an item when it is first wanted.

    Raises CatalogueBroken for a file that is none, or of another format.
    """
    try:
        source = io.BytesIO(content) if isinstance(content, bytes) else content
        archive = zipfile.ZipFile(source)
        if len(set(archive.namelist())) != len(archive.namelist()):
            raise CatalogueBroken("release", "-", "has a part twice")
        lists = _part(archive, "lists.json")
        if lists.get("format") != FORMAT:
            raise CatalogueBroken("lists.json", "format", f"is {lists.get('format')}, not {FORMAT}")
        index = Index(**_part(archive, "index.json"))
        if not all(isinstance(column, str) for column in asdict(index).values()):
            raise CatalogueBroken("index.json", "-", "must hold texts")
        version, codes, sections, elements = build_lists(lists["release"], lists["lists"])
        bundles = [build_bundle(raw, file) for file, raw in lists["bundles"].items()]
        offices = build_offices(lists["lists"])
        items = _Items(archive, Node("lists.json", "top", lists).mapping("items"))
    except CatalogueBroken:
        raise
    except _TORN as error:
        raise CatalogueBroken("release", "-", f"cannot be read: {type(error).__name__}") from error
    by_id = {one.id: one for one in bundles}
    return Catalogue(version, elements, sections, codes, items, by_id, offices), index


def check_release(content: bytes) -> None:
    """Look through all of a release before it is believed: each item is built and checked, and the index offers just
    what is there, under its name. Raises CatalogueBroken. Takes seconds for thousands of items, and keeps nothing."""
    catalogue, index = open_release(content)
    try:
        check(catalogue)
        offered = {
            (offer["id"], tuple(offer["name"])) for offer in map(json.loads, index.offers.split("\n")[1:])
        }
    except _TORN as error:
        raise CatalogueBroken("release", "-", f"cannot be read: {type(error).__name__}") from error
    whatever: list[ServiceItem | Bundle] = [*catalogue.items.values(), *catalogue.bundles.values()]
    held = {(one.id, (one.name.zh, one.name.en)) for one in whatever}
    if offered != held:
        raise CatalogueBroken("index.json", "offers", "are not what the release has")


class _Items(Mapping[str, ServiceItem]):
    """The items of a release. May be asked from several threads."""

    def __init__(self, archive: zipfile.ZipFile, where: Mapping[str, str]) -> None:
        self._archive = archive
        self._where = where
        self._known: dict[str, ServiceItem] = {}
        self._lock = threading.Lock()
        self._raw: dict[str, Raw] = {}

    def __getitem__(self, item: str) -> ServiceItem:
        found = self._known.get(item)
        if found is None:
            department = self._where[item]
            with self._lock:
                # The last departments stay at hand: items of a talk come from few, and whoever walks over all of them
                # must not read a department anew for each of its items.
                try:
                    if department not in self._raw:
                        if len(self._raw) >= _DEPARTMENTS_AT_HAND:
                            del self._raw[next(iter(self._raw))]
                        self._raw[department] = _part(self._archive, f"items/{department}.json")
                    raw = self._raw[department][item]
                    found = build_item(raw, item)
                except CatalogueBroken:
                    raise
                except _TORN as error:
                    raise CatalogueBroken(f"items/{department}.json", item, type(error).__name__) from error
                if found.id != item:
                    raise CatalogueBroken(f"items/{department}.json", item, f"is {found.id}")
                self._known[item] = found
        return found

    def __iter__(self) -> Iterator[str]:
        # A department after the other, so that each is read once by whoever walks over all of them.
        return iter(sorted(self._where, key=self._where.__getitem__))

    def __len__(self) -> int:
        return len(self._where)


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    if archive.getinfo(name).file_size > _MAX_PART_BYTES:
        raise CatalogueBroken(name, "-", f"is larger than {_MAX_PART_BYTES} bytes")
    return json.loads(archive.read(name))
