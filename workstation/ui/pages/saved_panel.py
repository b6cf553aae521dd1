"""今日免交材料: what citizens did not have to bring today, per item and paper."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from workstation.domain.failures import Refused
from workstation.services.desk import DeskApi
from workstation.services.views import SavedDay
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.widgets.facts import Facts

_ROWS = 8


class SavedPanel(QFrame):
    """Fetched whenever the page is shown; hidden from those who may not look at cases."""

    def __init__(self, desk: DeskApi, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._desk = desk
        self._background = background
        title = QLabel(self.tr("今日免交材料"), self)
        title.setObjectName("panelTitle")
        self.count = QLabel(self)
        self.count.setObjectName("saved.count")
        self.rows = Facts(self)
        self.rows.setAccessibleName(self.tr("各事项免交的材料"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        for part in (title, self.count, self.rows):
            column.addWidget(part)
        column.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Fetch the day anew."""
        super().showEvent(event)
        self._background.desk(self._desk.saved_today, self.show_day, self._not_allowed)

    def show_day(self, day: SavedDay) -> None:
        """Show the count of the day and its lines, the most frequent first."""
        self.count.setText(
            self.tr("{0} 份，{1} 件办件").format(day.papers, day.cases)
            if day.papers
            else self.tr("今天还没有")
        )
        shown = [
            (
                text.said(row.item),
                self.tr("{0} × {1}（{2}）").format(text.said(row.paper), row.count, text.said(row.by)),
            )
            for row in day.rows[:_ROWS]
        ]
        left = len(day.rows) - len(shown)
        if left > 0:
            shown.append((self.tr("其余"), self.tr("{0} 种").format(left)))
        self.rows.show_facts(shown)

    def _not_allowed(self, _: Refused) -> None:
        self.hide()
