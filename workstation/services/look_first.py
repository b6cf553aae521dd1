"""先看再打: a sheet of a case is laid out and shown before there is one; printed, it is those very bytes.

A draft is made as the sheet would be - its serial, its code, its place in the ledger - in a unit that is not committed: looking
takes no number and tells nobody. The sheet is made again from the same values at the same time, which gives the same bytes;
where the case has moved on meanwhile it does not, and the person looks again.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from decoding.in_process import Undecodable, decode
from decoding.limits import Limits
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import PaperWish, SlipKind
from workstation.services.paper_wishes import LOOK_FIRST_FACT, keep_wish, looks_first, wish_for
from workstation.services.print_slip import NEEDS
from workstation.services.print_views import Draft, Preview
from workstation.services.seat import Seat
from workstation.services.views import PrintView

# The time on a sheet is when it was looked at.
LOOK_HOLDS = timedelta(minutes=30)
PREVIEW = Limits(pages=60, dpi=110)


class LookFirst(Seat):
    """See DeskApi."""

    def draft_slip(self, case: str, kind: SlipKind, wish: PaperWish | None = None) -> Draft:
        """See DeskApi."""
        clerk = self._gate.may(NEEDS[kind])
        at = self._now()
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            self._hold_wrong_card(found.applicant.id_no)
            chosen = wish or wish_for(kind, unit)
            printed = self._print(found, kind, unit, chosen, at)
        with self._gate.open_unit() as unit:
            unit.audit.note(
                at=at, actor=clerk.login, deed=Deed.LOOKED_UP, case=case, note=f"draft {kind.value}"
            )
            unit.commit()
        sha256 = hashlib.sha256(printed.pdf).hexdigest()
        papers = self._rooms.press.papers(kind)
        serial, reprint = printed.slip.serial, printed.slip.reprint
        return Draft(case, kind, chosen, papers, at, serial, reprint, sha256, printed.pdf)

    def draw_draft(self, draft: Draft, page: int = 1) -> Preview:
        """See DeskApi. (net)"""
        self._gate.may(NEEDS[draft.kind])
        return drawn(draft.serial, draft.pdf, draft.sha256, page)

    def print_draft(self, draft: Draft) -> PrintView:
        """See DeskApi."""
        self._gate.may(NEEDS[draft.kind])
        if not timedelta() <= self._now() - draft.issued_at <= LOOK_HOLDS:
            raise Refused(Failure.SHEET_CHANGED)
        with self._gate.open_unit() as unit:
            found = unit.cases.get(draft.case)
            self._hold_wrong_card(found.applicant.id_no)
            printed = self._print(found, draft.kind, unit, draft.wish, draft.issued_at)
            if hashlib.sha256(printed.pdf).hexdigest() != draft.sha256:
                raise Refused(Failure.SHEET_CHANGED)
            keep_wish(draft.kind, draft.wish, unit)
            unit.commit()
        self._wake()
        return self._to_press(printed, draft.case, looked=True)

    def looks_first(self) -> bool:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            return looks_first(unit)

    def look_first(self, *, on: bool) -> bool:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            unit.station.remember(LOOK_FIRST_FACT, "yes" if on else "")
            unit.commit()
        return on


def drawn(serial: str, pdf: bytes, sha256: str, page: int) -> Preview:
    """Draw a page in the capped process. Raises Refused(PREVIEW_FAILED)."""
    try:
        shown = decode(pdf, Limits(dpi=PREVIEW.dpi, page=page))
    except Undecodable as trouble:
        raise Refused(Failure.PREVIEW_FAILED, reason=trouble.code) from trouble
    return Preview(serial, page, shown.pages, shown.content, sha256)
