"""What the bytes of a field mean: text, digits, dates (cards.md 1.4). Unset fields are full of 00, 20 or FF."""

from __future__ import annotations

import unicodedata
from datetime import date

from workstation.cardreader.unreadable import Unreadable

_FILLING = b"\x00\x20\xff"
_REPLACED = "\ufffd"
# Fillers of Hangul and the empty sign of Braille are letters and signs by their category, and nothing on the screen.
_ODD = frozenset((_REPLACED, *"\u115f\u1160\u3164\uffa0\u2800", *map(chr, range(0xFDD0, 0xFDF0))))
# Python decodes GB 18030 as it was in 2000, when these characters had no code point yet and lay in the private use
# area. GB 18030-2005 moved the first, 2022 the next eighteen; the last six have had real ones since Unicode 3.1.
_REAL = {
    0xE7C7: 0x1E3F,
    **dict(zip(range(0xE78D, 0xE797), (0xFE10, 0xFE12, 0xFE11, *range(0xFE13, 0xFE1A)), strict=True)),
    **dict(
        zip(
            (0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864),
            range(0x9FB4, 0x9FBC),
            strict=True,
        )
    ),
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE831: 0x215D7,
    0xE83B: 0x2298F,
    0xE855: 0x241FE,
}


def text(raw: bytes) -> str | None:
    """Decode GBK text (GB 18030-2022 decoder), NFC. Never raises: what cannot be shown becomes U+FFFD."""
    decoded = real(raw.rstrip(_FILLING).decode("gb18030", errors="replace"))
    shown = "".join(_REPLACED if is_hidden(c) else c for c in decoded)
    return unicodedata.normalize("NFC", shown).strip() or None


def real(decoded: str) -> str:
    """Give the characters that older tables keep in the private use area their real code points."""
    return decoded.translate(_REAL)


def is_plain(shown: str) -> bool:
    """Say whether every character has a code point that everybody shares.

    None of U+FFFD, which stands for bytes that mean nothing, of the private use areas, where each maker of fonts drew
    what he liked, of noncharacters and of letters that show nothing; and not accents alone.
    """
    if all(unicodedata.category(c)[0] in "MZ" for c in shown):
        return False
    return not any(c in _ODD or ord(c) & 0xFFFE == 0xFFFE or unicodedata.category(c) == "Co" for c in shown)


def ascii_text(raw: bytes) -> str | None:
    """Decode text that can only be letters and digits. Raises Unreadable."""
    found = raw.rstrip(_FILLING)
    if not found:
        return None
    try:
        decoded = found.decode("ascii")
    except UnicodeDecodeError:
        raise Unreadable("text") from None
    if not decoded.isalnum():
        raise Unreadable("text")
    return decoded.upper()


def digits(raw: bytes) -> str | None:
    """Unpack BCD filled up with F. Raises Unreadable for anything but decimal digits."""
    unpacked = raw.hex().rstrip("f")
    # Blanks are no digits: 20 20 20 would be taken for the place 202020.
    if not unpacked.strip("0") or not raw.strip(_FILLING):
        return None
    if not unpacked.isdecimal():
        raise Unreadable("digits")
    return unpacked


def code(raw: bytes) -> str | None:
    """Unpack a BCD code; one that is no decimal number counts as unset, as it only fills in a form field."""
    try:
        return digits(raw)
    except Unreadable:
        return None


def sex(raw: bytes) -> str | None:
    """Return the GB/T 2261.1 code (0, 1, 2, 9) or None."""
    found = raw.rstrip(_FILLING)
    return found.decode("ascii") if found in {b"0", b"1", b"2", b"9"} else None


def day(raw: bytes) -> date | None:
    """Read YYYYMMDD in BCD, or in ASCII as some cards have it. Raises Unreadable for anything else."""
    if len(raw) == 8 and raw.isdigit():
        written: str | None = raw.decode("ascii")
    else:
        written = digits(raw)
    if written is None or not written.strip("0"):
        return None
    if len(written) != 8:
        raise Unreadable("date")
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        raise Unreadable("date") from None


def is_hidden(character: str) -> bool:
    """Say whether a character could make a text show as another one: controls and formats, bidi overrides among them.

    Private use and characters younger than Python's table are none: rare names are written with them.
    """
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
