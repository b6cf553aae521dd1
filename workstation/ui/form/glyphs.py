"""Which characters can be drawn here: those of our fonts, the same ones that the paper is printed with."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QRawFont

from workstation import resources

_PX = 14
_PLAIN = 0x3000  # below stand Latin letters, digits and signs that every font has


def missing_from(text: str) -> str:
    """Return the first character that no font of ours has, "" when all can be shown."""
    return next((c for c in text if ord(c) > _PLAIN and not _drawn(c)), "")


@cache
def _drawn(character: str) -> bool:
    return any(_font(str(path)).supportsCharacter(ord(character)) for path in resources.font_files())


@cache
def _font(path: str) -> QRawFont:
    return QRawFont(path, _PX)
