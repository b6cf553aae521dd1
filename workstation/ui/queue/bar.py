"""The line of the queue under the banner: who is at the window, how many wait, and one key for the next."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from workstation.domain.failures import Refused
from workstation.services.desk import DeskApi
from workstation.services.queueing import QueueView
from workstation.ui.background import Background
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.elided import Elided
from workstation.ui.words import queue as words

REFRESH_MS = 5000


class QueueBar(QFrame):
    """Hidden while nobody is in the queue. It never takes the keyboard: calling is beside the talk."""

    refused = Signal(object)
    asked = Signal()  # for the page

    def __init__(self, desk: DeskApi, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queueBar")
        self._desk, self._background = desk, background
        self._asking = False
        self.said = Elided("", self)
        self.said.setObjectName("queueBar.text")
        self.call = KeyButton("queueBar.call", self.tr("叫下一号"), "Ctrl+N", self)
        self.call.clicked.connect(self._call)
        # The key is the shell's: it works from every page.
        self.whole = KeyButton("queueBar.whole", self.tr("取号叫号  Ctrl+9"), "", self)
        self.whole.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 6, 2)
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        for button in (self.call, self.whole):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.hide()
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Ask how the queue stands, unless the last question is still under way."""
        if not self._asking:
            self._asking = True
            self._background.desk(self._desk.queue, self.show_queue, self._not_heard)

    def show_queue(self, view: QueueView) -> None:
        """Show how it stands."""
        self._asking = False
        self.setVisible(view.in_use)
        self.said.setText(words.standing(view))
        self.setAccessibleName(words.standing(view))
        self.call.setVisible(bool(view.waiting))

    def _call(self) -> None:
        self._background.desk(self._desk.call_next, self.show_queue, self.refused.emit)

    def _not_heard(self, _: Refused) -> None:
        # A locked desk: the shell tells of it, and the next look comes by itself.
        self._asking = False
