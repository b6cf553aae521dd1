"""What worker and workstation say to each other: one JSON object a line, typed, capped, no pickle."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from wire.messages import CardChallenge, CardCryptograms, CardRandoms
from workstation.cardreader.operator_card import Proven
from workstation.domain.diagnosis import Step
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import (
    Card,
    CardWarning,
    Document,
    DocumentKind,
    Glimpse,
    Identity,
    Residence,
)
from workstation.services.ports import CardPin

LONGEST_LINE = 16_384


class BadMessage(ValueError):
    """A line is none of ours. The text never quotes it: it may hold a person's data."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line for the log, from the worker."""

    level: int
    logger: str
    text: str


@dataclass(frozen=True, slots=True)
class Order:
    """What the workstation wants: read the first card, or the one in `reader`; `ask_keys` lets the worker ask back."""

    reader: str | None = None
    ask_keys: bool = False
    pin: CardPin | None = None
    timed: bool = False


@dataclass(frozen=True, slots=True)
class Using:
    """The reader that a read turns to, told before it speaks to the card: whatever comes of it is that reader's."""

    reader: str


@dataclass(frozen=True, slots=True)
class Prove:
    """The workstation wants the operator's card to sign a challenge."""

    challenge: bytes


@dataclass(frozen=True, slots=True)
class Steps:
    """What a timed read did, told before its end."""

    steps: tuple[Step, ...]


# Up from the worker; the last of a read is an Identity or a Refused.
Message = Identity | Refused | LogLine | Glimpse | CardChallenge | Steps | Using | Proven
# Down to the worker.
Request = Order | Prove | CardCryptograms | Refused


def encode(message: Message) -> bytes:
    """Write a message as one line."""
    match message:
        case Identity():
            body: dict[str, object] = {"identity": _identity_to_wire(message)}
        case Refused():
            body = {"refused": message.failure.value, "details": dict(message.details)}
        case LogLine():
            body = {"log": [message.level, message.logger, message.text]}
        case Glimpse():
            body = {"glimpse": [message.name, message.id_no]}
        case Using(reader):
            body = {"using": reader}
        case Steps(steps):
            body = {"steps": [[step.name, step.ms] for step in steps]}
        case CardChallenge():
            body = {"challenge": asdict(message)}
        case Proven(key, signature):
            body = {"proven": [key.hex(), signature.hex()]}
    return json.dumps(body, separators=(",", ":")).encode() + b"\n"


def decode(line: bytes) -> Message:  # noqa: PLR0911 - one line a message
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
            case {"glimpse": [str(name), str(id_no)]}:
                return Glimpse(_text(name), _text(id_no))
            case {"using": str(reader)}:
                return Using(_text(reader))
            case {"steps": list(steps)}:
                return Steps(tuple(Step(_text(name), float(ms)) for name, ms in steps))
            case {"challenge": dict(challenge)}:
                return _challenge(challenge)
            case {"proven": [str(key), str(signature)]}:
                return Proven(bytes.fromhex(key), bytes.fromhex(signature))
            case _:
                raise BadMessage("unknown message")
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadMessage(type(error).__name__) from None


def encode_request(request: Request) -> bytes:
    """Write what the workstation says as one line."""
    match request:
        case Order(reader, ask_keys, pin, timed):
            told = None if pin is None else [pin.digits, pin.last_try]
            body: dict[str, object] = {"read": reader, "ask_keys": ask_keys, "pin": told, "timed": timed}
        case Prove(challenge):
            body = {"prove": challenge.hex()}
        case CardCryptograms():
            body = {"cryptograms": [request.internal, request.external]}
        case Refused():
            body = {"refused": request.failure.value, "details": dict(request.details)}
    return json.dumps(body, separators=(",", ":")).encode() + b"\n"


