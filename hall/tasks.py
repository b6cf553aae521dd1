"""The work queue of a department: what waits for its decision, and only what that item needs to be decided."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, Row, Select, insert, or_, select

from catalogue.model import Catalogue, Text
from hall.amended import amended_as
from hall.department_feed import OPEN
from hall.papers import missing_of
from hall.procedures import procedures_of
from hall.registries import REGISTERS
from hall.tables import cases, lookups, reviewers, sub_cases, tokens
from wire.codec import decode
from wire.messages import CaseAccepted, CaseReceived, MaterialOnWire
from wire.procedures import ProcedureBegun, ProcedureEnded


@dataclass(frozen=True, slots=True)
class Paper:
    """How one paper stands. `scans` are sha256 of what was scanned; `until` is the last day of what is still to come."""

    name: str
    how: str  # MaterialHow
    evidence: str
    until: date | None
    scans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One look-up of the hall for the item: who was asked, when, and what was said; never the answer itself."""

    number: str
    source: str  # the department
    service: str
    outcome: str  # Outcome, or "" while nothing was answered
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """One sub-case in the queue of a department. `answers` are (label, value) of the item's own fields."""

    id: int
    case: str
    project_no: str
    item: str
    item_name: str
    situation: str  # "" where the item has none
    state: str
    applicant: str
    answers: tuple[tuple[str, str], ...]
    materials: tuple[tuple[str, str, str], ...]  # name, how, evidence
    papers: tuple[Paper, ...] = ()
    dispatched_at: datetime | None = None  # None for what came before the hall kept it
    promised_on: date | None = None
    taken_by: str = ""
    procedures: tuple[tuple[ProcedureBegun, ProcedureEnded | None], ...] = ()
    papers_coming: int = 0  # scans that the case names and that are still on their way

    @property
    def running(self) -> ProcedureBegun | None:
        """The procedure for which the clock stands still."""
        return next((begun for begun, ended in self.procedures if ended is None), None)


def open_tasks(
    db: Connection,
    department: str,
    catalogue: Catalogue,
    *,
    language: str = "zh",
    search: str = "",
    after: int = 0,
    limit: int | None = None,
) -> tuple[Task, ...]:
    """Return what waits for a department, oldest first: from the task behind `after` on, at most `limit`.

    `search` is the beginning of a project number or of a receipt number.
    """
    query = _all().where(sub_cases.c.department == department, sub_cases.c.state.in_(OPEN))
    if search:
        begins = (cases.c.project_no, cases.c.receipt_no)
        query = query.where(or_(*(column.startswith(search, autoescape=True) for column in begins)))
    query = query.where(sub_cases.c.id > after).order_by(sub_cases.c.id).limit(limit)
    tasks = [_task(db, row, catalogue, language) for row in db.execute(query).all()]
    return _with_coming(db, tasks)


def open_task(
    db: Connection, department: str, task: int, catalogue: Catalogue, language: str = "zh"
) -> Task | None:
    """Return one task of a department while it is open."""
    query = _all().where(
        sub_cases.c.department == department, sub_cases.c.state.in_(OPEN), sub_cases.c.id == task
    )
    row = db.execute(query).first()
    return _with_coming(db, [_task(db, row, catalogue, language)])[0] if row is not None else None


def _with_coming(db: Connection, tasks: list[Task]) -> tuple[Task, ...]:
    coming = missing_of(db, {task.case for task in tasks})
    return tuple(replace(task, papers_coming=coming.get(task.case, 0)) for task in tasks)


def names_of(db: Connection, department: str) -> dict[str, str]:
    """Return the names of a department's reviewers by login; its own system's people have none here."""
    rows = db.execute(select(reviewers.c.login, reviewers.c.name).where(reviewers.c.department == department))
    return {str(login): str(name) for login, name in rows}


