"""这张卡现在能证明: what the card in hand stands for now, while nothing was chosen yet; planned uses prove nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from workstation.services.views import CardProofView, VisitView
from workstation.ui import text
from workstation.ui.widgets.mark import Mark, Sign


class CardProof(QFrame):
    """Shown between the card and the choice of an item."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cardProof")
        self._shown: CardProofView | None = None
        title = QLabel(self.tr("这张卡现在能证明"), self)
        title.setObjectName("panelTitle")
        self._rows = QWidget(self)
        self.grid = QGridLayout(self._rows)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(2, 1)
        self.note = QLabel(self)
        self.note.setObjectName("cardProof.note")
        self.note.setProperty("quiet", True)
        self.note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self._rows)
        column.addWidget(self.note)
        column.addStretch(1)
        self.hide()

    def show_visit(self, view: VisitView | None) -> None:
        """List the live uses that work for this card, or say why it proves nothing."""
        proof = view.card if view is not None else None
        if proof is None or proof == self._shown:
            return
        self._shown = proof
        while self.grid.count():
            item = self.grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, use in enumerate(proof.uses):
            mark = Mark(self._rows)
            mark.show_sign(Sign.GOOD)
            self.grid.addWidget(mark, row, 0)
            self.grid.addWidget(QLabel(text.said(use.name), self._rows), row, 1)
            where = QLabel(text.said(use.department), self._rows)
            where.setProperty("quiet", True)
            self.grid.addWidget(where, row, 2, Qt.AlignmentFlag.AlignLeft)
        self.note.setText(note_of(proof))


def note_of(proof: CardProofView) -> str:
    """Say why nothing is proven, or how many uses are only planned."""
    return text.card_proof_note(proof.why_not, proof.planned)


def line_of(proof: CardProofView | None) -> str:
    """Say in one line what the card proves, "" when it proves nothing."""
    if proof is None or not proof.uses:
        return ""
    saving = [use for use in proof.uses if use.saves]
    names = (
        text.card_saves(text.said(use.name), text.listed(text.said(paper) for paper in use.saves))
        if use.saves
        else text.said(use.name)
        for use in saving or proof.uses
    )
    return text.card_proves(text.listed(names))
