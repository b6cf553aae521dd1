"""需处理: each step that the hall did not take, with why, what to do, and both sides of a conflict beside each other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workstation.domain.needs_fixing import Act
from workstation.services.transfer_views import ParkedView, TransferView
from workstation.ui.transfer.both_sides import BothSides
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.empty import Empty
from workstation.ui.words import transfer as words

_LIST_PX = 330
_KEYS = {
    Act.TAKE_HALLS_WORD: "F10",
    Act.OPEN_CASE: "F7",
    Act.RETRY: "F9",
    Act.ASK_HALL: "F8",
    Act.RE_ENROL: "F6",
}


class FixingPart(QWidget):
    """Emits `acted` with (act, step) once a person has decided."""

    acted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[ParkedView, ...] = ()
        self._sure = False  # the hall's word is taken with the second press
        self.list = QListWidget(self)
        self.list.setObjectName("transfer.parked")
        self.list.setAccessibleName(self.tr("需处理"))
        self.list.setProperty("tray", True)
        self.list.setWordWrap(True)
        self.list.setFixedWidth(_LIST_PX)
        self.list.currentRowChanged.connect(self._choose)
        self.why = QLabel(self)
        self.why.setObjectName("detailTitle")
        self.remedy = QLabel(self)
        self.remedy.setObjectName("transfer.remedy")
        self.told = QLabel(self)
        self.told.setObjectName("transfer.told")
        for label in (self.why, self.remedy, self.told):
            label.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sides = BothSides(self)
        self.buttons: dict[Act, KeyButton] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for act in (Act.TAKE_HALLS_WORD, Act.RETRY, Act.OPEN_CASE, Act.ASK_HALL, Act.RE_ENROL):
            button = KeyButton(f"transfer.{act.value}", words.act(act), _KEYS[act], self)
            button.clicked.connect(lambda _=False, act=act: self._press(act))
            self.buttons[act] = button
            foot.addWidget(button)
        foot.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scroll.setAccessibleName(self.tr("两边的记录"))
        scroll.setWidget(self.sides)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.why)
        column.addWidget(self.remedy)
        column.addWidget(scroll, 1)
        column.addWidget(self.told)
        column.addLayout(foot)
        both = QWidget(self)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addWidget(right, 1)
        empty = Empty(
            self.tr("没有要处理的"), self.tr("大厅不收的步骤会到这里，附上原因和办法；别的办件照常传。")
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(both)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._stack)

    def show_view(self, view: TransferView) -> None:
        """Show the tray; the chosen one stays chosen."""
        if view.parked == self._shown and self._stack.currentIndex() == bool(view.parked):
            return
        chosen = self.current()
        self._shown = view.parked
        self._stack.setCurrentIndex(1 if view.parked else 0)
        self.list.blockSignals(True)
        self.list.clear()
        for each in view.parked:
            step = each.step
            who = f"{words.whose(step.kind, step.receipt_no)} · {step.applicant}".rstrip(" ·")
            said = f"{words.step(step.kind)} · {who}\n{words.trouble(step.trouble)}"
            self.list.addItem(QListWidgetItem(said))
        events = [each.step.event for each in view.parked]
        kept = chosen.step.event if chosen is not None else ""
        at = events.index(kept) if kept in events else (0 if events else -1)
        self.list.setCurrentRow(at)
        self.list.blockSignals(False)
        self._choose(at)

    def current(self) -> ParkedView | None:
        """Return the chosen one."""
        row = self.list.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def say(self, told: str) -> None:
        """Say what came of an act."""
        self.told.setText(told)

    def focus(self) -> None:
        """Put the focus where work begins."""
        (self.list if self._shown else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, row: int) -> None:
        self._sure = False
        self.told.setText("")
        if not 0 <= row < len(self._shown):
            return
        view = self._shown[row]
        self.why.setText(self.tr("大厅没有收：{0}。").format(words.trouble(view.step.trouble)))
        self.remedy.setText(words.advice(view.advice))
        self.sides.show_parked(view)
        for act, button in self.buttons.items():
            button.setVisible(act in view.acts)
            primary = bool(view.acts) and act is view.acts[0]
            if button.property("primary") != primary:
                button.setProperty("primary", primary)
                button.style().unpolish(button)
                button.style().polish(button)

    def _press(self, act: Act) -> None:
        view = self.current()
        if view is None or act not in view.acts:
            return
        if act is Act.TAKE_HALLS_WORD and not self._sure:
            self._sure = True
            self.told.setText(words.act_detail(act))
            return
        self._sure = False
        if act is Act.ASK_HALL:
            said = f"{words.act_detail(act)}\n{self.tr('事件编号')} {view.step.event}"
            self.told.setText(said)
        self.acted.emit(act, view)
