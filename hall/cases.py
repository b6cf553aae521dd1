"""The life of a case at the hall: registered, dispatched in the order of its items, decided, sealed."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, Row, insert, or_, select, update

from hall import papers
from hall.acceptance import Gate
from hall.algorithms import agreed_algorithms
from hall.amended import as_it_stands
from hall.board import first_due, note_due
from hall.database import hall_key, stamp
from hall.dates import start_clocks, tell_dates
from hall.department_feed import OPEN, Subject, tell_department, tell_open_tasks
from hall.feed import tell
from hall.licences import may_be_certificate
from hall.steps import StepRefused, hold_step, move, settle, status_of
from hall.tables import cases, procedures, slips, sub_cases
from wire import seal
from wire.codec import decode, encode
from wire.dates import DatesWhy
from wire.department_feed import TaskNews
from wire.lifecycle import UNDER_WAY, CaseStatus, Step
from wire.messages import (
    CaseAccepted,
    CaseConcluded,
    CaseReceived,
    ChangeKind,
    MaterialHow,
    MaterialOnWire,
    PapersChanged,
    Result,
    ResultCode,
    SlipPrinted,
    SubCaseMoved,
    SubCaseState,
)

log = logging.getLogger(__name__)

# How a paper may come to stand without anybody at the counter.
_SAID_BY_REGISTERS = frozenset(
    {MaterialHow.REPLACED_BY_VERIFICATION, MaterialHow.PENDING, MaterialHow.MISSING}
)


__all__ = ["StepRefused"]  # those who ask for a step find here how it is refused


def accept(db: Connection, case: str, station: str, accepted: CaseAccepted, at: datetime, gate: Gate) -> None:
    """受理 at the hall: what waits for nothing goes to its department.

    Raises StepRefused(rule_unmet) while a check is unmet and its paper does not stand in its own right.
    """
    row = case_of(db, case, station)
    hold_office(row, station)
    status = hold_step(row, Step.ACCEPT)
    hold_papers(db, row, accepted, gate)
    db.execute(
        update(cases).where(cases.c.id == case).values(accepted=encode(accepted), due_on=first_due(accepted))
    )
    move(db, case, status)
    papers.name_scans(db, case, accepted.materials, at)
    dispatch(db, case, at)
    received = decode(CaseReceived, str(row.body))
    items = [order.item for order in received.sub_cases]
    start_clocks(db, case, accepted, items, gate.release(db, received.catalogue), at)


def hold_papers(db: Connection, row: Row[tuple[object, ...]], accepted: CaseAccepted, gate: Gate) -> None:
    """Hold an acceptance to its papers and the hall's own look-ups. Raises StepRefused(rule_unmet)."""
    case = str(row.id)
    _hold_once(accepted.materials)
    unmet = gate.unmet(db, case, as_it_stands(db, case, decode(CaseReceived, str(row.body))), accepted)
    if unmet:
        log.warning("acceptance of %s held: %s", case, ", ".join(unmet))
        raise StepRefused("rule_unmet")


def change_papers(
    db: Connection,
    case: str,
    station: str,
    changed: PapersChanged,
    gate: Gate,
    at: datetime,
    *,
    by_person: bool,
) -> None:
    """Take how the papers of an accepted case stand now: what was owed came, or did not.

    Raises StepRefused(not_accepted), StepRefused(rule_unmet) for a paper that is said to stand and does not,
    StepRefused(person_needed) for a station that says by itself what only a person can have seen,
    StepRefused(tolerance_missing) for a paper that was not tolerated by two persons until just that day.
    """
    row = case_of(db, case, station)
    hold_office(row, station)
    hold_step(row, Step.CHANGE_PAPERS)
    if row.accepted is None:
        raise StepRefused("not_accepted")
    _hold_once(changed.materials)
    before = decode(CaseAccepted, str(row.accepted))
    stood = {m.material: m.how for m in before.materials}
    moved = {m.how for m in changed.materials if m.how is not stood.get(m.material)}
    if not by_person and not moved <= _SAID_BY_REGISTERS:
        raise StepRefused("person_needed")
    # Two persons sign for a tolerance with the acceptance; afterwards nobody adds one or moves its day.
    if not _tolerated(changed.materials) <= _tolerated(before.materials):
        raise StepRefused("tolerance_missing")
    accepted = replace(before, materials=changed.materials)
    # A paper may be said to be missing: that is the honest word after a register has not confirmed it. And what stands
    # as it stood was looked at then: a dispute or an answer that came meanwhile is told of by itself.
    open_ = {m.material for m in changed.materials if m.how is MaterialHow.MISSING or m in before.materials}
    received = as_it_stands(db, case, decode(CaseReceived, str(row.body)))
    unmet = gate.unmet(db, case, received, accepted)
    if not gate.explained(db, received, unmet, open_):
        raise StepRefused("rule_unmet")
    db.execute(update(cases).where(cases.c.id == case).values(accepted=encode(accepted)))
    tell_open_tasks(db, case, TaskNews.PAPERS_CHANGED, at)
    papers.name_scans(db, case, changed.materials, at)


