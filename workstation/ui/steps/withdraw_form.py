"""撤回: which items, who signed the request, and what the applicant says."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from workstation.services.step_views import StepOptions, WithdrawView
from workstation.ui import text
from workstation.ui.widgets.button import KeyButton

_FIELD_PX = 32


class WithdrawForm(QFrame):
    """`withdrawn` carries (items, words, who signed)."""

    withdrawn = Signal(object, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: list[tuple[WithdrawView, QCheckBox]] = []
        self._items = QVBoxLayout()
        self._items.setSpacing(4)
        self.signed_by = QComboBox(self)
        self.signed_by.setObjectName("withdraw.signed")
        self.signed_by.setAccessibleName(self.tr("谁签的撤回申请"))
        self.signed_by.setMinimumHeight(_FIELD_PX)
        for said, value in (
            (self.tr("还没有签名"), ""),
            (self.tr("申请人已签名"), "applicant"),
            (self.tr("受托的代理人已签名"), "agent"),
        ):
            self.signed_by.addItem(said, value)
        self.words = QLineEdit(self)
        self.words.setObjectName("withdraw.text")
        self.words.setAccessibleName(self.tr("申请人的说法"))
        self.words.setPlaceholderText(self.tr("为什么撤回，会印在退件通知上"))
        self.words.setMinimumHeight(_FIELD_PX)
        self.words.setMaxLength(200)
        self._effect = QLabel(self)
        self._effect.setObjectName("caption")
        self._effect.setWordWrap(True)
        self.submit = KeyButton("withdraw.submit", self.tr("撤回，打印退件通知"), "F10", self)
        self.submit.make_primary()
        self.submit.clicked.connect(self._submit)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("撤回的事项"), self._items)
        form.addRow(self.tr("撤回申请"), self.signed_by)
        form.addRow(self.tr("申请人的说法"), self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(self._effect)
        column.addWidget(self.submit, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_options(self, options: StepOptions) -> None:
        """Show the items that have no result yet; a single one is chosen."""
        while self._boxes:
            _, box = self._boxes.pop()
            self._items.removeWidget(box)
            box.hide()
            box.deleteLater()
        for view in options.items:
            box = QCheckBox(text.said(view.name), self)
            box.setObjectName(f"withdraw.{view.item}")
            box.toggled.connect(self._follow)
            self._items.addWidget(box)
            self._boxes.append((view, box))
        if len(self._boxes) == 1:
            self._boxes[0][1].setChecked(True)
        self.signed_by.setCurrentIndex(0)
        self.words.clear()
        self._follow()

    def focus(self) -> None:
        """Begin at the first item."""
        first: QWidget = self._boxes[0][1] if self._boxes else self.submit
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self) -> None:
        """What waits for a withdrawn item goes with it, before the eyes of the clerk."""
        gone = {view.name for view, box in self._boxes if box.isChecked() and box.isEnabled()}
        grown = True
        while grown:
            more = {view.name for view, _ in self._boxes if set(view.after) & gone} - gone
            grown = bool(more)
            gone |= more
        for view, box in self._boxes:
            follows = bool(set(view.after) & gone)
            if follows or not box.isEnabled():
                box.blockSignals(True)
                box.setChecked(follows)
                box.setEnabled(not follows)
                box.blockSignals(False)
        chosen = [view for view, box in self._boxes if box.isChecked()]
        whole = len(chosen) == len(self._boxes)
        said = self.tr("全部撤回，这件办件就结束了。") if whole else self.tr("撤回的不再办，其余的照常办。")
        self._effect.setText(said if chosen else self.tr("选要撤回的事项；等它的结果才能办的会一起撤回。"))

    def _submit(self) -> None:
        items = tuple(view.item for view, box in self._boxes if box.isChecked())
        self.withdrawn.emit(items, self.words.text(), str(self.signed_by.currentData()))
