"""Conditions on a list, and a clerk's own sets of them under a name."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from workstation.domain.case import CaseStatus
from workstation.domain.work_lists import LONGEST_NAME, ListKind, SavedFilter
from workstation.ui import text
from workstation.ui.words import work_lists as words


class FilterRow(QFrame):
    """`changed` tells that other conditions hold; `chosen` a saved filter, `kept` one to keep, `dropped` the name of one
    that goes."""

    changed = Signal()
    chosen = Signal(object)
    kept = Signal(object)
    dropped = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._saved: tuple[SavedFilter, ...] = ()
        self.own = QCheckBox(self.tr("只看我收的"), self)
        self.own.setObjectName("filter.mine")
        self.own.setAccessibleName(self.own.text())
        self.own.toggled.connect(self.changed)
        self.status = _combo("filter.status", self.tr("状态"), self)
        self.status.addItem(self.tr("状态：不限"), None)
        for status in CaseStatus:
            self.status.addItem(text.status(status), status)
        self.days = _combo("filter.days", self.tr("收件日期"), self)
        for back in words.DAYS:
            self.days.addItem(self.tr("收件：{0}").format(words.days(back)), back)
        for combo in (self.status, self.days):
            combo.currentIndexChanged.connect(self.changed)
        self.saved = _combo("filter.saved", self.tr("我的筛选"), self)
        self.saved.setPlaceholderText(self.tr("我的筛选"))
        self.saved.activated.connect(self._choose)
        self.name = QLineEdit(self)
        self.name.setObjectName("filter.name")
        self.name.setAccessibleName(self.tr("筛选名称"))
        self.name.setPlaceholderText(self.tr("起个名字，不写姓名和号码"))
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setFixedWidth(210)
        self.name.returnPressed.connect(self._keep)
        self.keep = QPushButton(self.tr("保存筛选"), self)
        self.keep.setObjectName("filter.keep")
        self.keep.setAccessibleName(self.keep.text())
        self.keep.clicked.connect(self._keep)
        self.drop = QPushButton(self.tr("删除"), self)
        self.drop.setObjectName("filter.drop")
        self.drop.setAccessibleName(self.drop.text())
        self.drop.clicked.connect(self._drop)
        self.drop.setEnabled(False)
        self._kind = ListKind.ALL
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(8)
        for condition in (self.own, self.status, self.days):
            row.addWidget(condition)
        row.addSpacing(16)
        label = QLabel(self.tr("我的筛选"), self)
        label.setObjectName("caption")
        label.setBuddy(self.saved)
        row.addWidget(label)
        for part in (self.saved, self.drop, self.name, self.keep):
            row.addWidget(part)
        row.addStretch(1)

    def conditions(self) -> tuple[bool, CaseStatus | None, int]:
        """Return what is set: mine, state, days back."""
        status = self.status.currentData()
        return self.own.isChecked(), CaseStatus(status) if status else None, int(self.days.currentData())

    def is_set(self) -> bool:
        """Say whether something is left out of the list."""
        return self.conditions() != (False, None, 0)

    def clear(self) -> None:
        """Set nothing."""
        self.put(SavedFilter("-", self._kind))

    def put(self, saved: SavedFilter) -> None:
        """Set the conditions of a filter, without telling."""
        blocked = [QSignalBlocker(part) for part in (self.own, self.status, self.days)]
        self.own.setChecked(saved.mine)
        self.status.setCurrentIndex(max(self.status.findData(saved.status), 0))
        self.days.setCurrentIndex(max(self.days.findData(saved.days), 0))
        for each in blocked:
            each.unblock()

    def of_list(self, kind: ListKind) -> None:
        """Say which list is open: a filter remembers it."""
        self._kind = kind

    def show_saved(self, saved: tuple[SavedFilter, ...], chosen: str = "") -> None:
        """Offer a clerk's own filters."""
        self._saved = saved
        self.saved.clear()
        for each in saved:
            self.saved.addItem(self.tr("{0}（{1}）").format(each.name, words.name(each.kind)), each.name)
        self.saved.setCurrentIndex(self.saved.findData(chosen) if chosen else -1)
        self.drop.setEnabled(self.saved.currentIndex() >= 0)
        self.name.clear()

    def _choose(self, at: int) -> None:
        self.drop.setEnabled(at >= 0)
        if 0 <= at < len(self._saved):
            self.put(self._saved[at])
            self.chosen.emit(self._saved[at])

    def _keep(self) -> None:
        if not self.name.text().strip():
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        mine, status, days = self.conditions()
        self.kept.emit(SavedFilter(self.name.text(), self._kind, mine, status, days))

    def _drop(self) -> None:
        name = self.saved.currentData()
        if name:
            self.dropped.emit(str(name))


def _combo(name: str, label: str, parent: QWidget) -> QComboBox:
    made = QComboBox(parent)
    made.setObjectName(name)
    made.setAccessibleName(label)
    made.setMinimumHeight(32)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made
