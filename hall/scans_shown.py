"""A scan for a department that decides: only of its own task's papers, and drawn anew before anybody sees it.

The hall does not trust a station: whatever was uploaded is opened by the capped process (decoding) and by nothing else. It
happens when somebody wants to look, because most scans are looked at once or never.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from catalogue.model import Catalogue
from decoding.in_process import Drawn, Undecodable, decode
from hall.blobs import BlobGone, BlobRoom, scan_name
from hall.papers import is_here
from hall.tables import cases, sub_cases
from wire.codec import decode as read
from wire.messages import CaseAccepted, CaseReceived


class ScanRefused(Exception):
    """A scan that is not shown; `status` and `code` say why."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


def hold_scan(db: Connection, department: str, task: int, sha256: str, catalogue: Catalogue) -> None:
    """Hold a wish to see a scan to the papers of the task's item and to what is here.

    Raises ScanRefused(404, scan_unknown) for any other task and paper, (409, scan_coming) for one on its way.
    """
    query = (
        select(sub_cases.c.item, cases.c.station, cases.c.accepting, cases.c.body, cases.c.accepted)
        .join(cases, cases.c.id == sub_cases.c.case)
        .where(sub_cases.c.id == task, sub_cases.c.department == department)
    )
    row = db.execute(query).first()
    item = catalogue.items.get(row.item) if row is not None else None
    if row is None or item is None:
        raise ScanRefused(404, "scan_unknown")
    said = read(CaseAccepted, row.accepted).materials if row.accepted else ()
    papers = said or read(CaseReceived, row.body).materials
    own = {material.id for material in item.materials}
    if not any(paper.material in own and sha256 in paper.blobs for paper in papers):
        raise ScanRefused(404, "scan_unknown")
    if not any(is_here(db, office, sha256) for office in (row.station, row.accepting) if office):
        raise ScanRefused(409, "scan_coming")


def drawn_anew(room: BlobRoom, sha256: str) -> Drawn:
    """Return a scan as pixels. Blocks for seconds.

    Raises ScanRefused(422, scan_unreadable) for one that the capped process does not draw, (503, room_down) when it is not
    in the room although it was.
    """
    try:
        return decode(room.get(scan_name(sha256)))
    except BlobGone as error:
        raise ScanRefused(503, "room_down") from error
    except Undecodable as error:
        raise ScanRefused(422, "scan_unreadable") from error
