"""What the three panels of the gate share: title, lead, lines, one problem, one button, progress - nothing jumps."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from workstation.ui.widgets.line_edit import LabelledLine


class GatePanel(QWidget):
    """Enter goes to the next empty line, and from a full panel it submits."""

    submitted = Signal()

    def __init__(self, title: str, button: str, button_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = _label(title, "gateTitle", self)
        self.lead = _label("", "gateLead", self)
        self.note = _label("", "gateNote", self)
        self.problem = _label("", "gateProblem", self)
        # Two lines are kept free, so that a problem moves nothing.
        self.problem.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 4)
        self.problem.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.submit = QPushButton(button, self)
        self.submit.setObjectName(button_name)
        self.submit.setAccessibleName(button)
        self.submit.setProperty("primary", True)
        self.submit.setMinimumHeight(40)
        self.submit.clicked.connect(self._submit)
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.hide()
        self.lines: list[LabelledLine] = []

    def lay_out(self, *lines: LabelledLine) -> None:
        """Put the parts below each other; called once."""
        self.lines = list(lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.lead)
        for line in lines:
            policy = line.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            line.setSizePolicy(policy)
            column.addWidget(line)
            line.line.entered.connect(self._entered)
        column.addWidget(self.problem)
        column.addWidget(self.submit)
        column.addWidget(self.progress)
        column.addWidget(self.note)
        column.addStretch(1)
        self._column = column

    def add_above_problem(self, *parts: QWidget) -> None:
        """Put parts below each other where other panels have their lines; called after lay_out."""
        at = self._column.indexOf(self.problem)
        for offset, part in enumerate(parts):
            self._column.insertWidget(at + offset, part)

    def add_below(self, *parts: QWidget) -> None:
        """Put parts beside each other at the foot, for what few people need; called after lay_out."""
        row = QHBoxLayout()
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        self._column.addLayout(row)

    def focus(self) -> None:
        """Put the focus where the person goes on, but never out of a line that is being typed in."""
        if not any(line.line.hasFocus() and line.text() for line in self._open_lines()):
            self._focus_next()

    def _focus_next(self) -> None:
        for line in self._open_lines():
            if not line.text():
                line.line.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.submit.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_problem(self, words: str) -> None:
        """Say what is wrong, to the screen reader too; "" takes it away."""
        self.problem.setText(words)
        if words:
            QAccessible.updateAccessibility(QAccessibleEvent(self.problem, QAccessible.Event.Alert))

    def show_busy(self, *, on: bool) -> None:
        """Show that an answer is awaited; the lines keep what stands in them."""
        self.progress.setVisible(on)
        self.submit.setEnabled(not on)
        for line in self.lines:
            line.line.setReadOnly(on)

    def refuse(self, words: str, *, clear: LabelledLine | None = None) -> None:
        """Show what the desk refused and put the focus where it is mended."""
        self.show_busy(on=False)
        self.say_problem(words)
        if clear is not None:
            clear.line.clear()
            clear.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus()

    def _open_lines(self) -> list[LabelledLine]:
        return [line for line in self.lines if not line.isHidden()]

    def _entered(self) -> None:
        if any(not line.text() for line in self._open_lines()):
            self._focus_next()
        else:
            self._submit()

    def _submit(self) -> None:
        if self.submit.isEnabled():
            self.say_problem("")
            self.submitted.emit()


def _label(words: str, name: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
