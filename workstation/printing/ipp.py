"""The Internet Printing Protocol in bytes: a request for a print service, and what its answer says (RFC 8010, RFC 8011)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

Value = int | bool | str
Attributes = Mapping[str, tuple[Value, ...]]

_VERSION = b"\x02\x00"
_OPERATION, _JOB, _END, _PRINTER = 0x01, 0x02, 0x03, 0x04
_LAST_DELIMITER = 0x0F
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_TEXT, _NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE, _MIME = 0x41, 0x42, 0x44, 0x45, 0x47, 0x48, 0x49
_MOST_ATTRIBUTES = 20_000  # of an answer; a service with a hundred queues says fewer


class Operation(IntEnum):
    """The operations we ask for (RFC 8011 5.4.15, CUPS Implementation of IPP)."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B
    CUPS_GET_PRINTERS = 0x4002


class Status(IntEnum):
    """What an answer may begin with, where we tell it apart (RFC 8011 B.1)."""

    OK = 0x0000
    NOT_POSSIBLE = 0x0404
    NOT_FOUND = 0x0406
    GONE = 0x0407
    NOT_ACCEPTING = 0x0506
    SUCCESS_END = 0x0100  # everything below is some kind of success


class Garbled(ValueError):
    """An answer that is no IPP."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status code and the groups behind the operation's own, each of a job or a printer."""

    status: int
    message: str
    groups: tuple[Attributes, ...]

    @property
    def is_good(self) -> bool:
        """Say whether the service did what it was asked."""
        return self.status < Status.SUCCESS_END


def request(
    operation: Operation,
    printer: str,
    *,
    user: str = "",
    job: int | None = None,
    job_name: str = "",
    wanted: Sequence[str] = (),
    options: Mapping[str, str] | None = None,
    which_jobs: str = "",
    number: int = 1,
) -> bytes:
    """Return the bytes of a request; a document follows them as it is. `printer` is its URI, "" for the service itself."""
    out = [_VERSION, struct.pack(">HI", operation, number), bytes([_OPERATION])]
    out.append(_attribute(_CHARSET, "attributes-charset", "utf-8"))
    out.append(_attribute(_LANGUAGE, "attributes-natural-language", "en"))
    if printer:
        out.append(_attribute(_URI, "printer-uri", printer))
    if job is not None:
        out.append(_attribute(_INTEGER, "job-id", job))
    if user:
        out.append(_attribute(_NAME, "requesting-user-name", user))
    if job_name:
        out.append(_attribute(_NAME, "job-name", job_name))
        out.append(_attribute(_MIME, "document-format", "application/pdf"))
    if which_jobs:
        out.append(_attribute(_KEYWORD, "which-jobs", which_jobs))
    for at, keyword in enumerate(wanted):
        out.append(_attribute(_KEYWORD, "requested-attributes" if at == 0 else "", keyword))
    if options:
        out.append(bytes([_JOB]))
        out.extend(_attribute(_KEYWORD, name, value) for name, value in options.items())
    out.append(bytes([_END]))
    return b"".join(out)


def read(said: bytes) -> Answer:
    """Read an answer. Raises Garbled for whatever is not one."""
    try:
        (status,) = struct.unpack_from(">H", said, 2)
        groups = list(_groups(said))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Garbled(str(error)) from error
    about = next((found for tag, found in groups if tag == _OPERATION), {})
    message = next(iter(about.get("status-message", ())), "")
    return Answer(status, str(message), tuple(found for tag, found in groups if tag in (_JOB, _PRINTER)))


def _groups(said: bytes) -> Iterator[tuple[int, dict[str, tuple[Value, ...]]]]:
    at, seen, name = 8, 0, ""
    tag, found = 0, dict[str, tuple[Value, ...]]()
    while True:
        mark = said[at]
        at += 1
        if mark <= _LAST_DELIMITER:
            if tag:
                yield tag, found
            if mark == _END:
                return
            tag, found, name = mark, {}, ""
            continue
        seen += 1
        if seen > _MOST_ATTRIBUTES:
            raise Garbled("too many attributes")
        label, at = _piece(said, at)
        body, at = _piece(said, at)
        name = label.decode("utf-8") if label else name
        found[name] = (*found.get(name, ()), _value(mark, body))


def _piece(said: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", said, at)
    end = at + 2 + length
    if end > len(said):
        raise Garbled("cut off")
    return said[at + 2 : end], end


def _value(tag: int, body: bytes) -> Value:
    if tag in (_INTEGER, _ENUM) and len(body) == 4:
        return int.from_bytes(body, "big", signed=True)
    if tag == _BOOLEAN and len(body) == 1:
        return body != b"\x00"
    # Dates, ranges and collections are nothing we ask for; whatever stands there must not end the reading.
    return body.decode("utf-8", errors="replace") if tag >= 0x40 else ""


def _attribute(tag: int, name: str, value: str | int) -> bytes:
    body = struct.pack(">i", value) if isinstance(value, int) else value.encode("utf-8")
    label = name.encode("ascii")
    return b"".join((bytes([tag]), struct.pack(">H", len(label)), label, struct.pack(">H", len(body)), body))
