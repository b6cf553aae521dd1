"""What the hall holds of a case when a step does not fit: enough to show the difference at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FieldDiffers:
    """One thing that the station said and the hall holds otherwise; "" where one of them has nothing.

    `name` is a code: `case`, `state`, `receipt_no`, `applicant.name`, `applicant.id_no`, `accepted_at`, `material.<id>`,
    `answer.<key>`.
    """

    name: str
    held: str
    sent: str


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """A case as the hall has it. `state` is a word of wire.lifecycle.told_as; "" when it has none.

    `station`, `window`, `clerk` and `at` name the counter, the login and the time of the step that stands.
    """

    state: str
    rev: int = 0
    station: str = ""
    window: str = ""
    clerk: str = ""
    at: datetime | None = None
    differs: tuple[FieldDiffers, ...] = ()
