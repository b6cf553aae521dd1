"""Card keys against the vectors of cards.md 2.2."""

from __future__ import annotations

import pytest

from wire.card_keys import CardCipher, UnknownCipher, card_key, cryptogram, factors, session_key

ROOT = bytes(range(16))
HISTORICAL = bytes.fromhex("0081544C708684440100000001")
FACTOR = bytes.fromhex("1122334455667788")
ORIGINAL = bytes.fromhex("8877665544332211")


@pytest.mark.parametrize(
    ("cipher", "key", "answer"),
    [
        (CardCipher.TRIPLE_DES, "6D8871E340469D6CF8D826E822E0E91B", "3EE89CA9186356A0"),
        (CardCipher.SM4, "0A1C16443DC566F35120A02BEEDC0BF4", "25EBC473FD02ECB3"),
    ],
)
def test_key_and_cryptogram_are_those_of_the_reference(cipher: CardCipher, key: str, answer: str) -> None:
    made = card_key(cipher, ROOT, "440100", HISTORICAL)
    assert made.hex().upper() == key
    assert cryptogram(cipher, made, FACTOR, ORIGINAL).hex().upper() == answer


@pytest.mark.parametrize(
    ("cipher", "level", "key"),
    [
        (CardCipher.TRIPLE_DES, 1, "E55909F736253D3B532CB64F280D16B3"),
        (CardCipher.TRIPLE_DES, 2, "98C9CD80C165219DB34243059C7D085F"),
        (CardCipher.SM4, 1, "43E5FE4985B1C0A3FE4A71E60E39C2F6"),
        (CardCipher.SM4, 2, "8E0F4E5EAF94E6C2C876FD16F25D7033"),
    ],
)
def test_the_keys_of_province_and_city_are_those_of_the_reference(
    cipher: CardCipher, level: int, key: str
) -> None:
    """What a PSAM with fewer levels to go holds: a session key made from it is the one made from the root."""
    levels = factors("440100", HISTORICAL)
    below = session_key(cipher, bytes.fromhex(key), levels[level:], FACTOR)
    assert below == session_key(cipher, ROOT, levels, FACTOR)
    assert session_key(cipher, bytes(16), levels[level:], FACTOR) != below


def test_zhejiang_keys_its_cities_by_four_digits() -> None:
    assert card_key(CardCipher.SM4, ROOT, "330100", HISTORICAL) == card_key(
        CardCipher.SM4, ROOT, "330199", HISTORICAL
    )
    assert card_key(CardCipher.SM4, ROOT, "440100", HISTORICAL) != card_key(
        CardCipher.SM4, ROOT, "440199", HISTORICAL
    )


def test_ssf33_is_refused_and_never_guessed() -> None:
    with pytest.raises(UnknownCipher):
        card_key(CardCipher.SSF33, ROOT, "110100", HISTORICAL)


@pytest.mark.parametrize(
    ("root", "region", "historical"),
    [
        (ROOT[:8], "440100", HISTORICAL),
        (ROOT, "4401", HISTORICAL),
        (ROOT, "44010x", HISTORICAL),
        (ROOT, "440100", b""),
    ],
)
def test_a_wrong_length_is_an_error(root: bytes, region: str, historical: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the lengths are the cause
        card_key(CardCipher.SM4, root, region, historical)
