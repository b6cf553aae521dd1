"""What goes out with an event: ids and codes, and of a person only what somebody has named on the command line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from hall.amended import amended_as
from hall.tables import cases
from wire.codec import decode
from wire.department_feed import DepartmentEvent
from wire.messages import CaseReceived

PLAIN = ("project_no", "receipt_no", "situation", "bundle")  # numbers and codes
PERSONAL = ("applicant.name", "applicant.id_no")
ANSWER = "answers."


@dataclass(frozen=True, slots=True)
class Included:
    """Names of what is added to `details`: of PLAIN, of PERSONAL, or `answers.` and an element."""

    names: tuple[str, ...] = ()


def read_included(said: str) -> Included:
    """Read names between commas. Raises ValueError for one that is none."""
    names = tuple(name for name in said.split(",") if name)
    unknown = [
        n for n in names if n not in PLAIN + PERSONAL and not (n.startswith(ANSWER) and len(n) > len(ANSWER))
    ]
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: not one of {', '.join(PLAIN + PERSONAL)}, {ANSWER}ELEMENT")
    return Included(names)


def with_more(db: Connection, event: DepartmentEvent, included: Included) -> DepartmentEvent:
    """Return the event with what was asked for, as it is now; what the case does not have stays out.

    It is looked up at each delivery, so that nothing of a person waits on the shelf.
    """
    if not included.names:
        return event
    row = db.execute(select(cases.c.project_no, cases.c.body).where(cases.c.id == event.case)).first()
    if row is None:
        return event
    received = amended_as(db, event.case, decode(CaseReceived, row.body))
    found = {name: _value(name, row.project_no, received, event.item) for name in included.names}
    return replace(event, details={**event.details, **{n: v for n, v in found.items() if v}})


def _value(name: str, project_no: str, received: CaseReceived, item: str) -> str:
    if name.startswith(ANSWER):
        answer = received.answers.get(name.removeprefix(ANSWER))
        return answer.value if answer else ""
    order = next((order for order in received.sub_cases if order.item == item), None)
    return {
        "project_no": project_no,
        "receipt_no": received.receipt_no,
        "situation": order.situation if order else "",
        "bundle": received.bundle or "",
        "applicant.name": received.applicant.name,
        "applicant.id_no": received.applicant.id_no,
    }[name]
