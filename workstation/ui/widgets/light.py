"""How near a day is, by shape and words: for cells of lists and lines of the case page."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from deadlines.lights import Colour, Light
from workstation.ui.widgets.mark import Mark, Sign
from workstation.ui.words import dates

_SIGNS: Mapping[Colour, Sign | None] = {
    Colour.GREEN: Sign.GOOD,
    Colour.YELLOW: Sign.CARE,
    Colour.RED: Sign.BAD,
    Colour.STOPPED: Sign.BUSY,
    Colour.UNKNOWN: None,
}


def sign_of(light: Light) -> Sign | None:
    """Return the mark of a light; its shape says it without colour."""
    return _SIGNS[light.colour]


class LightLine(QWidget):
    """A mark and the words beside it."""

    def __init__(self, light: Light, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("subCaseLight")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        mark = Mark(self)
        mark.show_sign(sign_of(light) or Sign.OPEN)
        row.addWidget(mark)
        row.addWidget(QLabel(dates.light(light), self))
        row.addStretch(1)
