"""The fonts of the paper: which one has a character, how wide a text is, and which characters none has."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase import pdfmetrics

from workstation.domain.failures import Failure, Refused
from workstation.printing.searchable_font import SearchableFont

NO_FONT = ""
_BOX_WIDTH = 1.2  # of the size, with the white on both sides of the box
_UNDRAWABLE = frozenset({"Cc", "Cf", "Cs"})  # control, format, half of a pair: nothing that stands in a name


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that one font can write; `font` is the name it is registered by."""

    font: str
    text: str


class Fonts:
    """Font files in order of preference; each is loaded when the ones before it lack a character.

    HanaMinB takes 0.1 s and 80 MB, which a sheet without rare characters does not pay.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self._waiting = list(files)
        self._loaded: list[SearchableFont] = []
        self._known: dict[str, tuple[str, float]] = {}  # character -> font, width at size 1
        self._boxed = False  # whether a character came that no font has

    @property
    def first(self) -> str:
        """The name of the preferred font. Raises FileNotFoundError when the product came without any."""
        if not self._loaded and not self._load_next():
            raise FileNotFoundError("resources/fonts")
        return str(self._loaded[0].fontName)

    def open_first(self) -> None:
        """Read the preferred font now. A product that came without any says so with the first sheet."""
        if not self._loaded:
            self._load_next()

    def runs(self, text: str) -> list[Run]:
        """Split a text by font. Raises Refused(GLYPH_MISSING, character=U+XXXX)."""
        if not self._loaded:
            self._load_next()
        known = self._known
        if len(self._loaded) == 1 and known.keys() >= set(text):
            return [Run(str(self._loaded[0].fontName), text)]
        runs: list[Run] = []
        start, font = 0, ""
        for at, character in enumerate(text):
            its = (known.get(character) or self._look_up(character))[0]
            if its != font:
                if at > start:
                    runs.append(Run(font, text[start:at]))
                start, font = at, its
        if start < len(text):
            runs.append(Run(font, text[start:]))
        return runs

    def width(self, text: str, size: float) -> float:
        """Return the width of a text in points. Raises Refused(GLYPH_MISSING, character=U+XXXX)."""
        known = self._known
        return sum([(known.get(character) or self._look_up(character))[1] for character in text]) * size

    def unwritten(self, text: str) -> str:
        """Return the characters of a text that no font has: the sheet shows their code points in boxes instead.

        Raises Refused(GLYPH_MISSING, character=U+XXXX) for what is no character to be drawn at all.
        """
        known = self._known
        if not self._boxed and known.keys() >= set(text):
            return ""
        return "".join(c for c in text if (known.get(c) or self._look_up(c))[0] == NO_FONT)

    def _look_up(self, character: str) -> tuple[str, float]:
        """Return a character's font and its width at size 1, and remember both: a sheet has the same few hundred."""
        code = ord(character)
        for font in self._loaded:
            if font.has(code):
                found = str(font.fontName), float(pdfmetrics.stringWidth(character, font.fontName, 1))
                self._known[character] = found
                return found
        if self._load_next():
            return self._look_up(character)
        if unicodedata.category(character) in _UNDRAWABLE:
            raise Refused(Failure.GLYPH_MISSING, character=f"U+{code:04X}")
        self._known[character] = (NO_FONT, _BOX_WIDTH)
        self._boxed = True
        return self._known[character]

    def _load_next(self) -> bool:
        if not self._waiting:
            return False
        path = self._waiting.pop(0)
        # ReportLab looks fonts up by name in a table of its own; the whole path keeps two files apart.
        font = SearchableFont(str(path), str(path))
        pdfmetrics.registerFont(font)
        self._loaded.append(font)
        return True
