"""Reads a social security card over a channel and makes it an Identity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import NewType, TypeVar

from workstation.cardreader.apdu import Sw, read_tagged_record, select_file, select_name
from workstation.cardreader.atr import Atr, parse_atr
from workstation.cardreader.channel import Channel
from workstation.cardreader.fci import parse_fci
from workstation.cardreader.profiles import social_security as ss
from workstation.cardreader.profiles.check_digits import card_number_fits, id_number_fits
from workstation.cardreader.profiles.tree import ElementaryFile, Field
from workstation.cardreader.record import parse_record
from workstation.cardreader.unreadable import Unreadable
from workstation.cardreader.values import digits
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Card, CardWarning, Identity

T = TypeVar("T")
Values = NewType("Values", dict[int, bytes])  # by tag; a record the card does not have is not there

_BLOCKED = frozenset({Sw.APPLICATION_BLOCKED, Sw.FILE_INVALIDATED, Sw.CARD_LOCKED})


def read_identity(
    channel: Channel, first_atr: bytes, *, read_atr: Callable[[], bytes], reader: str, at: datetime
) -> Identity:
    """Read EF05 and EF06; at the end read number and ATR again, which must be the same.

    `first_atr` is what was seen before the session, `read_atr` asks for it anew.

    Raises Refused(CARD_FOREIGN | CARD_BLOCKED | CARD_LOCKED_FIELDS | CARD_CHANGED), Unreadable, and what the
    channel's transport raises.
    """
    atr = parse_atr(first_atr)
    _select_environment(channel)
    card_values = _read_file(channel, ss.EF05)
    version = ss.version_of(_value(card_values, ss.VERSION))
    card = _card(card_values, atr, version)
    if _major(version) > ss.EF06.free_until:
        raise Refused(Failure.CARD_LOCKED_FIELDS, version=version)
    holder = _read_file(channel, ss.EF06, _major(version))
    identity = _identity(holder, card, reader, at)
    again = _read_record(channel, ss.ID_NUMBER)
    if again != holder[ss.ID_NUMBER.tag] or read_atr() != atr.raw:
        raise Refused(Failure.CARD_CHANGED)
    return identity


def _select_environment(channel: Channel) -> None:
    response = channel.send(select_name(ss.SSSE.name))
    if response.sw in _BLOCKED:
        raise Refused(Failure.CARD_BLOCKED, sw=f"{response.sw:04X}")
    if response.sw != Sw.OK:
        raise Refused(Failure.CARD_FOREIGN, sw=f"{response.sw:04X}")
    # A card may match a name in part (ISO/IEC 7816-4 clause 8.2.1.1): the name it tells must be ours in whole.
    if parse_fci(response.data).name not in {None, ss.SSSE.name}:
        raise Refused(Failure.CARD_FOREIGN)


def _read_file(channel: Channel, file: ElementaryFile, version: int = 1) -> Values:
    response = channel.send(select_file(file.fid))
    _accept(response.sw, f"file {file.fid:04X}")
    found = Values({})
    for field in file.fields:
        value = _read_record(channel, field) if field.since <= version else None
        if value is not None:
            found[field.tag] = value
    return found


def _read_record(channel: Channel, field: Field[object]) -> bytes | None:
    response = channel.send(read_tagged_record(field.tag, field.length))
    if response.sw == Sw.NO_RECORD:
        return None
    _accept(response.sw, f"record {field.tag:02X}")
    return parse_record(response.data, field.tag)


def _accept(sw: int, what: str) -> None:
    if sw == Sw.SECURITY_NOT_MET:
        raise Refused(Failure.CARD_LOCKED_FIELDS, at=what)
    if sw in _BLOCKED:
        raise Refused(Failure.CARD_BLOCKED, at=what, sw=f"{sw:04X}")
    if sw != Sw.OK:
        raise Unreadable(f"{what} {sw:04X}")


def _identity(holder: Values, card: Card, reader: str, at: datetime) -> Identity:
    warnings = list(card.warnings)
    number = _needed(_value(holder, ss.ID_NUMBER), ss.ID_NUMBER)
    if not id_number_fits(number):
        warnings.append(CardWarning.ID_CHECK)
    birth_date = _day(holder, ss.BIRTH_DATE, warnings)
    return Identity(
        name=_needed(_value(holder, ss.NAME), ss.NAME),
        id_no=number,
        sex=_value(holder, ss.SEX),
        ethnicity=_value(holder, ss.ETHNICITY),
        birth_place=_value(holder, ss.BIRTH_PLACE),
        birth_date=birth_date,
        card=replace(card, warnings=tuple(dict.fromkeys(warnings))),
        reader=reader,
        read_at=at,
    )


def _card(values: Values, atr: Atr, version: str) -> Card:
    warnings: list[CardWarning] = []
    code = _value(values, ss.IDENTIFICATION_CODE)
    if len(code) != ss.IDENTIFICATION_CODE.length:
        raise Unreadable("identification code")
    region = _needed(digits(code[:3]), ss.IDENTIFICATION_CODE)
    if atr.region not in {None, region[:4]}:
        warnings.append(CardWarning.REGION_MISMATCH)
    if atr.serial not in {None, code[8:12]}:
        warnings.append(CardWarning.SERIAL_MISMATCH)
    return Card(
        number=_card_number(values, warnings),
        identification_code=code.hex().upper(),
        region=region,
        version=version,
        issued_on=_day(values, ss.ISSUED, warnings),
        valid_until=_day(values, ss.VALID_UNTIL, warnings),
        authenticated=False,  # plain PC/SC without PSAM or key server proves nothing (cards.md 0.4)
        warnings=tuple(warnings),
    )


def _card_number(values: Values, warnings: list[CardWarning]) -> str | None:
    try:
        number = _value(values, ss.CARD_NUMBER)
    except Unreadable:
        warnings.append(CardWarning.NUMBER_CHECK)
        return None
    if number is not None and not card_number_fits(number):
        warnings.append(CardWarning.NUMBER_CHECK)
    return number


def _day(values: Values, field: Field[date | None], warnings: list[CardWarning]) -> date | None:
    try:
        return _value(values, field)
    except Unreadable:
        warnings.append(CardWarning.DATE_UNREADABLE)
        return None


def _value(values: Values, field: Field[T]) -> T:
    raw = values.get(field.tag, b"")
    if field.continued_by is not None:
        # A character may straddle the two records, so the bytes are joined before they are decoded.
        raw = raw.rstrip(b"\x00\xff") + values.get(field.continued_by, b"")
    return field.decode(raw)


def _needed(value: str | None, field: Field[object]) -> str:
    if value is None:
        raise Unreadable(f"record {field.tag:02X} empty")
    return value


def _major(version: str) -> int:
    """Return the major number of a version. Raises Unreadable for one that no standard knows."""
    if version[:1] not in {"1", "2", "3"} or version[1:2] != ".":
        raise Unreadable("version")
    return int(version[0])
