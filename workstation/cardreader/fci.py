"""File control information: what SELECT by name tells of an application (cards.md 1.2)."""

from __future__ import annotations

from dataclasses import dataclass

from wire.card_keys import CardCipher
from workstation.cardreader.tlv import Tlv, parse_tlv
from workstation.cardreader.unreadable import Unreadable

_TEMPLATE, _NAME, _PROPRIETARY, _ISSUER, _ALGORITHM = 0x6F, 0x84, 0xA5, 0x9F0C, 0x86
_CIPHERS = {b"\x01": CardCipher.TRIPLE_DES, b"\x02": CardCipher.SSF33, b"\x03": CardCipher.SM4}


@dataclass(frozen=True, slots=True)
class Fci:
    """The name under which the application was selected and the algorithm of its keys, as far as the card tells."""

    name: bytes | None
    cipher: CardCipher | None = None

    def cipher_in(self, region: str) -> CardCipher:
        """Return the algorithm; a card that tells none has SSF33 in Beijing and DES elsewhere (SC16 10.1)."""
        if self.cipher is not None:
            return self.cipher
        return CardCipher.SSF33 if region.startswith("11") else CardCipher.TRIPLE_DES


def parse_fci(raw: bytes) -> Fci:
    """Parse 6F{84 name, A5{9F0C{86 algorithm}}}; no bytes at all mean that the card tells nothing.

    Raises Unreadable.
    """
    if not raw:
        return Fci(None)
    template = next((one for one in parse_tlv(raw) if one.tag == _TEMPLATE), None)
    if template is None:
        raise Unreadable("fci")
    name = template.find(_NAME)
    return Fci(name.value if name else None, _cipher(template.find(_PROPRIETARY)))


def _cipher(proprietary: Tlv | None) -> CardCipher | None:
    issuer = proprietary.find(_ISSUER) if proprietary else None
    if issuer is None:
        return None
    try:
        # 9F0C is primitive by its tag, but on 3.0 cards it holds data objects; others keep text of the issuer in it.
        told = next((one for one in parse_tlv(issuer.value) if one.tag == _ALGORITHM), None)
    except Unreadable:
        return None
    return _CIPHERS.get(told.value) if told else None
