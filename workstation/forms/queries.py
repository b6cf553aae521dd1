"""Which checks can be asked now, and about what."""

from __future__ import annotations

from datetime import date

from catalogue.model import Basis, VerificationRule
from wire.messages import Outcome
from workstation.domain.visit import Visit
from workstation.forms.holder import replaced_by_card
from workstation.forms.model import Form, FormCheck, Values
from workstation.forms.values import form_problem
from workstation.forms.visible import wanted_materials


def params_of(check: FormCheck, values: Values) -> dict[str, str]:
    """Return the parameters of the look-up as the form says them now; "" for what is not there."""
    return {name: values.get(key, "") for name, key in check.rule.query.items()}


def checks_of_papers(form: Form, values: Values, today: date) -> tuple[FormCheck, ...]:
    """Return the checks that stand for a paper that is wanted: whatever else stands for it, the gate looks at them."""
    papers = {entry.material.id for entry in wanted_materials(form, values, today)}
    return tuple(check for check in form.checks if check.rule.fallback in papers)


def wanted_checks(form: Form, visit: Visit, today: date) -> tuple[FormCheck, ...]:
    """Return the checks that have a reason now: each stands for a paper that is wanted and that no card stands for."""
    values = {key: answer.value for key, answer in visit.answers.items()}
    by_card = {entry.material.id for entry in form.materials if replaced_by_card(entry.material, visit)}
    return tuple(c for c in checks_of_papers(form, values, today) if c.rule.fallback not in by_card)


def ready_checks(form: Form, visit: Visit, today: date) -> tuple[FormCheck, ...]:
    """Return the checks that may be asked now and have no answer to just these values.

    A look-up needs all of it: an open case with an item, a person, the notice given to that person (PIPL art. 17),
    consent where consent is the basis, a paper that is wanted, and values that stand and are sound.
    """
    if not visit.case or not visit.items or visit.identity is None or visit.notice is None:
        return ()
    values = {key: answer.value for key, answer in visit.answers.items()}
    return tuple(
        check
        for check in wanted_checks(form, visit, today)
        if _ready(check, form, values) and agreed(check.rule, visit) and not _answered(check, values, visit)
    )


def agreed(rule: VerificationRule, visit: Visit) -> bool:
    """Say whether the basis of a look-up stands: a statutory duty does, consent only when it was given for just this."""
    if rule.basis is Basis.STATUTORY:
        return True
    return visit.notice is not None and rule.id in visit.notice.consents


def _ready(check: FormCheck, form: Form, values: Values) -> bool:
    for key in check.rule.query.values():
        value = values.get(key, "")
        # A number that cannot be one is never sent: the answer would say nothing, and look like a finding.
        if not value or form_problem(form.field(key).element.kind, value):
            return False
    return True


def _answered(check: FormCheck, values: Values, visit: Visit) -> bool:
    params = params_of(check, values)
    return any(
        c.query.rule == check.rule.id and dict(c.query.params) == params
        for c in visit.checks
        if c.outcome is not Outcome.EXPIRED  # what holds no more is no answer: it is asked by itself
    )
