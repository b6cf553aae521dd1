"""The real page of cases, offscreen, scrolled as fast as a hand can, while a timer says how long its event loop was busy."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from wire.messages import Role
from workstation.domain.work_lists import ListWanted, Start
from workstation.ui import theme
from workstation.ui.background import Background
from workstation.ui.pace import window_first
from workstation.ui.pages.cases import CasesPage
from workstation.ui.widgets.rows import PAGE

_PATIENCE_S = 60.0


class Window:
    """Opens the page over a desk; `scroll` says how long it stood still."""

    def __init__(self, desk: Any, tick_ms: int) -> None:
        app = QApplication.instance() or QApplication([])
        if not isinstance(app, QApplication):
            raise TypeError("a window needs a QApplication")
        theme.apply(app)
        theme.load_rare_characters()
        self._desk = desk
        self._background = Background()
        # Within a room of its own, as in the product's window: what is shown does not change the window's size.
        self._room = QWidget()
        self._room.resize(1266, 700)
        self.page = CasesPage(desk, self._background, (Role.CLERK,), self._room)
        self.page.resize(1266, 700)
        self._tick = QTimer()
        self._tick.setTimerType(Qt.TimerType.PreciseTimer)
        self._tick.setInterval(tick_ms)
        self._tick.timeout.connect(self._ticked)
        self._last = 0.0
        self.longest = self.busiest = 0.0
        self._spent = 0.0

    def __enter__(self) -> Window:
        """Show the page, and wait until its list is whole and its first rows are there."""
        self._room.show()
        rows = self.page.table.rows
        self._until(lambda: rows.rowCount() > PAGE and rows.case_at(0) is not None)
        window_first()  # as the product's window once it stands
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it down."""
        self._room.hide()
        self._background.close()

    def scroll(self, notches: int, *, few: bool) -> tuple[float, float]:
        """Drag the bar from end to end and back, page down and jump to both ends.

        Return the longest pause, and the most that the window's own thread did between two turns; both ms.
        """
        table, bar = self.page.table, self.page.table.verticalScrollBar()
        if few:
            table.show_cases(self._desk.list_page(ListWanted(), Start(), PAGE).cases)
        self._begin()
        for step in range(notches + 1):
            at = bar.maximum() * (step if step <= notches // 2 else notches - step) * 2 // notches
            bar.setValue(min(at, bar.maximum()))
            self._loop(8)
        for key in (Qt.Key.Key_End, *[Qt.Key.Key_PageUp] * 10, Qt.Key.Key_Home, *[Qt.Key.Key_PageDown] * 30):
            QTest.keyClick(table, key)
            self._loop(8)
        self._until(lambda: table.rows.case_at(table.rowAt(0)) is not None)
        self._tick.stop()
        return self.longest, self.busiest

    def _begin(self) -> None:
        self._loop(50)
        self.longest = self.busiest = 0.0
        self._last, self._spent = time.perf_counter(), time.thread_time()
        self._tick.start()

    def _ticked(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1e3)
        self._last = now
        spent = time.thread_time()
        self.busiest = max(self.busiest, (spent - self._spent) * 1e3)
        self._spent = spent

    @staticmethod
    def _loop(for_ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(for_ms, loop.quit)
        loop.exec()

    def _until(self, there: Any) -> None:
        end = time.monotonic() + _PATIENCE_S
        while not there():
            if time.monotonic() > end:
                raise AssertionError("the rows did not come")
            self._loop(5)
