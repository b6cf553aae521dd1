"""The steps after the receipt, of the fake desk: two papers, two items, three fields, and what is done changes what is shown."""

from __future__ import annotations

from datetime import date

from catalogue.model import Text
from wire.corrections import Amendment, CorrectionGap, Defect, GapAnswer
from wire.messages import MaterialHow
from workstation.services.step_views import (
    AmendView,
    CorrectionOptions,
    PaperView,
    StepOptions,
    WithdrawView,
)

UNTIL, LAST_DAY = date(2026, 12, 25), date(2026, 11, 30)
BOOK = Text("户口簿", "Household register")
GAP = CorrectionGap("household_book", Defect.MISSING, "没有带户口簿", "原件，本人页清晰", "补交原件")
ITEMS = (
    WithdrawView("birth-registration", Text("出生登记", "Birth registration"), ()),
    WithdrawView(
        "medical-insurance",
        Text("城乡居民医保参保", "Medical insurance"),
        (Text("出生登记", "Birth registration"),),
    ),
)
FIELDS = (
    AmendView("applicant.name", Text("申请人姓名", "Applicant's name"), "测*", risky=True),
    AmendView("answer.contact.phone", Text("联系电话", "Telephone"), "138****0000", risky=False),
)


def options(*, asked: bool = False) -> StepOptions:
    """What may be done: while a correction is `asked` for, it may be taken."""
    papers = (
        PaperView("household_book", BOOK, MaterialHow.MISSING, missing=True, originals=1, copies=0),
        PaperView(
            "id_father",
            Text("父亲身份证", "Father's identity card"),
            MaterialHow.ORIGINAL_SEEN,
            missing=False,
            originals=1,
            copies=1,
        ),
    )
    correction = CorrectionOptions(
        papers, UNTIL, None if asked else LAST_DAY, ((GAP, BOOK),) if asked else ()
    )
    return StepOptions(not asked, asked, correction, ITEMS, FIELDS)


def said(*what: tuple[CorrectionGap | GapAnswer | Amendment, ...]) -> str:
    """Write what was asked for the list of calls."""
    return " ".join(repr(each) for group in what for each in group)
