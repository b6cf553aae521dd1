"""特别程序 at the hall: a department stops the clock of its sub-case and lets it run again; the station hears both."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from hall.cases import task_of
from hall.department_feed import OPEN, Subject, tell_department
from hall.feed import tell
from hall.steps import StepRefused, settle
from hall.tables import procedures
from wire.codec import decode, encode
from wire.department_feed import TaskNews
from wire.messages import ChangeKind
from wire.procedures import BeginProcedure, EndProcedure, ProcedureBegun, ProcedureEnded

MOST_DAYS = 365
MOST_WORDS = 500


def begin_procedure(
    db: Connection, task: int, department: str, procedure: str, wanted: BeginProcedure, at: datetime
) -> None:
    """Stop the clock. The same procedure told again is one.

    Raises StepRefused: `procedure_known` for an id that stands for another one, `procedure_open` while one runs, `not_open`,
    `procedure_words` without reason, number of the notice or approver, `procedure_days`.
    """
    row = task_of(db, task, department)
    begun = ProcedureBegun(
        procedure,
        str(row.item),
        wanted.kind,
        at,
        wanted.days,
        wanted.unit,
        wanted.reason.strip(),
        wanted.notice_no.strip(),
        wanted.approver.strip(),
    )
    before = db.execute(select(procedures).where(procedures.c.id == procedure)).first()
    if before is not None:
        if before.task == task and _same(decode(ProcedureBegun, before.begun), begun):
            return
        raise StepRefused("procedure_known")
    if row.state not in OPEN:
        raise StepRefused("not_open")
    said = (begun.reason, begun.notice_no, begun.approver, wanted.by.strip())
    if not all(said) or max(map(len, said)) > MOST_WORDS:
        raise StepRefused("procedure_words")
    if not 1 <= begun.days <= MOST_DAYS:
        raise StepRefused("procedure_days")
    if open_procedure(db, task) is not None:
        raise StepRefused("procedure_open")
    db.execute(
        insert(procedures).values(
            id=procedure, task=task, begun=encode(begun), begun_by=wanted.by.strip(), ended_by=""
        )
    )
    settle(db, str(row.case))
    tell(db, str(row.case), ChangeKind.PROCEDURE_BEGUN, begun)
    details = {"procedure": procedure, "kind": begun.kind.value}
    tell_department(db, department, TaskNews.PROCEDURE_BEGUN, _about(row), at, details)


def end_procedure(
    db: Connection, task: int, department: str, procedure: str, wanted: EndProcedure, at: datetime
) -> None:
    """Let the clock run again. The same end told again is one.

    Raises StepRefused(procedure_unknown | procedure_over | procedure_words).
    """
    row = task_of(db, task, department)
    found = db.execute(
        select(procedures).where(procedures.c.id == procedure, procedures.c.task == task)
    ).first()
    if found is None:
        raise StepRefused("procedure_unknown")
    outcome = wanted.outcome.strip()
    if found.ended is not None:
        if decode(ProcedureEnded, found.ended).outcome == outcome:
            return
        raise StepRefused("procedure_over")
    if not outcome or not wanted.by.strip() or len(outcome) > MOST_WORDS:
        raise StepRefused("procedure_words")
    ended = ProcedureEnded(procedure, str(row.item), at, outcome)
    values = {"ended": encode(ended), "ended_by": wanted.by.strip()}
    db.execute(update(procedures).where(procedures.c.id == procedure).values(values))
    settle(db, str(row.case))
    tell(db, str(row.case), ChangeKind.PROCEDURE_ENDED, ended)
    tell_department(db, department, TaskNews.PROCEDURE_ENDED, _about(row), at, {"procedure": procedure})


def open_procedure(db: Connection, task: int) -> ProcedureBegun | None:
    """Return the procedure for which the clock of a task stands still."""
    found = db.scalar(
        select(procedures.c.begun).where(procedures.c.task == task, procedures.c.ended.is_(None))
    )
    return decode(ProcedureBegun, found) if found else None


def procedures_of(db: Connection, task: int) -> tuple[tuple[ProcedureBegun, ProcedureEnded | None], ...]:
    """Return all procedures of a task, the first first."""
    rows = db.execute(select(procedures).where(procedures.c.task == task).order_by(procedures.c.id))
    return tuple(
        (decode(ProcedureBegun, row.begun), decode(ProcedureEnded, row.ended) if row.ended else None)
        for row in rows
    )


def _same(before: ProcedureBegun, again: ProcedureBegun) -> bool:
    return (before.kind, before.days, before.unit, before.reason, before.notice_no, before.approver) == (
        again.kind,
        again.days,
        again.unit,
        again.reason,
        again.notice_no,
        again.approver,
    )


def _about(row: Row[tuple[object, ...]]) -> Subject:
    return Subject(str(row.case), str(row.item), int(str(row.id)))
