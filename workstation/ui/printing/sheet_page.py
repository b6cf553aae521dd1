"""看单子: a sheet as it will come out, with 样张 across it, before anything is printed: Enter prints it, Esc leaves."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wire.messages import Role
from wire.rights import allowed
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import PaperWish, SlipKind
from workstation.services.desk import DeskApi
from workstation.services.print_slip import NEEDS
from workstation.services.print_views import Draft, Preview
from workstation.services.views import CaseView, PrintView
from workstation.ui.background import Background
from workstation.ui.printing.choices import SheetChoices
from workstation.ui.printing.preview import PreviewPanel


class SheetPage(QWidget):
    """No page of the rail: one comes to it from a case or from the line of sheets, and goes back there.

    `left` asks for the page one came from; `printed` carries what was handed over.
    """

    refused = Signal(object)
    settled = Signal()
    left = Signal()
    printed = Signal(object)  # PrintView

    def __init__(
        self, desk: DeskApi, background: Background, roles: tuple[Role, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sheetPage")
        self.setAccessibleName(self.tr("看单子"))
        self._desk, self._background, self._roles = desk, background, roles
        self._looks = 0  # the answer to an older one is let go
        self._busy = False
        self._case, self._kind = "", SlipKind.RECEIPT
        self._draft: Draft | None = None
        self.choices = SheetChoices(self)
        self.preview = PreviewPanel(self, enter=True)
        body = QHBoxLayout()
        body.setSpacing(8)
        body.addWidget(self.choices)
        body.addWidget(self.preview, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 12)
        page.addLayout(body, 1)
        self.choices.kind_chosen.connect(self._choose)
        self.choices.wished.connect(self._look)
        self.choices.look_first.connect(self._set_first)
        self.preview.page_asked.connect(self._turn)
        self.preview.print_asked.connect(self._print)
        self.preview.closed.connect(self.left)

    # -- what the shell calls ----------------------------------------------------------------------------
    def begin(self, case: CaseView, kind: SlipKind | None = None) -> bool:
        """Show a sheet of a case, its first where none is named; False where this person may print none of it."""
        kinds = tuple(each for each in case.printable if allowed(self._roles, NEEDS[each].value))
        if not kinds:
            return False
        self._case = case.case
        self._kind = kind if kind in kinds else kinds[0]
        self.choices.show()
        self.choices.show_kinds(kinds, self._kind)
        self._background.desk(self._desk.looks_first, lambda on: self.choices.show_first(on=on))
        self._look(None)
        return True

    def begin_held(self, serial: str) -> None:
        """Show a sheet that was made with its deed and waits for a look; what it is printed on is settled."""
        self._case, self._draft = "", None
        self.choices.hide()
        self._turn(serial, 1)

    def focus(self) -> None:
        """Put the focus where the keys are for: the list of sheets, else the button that prints."""
        if self._case:
            self.choices.focus()
        else:
            self.preview.send.setFocus()

    # -- showing -----------------------------------------------------------------------------------------
    def _choose(self, kind: SlipKind) -> None:
        self._kind = kind
        self._look(None)

    def _look(self, wish: PaperWish | None) -> None:
        self._looks += 1
        look, case, kind = self._looks, self._case, self._kind
        self._background.desk(
            lambda: self._desk.draft_slip(case, kind, wish),
            lambda draft: self._drafted(look, draft),
            lambda refused: self._not_shown(look, refused),
        )

    def _drafted(self, look: int, draft: Draft) -> None:
        if look == self._looks and self._case:
            self._draft = draft
            self.choices.show_draft(draft)
            self._turn(draft.serial, 1)

    def _turn(self, serial: str, page: int) -> None:
        self._looks += 1
        look, draft = self._looks, self._draft

        def draw() -> Preview:
            return self._desk.draw_draft(draft, page) if draft else self._desk.preview(serial, page)

        self._background.net(
            draw, lambda shown: self._shown(look, shown), lambda refused: self._not_shown(look, refused)
        )

    def _shown(self, look: int, preview: Preview) -> None:
        if look == self._looks:
            self.preview.show_page(preview, printable=True, specimen=True)
            if not self._case:
                self.preview.send.setFocus()

    def _not_shown(self, look: int, refused: Refused) -> None:
        if look == self._looks:
            self._draft = None
            self.preview.clear()
            self.refused.emit(refused)

    # -- doing -------------------------------------------------------------------------------------------
    def _print(self, serial: str) -> None:
        if self._busy:
            return
        self._busy = True
        draft = self._draft
        self._background.desk(
            lambda: self._desk.print_draft(draft) if draft else self._desk.send_again(serial),
            self._done,
            self._not_done,
        )

    def _done(self, sheet: PrintView) -> None:
        self._busy = False
        self.settled.emit()
        self.left.emit()
        self.printed.emit(sheet)

    def _not_done(self, refused: Refused) -> None:
        self._busy = False
        self.refused.emit(refused)
        if refused.failure is Failure.SHEET_CHANGED and self._draft is not None:
            self._look(self._draft.wish)

    def _set_first(self, on: bool) -> None:
        self._background.desk(
            lambda: self._desk.look_first(on=on),
            lambda now: self.choices.show_first(on=now),
            self.refused.emit,
        )

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Leave no sheet standing on a page that nobody looks at."""
        super().hideEvent(event)
        self._looks += 1
        self._case, self._draft = "", None
        self.preview.clear()
