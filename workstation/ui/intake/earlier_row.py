"""What the citizen gave before: offered by name, taken over when the citizen agrees."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from workstation.services.views import VisitView
from workstation.ui import text
from workstation.ui.words.times import minute


class EarlierRow(QFrame):
    """Hidden while there is nothing to offer. No value is shown before it is taken over."""

    agreed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("earlierRow")
        self.said = QLabel(self)
        self.said.setObjectName("earlier.said")
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.take = QPushButton(self.tr("办事人同意，带出"), self)
        self.take.setObjectName("earlier.take")
        self.take.setMinimumHeight(32)
        self.take.setAutoDefault(True)
        self.take.setAccessibleName(self.tr("办事人同意，带出往件信息"))
        self.take.clicked.connect(self.agreed)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        row.addWidget(self.take)
        self.hide()

    def show_visit(self, view: VisitView | None) -> None:
        """Show what could be taken over, and from when."""
        earlier = view.earlier if view is not None else None
        if earlier is not None:
            names = text.listed(text.said(name) for name in (*earlier.data, *earlier.papers))
            words = self.tr("往件可带出 {0} 项信息、{1} 份材料（最近 {2}）：{3}").format(
                len(earlier.data), len(earlier.papers), minute(earlier.newest), names
            )
            self.said.setText(words)
            self.said.setToolTip(words)
        self.setVisible(earlier is not None)
