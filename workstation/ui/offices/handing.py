"""The deeds of the hand-out box: every call to the desk, one at a time, for the case that is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from workstation.domain.failures import Refused
from workstation.domain.identity import Identity
from workstation.services.desk import DeskApi
from workstation.services.hand_out import DeliveryWish, Taken
from workstation.services.views import CaseView, PrintView
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.offices.hand_out_box import HandOutBox

_Done = tuple[CaseView, PrintView | None]


class Handing(QObject):
    """`done` carries the sheet that came out, None where none did."""

    done = Signal(object)
    refused = Signal(object)

    def __init__(
        self, box: HandOutBox, desk: DeskApi, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._box, self._desk, self._background = box, desk, background
        self._case = ""
        self._busy = False
        box.ordered.connect(self._order)
        box.handed.connect(self._hand)
        box.card_asked.connect(self._read)
        box.recalled.connect(self._recall)
        box.pick_up_asked.connect(lambda: self._print(self._desk.print_pick_up))
        box.return_asked.connect(lambda: self._print(self._desk.print_service_return))

    def show_case(self, case: CaseView, *, may: bool) -> None:
        """Show a case in the box; from now on its deeds are about this one."""
        self._case = case.case
        relations = tuple((code, text.said(name)) for code, name in case.relations)
        self._box.show_case(case, relations, may=may)

    def _order(self, wish: DeliveryWish) -> None:
        self._begin(lambda case: self._desk.order_delivery(case, wish))

    def _hand(self, taken: Taken) -> None:
        self._begin(lambda case: self._desk.hand_out(case, taken))

    def _recall(self, reason: str) -> None:
        self._begin(lambda case: (self._desk.recall_delivery(case, reason), None))

    def _print(self, work: Callable[[str], PrintView]) -> None:
        self._begin(lambda case: (self._desk.case(case), work(case)))

    def _read(self) -> None:
        """Read whoever stands at the window, then hand out to just them; a case that was left meanwhile gets nothing."""
        if self._busy or not self._case:
            return
        self._busy = True
        case = self._case

        def read(identity: Identity) -> None:
            self._busy = False
            if case == self._case:
                self._hand(self._box.taken(identity))

        self._background.net(self._desk.read_card, read, self._not_done)

    def _begin(self, work: Callable[[str], _Done]) -> None:
        # The same press twice is one deed: the second one waits for the first, and the desk knows what is done.
        if self._busy or not self._case:
            return
        self._busy = True
        case = self._case
        self._background.desk(lambda: work(case), self._ended, self._not_done)

    def _ended(self, done: _Done) -> None:
        self._busy = False
        self.done.emit(done[1])

    def _not_done(self, refused: Refused) -> None:
        self._busy = False
        self.refused.emit(refused)
