"""补正已收: the gaps of the notice, each brought or explained; then the clock goes on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from catalogue.model import Text
from wire.corrections import CorrectionGap, GapAnswer
from workstation.services.step_views import StepOptions
from workstation.ui import text
from workstation.ui.widgets.button import KeyButton

_FIELD_PX = 32


class TakeForm(QFrame):
    """`taken` carries the answers, one for each gap that has one."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._head = QLabel(self)
        self._head.setWordWrap(True)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self.submit = KeyButton("take.submit", self.tr("收到补正，打印接收通知"), "F10", self)
        self.submit.make_primary()
        self.submit.clicked.connect(lambda: self.taken.emit(self.answers()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addLayout(self._column)
        column.addWidget(self.submit, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_options(self, options: StepOptions) -> None:
        """Show what was asked for."""
        until = options.correction.until.isoformat()
        self._head.setText(
            self.tr("补正期限到 {0}（含当日）。每一项都要有回应，收到后继续计时。").format(until)
        )
        while self._rows:
            row = self._rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for gap, name in options.correction.gaps:
            row = _Row(gap, name, self)
            self._column.addWidget(row)
            self._rows.append(row)

    def focus(self) -> None:
        """Begin at the first gap."""
        (self._rows[0].how if self._rows else self.submit).setFocus(Qt.FocusReason.OtherFocusReason)

    def answers(self) -> tuple[GapAnswer, ...]:
        """Return what stands in the form."""
        return tuple(row.answer() for row in self._rows if row.how.currentData())


class _Row(QFrame):
    """One gap: what was asked, and what came of it."""

    def __init__(self, gap: CorrectionGap, name: Text, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._gap = gap
        title = QLabel(text.said(name), self)
        title.setObjectName("subCaseName")
        asked = QLabel(f"{gap.why} · {gap.standard} · {gap.how}", self)
        asked.setObjectName("caption")
        asked.setWordWrap(True)
        self.how = QComboBox(self)
        self.how.setObjectName(f"take.{gap.subject}")
        self.how.setAccessibleName(text.said(name))
        self.how.setMinimumHeight(_FIELD_PX)
        for said, value in (
            (self.tr("还没有"), ""),
            (self.tr("已补交"), "brought"),
            (self.tr("不用补，说明"), "explained"),
        ):
            self.how.addItem(said, value)
        self.note = QLineEdit(self)
        self.note.setObjectName(f"take.{gap.subject}.note")
        self.note.setAccessibleName(self.tr("说明"))
        self.note.setPlaceholderText(self.tr("写明为什么不用补"))
        self.note.setMinimumHeight(_FIELD_PX)
        self.note.setMaxLength(120)
        self.how.currentIndexChanged.connect(self._show_note)
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 8, 10, 8)
        grid.setHorizontalSpacing(8)
        grid.addWidget(title, 0, 0)
        grid.addWidget(asked, 1, 0)
        grid.addWidget(self.how, 0, 1)
        grid.addWidget(self.note, 1, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self._show_note()

    def answer(self) -> GapAnswer:
        """Return the answer as it stands."""
        how = str(self.how.currentData())
        return GapAnswer(self._gap.subject, how, self.note.text() if how == "explained" else "")

    def _show_note(self) -> None:
        explained = self.how.currentData() == "explained"
        self.note.setVisible(explained)
