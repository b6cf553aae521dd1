"""A month of days, each with 班 or 休 beside its number; days that are off are told by word and shade, never by shade alone."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from workstation.ui.language import QT_TRANSLATE_NOOP, translate

_CELL_PX = (52, 44)
_WEEKS = 6
# fmt: off
_WEEKDAYS = (
    QT_TRANSLATE_NOOP("Weekday", "一"), QT_TRANSLATE_NOOP("Weekday", "二"), QT_TRANSLATE_NOOP("Weekday", "三"),
    QT_TRANSLATE_NOOP("Weekday", "四"), QT_TRANSLATE_NOOP("Weekday", "五"), QT_TRANSLATE_NOOP("Weekday", "六"),
    QT_TRANSLATE_NOOP("Weekday", "日"),
)
# fmt: on


class MonthGrid(QWidget):
    """`toggled` tells the day that was pressed; whoever owns the grid decides what it means."""

    toggled = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("month")
        self._month = today.replace(day=1)
        self._today = today
        self._since = self._until = self._known = today
        self._works: Callable[[date], bool] = lambda _: True
        self._changed: Mapping[date, bool] = {}
        self._editable = False
        self.back = _arrow("month.back", "‹", self.tr("上个月"), self)
        self.on = _arrow("month.on", "›", self.tr("下个月"), self)
        self.back.clicked.connect(partial(self._turn, -1))
        self.on.clicked.connect(partial(self._turn, 1))
        self.title = QLabel(self)
        self.title.setObjectName("month.title")
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.on)
        grid = QGridLayout()
        grid.setSpacing(2)
        for at, name in enumerate(_WEEKDAYS):
            label = QLabel(translate("Weekday", name), self)
            label.setObjectName("caption")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(label, 0, at)
        self.cells: list[QPushButton] = []
        for at in range(_WEEKS * 7):
            cell = QPushButton(self)
            cell.setObjectName("monthDay")
            cell.setFixedSize(*_CELL_PX)
            cell.setAccessibleName(self.tr("日期"))  # until the table is there
            cell.clicked.connect(partial(self._press, at))
            self.cells.append(cell)
            grid.addWidget(cell, 1 + at // 7, at % 7)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(grid)
        column.addStretch(1)

    def show_days(
        self,
        since: date,
        until: date,
        works: Callable[[date], bool],
        changed: Mapping[date, bool],
        *,
        editable: bool,
        known_until: date,
    ) -> None:
        """Show a table from `since` to `until`; days behind `known_until` were only just added."""
        self._since, self._until, self._works, self._changed = since, until, works, changed
        self._editable, self._known = editable, known_until
        self._show()

    def go_to(self, day: date) -> None:
        """Turn to the month of a day."""
        self._month = day.replace(day=1)
        self._show()

    def day_of(self, cell: int) -> date:
        """Return the day of a cell; cells before and after the month are of its neighbours."""
        return self._month - timedelta(days=self._month.weekday()) + timedelta(days=cell)

    def _turn(self, by: int) -> None:
        year, month = divmod(self._month.year * 12 + self._month.month - 1 + by, 12)
        self.go_to(date(year, month + 1, 1))

    def _press(self, cell: int) -> None:
        self.toggled.emit(self.day_of(cell))

    def _show(self) -> None:
        self.title.setText(self.tr("{0} 年 {1} 月").format(self._month.year, self._month.month))
        last = self._month.replace(day=monthrange(self._month.year, self._month.month)[1])
        self.back.setEnabled(self._month > self._since)
        self.on.setEnabled(last < self._until)
        for at, cell in enumerate(self.cells):
            self._show_day(cell, self.day_of(at))

    def _show_day(self, cell: QPushButton, day: date) -> None:
        inside = day.month == self._month.month and day.year == self._month.year
        cell.setVisible(True)
        if not inside:
            self._dress(cell, "", "outside", self.tr("{0}，不在本月").format(day.isoformat()))
            cell.setEnabled(False)
            return
        known = self._since <= day <= self._until
        if not known:
            self._dress(cell, str(day.day), "unknown", self.tr("{0}，工作日表里没有").format(day.isoformat()))
            cell.setEnabled(False)
            return
        works = self._changed.get(day, self._works(day))
        word = self.tr("班") if works else self.tr("休")
        # A plain working day needs no word: what differs from the week, and what is off, has one.
        shown = word if not works or day.weekday() >= 5 or day in self._changed else ""
        mark = "*" if day in self._changed else ""
        told = self.tr("{0}，上班") if works else self.tr("{0}，休息")
        state = ("new_" if day in self._changed else "") + ("work" if works else "off")
        self._dress(
            cell,
            f"{day.day}{mark}\n{shown}" if shown else f"{day.day}\n ",
            state,
            told.format(day.isoformat()),
        )
        cell.setEnabled(True)
        cell.setProperty("today", day == self._today)
        cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._editable else Qt.FocusPolicy.NoFocus)

    def _dress(self, cell: QPushButton, words: str, state: str, told: str) -> None:
        cell.setText(words)
        cell.setAccessibleName(told)
        cell.setToolTip(told)
        if cell.property("day") != state:
            cell.setProperty("day", state)
            cell.style().unpolish(cell)
            cell.style().polish(cell)


def _arrow(name: str, sign: str, accessible: str, parent: QWidget) -> QPushButton:
    button = QPushButton(sign, parent)
    button.setObjectName(name)
    button.setAccessibleName(accessible)
    button.setToolTip(accessible)
    button.setFixedWidth(40)
    return button
