"""审计: who saw or asked what, when and why; how the chain stands with the hall; alarms. Nothing here changes a case."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from wire.messages import Alarm
from workstation.domain.audit import AuditFilter, Standing
from workstation.domain.failures import Refused
from workstation.services.desk import DeskApi
from workstation.services.views import AuditLine, AuditView
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.pages.audit_filter import AuditFilterRow
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.chip import Chip
from workstation.ui.widgets.empty import Empty
from workstation.ui.widgets.facts import Facts
from workstation.ui.widgets.mark import Sign
from workstation.ui.widgets.panel import titled_panel
from workstation.ui.widgets.trail_table import TrailColumn, TrailModel, TrailTable
from workstation.ui.words import audit as words
from workstation.ui.words.breaks import breakable
from workstation.ui.words.times import age, minute

STATE_MS = 5000
_SIDE_PX = 288
SIGNS = {
    Standing.GOOD: Sign.GOOD,
    Standing.LATE: Sign.CARE,
    Standing.STOPPED: Sign.BAD,
    Standing.REFUSED: Sign.BAD,
}


class AuditPage(QWidget):
    """The trail on the left, the chain and the alarms on the right; `refused` goes to the banner."""

    refused = Signal(object)

    def __init__(self, desk: DeskApi, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("auditPage")
        self._desk = desk
        self._background = background
        self._begun = False
        self.filter = AuditFilterRow(self)
        self.filter.asked.connect(self.search)
        columns = self._columns()
        self.model = TrailModel(columns, self._fetch, self)
        self.table = TrailTable("audit.table", self.tr("留痕"), self.model, [c.width for c in columns], self)
        self._count = _note(self, "audit.count")
        self._list = QStackedWidget(self)
        self._list.addWidget(Empty(self.tr("没有符合的留痕"), self.tr("放宽日期、人员或办件再查，F6。")))
        self._list.addWidget(self.table)
        self.chip = Chip("audit.standing", self)
        self._detail = _note(self, "audit.detail")
        self._facts = Facts(self)
        self.export = KeyButton("audit.export", self.tr("导出留痕"), "Ctrl+E", self)
        self.export.clicked.connect(self._choose_file)
        self._exported = _note(self, "audit.exported")
        self.alarms = QListWidget(self)
        self.alarms.setObjectName("audit.alarms")
        self.alarms.setAccessibleName(self.tr("大厅告警"))
        self.alarms.setWordWrap(True)
        self._alarms_note = _note(self, "audit.alarms_note")
        self._lay_out()
        self._state = QTimer(self)
        self._state.setInterval(STATE_MS)
        self._state.timeout.connect(self.refresh)

    def _columns(self) -> tuple[TrailColumn, ...]:
        return (
            TrailColumn(self.tr("序号"), lambda line: str(line.seq), 76),
            TrailColumn(self.tr("时间"), lambda line: f"{minute(line.at)}:{line.at:%S}", 158),
            TrailColumn(self.tr("人员"), lambda line: line.actor, 92),
            TrailColumn(self.tr("做了什么"), lambda line: words.deed(line.deed), 178),
            TrailColumn(self.tr("对象和用途"), _what),
            TrailColumn(self.tr("办件"), lambda line: line.case[-12:], 116),
        )

    def _lay_out(self) -> None:
        title = QLabel(self.tr("审计"), self)
        title.setObjectName("pageTitle")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title)
        head.addWidget(self._count)
        head.addStretch(1)
        panel = QFrame(self)
        panel.setObjectName("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._list)
        side = QVBoxLayout()
        side.setSpacing(8)
        chain = titled_panel(
            self.tr("留痕链"), self.chip, self._detail, self._facts, self.export, self._exported, parent=self
        )
        side.addWidget(chain)
        side.addWidget(
            titled_panel(self.tr("大厅告警"), self._alarms_note, self.alarms, parent=self, grows=True), 1
        )
        right = QWidget(self)
        right.setFixedWidth(_SIDE_PX)
        side.setContentsMargins(0, 0, 0, 0)
        right.setLayout(side)
        body = QHBoxLayout()
        body.setSpacing(8)
        body.addWidget(panel, 1)
        body.addWidget(right)
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 12)
        page.setSpacing(8)
        page.addLayout(head)
        page.addWidget(self.filter)
        page.addLayout(body, 1)

    # -- the trail ---------------------------------------------------------------------------------------
    def search(self, wanted: AuditFilter) -> None:
        """Look for entries; each look is itself written down."""
        self._background.desk(lambda: self._desk.audit_search(wanted), self._found, self.refused.emit)

    def _found(self, places: tuple[int, ...]) -> None:
        self.model.show_places(places)
        self._list.setCurrentIndex(1 if places else 0)
        self._count.setText(self.tr("{0} 条").format(len(places)))
        self.table.scrollToTop()

    def _fetch(self, places: tuple[int, ...], take: Callable[[tuple[AuditLine, ...]], None]) -> None:
        self._background.desk(lambda: self._desk.audit_lines(places), take, self.refused.emit)

    def focus(self) -> None:
        """Put the focus where an auditor begins."""
        self.filter.case.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the chain ---------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look when the page is seen."""
        super().showEvent(event)
        self._state.start()
        self.refresh()
        self._background.net(self._desk.alarms, self._show_alarms, self._no_alarms)
        if not self._begun:
            self._begun = True
            self.search(self.filter.wanted())

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while the page is not seen."""
        super().hideEvent(event)
        self._state.stop()

    def refresh(self) -> None:
        """Ask how the chain stands."""
        self._background.desk(self._desk.audit_state, self._show_state, self.refused.emit)

    def _show_state(self, view: AuditView) -> None:
        self.filter.show_actors(view.actors)
        self.chip.show_state(SIGNS[view.standing], words.standing(view.standing))
        self._detail.setText(words.standing_detail(view.standing))
        stamped = (
            self.tr("第 {0} 条，{1}（{2}）").format(
                view.stamped_seq, minute(view.stamped_at), age(view.stamped_at)
            )
            if view.stamped_at is not None
            else self.tr("还没有")
        )
        exposed = self.tr("{0} 条").format(view.exposed)
        if view.exposed and view.exposed_since is not None:
            exposed += self.tr("，最早 {0}").format(age(view.exposed_since))
        facts = [
            (self.tr("共有"), self.tr("{0} 条").format(view.entries)),
            (self.tr("大厅签名到"), stamped),
            (self.tr("只有本机作证"), exposed),
        ]
        if view.trouble:
            facts.append((self.tr("大厅的话"), view.trouble))
        names = ("audit.entries", "audit.stamped", "audit.exposed", "audit.trouble")
        self._facts.show_facts(facts, names)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("导出留痕"), "audit.jsonl", self.tr("JSON 行 (*.jsonl)")
        )
        if chosen:
            self.export_to(chosen)

    def export_to(self, path: str) -> None:
        """Write the whole chain to a file."""
        self._exported.setText(self.tr("正在导出…"))
        self._background.net(lambda: self._desk.audit_export(path), self._show_exported, self._not_exported)

    def _show_exported(self, done: tuple[str, int]) -> None:
        path, count = done
        self._exported.setText(self.tr("已导出 {0} 条：{1}").format(count, breakable(path)))

    def _not_exported(self, refused: Refused) -> None:
        self._exported.setText("")
        self.refused.emit(refused)

    # -- alarms ------------------------------------------------------------------------------------------
    def _show_alarms(self, alarms: tuple[Alarm, ...]) -> None:
        self.alarms.clear()
        self.alarms.addItems([_alarm(alarm) for alarm in alarms])
        self.alarms.setVisible(bool(alarms))
        self._alarms_note.setText("" if alarms else self.tr("大厅没有告警。"))
        self._alarms_note.setVisible(not alarms)

    def _no_alarms(self, refused: Refused) -> None:
        self.alarms.hide()
        self._alarms_note.show()
        self._alarms_note.setText(text.failure_and_remedy(refused.failure, refused.details))


def _what(line: AuditLine) -> str:
    parts = [text.said(each) for each in (line.asked, line.why) if each is not None]
    note = words.note(line.deed, line.note)
    return " · ".join([*parts, note] if note else parts)


def _alarm(alarm: Alarm) -> str:
    who = f"{minute(alarm.at)}  {alarm.clerk}  {words.alarm(alarm.kind)}"
    count = f" × {alarm.count}" if alarm.count > 1 else ""
    return f"{who}{count}\n{alarm.service}  {alarm.case[-12:]}".rstrip()


def _note(parent: QWidget, name: str) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setProperty("note", True)
    label.setWordWrap(name != "audit.count")
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
