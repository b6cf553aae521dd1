"""The internal checks of a visit, one line each, and the key that asks them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from workstation.domain.counter_time import COUNTER_ZONE
from workstation.services.views import VisitView
from workstation.ui.intake.check_row import CheckRow


class ChecksPanel(QFrame):
    """Rows are built when the set of checks changes, and changed in place otherwise."""

    asked = Signal()
    consented = Signal(str, bool)
    deferred = Signal(str)
    disputed = Signal(str, str)
    print_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checks")
        self._rows: dict[str, CheckRow] = {}
        self._view: VisitView | None = None
        self._asking: frozenset[str] = frozenset()
        title = QLabel(self.tr("核验"), self)
        title.setObjectName("panelTitle")
        self._count = QLabel(self)
        self._count.setObjectName("panelCount")
        self.ask = QPushButton(self.tr("核验  F6"), self)
        self.ask.setObjectName("checks.ask")
        self.ask.setMinimumHeight(32)
        self.ask.setAccessibleName(self.tr("核验，向部门查询"))
        self.ask.clicked.connect(self.asked)
        self.sheet = QPushButton(self.tr("结果单"), self)
        self.sheet.setObjectName("checks.print")
        self.sheet.setMinimumHeight(32)
        self.sheet.setAutoDefault(True)
        self.sheet.setProperty("link", True)
        self.sheet.setAccessibleName(self.tr("打印核验结果单"))
        self.sheet.clicked.connect(self.print_asked)
        self._locked = False
        self.said = QLabel(self)
        self.said.setObjectName("checks.said")
        self.said.setProperty("quiet", True)
        self.said.setWordWrap(True)
        self.said.setContentsMargins(10, 0, 10, 2)
        self.said.hide()
        head = QHBoxLayout()
        head.setContentsMargins(10, 6, 10, 2)
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.sheet)
        head.addWidget(self.ask)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.said)
        column.addLayout(self._column)

    def show_visit(self, view: VisitView, *, locked: bool) -> None:
        """Bring every line up to date."""
        if self._view is None or self._view.case != view.case or self._view.checks != view.checks:
            self.said.hide()
        self._view = view
        if list(self._rows) != [check.rule for check in view.checks]:
            self._build([check.rule for check in view.checks])
        self.ask.setEnabled(not locked)
        self._locked = locked
        self.sheet.setVisible(any(check.outcome is not None for check in view.checks))
        notice = view.notice
        if notice is not None and notice.given_at is not None:
            at = notice.given_at.astimezone(COUNTER_ZONE).strftime("%H:%M")
            self.ask.setToolTip(self.tr("已告知办事人 {0}，告知版本 {1}").format(at, notice.version))
        self._show()

    def show_asking(self, rules: frozenset[str]) -> None:
        """Show which checks are under way."""
        self._asking = rules
        if rules:
            self.said.hide()
        self._show()

    def say_nothing_to_ask(self) -> None:
        """Answer the key when there is no question left that a register has not answered."""
        open_still = any(check.outcome is None for check in self._view.checks) if self._view else False
        self.said.setText(
            self.tr("其余的先填好再核；答复过的改了信息才再问")
            if open_still
            else self.tr("都问过了；改了信息才再问")
        )
        self.said.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self.said, QAccessible.Event.Alert))

    def focus_rule(self, rule: str) -> bool:
        """Go to a line; say whether it is there."""
        row = self._rows.get(rule)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)
        return row is not None

    def focus_chain(self) -> list[QWidget]:
        """Return what Tab visits, in order."""
        rows = [part for row in self._rows.values() for part in (row, *row.buttons())]
        return [self.sheet, self.ask, *rows]

    def _show(self) -> None:
        if self._view is None:
            return
        for check in self._view.checks:
            asking = check.rule in self._asking
            self._rows[check.rule].show_check(check, asking=asking, locked=self._locked)
        good = sum(check.satisfied for check in self._view.checks)
        self._count.setText(f"{good}/{len(self._view.checks)}")

    def _build(self, rules: list[str]) -> None:
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self._rows = {rule: CheckRow(rule, self) for rule in rules}
        for row in self._rows.values():
            row.consented.connect(self.consented)
            row.deferred.connect(self.deferred)
            row.disputed.connect(self.disputed)
            self._column.addWidget(row)
            row.show()