def evidence_of(db: Connection, case: str, item: str) -> tuple[Evidence, ...]:
    """Return what registers were asked for an item of a case, the first first."""
    rows = db.execute(
        select(lookups)
        .where(lookups.c.case == case, lookups.c.item == item)
        .order_by(lookups.c.at, lookups.c.query)
    )
    return tuple(
        Evidence(
            row.evidence_no,
            REGISTERS[row.service].source if row.service in REGISTERS else row.service,
            row.service,
            row.outcome,
            datetime.fromisoformat(row.at),
        )
        for row in rows
    )


def _all() -> Select[tuple[object, ...]]:
    return select(sub_cases, cases.c.project_no, cases.c.body, cases.c.accepted).join(
        cases, cases.c.id == sub_cases.c.case
    )


def _papers(received: CaseReceived, accepted: CaseAccepted | None) -> tuple[MaterialOnWire, ...]:
    """Papers may come between receipt and acceptance: the department sees how they stood when it was accepted."""
    return accepted.materials if accepted and accepted.materials else received.materials


def _task(db: Connection, row: Row[tuple[object, ...]], catalogue: Catalogue, language: str) -> Task:
    received = amended_as(db, str(row.case), decode(CaseReceived, str(row.body)))
    accepted = decode(CaseAccepted, str(row.accepted)) if row.accepted else None
    received = replace(received, materials=_papers(received, accepted))
    item = str(row.item)
    known = catalogue.items.get(item)
    papers = _named_papers(received, catalogue, item, language)
    told = next((order.situation for order in received.sub_cases if order.item == item), "")
    situations = known.scenarios if known else ()
    situation = next(
        (_in(one.name, language) for one in situations if told in {one.code, one.id} - {""}), told
    )
    return Task(
        int(str(row.id)),
        str(row.case),
        str(row.project_no),
        item,
        _in(known.name, language) if known else item,
        situation,
        str(row.state),
        received.applicant.name,
        _answers(received, catalogue, item, language),
        tuple((paper.name, paper.how, paper.evidence) for paper in papers),
        papers,
        datetime.fromisoformat(str(row.dispatched_at)) if row.dispatched_at else None,
        accepted.promised.get(item) if accepted else None,
        str(row.taken_by),
        procedures_of(db, int(str(row.id))),
    )


def _answers(
    received: CaseReceived, catalogue: Catalogue, item: str, language: str
) -> tuple[tuple[str, str], ...]:
    known = catalogue.items.get(item)
    return tuple(
        (
            _in(catalogue.elements[field.element].label, language),
            _shown(field.element, received.answers[field.element].value, catalogue, language),
        )
        for field in (known.fields if known else ())
        if field.element in received.answers
    )


def _named_papers(
    received: CaseReceived, catalogue: Catalogue, item: str, language: str
) -> tuple[Paper, ...]:
    known = catalogue.items.get(item)
    names = {material.id: _in(material.name, language) for material in known.materials} if known else {}
    return tuple(
        Paper(names[m.material], m.how.value, m.evidence or "", m.until, m.blobs)
        for m in received.materials
        if m.material in names
    )


def _in(text: Text, language: str) -> str:
    return text.in_language(language)


def _shown(key: str, value: str, catalogue: Catalogue, language: str) -> str:
    code_list = catalogue.elements[key].code_list
    labels = dict(catalogue.code_lists[code_list].entries) if code_list else {}
    return _in(labels[value], language) if value in labels else value


def add_token(db: Connection, department: str, token: str) -> None:
    """Let a department's own system in; only the token's hash is kept."""
    db.execute(insert(tokens).values(digest=_digest(token), department=department))


def department_of(db: Connection, token: str) -> str | None:
    """Say whose token it is."""
    found = db.scalar(select(tokens.c.department).where(tokens.c.digest == _digest(token)))
    return str(found) if found else None


def add_reviewer(db: Connection, department: str, login: str, name: str, password_hash: str) -> None:
    """Give a reviewer an account on the page; the password comes as its argon2id hash."""
    db.execute(
        insert(reviewers).values(department=department, login=login, name=name, password_hash=password_hash)
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
