"""What the hall holds of a case when a step does not fit: enough to show the difference at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FieldDiffers:
    """One thing that the station said and the hall holds otherwise; "" where one of them has nothing.

    `name` is a code: `state`, `receipt_no`, `accepted_at`, `approver`, `material.<id>`, `answer.<key>`, `item.<id>`.
    """

    name: str
    held: str
    sent: str


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """A case as the hall has it. `state` is received, accepted, not_accepted, voided or concluded; "" when it has none.

    `station`, `window`, `clerk` and `at` name the counter, the login and the time of the step that stands, `event` its id.
    """

    state: str
    rev: int = 0
    station: str = ""
    window: str = ""
    clerk: str = ""
    at: datetime | None = None
    event: str = ""
    differs: tuple[FieldDiffers, ...] = ()
