"""What the work lists show: pages, counts, a clerk's filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workstation.domain.work_lists import ListKind, Place
from workstation.services.views import CaseView


@dataclass(frozen=True, slots=True)
class ListHead:
    """A list at a moment: how many cases stand in it. The same `moment` on the same day means that nothing has changed."""

    moment: int
    today: date
    count: int


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some rows in the order of the list, and where the first and the last of them stand; None for an empty page."""

    cases: tuple[CaseView, ...]
    first: Place | None
    last: Place | None


@dataclass(frozen=True, slots=True)
class ListCounts:
    """How many cases stand in each list; `parked` steps need a person, on the transfer page.

    `unlisted` cases of an older version have no days written beside them yet, at most.
    """

    moment: int
    today: date
    counts: Mapping[ListKind, int]
    parked: int
    unlisted: int