def _hold_once(papers: tuple[MaterialOnWire, ...]) -> None:
    """A paper that is told twice would stand in one way for the gate and in another for whoever reads the case."""
    if len({paper.material for paper in papers}) != len(papers):
        raise StepRefused("rule_unmet")


def _tolerated(papers: tuple[MaterialOnWire, ...]) -> set[tuple[str, date | None]]:
    return {(m.material, m.until) for m in papers if m.how is MaterialHow.TOLERATED}


def note_slip(db: Connection, case: str, station: str, printed: SlipPrinted) -> None:
    """Remember a sheet, so that its serial can be confirmed later."""
    case_of(db, case, station)
    db.execute(insert(slips).values(serial=printed.serial, case=case, body=encode(printed)))


def take_task(db: Connection, task: int, department: str, reviewer: str, at: datetime) -> None:
    """A reviewer begins with a sub-case, or takes it over from a colleague; the station hears the first time.

    Raises StepRefused for another department's task and for one that is not open.
    """
    row = task_of(db, task, department)
    if row.state not in OPEN:
        raise StepRefused("not_open")
    if row.taken_by == reviewer:
        return
    db.execute(update(sub_cases).where(sub_cases.c.id == task).values(taken_by=reviewer))
    if row.state == SubCaseState.DISPATCHED.value:
        _move(db, row, SubCaseState.IN_REVIEW, at)
        settle(db, str(row.case))
    about = Subject(str(row.case), str(row.item), task)
    tell_department(db, department, TaskNews.TASK_TAKEN, about, at)


def decide(db: Connection, task: int, department: str, result: Result, at: datetime) -> None:
    """A department decides its sub-case; what waited for it is dispatched, or returned when it was not granted.

    The same decision told again is one. Raises StepRefused for another department's task, for one that is not open, while
    a special procedure runs (`procedure_open`), for an end without what it needs (`reason`, `basis`, `licence`).
    """
    row = task_of(db, task, department)
    if row.state not in OPEN:
        if row.result is not None and decode(Result, str(row.result)) == result:
            return
        raise StepRefused("not_open")
    hold_reasons(result)
    running = select(procedures.c.id).where(procedures.c.task == task, procedures.c.ended.is_(None))
    if db.execute(running).first() is not None:
        raise StepRefused("procedure_open")
    end_item(db, row, result, at)
    dispatch(db, row.case, at)
    tell_dates(db, str(row.case), DatesWhy.DECIDED, at)
    conclude(db, row.case, at)


def hold_reasons(result: Result) -> None:
    """Every negative end says why, a denial also under which law (行政许可法 art. 38; domain.md 1, step 11).

    Raises StepRefused(reason | basis | licence).
    """
    if result.code is not ResultCode.GRANTED and not result.text.strip():
        raise StepRefused("reason")
    if result.code is ResultCode.DENIED and not result.basis.strip():
        raise StepRefused("basis")
    if result.licence_no is not None and (
        result.code is not ResultCode.GRANTED or not may_be_certificate(result.licence_no)
    ):
        raise StepRefused("licence")


def dispatch(db: Connection, case: str, at: datetime) -> None:
    """Give every item that waits for nothing to its department; one whose forerunner was not granted is returned."""
    moved = True
    while moved:
        moved = False
        rows = db.execute(select(sub_cases).where(sub_cases.c.case == case).order_by(sub_cases.c.id)).all()
        ended = {r.item: decode(Result, r.result) for r in rows if r.result}
        for row in rows:
            after = json.loads(row.after)
            if row.state != SubCaseState.WAITING.value or not all(item in ended for item in after):
                continue
            failed = [item for item in after if ended[item].code is not ResultCode.GRANTED]
            if failed:
                end_item(db, row, _returned(row.department, failed, at), at)
                moved = True
            else:
                _move(db, row, SubCaseState.DISPATCHED, at)
    settle(db, case)


