"""How fast is a work list over a million cases: its first page, and the window while somebody scrolls through all of it?"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import many_cases
from bench.harness import Figure, figure, in_turns

if TYPE_CHECKING:
    from workstation.services.list_views import ListPage
    from workstation.storage.database import Store

MANY = 1_000_000
_NOTCHES = 120  # of the wheel, each a screenful and more
_TICK_MS = 1  # of the timer that measures how long the window's loop was busy


def measure(*, long: bool) -> Iterator[Figure]:
    """Lists of the desk: `first_page_ms` (the first page of all cases through the desk's own verb: unit, index, opening,
    masking; floor: the same rows by SQLCipher's own driver), `far_page_ms` (the last page, counted from the end; floor: the
    first one), `scroll_gap_ms` (the longest that the event loop of the real page was busy while the list is dragged from end to
    end and paged through; floor: a list of one page that is paged through just so), `scroll_busy_ms` (the same in processor time
    of the window's thread, which no other program of the machine can lengthen).

    The store of a million is made once into var/ with --long; without it, and without that store, a hundred thousand stand
    in for it, and stderr says so.
    """
    many = MANY if long or many_cases.there(MANY) else MANY // 10
    if many != MANY:
        print(f"no store of {MANY} cases yet: measured on {many} (--long makes it)", file=sys.stderr)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from workstation.storage.database import open_store  # noqa: PLC0415 - as bench/verify

    path = many_cases.store_of(many)
    store = open_store(path, many_cases.KEY)
    try:
        yield from _pages(store, path, 61 if long else 31)
        yield from _scrolling(store, 5 if long else 3)
    finally:
        store.close()


def _desk(store: Store) -> Any:
    """The list verbs of the desk over a store, with a clerk at it and the shipped catalogue; nothing else of the desk."""
    from bench.list_desk import ListDesk  # noqa: PLC0415 - as above

    return ListDesk(store)


def _pages(store: Store, path: Path, runs: int) -> Iterator[Figure]:
    from workstation.domain.work_lists import ListWanted, Start  # noqa: PLC0415 - as above
    from workstation.ui.widgets.rows import PAGE  # noqa: PLC0415

    desk, bare = _desk(store), many_cases.bare(path)

    def page(start: Start) -> float:
        began = time.perf_counter()
        found: ListPage = desk.list_page(ListWanted(), start, PAGE)
        spent = (time.perf_counter() - began) * 1e3
        if len(found.cases) != PAGE:
            raise AssertionError("a page is not whole")
        return spent

    def floor() -> float:
        began = time.perf_counter()
        bare.execute("SELECT id, sealed FROM cases ORDER BY received_at DESC LIMIT ?", (PAGE,)).fetchall()
        return (time.perf_counter() - began) * 1e3

    subjects = {
        "first": lambda: page(Start()),
        "far": lambda: page(Start(backward=True)),
        "bare": floor,
    }
    in_turns(subjects, 3)
    taken = in_turns(subjects, runs)
    yield figure("first_page_ms", "ms", subject=taken["first"], floor=taken["bare"])
    yield figure("far_page_ms", "ms", subject=taken["far"], floor=taken["first"])


def _scrolling(store: Store, runs: int) -> Iterator[Figure]:
    from bench.list_window import Window  # noqa: PLC0415 - as above

    with Window(_desk(store), _TICK_MS) as window:
        long_list = [window.scroll(_NOTCHES, few=False) for _ in range(runs)]
        short = [window.scroll(_NOTCHES, few=True) for _ in range(runs)]
    for at, name in enumerate(("scroll_gap_ms", "scroll_busy_ms")):
        most, least = (max(run[at] for run in taken) for taken in (long_list, short))
        yield figure(name, "ms", subject=[most], floor=[least])
