"""转送 and 接收 beside a case: hand it to the office that accepts it, or say what of the bag is there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from workstation.services.forward_case import Takeover
from workstation.services.views import CaseView
from workstation.ui import text
from workstation.ui.widgets.button import KeyButton


class HandoverBox(QFrame):
    """`taken` carries the Takeover."""

    forward_asked = Signal()
    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case = ""
        self._papers: list[tuple[str, QCheckBox]] = []
        self.forward = KeyButton("cases.forward", self.tr("转送受理单位"), "F9", self)
        self.forward.make_primary()
        self.forward.clicked.connect(self.forward_asked)
        self._where = QLabel(self)
        self._where.setObjectName("handover.where")
        self._where.setWordWrap(True)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.remark = QLineEdit(self)
        self.remark.setObjectName("handover.remark")
        self.remark.setAccessibleName(self.tr("差异说明"))
        self.remark.setPlaceholderText(self.tr("有差异写在这里"))
        self.remark.setMaxLength(100)
        self.remark.setMinimumHeight(32)
        self.take = KeyButton("cases.take_papers", self.tr("接收材料"), "F9", self)
        self.take.make_primary()
        self.take.clicked.connect(lambda: self.taken.emit(self._found()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._where)
        column.addLayout(self._list)
        for part in (self.remark, self.take, self.forward):
            column.addWidget(part)
        self.hide()

    def show_case(self, case: CaseView, *, may_forward: bool, may_take: bool) -> None:
        """Offer what this office does next with a case that two offices share; hidden when it is nothing."""
        offices = case.offices
        handover = offices.handover if offices is not None else None
        to = offices.forward_to if offices is not None and may_forward else None
        waits = may_take and handover is not None and handover.came_in and handover.taken_at is None
        self.forward.setVisible(to is not None)
        for part in (self.remark, self.take):
            part.setVisible(waits)
        if to is not None:
            self._where.setText(self.tr("由 {0} 受理").format(text.said(to)))
        elif waits and handover is not None:
            self._where.setText(
                self.tr("{0} 转来，流转单 {1}。点清材料，没到的去掉勾").format(
                    handover.from_name, handover.sheet or self.tr("（没有）")
                )
            )
        if case.case != self._case:
            self._case = case.case
            self.remark.clear()
            self._show_papers(case if waits else None)
        elif not waits:
            self._show_papers(None)
        self.setVisible(to is not None or waits)

    def _show_papers(self, case: CaseView | None) -> None:
        for _, box in self._papers:
            self._list.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._papers = []
        if case is None or case.offices is None or case.offices.handover is None:
            return
        for material, name in case.offices.handover.papers:
            box = QCheckBox(text.said(name), self)
            box.setObjectName(f"handover.paper.{material}")
            box.setMinimumHeight(32)
            box.setChecked(True)
            self._list.addWidget(box)
            self._papers.append((material, box))

    def _found(self) -> Takeover:
        missing = tuple(material for material, box in self._papers if not box.isChecked())
        return Takeover(missing, self.remark.text())
