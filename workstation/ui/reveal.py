"""How long something stays in clear: a countdown that is told in whole seconds and ends by itself."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.ui.capture import Capture

REVEAL_S = 20  # unless the station says otherwise (--reveal-seconds)
LINGER_MS = 2_000  # what was typed stays readable so long after the field was left


@dataclass(frozen=True, slots=True)
class Privacy:
    """How the window treats what is personal: seconds in clear, and what the system does about pictures of it."""

    reveal_s: float = REVEAL_S
    capture: Capture = Capture.NOT_POSSIBLE


class Countdown(QObject):
    """Tells the seconds left on every whole second, then that it is over. Starting again begins anew."""

    ticked = Signal(int)
    over = Signal()

    def __init__(self, seconds: float, parent: QObject) -> None:
        super().__init__(parent)
        self.seconds = seconds
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self._ended)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._tell)

    @property
    def running(self) -> bool:
        """Say whether something is in clear on its account."""
        return self._end.isActive()

    def start(self) -> None:
        """Begin to count."""
        self._end.start(round(self.seconds * 1000))
        self._tick.start()
        self._tell()

    def stop(self) -> None:
        """End without a word: what was in clear is hidden already."""
        self._end.stop()
        self._tick.stop()

    def _tell(self) -> None:
        self.ticked.emit(math.ceil(self._end.remainingTime() / 1000))

    def _ended(self) -> None:
        self.stop()
        self.over.emit()
