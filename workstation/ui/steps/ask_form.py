"""补正告知: every paper of the case, what is wrong with it, what it has to be like and how to mend it - told once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from wire.corrections import CorrectionGap, Defect
from workstation.services.step_views import PaperView, StepOptions
from workstation.ui import text
from workstation.ui.widgets.button import KeyButton
from workstation.ui.words import steps as words

_FIELD_PX = 32


class AskForm(QFrame):
    """`asked` carries the gaps; a missing paper cannot be left out."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self.until = QLabel(self)
        self.until.setObjectName("ask.until")
        self.until.setWordWrap(True)
        self._inside = QWidget(self)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(6)
        self._column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self._inside)
        scroll.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        self._scroll = scroll
        self.submit = KeyButton("ask.submit", self.tr("告知补正，打印告知书"), "F10", self)
        self.submit.make_primary()
        self.submit.clicked.connect(self._submit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.until)
        column.addWidget(scroll, 1)
        column.addWidget(self.submit, 0, Qt.AlignmentFlag.AlignLeft)

    def show_options(self, options: StepOptions) -> None:
        """Begin a notice: missing papers are on it, each drafted in words that may be changed."""
        correction = options.correction
        said = self.tr("补正期限到 {0}（含当日），期间停止计时。所有缺项一次告知，以后不能再加。").format(
            correction.until.isoformat()
        )
        if correction.last_day is not None:
            said += self.tr("最迟 {0} 告知，过了就视为受理。").format(correction.last_day.isoformat())
        self.until.setText(said)
        while self._rows:
            row = self._rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for at, paper in enumerate(sorted(correction.papers, key=lambda each: not each.missing)):
            row = _Row(paper, self._inside)
            self._column.insertWidget(at, row)
            self._rows.append(row)

    def focus(self) -> None:
        """Begin at the first paper that is asked for."""
        first = next((row for row in self._rows if row.wanted.isChecked()), None)
        (first.why if first is not None else self.submit).setFocus(Qt.FocusReason.OtherFocusReason)

    def gaps(self) -> tuple[CorrectionGap, ...]:
        """Return what stands in the form."""
        return tuple(row.gap() for row in self._rows if row.wanted.isChecked())

    def go_to(self, paper: str) -> None:
        """Go to the paper that a refusal speaks of."""
        row = next((row for row in self._rows if row.paper.id == paper), None)
        if row is not None:
            row.why.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(row)

    def _submit(self) -> None:
        self.asked.emit(self.gaps())


class _Row(QFrame):
    """One paper."""

    def __init__(self, paper: PaperView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.paper = paper
        name = text.said(paper.name)
        self.wanted = QCheckBox(self.tr("{0}（{1}）").format(name, text.material_how(paper.how)), self)
        self.wanted.setObjectName(f"ask.{paper.id}")
        self.defect = QComboBox(self)
        self.defect.setObjectName(f"ask.{paper.id}.defect")
        self.defect.setAccessibleName(self.tr("{0}的问题").format(name))
        self.defect.setMinimumHeight(_FIELD_PX)
        for code in Defect:
            self.defect.addItem(words.defect(code), code)
        self.why = self._line("why", self.tr("问题"), name)
        self.standard = self._line("standard", self.tr("要求"), name)
        self.how = self._line("how", self.tr("怎样补正"), name)
        self.standard.setText(words.draft_standard(paper.originals, paper.copies))
        self._parts = (self.defect, self.why, self.standard, self.how)
        self._labels = tuple(
            QLabel(said, self) for said in (self.tr("问题"), self.tr("要求"), self.tr("怎样补正"))
        )
        self._lay_out()
        self.defect.currentIndexChanged.connect(self._draft)
        self.wanted.toggled.connect(self._open)
        self.defect.setCurrentIndex(0 if paper.missing else 1)
        self._draft()
        self.wanted.setChecked(paper.missing)
        self.wanted.setEnabled(not paper.missing)
        self._open(paper.missing)

    def gap(self) -> CorrectionGap:
        """Return the gap as it is written."""
        return CorrectionGap(
            self.paper.id,
            Defect(self.defect.currentData()),
            self.why.text(),
            self.standard.text(),
            self.how.text(),
        )

    def _line(self, part: str, label: str, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(f"ask.{self.paper.id}.{part}")
        line.setAccessibleName(f"{name} {label}")
        line.setPlaceholderText(label)
        line.setMinimumHeight(_FIELD_PX)
        line.setMaxLength(120)
        return line

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 8, 10, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.addWidget(self.wanted, 0, 0, 1, 3)
        grid.addWidget(self.defect, 0, 3)
        for at, (label, part) in enumerate(
            zip(self._labels, (self.why, self.standard, self.how), strict=True)
        ):
            label.setObjectName("caption")
            grid.addWidget(label, 1 + at // 2, 2 * (at % 2))
            grid.addWidget(part, 1 + at // 2, 2 * (at % 2) + 1, 1, 1 if at < 2 else 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)

    def _open(self, wanted: bool) -> None:
        for part in (*self._parts, *self._labels):
            part.setVisible(wanted)

    def _draft(self) -> None:
        """The words follow the kind of defect until the clerk has written their own."""
        code = Defect(self.defect.currentData())
        for line, drafts in ((self.why, words.draft_why), (self.how, words.draft_how)):
            if not line.text() or line.text() in {drafts(each) for each in Defect}:
                line.setText(drafts(code))
