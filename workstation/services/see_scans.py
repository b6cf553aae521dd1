"""The scans of a case on the screen: this office's own, and those of the office that has handed the case on (转报)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from decoding.in_process import Undecodable, decode
from decoding.limits import Limits
from workstation.domain.case import Case
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.seat import Seat

_SCREEN_DPI = 110


@dataclass(frozen=True, slots=True)
class ScanPage:
    """One page of a scan, drawn anew: PNG or JPEG."""

    sha256: str
    page: int  # from 1
    pages: int
    picture: bytes = field(repr=False)


class SeeScans(Seat):
    """What a person at the counter can look at of the papers that were scanned."""

    def see_scan(self, case: str, sha256: str, page: int = 1) -> ScanPage:
        """See DeskApi. (net)"""
        clerk = self._gate.may(Deed.SCAN_SEEN)
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            if not any(sha256 in paper.blobs for paper in found.materials):
                raise Refused(Failure.SCAN_UNKNOWN)
            if page == 1:
                note = f"scan {sha256[:16]}"
                unit.audit.note(at=self._now(), actor=clerk.login, deed=Deed.SCAN_SEEN, case=case, note=note)
                unit.commit()
            try:
                content = unit.blobs.get(sha256)
            except KeyError:
                content = b""
        if not content:
            content = self._fetched(found, sha256, clerk.login)
        try:
            drawn = decode(content, Limits(dpi=_SCREEN_DPI, page=page))
        except Undecodable as trouble:
            raise Refused(Failure.SCAN_UNREADABLE) from trouble
        return ScanPage(sha256, page, drawn.pages, drawn.content)

    def _fetched(self, case: Case, sha256: str, login: str) -> bytes:
        """Fetch what the other office has scanned, and keep it sealed like our own; it goes with its case."""
        handed, line = case.forwarding, self._gate.line
        if handed is None or handed.to_station != self._gate.enrolment.station:
            raise Refused(Failure.SCAN_LOST)
        if line is None:
            raise Refused(Failure.STATION_NOT_ENROLLED)
        content = line.hall.shared_scan(case.id, sha256, login)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        with self._gate.open_unit() as unit:
            unit.cases.get(case.id)  # it may have been purged while the line was slow
            unit.blobs.put(content)
            unit.blobs.sent(sha256)  # the hall has it, and knows that we have it too: nothing goes up again
            unit.commit()
        return content
