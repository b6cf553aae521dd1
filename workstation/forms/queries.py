"""Which checks can be asked now, and about what."""

from __future__ import annotations

from datetime import date

from workstation.domain.visit import Visit
from workstation.forms.holder import replaced_by_card
from workstation.forms.model import Form, FormCheck, Values
from workstation.forms.values import form_problem
from workstation.forms.visible import wanted_materials


def params_of(check: FormCheck, values: Values) -> dict[str, str]:
    """Return the parameters of the look-up as the form says them now; "" for what is not there."""
    return {name: values.get(key, "") for name, key in check.rule.query.items()}


def wanted_checks(form: Form, visit: Visit, today: date) -> tuple[FormCheck, ...]:
    """Return the checks that have a reason now: each stands for a paper that is wanted and that no card stands for."""
    values = {key: answer.value for key, answer in visit.answers.items()}
    papers = {
        entry.material.id
        for entry in wanted_materials(form, values, today)
        if not replaced_by_card(entry.material, visit)
    }
    return tuple(check for check in form.checks if check.rule.fallback in papers)


def ready_checks(form: Form, visit: Visit, today: date) -> tuple[FormCheck, ...]:
    """Return the checks with a reason, all of whose values stand and are sound, and that have no answer to just these."""
    values = {key: answer.value for key, answer in visit.answers.items()}
    return tuple(
        check
        for check in wanted_checks(form, visit, today)
        if _ready(check, form, values) and not _answered(check, values, visit)
    )


def _ready(check: FormCheck, form: Form, values: Values) -> bool:
    for key in check.rule.query.values():
        value = values.get(key, "")
        # A number that cannot be one is never sent: the answer would say nothing, and look like a finding.
        if not value or form_problem(form.field(key).element.kind, value):
            return False
    return True


def _answered(check: FormCheck, values: Values, visit: Visit) -> bool:
    params = params_of(check, values)
    return any(c.query.rule == check.rule.id and dict(c.query.params) == params for c in visit.checks)
