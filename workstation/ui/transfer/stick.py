"""U 盘: the queue as sealed files for when there is no line, and the hall's receipts back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workstation.services.transfer_views import StickRead, StickWritten, TransferView
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.facts import Facts
from workstation.ui.widgets.panel import titled_panel
from workstation.ui.words import transfer as words
from workstation.ui.words.breaks import breakable
from workstation.ui.words.times import minute


class StickPart(QWidget):
    """Emits the folder to write to and the file to read."""

    write_asked = Signal(str)
    read_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = Facts(self)
        self.write = KeyButton("transfer.write", self.tr("导出到 U 盘"), "F9", self)
        self.write.make_primary()
        self.write.clicked.connect(self._choose_folder)
        self.read = KeyButton("transfer.read", self.tr("读取大厅回执"), "F10", self)
        self.read.clicked.connect(self._choose_file)
        self.done = QLabel(self)
        self.done.setObjectName("transfer.done")
        self.done.setWordWrap(True)
        self.done.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        out = titled_panel(
            self.tr("送大厅"),
            self._words(
                self.tr(
                    "把待传的步骤和扫描件写成加密文件，只有大厅能打开。送到大厅导入；导出后待传的仍在本机，网络恢复了会照常传，不会重复。"
                )
            ),
            self._state,
            self.write,
            parent=self,
        )
        back = titled_panel(
            self.tr("取回执"),
            self._words(
                self.tr("大厅导入后给一个回执文件。读进来，大厅签收过的步骤才算到，也会带回大厅的新消息。")
            ),
            self.read,
            parent=self,
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(out, 1)
        row.addWidget(back, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(10)
        page.addLayout(row)
        page.addWidget(self.done)
        page.addStretch(1)

    def _words(self, said: str) -> QLabel:
        label = QLabel(said, self)
        label.setObjectName("pageNote")
        label.setWordWrap(True)
        return label

    def show_view(self, view: TransferView) -> None:
        """Show what sticks have taken and not brought back."""
        stick = view.stick
        never = self.tr("还没有")
        self._state.show_facts(
            [
                (self.tr("待传"), self.tr("{0} 条").format(view.waiting_total)),
                (self.tr("上次导出"), minute(stick.written_at) if stick.written_at else never),
                (self.tr("等回执"), self.tr("{0} 条").format(stick.unsettled)),
                (self.tr("上次读回执"), minute(stick.read_at) if stick.read_at else never),
                (
                    self.tr("大厅公钥"),
                    self.tr("已有") if stick.ready else self.tr("没有，要先连上一次大厅"),
                ),
            ],
            ("transfer.queued", "transfer.written", "transfer.unsettled", "transfer.read_at", "transfer.key"),
        )

    def show_written(self, made: StickWritten) -> None:
        """Say what was written and where."""
        said = self.tr("已导出 {0} 步、{1} 份扫描件，{2} 个文件：").format(
            made.steps, made.scans, len(made.files)
        )
        said += "\n" + "\n".join(breakable(path) for path in made.files)
        if made.left_out:
            said += "\n" + self.tr("还有 {0} 份扫描件放不下，等网络或下一次。").format(made.left_out)
        self.done.setText(said)

    def show_read(self, got: StickRead) -> None:
        """Say what the receipts brought."""
        if got.code:
            said = self.tr("大厅没有收这个 U 盘（{0}）。待传的都还在；把这个答复告诉大厅管理员。").format(
                words.link_trouble(got.code) or words.trouble(got.code)
            )
        else:
            said = self.tr("大厅签收 {0} 步。").format(got.settled)
            rest = (
                (self.tr("早先已签收 {0} 步"), got.known),
                (self.tr("需处理 {0} 步，在“需处理”里看原因，Alt+1"), got.parked),
                (self.tr("大厅还没有处理 {0} 步"), got.waiting),
                (self.tr("扫描件到了 {0} 份"), got.scans),
                (self.tr("新消息 {0} 条"), got.changes),
            )
            said += "".join(f"\n{each.format(number)}" for each, number in rest if number)
        if got.missing_parts:
            parts = ", ".join(str(part) for part in got.missing_parts)
            said += "\n" + self.tr("第 {0} 个文件大厅没有见到，送去导入后再取一次回执。").format(parts)
        self.done.setText(said)

    def say(self, words: str) -> None:
        """Say that something is under way."""
        self.done.setText(words)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("选 U 盘里的文件夹"))
        if folder:
            self.write_asked.emit(folder)

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.tr("选大厅给的回执文件"))
        if path:
            self.read_asked.emit(path)

    def focus(self) -> None:
        """Put the focus where work begins."""
        self.write.setFocus(Qt.FocusReason.OtherFocusReason)
