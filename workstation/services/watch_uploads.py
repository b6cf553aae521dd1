"""The scans on their way to the hall: how far each is, and the two switches of their lane."""

from __future__ import annotations

from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.uploads import METERED_LIMIT, state_of
from workstation.services.ports import Unit
from workstation.services.seat import Seat
from workstation.services.views import UploadsView, UploadView

# Facts of the station, "1" when the switch is on; the carrier of scans reads them too.
PAUSED, METERED = "uploads_paused", "uploads_metered"
SHOWN = 100


class WatchUploads(Seat):
    """What a person at the counter can see and do of uploads."""

    def uploads(self) -> UploadsView:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            return _view(unit)

    def pause_uploads(self, paused: bool) -> UploadsView:
        """See DeskApi."""
        return self._switch(PAUSED, on=paused)

    def meter_uploads(self, metered: bool) -> UploadsView:
        """See DeskApi."""
        return self._switch(METERED, on=metered)

    def retry_uploads(self) -> UploadsView:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            unit.blobs.try_again()
            unit.commit()
            view = _view(unit)
        self._wake()
        return view

    def _switch(self, name: str, *, on: bool) -> UploadsView:
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            unit.station.remember(name, "1" if on else "")
            unit.commit()
            view = _view(unit)
        self._wake()
        return view


def _view(unit: Unit) -> UploadsView:
    paused, metered = bool(unit.station.fact(PAUSED)), bool(unit.station.fact(METERED))
    return UploadsView(
        paused=paused,
        metered=metered,
        metered_limit=METERED_LIMIT,
        items=tuple(
            UploadView(
                sha256=each.sha256,
                size=each.size,
                sent=each.sent,
                state=state_of(each, paused=paused, metered=metered),
                trouble=each.trouble,
                case=each.case,
                receipt_no=_receipt_of(unit, each.case),
            )
            for each in unit.blobs.uploads(SHOWN)
        ),
    )


def _receipt_of(unit: Unit, case: str) -> str:
    try:
        return unit.cases.get(case).receipt_no
    except Refused as refusal:
        if refusal.failure is not Failure.CASE_UNKNOWN:
            raise
        return ""
