"""Reads a social security card over a channel and makes it an Identity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from workstation.cardreader.atr import Atr, parse_atr
from workstation.cardreader.channel import Channel
from workstation.cardreader.fci import Fci
from workstation.cardreader.files import (
    Values,
    enter,
    enter_folder,
    read_fields,
    read_more,
    value,
)
from workstation.cardreader.pin import present_pin
from workstation.cardreader.profiles import social_security as ss
from workstation.cardreader.profiles.check_digits import card_number_fits, id_number_fits
from workstation.cardreader.profiles.tree import Field
from workstation.cardreader.proof import prove
from workstation.cardreader.unreadable import Unreadable
from workstation.cardreader.values import digits, is_plain
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Card, CardWarning, Glimpse, Identity, Residence
from workstation.services.ports import CardKeys, CardPin


@dataclass(frozen=True, slots=True)
class Wish:
    """What a read is to do besides reading: prove the card by somebody's keys, open what is behind the PIN."""

    keys: CardKeys | None = None
    pin: CardPin | None = None
    told: Callable[[Glimpse], object] = lambda _: None


PLAIN = Wish()


def read_identity(
    channel: Channel,
    first_atr: bytes,
    *,
    read_atr: Callable[[], bytes],
    reader: str,
    at: datetime,
    wish: Wish = PLAIN,
) -> Identity:
    """Read EF05 and EF06; at the end read number and ATR again, which must be the same.

    `first_atr` is what was seen before the session, `read_atr` asks for it anew.

    Raises Refused(CARD_FOREIGN | CARD_BLOCKED | CARD_LOCKED_FIELDS | CARD_CHANGED | CARD_NOT_GENUINE |
    CARD_KEYS_UNAVAILABLE | CARD_PIN_*), Unreadable, and what the channel's transport raises.
    """
    atr = parse_atr(first_atr)
    fci = enter(channel, ss.SSSE)
    kind = read_fields(channel, ss.EF05, ss.CARD_KIND)
    version = ss.version_of(value(kind, ss.VERSION))
    free = _major(version) <= ss.EF06.free_until
    if not free and wish.keys is None:
        raise Refused(Failure.CARD_LOCKED_FIELDS, version=version)
    warnings = _prove(channel, wish.keys, fci, atr, kind, free=free) if wish.keys else ()
    holder = read_fields(channel, ss.EF06, ss.HOLDER_FIRST, _major(version))
    number = _needed(value(holder, ss.ID_NUMBER), ss.ID_NUMBER)
    name = _needed(value(holder, ss.NAME), ss.NAME)
    wish.told(Glimpse(name, number))
    holder |= read_more(channel, ss.HOLDER_REST, _major(version))
    rest = read_fields(channel, ss.EF05, ss.CARD_REST)
    card = _card(Values({**kind, **rest}), atr, version)
    proven = wish.keys is not None and not warnings
    card = replace(card, authenticated=proven, warnings=(*warnings, *card.warnings))
    identity = _identity(Values({**holder}), name, number, card, reader, at)
    _hold_changed(channel, holder, atr, read_atr)
    if wish.pin is not None and _major(version) >= ss.DF01.since:
        identity = replace(identity, residence=_residence(channel, wish.pin))
        _hold_swapped(channel, kind, atr, read_atr)
    return identity


def _prove(
    channel: Channel, keys: CardKeys, fci: Fci, atr: Atr, kind: Values, *, free: bool
) -> tuple[CardWarning, ...]:
    """Prove the card; what may be read without keys is read all the same when nobody can compute."""
    code = _code(kind)
    try:
        prove(channel, keys, fci=fci, atr=atr, code=code, region=_region(code), open_holder=not free)
    except Refused as refused:
        if refused.failure is not Failure.CARD_KEYS_UNAVAILABLE or not free:
            raise
        return (CardWarning.KEYS_UNAVAILABLE,)
    return ()


def _residence(channel: Channel, pin: CardPin) -> Residence | None:
    enter(channel, ss.SSSE)
    if not enter_folder(channel, ss.DF01):
        return None
    present_pin(channel, pin.digits, last_try=pin.last_try)
    found = read_fields(channel, ss.RESIDENCE, ss.RESIDENCE.fields)
    return Residence(
        address=value(found, ss.LIVING_ADDRESS),
        region=value(found, ss.LIVING_REGION),
        phone=value(found, ss.PHONE),
        contact=value(found, ss.CONTACT),
        contact_phone=value(found, ss.CONTACT_PHONE),
    )


