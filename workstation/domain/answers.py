"""What is known for the form: values with where they came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wire.messages import Origin

PRECEDENCE = tuple(Origin)  # strongest first


@dataclass(frozen=True, slots=True)
class Answer:
    """One value for one element. `value` is canonical: ISO dates, codes, upper-case check digits, NFC text.

    `source` names what gave it: a verification rule id, a case id, or "". `reason` is set when a value of
    stronger origin was overruled by hand.
    """

    value: str
    origin: Origin
    at: datetime
    source: str = ""
    reason: str = ""


def stronger(a: Origin, b: Origin) -> bool:
    """Say whether a outranks b."""
    return PRECEDENCE.index(a) < PRECEDENCE.index(b)
