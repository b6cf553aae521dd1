"""The left rail: the pages this person may open, each with its key."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from workstation import resources

RAIL_PX = 88


class Rail(QFrame):
    """Emits the name of the page that was asked for."""

    chosen = Signal(str)

    def __init__(self, pages: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(RAIL_PX)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        for page, words, key in self._entries():
            if page in pages:
                button = self._button(page, words, key)
                column.addWidget(button)
                label = QLabel(key, self)
                label.setObjectName("railKey")
                label.setAlignment(Qt.AlignmentFlag.AlignCenter)
                column.addWidget(label)
                column.addSpacing(8)
        column.addStretch(1)
        self.evaluation = QLabel(self)
        self.evaluation.setObjectName("rail.evaluation")
        self.evaluation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.evaluation.setWordWrap(True)
        self.evaluation.hide()
        column.addWidget(self.evaluation)

    def show_evaluation(self, told: str) -> None:
        """Say that the citizen was asked what they think, or that it is over; never what was said, nor whether anything was."""
        words = {
            "invited": self.tr("评价\n已邀请"),
            "invited_here": self.tr("评价\n已邀请"),
            "ended": self.tr("评价\n已结束"),
            "no_key": self.tr("评价\n缺大厅公钥"),
        }
        self.evaluation.setText(words[told])
        tips = {
            "no_key": self.tr("连上大厅一次，会自动取得公钥，之后离线也能评价。"),
            "invited_here": self.tr("没有第二块屏幕：把评价窗口移到办事人一侧，或把屏幕转过去。"),
        }
        self.evaluation.setToolTip(tips.get(told, ""))
        self.evaluation.show()

    def _entries(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("intake", self.tr("受理"), "Ctrl+1"),
            ("cases", self.tr("办件"), "Ctrl+2"),
            ("results", self.tr("出件"), "Ctrl+3"),
            ("supervision", self.tr("督办"), "Ctrl+4"),
            ("station", self.tr("工位"), "Ctrl+5"),
            ("audit", self.tr("审计"), "Ctrl+6"),
            ("transfer", self.tr("传输"), "Ctrl+7"),
            ("printing", self.tr("打印"), "Ctrl+8"),
        )

    def _button(self, page: str, words: str, key: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"rail.{page}")
        button.setText(words)
        button.setAccessibleName(words)
        button.setToolTip(f"{words}  {key}")
        button.setIcon(QIcon(str(resources.icon(page))))
        button.setIconSize(QSize(24, 24))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setMinimumHeight(60)
        button.clicked.connect(lambda: self.chosen.emit(page))
        QShortcut(QKeySequence(key), button).activated.connect(lambda: self.chosen.emit(page))
        self._group.addButton(button)
        self._buttons[page] = button
        return button

    def mark(self, page: str) -> None:
        """Show which page is open."""
        self._buttons[page].setChecked(True)
