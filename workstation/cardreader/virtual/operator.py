"""The applet of a virtual operator card: shows its public key, signs what it is given (operator_card.py).

Its private key stands in the card's file: a simulator at the outermost edge, for demos and tests, never a real card.
"""

from __future__ import annotations

from wire.keys import public_of, sign

NAME = bytes.fromhex("F04F574F504552303031")
_WRONG_LENGTH = b"\x67\x00"
_UNKNOWN_COMMAND = b"\x6d\x00"


class OperatorApplet:
    """The applet, once it is selected. Data come without a status word, a status word alone."""

    def __init__(self, private: bytes) -> None:
        self._private = private

    @property
    def key(self) -> bytes:
        """The public key."""
        return public_of(self._private)

    def authenticate(self, challenge: bytes) -> bytes:
        """Answer INTERNAL AUTHENTICATE."""
        return sign(self._private, challenge) if challenge else _WRONG_LENGTH
