"""The QR code of a slip, as a stencil of one cell a module, so that it prints sharp at any resolution."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.printing.marks import MM, Stencil
from workstation.printing.qr_symbol import symbol

# 3.3 printer dots at 200 dpi, 5 at 300: what a hand scanner and a telephone read from office paper.
MODULE = 0.42 * MM
_QUIET = 4  # modules of white around the code, ISO/IEC 18004


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code without its white border: rows of modules as bits, 1 for black."""

    modules: int
    rows: tuple[bytes, ...]

    @property
    def side(self) -> float:
        """The side with the white border, in points."""
        return (self.modules + 2 * _QUIET) * MODULE

    def mark(self, x: float, y: float) -> Stencil:
        """Draw it; (x, y) is the top left corner of the border."""
        border = _QUIET * MODULE
        return Stencil(x + border, y + border, self.modules * MODULE, self.modules, self.rows)


def qr_code(text: str) -> QrCode:
    """Make the code. Level M mends 15 % damage: a fold or a stamp over the corner."""
    rows = symbol(text)
    size = (len(rows) + 7) // 8
    pad = size * 8 - len(rows)
    return QrCode(len(rows), tuple((int(row, 2) << pad).to_bytes(size, "big") for row in rows))
