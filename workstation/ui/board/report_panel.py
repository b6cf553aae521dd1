"""报表: cases received in a span of days, by each of domain.report.By, as a table and as bars; written to CSV or XLSX."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from workstation.domain.failures import Refused
from workstation.domain.report import By, Span
from workstation.services.desk import DeskApi
from workstation.services.ports import Table, TableFile
from workstation.services.report import ReportRow, ReportView
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.board.bars import Bar, Bars
from workstation.ui.board.numbers_table import Cell, NumbersTable
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.panel import titled_panel
from workstation.ui.words import supervision as words
from workstation.ui.words.breaks import breakable
from workstation.ui.words.times import minute

_BARS = 12  # of a chart; the table has them all


class ReportPanel(QWidget):
    """`may_export`: only whoever may have it in a file is offered that."""

    refused = Signal(object)

    def __init__(self, desk: DeskApi, background: Background, parent: QWidget, *, may_export: bool) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._shown: ReportView | None = None
        self._counting = False
        today = QDate.currentDate()
        self.since = _day("report.since", self.tr("起"), today.addDays(1 - today.day()), self)
        self.until = _day("report.until", self.tr("止"), today, self)
        self.count = KeyButton("report.count", self.tr("统计"), "F5", self)
        self.count.make_primary()
        self.count.clicked.connect(self.refresh)
        self.setFocusProxy(self.count)
        self.by = QComboBox(self)
        self.by.setObjectName("report.by")
        self.by.setAccessibleName(self.tr("统计方式"))
        self.by.setMinimumHeight(32)
        for each in By:
            self.by.addItem(words.by(each), each)
        self.by.currentIndexChanged.connect(self._show_rows)
        self.export = KeyButton("report.export", self.tr("导出"), "Ctrl+E", self)
        self.export.clicked.connect(self._choose_file)
        self.export.setVisible(may_export)
        self.export.setEnabled(False)
        self.note = QLabel(self)
        self.note.setObjectName("report.note")
        self.note.setProperty("note", True)
        self.note.setWordWrap(True)
        heads = (self.tr("名称"), *words.tally_heads())
        self.table = NumbersTable("report.table", self.tr("报表"), heads, self)
        self.bars = Bars("report.bars", (self.tr("收件"),), self)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        label = QLabel(self.tr("收件日期"), self)
        label.setObjectName("caption")
        for part in (label, self.since, QLabel("—", self), self.until, self.count):
            row.addWidget(part)
        row.addSpacing(16)
        row.addWidget(self.by)
        row.addStretch(1)
        row.addWidget(self.export)
        body = QHBoxLayout()
        body.setSpacing(8)
        body.addWidget(titled_panel(self.tr("报表"), self.table, parent=self, grows=True), 3)
        chart = QVBoxLayout()
        chart.addWidget(titled_panel(self.tr("收件件数"), self.bars, parent=self))
        chart.addStretch(1)
        body.addLayout(chart, 2)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(8)
        page.addLayout(row)
        page.addWidget(self.note)
        page.addLayout(body, 1)

    def span(self) -> Span:
        """Return the days that stand there."""
        return Span(_date(self.since.date()), _date(self.until.date()))

    def refresh(self) -> None:
        """Count; a long span takes some seconds, beside the counter."""
        if self._counting:
            return
        self._counting = True
        self.note.setText(self.tr("正在统计…"))
        span = self.span()
        self._background.net(lambda: self._desk.report(span), self._counted, self._not_counted)

    def _counted(self, report: ReportView) -> None:
        self._counting = False
        self._shown = report
        self.export.setEnabled(True)
        self.note.setText(
            self.tr("{0} 至 {1} 收的 {2} 件，现在的情况；{3} 统计。联办件在每个事项各算一件。").format(
                report.span.since.isoformat(),
                report.span.until.isoformat(),
                f"{report.total.received:,}",
                minute(report.at),
            )
        )
        self._show_rows()

    def _not_counted(self, refused: Refused) -> None:
        self._counting = False
        self.note.setText("")
        self.refused.emit(refused)

    def _show_rows(self) -> None:
        report = self._shown
        if report is None:
            return
        by = By(self.by.currentData())
        rows = report.rows[by]
        lines: list[tuple[Cell, ...]] = [(_name(by, row), *words.tally_cells(row.tally)) for row in rows]
        lines.append((self.tr("合计"), *words.tally_cells(report.total)))
        self.table.show_rows(lines)
        largest = sorted(rows, key=lambda row: -row.tally.received)[:_BARS]
        chosen = [row for row in rows if row in largest]
        self.bars.show_bars(tuple(Bar(_name(by, row), (row.tally.received,)) for row in chosen))

    def _choose_file(self) -> None:
        name = f"{self.span().since:%Y%m%d}-{self.span().until:%Y%m%d}"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("导出报表"), f"report-{name}.xlsx", self.tr("工作簿 (*.xlsx);;表格文本 (*.csv)")
        )
        if chosen:
            self.export_to(chosen)

    def export_to(self, path: str) -> None:
        """Write what is shown to a file, in the words of the page."""
        report = self._shown
        if report is None:
            return
        file, span = self._file(report), report.span
        self.note.setText(self.tr("正在导出…"))
        self._background.net(
            lambda: self._desk.export_report(file, path, span), self._exported, self._not_counted
        )

    def _exported(self, path: str) -> None:
        self.note.setText(self.tr("已导出：{0}").format(breakable(path)))

    def _file(self, report: ReportView) -> TableFile:
        heads = words.tally_heads()
        tables = tuple(
            Table(
                words.by(each),
                (self.tr("名称"), *heads),
                tuple((_name(each, row), *words.tally_cells(row.tally)) for row in report.rows[each]),
            )
            for each in By
        )
        title = self.tr("办件报表 {0} 至 {1}").format(
            report.span.since.isoformat(), report.span.until.isoformat()
        )
        total = Table(self.tr("合计"), heads, (words.tally_cells(report.total),))
        return TableFile(title, (total, *tables))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Count once when it is seen for the first time."""
        super().showEvent(event)
        if self._shown is None:
            self.refresh()


def _name(by: By, row: ReportRow) -> str:
    """Name a line: a level by its code, whatever else by the name that it brings."""
    return words.level(row.key) if by is By.LEVEL else text.said(row.name)


def _day(name: str, label: str, day: QDate, parent: QWidget) -> QDateEdit:
    made = QDateEdit(day, parent)
    made.setObjectName(name)
    made.setAccessibleName(label)
    made.setDisplayFormat("yyyy-MM-dd")
    made.setCalendarPopup(True)
    made.setMinimumHeight(32)
    return made


def _date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
