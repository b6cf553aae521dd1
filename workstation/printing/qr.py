"""The QR code of a slip, as filled boxes, so that it prints sharp at any resolution."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno

from workstation.printing.marks import MM, Fill

# 3.3 printer dots at 200 dpi, 5 at 300: what a hand scanner and a telephone read from office paper.
MODULE = 0.42 * MM
_QUIET = 4  # modules of white around the code, ISO/IEC 18004
# One of the eight masks for all codes: their text is as good as random already, and to score all eight takes longer than
# everything else on the sheet. A reader finds the mask's number in the code.
_MASK = 2


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code with its white border: rows of modules, True for black."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def side(self) -> float:
        """The side with the border, in points."""
        return len(self.rows) * MODULE

    def marks(self, x: float, y: float) -> tuple[Fill, ...]:
        """Draw it; (x, y) is the top left corner of the border."""
        marks: list[Fill] = []
        for row, modules in enumerate(self.rows):
            column = 0
            for dark, run in groupby(modules):
                length = len(list(run))
                if dark:
                    marks.append(
                        Fill(x + column * MODULE, y + row * MODULE, length * MODULE, MODULE, grey=0.0)
                    )
                column += length
        return tuple(marks)


def qr_code(text: str) -> QrCode:
    """Make the code. Level M mends 15 % damage: a fold or a stamp over the corner."""
    code = segno.make_qr(text, error="m", boost_error=False, mask=_MASK)
    width = len(code.matrix[0])
    blank = (False,) * (width + 2 * _QUIET)
    edge = (False,) * _QUIET
    inside = tuple((*edge, *(bool(module) for module in row), *edge) for row in code.matrix)
    return QrCode((*(blank,) * _QUIET, *inside, *(blank,) * _QUIET))
