"""打印: result slips in one go on the left, every sheet and what became of it on the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from wire.messages import Role
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import BatchState, Fate, VoidReason
from workstation.services.desk import DeskApi
from workstation.services.print_views import BatchView, Preview, PrinterView, PrintWork, SheetView
from workstation.services.views import PrintView
from workstation.ui.background import Background
from workstation.ui.printing.batch import BatchPanel
from workstation.ui.printing.choose import ChooseResults
from workstation.ui.printing.ledger import LedgerPanel
from workstation.ui.printing.preview import PreviewPanel

REFRESH_MS = 2000
STEP_MS = 120
_LEDGER_PX = 520
T = TypeVar("T")


class PrintingPage(QWidget):
    """`refused` goes to the banner. A batch that runs goes on while another page is open."""

    refused = Signal(object)
    settled = Signal()

    def __init__(
        self,
        desk: DeskApi,
        background: Background,
        roles: tuple[Role, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("printingPage")
        self.setAccessibleName(self.tr("打印"))
        self._desk = desk
        self._background = background
        self._prints_results = Role.SUPERVISOR in roles
        self._busy = self._asking = self._stepping = False
        self._trouble: Failure | None = None
        self._batch: BatchView | None = None
        self._work = PrintWork()
        self._printers: tuple[PrinterView, ...] = ()
        self._case = ""
        self.choose = ChooseResults(self)
        self.batch = BatchPanel(self)
        self.ledger = LedgerPanel(self)
        self.preview = PreviewPanel(self)
        self._lay_out()
        self._connect()
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)
        self._step = QTimer(self)
        self._step.setInterval(STEP_MS)
        self._step.timeout.connect(self._go_on)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("打印"), self)
        title.setObjectName("pageTitle")
        self._note = QLabel(self)
        self._note.setObjectName("pageNote")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title)
        head.addWidget(self._note)
        head.addStretch(1)
        left = _panel(self)
        self._left = QStackedWidget(left)
        self._left.addWidget(self.choose)
        self._left.addWidget(self.batch)
        _inside(left, self._left)
        right = _panel(self)
        _inside(right, self.ledger)
        lists = QWidget(self)
        body = QHBoxLayout(lists)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        body.addWidget(left, 1)
        body.addWidget(right, 0 if self._prints_results else 1)
        left.setVisible(self._prints_results)
        if self._prints_results:
            right.setFixedWidth(_LEDGER_PX)
        self._whole = QStackedWidget(self)
        self._whole.addWidget(lists)
        self._whole.addWidget(self.preview)
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 12)
        page.setSpacing(8)
        page.addLayout(head)
        page.addWidget(self._whole, 1)

    def _connect(self) -> None:
        desk = self._desk
        self.choose.wanted.connect(lambda cases: self._move(lambda: desk.start_batch(cases)))
        self.batch.stop_asked.connect(lambda: self._move_on(desk.stop_batch))
        self.batch.confirm_asked.connect(lambda: self._move_on(desk.confirm_batch))
        self.batch.end_asked.connect(lambda: self._move_on(desk.end_batch))
        self.batch.redo_asked.connect(
            lambda place: self._move_on(lambda id_: desk.redo_places(id_, (place,)))
        )
        self.batch.resume_asked.connect(
            lambda place, printer: self._move_on(lambda id_: desk.resume_batch(id_, place, printer or None))
        )
        self.ledger.confirmed.connect(
            lambda serial: self._do(lambda: desk.confirm_sheets((serial,)), self._show)
        )
        self.ledger.voided.connect(
            lambda serial: self._do(lambda: desk.void_sheet(serial, VoidReason.SPOILT), self._show)
        )
        self.ledger.sent_again.connect(
            lambda serial, printer: self._do(lambda: desk.send_again(serial, printer), self._sent)
        )
        self.ledger.reprinted.connect(
            lambda serial, printer: self._do(
                lambda: desk.reprint_sheet(serial, VoidReason.SPOILT, printer), self._sent
            )
        )
        self.ledger.previewed.connect(self.look_at)
        self.ledger.saved_as.connect(
            lambda serial, path: self._do(lambda: desk.save_sheet(serial, path), self.ledger.show_saved)
        )
        self.ledger.whole_asked.connect(lambda: self.open_case(""))
        self.preview.page_asked.connect(self.look_at)
        self.preview.print_asked.connect(self._print_previewed)
        self.preview.closed.connect(self._close_preview)

    # -- showing -----------------------------------------------------------------------------------------
    def focus(self) -> None:
        """Put the focus where work begins."""
        if self._whole.currentWidget() is self.preview:
            return
        if self._prints_results and self._left.currentWidget() is self.batch:
            self.batch.focus()
        elif self._prints_results and self.choose.chosen():
            self.choose.start.setFocus()
        else:
            self.ledger.focus()

    def open_case(self, case: str) -> None:
        """Show the sheets of one case, with "" those of today."""
        self._case = case
        self.refresh()

    def refresh(self) -> None:
        """Fetch everything, unless the last question is still under way."""
        if self._asking:
            return
        self._asking = True
        self._background.net(self._desk.printers, self._heard_printers, self._no_printers)

    def _heard_printers(self, printers: tuple[PrinterView, ...]) -> None:
        self._printers = printers
        self._fetch()

    def _no_printers(self, _: Refused) -> None:
        # The print service is down: what was known of it stays, and each sheet says so itself.
        self._fetch()

    def _fetch(self) -> None:
        case = self._case
        self._background.desk(
            lambda: (self._desk.print_work(), self._desk.ledger(case) if case else ()),
            lambda said: self._fetched(*said),
            self._not_fetched,
        )

    def _fetched(self, work: PrintWork, paper: tuple[SheetView, ...]) -> None:
        self._asking, self._trouble = False, None
        self._show(work, paper)

    def _show(self, work: PrintWork, paper: tuple[SheetView, ...] = ()) -> None:
        self._work = work
        if not self._case or paper:
            self.ledger.show_sheets(paper or _open_first(work), self._printers, self._case)
        waiting = sum(each.fate is Fate.OPEN for each in _open_first(work))
        self._note.setText(self.tr("{0} 张等确认出纸").format(waiting) if waiting else "")
        self.choose.show_waiting(work.waiting)
        if not self._stepping:
            self._take(work.batch)

    def _take(self, batch: BatchView | None) -> None:
        going = batch is not None and batch.state in {BatchState.RUNNING, BatchState.HALTED}
        began = going and self._batch is None
        self._batch = batch if going else None
        self._left.setCurrentWidget(self.batch if going else self.choose)
        if batch is not None and going:
            self.batch.show_batch(batch, self._printers)
            self._step.start()
            if began and self.isVisible():
                self.batch.focus()
        else:
            self._step.stop()

    def _not_fetched(self, refused: Refused) -> None:
        self._asking = False
        # Once: a banner that comes back with every refresh could not be closed.
        if refused.failure is not self._trouble:
            self._trouble = refused.failure
            self.refused.emit(refused)

    # -- a batch -----------------------------------------------------------------------------------------
    def _go_on(self) -> None:
        """Follow what is under way, then hand over the next sheet."""
        batch = self._batch
        if batch is None or self._stepping or self._busy:
            return
        self._stepping = True
        self._background.net(self._desk.follow_prints, lambda _: self._next(batch.id), self._not_stepped)

    def _next(self, batch: str) -> None:
        self._background.desk(lambda: self._desk.print_next(batch), self._stepped, self._not_stepped)

    def _stepped(self, view: BatchView) -> None:
        self._stepping = False
        if not self._busy:
            self._take(view)

    def _not_stepped(self, refused: Refused) -> None:
        self._stepping = False
        if refused.failure is not self._trouble:
            self._trouble = refused.failure
            self.refused.emit(refused)

    def _move_on(self, deed: Callable[[str], BatchView]) -> None:
        if self._batch is not None:
            batch = self._batch.id
            self._move(lambda: deed(batch))

    def _move(self, deed: Callable[[], BatchView]) -> None:
        self._do(deed, self._moved)

    def _moved(self, view: BatchView) -> None:
        self._take(view)
        self.refresh()

    # -- doing -------------------------------------------------------------------------------------------
    def look_at(self, serial: str, page: int = 1) -> None:
        """Show a sheet as it stands in the archive."""
        self._background.net(lambda: self._desk.preview(serial, page), self._previewed, self.refused.emit)

    def _previewed(self, preview: Preview) -> None:
        sheet = next((each for each in self._work.today if each.serial == preview.serial), None)
        fresh = sheet is None or (sheet.fate is Fate.OPEN and not sheet.may_exist)
        self.preview.show_page(preview, printable=fresh)
        self._whole.setCurrentWidget(self.preview)
        self.preview.shut.setFocus()

    def _print_previewed(self, serial: str) -> None:
        self._close_preview()
        self._do(lambda: self._desk.send_again(serial, ""), self._sent)

    def _close_preview(self) -> None:
        self.preview.clear()
        self._whole.setCurrentIndex(0)
        self.focus()

    def _sent(self, sheet: PrintView) -> None:
        if sheet.trouble is not None:
            self.refused.emit(Refused(sheet.trouble))
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

    def _not_done(self, refused: Refused) -> None:
        self._busy = False
        self.refused.emit(refused)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Refresh while the page is seen."""
        super().showEvent(event)
        self.refresh()
        self._refresh.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while it is not; a sheet that was looked at is not left standing."""
        super().hideEvent(event)
        self._refresh.stop()
        if self._whole.currentWidget() is self.preview:
            self.preview.clear()
            self._whole.setCurrentIndex(0)


def _open_first(work: PrintWork) -> tuple[SheetView, ...]:
    """Those that wait for a word, however old, before the newest of the others."""
    sheets = {each.serial: each for each in (*work.today, *work.open)}
    newest = sorted(sheets.values(), key=lambda each: (each.made_at, each.serial), reverse=True)
    return tuple(sorted(newest, key=lambda each: each.fate is not Fate.OPEN))


def _panel(parent: QWidget) -> QFrame:
    panel = QFrame(parent)
    panel.setObjectName("panel")
    return panel


def _inside(panel: QFrame, part: QWidget) -> None:
    column = QVBoxLayout(panel)
    column.setContentsMargins(1, 1, 1, 1)
    column.addWidget(part)
