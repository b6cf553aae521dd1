"""Scripted cases for the work lists of the fake desk: one received, one accepted, one decided."""

from __future__ import annotations

from datetime import date, timedelta

from catalogue.model import Text
from deadlines.lights import Colour, Light
from tests.fakes.newborn import BUNDLE, DEPARTMENTS, MEMBERS, NOW
from wire.dates import DatesWhy
from wire.messages import MaterialHow, ResultCode, SubCaseState
from wire.procedures import DayUnit, ProcedureKind
from workstation.domain.case import CaseStatus
from workstation.domain.extension import Extension
from workstation.domain.procedure import Procedure
from workstation.domain.slip import SlipKind
from workstation.services.date_views import NO_ITEM_DATES, CaseDatesView, ItemDatesView
from workstation.services.views import CaseView, SavedDay, SavedRow, SubCaseView

# One that is over, one that runs.
_PROCEDURES = (
    Procedure(
        "p-1",
        ProcedureKind.TESTING,
        NOW - timedelta(days=3),
        2,
        DayUnit.NATURAL,
        "检测",
        "特告 1 号",
        "测试领导",
        NOW - timedelta(days=1),
        "合格",
    ),
    Procedure(
        "p-2", ProcedureKind.HEARING, NOW, 15, DayUnit.WORKING, "申请人要求听证", "特告 2 号", "测试领导"
    ),
)


def saved() -> SavedDay:
    """The day's ledger."""
    row = SavedRow(MEMBERS[0], Text("结婚证", "Marriage certificate"), Text("民政", "Civil affairs"), 2)
    return SavedDay(NOW.date(), 5, 2, (row,))


_LONGER = (Extension("e", NOW - timedelta(minutes=20), 5, "需外地核实", "延〔2026〕3 号", "王局长"),)
_DAYS = (
    ItemDatesView(date(2026, 1, 12), None, date(2026, 1, 30), light=Light(Colour.STOPPED, 5), from_hall=True),
    ItemDatesView(
        date(2026, 1, 12),
        None,
        date(2026, 2, 6),
        light=Light(Colour.YELLOW, 1),
        from_hall=True,
        first_on=date(2026, 1, 6),
        why=DatesWhy.EXTENDED,
    ),
    ItemDatesView(
        date(2026, 1, 12),
        None,
        None,
        legal_beyond=True,
        light=Light(Colour.RED, -2),
        from_hall=True,
        first_on=date(2026, 1, 9),
        why=DatesWhy.ACCEPTED,
        desk_on=date(2026, 1, 9),
        desk_calendar="440104-1-0a1b2c3d",
        hall_calendar="hall-2-2b8e1c04",
    ),
)
_WHOLE = {
    CaseStatus.RECEIVED: CaseDatesView(
        Light(Colour.GREEN, 5), date(2026, 1, 12), notice_on=date(2026, 1, 12)
    ),
    CaseStatus.ACCEPTED: CaseDatesView(Light(Colour.RED, -2), date(2026, 1, 12), joint_on=date(2026, 3, 17)),
    CaseStatus.DECIDED: CaseDatesView(Light(Colour.YELLOW, 1), date(2026, 1, 6), deliver_on=date(2026, 1, 6)),
}


def cases() -> tuple[CaseView, ...]:
    """Newest first."""
    return (
        _case("w-3", "4401042601050300033", CaseStatus.RECEIVED, 0, SubCaseState.WAITING, provisional=True),
        _case(
            "w-2", "4401042601050300025", CaseStatus.ACCEPTED, 1, SubCaseState.IN_REVIEW, provisional=False
        ),
        _case("w-1", "440104260104030001A", CaseStatus.DECIDED, 1, SubCaseState.DECIDED, provisional=False),
    )


def _case(
    case: str, receipt: str, status: CaseStatus, accepted: int, state: SubCaseState, *, provisional: bool
) -> CaseView:
    decided = state is SubCaseState.DECIDED
    subs = tuple(
        SubCaseView(
            MEMBERS[i],
            DEPARTMENTS[i],
            state if i == 0 or decided else SubCaseState.WAITING,
            date(2026, 1, 12) if accepted else None,
            ResultCode.GRANTED if decided else None,
            "准予登记" if decided else "",
            f"凭证 {case}-{i + 1}" if decided else "",
            NOW if decided else None,
            _PROCEDURES if i == 0 and state is SubCaseState.IN_REVIEW else (),
            _LONGER if i == 1 and state is SubCaseState.IN_REVIEW else (),
            _DAYS[i] if accepted and not decided else NO_ITEM_DATES,
        )
        for i in range(3)
    )
    printable = [
        SlipKind.RECEIPT,
        *([SlipKind.ACCEPTANCE] if accepted else []),
        *([SlipKind.RESULT] if decided else []),
    ]
    return CaseView(
        case,
        receipt,
        None if provisional else f"44010420260105{receipt[-5:]}",
        Text(BUNDLE.name.zh, BUNDLE.name.en),
        "测**",
        status,
        provisional,
        NOW - timedelta(hours=2),
        NOW - timedelta(hours=1) if accepted else None,
        subs,
        5,
        tuple(printable),
        0,
        received_by="agent",
        papers=(
            (Text("婴儿照片", "Photo"), MaterialHow.MISSING),
            (Text("父亲居民身份证", "Father's card"), MaterialHow.ORIGINAL_SEEN),
            (Text("结婚证", "Marriage certificate"), MaterialHow.REPLACED_BY_VERIFICATION),
        ),
        dates=_WHOLE[status],
    )
