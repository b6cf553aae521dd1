"""The key server of citizen cards: an interface, and a software one with public test keys for demo and tests.

A real hall asks its HSM here. The workstation never sees a key: it brings a card's challenge and gets cryptograms.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from wire.card_keys import CardCipher, UnknownCipher, card_key, cryptogram
from wire.messages import CardChallenge, CardCryptograms, CardRandoms

# The published test root of cards.md 7: it opens simulated cards and nothing else.
TEST_ROOT = bytes(range(16))


class KeysRefused(Exception):
    """No cryptogram is given for this card; the text names the reason, never the card."""


class KeyServer(Protocol):
    """Whoever holds the roots."""

    def cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        """Compute the cryptograms of one card. Raises KeysRefused."""
        ...


class SoftwareKeyServer:
    """Implements KeyServer with roots in memory, by cipher. Never for a production hall."""

    def __init__(self, roots: Mapping[CardCipher, bytes]) -> None:
        self._roots = roots

    def cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        """See KeyServer."""
        try:
            cipher = CardCipher(challenge.cipher)
            key = card_key(cipher, self._roots[cipher], challenge.region, bytes.fromhex(challenge.historical))
            internal = _compute(cipher, key, challenge.internal)
            external = _compute(cipher, key, challenge.external) if challenge.external else None
        except (KeyError, UnknownCipher) as error:
            raise KeysRefused("cipher") from error
        except ValueError as error:
            raise KeysRefused("malformed") from error
        return CardCryptograms(internal, external)


def simulated_cards() -> SoftwareKeyServer:
    """Return the key server of demo and tests: one public root for every key id and both ciphers."""
    return SoftwareKeyServer({CardCipher.TRIPLE_DES: TEST_ROOT, CardCipher.SM4: TEST_ROOT})


def _compute(cipher: CardCipher, key: bytes, randoms: CardRandoms) -> str:
    made = cryptogram(cipher, key, bytes.fromhex(randoms.factor), bytes.fromhex(randoms.original))
    return made.hex().upper()
