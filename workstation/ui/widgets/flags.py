"""What is particular about a case, as chips with words: flags, acceptance by silence, the version of a mended receipt."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from workstation.services.views import CaseView
from workstation.ui.widgets.chip import Chip
from workstation.ui.widgets.mark import Sign
from workstation.ui.words import steps as words

_IN_A_ROW = 3


class Flags(QWidget):
    """Hidden for a case without any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self._grid.setColumnStretch(_IN_A_ROW, 1)
        self._chips: list[Chip] = []

    def show_case(self, case: CaseView) -> None:
        """Show what there is to say, the gravest first."""
        said: list[tuple[Sign, str, str]] = []
        if case.deemed_on is not None:
            tip = self.tr("{0} 前没有告知，从收件之日起视为受理").format(case.deemed_on.isoformat())
            said.append((Sign.BAD, self.tr("视为受理"), tip))
        said += [(Sign.CARE, words.flag(flag), words.flag_detail(flag)) for flag in case.flags]
        if case.version > 1:
            tip = self.tr("收件后更正过，以前打印的单据作废")
            said.append((Sign.OPEN, self.tr("第 {0} 版").format(case.version), tip))
        while len(self._chips) < len(said):
            chip = Chip(f"flag.{len(self._chips)}", self)
            self._grid.addWidget(chip, len(self._chips) // _IN_A_ROW, len(self._chips) % _IN_A_ROW)
            self._chips.append(chip)
        for at, chip in enumerate(self._chips):
            chip.setVisible(at < len(said))
            if at < len(said):
                sign, name, tip = said[at]
                chip.show_state(sign, name, tip)
                chip.setAccessibleName(f"{name}：{tip}")
        self.setVisible(bool(said))
