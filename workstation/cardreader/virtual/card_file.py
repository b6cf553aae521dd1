"""Reads a card from its JSON file: applications, their files and records, and the faults it shall show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

CARDS = Path(__file__).parent / "cards"


class BadCardFile(ValueError):
    """The file is no card; the text says why."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: tag, length, value, as they come over the wire."""

    tag: int
    value: bytes

    @property
    def raw(self) -> bytes:
        """The record's bytes."""
        return bytes((self.tag, len(self.value))) + self.value


@dataclass(frozen=True, slots=True)
class Application:
    """What SELECT by name opens: its control information and its elementary files by file id."""

    fci: bytes
    files: Mapping[int, tuple[Record, ...]]


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong, and at which command since the card was put in (1 is the first; None is never)."""

    mute: bool = False  # no usable answer to reset
    slow_ms: int = 0  # before each answer
    hang_at: int | None = None  # never answers this command
    remove_at: int | None = None  # pulled while this command waits for its answer
    tear_at: int | None = None  # pulled in the middle of this command's answer
    turn_at: int | None = None  # from this command on, it is the card of `turns_into`


@dataclass(frozen=True, slots=True)
class CardData:
    """A whole card."""

    atr: bytes
    applications: Mapping[bytes, Application]
    faults: Faults = Faults()
    turns_into: CardData | None = None


def load_card(path: Path) -> CardData:
    """Read a card file; a bare name is looked up among the cards that come with the program.

    A file has either `atr` and `applications`, or `based_on` (another card file); `faults` and `turns_into`
    (another card file) may stand in both. A record is {"tag": "09", "length": 30} with "hex" or "text" (GBK),
    filled up with zeros, as real cards do. Raises BadCardFile.
    """
    try:
        return _load(path, depth=0)
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadCardFile(f"{path.name}: {type(error).__name__} {error}") from error


def _load(path: Path, depth: int) -> CardData:
    if depth > 4:
        raise ValueError("based on itself")
    here = path if path.exists() else CARDS / path.name
    body: dict[str, Any] = json.loads(here.read_text(encoding="utf-8"))
    if "based_on" in body:
        card = _load(here.parent / body["based_on"], depth + 1)
    else:
        applications = {bytes.fromhex(a["aid"]): _application(a) for a in body["applications"]}
        card = CardData(bytes.fromhex(body["atr"]), applications)
    faults = Faults(**body.get("faults", {}))
    after = _load(here.parent / body["turns_into"], depth + 1) if "turns_into" in body else None
    return replace(card, faults=faults, turns_into=after)


def _application(body: dict[str, Any]) -> Application:
    files = {int(fid, 16): tuple(_record(r) for r in records) for fid, records in body["files"].items()}
    return Application(bytes.fromhex(body["fci"]), files)


def _record(body: dict[str, Any]) -> Record:
    value = bytes.fromhex(body["hex"]) if "hex" in body else body["text"].encode("gb18030")
    return Record(int(body["tag"], 16), value.ljust(body.get("length", 0), b"\0"))
