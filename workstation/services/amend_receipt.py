"""更正: what was written wrong at the receipt is mended under the same number in a new version, and old sheets hold no more.

By risk (domain.md 3.6): who the case is about, and where money goes, needs a second person; a telephone number does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from catalogue.model import MENDED_BY_TWO, Catalogue, Element, Kind, Text
from wire.codec import encode
from wire.corrections import Amendment, ReceiptAmended
from wire.keys import new_id
from wire.lifecycle import BEFORE_ACCEPTANCE, Step
from wire.messages import AnswerOnWire, Approval, EventKind, Origin
from workstation.domain.answers import Answer
from workstation.domain.case import Amended, Case
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.domain.visit import Visit
from workstation.forms.model import Form
from workstation.forms.values import canonical, problem_of, tidy_name, tidy_number
from workstation.services.fill_form import without_stale_checks
from workstation.services.identify import name_problem, number_problem
from workstation.services.ports import Unit
from workstation.services.receive_case import brought_up

NAME, ID_NO = "applicant.name", "applicant.id_no"
ANSWER = "answer."
LEAST_WORDS = 4
_APPLICANT: Mapping[str, Text] = {
    NAME: Text("申请人姓名", "Applicant's name"),
    ID_NO: Text("申请人证件号码", "Applicant's number"),
}
# What the citizen signed or a department gave stays what it was.
_KEPT_SHEETS = frozenset({SlipKind.PROMISE, SlipKind.DISPUTE, SlipKind.VERIFICATION})


@dataclass(frozen=True, slots=True)
class Mendable:
    """One thing that may be mended: its name on the wire, what it is called, what stands there, and who must look."""

    name: str
    label: Text
    value: str
    risky: bool


def mendable(case: Case, catalogue: Catalogue) -> tuple[Mendable, ...]:
    """Return what the receipt says of the applicant and the answers of the form, in its order."""
    applicant = case.applicant
    return (
        Mendable(NAME, _APPLICANT[NAME], applicant.name, risky=True),
        Mendable(ID_NO, _APPLICANT[ID_NO], applicant.id_no, risky=True),
        *(
            Mendable(f"{ANSWER}{key}", element.label, case.answers[key].value, element.kind in MENDED_BY_TWO)
            for key, element in catalogue.elements.items()
            if key in case.answers and element.kind is not Kind.PHOTO
        ),
    )


def label_of(name: str, catalogue: Catalogue) -> Text:
    """Return what something that may be mended is called."""
    element = _element(name, catalogue)
    return element.label if element is not None else _APPLICANT.get(name, Text(name, name))


def hold_changes(
    case: Case, changes: tuple[Amendment, ...], text: str, catalogue: Catalogue, today: date
) -> tuple[Amendment, ...]:
    """Return the changes tidied, each with what stands there now.

    Raises Refused(STEP_NOT_ALLOWED), Refused(NOTHING_AMENDED, field, problem) for a change that is none, that nobody may
    make or whose value is none, and for one without words.
    """
    case.after(Step.AMEND)
    there = {each.name: each for each in mendable(case, catalogue)}
    made = tuple(
        Amendment(each.name, there[each.name].value, _canonical(each, catalogue))
        for each in changes
        if each.name in there
    )
    for each in made:
        problem = _problem(each, catalogue, today)
        if problem or each.after == each.before:
            raise Refused(Failure.NOTHING_AMENDED, field=each.name, problem=problem)
    whole = len(made) == len(changes) == len({each.name for each in changes}) > 0
    if not whole or len(text.strip()) < LEAST_WORDS:
        raise Refused(Failure.NOTHING_AMENDED, field="", problem="")
    return made


def is_risky(changes: tuple[Amendment, ...], case: Case, catalogue: Catalogue) -> bool:
    """Say whether a second person has to look."""
    risky = {each.name for each in mendable(case, catalogue) if each.risky}
    return any(each.name in risky for each in changes)


def is_amended(case: Case, changes: tuple[Amendment, ...]) -> bool:
    """Say whether just this was mended last: the key was pressed twice."""
    if not case.amended:
        return False
    last = {(each.name, each.after) for each in case.amended[-1].changes}
    return last == {(each.name, each.after.strip()) for each in changes}


def amend(
    case: Case,
    changes: tuple[Amendment, ...],
    text: str,
    *,
    draft: Visit | None,
    form: Form | None,
    approval: Approval | None,
    clerk: Clerk,
    at: datetime,
    unit: Unit,
) -> Case:
    """Mend the receipt; `changes` come from `hold_changes`. The caller prints and commits.

    The serials of the sheets that hold no more travel with the event; the hall tells so whoever checks their code.
    """
    version = case.version + 1
    voided = _void_sheets(case, unit)
    kept = {kind: count for kind, count in case.prints.items() if SlipKind(kind) in _KEPT_SHEETS}
    mended = replace(
        _with(case, changes),
        version=version,
        prints=kept,
        amended=(*case.amended, Amended(version, at, clerk.login, text.strip(), changes, approval)),
    )
    if draft is not None and form is not None and case.status in BEFORE_ACCEPTANCE:
        draft = without_stale_checks(form, draft_with(draft, changes, at))
        unit.drafts.save(draft)
        mended = brought_up(mended, draft, form, at)
    unit.cases.save(mended)
    body = ReceiptAmended(case.receipt_no, clerk.login, at, version, text.strip(), changes, voided, approval)
    unit.outbox.add(
        id=new_id(),
        subject=case.id,
        kind=EventKind.RECEIPT_AMENDED,
        at=at,
        actor=clerk.login,
        body=encode(body),
    )
    note = f"{version} " + " ".join(each.name for each in changes)
    unit.audit.note(at=at, actor=clerk.login, deed=Deed.AMENDED, case=case.id, note=note)
    return unit.cases.get(case.id)


def _void_sheets(case: Case, unit: Unit) -> tuple[str, ...]:
    """Mark the sheets that say what was wrong as such that count no more; return their serials."""
    held = [
        each for each in unit.prints.of_case(case.id) if each.kind not in _KEPT_SHEETS and not each.voided
    ]
    for each in held:
        unit.prints.change(replace(each, voided="corrected"))
    return tuple(each.serial for each in held)


def draft_with(draft: Visit, changes: tuple[Amendment, ...], at: datetime) -> Visit:
    """Return the draft after the changes: what follows from it afterwards says the same as the case."""
    answers, identity = dict(draft.answers), draft.identity
    for each in changes:
        if each.name == NAME and identity is not None:
            identity = replace(identity, name=each.after)
        elif each.name == ID_NO and identity is not None:
            identity = replace(identity, id_no=each.after)
        elif each.name.startswith(ANSWER):
            answers[each.name.removeprefix(ANSWER)] = Answer(each.after, Origin.TYPED, at)
    return replace(draft, answers=answers, identity=identity)


def before_last(case: Case) -> Case:
    """Return the case as it was before what was mended last; the next 更正 counts from there."""
    if not case.amended:
        return case
    back = tuple(Amendment(each.name, each.after, each.before) for each in case.amended[-1].changes)
    return replace(_with(case, back), version=case.version - 1, amended=case.amended[:-1])


def _with(case: Case, changes: tuple[Amendment, ...]) -> Case:
    applicant, answers = case.applicant, dict(case.answers)
    for each in changes:
        if each.name == NAME:
            applicant = replace(applicant, name=each.after)
        elif each.name == ID_NO:
            applicant = replace(applicant, id_no=each.after)
        else:
            answers[each.name.removeprefix(ANSWER)] = AnswerOnWire(each.after, Origin.TYPED)
    return replace(case, applicant=applicant, answers=answers)


def _element(name: str, catalogue: Catalogue) -> Element | None:
    return catalogue.elements.get(name.removeprefix(ANSWER)) if name.startswith(ANSWER) else None


def _canonical(change: Amendment, catalogue: Catalogue) -> str:
    element = _element(change.name, catalogue)
    if element is not None:
        return canonical(element, change.after, catalogue.code_lists)
    return tidy_name(change.after) if change.name == NAME else tidy_number(change.after)


def _problem(change: Amendment, catalogue: Catalogue, today: date) -> str:
    element = _element(change.name, catalogue)
    if not change.after:
        return "missing"
    if element is not None:
        found = problem_of(element, change.after, catalogue.code_lists, today)
    else:
        found = name_problem(change.after) if change.name == NAME else number_problem(change.after)
    return found.value if found else ""
