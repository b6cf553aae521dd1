"""The part of the desk that reads codes of sheets back."""

from __future__ import annotations

from wire.messages import SlipCheck
from wire.sheets import PaperOfSlip
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.check_slip import SlipStanding, check_slip, with_halls_word
from workstation.services.seat import Seat


class SlipChecks(Seat):
    """See DeskApi."""

    def check_slip(
        self, code: str, heard: SlipCheck | None = None, paper: PaperOfSlip | None = None
    ) -> SlipStanding:
        """See DeskApi."""
        clerk = self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            found = check_slip(code, unit)
            if heard is not None:
                found = with_halls_word(found, heard, paper)
            note = f"{found.serial} {found.state.value}".strip()
            unit.audit.note(
                at=self._now(), actor=clerk.login, deed=Deed.SLIP_CHECKED, case=found.case, note=note
            )
            unit.commit()
        return found

    def ask_slip(self, code: str) -> SlipCheck:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        line = self._gate.line
        if line is None:
            raise Refused(Failure.STATION_NOT_ENROLLED)
        return line.hall.check_slip("".join(code.split()))

    def ask_paper(self, code: str) -> PaperOfSlip:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        line = self._gate.line
        if line is None:
            raise Refused(Failure.STATION_NOT_ENROLLED)
        return line.hall.paper_of_slip("".join(code.split()))
