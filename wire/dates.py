"""What is owed when: the hall's dates of a case, and extensions that departments grant (延长审批)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class DatesWhy(StrEnum):
    """What made the hall compute."""

    ACCEPTED = "accepted"
    PROCEDURE = "procedure"  # a special procedure began or ended
    EXTENDED = "extended"
    DECIDED = "decided"  # what waits for this decision starts with it
    CALENDAR = "calendar"  # the table of working days had ended and reaches further now


@dataclass(frozen=True, slots=True)
class ItemDates:
    """The last days of one item. `promised_at` is the moment of a limit in hours or minutes.

    Without a limit a day is None; it is also None with `beyond` or `legal_beyond`, when the hall's table ends before it.
    """

    item: str
    promised_on: date | None
    promised_at: datetime | None = None
    legal_on: date | None = None
    beyond: bool = False
    legal_beyond: bool = False


@dataclass(frozen=True, slots=True)
class DatesTold:
    """The hall's word on the dates of a case; `calendar` is the version of the table it computed by."""

    at: datetime
    why: DatesWhy
    calendar: str
    calendar_until: date
    items: tuple[ItemDates, ...]
    joint_on: date | None = None  # the last day by law of a case that several departments handle together
    joint_beyond: bool = False  # there is one, and the table ends before it


@dataclass(frozen=True, slots=True)
class GrantExtension:
    """A department adds working days to its sub-case: at most 10 together, 15 where several departments handle the case
    (行政许可法 art. 42). `notice_no` is the number of the 延长审批决定 that the applicant got."""

    days: int
    reason: str
    notice_no: str
    approver: str  # the head who allowed it
    by: str  # the reviewer


@dataclass(frozen=True, slots=True)
class Extended:
    """A sub-case's limits are longer by so many working days. `extension` is a UUIDv7."""

    extension: str
    item: str
    granted_at: datetime
    days: int
    reason: str
    notice_no: str
    approver: str
