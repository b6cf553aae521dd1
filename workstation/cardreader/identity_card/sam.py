"""Reads a document through a SAM module: find, select, read (cards.md 3.1); the module does the cryptography."""

from __future__ import annotations

import time
from typing import Protocol

from workstation.cardreader.identity_card.document import IdentityDocument
from workstation.cardreader.identity_card.frame import Frames, command
from workstation.cardreader.identity_card.text_block import LENGTH, parse_text_block
from workstation.cardreader.unreadable import Unreadable
from workstation.domain.failures import Failure, Refused

_FIND, _SELECT, _READ = command(0x20, 0x01), command(0x20, 0x02), command(0x30, 0x01)
_FOUND, _DONE = 0x9F, 0x90
_NO_CARD = 0x80
_ANSWER_S = 2.0  # reading text and photo takes most of a second


class Port(Protocol):
    """What carries the frames."""

    def write(self, data: bytes) -> None:
        """Send bytes."""
        ...

    def read(self) -> bytes:
        """Return what has come, soon."""
        ...


def read_document(port: Port, *, answer_s: float = _ANSWER_S) -> IdentityDocument:
    """Read the document on the module.

    Raises Refused(ID_READER_SILENT | CARD_MISSING | CARD_UNREADABLE).
    """
    if _ask(port, _FIND, answer_s)[2] != _FOUND:
        raise Refused(Failure.CARD_MISSING)
    selected = _ask(port, _SELECT, answer_s)[2]
    if selected != _DONE:
        raise _refused("select", selected)
    said = _ask(port, _READ, answer_s)
    if said[2] != _DONE:
        raise _refused("read", said[2])
    try:
        return _document(said[3:])
    except Unreadable as error:
        raise Refused(Failure.CARD_UNREADABLE, at=error.what) from error


def _document(content: bytes) -> IdentityDocument:
    if len(content) < 4:
        raise Unreadable("document length")
    text, photo = int.from_bytes(content[:2], "big"), int.from_bytes(content[2:4], "big")
    if text != LENGTH or len(content) != 4 + text + photo:
        raise Unreadable("document length")
    return parse_text_block(content[4 : 4 + text], content[4 + text :])


def _ask(port: Port, frame: bytes, answer_s: float) -> bytes:
    """Send a command and return status and data of the answer."""
    port.write(frame)
    frames = Frames()
    ends = time.monotonic() + answer_s
    while time.monotonic() < ends:
        found = frames.feed(port.read())
        if found:
            return found[0]
    raise Refused(Failure.ID_READER_SILENT, cause="no answer")


def _refused(at: str, status: int) -> Refused:
    if status == _NO_CARD:
        return Refused(Failure.CARD_REMOVED)
    return Refused(Failure.CARD_UNREADABLE, at=at, status=f"{status:02X}")
