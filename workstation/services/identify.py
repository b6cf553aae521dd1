"""Who is at the counter when no card says it: typed from an original, or confirmed by the electronic card's platform."""

from __future__ import annotations

from datetime import date, datetime

from catalogue.model import Kind
from wire.keys import new_id
from wire.messages import ElectronicCardQuery
from workstation.domain.clerk import Clerk
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import CardWarning, Document, DocumentKind, Identity
from workstation.forms.model import Problem
from workstation.forms.values import form_problem, tidy_name, tidy_number
from workstation.services.ports import Hall

TYPED_BY_HAND = "typed"
ELECTRONIC = "electronic"


def typed_person(name: str, number: str, at: datetime) -> Identity:
    """Make a person of what the clerk typed: a citizen number (GB 11643) or a unified social credit code (GB 32100).

    Sex and birth of a citizen follow from the number. Raises Refused(PERSON_NOT_VALID, problem).
    """
    name, number = tidy_name(name), tidy_number(number)
    problem = name_problem(name) or number_problem(number)
    if problem is not None:
        raise Refused(Failure.PERSON_NOT_VALID, problem=problem.value)
    return _person(name, number, at, Document(DocumentKind.TYPED), reader=TYPED_BY_HAND)


def name_problem(name: str) -> Problem | None:
    """Say what is wrong with a typed name, None when nothing is."""
    name = tidy_name(name)
    if not name:
        return Problem.MISSING
    # Enterprises have digits, brackets and the like in their names: only what cannot be printed is refused.
    return Problem.CHARACTERS if not name.isprintable() else None


def number_problem(number: str) -> Problem | None:
    """Say what is wrong with a typed number, None when it is a citizen's or a credit code."""
    number = tidy_number(number)
    if not number:
        return Problem.MISSING
    if is_body(number):
        return None
    return form_problem(Kind.CITIZEN_ID, number)


def electronic_person(token: str, *, hall: Hall, clerk: Clerk, at: datetime) -> Identity:
    """Have the hall ask whose electronic card a token is. The token goes nowhere else.

    Raises Refused(QR_VERIFIER_MISSING | QR_REFUSED | QR_VERIFIER_DOWN | HALL_*).
    """
    reply = hall.electronic_card(ElectronicCardQuery(new_id(), token, clerk.login))
    name, number = tidy_name(reply.name), tidy_number(reply.id_no)
    # What is shown and printed as a name must be one, whoever signed it: no control or bidirectional characters.
    if not name or not name.isprintable() or not number.isascii() or not number.isalnum():
        raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
    odd = form_problem(Kind.CITIZEN_ID, number) is not None
    document = Document(
        DocumentKind.ELECTRONIC_CARD,
        valid_until=reply.valid_until,
        proof=reply.evidence_no,
        warnings=(CardWarning.ID_CHECK,) if odd else (),
    )
    return _person(name, number, at, document, reader=ELECTRONIC)


def _person(name: str, number: str, at: datetime, document: Document, *, reader: str) -> Identity:
    citizen = form_problem(Kind.CITIZEN_ID, number) is None
    return Identity(
        name=name,
        id_no=number,
        sex=("1" if int(number[16]) % 2 else "2") if citizen else None,
        ethnicity=None,
        birth_place=None,
        birth_date=date(int(number[6:10]), int(number[10:12]), int(number[12:14])) if citizen else None,
        card=None,
        reader=reader,
        read_at=at,
        document=document,
    )


def is_body(number: str) -> bool:
    """Say whether a number is a unified social credit code, and so of no natural person."""
    # Both are 18 characters; a code of 18 digits that is a citizen's number as well is read as the latter.
    return form_problem(Kind.CREDIT_CODE, number) is None
