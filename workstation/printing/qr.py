"""The QR code of a slip, as filled boxes, so that it prints sharp at any resolution."""

from __future__ import annotations

from itertools import groupby

import segno

from workstation.printing.marks import MM, Fill

# 3.3 printer dots at 200 dpi, 5 at 300: what a hand scanner and a telephone read from office paper.
MODULE = 0.42 * MM
_QUIET = 4  # modules of white around the code, ISO/IEC 18004


def qr_side(text: str) -> float:
    """The side of the code with its white border, in points."""
    return len(_matrix(text)) * MODULE


def qr_marks(text: str, x: float, y: float) -> tuple[Fill, ...]:
    """Draw the code with its white border; (x, y) is the top left corner of the border."""
    marks: list[Fill] = []
    for row, modules in enumerate(_matrix(text)):
        column = 0
        for dark, run in groupby(modules):
            length = len(list(run))
            if dark:
                marks.append(Fill(x + column * MODULE, y + row * MODULE, length * MODULE, MODULE, grey=0.0))
            column += length
    return tuple(marks)


def _matrix(text: str) -> list[list[bool]]:
    # Level M mends 15 % damage: a fold or a stamp over the corner.
    code = segno.make_qr(text, error="m", boost_error=False)
    return [[bool(module) for module in row] for row in code.matrix_iter(scale=1, border=_QUIET)]
