"""What the auditor looks for: day, person, case, deed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QHBoxLayout, QLabel, QLineEdit, QWidget

from workstation.domain.audit import AuditFilter
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import COUNTER_ZONE, today_at
from workstation.ui.widgets.button import KeyButton
from workstation.ui.words import audit as words


class AuditFilterRow(QWidget):
    """Emits `asked` with an AuditFilter."""

    asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.by_day = QCheckBox(self.tr("日期"), self)
        self.by_day.setObjectName("audit.by_day")
        self.day = QDateEdit(self)
        self.day.setObjectName("audit.day")
        self.day.setAccessibleName(self.tr("日期"))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        today = today_at(datetime.now(UTC))
        self.day.setDate(QDate(today.year, today.month, today.day))
        self.day.setEnabled(False)
        self.by_day.toggled.connect(self.day.setEnabled)
        self.actor = QComboBox(self)
        self.actor.setObjectName("audit.actor")
        self.actor.setAccessibleName(self.tr("人员"))
        self.deed = QComboBox(self)
        self.deed.setObjectName("audit.deed")
        self.deed.setAccessibleName(self.tr("做了什么"))
        self.deed.addItem(self.tr("全部"), None)
        for code in Deed:
            self.deed.addItem(words.deed(code), code)
        self.case = QLineEdit(self)
        self.case.setObjectName("audit.case")
        self.case.setAccessibleName(self.tr("收件号"))
        self.case.setPlaceholderText(self.tr("收件号或办件标识"))
        self.case.setClearButtonEnabled(True)
        self.case.setMinimumWidth(200)
        self.look = KeyButton("audit.find", self.tr("查找"), "F6", self)
        self.look.make_primary()
        self.look.clicked.connect(lambda: self.asked.emit(self.wanted()))
        self.case.returnPressed.connect(self.look.click)
        self.show_actors(())
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.by_day)
        row.addWidget(self.day)
        named: tuple[tuple[str, QWidget], ...] = (
            (self.tr("人员"), self.actor),
            (self.tr("做了什么"), self.deed),
            (self.tr("办件"), self.case),
        )
        for label, part in named:
            name = QLabel(label, self)
            name.setObjectName("caption")
            name.setBuddy(part)
            row.addSpacing(6)
            row.addWidget(name)
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.look)
        controls: tuple[QWidget, ...] = (self.day, self.actor, self.deed, self.case, self.look)
        for control in controls:
            control.setMinimumHeight(32)

    def show_actors(self, actors: tuple[str, ...]) -> None:
        """Offer the people who did something; who was chosen stays chosen."""
        chosen = self.actor.currentData()
        offered = [self.actor.itemData(at) for at in range(1, self.actor.count())]
        if self.actor.count() and offered == list(actors):
            return
        self.actor.clear()
        self.actor.addItem(self.tr("全部"), "")
        for login in actors:
            self.actor.addItem(login, login)
        self.actor.setCurrentIndex(max(0, self.actor.findData(chosen)))

    def wanted(self) -> AuditFilter:
        """Return what is set."""
        since = until = None
        if self.by_day.isChecked():
            chosen = self.day.date()
            since, until = _day(date(chosen.year(), chosen.month(), chosen.day()))
        deed = self.deed.currentData()
        return AuditFilter(
            since=since,
            until=until,
            actor=self.actor.currentData() or "",
            case=self.case.text().strip(),
            deeds=(Deed(deed),) if deed else (),
        )


def _day(day: date) -> tuple[datetime, datetime]:
    """A day of the counter's own clock."""
    begin = datetime.combine(day, time(), COUNTER_ZONE)
    return begin.astimezone(UTC), (begin + timedelta(days=1)).astimezone(UTC)
