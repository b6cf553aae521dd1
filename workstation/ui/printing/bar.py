"""The line under the banner: the last sheet's way to paper, and the one question that ends it - did it come out?"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from workstation.domain.sheet import SpoolState
from workstation.services.print_views import SheetView
from workstation.ui import text
from workstation.ui.printing.signs import sign
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.elided import Elided
from workstation.ui.widgets.mark import Mark, Sign
from workstation.ui.words import printing as words

_OUT_KEY = "Ctrl+O"
_GOING = frozenset({SpoolState.QUEUED, SpoolState.PRINTING})


class PrintBar(QFrame):
    """Hidden while every sheet is accounted for. It never takes the keyboard: printing is beside the talk."""

    confirmed = Signal(object)  # tuple of serials
    asked = Signal()  # to the page
    look_asked = Signal(str)  # serial of a sheet that waits for a look

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("printBar")
        self._serials: tuple[str, ...] = ()
        self._shown = ""
        self._mark = Mark(self)
        self.said = Elided("", self)
        self.said.setObjectName("printBar.text")
        self._waits = ""
        self.look = KeyButton("printBar.look", self.tr("先看再打"), "Ctrl+Shift+O", self)
        self.look.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.look.clicked.connect(lambda: self.look_asked.emit(self._waits))
        self.out = KeyButton("printBar.out", self.tr("出来了"), _OUT_KEY, self)
        self.out.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.out.clicked.connect(lambda: self.confirmed.emit(self._serials))
        self.go = self._button("printBar.go", self.tr("没出来"))
        self.go.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 6, 2)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self.said, 1)
        row.addWidget(self.look)
        row.addWidget(self.out)
        row.addWidget(self.go)
        self.hide()

    def _button(self, name: str, words_: str) -> QPushButton:
        button = QPushButton(words_, self)
        button.setObjectName(name)
        button.setAccessibleName(words_)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def show_sheets(self, sheets: tuple[SheetView, ...]) -> None:
        """Show what is open."""
        self.setVisible(bool(sheets))
        if not sheets:
            self._shown = ""
            return
        done = tuple(each for each in sheets if each.state is SpoolState.COMPLETED)
        waits = [each for each in sheets if each.state is SpoolState.MADE and not each.reason]
        fine = {*_GOING, SpoolState.COMPLETED}
        stuck = [each for each in sheets if each.state not in fine and each not in waits]
        self._waits = waits[0].serial if waits else ""
        self.look.setVisible(bool(waits) and not stuck)
        self._serials = tuple(each.serial for each in done)
        self._mark.show_sign(sign(stuck[-1]) if stuck else Sign.OPEN if done or waits else Sign.BUSY)
        self.setProperty("kind", "care" if stuck else "")
        self.style().unpolish(self)
        self.style().polish(self)
        said = self._said(sheets, stuck, waits, done)
        self.out.setVisible(bool(done) and not stuck and not waits)
        self._name(self.out, self.tr("都出来了") if len(done) > 1 else self.tr("出来了"), _OUT_KEY)
        self._name(self.go, self.tr("去处理") if stuck else self.tr("没出来") if done else self.tr("看台账"))
        if said != self._shown:
            self._shown = said
            self.said.setText(said)
            self.setAccessibleName(said)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _said(
        self,
        sheets: tuple[SheetView, ...],
        stuck: list[SheetView],
        waits: list[SheetView],
        done: tuple[SheetView, ...],
    ) -> str:
        if stuck:
            return self._stuck(stuck)
        if waits:
            more = self.tr("，还有 {0} 张").format(len(waits) - 1) if len(waits) > 1 else ""
            return self.tr("{0}还没有打，等着先看{1}").format(text.slip(waits[0].kind), more)
        return self._done(done) if done else self._going(sheets)

    def _stuck(self, sheets: list[SheetView]) -> str:
        last = sheets[-1]
        one = self.tr("{0}没有打出来：{1}。").format(text.slip(last.kind), words.standing(last))
        if len(sheets) == 1:
            return one
        return self.tr("{0} 张没有打出来。最后一张{1}").format(len(sheets), one)

    def _done(self, sheets: tuple[SheetView, ...]) -> str:
        if len(sheets) > 1:
            return self.tr("{0} 张打完了，看到纸再确认，没确认的不算已打印。").format(len(sheets))
        last = sheets[-1]
        which = self.tr("（补打 {0}）").format(last.reprint) if last.reprint else ""
        return self.tr("{0}{1}打完了，看到纸了吗？没确认的不算已打印。").format(text.slip(last.kind), which)

    def _going(self, sheets: tuple[SheetView, ...]) -> str:
        last = sheets[-1]
        where = self.tr("，打印机 {0}").format(last.printer) if last.printer else ""
        return self.tr("{0}：{1}{2}").format(text.slip(last.kind), words.standing(last), where)

    def _name(self, button: QPushButton, said: str, key: str = "") -> None:
        if button.accessibleName() != said:
            button.setText(f"{said}  {key}" if key else said)
            button.setAccessibleName(said)
