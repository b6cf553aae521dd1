"""A column of a work list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workstation.domain.work_lists import Order
from workstation.services.views import CaseView
from workstation.ui.widgets.mark import Sign


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the words of a cell, how wide it is, by what it may be sorted.

    `sample` is the longest that usually stands there: a list of a million rows is not measured row by row. One column takes
    the room left.
    """

    title: str
    words: Callable[[CaseView], str]
    sample: str = ""
    order: Order | None = None  # None: no index serves it
    wide: bool = False
    sign: Callable[[CaseView], Sign | None] | None = None  # a mark before the words
    more: Callable[[CaseView], str] = lambda _: ""  # the tip, where it says more than the words
