"""The arithmetic of social security card keys: diversification, session key, cryptogram (cards.md 2.2; P4 8.4, 9.3; P9 7.3).

Workstations never hold a key: the hall's key server computes with it, and so do simulated cards in tests and the demo.
3DES follows the standard's text; for SM4 the same steps with a 16-byte block are inferred, and no card has confirmed them.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class CardCipher(StrEnum):
    """The algorithm a card tells in its FCI (tag 86 inside 9F0C). SSF33 is not public and cannot be computed."""

    TRIPLE_DES = "3des"
    SSF33 = "ssf33"
    SM4 = "sm4"


class UnknownCipher(ValueError):
    """The card wants an algorithm that cannot be computed here."""


def card_key(cipher: CardCipher, root: bytes, region: str, historical: bytes) -> bytes:
    """Derive a card's 16-byte key from a 16-byte root.

    `region` is the six-digit issuing region, `historical` the 13 historical bytes of the answer to reset.
    Raises UnknownCipher, and ValueError when a length is wrong.
    """
    if len(root) != 16 or len(historical) != 13 or len(region) != 6 or not region.isdecimal():
        raise ValueError("root, region or historical bytes of a wrong length")
    return _down(cipher, root, factors(region, historical))


def cryptogram(cipher: CardCipher, key: bytes, factor: bytes, original: bytes) -> bytes:
    """Encipher the 8-byte `original` under the session key that `key` and the 8-byte `factor` make; 8 bytes.

    Raises UnknownCipher, and ValueError when a length is wrong.
    """
    if len(factor) != 8 or len(original) != 8:
        raise ValueError("factor or original of a wrong length")
    session = encipher(cipher, key, session_text(cipher, factor))
    block = encipher(cipher, session, session_text(cipher, original))
    return block if cipher is CardCipher.TRIPLE_DES else folded(block)


def session_key(cipher: CardCipher, root: bytes, levels: Iterable[bytes], factor: bytes) -> bytes:
    """Derive down the levels and make the session key of the 8-byte `factor`: what a PSAM does by itself."""
    return encipher(cipher, _down(cipher, root, levels), session_text(cipher, factor))


def session_text(cipher: CardCipher, text: bytes) -> bytes:
    """Fill 8 bytes up to the block of the algorithm."""
    return text if cipher is CardCipher.TRIPLE_DES else text + bytes(8)


def folded(block: bytes) -> bytes:
    """Fold a 16-byte block into the 8 bytes of a cryptogram."""
    return bytes(a ^ b for a, b in zip(block[:8], block[8:], strict=True))


def factors(region: str, historical: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the three 8-byte factors: province, city, card. Region 33 keys its cities by four digits (P9 7.3)."""
    city = region[:4] + "00sx" if region.startswith("33") else region + "sx"
    return (region[:2] + "0000sh").encode("ascii"), city.encode("ascii"), historical[5:13]


def _down(cipher: CardCipher, root: bytes, levels: Iterable[bytes]) -> bytes:
    key = root
    for factor in levels:
        key = _diversify(cipher, key, factor)
    return key


def _diversify(cipher: CardCipher, key: bytes, factor: bytes) -> bytes:
    inverted = bytes(byte ^ 0xFF for byte in factor)
    if cipher is CardCipher.TRIPLE_DES:
        return encipher(cipher, key, factor) + encipher(cipher, key, inverted)
    return encipher(cipher, key, factor + inverted)


def encipher(cipher: CardCipher, key: bytes, block: bytes) -> bytes:
    """Encipher one block; an 8-byte key is single DES, which 3DES with three equal keys is."""
    from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES  # noqa: PLC0415 - see keys.py
    from cryptography.hazmat.primitives.ciphers import Cipher, modes  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.algorithms import SM4  # noqa: PLC0415

    if cipher is CardCipher.SSF33:
        raise UnknownCipher("SSF33 is not public")
    algorithm = (
        TripleDES(key * (24 // len(key)) if len(key) == 8 else key + key[:8])
        if cipher is CardCipher.TRIPLE_DES
        else SM4(key)
    )
    # One block, so there is nothing that a mode could chain.
    encryptor = Cipher(algorithm, modes.ECB()).encryptor()  # noqa: S305
    return encryptor.update(block) + encryptor.finalize()
