"""The letters a clerk types for a Chinese name: the first letter of each sound, in every reading."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product

_MOST = 8  # readings of one name: surnames like 曾 or 单 have two, hardly a name has more


def readings(name: str) -> tuple[str, ...]:
    """Return the initials of a name in lower case, the usual reading first; what is not Chinese stands as it is.

    At most eight: of a name with more readings the first characters keep their usual ones.
    """
    letters = [each for each in map(_letters, name) if each]
    return tuple("".join(reading) for reading in islice(product(*letters), _MOST)) if letters else ()


@lru_cache(maxsize=32768)
def _letters(character: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin  # noqa: PLC0415 - 40 ms of tables that no start waits for

    if character.isascii():
        return (character.lower(),) if character.isalnum() else ()
    sounds = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(sound[0] for each in sounds for sound in each if sound and sound[0].isascii()))
