"""What is known already, with where it came from: card, verification, defaults; and who outranks whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from catalogue.model import Catalogue
from wire.messages import Origin
from workstation.domain.answers import Answer, stronger
from workstation.domain.identity import Identity
from workstation.domain.verification import Check
from workstation.forms.model import Form

# Who of a form holds the card at the desk, by the sex the card states (GB/T 2261.1).
_SUBJECT_SEX = {"mother": "2", "father": "1"}
APPLICANT = "applicant"
CARD = "card"  # the source of what a social security card has told


def from_card(
    catalogue: Catalogue, subjects: Sequence[str], identity: Identity, at: datetime
) -> dict[str, Answer]:
    """Fill what the card says of its holder, as the subject that fits the holder's sex, else the first one.

    Without subjects the holder is the applicant. Who was typed by hand stays typed in the form.
    """
    subject = card_subject(subjects, identity)
    origin, source = Origin.TYPED if identity.typed else Origin.CARD, _source(identity)
    filled = {}
    for key, element in catalogue.elements.items():
        if element.card_field and key.partition(".")[0] == subject:
            value: object = getattr(identity, element.card_field)
            if value:
                text = value.isoformat() if isinstance(value, date) else str(value)
                filled[key] = Answer(text, origin, at, source=source)
    return filled


def from_holder(form: Form, identity: Identity, at: datetime) -> dict[str, Answer]:
    """Propose the person at the desk for what is theirs as a rule, as the account is: `holder.` and the attribute."""
    proposed = {}
    for _, fields in form.sections:
        for field in fields:
            place, _, name = (field.element.card_field or "").partition(".")
            if place == "holder" and (value := getattr(identity, name)):
                proposed[field.element.key] = Answer(str(value), Origin.DEFAULT, at, source=_source(identity))
    return proposed


def _source(identity: Identity) -> str:
    return CARD if identity.document is None else identity.document.kind.value


def from_residence(form: Form, identity: Identity, at: datetime) -> dict[str, Answer]:
    """Propose what the holder once had written behind the PIN. Nobody has checked it since, so it is changed freely."""
    if identity.residence is None:
        return {}
    proposed = {}
    for _, fields in form.sections:
        for field in fields:
            place, _, name = (field.element.card_field or "").partition(".")
            if place == "residence" and (value := getattr(identity.residence, name)):
                proposed[field.element.key] = Answer(value, Origin.DEFAULT, at, source="card")
    return proposed


def card_subject(subjects: Sequence[str], identity: Identity) -> str:
    """Say who of the form the card holder is."""
    for subject in subjects:
        if _SUBJECT_SEX.get(subject) == identity.sex:
            return subject
    return subjects[0] if subjects else APPLICANT


def from_check(form: Form, check: Check) -> dict[str, Answer]:
    """Fill what a satisfied check says; an answer that does not satisfy its rule fills nothing."""
    rule = next((c.rule for c in form.checks if c.rule.id == check.query.rule), None)
    if rule is None or check.outcome.value not in rule.satisfied_by:
        return {}
    facts, at = check.reply.facts, check.reply.replied_at
    origin = Origin.E_LICENCE if rule.licence else Origin.VERIFICATION
    return {
        key: Answer(facts[fact], origin, at, source=rule.id)
        for key, fact in rule.fills.items()
        if facts.get(fact)
    }


def defaults(form: Form, at: datetime) -> dict[str, Answer]:
    """Fill what the items propose."""
    return {
        field.element.key: Answer(field.default, Origin.DEFAULT, at)
        for _, fields in form.sections
        for field in fields
        if field.default is not None
    }


def put(answers: Mapping[str, Answer], new: Mapping[str, Answer]) -> dict[str, Answer]:
    """Join answers: a weaker origin never overwrites a stronger one, of the same origin the newer wins."""
    joined = dict(answers)
    for key, answer in new.items():
        if key not in joined or not stronger(joined[key].origin, answer.origin):
            joined[key] = answer
    return joined
