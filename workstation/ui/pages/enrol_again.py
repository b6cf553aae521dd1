"""重新登记: a station whose disk was copied or put back gets a new place at its hall, by a code of the hall."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from workstation.domain.failures import Failure, Refused
from workstation.services.desk import DeskApi
from workstation.services.views import StationView
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.line_edit import LabelledLine


class EnrolAgain(QWidget):
    """What is wrong, one line for the code, one button. Whoever has the code may: it is the hall's word."""

    enrolled = Signal()

    def __init__(self, desk: DeskApi, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self.told = _words(self)
        self.say_copied()
        self.code = LabelledLine("station.again_code", self.tr("一次性登记码"), self)
        self.code.line.entered.connect(self._submit)
        self.submit = KeyButton("station.again", self.tr("重新登记"), "F9", self)
        self.submit.clicked.connect(self._submit)
        self.problem = _words(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.told, self.code, self.submit, self.problem):
            column.addWidget(part)

    def say_numbers_clash(self) -> None:
        """The hall knows something else under a number of ours: no word of it that this is a copy, but the same cure."""
        self.told.setText(
            self.tr(
                "大厅收到过同一编号的别的内容：本机可能是拷贝，或恢复了旧备份。"
                "向大厅管理员要一个新登记码，登记后没上报的接着报。"
            )
        )
        self.code.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_copied(self) -> None:
        """The hall takes nothing from this station any more."""
        self.told.setText(text.failure_and_remedy(Failure.STATION_COPIED, {}))

    def say_unknown(self) -> None:
        """The hall has no such device: it was restored from a backup of before the enrolment."""
        self.told.setText(
            self.tr(
                "大厅不认识本机，可能恢复了登记本机以前的备份。"
                "向大厅管理员要一个新登记码，登记后没上报的接着报。"
            )
        )

    def _submit(self) -> None:
        if not self.submit.isEnabled():
            return
        code = self.code.line.text()
        self.submit.setEnabled(False)
        self._say(self.tr("登记中…"))
        self._background.desk(lambda: self._desk.enrol_again(code), self._done, self._refused)

    def _done(self, _: StationView) -> None:
        self.submit.setEnabled(True)
        self.code.line.clear()
        self._say(self.tr("已重新登记，待传的接着上报。"))
        self.enrolled.emit()

    def _refused(self, refused: Refused) -> None:
        self.submit.setEnabled(True)
        self._say(text.failure_and_remedy(refused.failure, refused.details), wrong=True)
        self.code.line.setFocus()
        self.code.line.selectAll()

    def _say(self, words: str, *, wrong: bool = False) -> None:
        self.problem.setProperty("wrong", wrong)
        self.problem.style().unpolish(self.problem)
        self.problem.style().polish(self.problem)
        self.problem.setText(words)


def _words(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setObjectName("pageNote")
    label.setWordWrap(True)
    return label
