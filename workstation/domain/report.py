"""Reports of a span of days: what was received, and what became of it; by day, item, clerk, window, receiving office, level
and deciding body (domain.md 5.6, 5.7). No persons."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum

from workstation.domain.case import ENDED_EARLY, Case, CaseStatus, SubCase
from workstation.domain.failures import Failure, Refused
from workstation.domain.work_lists import due_on

MOST_DAYS = 366


class By(StrEnum):
    """What the lines of a report are about."""

    DAY = "day"
    ITEM = "item"
    CLERK = "clerk"
    WINDOW = "window"
    OFFICE = "office"  # that received it
    LEVEL = "level"  # of that office
    OWNER = "owner"  # the department that decides


@dataclass(frozen=True, slots=True)
class Tally:
    """Cases that were received, and how they stand now; a joint case counts once with each of its items."""

    received: int = 0
    accepted: int = 0
    refused: int = 0  # not accepted, returned, withdrawn, voided
    decided: int = 0
    open: int = 0
    overdue: int = 0
    papers_saved: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Sum both."""
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Span:
    """The days of receipt that a report counts, both in."""

    since: date
    until: date

    def hold(self) -> Span:
        """Raise Refused(REPORT_SPAN) for a span that is none, or too long."""
        if not self.since <= self.until <= self.since + timedelta(days=MOST_DAYS - 1):
            raise Refused(Failure.REPORT_SPAN, most=str(MOST_DAYS))
        return self


def tally(case: Case, today: date, papers_saved: int) -> Tally:
    """Count one case as it stands today."""
    due = due_on(case)
    over = case.status in ENDED_EARLY
    decided = not over and case.concluded_at is not None
    return Tally(
        received=1,
        accepted=int(case.accepted_at is not None),
        refused=int(over and case.status is not CaseStatus.DECIDED),
        decided=int(decided),
        open=int(not over and not decided),
        overdue=int(due is not None and due < today),
        papers_saved=papers_saved,
    )


def tally_item(case: Case, sub: SubCase, today: date, papers_saved: int) -> Tally:
    """Count one item of a case as it stands today: it may be decided while others go on. What has a clock that stands still
    is not overdue."""
    over = case.status in ENDED_EARLY
    decided = not over and sub.result is not None
    stands = any(each.ended_at is None for each in sub.procedures)
    open_ = not over and not decided
    late = open_ and not stands and sub.promised_on is not None and sub.promised_on < today
    return Tally(
        received=1,
        accepted=int(case.accepted_at is not None),
        refused=int(over),
        decided=int(decided),
        open=int(open_),
        overdue=int(late),
        papers_saved=papers_saved,
    )
