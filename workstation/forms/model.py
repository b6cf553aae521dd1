"""The values of the one form: what is asked, by whom it is used, what is known and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from catalogue.model import Element, Material, Section, ServiceItem, VerificationRule


@dataclass(frozen=True, slots=True)
class FormField:
    """One datum of the merged form. `used_by` are item ids in the order chosen; `when` are the CEL conditions
    under which one of the items wants it (empty: always)."""

    element: Element
    required_by: tuple[str, ...]
    used_by: tuple[str, ...]
    when: tuple[str, ...]
    default: str | None
    choices: tuple[str, ...] | None = (
        None  # what all of them take; None: the whole code list; (): nothing is left
    )
    max_length: int = 50
    required_when: tuple[str, ...] = ()  # the conditions of those that require it; empty: whenever it shows


@dataclass(frozen=True, slots=True)
class FormMaterial:
    """One paper of the merged checklist."""

    material: Material
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormCheck:
    """One verification of the merged list, asked once for all the items that want it."""

    rule: VerificationRule
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The union of the items: sections in the order of the talk, each datum, paper and check once."""

    items: tuple[ServiceItem, ...]
    sections: tuple[tuple[Section, tuple[FormField, ...]], ...]
    materials: tuple[FormMaterial, ...]
    checks: tuple[FormCheck, ...]
    # What rules have said of which values: a keystroke asks only those again whose values changed. It holds personal
    # values and dies with the form, at the end of the visit.
    said: dict[tuple[object, ...], bool] = field(default_factory=dict, compare=False, repr=False)

    def field(self, key: str) -> FormField:
        """Return the field of an element. Raise KeyError when no item asks it."""
        for _, fields in self.sections:
            for one in fields:
                if one.element.key == key:
                    return one
        raise KeyError(key)


class Problem(StrEnum):
    """Why a value or a paper is not good yet. A sentence for each stands in ui/text."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    CHARACTERS = "characters"  # not allowed in this kind
    ID_LENGTH = "id_length"
    ID_CHECK = "id_check"
    ID_DATE = "id_date"
    CREDIT_CODE = "credit_code"
    DATE_FORM = "date_form"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_FUTURE = "date_future"
    CODE_UNKNOWN = "code_unknown"
    CONFLICT = "conflict"  # the items leave nothing to choose: they cannot be done together
    PHONE_FORM = "phone_form"
    CERTIFICATE_FORM = "certificate_form"
    DIVISION_FORM = "division_form"
    ACCOUNT_FORM = "account_form"
    NUMBER_FORM = "number_form"
    AMOUNT_FORM = "amount_form"
    PHOTO_FORM = "photo_form"
    # papers and checks
    PAPER_MISSING = "paper_missing"
    CHECK_NOT_ASKED = "check_not_asked"
    CHECK_NEGATIVE = "check_negative"
    CHECK_UNAVAILABLE = "check_unavailable"
    CHECK_PENDING = "check_pending"  # the department has promised an answer
    CHECK_EXPIRED = "check_expired"  # it answered, but too long ago
    CONDITION = "condition"  # a condition of acceptance is not met
    CHECK_DISPUTED = "check_disputed"
    CONSENT_MISSING = "consent_missing"  # the basis of the look-up is consent
    PAPER_DOES_NOT_STAND = "paper_does_not_stand"  # a deadline is over, a promise is not signed


class GapPlace(StrEnum):
    """Where a gap is mended."""

    FORM = "form"
    CHECKS = "checks"
    MATERIALS = "materials"
    CONDITIONS = "conditions"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is still to do. `key` is an element key, a rule id, a material id or "item:n" of a condition."""

    place: GapPlace
    key: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the form is: visible required fields, and how they were filled."""

    total: int  # visible fields
    filled: int
    typed: int
    prefilled: int


Values = Mapping[str, str]  # element key -> canonical value, for rules
