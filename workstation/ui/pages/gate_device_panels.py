"""Two panels of the gate about the device itself: waiting for the hall's confirmation, and shut out by the hall."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from workstation.ui.pages.gate_panel import GatePanel
from workstation.ui.words.breaks import in_fours

ASK_MS = 5_000


class ConfirmPanel(GatePanel):
    """Shows the fingerprint that the hall's administrator compares, and asks now and then whether that was done."""

    asked = Signal()  # by the clock: nothing on the screen moves

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", "confirm.submit", parent)
        self.title.setText(self.tr("等待大厅确认"))
        self.lead.setText(self.tr("大厅管理员核对设备指纹，两边一样才确认。"))
        self.submit.setText(self.tr("再问一次"))
        self.submit.setAccessibleName(self.tr("再问一次"))
        self.note.setText(self.tr("确认后这里自动进入登录。指纹不一样就停下，告诉大厅管理员。"))
        self.caption = QLabel(self.tr("本工位的设备指纹"), self)
        self.fingerprint = QLabel("", self)
        self.fingerprint.setObjectName("gateFingerprint")
        self.fingerprint.setTextFormat(Qt.TextFormat.PlainText)
        self.fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.lay_out()
        self.add_above_problem(self.caption, self.fingerprint)
        self._clock = QTimer(self)
        self._clock.setInterval(ASK_MS)
        self._clock.timeout.connect(self.asked)

    def show_fingerprint(self, fingerprint: str) -> None:
        """Show it in groups of four, to be read aloud."""
        self.fingerprint.setText(in_fours(fingerprint))
        self.fingerprint.setAccessibleName(self.tr("设备指纹 {0}").format(in_fours(fingerprint)))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask while somebody looks at it."""
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Ask no more."""
        super().hideEvent(event)
        self._clock.stop()


class ShutOutPanel(GatePanel):
    """Says that the hall has revoked this device and that nothing was lost; the next start asks the hall once more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", "shutout.submit", parent)
        self.title.setText(self.tr("大厅已停用本工位"))
        self.lead.setText(self.tr("谁都不能登录，断网也一样。本机数据仍然加密保存，一件没少。"))
        self.submit.setText(self.tr("退出程序"))
        self.submit.setAccessibleName(self.tr("退出程序"))
        self.note.setText(
            self.tr(
                "停止收件，联系大厅管理员。没上报的办件由管理员导出，经核对后由大厅收下；本工位要重新登记。"
            )
        )
        self.lay_out()
