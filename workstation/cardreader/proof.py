"""Proves the card to us, and us to the card, with keys that somebody else holds (cards.md 2.2 to 2.4)."""

from __future__ import annotations

import hmac
import secrets

from wire.messages import CardChallenge, CardRandoms
from workstation.cardreader.apdu import Sw, external_authenticate, get_challenge, internal_authenticate
from workstation.cardreader.atr import SOCIAL_SECURITY_HISTORY, Atr
from workstation.cardreader.channel import Channel
from workstation.cardreader.fci import Fci
from workstation.cardreader.files import enter
from workstation.cardreader.profiles import social_security as ss
from workstation.cardreader.unreadable import Unreadable
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import CardKeys

_BLOCK = 8
_RKSSSE = 0x0A


def prove(
    channel: Channel, keys: CardKeys, *, fci: Fci, atr: Atr, code: bytes, region: str, open_holder: bool
) -> None:
    """Return when the card is genuine; with `open_holder` the card lets its holder's data be read afterwards.

    The environment is selected anew and must stay selected. Raises Refused(CARD_NOT_GENUINE), and
    Refused(CARD_KEYS_UNAVAILABLE) when nobody could compute; Unreadable, and what the transport raises.
    """
    if len(atr.historical) != SOCIAL_SECURITY_HISTORY:
        raise Refused(Failure.CARD_KEYS_UNAVAILABLE, cause="historical bytes")
    enter(channel, ss.SSSE)
    # Our own numbers, not the card's: a copied card could choose those for which it has heard the answer.
    factor, original = secrets.token_bytes(_BLOCK), secrets.token_bytes(_BLOCK)
    said = channel.send(internal_authenticate(factor, original))
    if said.sw != Sw.OK or len(said.data) != _BLOCK:
        raise Refused(Failure.CARD_NOT_GENUINE, sw=f"{said.sw:04X}")
    # The original comes first: the card makes its session key of the last number it gave (TR3).
    their_original = _challenge(channel) if open_holder else b""
    their_factor = _challenge(channel) if open_holder else b""
    answer = keys.card_cryptograms(
        CardChallenge(
            region=region,
            historical=atr.historical.hex().upper(),
            cipher=fci.cipher_in(region).value,
            identification_code=code.hex().upper(),
            internal=_randoms(factor, original),
            external=_randoms(their_factor, their_original) if open_holder else None,
        )
    )
    if not hmac.compare_digest(said.data, _cryptogram(answer.internal)):
        raise Refused(Failure.CARD_NOT_GENUINE)
    if open_holder:
        # Only now: a wrong cryptogram costs the card one of its tries, and a genuine card has just shown the same keys.
        _open_holder(channel, _cryptogram(answer.external or ""), their_original)


def _open_holder(channel: Channel, cryptogram: bytes, original: bytes) -> None:
    said = channel.send(external_authenticate(_RKSSSE, cryptogram, original))
    if said.sw != Sw.OK:
        raise Refused(Failure.CARD_KEYS_UNAVAILABLE, cause="refused by the card", sw=f"{said.sw:04X}")


def _challenge(channel: Channel) -> bytes:
    said = channel.send(get_challenge())
    if said.sw != Sw.OK or len(said.data) != _BLOCK:
        raise Unreadable("challenge")
    return said.data


def _randoms(factor: bytes, original: bytes) -> CardRandoms:
    return CardRandoms(factor.hex().upper(), original.hex().upper())


def _cryptogram(told: str) -> bytes:
    try:
        raw = bytes.fromhex(told)
    except ValueError:
        raw = b""
    if len(raw) != _BLOCK:
        raise Refused(Failure.CARD_KEYS_UNAVAILABLE, cause="malformed answer")
    return raw
