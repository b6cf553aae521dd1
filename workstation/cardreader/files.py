"""Reads the files of a card by its profile: select, read records by tag, tell what the card refuses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NewType, TypeVar

from workstation.cardreader.apdu import (
    Response,
    Sw,
    read_tagged_record,
    select_file,
    select_folder,
    select_name,
)
from workstation.cardreader.channel import Channel
from workstation.cardreader.fci import Fci, parse_fci
from workstation.cardreader.profiles.tree import Application, Coding, ElementaryFile, Field, Folder
from workstation.cardreader.record import parse_record
from workstation.cardreader.unreadable import Unreadable
from workstation.domain.failures import Failure, Refused

T = TypeVar("T")
Values = NewType("Values", dict[int, bytes])  # by tag; a record the card does not have is not there

_FILLING = b"\x00\x20\xff"
_BLOCKED = frozenset({Sw.APPLICATION_BLOCKED, Sw.FILE_INVALIDATED, Sw.CARD_LOCKED})


def enter(channel: Channel, application: Application) -> Fci:
    """Select an application by name. Raises Refused(CARD_FOREIGN | CARD_BLOCKED), Unreadable."""
    response = channel.send(select_name(application.name))
    _hold_blocked(response, "application")
    if response.sw != Sw.OK:
        raise Refused(Failure.CARD_FOREIGN, sw=f"{response.sw:04X}")
    fci = parse_fci(response.data)
    # A card may match a name in part (ISO/IEC 7816-4 clause 8.2.1.1): the name it tells must be ours in whole.
    if fci.name not in {None, application.name}:
        raise Refused(Failure.CARD_FOREIGN)
    return fci


def enter_folder(channel: Channel, folder: Folder) -> bool:
    """Select an application below the current one; False when the card has none. Raises Refused(CARD_BLOCKED)."""
    response = channel.send(select_folder(folder.fid))
    if response.sw == Sw.NO_FILE:
        return False
    accept(response, f"folder {folder.fid:04X}")
    return True


def read_fields(
    channel: Channel, file: ElementaryFile, fields: Iterable[Field[object]], version: int = 1
) -> Values:
    """Select the file and read the fields that a card of this major version has.

    Raises Refused(CARD_LOCKED_FIELDS | CARD_BLOCKED), Unreadable.
    """
    accept(channel.send(select_file(file.fid)), f"file {file.fid:04X}")
    return read_more(channel, fields, version)


def read_more(channel: Channel, fields: Iterable[Field[object]], version: int = 1) -> Values:
    """Read fields of the file that is selected. Raises as read_fields."""
    found = Values({})
    for field in fields:
        value = read_record(channel, field) if field.since <= version else None
        if value is not None:
            found[field.tag] = value
    return found


def read_record(channel: Channel, field: Field[object]) -> bytes | None:
    """Read one record of the file that is selected, None when there is none. Raises as read_fields."""
    response = channel.send(read_tagged_record(field.tag, field.length))
    if response.sw == Sw.NO_RECORD:
        return None
    accept(response, f"record {field.tag:02X}")
    found = parse_record(response.data, field.tag)
    # Filling may go on, but a field that says more than the standard gives it room for is a lie or another field. Some
    # cards have dates in ASCII, which takes twice the room of BCD.
    room = 2 * field.length if field.coding is Coding.CN else field.length
    if len(found.rstrip(_FILLING)) > room:
        raise Unreadable(f"record {field.tag:02X} length")
    return found


def accept(response: Response, what: str) -> None:
    """Let a good answer pass. Raises Refused(CARD_LOCKED_FIELDS | CARD_BLOCKED), Unreadable."""
    if response.sw == Sw.SECURITY_NOT_MET:
        raise Refused(Failure.CARD_LOCKED_FIELDS, at=what)
    _hold_blocked(response, what)
    if response.sw != Sw.OK:
        raise Unreadable(f"{what} {response.sw:04X}")


def value(values: Values, field: Field[T]) -> T:
    """Decode a field. Raises what its decoder raises."""
    raw = values.get(field.tag, b"")
    if field.continued_by is not None:
        # A character may straddle the two records, so the bytes are joined before they are decoded.
        raw = raw.rstrip(b"\x00\xff")
        # What continues nothing is no beginning: half a name would be taken for a whole one.
        raw += values.get(field.continued_by, b"") if raw else b""
    return field.decode(raw)


def _hold_blocked(response: Response, what: str) -> None:
    if response.sw in _BLOCKED:
        raise Refused(Failure.CARD_BLOCKED, at=what, sw=f"{response.sw:04X}")
