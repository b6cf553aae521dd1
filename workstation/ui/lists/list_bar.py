"""The bar of work lists: each with its count, one of them open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from workstation.domain.work_lists import ListKind
from workstation.services.list_views import ListCounts
from workstation.ui.widgets.mark import Sign, picture_of
from workstation.ui.words import work_lists as words

# A list that wants somebody soon has a mark while something stands in it: a shape beside the words and the number.
_SIGNS = {ListKind.OVERDUE: Sign.BAD, ListKind.DUE_TODAY: Sign.CARE}


class ListBar(QWidget):
    """`chosen` tells the kind of list that was opened; `parked_asked` that the steps which need a person are wanted."""

    chosen = Signal(object)
    parked_asked = Signal()

    def __init__(
        self, name: str, kinds: Sequence[ListKind], parent: QWidget, *, parked: bool = False
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("清单"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._group = QButtonGroup(self)
        self.kinds = tuple(kinds)
        self._buttons: dict[ListKind, QPushButton] = {}
        for at, kind in enumerate(kinds):
            button = _button(f"{name}.{kind.value}", words.name(kind), self)
            button.setCheckable(True)
            button.setToolTip(f"{words.tip(kind)}  Alt+{at + 1}")
            button.clicked.connect(partial(self._choose, kind))
            QShortcut(QKeySequence(f"Alt+{at + 1}"), parent).activated.connect(button.click)
            self._group.addButton(button)
            self._buttons[kind] = button
            self._row.addWidget(button)
        self._buttons[kinds[0]].setChecked(True)
        self.parked = _button(f"{name}.parked", "", self)
        self.parked.setToolTip(self.tr("大厅没有收下、要人处理的步骤，在“传输”里"))
        self.parked.clicked.connect(self.parked_asked)
        self.parked.hide()
        self._shows_parked = parked
        self._row.addWidget(self.parked)
        keys = QLabel(f"Alt+1…{len(self.kinds)}", self)  # behind all of them: behind each there is no room
        keys.setProperty("note", True)
        self._row.addWidget(keys)
        self._row.addStretch(1)

    def add(self, part: QWidget) -> None:
        """Put something at the right end."""
        self._row.addWidget(part)

    def mark(self, kind: ListKind) -> None:
        """Show which list is open."""
        self._buttons[kind].setChecked(True)

    def show_counts(self, counts: ListCounts) -> None:
        """Write the numbers; nothing is touched that stays the same."""
        for kind, button in self._buttons.items():
            count = counts.counts.get(kind, 0)
            said = f"{words.name(kind)}  {count}"
            if button.text() != said:
                button.setText(said)
                button.setAccessibleName(said)
                sign = _SIGNS.get(kind) if count else None
                button.setIcon(QIcon(picture_of(sign)) if sign is not None else QIcon())
        said = self.tr("传输待处理  {0}").format(counts.parked)
        if self.parked.text() != said:
            self.parked.setText(said)
            self.parked.setAccessibleName(said)
            self.parked.setIcon(QIcon(picture_of(Sign.CARE)))
        self.parked.setVisible(self._shows_parked and counts.parked > 0)

    def _choose(self, kind: ListKind) -> None:
        self.chosen.emit(kind)


def _button(name: str, said: str, parent: QWidget) -> QPushButton:
    made = QPushButton(said, parent)
    made.setObjectName(name)
    made.setAccessibleName(said or name)
    made.setProperty("list", True)
    return made
