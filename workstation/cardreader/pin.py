"""The holder's PIN: its state is asked first, so that no try is spent by surprise (cards.md 1.3)."""

from __future__ import annotations

from workstation.cardreader.apdu import Sw, verify_pin
from workstation.cardreader.channel import Channel
from workstation.cardreader.unreadable import Unreadable
from workstation.domain.failures import Failure, Refused

SHORTEST, LONGEST = 4, 16


def present_pin(channel: Channel, digits: str, *, last_try: bool) -> None:
    """Show the PIN to the card, unless this would be the last try and `last_try` does not allow it.

    Raises Refused(CARD_PIN_WRONG with `left` | CARD_PIN_LAST_TRY | CARD_PIN_BLOCKED), ValueError for what is no PIN,
    Unreadable, and what the transport raises.
    """
    if not is_pin(digits):
        raise ValueError("not a PIN")
    left = _left(channel.send(verify_pin("")).sw)
    if left is None:
        return  # No PIN is set: everything behind it is open.
    if left == 1 and not last_try:
        raise Refused(Failure.CARD_PIN_LAST_TRY)
    left = _left(channel.send(verify_pin(digits)).sw)
    if left is not None:
        raise Refused(Failure.CARD_PIN_WRONG, left=str(left))


def is_pin(digits: str) -> bool:
    """Say whether this could be a PIN at all."""
    return digits.isascii() and digits.isdecimal() and SHORTEST <= len(digits) <= LONGEST


def _left(sw: int) -> int | None:
    """Return the tries left, None when the PIN is fine. Raises Refused(CARD_PIN_BLOCKED), Unreadable."""
    if sw == Sw.OK:
        return None
    if sw in (Sw.PIN_BLOCKED, Sw.TRIES_LEFT):
        raise Refused(Failure.CARD_PIN_BLOCKED)
    if sw & 0xFFF0 == Sw.TRIES_LEFT:
        return sw & 0x0F
    raise Unreadable(f"pin {sw:04X}")
