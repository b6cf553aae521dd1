"""Tells that a draft was started under an older catalogue, what the new one would change, and lets it be taken."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from workstation.services.views import VisitView
from workstation.ui import text
from workstation.ui.widgets.mark import Mark, Sign


class ReleaseRow(QFrame):
    """Hidden while there is nothing to tell. Going on under the old one is always allowed."""

    adopted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("releaseRow")
        mark = Mark(self)
        mark.show_sign(Sign.CARE)
        self.said = QLabel(self)
        self.said.setObjectName("release.said")
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.adopt = QPushButton(self.tr("改用新版"), self)
        self.adopt.setObjectName("release.adopt")
        self.adopt.setMinimumHeight(32)
        self.adopt.setAutoDefault(True)
        self.adopt.setAccessibleName(self.tr("改用新版事项，已填内容保留"))
        self.adopt.clicked.connect(self.adopted)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(8)
        row.addWidget(mark)
        row.addWidget(self.said, 1)
        row.addWidget(self.adopt)
        self.hide()

    def show_visit(self, view: VisitView | None) -> None:
        """Show what a newer release would change; "改用新版" keeps what was filled in."""
        changes = view.release_changes if view is not None else ()
        if changes:
            words = self.tr("事项有新版，这份草稿按旧版办；新版改动 {0} 处：{1}")
            lines = [text.release_change(change) for change in changes]
            self.said.setText(words.format(len(lines), "；".join(lines[:3])))
            self.said.setToolTip("\n".join(lines))
        self.setVisible(bool(changes))
