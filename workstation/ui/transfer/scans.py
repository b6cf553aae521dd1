"""扫描件: how far each scan is on its way, with a pause for all and a switch for lines that are paid by volume."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workstation.domain.uploads import UploadState
from workstation.services.views import UploadsView, UploadView
from workstation.ui.transfer.lines import Lines
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.empty import Empty
from workstation.ui.widgets.mark import Sign
from workstation.ui.words import transfer as words

_SIGNS = {
    UploadState.WAITING: Sign.OPEN,
    UploadState.SENDING: Sign.BUSY,
    UploadState.PAUSED: Sign.CARE,
    UploadState.METERED: Sign.CARE,
    UploadState.REFUSED: Sign.BAD,
    UploadState.LOST: Sign.BAD,
}


class ScansPart(QWidget):
    """Emits what a person decides about all of them."""

    paused = Signal(bool)
    metered = Signal(bool)
    retried = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: UploadsView | None = None
        self.table = Lines(
            "transfer.scans",
            self.tr("扫描件"),
            (self.tr("收件号"), self.tr("大小"), self.tr("已传"), self.tr("进度"), self.tr("状态")),
            4,
            self,
        )
        self.pause = KeyButton("transfer.pause", self.tr("暂停上传"), "F6", self)
        self.pause.clicked.connect(self._press_pause)
        self.again = KeyButton("transfer.again", self.tr("重传没收的"), "F9", self)
        self.again.clicked.connect(self.retried)
        self.meter = QCheckBox(self)
        self.meter.setObjectName("transfer.metered")
        self.meter.toggled.connect(self._toggled)
        self._total = QProgressBar(self)
        self._total.setObjectName("transfer.total")
        self._total.setTextVisible(False)
        self._total.setFixedHeight(8)
        self._note = QLabel(self)
        self._note.setObjectName("pageNote")
        listed = QWidget(self)
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._note)
        column.addWidget(self._total)
        column.addWidget(self.table, 1)
        empty = Empty(
            self.tr("没有等待上传的扫描件"), self.tr("收件时扫描的材料会排在这里，小的先传，断了接着传。")
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(listed)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.meter)
        foot.addStretch(1)
        foot.addWidget(self.again)
        foot.addWidget(self.pause)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(8)
        page.addWidget(self._stack, 1)
        page.addLayout(foot)

    def show_view(self, view: UploadsView) -> None:
        """Show the lane."""
        if view == self._view:
            return
        self._view = view
        said = self.tr("继续上传") if view.paused else self.tr("暂停上传")
        self.pause.setText(f"{said}  F6")
        self.pause.setAccessibleName(said)
        self.meter.setText(
            self.tr("现在的网络按流量计费：大于 {0} 的先不传").format(words.size(view.metered_limit))
        )
        self.meter.blockSignals(True)
        self.meter.setChecked(view.metered)
        self.meter.blockSignals(False)
        stuck = {UploadState.REFUSED, UploadState.LOST}
        self.again.setVisible(any(each.state in stuck for each in view.items))
        self._stack.setCurrentIndex(1 if view.items else 0)
        size, sent = sum(each.size for each in view.items), sum(each.sent for each in view.items)
        self._note.setText(
            self.tr("{0} 份，共 {1}，已传 {2}").format(len(view.items), words.size(size), words.size(sent))
        )
        self._total.setMaximum(max(1, size // 1000))
        self._total.setValue(sent // 1000)
        self._total.setAccessibleName(self.tr("全部扫描件的上传进度"))
        self.table.show_lines([(each.sha256, self._line(each), _SIGNS[each.state]) for each in view.items])

    def _line(self, each: UploadView) -> tuple[str, ...]:
        done = 100 * each.sent // each.size if each.size else 0
        return (
            each.receipt_no or self.tr("未收件"),
            words.size(each.size),
            words.size(each.sent) if each.sent else "0",
            f"{'▮' * (done // 10)}{'▯' * (10 - done // 10)} {done}%",
            self._state(each),
        )

    def _state(self, each: UploadView) -> str:
        if each.state is UploadState.REFUSED and each.trouble:
            return self.tr("{0}：{1}").format(words.upload(each.state), words.upload_trouble(each.trouble))
        return words.upload(each.state)

    def _press_pause(self) -> None:
        if self._view is not None:
            self.paused.emit(not self._view.paused)

    def _toggled(self, on: bool) -> None:
        self.metered.emit(on)

    def focus(self) -> None:
        """Put the focus where work begins."""
        (self.table if self._stack.currentIndex() else self.pause).setFocus(Qt.FocusReason.OtherFocusReason)
