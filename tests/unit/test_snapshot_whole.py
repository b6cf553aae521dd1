"""A snapshot leaves out nothing that the feed has told of a case: clocks that stand still, and papers that are complete."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import insert

from hall.database import open_database, stamp
from hall.enrolment import add_station
from hall.procedures import begin_procedure, end_procedure
from hall.snapshot import snapshot
from hall.tables import cases, sub_cases
from tests.fakes.cases import a_case
from wire.codec import decode
from wire.messages import SubCaseState
from wire.procedures import BeginProcedure, DayUnit, EndProcedure, ProcedureKind
from wire.snapshot import CaseStands
from workstation.domain.case import CaseStatus
from workstation.services.receive_change import apply

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 10, tzinfo=UTC)
ITEM = "birth-registration"


def test_a_snapshot_tells_of_procedures_and_of_complete_papers(hall_place: str) -> None:
    mine = replace(a_case(1), status=CaseStatus.ACCEPTED)
    engine = open_database(hall_place)
    with engine.begin() as db:
        add_station(db, "440104", "站", "street")
        row = {"id": mine.id, "receipt_no": mine.receipt_no, "project_no": "P1", "station": "440104"}
        db.execute(insert(cases).values(**row, body="{}", accepted="{}", rev=1, papers_at=stamp(AT)))
        sub = {"case": mine.id, "item": ITEM, "department": "public_security", "after": "[]"}
        db.execute(insert(sub_cases).values(id=1, **sub, state=SubCaseState.IN_REVIEW.value))
        wanted = BeginProcedure(
            ProcedureKind.APPRAISAL, 20, DayUnit.WORKING, "需鉴定", "N-1", "局长", "reviewer"
        )
        begin_procedure(db, 1, "public_security", "p1", wanted, AT)
        end_procedure(db, 1, "public_security", "p1", EndProcedure("鉴定完成", "reviewer"), LATER)
        begin_procedure(db, 1, "public_security", "p2", replace(wanted, notice_no="N-2"), LATER)
        (told,) = snapshot(db, "440104", "").items
    engine.dispose()
    stands = decode(CaseStands, told.body)
    assert stands.papers_at == AT
    taken = apply(mine, told)
    assert taken.papers_at == AT
    (item,) = (sub for sub in taken.sub_cases if sub.item == ITEM)
    assert [(each.id, each.ended_at, each.outcome) for each in item.procedures] == [
        ("p1", LATER, "鉴定完成"),
        ("p2", None, ""),
    ]
