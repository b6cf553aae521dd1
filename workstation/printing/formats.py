"""The papers that sheets are laid out for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workstation.printing.marks import MM


class Paper(StrEnum):
    """The names of templates and settings for a paper."""

    A4 = "a4"
    A5 = "a5"
    ROLL80 = "roll80"  # a thermal roll of 80 mm, of which 72 mm print


@dataclass(frozen=True, slots=True)
class Format:
    """A paper with its margins, in points. A roll has no height: the sheet is cut where it ends."""

    name: Paper
    width: float
    height: float
    margin: float
    top: float
    foot: float  # from the lower edge to the line of the footer
    title: float  # point sizes
    body: float
    small: float
    corner: float  # kept free beside the title for marks
    roll: bool = False

    @property
    def left(self) -> float:
        """The left edge of the text."""
        return self.margin

    @property
    def right(self) -> float:
        """The right edge of the text."""
        return self.width - self.margin

    @property
    def text_width(self) -> float:
        """The width of the text."""
        return self.width - 2 * self.margin


# ISO 216 portrait. The roll: 576 dots of 8 a millimetre, what every 80 mm head prints.
FORMATS = {
    Paper.A4: Format(Paper.A4, 210 * MM, 297 * MM, 18 * MM, 15 * MM, 12 * MM, 21, 9.5, 8.0, 30 * MM),
    Paper.A5: Format(Paper.A5, 148 * MM, 210 * MM, 11 * MM, 10 * MM, 9 * MM, 16, 8.5, 7.0, 21 * MM),
    Paper.ROLL80: Format(
        Paper.ROLL80, 72 * MM, 2000 * MM, 2 * MM, 3 * MM, 5 * MM, 15, 9.5, 7.5, 0, roll=True
    ),
}