def _returned(department: str, failed: list[str], at: datetime) -> Result:
    text = f"前置事项未办成（{'、'.join(failed)}），本事项退回"
    return Result(ResultCode.RETURNED, text, department, "hall", at)


def _move(db: Connection, row: Row[tuple[object, ...]], state: SubCaseState, at: datetime) -> None:
    values = {"state": state.value}
    if state is SubCaseState.DISPATCHED:
        values["dispatched_at"] = stamp(at)
        about = Subject(str(row.case), str(row.item), int(str(row.id)))
        tell_department(db, str(row.department), TaskNews.TASK_DISPATCHED, about, at)
    db.execute(update(sub_cases).where(sub_cases.c.id == row.id).values(values))
    tell(db, row.case, ChangeKind.SUB_CASE_MOVED, SubCaseMoved(row.item, state, at))


def end_item(db: Connection, row: Row[tuple[object, ...]], result: Result, at: datetime) -> None:
    """Write down how an item ended, and tell station and department."""
    decided = SubCaseState.DECIDED
    db.execute(
        update(sub_cases).where(sub_cases.c.id == row.id).values(state=decided.value, result=encode(result))
    )
    tell(db, row.case, ChangeKind.SUB_CASE_MOVED, SubCaseMoved(row.item, decided, at, result))
    about = Subject(str(row.case), str(row.item), int(str(row.id)))
    tell_department(db, str(row.department), TaskNews.TASK_DECIDED, about, at, {"code": result.code.value})


def conclude(db: Connection, case: str, at: datetime) -> None:
    """Seal an accepted case all of whose items have their results; nothing happens before."""
    rows = db.execute(select(sub_cases).where(sub_cases.c.case == case).order_by(sub_cases.c.id)).all()
    if any(row.result is None for row in rows):
        note_due(db, case)
        return
    row = db.execute(select(cases).where(cases.c.id == case)).one()
    if status_of(row) not in UNDER_WAY:
        return
    results = [(r.item, decode(Result, r.result)) for r in rows]
    said = {
        "project_no": row.project_no,
        "receipt_no": row.receipt_no,
        "concluded_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        # Short, so that the code on the paper stays readable: licence numbers stand in the hall's record.
        "results": [[item, result.code.value] for item, result in results],
    }
    token = seal.make(said, hall_key(db), agreed_algorithms(db).signature)
    db.execute(update(cases).where(cases.c.id == case).values(concluded_at=stamp(at), seal=token))
    move(db, case, CaseStatus.DECIDED)
    tell(db, case, ChangeKind.CASE_CONCLUDED, CaseConcluded(row.project_no, at, token))


def case_of(db: Connection, case: str, station: str) -> Row[tuple[object, ...]]:
    """Return a case of this station, or one that was forwarded to it, held until the end of the transaction.

    Raises StepRefused(case_unknown).
    """
    mine = or_(cases.c.station == station, cases.c.accepting == station)
    row = db.execute(select(cases).where(cases.c.id == case, mine).with_for_update()).first()
    if row is None:
        raise StepRefused("case_unknown")
    return row


def hold_office(row: Row[tuple[object, ...]], station: str) -> None:
    """Only one office takes the steps of a case: whoever it was forwarded to. Raises StepRefused(forwarded)."""
    if row.accepting is not None and row.accepting != station:
        raise StepRefused("forwarded")


def task_of(db: Connection, task: int, department: str) -> Row[tuple[object, ...]]:
    """Return a sub-case of this department, and hold its case: of two steps of one case the second sees the first, and only
    so does the last decision see that the case is concluded. Raises StepRefused."""
    of_task = select(sub_cases.c.case).where(sub_cases.c.id == task).scalar_subquery()
    db.execute(select(cases.c.id).where(cases.c.id == of_task).with_for_update())
    row = db.execute(select(sub_cases).where(sub_cases.c.id == task)).first()
    if row is None:
        raise StepRefused("task_unknown")
    if row.department != department:
        raise StepRefused("other_department")
    return row
