"""代办: the power of attorney of whoever is here for somebody who is not, seen and put into the visit and its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from catalogue.model import Catalogue
from wire.agency import Agency, Agent, Power
from wire.messages import Origin
from workstation.domain.answers import Answer
from workstation.domain.clerk import Clerk
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.visit import Visit
from workstation.forms.model import Form
from workstation.forms.values import tidy_name, tidy_number
from workstation.services.identify import name_problem, number_problem
from workstation.services.verify_status import RESIDENT_ID

SOURCE = "agency"  # of answers that the power of attorney gave
RELATIONS = "agent_relation"  # the code list
_LONGEST_DAYS = 366  # of a power that is given at a counter: a year. Ours, to be confirmed locally.
_BY_AGENT = "2"  # agent.filing: filed by an agent


@dataclass(frozen=True, slots=True)
class AgencyTold:
    """What the clerk writes down from the power of attorney and the agent's own identity card."""

    name: str
    id_no: str
    phone: str
    relation: str  # code of agent_relation
    powers: tuple[Power, ...]
    until: date
    sheet: str = ""  # serial of the printed 授权委托书


def agency_of(
    told: AgencyTold,
    *,
    items: tuple[str, ...],
    principal: str,
    relations: Mapping[str, object],
    clerk: Clerk,
    at: datetime,
) -> Agency:
    """Make the power of attorney that was seen. `principal` is the applicant's number.

    Raises Refused(AGENCY_NOT_VALID, what) with what is wrong: name, id_no, same_person, phone, relation, powers, until.
    """
    name, number, phone = tidy_name(told.name), tidy_number(told.id_no), told.phone.strip()
    today = today_at(at)
    wrong = (
        ("name", name_problem(name) is not None),
        ("id_no", number_problem(number) is not None),
        ("same_person", number == principal),
        ("phone", not (phone.isdigit() and 7 <= len(phone) <= 15)),
        ("relation", told.relation not in relations),
        ("powers", not told.powers),
        ("until", not 0 <= (told.until - today).days <= _LONGEST_DAYS),
    )
    for what, bad in wrong:
        if bad:
            raise Refused(Failure.AGENCY_NOT_VALID, what=what)
    agent = Agent(name, RESIDENT_ID, number, phone, told.relation)
    powers = tuple(power for power in Power if power in told.powers)
    return Agency(agent, items, powers, today, told.until, told.sheet, clerk.login, at)


def take_agency(visit: Visit, told: AgencyTold, catalogue: Catalogue, clerk: Clerk, at: datetime) -> Visit:
    """Put the agent beside the person the visit is about.

    Raises Refused(NO_PERSON | NO_ITEM | PROXY_NOT_ALLOWED), and what agency_of raises; without the power to submit nobody
    files for somebody else (AGENCY_NOT_VALID, powers).
    """
    if visit.identity is None:
        raise Refused(Failure.NO_PERSON)
    if not visit.items:
        raise Refused(Failure.NO_ITEM)
    if not all(catalogue.items[item].proxy for item in visit.items):
        raise Refused(Failure.PROXY_NOT_ALLOWED)
    relations = dict(catalogue.code_lists[RELATIONS].entries) if RELATIONS in catalogue.code_lists else {}
    made = agency_of(
        told, items=visit.items, principal=visit.identity.id_no, relations=relations, clerk=clerk, at=at
    )
    if Power.SUBMIT not in made.powers:
        raise Refused(Failure.AGENCY_NOT_VALID, what="powers")
    return replace(visit, agency=made)


def drop_agency(visit: Visit) -> Visit:
    """The applicant is here after all: what the agent had given leaves the form."""
    answers = {key: answer for key, answer in visit.answers.items() if answer.source != SOURCE}
    return replace(visit, agency=None, answers=answers)


def in_the_form(visit: Visit, form: Form | None) -> Visit:
    """Let the form say of the agent what the power of attorney says: asked once, told everywhere."""
    agency = visit.agency
    if agency is None or form is None or visit.receipt_no is not None:
        return visit
    agent = agency.agent
    said = {
        "agent.filing": _BY_AGENT,
        "agent.name": agent.name,
        "agent.id_no": agent.id_no,
        "agent.relation": agent.relation,
        "agent.phone": agent.phone,
    }
    asked = {field.element.key for _, fields in form.sections for field in fields}
    told = {
        key: Answer(value, Origin.TYPED, agency.seen_at, source=SOURCE)
        for key, value in said.items()
        if key in asked and (key not in visit.answers or visit.answers[key].value != value)
    }
    return replace(visit, answers={**visit.answers, **told}, agency=replace(agency, items=visit.items))
