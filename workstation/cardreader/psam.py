"""A PSAM in a second slot: it holds the roots of card keys and computes with them (cards.md 2.1, 2.3; P9 9.7).

No real PSAM was seen. The order of the factors and the meaning of 6A80 are from field code and the standard's text.
"""

from __future__ import annotations

from wire.card_keys import CardCipher, factors, folded
from wire.messages import CardChallenge, CardCryptograms, CardRandoms
from workstation.cardreader.apdu import Command, Response, Sw, select_name
from workstation.cardreader.channel import Channel
from workstation.cardreader.pcsc import PcscError
from workstation.cardreader.unreadable import Unreadable
from workstation.domain.failures import Failure, Refused

_APPLET = bytes.fromhex("D15600000590")
_SESSION_KEY, _CIPHER_DATA = 0xBF, 0xFA
_DELIVER = 0xDE
_NOT_THIS_ONE = frozenset({0x6A80, 0x6A88})  # wrong length for the key's levels, no such key
_PROPRIETARY = 0x80

_INTERNAL, _RKSSSE = 0x08, 0x0A
# Levels still to go, and the usage byte: levels in three bits, the key's type in five (cards.md 2.1). Whether the byte
# follows the levels is not known, so both are tried.
_TRIES = ((3, 0x67), (2, 0x67), (2, 0x47), (1, 0x67), (1, 0x27))


def is_psam(channel: Channel) -> bool:
    """Say whether the card is one. Raises Unreadable and what the transport raises."""
    return channel.send(select_name(_APPLET)).sw == Sw.OK


class Psam:
    """Implements ports.CardKeys over the channel of a PSAM whose applet is selected."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def card_cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        """See ports.CardKeys. Raises Refused(CARD_KEYS_UNAVAILABLE)."""
        internal = self._compute(_INTERNAL, challenge, challenge.internal)
        external = self._compute(_RKSSSE, challenge, challenge.external) if challenge.external else None
        return CardCryptograms(internal, external)

    def _compute(self, key: int, challenge: CardChallenge, randoms: CardRandoms) -> str:
        self._deliver(key, challenge, bytes.fromhex(randoms.factor))
        original = bytes.fromhex(randoms.original)
        if challenge.cipher == CardCipher.TRIPLE_DES:
            return self._cipher(original, 8).hex().upper()
        return folded(self._cipher(original + bytes(8), 16)).hex().upper()

    def _deliver(self, key: int, challenge: CardChallenge, factor: bytes) -> None:
        """Have the session key made. A PSAM of a city has fewer levels to go; it refuses the others by 6A80."""
        if challenge.cipher != CardCipher.TRIPLE_DES:
            factor += bytes(8)
        # The PSAM takes the last level first (WAPP, ExterAuthen).
        last_first = factors(challenge.region, bytes.fromhex(challenge.historical))[::-1]
        for levels, usage in _TRIES:
            data = b"".join(last_first[:levels]) + factor
            said = self._send(Command(_DELIVER, usage, key, data, cla=_SESSION_KEY))
            if said.sw == Sw.OK:
                return
            if said.sw not in _NOT_THIS_ONE:
                raise Refused(Failure.CARD_KEYS_UNAVAILABLE, cause="psam", sw=f"{said.sw:04X}")
        raise Refused(Failure.CARD_KEYS_UNAVAILABLE, cause="psam levels")

    def _send(self, command: Command) -> Response:
        """A PSAM that fails or is pulled says nothing about the citizen's card."""
        try:
            return self._channel.send(command)
        except (Unreadable, PcscError) as error:
            raise Refused(Failure.CARD_KEYS_UNAVAILABLE, cause=f"psam {error}") from error

    def _cipher(self, text: bytes, length: int) -> bytes:
        said = self._send(Command(_CIPHER_DATA, 0x00, 0x00, text, le=length, cla=_PROPRIETARY))
        if said.sw != Sw.OK or len(said.data) != length:
            raise Refused(Failure.CARD_KEYS_UNAVAILABLE, cause="psam", sw=f"{said.sw:04X}")
        return said.data


class NoPsam:
    """Implements ports.CardKeys for a station whose PSAM is not in its slot."""

    def card_cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        """Raises Refused(CARD_KEYS_UNAVAILABLE)."""
        del challenge
        raise Refused(Failure.CARD_KEYS_UNAVAILABLE, cause="no psam")
