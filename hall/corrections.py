"""补正, 撤回 and 更正 at the hall: what a station tells of a case between its receipt and its decision."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Row, func, insert, select, update

from catalogue.model import MENDED_BY_TWO, Catalogue
from hall import papers
from hall.acceptance import Gate
from hall.cases import case_of, conclude, hold_office
from hall.database import HALL_ZONE, stamp
from hall.dates import tell_dates
from hall.deemed import take_back
from hall.department_feed import OPEN, Subject, tell_department, tell_open_tasks, tell_whoever_heard
from hall.feed import tell
from hall.second_person import hold_approval
from hall.slips import void_old_sheet
from hall.steps import StepRefused, hold_step, move, settle
from hall.tables import case_steps, cases, sub_cases
from wire.codec import decode, encode
from wire.corrections import (
    CaseReturned,
    CaseWithdrawn,
    CorrectionAnswered,
    CorrectionAsked,
    ReceiptAmended,
)
from wire.dates import DatesWhy
from wire.department_feed import TaskNews
from wire.lifecycle import CaseStatus, Step
from wire.messages import (
    CaseReceived,
    ChangeKind,
    Envelope,
    EventKind,
    Result,
    ResultCode,
    SubCaseMoved,
    SubCaseState,
)

MOST_GAPS = 60
LONGEST_WAIT_DAYS = 366  # no limit of a correction is longer: the applicant would be kept waiting for ever
_RISKY = frozenset({"applicant.name", "applicant.id_no"})
_ANSWER = "answer."


def ask_correction(
    db: Connection, station: str, envelope: Envelope, asked: CorrectionAsked, at: datetime
) -> None:
    """补正告知: the case waits for the applicant, once for all gaps.

    A notice that was given in time and came here late wins over the acceptance that was counted meanwhile, while no
    department has begun. Raises StepRefused(not_received | words | correction_limit).
    """
    row = case_of(db, envelope.subject, station)
    hold_office(row, station)
    row = take_back(db, row, told_at=min(asked.asked_at, at), at=at)
    status = hold_step(row, Step.ASK_CORRECTION)
    subjects = [gap.subject for gap in asked.gaps]
    wordless = any(not (gap.why and gap.standard and gap.how) for gap in asked.gaps)
    if wordless or not 1 <= len(subjects) <= MOST_GAPS or len(set(subjects)) != len(subjects):
        raise StepRefused("words")
    if not 0 <= (asked.until - _day(asked.asked_at)).days <= LONGEST_WAIT_DAYS:
        raise StepRefused("correction_limit")
    move(db, envelope.subject, status)
    note(db, envelope, asked.asked_at)


def take_correction(
    db: Connection, station: str, envelope: Envelope, answered: CorrectionAnswered, at: datetime
) -> None:
    """补正已收: all gaps are answered, and the case may be accepted. Raises StepRefused(not_correcting | words)."""
    row = case_of(db, envelope.subject, station)
    hold_office(row, station)
    status = hold_step(row, Step.TAKE_CORRECTION)
    asked = asked_of(db, envelope.subject)
    if asked is None or {g.subject for g in asked.gaps} != {a.subject for a in answered.answers}:
        raise StepRefused("words")
    move(db, envelope.subject, status)
    note(db, envelope, answered.answered_at)
    papers.name_scans(db, envelope.subject, answered.materials, at)


def return_case(
    db: Connection, station: str, envelope: Envelope, returned: CaseReturned, at: datetime
) -> None:
    """退件: the limit passed and a second person signed. Who proposed is looked up, but for the station's timer: what it says
    is seen here. Raises StepRefused(not_correcting | limit_running | approval_* | …)."""
    status = returnable(db, station, envelope, returned, at)
    shown = hold_approval(db, station, envelope, returned.approval, "return", returned.clerk)
    said = (returned.receipt_no, returned.reason, returned.text)
    if said != (shown.receipt_no, shown.reason, shown.text):
        raise StepRefused("approval_other")
    if envelope.actor != returned.approval.approver:
        raise StepRefused("actor")
    end_returned(db, status, envelope, at)


def returnable(
    db: Connection, station: str, envelope: Envelope, returned: CaseReturned, at: datetime
) -> CaseStatus:
    """Return where a case is after its return. Raises StepRefused(not_correcting | limit_running)."""
    row = case_of(db, envelope.subject, station)
    hold_office(row, station)
    status = hold_step(row, Step.RETURN)
    asked = asked_of(db, envelope.subject)
    if asked is None or _day(min(returned.returned_at, at)) <= asked.until:
        raise StepRefused("limit_running")
    return status


def end_returned(db: Connection, status: CaseStatus, envelope: Envelope, at: datetime) -> None:
    """Write the return down, and tell whoever has heard of the case."""
    db.execute(update(cases).where(cases.c.id == envelope.subject).values(closed=envelope.kind.value))
    move(db, envelope.subject, status)
    tell_whoever_heard(db, envelope.subject, TaskNews.CASE_CLOSED, at)


def withdraw(db: Connection, station: str, envelope: Envelope, told: CaseWithdrawn, at: datetime) -> None:
    """撤回: these items end, what is left goes on. A department that has one of them open is told.

    Raises StepRefused(not_open | decided_already | words).
    """
    row = case_of(db, envelope.subject, station)
    hold_office(row, station)
    case = envelope.subject
    rows = db.execute(select(sub_cases).where(sub_cases.c.case == case).order_by(sub_cases.c.id)).all()
    wanted = set(told.items)
    undecided = {str(each.item) for each in rows if each.result is None}
    before = [decode(Result, str(each.result)).code for each in rows if each.result is not None]
    whole = wanted == undecided and all(code is ResultCode.WITHDRAWN for code in before)
    status = hold_step(row, Step.WITHDRAW if whole else Step.WITHDRAW_ITEM)
    if not wanted or not wanted <= undecided:
        raise StepRefused("decided_already")
    left = [each for each in rows if each.result is None and each.item not in wanted]
    if any(wanted & set(json.loads(each.after)) for each in left) or not told.text.strip():
        raise StepRefused("words")  # what waits for a withdrawn item goes with it
    for each in (each for each in rows if each.item in wanted):
        _withdraw_item(db, each, told, at)
    note(db, envelope, told.withdrawn_at)
    if whole:
        db.execute(update(cases).where(cases.c.id == case).values(closed=envelope.kind.value))
        move(db, case, status)
        tell_whoever_heard(db, case, TaskNews.CASE_CLOSED, at)
    else:
        settle(db, case)
        tell_dates(db, case, DatesWhy.DECIDED, at)
        conclude(db, case, at)


def amend(
    db: Connection, station: str, envelope: Envelope, amended: ReceiptAmended, gate: Gate, at: datetime
) -> None:
    """更正: the same number in a new version; sheets of the old one are told of as superseded.

    Raises StepRefused(not_open | version | words | person_needed | approval_…): who the case is about, and where money goes,
    changes with two persons only.
    """
    row = hold_version(db, station, envelope, amended)
    if not amended.changes or not amended.text.strip():
        raise StepRefused("words")
    catalogue = gate.release(db, decode(CaseReceived, str(row.body)).catalogue)
    if amended.approval is None and any(_is_risky(each.name, catalogue) for each in amended.changes):
        raise StepRefused("person_needed")
    if amended.approval is not None:
        shown = hold_approval(db, station, envelope, amended.approval, "amend", amended.clerk)
        said = (amended.receipt_no, amended.text, amended.changes)
        if said != (shown.receipt_no, shown.text, shown.changes):
            raise StepRefused("approval_other")
    write_amended(db, envelope, amended, at)


def hold_version(
    db: Connection, station: str, envelope: Envelope, amended: ReceiptAmended
) -> Row[tuple[object, ...]]:
    """Return the case of a 更正 that follows on what the hall has. Raises StepRefused(not_open | version)."""
    row = case_of(db, envelope.subject, station)
    hold_office(row, station)
    hold_step(row, Step.AMEND)
    if amended.version != int(str(row.version)) + 1:
        raise StepRefused("version")
    return row


def write_amended(db: Connection, envelope: Envelope, amended: ReceiptAmended, at: datetime) -> None:
    """Write a 更正 down; sheets of the version before hold no more."""
    db.execute(update(cases).where(cases.c.id == envelope.subject).values(version=amended.version))
    for serial in amended.voided:
        void_old_sheet(db, envelope.subject, serial, amended.clerk, amended.amended_at)
    note(db, envelope, amended.amended_at)
    tell_open_tasks(db, envelope.subject, TaskNews.PAPERS_CHANGED, at)


def asked_of(db: Connection, case: str) -> CorrectionAsked | None:
    """Return the correction that was asked for last, None when none was."""
    mine = (case_steps.c.case == case) & (case_steps.c.kind == EventKind.CORRECTION_ASKED.value)
    found = db.scalar(select(case_steps.c.body).where(mine).order_by(case_steps.c.at.desc()).limit(1))
    return decode(CorrectionAsked, found) if found else None


def note(db: Connection, envelope: Envelope, at: datetime) -> None:
    """Keep what was told beside the case, behind all that was told of it before: whoever reads the case follows the steps in the
    order in which they came, which a counter's clock that was set back does not change."""
    said = stamp(at)
    last = db.scalar(select(func.max(case_steps.c.at)).where(case_steps.c.case == envelope.subject))
    if last is not None and said <= last:
        said = stamp(datetime.fromisoformat(last) + timedelta(microseconds=1))
    row = {"event": envelope.id, "case": envelope.subject, "kind": envelope.kind.value}
    db.execute(insert(case_steps).values(**row, at=said, body=envelope.body))


def _is_risky(name: str, catalogue: Catalogue) -> bool:
    element = catalogue.elements.get(name.removeprefix(_ANSWER)) if name.startswith(_ANSWER) else None
    return name in _RISKY or (element is not None and element.kind in MENDED_BY_TWO)


def _withdraw_item(db: Connection, row: Row[tuple[object, ...]], told: CaseWithdrawn, at: datetime) -> None:
    result = Result(
        ResultCode.WITHDRAWN, told.text.strip(), str(row.department), told.clerk, told.withdrawn_at
    )
    values = {"state": SubCaseState.DECIDED.value, "result": encode(result)}
    db.execute(update(sub_cases).where(sub_cases.c.id == row.id).values(values))
    moved = SubCaseMoved(str(row.item), SubCaseState.DECIDED, at, result)
    tell(db, str(row.case), ChangeKind.SUB_CASE_MOVED, moved)
    if row.state in OPEN:
        about = Subject(str(row.case), str(row.item), int(str(row.id)))
        tell_department(
            db, str(row.department), TaskNews.TASK_DECIDED, about, at, {"code": result.code.value}
        )


def _day(at: datetime) -> date:
    return at.astimezone(HALL_ZONE).date()
