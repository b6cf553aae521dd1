"""Makes the kept store of the present schema: `python -m tests.data.make_store`. Run once a released schema, never again.

The store of each schema stays in this folder for ever; test_storage_migrations opens them all.
"""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tests.data.kept import kept, put
from tests.fakes.cases import DEVICE_KEY, HALL_KEY, NOW, a_case, a_receipt, a_visit, an_enrolment
from tests.fakes.proposals import a_proposal
from wire.calendar import WorkingDayTable
from wire.evaluation import Stage
from wire.messages import Change, ChangeKind, StaffList, StaffPolicy
from workstation.domain.case import CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.evaluation import EvaluationAsked, Sitting
from workstation.domain.handover import Handover, ShiftFigures
from workstation.domain.queue import Matter, Ticket
from workstation.domain.sheet import Sheet
from workstation.domain.slip import Print, SlipKind
from workstation.domain.work_lists import ListKind, SavedFilter
from workstation.services.ports import Unit
from workstation.storage.database import open_store
from workstation.storage.migrations import HEAD

KEY = bytes(range(32))  # of these synthetic stores only
SCAN = b"%PDF-1.7 a scan"
PDF = b"%PDF-1.7 a sheet"
SHEET = Sheet("S1", "case-0001", SlipKind.RECEIPT, 0, "clerk", NOW, hashlib.sha256(PDF).hexdigest())
HANDOVER = Handover(
    "h-1",
    "440104",
    "01",
    NOW - timedelta(hours=4),
    NOW,
    ShiftFigures(received=2),
    "remark",
    "clerk",
    "P-1",
    "second",
    "password",
    "0" * 64,
)
TICKET = Ticket("t-1", NOW.date(), Matter.APPLY, 1, NOW)
TABLE = WorkingDayTable(
    "440104-1",
    1,
    NOW,
    "clerk",
    "reason",
    "source",
    date(2026, 1, 1),
    date(2026, 12, 31),
    (date(2026, 10, 1),),
    (),
)
ASKED = EvaluationAsked("visit-1", "case-0001", Sitting.COUNTER, Stage.RECEIPT, 1, "clerk", "01", NOW)
FILTER = SavedFilter("今天", ListKind.ALL)


def main() -> None:
    """Write tests/data/store-<schema>.db unless it is there."""
    path = kept(HEAD)
    if path.exists():
        raise SystemExit(f"{path} is there: a kept store is never made anew")
    with tempfile.TemporaryDirectory() as name:
        store = open_store(Path(name) / "station.db", KEY)
        with store.unit() as unit:
            fill(unit)
            unit.commit()
        store.close()
        put(Path(name), path)


def fill(unit: Unit) -> None:
    """Put something on every shelf."""
    unit.station.enrol("http://127.0.0.1:1", an_enrolment(HALL_KEY, DEVICE_KEY), DEVICE_KEY)
    staff = StaffList("440104", 3, NOW, StaffPolicy(), an_enrolment(HALL_KEY, DEVICE_KEY).staff, "")
    unit.station.take_staff(staff)
    unit.station.saw_time(NOW)
    unit.station.sign_in_failed("clerk", NOW)
    unit.station.next_number("receipt:20261123:01")
    unit.station.move_cursor("e1.7")
    unit.station.hold(Change("case-0002", 2, ChangeKind.SUB_CASE_MOVED, "{}"))
    scan = unit.blobs.put(SCAN)
    unit.cases.add(a_case(1, blobs=(scan,)))
    unit.cases.add(a_case(2, status=CaseStatus.ACCEPTED))
    unit.drafts.save(a_visit(3))
    for n, event in enumerate(("event-1", "event-2", "event-3", "event-4"), start=1):
        unit.outbox.add(
            id=event, subject=f"case-{n:04d}", kind="case_received", at=NOW, actor="clerk", body="{}"
        )
    first = unit.outbox.due(NOW, 1)[0].envelope
    unit.outbox.acked(first.id, a_receipt(first.id, first.sha256))
    unit.outbox.failed("event-2", "hall_busy", NOW + timedelta(seconds=5))
    unit.outbox.parked("event-3", "malformed")
    unit.audit.note(at=NOW, actor="clerk", deed=Deed.RECEIVED, case="case-0001")
    unit.audit.note(at=NOW, actor="clerk", deed=Deed.PRINTED, case="case-0001", note="S1 0")
    unit.proposals.add(a_proposal("p-1", "case-0001"))
    sheet = Print("S1", "case-0001", SlipKind.RECEIPT, 0, "1", "clerk", NOW, "0" * 64, "S1.pdf")
    unit.prints.add(sheet)
    unit.prints.add(replace(sheet, serial="S2", reprint=1))
    unit.sheets.add(SHEET, PDF)
    unit.calendars.add(TABLE, own=True)
    unit.evaluations.add(ASKED)
    unit.lists.keep_filter("clerk", FILTER)
    unit.handovers.add(HANDOVER)
    unit.tickets.add(TICKET)


if __name__ == "__main__":
    main()
