"""One internal check: what is asked of whom, which paper it saves, and what was answered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from wire.messages import Outcome
from workstation.domain.counter_time import COUNTER_ZONE
from workstation.services.views import CheckView
from workstation.ui import text
from workstation.ui.widgets.mark import Mark, Sign

_SHORT = 6  # characters
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
    """Can hold the focus, so that a gap leads here and its words are read out."""

    def __init__(self, rule: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"check.{rule}")
        self.setProperty("line", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.mark = Mark(self)
        self._title = QLabel(self)
        self._title.setObjectName("lineTitle")
        self._title.setWordWrap(True)
        self.state = QLabel(self)
        self.state.setObjectName("lineState")
        self._about = QLabel(self)
        self._about.setObjectName("lineAbout")
        self._about.setWordWrap(True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 4, 10, 4)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(0)
        self._grid.addWidget(self.mark, 0, 0)
        self._grid.addWidget(self._title, 0, 1)
        self._grid.addWidget(self._about, 2, 0, 1, 3)
        self._grid.setColumnStretch(1, 1)

    def show_check(self, view: CheckView, *, asking: bool) -> None:
        """Show the state in words and by shape."""
        sign, words = self._state(view, asking=asking)
        self.mark.show_sign(sign)
        self._title.setText(text.said(view.title))
        self.state.setText(words)
        self._place_state(words)
        self.state.setProperty("sign", sign.value)
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        # Not inside an f-string: lupdate would not find the words there.
        replaces = self.tr("替代{0}").format(text.said(view.replaces))
        whose = f"{text.said(view.department)} · {replaces}"
        about = [view.evidence_no] if view.evidence_no else []
        if view.replied_at is not None:
            about.append(view.replied_at.astimezone(COUNTER_ZONE).strftime("%H:%M"))
        if view.outcome is not None and not view.satisfied and not asking:
            about.append(self._remedy(view.outcome))
        self._about.setText("\n".join(part for part in (whose, " · ".join(about)) if part))
        self.setAccessibleName(f"{text.said(view.title)}：{words}")
        self.setAccessibleDescription(self._about.text())

    def _place_state(self, words: str) -> None:
        """Put a short state at the end of the title's line, a long one on its own."""
        self.state.setWordWrap(len(words) > _SHORT)
        if len(words) > _SHORT:
            self._grid.addWidget(self.state, 1, 1, 1, 2)
        else:
            self._grid.addWidget(self.state, 0, 2)

    def _state(self, view: CheckView, *, asking: bool) -> tuple[Sign, str]:
        if asking:
            return Sign.BUSY, self.tr("核验中")
        if view.outcome is None:
            return Sign.OPEN, self.tr("可核验") if view.ready else self.tr("等信息填齐")
        sign = Sign.GOOD if view.satisfied else _SIGNS[view.outcome]
        return sign, text.outcome(view.outcome)

    def _remedy(self, outcome: Outcome) -> str:
        if outcome is Outcome.UNAVAILABLE:
            return self.tr("按 F6 再问，或看原件")
        return self.tr("看原件办理")
