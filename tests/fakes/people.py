"""Synthetic values that many tests share: a mother with her card, her visit, a case. No one can hold these numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from wire.messages import AnswerOnWire, MaterialHow, MaterialOnWire, Origin, Party
from workstation.domain.case import Case, CaseStatus, SubCase
from workstation.domain.identity import Card, Identity
from workstation.domain.visit import Visit

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
MOTHER_NAME, MOTHER_ID = "测试一", "44010018990101002X"
FATHER_NAME, FATHER_ID = "测试二", "440100189901010011"


def card() -> Card:
    return Card(
        "A00000011", "440100D15600000500000001FFFFFFFF", "440100", "2.0", None, date(2035, 3, 1), False, ()
    )


def mother() -> Identity:
    return Identity(MOTHER_NAME, MOTHER_ID, "2", "01", "440100", date(1899, 1, 1), card(), "Virtual", AT)


def father() -> Identity:
    return replace(mother(), name=FATHER_NAME, id_no=FATHER_ID, sex="1")


def visit(case: str = "case-1") -> Visit:
    return Visit(case, "clerk", AT, identity=mother())


def case(id_: str = "case-1", receipt_no: str = "R1", received_at: datetime = AT) -> Case:
    return Case(
        id=id_,
        receipt_no=receipt_no,
        station="440104",
        window="01",
        clerk="clerk",
        bundle=None,
        catalogue="1",
        applicant=Party(MOTHER_NAME, "111", MOTHER_ID),
        sub_cases=(SubCase("birth-registration", "1", "public_security", ()),),
        answers={"child.name": AnswerOnWire("测小宝", Origin.TYPED)},
        materials=(MaterialOnWire("id_mother", MaterialHow.REPLACED_BY_CARD),),
        papers_saved=(),
        status=CaseStatus.RECEIVED,
        received_at=received_at,
        offline=False,
    )
