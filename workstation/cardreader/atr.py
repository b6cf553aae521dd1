"""The answer to reset (ISO/IEC 7816-3 clause 8.2), parsed by its own structure, never by fixed offsets."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.cardreader.unreadable import Unreadable

LONGEST = 33
SOCIAL_SECURITY_HISTORY = 13


@dataclass(frozen=True, slots=True)
class Atr:
    """An answer to reset: its bytes, the protocols offered and the historical bytes."""

    raw: bytes
    protocols: tuple[int, ...]
    historical: bytes

    @property
    def region(self) -> str | None:
        """First four digits of the issuing region (historical bytes T8-T9, cards.md 1.1), if there are 13."""
        return self.historical[7:9].hex() if self._of_social_security else None

    @property
    def serial(self) -> bytes | None:
        """Serial of the card in its region (historical bytes TA-TD), if there are 13."""
        return self.historical[9:13] if self._of_social_security else None

    @property
    def _of_social_security(self) -> bool:
        return len(self.historical) == SOCIAL_SECURITY_HISTORY


def parse_atr(raw: bytes) -> Atr:
    """Parse any bytes; what follows the last byte that T0 announces (TCK) is not judged. Raises Unreadable."""
    if not 2 <= len(raw) <= LONGEST or raw[0] not in {0x3B, 0x3F}:
        raise Unreadable("atr")
    announced, count = raw[1] >> 4, raw[1] & 0x0F
    protocols: list[int] = []
    at = 2
    while announced:
        at += (announced & 0b0111).bit_count()
        if not announced & 0b1000:
            break
        if at >= len(raw):
            raise Unreadable("atr")
        announced, protocol = raw[at] >> 4, raw[at] & 0x0F
        protocols.append(protocol)
        at += 1
    if at + count > len(raw):
        raise Unreadable("atr")
    return Atr(raw, tuple(protocols) or (0,), raw[at : at + count])
