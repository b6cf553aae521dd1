"""The work queue of a department: what waits for its decision, and only what that item needs to be decided."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select

from catalogue.model import Catalogue
from hall.papers import missing_of
from hall.tables import cases, reviewers, sub_cases, tokens
from wire.codec import decode
from wire.messages import CaseAccepted, CaseReceived, SubCaseState

_OPEN = (SubCaseState.DISPATCHED.value, SubCaseState.IN_REVIEW.value)


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
    papers_coming: int = 0  # scans that the case names and that are still on their way


def open_tasks(db: Connection, department: str, catalogue: Catalogue) -> tuple[Task, ...]:
    """Return what waits for a department, oldest first."""
    query = (
        select(sub_cases, cases.c.project_no, cases.c.body, cases.c.accepted)
        .join(cases, cases.c.id == sub_cases.c.case)
        .where(sub_cases.c.department == department, sub_cases.c.state.in_(_OPEN))
        .order_by(sub_cases.c.id)
    )
    tasks = tuple(
        _task(
            row.id,
            row.case,
            row.project_no,
            row.item,
            row.state,
            _as_accepted(decode(CaseReceived, row.body), row.accepted),
            catalogue,
        )
        for row in db.execute(query)
    )
    coming = missing_of(db, {task.case for task in tasks})
    return tuple(replace(task, papers_coming=coming.get(task.case, 0)) for task in tasks)


def _as_accepted(received: CaseReceived, accepted: str | None) -> CaseReceived:
    """Papers may come between receipt and acceptance: the department sees how they stood when it was accepted."""
    papers = decode(CaseAccepted, accepted).materials if accepted else ()
    return replace(received, materials=papers) if papers else received


def _task(
    task: int, case: str, project_no: str, item: str, state: str, received: CaseReceived, catalogue: Catalogue
) -> Task:
    known = catalogue.items.get(item)
    fields = [field.element for field in known.fields] if known else []
    papers = {material.id: material.name.zh for material in known.materials} if known else {}
    answers = tuple(
        (catalogue.elements[key].label.zh, _shown(key, received.answers[key].value, catalogue))
        for key in fields
        if key in received.answers
    )
    materials = tuple(
        (papers[m.material], m.how.value, m.evidence or "")
        for m in received.materials
        if m.material in papers
    )
    name = known.name.zh if known else item
    told = next((order.situation for order in received.sub_cases if order.item == item), "")
    situations = known.scenarios if known else ()
    situation = next((one.name.zh for one in situations if told in {one.code, one.id} - {""}), told)
    return Task(
        task, case, project_no, item, name, situation, state, received.applicant.name, answers, materials
    )


def _shown(key: str, value: str, catalogue: Catalogue) -> str:
    code_list = catalogue.elements[key].code_list
    labels = dict(catalogue.code_lists[code_list].entries) if code_list else {}
    return labels[value].zh if value in labels else value


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
