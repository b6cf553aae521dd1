"""传输: everything between this station and the hall that has not arrived - what waits, what needs a person, scans, the stick."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from workstation.domain.failures import Failure, Refused
from workstation.domain.needs_fixing import Act
from workstation.services.desk import DeskApi
from workstation.services.transfer_views import ParkedView, StickRead, StickWritten, TransferView
from workstation.services.views import UploadsView
from workstation.ui.background import Background
from workstation.ui.transfer.fixing import FixingPart
from workstation.ui.transfer.scans import ScansPart
from workstation.ui.transfer.stick import StickPart
from workstation.ui.transfer.waiting import WaitingPart

REFRESH_MS = 1000
FIXING, WAITING, SCANS, STICK = range(4)
T = TypeVar("T")


class TransferPage(QWidget):
    """`refused` goes to the banner, `case_asked` to the list of cases."""

    refused = Signal(object)
    settled = Signal()
    case_asked = Signal(str)
    enrol_asked = Signal()  # 重新登记, on the page of the station

    def __init__(self, desk: DeskApi, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transferPage")
        self.setAccessibleName(self.tr("传输"))
        self._desk = desk
        self._background = background
        self._busy = False
        self._asking = False
        self._choosing = False
        self._trouble: Failure | None = None
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("transfer.tabs")
        self.tabs.setAccessibleName(self.tr("传输的各部分"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for name in self._titles(0, 0, 0):
            self.tabs.addTab(name)
        self.fixing, self.waiting = FixingPart(self), WaitingPart(self)
        self.scans, self.stick = ScansPart(self), StickPart(self)
        self._stack = QStackedWidget(self)
        for part in (self.fixing, self.waiting, self.scans, self.stick):
            self._stack.addWidget(part)
        self.tabs.currentChanged.connect(self._open)
        for at in range(4):
            key = QShortcut(QKeySequence(f"Alt+{at + 1}"), self)
            key.activated.connect(lambda at=at: self.tabs.setCurrentIndex(at))
        self._lay_out()
        self.waiting.hurried.connect(lambda: self._do(self._desk.try_now, self._took))
        self.fixing.acted.connect(self._act)
        self.scans.paused.connect(
            lambda on: self._do(lambda: self._desk.pause_uploads(on), self.scans.show_view)
        )
        self.scans.metered.connect(
            lambda on: self._do(lambda: self._desk.meter_uploads(on), self.scans.show_view)
        )
        self.scans.retried.connect(lambda: self._do(self._desk.retry_uploads, self.scans.show_view))
        self.stick.write_asked.connect(self._write)
        self.stick.read_asked.connect(self._read)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self.tabs.setCurrentIndex(WAITING)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("传输"), self)
        title.setObjectName("pageTitle")
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(title)
        head.addWidget(self.tabs)
        head.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 12)
        page.setSpacing(10)
        page.addLayout(head)
        page.addWidget(self._stack, 1)

    def _titles(self, parked: int, waiting: int, scans: int) -> tuple[str, ...]:
        counted = self.tr("{0} {1}")
        return (
            counted.format(self.tr("需处理"), parked or "").strip() + "  Alt+1",
            counted.format(self.tr("待传"), waiting or "").strip() + "  Alt+2",
            counted.format(self.tr("扫描件"), scans or "").strip() + "  Alt+3",
            self.tr("U 盘") + "  Alt+4",
        )

    def begin(self) -> None:
        """Open where a person is needed, else what waits."""
        self._choosing = True
        self.refresh()

    def focus(self) -> None:
        """Put the focus where work begins."""
        part = self._stack.currentWidget()
        if isinstance(part, (FixingPart, WaitingPart, ScansPart, StickPart)):
            part.focus()

    # -- showing -----------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Fetch everything, unless the last question is still under way."""
        if self._asking:
            return
        self._asking = True
        self._background.desk(
            lambda: (self._desk.transfer(), self._desk.uploads()),
            lambda said: self._fetched(*said),
            self._not_fetched,
        )

    def _fetched(self, view: TransferView, uploads: UploadsView) -> None:
        self._asking, self._trouble = False, None
        self._show(view)
        self.scans.show_view(uploads)
        titles = self._titles(len(view.parked), view.waiting_total, len(uploads.items))
        for at, title in enumerate(titles):
            if self.tabs.tabText(at) != title:
                self.tabs.setTabText(at, title)
        if self._choosing:
            self._choosing = False
            self.tabs.setCurrentIndex(FIXING if view.parked else WAITING)
            self.focus()

    def _show(self, view: TransferView) -> None:
        self.fixing.show_view(view)
        self.waiting.show_view(view)
        self.stick.show_view(view)

    def _not_fetched(self, refused: Refused) -> None:
        self._asking = False
        # Once: a banner that comes back with every refresh could not be closed.
        if refused.failure is not self._trouble:
            self._trouble = refused.failure
            self.refused.emit(refused)

    def _open(self, at: int) -> None:
        self._stack.setCurrentIndex(at)

    # -- doing -------------------------------------------------------------------------------------------
    def _act(self, act: Act, view: ParkedView) -> None:
        event = view.step.event
        if act is Act.RETRY:
            self._do(lambda: self._desk.retry_step(event), self._took)
        elif act is Act.TAKE_HALLS_WORD:
            self._do(lambda: self._desk.take_halls_word(event), self._took)
        elif act is Act.OPEN_CASE:
            self.case_asked.emit(view.step.case)
        elif act is Act.RE_ENROL:
            self.enrol_asked.emit()
        elif act is Act.ASK_HALL:
            QGuiApplication.clipboard().setText(event)

    def _took(self, view: TransferView) -> None:
        self._show(view)
        self.refresh()

    def _write(self, folder: str) -> None:
        self.stick.say(self.tr("正在导出…"))
        self._do_beside(lambda: self._desk.write_stick(folder), self._written)

    def _written(self, made: StickWritten) -> None:
        self._busy = False
        self.settled.emit()
        self.stick.show_written(made)
        self.refresh()

    def _read(self, path: str) -> None:
        self.stick.say(self.tr("正在读取…"))
        self._do_beside(lambda: self._desk.read_stick(path), self._was_read)

    def _was_read(self, got: StickRead) -> None:
        self._busy = False
        self.settled.emit()
        self.stick.show_read(got)
        self.refresh()

    def _do(self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        if self._busy:
            return
        self._busy = True

        def done(answer: T) -> None:
            self._busy = False
            self.settled.emit()
            then(answer)

        self._background.desk(work, done, self._not_done)

    def _do_beside(self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        """Whatever takes as long as a stick does must not hold up the desk."""
        if not self._busy:
            self._busy = True
            self._background.net(work, then, self._not_done)

    def _not_done(self, refused: Refused) -> None:
        self._busy = False
        self.stick.say("")
        self.refused.emit(refused)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Refresh while the page is seen."""
        super().showEvent(event)
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while it is not."""
        super().hideEvent(event)
        self._timer.stop()
        self.stick.say("")
