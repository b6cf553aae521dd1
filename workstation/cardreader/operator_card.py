"""The operator's own card: it shows its public key and signs a challenge; the private key never leaves it.

No standard is behind this profile: an operator card is issued by the hall's own centre. The application's name is of the
unregistered category (ISO/IEC 7816-4 8.2.1.2, first byte F0); the commands are GET DATA and INTERNAL AUTHENTICATE of
ISO/IEC 7816-4, with Ed25519 (RFC 8032).
"""

from __future__ import annotations

from dataclasses import dataclass

from workstation.cardreader.apdu import Command, Ins, Sw, select_name
from workstation.cardreader.channel import Channel
from workstation.cardreader.unreadable import Unreadable
from workstation.domain.failures import Failure, Refused

APPLET = bytes.fromhex("F04F574F504552303031")  # F0 "OWOPER001"
GET_DATA = 0xCA
KEY_BYTES, SIGNATURE_BYTES = 32, 64
MOST_CHALLENGE = 255  # one short command


@dataclass(frozen=True, slots=True)
class Proven:
    """What the card said: raw public key and raw signature over the challenge."""

    key: bytes
    signature: bytes


def prove(channel: Channel, challenge: bytes) -> Proven:
    """Let the card sign. Raises Refused(OPERATOR_CARD_REFUSED) for a card that is none, Unreadable."""
    if not 0 < len(challenge) <= MOST_CHALLENGE:
        raise Refused(Failure.OPERATOR_CARD_REFUSED, cause="challenge length")
    if channel.send(select_name(APPLET)).sw != Sw.OK:
        raise Refused(Failure.OPERATOR_CARD_REFUSED, cause="no operator card")
    key = channel.send(Command(GET_DATA, 0x01, 0x01, le=KEY_BYTES))
    said = channel.send(Command(Ins.INTERNAL_AUTHENTICATE, 0x00, 0x01, challenge, le=SIGNATURE_BYTES))
    if (key.sw, said.sw) != (Sw.OK, Sw.OK):
        raise Refused(Failure.OPERATOR_CARD_REFUSED, cause="card", sw=f"{said.sw:04X}")
    if len(key.data) != KEY_BYTES or len(said.data) != SIGNATURE_BYTES:
        raise Unreadable("operator card")
    return Proven(key.data, said.data)
