"""What the same person gave before at this counter: offered, taken over only with consent, never filled silently.

A datum is offered when the form asks it, nothing stands there yet and no register has answered for it; a scan when the
paper is still missing, every item that asks for it takes an earlier one, and its grade allows it at this age
(domain.md 5.3; the ages are ours, to be checked locally).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from catalogue.model import EARLIER, Element, Privacy, Text
from wire.messages import MaterialHow, MaterialOnWire, Origin
from workstation.domain.answers import Answer
from workstation.domain.case import Case
from workstation.domain.counter_time import today_at
from workstation.domain.visit import Paper, Scan, Visit
from workstation.forms.gaps import paper_state
from workstation.forms.model import Form
from workstation.forms.visible import visible_fields, wanted_materials

MOST_CASES = 20
DATA_FOR = timedelta(days=730)
# How long a scan of each grade may be used again; D is of one case only.
PAPER_FOR = {"A": timedelta(days=730), "B": timedelta(days=365), "C": timedelta(days=90)}
# What the person at the counter says anew each time: what was chosen before is no answer.
_GIVEN = frozenset({Origin.TYPED, Origin.EARLIER_CASE, Origin.CARD})


@dataclass(frozen=True, slots=True)
class Earlier:
    """One thing that could be taken over: from which case and when it was given."""

    key: str  # element key, or material id
    label: Text
    case: Case
    value: str = ""  # of a datum
    blobs: tuple[str, ...] = ()  # of a paper


def earlier_data(form: Form, visit: Visit, cases: Iterable[Case], today: date) -> tuple[Earlier, ...]:
    """Return the data that earlier cases could give, each from the newest that has it."""
    found: dict[str, Earlier] = {}
    wanted = {
        field.element.key: field.element
        for field in visible_fields(form, _values(visit), today)
        if _open(field.element, visit, form)
    }
    for case in cases:
        if today - today_at(case.received_at) > DATA_FOR:
            continue
        for key, element in wanted.items():
            said = case.answers.get(key)
            if key not in found and said is not None and said.value and said.origin in _GIVEN:
                found[key] = Earlier(key, element.label, case, value=said.value)
    return tuple(found.values())


def earlier_papers(form: Form, visit: Visit, cases: Iterable[Case], today: date) -> tuple[Earlier, ...]:
    """Return the scans that could stand for missing papers, each from the newest case that has one."""
    found: dict[str, Earlier] = {}
    for case in cases:
        age = today - today_at(case.received_at)
        scanned = {m.material: m for m in case.materials if m.blobs and m.how is MaterialHow.SCANNED}
        for entry in wanted_materials(form, _values(visit), today):
            paper = entry.material
            missing = paper_state(form, entry, visit) is MaterialHow.MISSING
            lives = PAPER_FOR.get(paper.grade) if EARLIER in paper.replaced_by else None
            given: MaterialOnWire | None = scanned.get(paper.id)
            if missing and given is not None and lives is not None and age <= lives and paper.id not in found:
                found[paper.id] = Earlier(paper.id, paper.name, case, blobs=given.blobs)
    return tuple(found.values())


def take_over(visit: Visit, offered: Iterable[Earlier], at: datetime) -> Visit:
    """Put what the person agreed to into the visit, marked with the case it came from."""
    answers, papers = dict(visit.answers), dict(visit.papers)
    for each in offered:
        if each.blobs:
            scans = tuple(Scan(sha256, "", 0) for sha256 in each.blobs)
            papers[each.key] = Paper(MaterialHow.SCANNED, scans)
        else:
            answers[each.key] = Answer(each.value, Origin.EARLIER_CASE, at, source=each.case.id)
    return replace(visit, answers=answers, papers=papers)


def _open(element: Element, visit: Visit, form: Form) -> bool:
    """Say whether a datum may be offered: empty, not sensitive, and filled by no check that is still to be asked."""
    filled_by_checks = {key for check in form.checks for key in check.rule.fills}
    taken = element.key in visit.answers or element.key in filled_by_checks
    return not taken and element.privacy is not Privacy.SENSITIVE


def _values(visit: Visit) -> dict[str, str]:
    return {key: answer.value for key, answer in visit.answers.items()}
