"""File control information: what SELECT by name tells of an application (cards.md 1.2)."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.cardreader.tlv import parse_tlv
from workstation.cardreader.unreadable import Unreadable

_TEMPLATE, _NAME = 0x6F, 0x84


@dataclass(frozen=True, slots=True)
class Fci:
    """The name under which the application was selected, if the card tells it."""

    name: bytes | None


def parse_fci(raw: bytes) -> Fci:
    """Parse 6F{84 name, …}; no bytes at all mean that the card tells nothing. Raises Unreadable."""
    if not raw:
        return Fci(None)
    template = next((one for one in parse_tlv(raw) if one.tag == _TEMPLATE), None)
    if template is None:
        raise Unreadable("fci")
    name = template.find(_NAME)
    return Fci(name.value if name else None)
