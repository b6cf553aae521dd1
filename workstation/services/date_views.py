"""What the ui shows of a case's days: the one that counts, how near it is, and where desk and hall differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from deadlines.lights import UNLIT, Light
from wire.dates import DatesWhy


@dataclass(frozen=True, slots=True)
class ItemDatesView:
    """The days of one item.

    `due_on` counts: the hall's, or the desk's own before the hall has said anything. `first_on` is what was promised at the
    acceptance, where that was another day; `desk_on` what this desk computes now, where the hall says another; `why` what
    made the hall compute last. `legal_beyond` says that the legal day is beyond the table.
    """

    due_on: date | None = None
    due_at: datetime | None = None  # of a limit in hours or minutes
    legal_on: date | None = None
    legal_beyond: bool = False
    light: Light = UNLIT
    from_hall: bool = False
    first_on: date | None = None
    desk_on: date | None = None
    why: DatesWhy | None = None
    desk_calendar: str = ""
    hall_calendar: str = ""
    hall_ended: date | None = None  # the last day of the hall's table, where that was too early


@dataclass(frozen=True, slots=True)
class CaseDatesView:
    """The days of a case: what is nearest, and before the acceptance the day after which silence counts as one."""

    light: Light = UNLIT
    due_on: date | None = None
    notice_on: date | None = (
        None  # the fifth working day after the receipt; None once it is accepted or ended
    )
    deliver_on: date | None = (
        None  # the tenth working day after the decision, while the result is not handed over
    )
    joint_on: date | None = None  # of several departments together, by law; the hall's where it has said so
    joint_beyond: bool = False
    joint_light: Light = UNLIT
    joint_desk_on: date | None = None  # what this desk computes, where the hall says another day


NO_DATES = CaseDatesView()
NO_ITEM_DATES = ItemDatesView()
