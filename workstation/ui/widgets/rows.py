"""The rows of a list of any length: only pages that are looked at are fetched, beside the window; a row that is not there yet
says so.

A page is asked for by the nearest row whose place is known, from either end, so that no page costs a walk over the whole
list; what is too far away is reached in hops, each of them short for the desk.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from workstation.domain.work_lists import Place, Start
from workstation.services.list_views import ListPage
from workstation.services.views import CaseView
from workstation.ui.widgets.column import Column
from workstation.ui.widgets.mark import picture_of

PAGE = 50  # rows fetched at once
HOP = 50_000  # rows stepped over in one question: ten milliseconds of the desk
_KEPT_PAGES = 24
_SOON_MS = 15
Fetch = Callable[[Start, int, Callable[[ListPage], None]], None]
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Rows(QAbstractTableModel):
    """`came` tells that rows came, or came anew."""

    came = Signal()

    def __init__(self, columns: Sequence[Column], parent: QObject) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.fetch: Fetch | None = None  # None: everything is there
        self._count = 0
        self._pages: dict[int, tuple[CaseView, ...]] = {}
        self._stale: set[int] = set()
        self._known: list[int] = []  # rows whose places are known, in order
        self._places: dict[int, Place] = {}
        self._list = 0  # counts the lists, so that a late answer for an older one is let go
        self._asking = False
        self._wanted: list[int] = []
        # Scrolling passes many pages: only those that are still wanted a moment later are fetched.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._ask)

    # -- what is shown -----------------------------------------------------------------------------------
    def show_all(self, cases: tuple[CaseView, ...]) -> None:
        """Show cases that are all there."""
        self.beginResetModel()
        self._forget(None, len(cases))
        for page in range(-(-len(cases) // PAGE)):
            self._pages[page] = cases[page * PAGE : (page + 1) * PAGE]
        self.endResetModel()
        self.came.emit()

    def show_list(self, first: ListPage, fetch: Fetch) -> None:
        """Show another list, whose first page is there; `grow` says how long it is."""
        self.beginResetModel()
        self._forget(fetch, len(first.cases))
        if first.cases:
            self._keep(0, first)
        self.endResetModel()
        self.came.emit()

    def grow(self, count: int) -> None:
        """Say how long the list is; rows come and go at its end, so that whoever looks stays where they are."""
        if count > self._count:
            self.beginInsertRows(_NOWHERE, self._count, count - 1)
            self._stale.add(self._count // PAGE)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(_NOWHERE, count, self._count - 1)
            self._count = count
            self.endRemoveRows()

    def renew(self, count: int) -> None:
        """Something in the list has changed: what is seen is fetched anew, and stands until it comes."""
        self._list += 1
        self._asking = False
        self._known, self._places = [], {}
        self._stale = set(self._pages)
        self.grow(count)
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self.columns) - 1))

    def case_at(self, row: int) -> CaseView | None:
        """Return the case of a row; None while it is being fetched, which this begins."""
        page, at = divmod(row, PAGE)
        cases = self._pages.get(page)
        if self.fetch is not None and (cases is None or page in self._stale):
            self._want(page)
        return cases[at] if cases is not None and at < len(cases) else None

    def is_fresh(self, row: int) -> bool:
        """Say whether a row shows what the desk said last."""
        page = row // PAGE
        return page in self._pages and page not in self._stale

    def row_of(self, case: str) -> int | None:
        """Return the row of a case among those that are there and fresh."""
        for page, cases in self._pages.items():
            if page not in self._stale:
                for at, each in enumerate(cases):
                    if each.case == case:
                        return page * PAGE + at
        return None

    # -- fetching ----------------------------------------------------------------------------------------
    def _forget(self, fetch: Fetch | None, count: int) -> None:
        self.fetch, self._count = fetch, count
        self._pages, self._stale, self._wanted = {}, set(), []
        self._known, self._places = [], {}
        self._list += 1
        self._asking = False

    def _want(self, page: int) -> None:
        if page in self._wanted[-1:]:
            return
        self._wanted = [*(each for each in self._wanted[-3:] if each != page), page]
        # Not started anew: a page that is painted often would be fetched never.
        if not self._asking and not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        while self._wanted and not self._asking:
            page = self._wanted[-1]
            if page * PAGE >= self._count or (page in self._pages and page not in self._stale):
                self._wanted.pop()
            elif self.fetch is None:
                self._wanted.clear()
            else:
                self._asking = True
                self._ask_for(page, self.fetch)

    def _ask_for(self, page: int, fetch: Fetch) -> None:
        first = page * PAGE
        last = min(first + PAGE, self._count) - 1
        behind = bisect_left(self._known, first) - 1
        before = bisect_left(self._known, last + 1)
        ahead = self._known[behind] if behind >= 0 else -1
        beyond = self._known[before] if before < len(self._known) else self._count
        down, up = first - ahead - 1, beyond - last - 1
        backward = up < down
        near, far = (beyond, up) if backward else (ahead, down)
        start = Start(self._places.get(near), min(far, HOP), backward)
        if far > HOP:
            row = near - 1 - HOP if backward else near + 1 + HOP
            fetch(start, 1, partial(self._hopped, self._list, row))
        else:
            fetch(start, last - first + 1, partial(self._take, self._list, page))

    def _hopped(self, shown: int, row: int, found: ListPage) -> None:
        if shown != self._list:
            return
        self._asking = False
        if found.first is not None:
            self._know(row, found.first)
        else:
            self._wanted.clear()  # The list is shorter by now: the next look says how long.
        self._ask()

    def _take(self, shown: int, page: int, found: ListPage) -> None:
        if shown != self._list:
            return
        self._asking = False
        self._keep(page, found)
        if page in self._wanted:
            self._wanted.remove(page)
        last = min((page + 1) * PAGE, self._count) - 1
        if last >= page * PAGE:
            self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self.columns) - 1))
        self.came.emit()
        self._ask()

    def _keep(self, page: int, found: ListPage) -> None:
        self._pages.pop(page, None)  # The page that came last is let go last.
        self._pages[page] = found.cases
        self._stale.discard(page)
        while len(self._pages) > _KEPT_PAGES:
            gone = next(iter(self._pages))
            self._pages.pop(gone)
            self._stale.discard(gone)
        if found.first is not None and found.last is not None:
            self._know(page * PAGE, found.first)
            self._know(page * PAGE + len(found.cases) - 1, found.last)

    def _know(self, row: int, place: Place) -> None:
        if row not in self._places:
            insort(self._known, row)
        self._places[row] = place

    # -- Qt's --------------------------------------------------------------------------------------------
    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Qt's."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Qt's."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's."""
        if role not in _ROLES or not index.isValid():
            return None
        case, column = self.case_at(index.row()), self.columns[index.column()]
        if case is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and not index.column() else None
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(case)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.more(case) or column.words(case)
        sign = column.sign(case) if column.sign is not None else None
        return picture_of(sign) if sign is not None else None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Qt's."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self.columns[section].title
        return None


_ROLES = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.DecorationRole})
