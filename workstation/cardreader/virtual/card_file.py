"""Reads a card from its JSON file: applications, their files and records, and the faults it shall show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wire.card_keys import CardCipher

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
class Key:
    """A key of the card: the public test root it is derived from, its algorithm, how many wrong tries it bears."""

    root: bytes
    cipher: CardCipher
    tries: int = 3


@dataclass(frozen=True, slots=True)
class Pin:
    """The holder's PIN."""

    digits: str
    tries: int = 3


@dataclass(frozen=True, slots=True)
class Application:
    """What SELECT by name opens: control information, elementary files, folders below, what opens a file.

    `access` names for a file what lets it be read: "pin" or "key:0A", one of them is enough; a file that is not named
    is free.
    """

    fci: bytes
    files: Mapping[int, tuple[Record, ...]]
    folders: Mapping[int, Application] = field(default_factory=dict)
    access: Mapping[int, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong, and at which command since the card was put in (1 is the first; None is never)."""

    mute: bool = False  # no usable answer to reset
    slow_ms: int = 0  # before each answer
    hang_at: int | None = None  # never answers this command
    remove_at: int | None = None  # pulled while this command waits for its answer
    tear_at: int | None = None  # pulled in the middle of this command's answer
    lie_about_lengths: int = 0  # records tell so many bytes more than they have (less when negative)
    endless: str = ""  # "61" or "6C": every READ RECORD is answered by it without end
    turn_at: int | None = None  # from this command on, it is the card of `turns_into`


@dataclass(frozen=True, slots=True)
class CardData:
    """A whole card."""

    atr: bytes
    applications: Mapping[bytes, Application]
    faults: Faults = Faults()
    turns_into: CardData | None = None
    keys: Mapping[int, Key] = field(default_factory=dict)  # by id; 0 is that of INTERNAL AUTHENTICATE
    pin: Pin | None = None
    refuses: bytes | None = None  # status word of a blocked card or application, for every SELECT by name
    psam: Mapping[int, Key] | None = None  # a PSAM: its keys by id; it has the PSAM applet and nothing else
    operator: bytes | None = None  # an operator card: its private key


def load_card(path: Path) -> CardData:
    """Read a card file; a bare name is looked up among the cards that come with the program.

    A file has either `atr` and `applications`, or `based_on` (another card file); `faults`, `turns_into`
    (another card file), `keys`, `pin`, `refuses`, `psam` and `operator` may stand in both, and `records` replaces values by file
    and tag: {"EF06": {"09": {"text": "…"}}}, null takes a record away. A record is {"tag": "09", "length": 30} with
    "hex" or "text" (GBK), filled up with zeros, as real cards do. Raises BadCardFile.
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
    changes: dict[str, Any] = {"faults": Faults(**body.get("faults", {})), "turns_into": None}
    if "turns_into" in body:
        changes["turns_into"] = _load(here.parent / body["turns_into"], depth + 1)
    if "atr" in body:
        changes["atr"] = bytes.fromhex(body["atr"])
    if "keys" in body:
        changes["keys"] = _keys(body["keys"])
    if "pin" in body:
        changes["pin"] = Pin(body["pin"]["digits"], body["pin"].get("tries", 3))
    if "refuses" in body:
        changes["refuses"] = bytes.fromhex(body["refuses"])
    if "operator" in body:
        changes["operator"] = _operator_key(body["operator"])
    if "psam" in body:
        changes["psam"] = _keys(body["psam"])
    card = replace(card, **changes)
    return _rewritten(card, body["records"]) if "records" in body else card


def _operator_key(text: str) -> bytes:
    key = bytes.fromhex(text)
    if len(key) != 32:
        raise ValueError("an operator's key has 32 bytes")
    return key


def _keys(body: Mapping[str, Mapping[str, Any]]) -> dict[int, Key]:
    return {
        int(id_, 16): Key(bytes.fromhex(key["root"]), CardCipher(key["cipher"]), key.get("tries", 3))
        for id_, key in body.items()
    }


def _rewritten(card: CardData, changes: Mapping[str, Mapping[str, dict[str, Any] | None]]) -> CardData:
    """Change values of the card's only application."""
    ((aid, application),) = card.applications.items()
    files = dict(application.files)
    for fid, by_tag in changes.items():
        records = {record.tag: record for record in files[int(fid, 16)]}
        for tag, value in by_tag.items():
            if value is None:
                del records[int(tag, 16)]
            else:
                records[int(tag, 16)] = _record({"tag": tag, **value})
        files[int(fid, 16)] = tuple(records.values())
    return replace(card, applications={aid: replace(application, files=files)})


def _application(body: dict[str, Any]) -> Application:
    files = {
        int(fid, 16): tuple(_record(r) for r in records) for fid, records in body.get("files", {}).items()
    }
    folders = {int(fid, 16): _application(inner) for fid, inner in body.get("folders", {}).items()}
    access = {int(fid, 16): frozenset(opened_by) for fid, opened_by in body.get("access", {}).items()}
    return Application(bytes.fromhex(body["fci"]), files, folders, access)


def _record(body: dict[str, Any]) -> Record:
    value = bytes.fromhex(body["hex"]) if "hex" in body else body["text"].encode("gb18030")
    return Record(int(body["tag"], 16), value.ljust(body.get("length", 0), b"\0"))
