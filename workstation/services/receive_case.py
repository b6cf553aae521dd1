"""收件: answers to case, envelope and audit entry, in one transaction. A receipt is no acceptance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from catalogue.model import Bundle, Catalogue, Scenario
from wire.codec import encode
from wire.keys import new_id
from wire.messages import (
    AnswerOnWire,
    CaseReceived,
    EventKind,
    MaterialHow,
    MaterialOnWire,
    Party,
    Role,
    SubCaseOrder,
)
from workstation.domain.case import Case, CaseFlag, CaseStatus, PaperSaved, SubCase
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.numbers import receipt_number
from workstation.domain.verification import OWED, CheckDone, OpenCheck
from workstation.domain.visit import Visit
from workstation.forms.gaps import gaps, paper_state, picture_of
from workstation.forms.model import Form, FormMaterial, GapPlace
from workstation.forms.queries import params_of
from workstation.forms.visible import rule_of, situations_in, visible_fields, wanted_materials
from workstation.services.ports import Unit
from workstation.services.print_document import enter
from workstation.services.routing import NATURAL_PERSON, received_elsewhere, subject_of, taken_for_owner
from workstation.services.tell_fate import tell_fate
from workstation.services.verify_status import aged, party_of

# What stands open until a day.
_OPEN = frozenset({MaterialHow.PENDING, MaterialHow.TOLERATED})


@dataclass(frozen=True, slots=True)
class Counter:
    """Where the case is taken: station number, window, and whether the hall answers right now."""

    station: str
    window: str
    online: bool
    level: str = ""  # of the station: street, community


def receive_case(
    visit: Visit,
    form: Form,
    *,
    catalogue: Catalogue,
    clerk: Clerk,
    counter: Counter,
    at: datetime,
    unit: Unit,
    notice_by: date | None = None,
) -> tuple[Visit, Case]:
    """Take the citizen's papers in hand; the caller commits the unit. `notice_by` is the last day before silence accepts.

    Raises Refused(NO_PERSON | NO_ITEM | STEP_NOT_ALLOWED | GAPS_LEFT | NOTHING_RECEIVED | OFFLINE_NOT_ALLOWED |
    WINDOW_ELSEWHERE | NUMBERS_MISSING) before
    anything is written.
    """
    _check_receivable(visit, form, catalogue, at)
    subject = subject_of(visit.identity.id_no) if visit.identity is not None else NATURAL_PERSON
    if any(
        received_elsewhere(item, counter.level, subject) and not taken_for_owner(item) for item in form.items
    ):
        raise Refused(Failure.WINDOW_ELSEWHERE)
    if not counter.online and not all(item.offline for item in form.items):
        raise Refused(Failure.OFFLINE_NOT_ALLOWED)
    day = today_at(at)
    lane = unit.station.lane()
    seq = unit.station.next_number(f"receipt:{day:%Y%m%d}:{counter.window}{lane and ':' + lane}")
    number = receipt_number(counter.station, day, counter.window, seq, lane)
    case = replace(_case_of(visit, form, catalogue, number, counter, clerk, at), notice_by=notice_by)
    unit.cases.add(case)
    unit.outbox.add(
        id=new_id(),
        subject=case.id,
        kind=EventKind.CASE_RECEIVED,
        at=at,
        actor=clerk.login,
        body=encode(_body(case, visit, situations_in(form, values_of(visit), today_at(at)))),
    )
    unit.audit.note(at=at, actor=clerk.login, deed=Deed.RECEIVED, case=case.id, note=number)
    for sheet in visit.prints:
        enter(sheet, unit.cases.get(case.id), unit)
    for settled in unit.sheets.of_case(case.id) if visit.prints else ():
        tell_fate(settled, unit)
    unit.station.wait_for(case.id, waits=True)
    received = replace(visit, receipt_no=number, prints=())
    unit.drafts.save(received)
    return received, unit.cases.get(case.id) if visit.prints else case


def _check_receivable(visit: Visit, form: Form, catalogue: Catalogue, at: datetime) -> None:
    if visit.identity is None:
        raise Refused(Failure.NO_PERSON)
    if not visit.items:
        raise Refused(Failure.NO_ITEM)
    if visit.receipt_no is not None:
        raise Refused(Failure.STEP_NOT_ALLOWED, status=CaseStatus.RECEIVED.value)
    open_gaps = gaps(catalogue, form, bundle_of(catalogue, visit), visit, today_at(at))
    blocking = [g for g in open_gaps if g.place in {GapPlace.FORM, GapPlace.CONDITIONS}]
    if blocking:
        raise Refused(Failure.GAPS_LEFT, count=str(len(blocking)))
    if all(m.how is MaterialHow.MISSING for m in materials_of(form, aged(visit, at), at)):
        raise Refused(Failure.NOTHING_RECEIVED)


def bundle_of(catalogue: Catalogue, visit: Visit) -> Bundle | None:
    """The chosen life event, when one was chosen."""
    return catalogue.bundles.get(visit.bundle) if visit.bundle else None


def members_in(bundle: Bundle, visit: Visit, today: date) -> tuple[str, ...]:
    """The members that belong to the visit now: what was left out by hand and what the answers rule out is not in."""
    values = values_of(visit)
    return tuple(
        member.item
        for member in bundle.members
        if not (member.optional and member.item in visit.left_out)
        and (member.when is None or rule_of(member.when).holds(values, today, in_doubt=True))
    )


def materials_of(form: Form, visit: Visit, at: datetime) -> tuple[MaterialOnWire, ...]:
    """The papers of the case as they stand; optional ones that were not brought are left out."""
    rows = []
    for entry in wanted_materials(form, values_of(visit), today_at(at)):
        how = paper_state(form, entry, visit)
        if how is MaterialHow.MISSING and not entry.material.required:
            continue
        paper = visit.papers.get(entry.material.id)
        scans = tuple(scan.sha256 for scan in paper.scans) if paper else ()
        picture = picture_of(entry, visit)
        blobs = tuple(dict.fromkeys((picture, *scans))) if picture else scans
        proof = evidence_of(form, entry, visit)
        if paper and how is MaterialHow.COMMITTED:
            proof = paper.sheet
        until = paper.until if paper and how in _OPEN else None
        rows.append(MaterialOnWire(entry.material.id, how, proof or None, blobs, until))
    return tuple(rows)


def brought_up(case: Case, visit: Visit, form: Form, at: datetime) -> Case:
    """Return the case with its papers and checks as the visit has them now."""
    counted = aged(visit, at)
    return replace(
        case,
        materials=materials_of(form, counted, at),
        papers_saved=papers_saved(form, counted, at),
        checks=checks_of(visit, form),
        pending=pending_of(form, counted, today_at(at), case.pending),
        disputes=visit.disputes,
        notice=visit.notice,
    )


def checks_of(visit: Visit, form: Form) -> tuple[CheckDone, ...]:
    """What the case keeps of the checks: about the values that stand in the form, as they were answered."""
    values = values_of(visit)
    asked = {check.rule.id: params_of(check, values) for check in form.checks}
    return tuple(CheckDone.of(c) for c in visit.checks if asked.get(c.query.rule) == dict(c.query.params))


def pending_of(
    form: Form, visit: Visit, today: date, before: tuple[OpenCheck, ...] = ()
) -> tuple[OpenCheck, ...]:
    """The answers that departments owe: of papers that stand as PENDING, with how often each was asked again."""
    known = {open_check.query.rule: open_check for open_check in before}
    open_papers = {
        entry.material.id: (entry, visit.papers[entry.material.id].until)
        for entry in form.materials
        if paper_state(form, entry, visit) is MaterialHow.PENDING
    }
    return tuple(
        replace(known.get(check.query.rule, OpenCheck(check.query, material, until)), query=check.query)
        for material, (entry, until) in open_papers.items()
        for check in visit.checks
        if until is not None
        and until >= today
        and check.query.rule in entry.material.replaced_by
        and check.outcome in OWED
    )


def evidence_of(form: Form, entry: FormMaterial, visit: Visit) -> str:
    """The reply number of the check that replaces a paper, "" when none does."""
    saved = _saved_by(form, entry, visit)
    return saved.evidence_no if saved else ""


def papers_saved(form: Form, visit: Visit, at: datetime) -> tuple[PaperSaved, ...]:
    """The ledger of papers the citizen did not have to bring."""
    wanted = wanted_materials(form, values_of(visit), today_at(at))
    return tuple(saved for entry in wanted if (saved := _saved_by(form, entry, visit)))


def _saved_by(form: Form, entry: FormMaterial, visit: Visit) -> PaperSaved | None:
    how = paper_state(form, entry, visit)
    if how is MaterialHow.REPLACED_BY_CARD:
        return PaperSaved(entry.material.id, "card", "", "")
    if how is not MaterialHow.REPLACED_BY_VERIFICATION:
        return None
    rules = {check.rule.id: check.rule for check in form.checks}
    for check in visit.checks:
        rule = rules.get(check.query.rule)
        if rule and rule.id in entry.material.replaced_by and check.outcome.value in rule.satisfied_by:
            return PaperSaved(entry.material.id, rule.id, check.reply.source, check.reply.evidence_no)
    return None


def values_of(visit: Visit) -> dict[str, str]:
    """The bare values of the answers, for rules."""
    return {key: answer.value for key, answer in visit.answers.items()}


def _case_of(
    visit: Visit, form: Form, catalogue: Catalogue, number: str, counter: Counter, clerk: Clerk, at: datetime
) -> Case:
    visit = aged(visit, at)
    if visit.identity is None:  # _check_receivable has refused this already
        raise AssertionError(number)
    asked = {field.element.key for field in visible_fields(form, values_of(visit), today_at(at))}
    return Case(
        id=visit.case,
        receipt_no=number,
        station=counter.station,
        window=counter.window,
        clerk=clerk.login,
        bundle=visit.bundle,
        catalogue=catalogue.version,
        applicant=party_of(visit.identity),
        sub_cases=sub_cases(visit, catalogue),
        answers={k: AnswerOnWire(a.value, a.origin) for k, a in visit.answers.items() if k in asked},
        materials=materials_of(form, visit, at),
        papers_saved=papers_saved(form, visit, at),
        status=CaseStatus.RECEIVED,
        received_at=at,
        offline=not counter.online,
        checks=checks_of(visit, form),
        pending=pending_of(form, visit, today_at(at)),
        disputes=visit.disputes,
        notice=visit.notice,
        agency=visit.agency,
        marked=_marked(form, counter, clerk),
    )


def _marked(form: Form, counter: Counter, clerk: Clerk) -> tuple[CaseFlag, ...]:
    """What only the receipt knows of the way of a case."""
    there = {
        CaseFlag.PROXY: Role.AGENT in clerk.roles and Role.CLERK not in clerk.roles,
        CaseFlag.CROSS_REGION: any(received_elsewhere(item, counter.level) for item in form.items),
        CaseFlag.OFFLINE: not counter.online,
    }
    return tuple(flag for flag in CaseFlag if there.get(flag))


def sub_cases(visit: Visit, catalogue: Catalogue) -> tuple[SubCase, ...]:
    """The items of the visit in the order of the bundle, each with what it waits for."""
    bundle = bundle_of(catalogue, visit)
    after = {member.item: member.after for member in bundle.members} if bundle else {}
    return tuple(
        SubCase(
            item=item,
            item_version=catalogue.items[item].version,
            department=catalogue.items[item].department,
            after=tuple(a for a in after.get(item, ()) if a in visit.items),
        )
        for item in visit.items
    )


def situation_on_wire(situation: Scenario | None) -> str:
    """Name a situation for the hall: its code (事项情形编码), the author's id where the department has none."""
    return (situation.code or situation.id) if situation else ""


def _agent(case: Case) -> Party | None:
    if case.agency is None:
        return None
    agent = case.agency.agent
    return Party(agent.name, agent.id_type, agent.id_no)


def _body(case: Case, visit: Visit, situations: Mapping[str, Scenario]) -> CaseReceived:
    return CaseReceived(
        receipt_no=case.receipt_no,
        station=case.station,
        window=case.window,
        clerk=case.clerk,
        received_at=case.received_at,
        catalogue=case.catalogue,
        bundle=case.bundle,
        sub_cases=tuple(
            SubCaseOrder(
                s.item, s.item_version, s.department, s.after, situation_on_wire(situations.get(s.item))
            )
            for s in case.sub_cases
        ),
        applicant=case.applicant,
        answers=case.answers,
        materials=case.materials,
        verifications=tuple(c.reply.evidence_no for c in visit.checks if c.reply.evidence_no),
        offline=case.offline,
        notice=case.notice,
        agent=_agent(case),
        agency=case.agency,
    )
