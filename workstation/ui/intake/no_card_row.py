"""For whoever has no card to put in: the code on a phone, scanned, or name and number typed from an original."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workstation.forms.model import Problem
from workstation.services.identify import name_problem, number_problem
from workstation.ui import text
from workstation.ui.form.line import Line
from workstation.ui.reveal import LINGER_MS

_LONGEST_CODE = 1024
_LONGEST_NAME = 100
_LONGEST_NUMBER = 40  # with blanks and hyphens, which are taken out


class NoCardRow(QFrame):
    """Closed until it is asked for. A scanner that pretends to be a keyboard types into the first line."""

    scanned = Signal(str)
    typed = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noCard")
        self.code = _NoCardLine(self, "noCard.code", self.tr("电子社保卡"), self.tr("扫手机上的码"))
        # The code opens somebody's identity for a minute: it is never shown, and gone once it was handed over.
        self.code.setEchoMode(QLineEdit.EchoMode.Password)
        self.code.setMaxLength(_LONGEST_CODE)
        self.code.setFixedWidth(180)
        self.name = PersonLine(self, "noCard.name", self.tr("姓名或单位名称"), "")
        self.name.setMaxLength(_LONGEST_NAME)
        self.number = PersonLine(self, "noCard.number", self.tr("身份证号或信用代码"), self.tr("18 位，回车"))
        self.number.setMaxLength(_LONGEST_NUMBER)
        self.take = QPushButton(self.tr("录入"), self)
        self.take.setObjectName("noCard.take")
        self.take.setMinimumHeight(32)
        self.take.setAccessibleName(self.tr("录入办事人"))
        self.take.setAutoDefault(True)
        self.problem = QLabel(self)
        self.problem.setObjectName("noCard.problem")
        self.problem.setProperty("bad", True)
        self.code.entered.connect(self._scan)
        self.name.entered.connect(lambda: self.number.setFocus(Qt.FocusReason.TabFocusReason))
        self.number.entered.connect(self._type)
        self.take.clicked.connect(self._type)
        for line in (self.code, self.name, self.number):
            line.installEventFilter(self)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for label, line, stretch in (
            (self.tr("电子社保卡"), self.code, 0),
            (self.tr("或照原件录入  姓名"), self.name, 2),
            (self.tr("号码"), self.number, 3),
        ):
            row.addWidget(QLabel(label, self))
            row.addWidget(line, stretch)
        row.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.problem.hide()

    def open(self, first: str = "") -> None:
        """Show the row; `first` is what a scanner has typed already."""
        if self.isHidden():
            self._clear()
            self.show()
        self.code.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.code.insert(first)

    def close_row(self) -> None:
        """Hide the row; what was typed stays nowhere."""
        self._clear()
        self.hide()

    def cover(self) -> None:
        """Hide what was typed of a person; it stays there."""
        self.name.cover()
        self.number.cover()

    def _clear(self) -> None:
        for line in (self.code, self.name, self.number):
            line.clear()
        self.problem.hide()

    def _scan(self) -> None:
        code = self.code.text().strip()
        self.code.clear()
        if code:
            self.problem.hide()
            self.scanned.emit(code)

    def _type(self) -> None:
        name, number = self.name.text(), self.number.text()
        for what, line, problem in (
            (self.tr("姓名"), self.name, name_problem(name)),
            (self.tr("号码"), self.number, number_problem(number)),
        ):
            if problem is not None:
                self._say(what, line, problem)
                return
        self.problem.hide()
        self.typed.emit(name, number)

    def _say(self, what: str, line: Line, problem: Problem) -> None:
        self.problem.setText(self.tr("{0}：{1}").format(what, text.problem(problem)))
        self.problem.show()
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.selectAll()  # what is typed next stands instead of it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Escape closes the row."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        composing = isinstance(watched, Line) and watched.composing
        if composing or event.key() != Qt.Key.Key_Escape:
            return False
        self.close_row()
        self.closed.emit()
        return True


class _NoCardLine(Line):
    """A line with its name for screen readers and a hint."""

    def __init__(self, parent: QWidget, name: str, accessible: str, hint: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setPlaceholderText(hint)
        self.setMinimumHeight(32)


class PersonLine(_NoCardLine):
    """In clear while somebody types; dots a moment after it was left, until somebody comes back."""

    def __init__(self, parent: QWidget, name: str, accessible: str, hint: str) -> None:
        super().__init__(parent, name, accessible, hint)
        self._lingers = QTimer(self)
        self._lingers.setSingleShot(True)
        self._lingers.setInterval(LINGER_MS)
        self._lingers.timeout.connect(self.cover)
        self.left.connect(self._lingers.start)

    def cover(self) -> None:
        """Show dots; the text stays."""
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def holds_personal(self) -> bool:
        """What is selected here is of a person; dots cannot be copied at all."""
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show what was typed to whoever goes on typing."""
        self._lingers.stop()
        self.setEchoMode(QLineEdit.EchoMode.Normal)
        super().focusInEvent(event)