def decode_request(line: bytes) -> Request:
    """Read what the workstation said. Raises BadMessage."""
    try:
        match json.loads(line):
            case {"read": reader, "ask_keys": bool(ask), "pin": None, "timed": bool(timed)}:
                return Order(_optional(reader), ask, None, timed)
            case {
                "read": reader,
                "ask_keys": bool(ask),
                "pin": [str(digits), bool(last_try)],
                "timed": bool(timed),
            }:
                return Order(_optional(reader), ask, CardPin(digits, last_try), timed)
            case {"prove": str(challenge)}:
                return Prove(bytes.fromhex(challenge))
            case {"cryptograms": [str(internal), external]}:
                return CardCryptograms(internal, _optional(external))
            case {"refused": str(code), "details": dict(details)}:
                return Refused(Failure(code), **{_text(k): _text(v) for k, v in details.items()})
            case _:
                raise BadMessage("unknown request")
    except (ValueError, TypeError, RecursionError) as error:
        raise BadMessage(type(error).__name__) from None


def _challenge(body: dict[str, Any]) -> CardChallenge:
    external = body["external"]
    return CardChallenge(
        region=_text(body["region"]),
        historical=_text(body["historical"]),
        cipher=_text(body["cipher"]),
        identification_code=_text(body["identification_code"]),
        internal=CardRandoms(_text(body["internal"]["factor"]), _text(body["internal"]["original"])),
        external=None
        if external is None
        else CardRandoms(_text(external["factor"]), _text(external["original"])),
    )


def _identity_to_wire(identity: Identity) -> dict[str, object]:
    return {
        "name": identity.name,
        "id_no": identity.id_no,
        "sex": identity.sex,
        "ethnicity": identity.ethnicity,
        "birth_place": identity.birth_place,
        "birth_date": _day_to_wire(identity.birth_date),
        "reader": identity.reader,
        "read_at": identity.read_at.isoformat(),
        "residence": asdict(identity.residence) if identity.residence else None,
        "card": _card_to_wire(identity.card) if identity.card else None,
        "document": _document_to_wire(identity.document) if identity.document else None,
    }


def _card_to_wire(card: Card) -> dict[str, object]:
    return {
        "number": card.number,
        "identification_code": card.identification_code,
        "region": card.region,
        "version": card.version,
        "issued_on": _day_to_wire(card.issued_on),
        "valid_until": _day_to_wire(card.valid_until),
        "authenticated": card.authenticated,
        "warnings": [warning.value for warning in card.warnings],
    }


def _document_to_wire(document: Document) -> dict[str, object]:
    return {
        "kind": document.kind.value,
        "valid_until": _day_to_wire(document.valid_until),
        "long_term": document.long_term,
        "warnings": [warning.value for warning in document.warnings],
    }


def _identity_from_wire(body: dict[str, Any]) -> Identity:
    card, document = body["card"], body["document"]
    if (card is None) is (document is None):
        raise BadMessage("neither card nor document")
    return Identity(
        name=_text(body["name"]),
        id_no=_text(body["id_no"]),
        sex=_optional(body["sex"]),
        ethnicity=_optional(body["ethnicity"]),
        birth_place=_optional(body["birth_place"]),
        birth_date=_day(body["birth_date"]),
        reader=_text(body["reader"]),
        read_at=datetime.fromisoformat(body["read_at"]),
        residence=_residence(body["residence"]),
        card=_card(card) if card is not None else None,
        document=_document(document) if document is not None else None,
    )


def _card(body: dict[str, Any]) -> Card:
    return Card(
        number=_optional(body["number"]),
        identification_code=_text(body["identification_code"]),
        region=_text(body["region"]),
        version=_text(body["version"]),
        issued_on=_day(body["issued_on"]),
        valid_until=_day(body["valid_until"]),
        authenticated=body["authenticated"] is True,
        warnings=tuple(CardWarning(warning) for warning in body["warnings"]),
    )


def _document(body: dict[str, Any]) -> Document:
    return Document(
        DocumentKind(body["kind"]),
        valid_until=_day(body["valid_until"]),
        long_term=body["long_term"] is True,
        warnings=tuple(CardWarning(warning) for warning in body["warnings"]),
    )


def _residence(body: dict[str, Any] | None) -> Residence | None:
    if body is None:
        return None
    return Residence(
        *(_optional(body[key]) for key in ("address", "region", "phone", "contact", "contact_phone"))
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
