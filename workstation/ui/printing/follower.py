"""Asks the print service after what is under way while somebody is signed in, and tells which sheets are still open."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.domain.failures import Refused
from workstation.services.desk import DeskApi
from workstation.services.print_views import SheetView
from workstation.ui.background import Background

FOLLOW_MS = 1000


class PrintFollower(QObject):
    """`told` carries the single sheets nobody has accounted for, oldest first; `moved` that some sheet has changed."""

    told = Signal(object)
    moved = Signal()

    def __init__(self, desk: DeskApi, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(FOLLOW_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Ask, unless the last question is still under way: a print service may take its time."""
        if not self._asking:
            self._asking = True
            self._background.net(self._desk.follow_prints, self._followed, self._not_heard)

    def _followed(self, changed: tuple[SheetView, ...]) -> None:
        if changed:
            self.moved.emit()
        self._background.desk(self._desk.open_sheets, self._heard, self._not_heard)

    def _heard(self, sheets: tuple[SheetView, ...]) -> None:
        self._asking = False
        self.told.emit(sheets)

    def _not_heard(self, _: Refused) -> None:
        # A locked desk or a busy store: the shell tells of it, and the next look comes by itself.
        self._asking = False
