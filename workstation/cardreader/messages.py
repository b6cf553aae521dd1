"""What worker and workstation say to each other: one JSON object a line, typed, capped, no pickle."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Card, CardWarning, Identity

LONGEST_LINE = 16_384
READ = b'{"do":"read"}\n'


class BadMessage(ValueError):
    """A line is none of ours. The text never quotes it: it may hold a person's data."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line for the log, from the worker."""

    level: int
    logger: str
    text: str


Message = Identity | Refused | LogLine


def encode(message: Message) -> bytes:
    """Write a message as one line."""
    match message:
        case Identity():
            body: dict[str, object] = {"identity": _identity_to_wire(message)}
        case Refused():
            body = {"refused": message.failure.value, "details": dict(message.details)}
        case LogLine():
            body = {"log": [message.level, message.logger, message.text]}
    return json.dumps(body, separators=(",", ":")).encode() + b"\n"


def decode(line: bytes) -> Message:
    """Read one line. Raises BadMessage for anything that `encode` does not write."""
    try:
        body = json.loads(line)
        match body:
            case {"identity": dict(identity)}:
                return _identity_from_wire(identity)
            case {"refused": str(code), "details": dict(details)}:
                return Refused(Failure(code), **{_text(k): _text(v) for k, v in details.items()})
            case {"log": [int(level), str(logger), str(text)]}:
                return LogLine(level, logger, text)
            case _:
                raise BadMessage("unknown message")
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadMessage(type(error).__name__) from None


def _identity_to_wire(identity: Identity) -> dict[str, object]:
    card = identity.card
    return {
        "name": identity.name,
        "id_no": identity.id_no,
        "sex": identity.sex,
        "ethnicity": identity.ethnicity,
        "birth_place": identity.birth_place,
        "birth_date": _day_to_wire(identity.birth_date),
        "reader": identity.reader,
        "read_at": identity.read_at.isoformat(),
        "card": {
            "number": card.number,
            "identification_code": card.identification_code,
            "region": card.region,
            "version": card.version,
            "issued_on": _day_to_wire(card.issued_on),
            "valid_until": _day_to_wire(card.valid_until),
            "authenticated": card.authenticated,
            "warnings": [warning.value for warning in card.warnings],
        },
    }


def _identity_from_wire(body: dict[str, Any]) -> Identity:
    card = body["card"]
    return Identity(
        name=_text(body["name"]),
        id_no=_text(body["id_no"]),
        sex=_optional(body["sex"]),
        ethnicity=_optional(body["ethnicity"]),
        birth_place=_optional(body["birth_place"]),
        birth_date=_day(body["birth_date"]),
        reader=_text(body["reader"]),
        read_at=datetime.fromisoformat(body["read_at"]),
        card=Card(
            number=_optional(card["number"]),
            identification_code=_text(card["identification_code"]),
            region=_text(card["region"]),
            version=_text(card["version"]),
            issued_on=_day(card["issued_on"]),
            valid_until=_day(card["valid_until"]),
            authenticated=card["authenticated"] is True,
            warnings=tuple(CardWarning(warning) for warning in card["warnings"]),
        ),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadMessage("no text")
    value.encode()  # half of a surrogate pair is no text either: it could be neither stored nor printed
    return value


def _optional(value: object) -> str | None:
    return None if value is None else _text(value)


def _day_to_wire(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(_text(value))