def _hold_changed(channel: Channel, holder: Values, atr: Atr, read_atr: Callable[[], bytes]) -> None:
    again = read_fields(channel, ss.EF06, (ss.ID_NUMBER,))
    if again.get(ss.ID_NUMBER.tag) != holder[ss.ID_NUMBER.tag] or read_atr() != atr.raw:
        raise Refused(Failure.CARD_CHANGED)


def _hold_swapped(channel: Channel, kind: Values, atr: Atr, read_atr: Callable[[], bytes]) -> None:
    """Entering another application may close the holder's file again, so the card itself is compared."""
    enter(channel, ss.SSSE)
    again = read_fields(channel, ss.EF05, (ss.IDENTIFICATION_CODE,))
    if again.get(ss.IDENTIFICATION_CODE.tag) != kind[ss.IDENTIFICATION_CODE.tag] or read_atr() != atr.raw:
        raise Refused(Failure.CARD_CHANGED)


def _identity(holder: Values, name: str, number: str, card: Card, reader: str, at: datetime) -> Identity:
    warnings = list(card.warnings)
    if not id_number_fits(number):
        warnings.append(CardWarning.ID_CHECK)
    if not is_plain(name):
        warnings.append(CardWarning.NAME_CHARACTERS)
    birth_date = _day(holder, ss.BIRTH_DATE, warnings)
    # GB 11643: the number has the date of birth in it, so one of the two is wrong.
    if birth_date is not None and number[6:14] != f"{birth_date:%Y%m%d}":
        warnings.append(CardWarning.ID_CHECK)
    return Identity(
        name=name,
        id_no=number,
        sex=value(holder, ss.SEX),
        ethnicity=value(holder, ss.ETHNICITY),
        birth_place=value(holder, ss.BIRTH_PLACE),
        birth_date=birth_date,
        card=replace(card, warnings=tuple(dict.fromkeys(warnings))),
        reader=reader,
        read_at=at,
    )


def _code(values: Values) -> bytes:
    code = value(values, ss.IDENTIFICATION_CODE)
    if len(code) != ss.IDENTIFICATION_CODE.length:
        raise Unreadable("identification code")
    return code


def _region(code: bytes) -> str:
    return _needed(digits(code[:3]), ss.IDENTIFICATION_CODE)


def _card(values: Values, atr: Atr, version: str) -> Card:
    warnings: list[CardWarning] = []
    code = _code(values)
    region = _region(code)
    if atr.region not in {None, region[:4]}:
        warnings.append(CardWarning.REGION_MISMATCH)
    if atr.serial not in {None, code[8:12]}:
        warnings.append(CardWarning.SERIAL_MISMATCH)
    number = _card_number(values, warnings)
    issued, until = _day(values, ss.ISSUED, warnings), _day(values, ss.VALID_UNTIL, warnings)
    if issued is not None and until is not None and until < issued:
        warnings.append(CardWarning.DATE_UNREADABLE)
    return Card(
        number=number,
        identification_code=code.hex().upper(),
        region=region,
        version=version,
        issued_on=issued,
        valid_until=until,
        authenticated=False,  # plain PC/SC without PSAM or key server proves nothing (cards.md 0.4)
        warnings=tuple(warnings),
    )


def _card_number(values: Values, warnings: list[CardWarning]) -> str | None:
    try:
        number = value(values, ss.CARD_NUMBER)
    except Unreadable:
        warnings.append(CardWarning.NUMBER_CHECK)
        return None
    if number is not None and not card_number_fits(number):
        warnings.append(CardWarning.NUMBER_CHECK)
    return number


def _day(values: Values, field: Field[date | None], warnings: list[CardWarning]) -> date | None:
    try:
        return value(values, field)
    except Unreadable:
        warnings.append(CardWarning.DATE_UNREADABLE)
        return None


def _needed(found: str | None, field: Field[object]) -> str:
    if found is None:
        raise Unreadable(f"record {field.tag:02X} empty")
    return found


def _major(version: str) -> int:
    """Return the major number of a version. Raises Unreadable for one that no standard knows."""
    if version[:1] not in {"1", "2", "3"} or version[1:2] != ".":
        raise Unreadable("version")
    return int(version[0])
