"""工作日表: what dates are computed by, month by month; where the hall has none of its own a supervisor changes it here, and
another one signs."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from deadlines.festivals import days_off
from workstation.domain.failures import Refused
from workstation.services.calendar_views import CalendarOwner, CalendarVersion, CalendarView, CalendarWish
from workstation.services.desk import DeskApi
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.facts import Facts
from workstation.ui.widgets.line_edit import LabelledLine
from workstation.ui.widgets.month import MonthGrid
from workstation.ui.words.times import minute

_VERSIONS = 5
_SATURDAY = 5  # date.weekday()


class CalendarPanel(QFrame):
    """Fetched whenever the page is shown. Nothing is changed before it is saved as a new version, with source and reason."""

    def __init__(
        self, desk: DeskApi, background: Background, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._desk, self._background = desk, background
        self._view: CalendarView | None = None
        self._changed: dict[date, bool] = {}
        self._until: date | None = None
        title = QLabel(self.tr("工作日表"), self)
        title.setObjectName("panelTitle")
        self.facts = Facts(self)
        self.versions = Facts(self)
        self.versions.setAccessibleName(self.tr("工作日表的各版本"))
        self._past = QLabel(self.tr("各版本（旧办件按当时的版本算）"), self)
        self._past.setObjectName("caption")
        self.grid = MonthGrid(today, self)
        self.grid.toggled.connect(self._toggle)
        self.longer = KeyButton("calendar.longer", self.tr("加长一年"), "", self)
        self.longer.clicked.connect(self._make_longer)
        self.pending = _note(self, "calendar.pending")
        self.source = _line(self, "calendar.source", self.tr("依据：哪份放假通知"))
        self.reason = _line(self, "calendar.reason", self.tr("为什么改"))
        self.login = LabelledLine("calendar.login", self.tr("会签主管账号"), self)
        self.password = LabelledLine("calendar.password", self.tr("会签主管密码"), self, secret=True)
        self.login.line.entered.connect(self.password.line.setFocus)
        self.password.line.entered.connect(self._sign)
        self.save = KeyButton("calendar.save", self.tr("会签并存为新版本"), "", self)
        self.save.make_primary()
        self.save.clicked.connect(self._sign)
        self.by_card = KeyButton("calendar.card", self.tr("用操作员卡会签"), "", self)
        self.by_card.clicked.connect(lambda: self._save(self.login.text().strip(), ""))
        self.undo = KeyButton("calendar.undo", self.tr("放弃改动"), "", self)
        self.undo.clicked.connect(self._undo)
        self.trouble = _note(self, "calendar.trouble")
        self.trouble.setProperty("bad", True)
        self._editing = (
            self.longer,
            self.pending,
            self.source,
            self.reason,
            self.login,
            self.password,
            self.save,
            self.by_card,
            self.undo,
        )
        self._lay_out(title)

    def _lay_out(self, title: QLabel) -> None:
        self._labels = (QLabel(self.tr("依据"), self), QLabel(self.tr("理由"), self))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.save, self.by_card, self.undo):
            buttons.addWidget(button)
        buttons.addStretch(1)
        signing = QHBoxLayout()
        signing.setSpacing(8)
        signing.addWidget(self.login, 1)
        signing.addWidget(self.password, 1)
        side = QVBoxLayout()
        side.setSpacing(6)
        side.addWidget(self.facts)
        side.addWidget(self._past)
        side.addWidget(self.versions)
        side.addWidget(self.pending)
        for label, line in zip(self._labels, (self.source, self.reason), strict=True):
            label.setObjectName("caption")
            label.setBuddy(line)
            side.addWidget(label)
            side.addWidget(line)
        side.addLayout(signing)
        side.addLayout(buttons)
        side.addWidget(self.trouble)
        side.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.grid)
        left.addWidget(self.longer, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addLayout(left)
        both.addLayout(side, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addWidget(title)
        column.addLayout(both)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Fetch the table anew, unless somebody is changing it."""
        super().showEvent(event)
        if not self._changed and self._until is None:
            self._background.desk(self._desk.calendar, self.show_calendar, self._refused)

    def show_calendar(self, view: CalendarView) -> None:
        """Show a table as it is in use."""
        self._view, self._changed, self._until = view, {}, None
        self.trouble.hide()
        self.facts.show_facts(
            [
                (self.tr("版本"), view.version),
                (self.tr("由谁定"), self._owner(view.owner)),
                (self.tr("依据"), view.source),
                (self.tr("有效至"), self.tr("{0}（含），之后的日期算不出").format(view.until.isoformat())),
            ],
            ("calendar.version", "calendar.owner", "calendar.basis", "calendar.until"),
        )
        shown = [
            (
                each.version,
                self.tr("{0}，{1}，{2}，至 {3}").format(
                    minute(each.at), _both(each), each.reason, each.until.isoformat()
                ),
            )
            for each in view.versions[:_VERSIONS]
        ]
        self.versions.show_facts(shown)
        self._past.setVisible(bool(shown))
        self.versions.setVisible(bool(shown))
        for part in (*self._editing, *self._labels):
            part.setVisible(view.may_change)
        self._show_change()

    def _owner(self, owner: CalendarOwner) -> str:
        return {
            CalendarOwner.HALL: self.tr("大厅下发，本机不能改"),
            CalendarOwner.STATION: self.tr("本工位主管"),
            CalendarOwner.NATIONAL: self.tr("随软件自带"),
        }[owner]

    # -- changing ----------------------------------------------------------------------------------------
    def _toggle(self, day: date) -> None:
        view = self._view
        if view is None or not view.may_change:
            return
        works = self._changed.get(day, view.works(day))
        if day in self._changed:
            del self._changed[day]
        else:
            self._changed[day] = not works
        self._show_change()

    def _make_longer(self) -> None:
        if self._view is not None:
            last = self._until or self._view.until
            self._until = date(last.year + (last.month == 12 and last.day == 31), 12, 31)
            # What is off by law stands there at once; the days between, and those made up for, are the notice's to say.
            by_law = (day for day in days_off(self._until.year) if last < day and day.weekday() < _SATURDAY)
            self._changed |= dict.fromkeys(by_law, False)
            self._show_change()
            self.grid.go_to(self._until.replace(month=1, day=1))

    def _undo(self) -> None:
        if self._view is not None:
            self._clear()
            self.show_calendar(self._view)

    def _show_change(self) -> None:
        view = self._view
        if view is None:
            return
        until = self._until or view.until
        self.grid.show_days(
            view.since, until, view.works, self._changed, editable=view.may_change, known_until=view.until
        )
        dirty = bool(self._changed) or self._until is not None
        for button in (self.save, self.by_card, self.undo):
            button.setEnabled(dirty)
        self.pending.setText(self._pending_words(view, until) if dirty else self._hint())

    def _hint(self) -> str:
        return self.tr(
            "点日子改“班”和“休”。改完写依据和理由，由另一位主管看过、会签，存为新版本；旧办件的日期不变。"
        )

    def _pending_words(self, view: CalendarView, until: date) -> str:
        said = [
            (self.tr("{0} 上班") if works else self.tr("{0} 休息")).format(day.isoformat())
            for day, works in sorted(self._changed.items())
        ]
        if until != view.until:
            said.append(self.tr("加长到 {0}，按放假通知逐日核对").format(until.isoformat()))
        return self.tr("未存的改动：{0}").format(text.listed(said))

    def _sign(self) -> None:
        login, password = self.login.text().strip(), self.password.text()
        if login and password:
            self._save(login, password)
        else:
            (self.password if login else self.login).line.setFocus()

    def _save(self, login: str, password: str) -> None:
        view = self._view
        if view is None or not self.save.isEnabled():
            return
        if not login:
            self.login.line.setFocus()
            return
        wish = CalendarWish(
            dict(self._changed), self._until or view.until, self.source.text(), self.reason.text()
        )
        self._background.desk(
            lambda: self._desk.set_calendar(wish, login, password), self._saved, self._refused
        )

    def _saved(self, view: CalendarView) -> None:
        self._clear()
        self.show_calendar(view)

    def _clear(self) -> None:
        for line in (self.source, self.reason, self.login.line, self.password.line):
            line.clear()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Forget a password that was begun."""
        super().hideEvent(event)
        self.password.line.clear()

    def _refused(self, refused: Refused) -> None:
        self.password.line.clear()
        self.trouble.setText(text.failure_and_remedy(refused.failure, refused.details))
        self.trouble.show()


def _both(version: CalendarVersion) -> str:
    """Say who set a version, and who confirmed it where somebody did."""
    return " + ".join(filter(None, (version.by, version.confirmed_by)))


def _note(parent: QWidget, name: str) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def _line(parent: QWidget, name: str, accessible: str) -> QLineEdit:
    line = QLineEdit(parent)
    line.setObjectName(name)
    line.setAccessibleName(accessible)
    line.setPlaceholderText(accessible)
    line.setMaxLength(200)
    return line
