"""The fonts of the paper: which one has a character, how wide a text is, and a refusal when none has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase import pdfmetrics

from workstation.domain.failures import Failure, Refused
from workstation.printing.searchable_font import SearchableFont


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

    @property
    def first(self) -> str:
        """The name of the preferred font. Raises FileNotFoundError when the product came without any."""
        if not self._loaded and not self._load_next():
            raise FileNotFoundError("resources/fonts")
        return str(self._loaded[0].fontName)

    def runs(self, text: str) -> list[Run]:
        """Split a text by font. Raises Refused(GLYPH_MISSING, character=U+XXXX)."""
        runs: list[Run] = []
        for character in text:
            font = self._font_of(character)
            if runs and runs[-1].font == font:
                runs[-1] = Run(font, runs[-1].text + character)
            else:
                runs.append(Run(font, character))
        return runs

    def width(self, text: str, size: float) -> float:
        """Return the width of a text in points. Raises Refused(GLYPH_MISSING, character=U+XXXX)."""
        return sum(float(pdfmetrics.stringWidth(run.text, run.font, size)) for run in self.runs(text))

    def _font_of(self, character: str) -> str:
        code = ord(character)
        for font in self._loaded:
            if font.has(code):
                return str(font.fontName)
        if self._load_next():
            return self._font_of(character)
        raise Refused(Failure.GLYPH_MISSING, character=f"U+{code:04X}")

    def _load_next(self) -> bool:
        if not self._waiting:
            return False
        path = self._waiting.pop(0)
        # ReportLab looks fonts up by name in a table of its own; the whole path keeps two files apart.
        font = SearchableFont(str(path), str(path))
        pdfmetrics.registerFont(font)
        self._loaded.append(font)
        return True
