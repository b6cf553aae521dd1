"""代办: who is here for the person, from whom the power of attorney was seen; closed while the person is here."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wire.agency import Power
from workstation.services.take_agency import AgencyTold
from workstation.services.views import VisitView
from workstation.ui import text
from workstation.ui.intake.no_card_row import PersonLine
from workstation.ui.widgets.mark import Mark, Sign
from workstation.ui.words import offices as words

_USUAL_DAYS = 90


class AgencyRow(QFrame):
    """`given` carries the AgencyTold, `dropped` says that the person acts alone."""

    given = Signal(object)
    dropped = Signal()
    print_asked = Signal(object)  # AgencyTold: the paper to be signed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("agencyRow")
        self._case = ""
        self._mark = Mark(self)
        self.said = QLabel(self)
        self.said.setObjectName("agency.said")
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.ask = _button(self, "agency.open", self.tr("代办  F11"), self.tr("本人没有来，由别人代办"))
        self.ask.clicked.connect(self.open)
        self.drop = _button(self, "agency.drop", self.tr("改为本人办理"), self.tr("改为本人办理"))
        self.drop.clicked.connect(self.dropped)
        self._panel = QWidget(self)
        self._build_panel()
        self._lay_out()
        self.hide()

    def _build_panel(self) -> None:
        # Name and number of a second person are as much theirs as the applicant's: dots once the field is left.
        self.name = PersonLine(self, "agency.name", self.tr("代办人姓名"), "")
        self.number = PersonLine(self, "agency.number", self.tr("代办人证件号码"), "")
        self.phone = PersonLine(self, "agency.phone", self.tr("代办人电话"), "")
        for line in (self.name, self.number, self.phone):
            line.entered.connect(self.focusNextChild)
        self.relation = QComboBox(self)
        self.relation.setObjectName("agency.relation")
        self.relation.setAccessibleName(self.tr("和申请人的关系"))
        self.relation.setPlaceholderText(self.tr("选关系"))
        self.relation.setMinimumHeight(32)
        self.until = QDateEdit(self)
        self.until.setObjectName("agency.until")
        self.until.setAccessibleName(self.tr("委托到哪天"))
        self.until.setDisplayFormat("yyyy-MM-dd")
        self.until.setMinimumHeight(32)
        self.powers: dict[Power, QCheckBox] = {}
        for each in Power:
            box = QCheckBox(words.power(each), self)
            box.setObjectName(f"agency.{each.value}")
            box.setMinimumHeight(32)
            box.setChecked(True)
            self.powers[each] = box
        self.print = _button(self, "agency.print", self.tr("打印委托书"), self.tr("打印授权委托书"))
        self.print.clicked.connect(lambda: self.print_asked.emit(self._told()))
        self.give = _button(
            self, "agency.give", self.tr("委托书已签，代办"), self.tr("已看委托书，按代办收件")
        )
        self.give.setProperty("primary", True)
        self.give.clicked.connect(lambda: self.given.emit(self._told()))
        self.close_panel = _button(self, "agency.close", self.tr("不代办"), self.tr("不代办"))
        self.close_panel.clicked.connect(self._close)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._mark)
        head.addWidget(self.said, 1)
        head.addWidget(self.ask)
        head.addWidget(self.drop)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for at, (label, part) in enumerate(
            (
                (self.tr("代办人"), self.name),
                (self.tr("证件号码"), self.number),
                (self.tr("电话"), self.phone),
                (self.tr("关系"), self.relation),
                (self.tr("委托到"), self.until),
            )
        ):
            grid.addWidget(QLabel(label, self), 0, 2 * at)
            grid.addWidget(part, 0, 2 * at + 1)
        for column, stretch in ((1, 2), (3, 3), (5, 2), (7, 2), (9, 1)):
            grid.setColumnStretch(column, stretch)
        deeds = QHBoxLayout()
        deeds.setSpacing(12)
        deeds.addWidget(QLabel(self.tr("委托的事情"), self))
        for box in self.powers.values():
            deeds.addWidget(box)
        deeds.addStretch(1)
        for button in (self.print, self.give, self.close_panel):
            deeds.addWidget(button)
        inside = QVBoxLayout(self._panel)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addLayout(grid)
        inside.addLayout(deeds)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(10, 4, 10, 4)
        column_.setSpacing(6)
        column_.addLayout(head)
        column_.addWidget(self._panel)
        self._panel.hide()

    def show_visit(self, view: VisitView | None) -> None:
        """Say who acts, and offer an agent for whatever may be filed by one."""
        there = view is not None and view.title is not None and view.agency_allowed
        if view is None or not there:
            self._close()
            self.hide()
            return
        if view.case != self._case:
            self._case = view.case
            self._clear(view)
        agency, open_ = view.agency, view.receipt_no is None
        if agency is not None:
            self._close()
            self.said.setText(self.tr("代办　{0}").format(words.agency(agency)))
        else:
            typing = not self._panel.isHidden()
            self.said.setText(self.tr("本人没有来，按委托书登记代办人") if typing else self.tr("本人办理"))
        self.said.setToolTip(self.said.text())
        self._mark.show_sign(Sign.CARE if agency is not None and agency.over else Sign.GOOD)
        self._mark.setVisible(agency is not None)
        self.ask.setVisible(agency is None and open_ and self._panel.isHidden())
        self.drop.setVisible(agency is not None and open_)
        self.setVisible(agency is not None or open_)

    def open(self) -> None:
        """Show the lines of a power of attorney."""
        if self.isHidden() or self.drop.isVisible():
            return
        self._panel.show()
        self.ask.hide()
        self.said.setText(self.tr("本人没有来，按委托书登记代办人"))
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def cover(self) -> None:
        """Hide what was typed of the agent; it stays there."""
        for line in (self.name, self.number, self.phone):
            line.cover()

    def _clear(self, view: VisitView) -> None:
        for line in (self.name, self.number, self.phone):
            line.clear()
        self.relation.clear()
        for code, name in view.relations:
            self.relation.addItem(text.said(name), code)
        self.relation.setCurrentIndex(-1)
        today = QDate.currentDate()
        self.until.setDateRange(today, today.addDays(366))
        self.until.setDate(today.addDays(_USUAL_DAYS))
        for box in self.powers.values():
            box.setChecked(True)

    def _close(self) -> None:
        if not self._panel.isHidden():
            self._panel.hide()
            self.ask.show()
            self.said.setText(self.tr("本人办理"))

    def _told(self) -> AgencyTold:
        day = self.until.date()
        return AgencyTold(
            self.name.text(),
            self.number.text(),
            self.phone.text(),
            str(self.relation.currentData() or ""),
            tuple(each for each, box in self.powers.items() if box.isChecked()),
            date(day.year(), day.month(), day.day()),
        )


def _button(parent: QWidget, name: str, label: str, accessible: str) -> QPushButton:
    button = QPushButton(label, parent)
    button.setObjectName(name)
    button.setAccessibleName(accessible)
    button.setMinimumHeight(32)
    button.setAutoDefault(True)
    return button
