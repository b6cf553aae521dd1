"""A typed answer on its way into the visit: tidied, guarded, and what hung on the old value let go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from catalogue.model import Catalogue
from wire.messages import Origin
from workstation.domain.answers import Answer
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import DocumentKind
from workstation.domain.visit import Visit
from workstation.forms.model import Form
from workstation.forms.queries import params_of
from workstation.forms.values import canonical

_CHECKED = frozenset({Origin.VERIFICATION, Origin.E_LICENCE})
_TRUSTED = _CHECKED | {Origin.CARD}


def fill(
    catalogue: Catalogue, form: Form, visit: Visit, key: str, typed: str, reason: str, at: datetime
) -> Visit:
    """Put what was typed into the visit; "" empties the field.

    Raises Refused(REASON_MISSING, field) when a card or verified value would change without a reason,
    KeyError when no item asks for the element.
    """
    element = form.field(key).element
    value = canonical(element, typed, catalogue.code_lists)
    old = visit.answers.get(key)
    if (old.value if old else "") == value:
        return visit
    if old and is_guarded(old) and not reason.strip():
        raise Refused(Failure.REASON_MISSING, field=key)
    answers = {k: v for k, v in visit.answers.items() if k != key}
    if value:
        answers[key] = Answer(
            value, Origin.TYPED, at, source=old.source if old else "", reason=reason.strip()
        )
    return without_stale_checks(form, replace(visit, answers=answers))


def is_guarded(answer: Answer) -> bool:
    """Say whether a change needs a reason."""
    # Who was typed in the person strip is one datum with the field: it may not drift apart without a word.
    return answer.origin in _TRUSTED or answer.source == DocumentKind.TYPED.value


def without_stale_checks(form: Form, visit: Visit) -> Visit:
    """Let go of answers of registers that were asked about other values than now stand in the form."""
    values = {key: answer.value for key, answer in visit.answers.items()}
    current = {check.rule.id: params_of(check, values) for check in form.checks}
    kept = tuple(c for c in visit.checks if current.get(c.query.rule) == dict(c.query.params))
    gone = {c.query.rule for c in visit.checks} - {c.query.rule for c in kept}
    if not gone:
        return visit
    return replace(visit, checks=kept, answers=_without_sources(visit.answers, gone))


def _without_sources(answers: Mapping[str, Answer], gone: set[str]) -> dict[str, Answer]:
    return {
        key: answer
        for key, answer in answers.items()
        if not (answer.origin in _CHECKED and answer.source in gone)
    }
