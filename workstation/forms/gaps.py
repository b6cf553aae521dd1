"""What is still to do, in the order of the screen, and how far the form is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from catalogue.model import Bundle, Catalogue, Condition
from wire.messages import MaterialHow, Origin, Outcome
from workstation.domain.answers import Answer
from workstation.domain.verification import is_disputed
from workstation.domain.visit import Visit
from workstation.forms.acceptance import IN_ITS_OWN_RIGHT, Asked, Standing, bar_of
from workstation.forms.holder import replaced_by_card
from workstation.forms.model import Form, FormCheck, FormMaterial, Gap, GapPlace, Problem, Progress, Values
from workstation.forms.queries import agreed, params_of, wanted_checks
from workstation.forms.values import field_problem
from workstation.forms.visible import holds, is_required, rule_of, visible_fields, wanted_materials

# Who has not answered well yet, and why: each leads to another step.
_SAID_NOTHING = {
    Outcome.UNAVAILABLE: Problem.CHECK_UNAVAILABLE,
    Outcome.PENDING: Problem.CHECK_PENDING,
    Outcome.EXPIRED: Problem.CHECK_EXPIRED,
}
FIELD = "field:"  # in replaced_by: the picture taken into the form is the paper


def gaps(
    catalogue: Catalogue, form: Form, bundle: Bundle | None, visit: Visit, today: date
) -> tuple[Gap, ...]:
    """Return the gaps: form, checks, papers, conditions. None left means that the case may be accepted."""
    values = {key: answer.value for key, answer in visit.answers.items()}
    in_form = tuple(_form_gaps(catalogue, form, values, today))
    # Of what is no date or no number at all, nothing else needs to be said.
    sound = {key: value for key, value in values.items() if key not in {gap.key for gap in in_form}}
    return (
        *in_form,
        *_check_gaps(form, visit, values, today),
        *_paper_gaps(form, visit, values, today),
        *_condition_gaps(form, bundle, sound, today),
    )


def paper_state(form: Form, material: FormMaterial, visit: Visit) -> MaterialHow:
    """Say how a paper stands. A replacement is derived from card and checks, never ticked by hand."""
    paper = visit.papers.get(material.material.id)
    if replaced_by_card(material.material, visit):
        return MaterialHow.REPLACED_BY_CARD
    for by in material.material.replaced_by:
        if by.startswith(FIELD) and picture_of(material, visit):
            return MaterialHow.SCANNED
        if _satisfied(by, form, visit):
            return MaterialHow.REPLACED_BY_VERIFICATION
    if paper is None or (paper.how is MaterialHow.PENDING and not _is_owed(form, material, visit)):
        return MaterialHow.MISSING
    return paper.how


def standing(form: Form, material: FormMaterial, visit: Visit) -> Standing:
    """Return a paper as the gate on acceptance looks at it."""
    paper = visit.papers.get(material.material.id)
    how = paper_state(form, material, visit)
    picture = bool(picture_of(material, visit))
    if paper is None:
        return Standing(material.material, how, int(picture))
    witnessed = bool(paper.seen_by) and paper.seen_at is not None
    return Standing(material.material, how, len(paper.scans) + picture, witnessed, paper.sheet, paper.until)


def asked_rules(form: Form, visit: Visit, today: date) -> dict[str, Asked]:
    """Return the wanted checks with the answers that count: about just the values that stand in the form now."""
    values = {key: answer.value for key, answer in visit.answers.items()}
    return {c.rule.id: asked_of(c, visit, values) for c in wanted_checks(form, visit, today)}


def asked_of(check: FormCheck, visit: Visit, values: Values) -> Asked:
    """Return a check with the answer that counts for it now."""
    params = params_of(check, values)
    found = next(
        (c for c in visit.checks if c.query.rule == check.rule.id and dict(c.query.params) == params), None
    )
    if found is None:
        return Asked(check.rule)
    disputed = is_disputed(found.query.id, visit.disputes)
    return Asked(check.rule, found.outcome, found.reply.evidence_no, disputed, found.by_hall)


def picture_of(material: FormMaterial, visit: Visit) -> str:
    """Return the SHA-256 of the picture in the form that is this paper, "" when there is none."""
    named = (by.removeprefix(FIELD) for by in material.material.replaced_by if by.startswith(FIELD))
    return next((visit.answers[key].value for key in named if key in visit.answers), "")


def progress(form: Form, answers: Mapping[str, Answer], today: date) -> Progress:
    """Count the visible fields and how they were filled."""
    values = {key: answer.value for key, answer in answers.items()}
    keys = [field.element.key for field in visible_fields(form, values, today)]
    origins = [answers[key].origin for key in keys if key in answers]
    typed = sum(origin is Origin.TYPED for origin in origins)
    return Progress(total=len(keys), filled=len(origins), typed=typed, prefilled=len(origins) - typed)


def _form_gaps(catalogue: Catalogue, form: Form, values: Values, today: date) -> Iterator[Gap]:
    for field in visible_fields(form, values, today):
        key = field.element.key
        value = values.get(key, "")
        if field.choices == ():
            problem: Problem | None = Problem.CONFLICT
        elif value:
            problem = field_problem(field, value, catalogue.code_lists, today)
        else:
            problem = Problem.MISSING if is_required(form, field, values, today) else None
        if problem:
            yield Gap(GapPlace.FORM, key, problem)


def _check_gaps(form: Form, visit: Visit, values: Values, today: date) -> Iterator[Gap]:
    papers = {entry.material.id: entry for entry in wanted_materials(form, values, today)}
    rules = asked_rules(form, visit, today)
    for asked in rules.values():
        paper = standing(form, papers[asked.rule.fallback], visit)
        # The paper path is open at any time: whoever has seen the paper needs no register.
        if asked.met or (paper.how in IN_ITS_OWN_RIGHT and bar_of(paper, rules, today) is None):
            continue
        yield Gap(GapPlace.CHECKS, asked.rule.id, _check_problem(asked, visit))


def _check_problem(asked: Asked, visit: Visit) -> Problem:
    if asked.outcome is None:
        return Problem.CHECK_NOT_ASKED if agreed(asked.rule, visit) else Problem.CONSENT_MISSING
    if asked.disputed:
        return Problem.CHECK_DISPUTED
    return _SAID_NOTHING.get(asked.outcome, Problem.CHECK_NEGATIVE)


def _paper_gaps(form: Form, visit: Visit, values: Values, today: date) -> Iterator[Gap]:
    rules = asked_rules(form, visit, today)
    for entry in wanted_materials(form, values, today):
        paper = standing(form, entry, visit)
        if paper.how is MaterialHow.MISSING and not entry.material.required:
            continue
        if bar_of(paper, rules, today) is not None:
            missing = paper.how is MaterialHow.MISSING
            yield Gap(
                GapPlace.MATERIALS,
                entry.material.id,
                Problem.PAPER_MISSING if missing else Problem.PAPER_DOES_NOT_STAND,
            )


def _condition_gaps(form: Form, bundle: Bundle | None, values: Values, today: date) -> Iterator[Gap]:
    for owner, index, condition in _conditions(form, bundle):
        rule = rule_of(condition.expression)
        if all(map(values.get, rule.keys)) and not holds(
            form, condition.expression, values, today, in_doubt=False
        ):
            yield Gap(GapPlace.CONDITIONS, f"{owner}:{index}", Problem.CONDITION)


def _conditions(form: Form, bundle: Bundle | None) -> Iterator[tuple[str, int, Condition]]:
    for offered in (*((bundle,) if bundle else ()), *form.items):
        for index, condition in enumerate(offered.conditions):
            yield offered.id, index, condition


def _satisfied(rule_id: str, form: Form, visit: Visit) -> bool:
    check = next((c for c in form.checks if c.rule.id == rule_id), None)
    if check is None:
        return False
    values = {key: answer.value for key, answer in visit.answers.items()}
    return any(c.query.rule == rule_id for c in visit.checks) and asked_of(check, visit, values).met


def _is_owed(form: Form, material: FormMaterial, visit: Visit) -> bool:
    values = {key: answer.value for key, answer in visit.answers.items()}
    those = (check for check in form.checks if check.rule.id in material.material.replaced_by)
    return any(asked_of(check, visit, values).owed for check in those)
