"""The printing half of the desk in memory: what is shown is set by the test, what is asked is noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.fakes.newborn import NOW
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import BatchState, Fate, SpoolState, VoidReason
from workstation.domain.slip import PaperWish, SlipKind
from workstation.services.print_views import BatchView, Draft, Preview, PrinterView, PrintWork, SheetView
from workstation.services.views import PrintView


class FakePrintDesk:
    """Turn `work`, `queues` and `changed` to script it."""

    def __init__(self) -> None:
        super().__init__()
        self.work = PrintWork()
        self.queues: tuple[PrinterView, ...] = ()
        self.changed: tuple[SheetView, ...] = ()
        self.wishes: dict[SlipKind, PaperWish] = {}
        self.first = False
        self.picture = b""  # what a drawn page is, PNG

    def _call(self, name: str, *what: str) -> None:
        raise NotImplementedError

    def print_work(self) -> PrintWork:
        self._call("print_work")
        return self.work

    def open_sheets(self) -> tuple[SheetView, ...]:
        self._call("open_sheets")
        return self.work.open

    def ledger(self, case: str) -> tuple[SheetView, ...]:
        self._call("ledger", case)
        return tuple(each for each in self.work.today if each.case == case)

    def printers(self) -> tuple[PrinterView, ...]:
        self._call("printers")
        return self.queues

    def follow_prints(self) -> tuple[SheetView, ...]:
        self._call("follow_prints")
        return self.changed

    def confirm_sheets(self, serials: Sequence[str]) -> PrintWork:
        self._call("confirm_sheets", *serials)
        kept = tuple(each for each in self.work.open if each.serial not in serials)
        self.work = replace(self.work, open=kept)
        return self.work

    def void_sheet(self, serial: str, why: VoidReason) -> PrintWork:
        self._call("void_sheet", serial, why.value)
        self.work = replace(self.work, open=tuple(e for e in self.work.open if e.serial != serial))
        return self.work

    def send_again(self, serial: str, printer: str = "") -> PrintView:
        self._call("send_again", serial, printer)
        return PrintView(serial, SlipKind.RECEIPT, 0, "", "")

    def reprint_sheet(self, serial: str, why: VoidReason, printer: str = "") -> PrintView:
        self._call("reprint_sheet", serial, why.value, printer)
        return PrintView(f"{serial}R", SlipKind.RECEIPT, 1, "", "")

    def draft_slip(self, case: str, kind: SlipKind, wish: PaperWish | None = None) -> Draft:
        chosen = wish or self.wishes.get(kind, PaperWish())
        self._call("draft_slip", case, kind.value, chosen.paper, chosen.language.value)
        return Draft(case, kind, chosen, ("a4", "a5"), NOW, f"{kind.value}-1", 0, "0" * 64, b"%PDF-")

    def draw_draft(self, draft: Draft, page: int = 1) -> Preview:
        self._call("draw_draft", draft.serial, str(page))
        return Preview(draft.serial, page, 1, self.picture, draft.sha256)

    def print_draft(self, draft: Draft) -> PrintView:
        self._call("print_draft", draft.case, draft.kind.value, draft.wish.paper, draft.wish.language.value)
        self.wishes[draft.kind] = draft.wish
        return PrintView(draft.serial, draft.kind, draft.reprint, "office/17", draft.case)

    def looks_first(self) -> bool:
        self._call("looks_first")
        return self.first

    def look_first(self, *, on: bool) -> bool:
        self._call("look_first", str(on))
        self.first = on
        return on

    def preview(self, serial: str, page: int = 1) -> Preview:
        self._call("preview", serial, str(page))
        if self.picture:
            return Preview(serial, page, 1, self.picture, "0" * 64)
        raise Refused(Failure.SHEET_UNKNOWN)

    def save_sheet(self, serial: str, path: str) -> str:
        self._call("save_sheet", serial, path)
        return path

    def start_batch(self, cases: Sequence[str], printer: str = "") -> BatchView:
        self._call("start_batch", *cases, printer)
        raise Refused(Failure.BATCH_EMPTY)

    def print_next(self, batch: str) -> BatchView:
        self._call("print_next", batch)
        return self._batch()

    def stop_batch(self, batch: str) -> BatchView:
        self._call("stop_batch", batch)
        return self._batch()

    def resume_batch(self, batch: str, place: int = 0, printer: str | None = None) -> BatchView:
        self._call("resume_batch", batch, str(place), printer or "")
        return self._batch()

    def redo_places(self, batch: str, places: Sequence[int]) -> BatchView:
        self._call("redo_places", batch, *map(str, places))
        return self._batch()

    def confirm_batch(self, batch: str) -> BatchView:
        self._call("confirm_batch", batch)
        return replace(self._batch(), state=BatchState.DONE)

    def end_batch(self, batch: str) -> BatchView:
        self._call("end_batch", batch)
        return replace(self._batch(), state=BatchState.ENDED)

    def _batch(self) -> BatchView:
        if self.work.batch is None:
            raise Refused(Failure.BATCH_UNKNOWN)
        return self.work.batch


def a_sheet_view(
    serial: str,
    *,
    case: str = "case-0001",
    kind: SlipKind = SlipKind.RECEIPT,
    state: SpoolState = SpoolState.COMPLETED,
    fate: Fate = Fate.OPEN,
    reason: str = "",
    reprint: int = 0,
) -> SheetView:
    """A sheet as the ledger shows it."""
    return SheetView(
        serial=serial,
        case=case,
        receipt_no="GZ000126112301000K7",
        applicant="测*一",
        kind=kind,
        reprint=reprint,
        made_at=NOW,
        clerk="clerk",
        printer="office",
        job=0 if state is SpoolState.MADE else 17,
        state=state,
        reason=reason,
        fate=fate,
        why="",
        handed_at=None if state is SpoolState.MADE else NOW,
        ended_at=NOW if state is SpoolState.COMPLETED else None,
        settled_by="" if fate is Fate.OPEN else "clerk",
        settled_at=None if fate is Fate.OPEN else NOW,
        may_exist=state not in {SpoolState.MADE, SpoolState.QUEUED},
        counts=state is SpoolState.COMPLETED and fate is Fate.OUT,
        sha256="0" * 64,
    )
