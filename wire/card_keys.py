"""The arithmetic of social security card keys: diversification, session key, cryptogram (cards.md 2.2; P4 8.4, 9.3; P9 7.3).

Workstations never hold a key: the hall's key server computes with it, and so do simulated cards in tests and the demo.
3DES follows the standard's text; for SM4 the same steps with a 16-byte block are inferred, and no card has confirmed them.
"""

from __future__ import annotations

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
    key = root
    for factor in factors(region, historical):
        key = _diversify(cipher, key, factor)
    return key


def cryptogram(cipher: CardCipher, key: bytes, factor: bytes, original: bytes) -> bytes:
    """Encipher the 8-byte `original` under the session key that `key` and the 8-byte `factor` make; 8 bytes.

    Raises UnknownCipher, and ValueError when a length is wrong.
    """
    if len(factor) != 8 or len(original) != 8:
        raise ValueError("factor or original of a wrong length")
    if cipher is CardCipher.TRIPLE_DES:
        session = _encipher(cipher, key, factor)
        return _encipher(cipher, session, original)
    session = _encipher(cipher, key, factor + bytes(8))
    block = _encipher(cipher, session, original + bytes(8))
    return bytes(a ^ b for a, b in zip(block[:8], block[8:], strict=True))


def factors(region: str, historical: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the three 8-byte factors: province, city, card. Region 33 keys its cities by four digits (P9 7.3)."""
    city = region[:4] + "00sx" if region.startswith("33") else region + "sx"
    return (region[:2] + "0000sh").encode("ascii"), city.encode("ascii"), historical[5:13]


def _diversify(cipher: CardCipher, key: bytes, factor: bytes) -> bytes:
    inverted = bytes(byte ^ 0xFF for byte in factor)
    if cipher is CardCipher.TRIPLE_DES:
        return _encipher(cipher, key, factor) + _encipher(cipher, key, inverted)
    return _encipher(cipher, key, factor + inverted)


def _encipher(cipher: CardCipher, key: bytes, block: bytes) -> bytes:
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
