"""Asks the one table of steps (wire/lifecycle.py) for a case of this hall, and moves it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Row, select, update

from hall.tables import cases, procedures, sub_cases
from wire.lifecycle import (
    BEFORE_ACCEPTANCE,
    ENDED_EARLY,
    UNDER_WAY,
    CaseStatus,
    NoSuchStep,
    Step,
    follow,
    under_way,
)
from wire.messages import SubCaseState


class StepRefused(Exception):
    """A step that does not follow from where the case is; `code` goes back to the station."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


# What the station is told when the table has no such step; for an acceptance it depends on what is there instead.
_CODES: Mapping[Step, str] = {
    Step.ASK_CORRECTION: "not_received",
    Step.TAKE_CORRECTION: "not_correcting",
    Step.RETURN: "not_correcting",
    Step.REFUSE: "not_received",
    Step.VOID: "not_received",
    Step.REOPEN: "not_closed",
    Step.WITHDRAW: "not_open",
    Step.WITHDRAW_ITEM: "not_open",
    Step.AMEND: "not_open",
    Step.CHANGE_PAPERS: "not_accepted",
    Step.DEEM_ACCEPTED: "not_received",
    Step.DELIVER: "not_decided",
    Step.MAKE_READY: "not_decided",
    Step.FORWARD: "not_received",
    Step.TAKE_PAPERS: "not_received",
}
# Every code with which the table refuses; all else that the hall says of a step is said by a guard.
TABLE_CODES = frozenset({*_CODES.values(), "accepted_already", "closed", "correcting"})


def status_of(row: Row[tuple[object, ...]]) -> CaseStatus:
    """Return where a row of `cases` is."""
    return CaseStatus(str(row.status))


def hold_step(row: Row[tuple[object, ...]], step: Step) -> CaseStatus:
    """Return where a case is after a step. Raises StepRefused when the table has no such step from here."""
    try:
        return follow(step, status_of(row))
    except NoSuchStep as none:
        raise StepRefused(_code(none)) from None


def move(db: Connection, case: str, status: CaseStatus) -> None:
    """Write down where a case is now; the caller has asked the table and holds the row."""
    db.execute(update(cases).where(cases.c.id == case).values(status=status.value))


def settle(db: Connection, case: str) -> None:
    """Follow an accepted case to where its items are: dispatched, in review, or with every clock standing still."""
    row = db.execute(select(cases.c.status).where(cases.c.id == case)).one()
    if CaseStatus(row.status) not in UNDER_WAY:
        return
    stands = (
        select(procedures.c.id)
        .where(procedures.c.task == sub_cases.c.id, procedures.c.ended.is_(None))
        .exists()
    )
    items = db.execute(select(sub_cases.c.state, stands.label("stands")).where(sub_cases.c.case == case))
    move(db, case, under_way((SubCaseState(item.state), bool(item.stands)) for item in items))


def _code(none: NoSuchStep) -> str:
    if none.step is not Step.ACCEPT:
        return _CODES.get(none.step, "not_open")
    if none.source in ENDED_EARLY:
        return "closed"
    return "correcting" if none.source in BEFORE_ACCEPTANCE else "accepted_already"
