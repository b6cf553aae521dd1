"""Nobody at the desk: a warning first, then the lock; and at once when the machine was asleep."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

_TICK_MS = 1000
_ASLEEP_S = 3.0  # more than a busy second: only a sleeping machine stops one clock and not the other


@dataclass(frozen=True, slots=True)
class IdleTimes:
    """After how many seconds without key or mouse the desk is locked, and how many before that it is said."""

    lock_s: int = 300
    warn_s: int = 30

    def __post_init__(self) -> None:
        """WCAG 2.2.1: a person is warned and has at least 20 seconds; here at least 30. Raises ValueError."""
        if self.warn_s < 30 or self.lock_s <= self.warn_s:
            raise ValueError("a warning of at least 30 seconds, and some time before it")


def awake_clock() -> float:
    """Seconds that the machine was awake."""
    return time.clock_gettime(time.CLOCK_MONOTONIC)


def any_clock() -> float:
    """Seconds awake or asleep."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class IdleWatch(QObject):
    """Sees every key, click and touch of the application. `warned` tells the seconds left, 0 when somebody is there."""

    warned = Signal(int)
    gone = Signal(str)  # idle, suspended

    _SIGNS_OF_LIFE: ClassVar[frozenset[QEvent.Type]] = frozenset(
        {
            QEvent.Type.KeyPress,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseMove,
            QEvent.Type.Wheel,
            QEvent.Type.TouchBegin,
            QEvent.Type.InputMethod,
        }
    )

    def __init__(
        self,
        times: IdleTimes,
        parent: QObject,
        *,
        awake: Callable[[], float] = awake_clock,
        always: Callable[[], float] = any_clock,
    ) -> None:
        super().__init__(parent)
        self._times = times
        self._awake, self._always = awake, always
        self._since = awake()
        self._asleep = always() - awake()
        self._warning = False
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.look)

    def start(self) -> None:
        """Somebody sits here now."""
        self._since = self._awake()
        self._asleep = self._always() - self._awake()
        self._tick.start()

    def stop(self) -> None:
        """Nobody is waited for: the desk is locked or nobody is signed in."""
        self._tick.stop()
        self._say(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take note of a sign of life; nothing is held back. A citizen's touch keeps no desk open."""
        if event.type() in self._SIGNS_OF_LIFE and not _is_citizens(watched):
            self._since = self._awake()
            self._say(0)
        return False

    def look(self) -> None:
        """Compare the clocks; called every second."""
        asleep = self._always() - self._awake()
        slept, self._asleep = asleep - self._asleep, asleep
        left = self._times.lock_s - (self._awake() - self._since)
        if slept > _ASLEEP_S:
            self.stop()
            self.gone.emit("suspended")
        elif left <= 0:
            self.stop()
            self.gone.emit("idle")
        elif left <= self._times.warn_s:
            self._say(max(1, round(left)))

    def _say(self, left: int) -> None:
        if left or self._warning:
            self._warning = bool(left)
            self.warned.emit(left)


def _is_citizens(watched: QObject) -> bool:
    """Say whether something belongs to the citizen's window, which Qt also knows by the window around it."""
    top = watched.window() if isinstance(watched, QWidget) else watched
    return top.objectName().startswith("citizen")
