"""What the person came for: found by name, alias, pinyin or initials, chosen by arrows and Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from catalogue.model import Offer
from workstation.services.views import MemberView, VisitView
from workstation.ui import text
from workstation.ui.form.line import Line
from workstation.ui.intake.two_lines import TwoLines
from workstation.ui.words import offices as words

_PASSING = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)

_BOXES_A_ROW = 5  # of optional members: as many names as fit 1250 px, in English too


class ItemPicker(QFrame):
    """One strip: a search line with its hits below, or the chosen title with a way back."""

    searched = Signal(str)
    chosen = Signal(str)
    opened = Signal()
    given_up = Signal()
    member_set = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("itemPicker")
        self._title_known = False
        self._open = False
        self._sent = ""
        self.line = Line(self)
        self.line.setObjectName("items.search")
        self.line.setMinimumHeight(32)
        self.line.setAccessibleName(self.tr("找事项"))
        self.line.setPlaceholderText(self.tr("找事项：名称、别名或拼音首字母，如 xse；↑↓ 选，回车定"))
        self._key = QLabel(self.tr("事项  F3"), self)
        self._key.setObjectName("panelTitle")
        self._title = QLabel(self)
        self._title.setObjectName("items.title")
        self._title.setProperty("strong", True)
        self._members = QLabel(self)
        self._members.setObjectName("items.members")
        self._members.setProperty("quiet", True)
        self._members.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.change = QPushButton(self.tr("更换"), self)
        self.change.setObjectName("items.change")
        self.change.setMinimumHeight(32)
        self.change.setAccessibleName(self.tr("更换事项"))
        self.change.clicked.connect(self.open)
        self.list = QListWidget(self)
        self.list.setObjectName("items.hits")
        self.list.setAccessibleName(self.tr("找到的事项"))
        self.list.setMinimumHeight(32)
        self.list.setItemDelegate(TwoLines(self.list))
        row = QHBoxLayout()
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(12)
        row.addWidget(self._key)
        row.addWidget(self.line, 1)
        row.addWidget(self._title)
        row.addWidget(self._members, 1)
        # A row of their own below the title: a bundle may have more of them than fit beside it.
        self._optional = QGridLayout()
        self._optional.setContentsMargins(10, 0, 10, 4)
        self._optional.setHorizontalSpacing(16)
        self._optional.setColumnStretch(_BOXES_A_ROW, 1)
        self._boxes: dict[str, QCheckBox] = {}
        row.addWidget(self.change)
        self._empty = QLabel(self.tr("没有这个名字的事项，换个说法，或清空看全部"), self)
        self._empty.setObjectName("emptyState")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addLayout(self._optional)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        self.line.typed.connect(self._type)
        self.line.entered.connect(self._choose_current)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self._show_searching(on=False)

    @property
    def searching(self) -> bool:
        """Say whether the search is open."""
        return self._open

    def show_visit(self, view: VisitView | None) -> None:
        """Show the chosen title, or open the search where something is still to be chosen."""
        title = view.title if view is not None else None
        # Also the same item chosen again closes the search: it was an answer.
        fresh = title is not None and (text.said(title) != self._title.text() or bool(self._sent))
        self._sent = ""
        self._title_known = title is not None
        if title is not None and view is not None:
            self._title.setText(text.said(title))
            self._members.setText(
                text.listed(text.said(item) for item in view.items) if len(view.items) > 1 else ""
            )
            self.change.setEnabled(view.receipt_no is None)
        else:
            self._title.clear()
            self.line.clear()
        self._show_optional(view)
        if fresh or view is None:
            self._show_searching(on=False)
        elif title is None and not self._open:
            self.open()

    def _show_optional(self, view: VisitView | None) -> None:
        """One box for each member that may be left out."""
        members = view.optional if view is not None else ()
        if list(self._boxes) != [member.item for member in members]:
            for box in self._boxes.values():
                box.hide()
                box.deleteLater()
            self._boxes = {member.item: self._box(member, at) for at, member in enumerate(members)}
        for member in members:
            box = self._boxes[member.item]
            box.blockSignals(True)
            box.setChecked(member.wanted)
            box.blockSignals(False)
            box.setEnabled(member.possible and view is not None and view.receipt_no is None)
            box.setVisible(not self._open)
        self._members.setVisible(not self._open and self._title_known)

    def _box(self, member: MemberView, at: int) -> QCheckBox:
        box = QCheckBox(text.said(member.name), self)
        box.setObjectName(f"member.{member.item}")
        box.setToolTip(self.tr("要办就勾上，不办就去掉勾，其他事项照常"))
        box.toggled.connect(lambda on, item=member.item: self.member_set.emit(item, on))
        self._optional.addWidget(box, at // _BOXES_A_ROW, at % _BOXES_A_ROW)
        return box

    def focus_chain(self) -> list[QWidget]:
        """Return what Tab visits, in order."""
        return [*self._boxes.values(), self.change]

    def open(self) -> None:
        """Open the search with everything listed, and go there."""
        self._start()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def give_up(self) -> None:
        """Go back to the chosen item, where there is one."""
        if self._open and self._title_known:
            self._show_searching(on=False)
            self.given_up.emit()

    def _start(self) -> None:
        if not self._open:
            self.line.clear()
            self._show_searching(on=True)
            self.searched.emit("")
            self.opened.emit()

    def _type(self, words: str) -> None:
        if not self._open:
            self._show_searching(on=True)
            self.opened.emit()
        self.searched.emit(words)

    def show_hits(self, hits: tuple[Offer, ...]) -> None:
        """List what was found, the best one marked. Of the whole list none is: a stray Enter must not choose for anybody."""
        self.list.clear()
        for hit in hits:
            head, below = _hit_words(hit, self.tr("一件事"))
            if hit.city_wide is not None:
                below += "  ·  " + words.city_wide(hit.city_wide)
            if hit.check_locally:
                below += "  ·  " + self.tr("依据和时限以当地为准")
            item = QListWidgetItem(f"{head}\n{below}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, hit.id)
        if hits and self.line.text().strip():
            self.list.setCurrentRow(0)
        self.list.setVisible(self._open and bool(hits))
        self._empty.setVisible(self._open and not hits)

    def _show_searching(self, *, on: bool) -> None:
        self._open = on
        closed = not on and self._title_known
        self.line.setVisible(not closed)
        self.list.setVisible(on)
        self._empty.hide()
        for part in (self._title, self.change, *self._boxes.values()):
            part.setVisible(closed)
        self._members.setVisible(closed)

    def _choose_current(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._choose(item)

    def _choose(self, item: QListWidgetItem) -> None:
        chosen = str(item.data(Qt.ItemDataRole.UserRole))
        if chosen != self._sent:  # A double click tells twice.
            self._sent = chosen
            self.chosen.emit(chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Work the list from the search line: arrows move, Escape goes back to the chosen item."""
        if watched is self.line and isinstance(event, QFocusEvent):
            # Whoever only passes by with Tab does not want the page to change.
            if event.gotFocus() and event.reason() not in _PASSING:
                self._start()
        elif watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._start()
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
            if event.key() == Qt.Key.Key_Escape and self._title_known:
                self.give_up()
                return True
        return False


def _hit_words(hit: Offer, bundle: str) -> tuple[str, str]:
    departments = text.listed(text.said(department) for department in hit.departments)
    members = text.listed(text.said(member) for member in hit.members)
    head = f"{text.said(hit.name)}  〔{bundle}〕" if hit.is_bundle else text.said(hit.name)
    return head, f"{members}  ·  {departments}" if members else departments
