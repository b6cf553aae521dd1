"""One internal check: what is asked of whom, which paper it saves, what was answered, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from wire.messages import Outcome, Verdict
from workstation.domain.counter_time import COUNTER_ZONE
from workstation.services.views import CheckView
from workstation.ui import text
from workstation.ui.form.line import Line
from workstation.ui.widgets.mark import Mark, Sign

_SHORT = 6  # characters
_MOST_WORDS = 500
_SIGNS = {
    Outcome.NO_MATCH: Sign.BAD,
    Outcome.CONFLICT: Sign.BAD,
    Outcome.NO_RECORD: Sign.NOTHING,
    Outcome.UNAVAILABLE: Sign.CARE,
    Outcome.DENIED: Sign.CARE,
    Outcome.EXPIRED: Sign.CARE,
    Outcome.PENDING: Sign.BUSY,
    Outcome.MATCH: Sign.CARE,  # found, but not what the rule needs: a satisfied one is GOOD before it comes here
    Outcome.RECORD_FOUND: Sign.CARE,
}


class CheckRow(QFrame):
    """Can hold the focus, so that a gap leads here and its words are read out. The buttons are there only while they can
    be pressed with effect."""

    consented = Signal(str, bool)
    deferred = Signal(str)
    disputed = Signal(str, str)  # rule, what the citizen says

    def __init__(self, rule: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"check.{rule}")
        self.setProperty("line", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._rule = rule
        self.mark = Mark(self)
        self._title = QLabel(self)
        self._title.setObjectName("lineTitle")
        self._title.setWordWrap(True)
        self.state = QLabel(self)
        self.state.setObjectName("lineState")
        self._about = QLabel(self)
        self._about.setObjectName("lineAbout")
        self._about.setWordWrap(True)
        self.agree = self._button("agree", self.tr("办事人同意"))
        self.agree.clicked.connect(lambda: self.consented.emit(rule, True))
        self.defer = self._button("defer", self.tr("留待答复"))
        self.defer.clicked.connect(lambda: self.deferred.emit(rule))
        self.object = self._button("dispute", self.tr("异议…"))
        self.object.setProperty("link", True)
        self.object.setMinimumHeight(24)
        self.object.clicked.connect(self._ask_words)
        self.words = Line(self)
        self.words.setObjectName(f"check.{rule}.words")
        self.words.setPlaceholderText(self.tr("办事人怎么说，回车出异议单"))
        self.words.setMaxLength(_MOST_WORDS)
        self.words.setMinimumHeight(30)
        self.words.entered.connect(self._dispute)
        self.words.left.connect(self._hide_empty)
        self.words.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(6)
        for button in (self.agree, self.defer):
            below.addWidget(button)
        below.addStretch(1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 4, 10, 4)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(0)
        self._grid.addWidget(self.mark, 0, 0)
        self._grid.addWidget(self._title, 0, 1)
        self._grid.addWidget(self._about, 2, 0, 1, 2)
        self._grid.addWidget(self.object, 2, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        self._grid.addLayout(below, 3, 0, 1, 3)
        self._grid.addWidget(self.words, 4, 0, 1, 3)
        self._grid.setColumnStretch(1, 1)

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(f"check.{self._rule}.{name}")
        button.setMinimumHeight(28)
        button.setAutoDefault(True)
        button.hide()
        return button

    def show_check(self, view: CheckView, *, asking: bool, locked: bool = False) -> None:
        """Show the state in words and by shape, and what can be done."""
        sign, words = self._state(view, asking=asking)
        self.mark.show_sign(sign)
        self._title.setText(text.said(view.title))
        self.state.setText(words)
        self._place_state(words)
        self.state.setProperty("sign", sign.value)
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        self._about.setText("\n".join(self._about_words(view, asking=asking)))
        name = text.said(view.title)
        self.setAccessibleName(f"{name}：{words}")
        self.setAccessibleDescription(self._about.text())
        free = not asking and not locked
        self.agree.setVisible(free and view.needs_consent and not view.needs_notice)
        self.defer.setVisible(free and view.may_defer)
        self.object.setVisible(free and view.may_dispute)
        # Beside the objection the words have two thirds of the row, without it all of it.
        self._grid.addWidget(self._about, 2, 0, 1, 2 if free and view.may_dispute else 3)
        self.agree.setAccessibleName(self.tr("办事人同意查询{0}").format(name))
        self.defer.setAccessibleName(self.tr("{0}留待答复").format(name))
        self.object.setAccessibleName(self.tr("对{0}提异议").format(name))
        self.words.setAccessibleName(self.tr("对{0}的异议，办事人怎么说").format(name))

    def buttons(self) -> list[QWidget]:
        """Return what Tab visits inside, in order."""
        return [self.agree, self.defer, self.object, self.words]

    def _about_words(self, view: CheckView, *, asking: bool) -> list[str]:
        # Not inside an f-string: lupdate would not find the words there.
        replaces = self.tr("替代{0}").format(text.said(view.replaces))
        evidence = [view.evidence_no] if view.evidence_no else []
        if view.replied_at is not None:
            evidence.append(view.replied_at.astimezone(COUNTER_ZONE).strftime("%H:%M"))
        lines = [f"{text.said(view.department)} · {replaces}", " · ".join(evidence)]
        if asking:
            return [line for line in lines if line]
        if view.disputed:
            lines.append(self.tr("异议单已出并转部门，看原件办理"))
        elif view.until is not None:
            lines.append(
                self.tr("等待部门答复，最迟 {0}；到时没有答复就看原件").format(view.until.isoformat())
            )
        elif view.outcome is not None and not view.satisfied:
            lines.append(text.outcome_next(view.outcome))
        if view.verdict is not None:
            lines.append(text.verdict(view.verdict))
        if view.verdict is Verdict.CORRECTED and not view.satisfied:
            lines.append(self.tr("按 F6 再问"))
        return [line for line in lines if line]

    def _place_state(self, words: str) -> None:
        """Put a short state at the end of the title's line, a long one on its own."""
        self.state.setWordWrap(len(words) > _SHORT)
        if len(words) > _SHORT:
            self._grid.addWidget(self.state, 1, 1, 1, 2)
        else:
            self._grid.addWidget(self.state, 0, 2, Qt.AlignmentFlag.AlignRight)

    def _state(self, view: CheckView, *, asking: bool) -> tuple[Sign, str]:
        if asking:
            return Sign.BUSY, self.tr("核验中")
        if view.outcome is None:
            return Sign.OPEN, self._why_open(view)
        said = text.outcome(view.outcome, view.no_record)
        if view.disputed:
            return Sign.CARE, self.tr("{0}，有异议").format(said)
        if view.until is not None:
            return Sign.BUSY, self.tr("等待部门答复")
        return (Sign.GOOD if view.satisfied else _SIGNS[view.outcome]), said

    def _why_open(self, view: CheckView) -> str:
        if view.needs_notice:
            return self.tr("先告知")
        if view.needs_consent:
            return self.tr("要办事人同意")
        return self.tr("可核验") if view.ready else self.tr("等信息填齐")

    def _ask_words(self) -> None:
        self.words.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dispute(self) -> None:
        said = self.words.text().strip()
        if said:
            self._end_words()
            self.disputed.emit(self._rule, said)

    def _hide_empty(self) -> None:
        """What was begun stays to be finished; an empty line goes."""
        if not self.words.text().strip():
            self._end_words()

    def _end_words(self) -> None:
        self.words.clear()
        self.words.hide()
