"""异议: a citizen says that a reply is wrong; the department that gave it upholds or corrects it, and the station hears so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from hall.database import stamp
from hall.department_feed import Subject, tell_department
from hall.feed import tell
from hall.registries import REGISTERS
from hall.tables import cases, disputes, lookups
from wire.codec import decode, encode
from wire.department_feed import TaskNews
from wire.messages import ChangeKind, DisputeAnswered, Verdict, VerificationDisputed

MOST_WORDS = 500
# Whose queue a register's replies are disputed in; a register of nobody named here goes to the data centre.
DEPARTMENTS = {
    "民政部门": "civil_affairs",
    "公安部门": "public_security",
    "卫生健康部门": "health",
    "残联": "disabled_federation",
    "人社部门": "human_resources",
    "医保部门": "medical_insurance",
    "市场监管部门": "market_regulation",
    "退役军人事务部门": "veterans",
    "规划和自然资源部门": "natural_resources",
}
DATA_CENTRE = "data_centre"


class DisputeRefused(Exception):
    """A dispute, or an answer to one, that cannot be taken; `code` goes back."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Open:
    """One dispute in the queue of a department."""

    id: str
    case: str
    evidence_no: str
    service: str
    outcome: str
    citizen: str
    id_no: str
    said: str
    raised_at: datetime


def take(db: Connection, case: str, station: str, told: VerificationDisputed, at: datetime) -> None:
    """Put a dispute into the queue of the department that gave the reply.

    The case may not be received yet: the citizen speaks while the talk goes on. Raises DisputeRefused unless the hall
    itself answered just this look-up for this case and station.
    """
    row = db.execute(
        select(lookups).where(
            lookups.c.query == told.query, lookups.c.case == case, lookups.c.station == station
        )
    ).first()
    if row is None or row.rule != told.rule or row.evidence_no != told.evidence_no:
        raise DisputeRefused("lookup_unknown")
    if not 1 <= len(told.said.strip()) <= MOST_WORDS:
        raise DisputeRefused("words")
    if db.execute(select(disputes.c.id).where(disputes.c.id == told.dispute)).first():
        raise DisputeRefused("dispute_known")
    register = REGISTERS.get(row.service)
    department = DEPARTMENTS.get(register.source, DATA_CENTRE) if register else DATA_CENTRE
    db.execute(
        insert(disputes).values(
            id=told.dispute,
            query=told.query,
            case=case,
            department=department,
            service=row.service,
            outcome=row.outcome,
            body=encode(told),
            taken_at=stamp(at),
            verdict="",
            answer="",
            told=0,
        )
    )
    about = Subject(case, told.item)
    tell_department(db, department, TaskNews.DISPUTE_RAISED, about, at, {"dispute": told.dispute})


def open_disputes(db: Connection, department: str) -> tuple[Open, ...]:
    """Return what waits for a department, oldest first."""
    query = select(disputes).where(disputes.c.department == department, disputes.c.verdict == "")
    found = []
    for row in db.execute(query.order_by(disputes.c.taken_at)):
        told = decode(VerificationDisputed, row.body)
        found.append(
            Open(
                row.id,
                row.case,
                told.evidence_no,
                row.service,
                row.outcome,
                told.citizen.name,
                told.citizen.id_no,
                told.said,
                told.raised_at,
            )
        )
    return tuple(found)


def answer(
    db: Connection, dispute: str, department: str, verdict: Verdict, text: str, office: str, at: datetime
) -> None:
    """Take the department's word and tell the station. Raises DisputeRefused for another's dispute or an answered one."""
    row = db.execute(
        select(disputes)
        .where(disputes.c.id == dispute, disputes.c.department == department)
        .with_for_update()
    ).first()
    if row is None:
        raise DisputeRefused("dispute_unknown")
    if row.verdict:
        raise DisputeRefused("answered_already")
    if not text.strip():
        raise DisputeRefused("words")
    said = DisputeAnswered(dispute, verdict, text.strip(), office, at)
    db.execute(
        update(disputes).where(disputes.c.id == dispute).values(verdict=verdict.value, answer=encode(said))
    )
    details = {"dispute": dispute, "verdict": verdict.value}
    tell_department(db, department, TaskNews.DISPUTE_ANSWERED, Subject(row.case), at, details)
    tell_answers(db, row.case)


def tell_answers(db: Connection, case: str) -> None:
    """Tell the station what was answered, once the case is registered: before that it has no place in the feed."""
    if db.execute(select(cases.c.id).where(cases.c.id == case)).first() is None:
        return
    # Held, the open ones too: an answer that is being given at this moment either sees the case or is seen here.
    of_case = select(disputes).where(disputes.c.case == case, disputes.c.told == 0).with_for_update()
    for row in [each for each in db.execute(of_case).all() if each.verdict]:
        tell(db, case, ChangeKind.DISPUTE_ANSWERED, decode(DisputeAnswered, row.answer))
        db.execute(update(disputes).where(disputes.c.id == row.id).values(told=1))
