"""When and where the citizen is asked: after a step of the counter, on the other screen; the counter hears that it began and ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from wire.evaluation import Stage
from workstation.domain.failures import Failure, Refused
from workstation.services.desk import DeskApi
from workstation.services.views import InvitationView
from workstation.ui.background import Background
from workstation.ui.citizen.window import CitizenWindow, has_touch


class CitizenScreen(QObject):
    """Lives as long as the counter's window: who locks or leaves the desk does not end what a citizen is saying."""

    told = Signal(str)  # what the counter may say: invited, invited_here (on the only screen), ended, no_key

    def __init__(
        self, desk: Callable[[], DeskApi], background: Background, counter: QWidget, quiet_s: int
    ) -> None:
        """`quiet_s` is after how many seconds without a touch it is over; 0: nobody is asked here."""
        super().__init__(counter)
        self._desk, self._background, self._counter = desk, background, counter
        self._quiet_s = quiet_s
        self.window: CitizenWindow | None = None

    def invite(self, case: str, stage: Stage) -> None:
        """Ask about a visit, unless that was done."""
        if self._quiet_s <= 0:
            return
        desk = self._desk()
        self._background.desk(lambda: desk.invite_evaluation(case, stage), self._invited, self._not_invited)

    def end(self) -> None:
        """The program ends."""
        if self.window is not None:
            self.window.end()

    def _invited(self, visit: InvitationView | None) -> None:
        if visit is None:
            return
        if self.window is None:
            self.window = CitizenWindow(self._quiet_s, touch_only=has_touch())
            self.window.said.connect(self._said)
            self.window.took_keyboard.connect(
                self._counter.activateWindow, Qt.ConnectionType.QueuedConnection
            )
        screen = other_screen(QGuiApplication.screens(), self._counter.screen())
        self.window.open_for(visit, screen)
        self.told.emit("invited" if screen is not None else "invited_here")

    def _said(self, visit: str, sealed: str) -> None:
        desk = self._desk()
        self._background.desk(lambda: desk.end_evaluation(visit, sealed))
        self.told.emit("ended")

    def _not_invited(self, refused: Refused) -> None:
        if refused.failure is not Failure.EVALUATION_KEY_MISSING:
            raise refused
        self.told.emit("no_key")


def other_screen(screens: Sequence[QScreen], counter: QScreen) -> QScreen | None:
    """Return the first screen that is not the counter's, None where there is only that one."""
    return next((screen for screen in screens if screen is not counter), None)
