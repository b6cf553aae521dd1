"""A line of text that is safe under Chinese input methods: Enter and Tab of the composition never leave the field."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

# The Enter that ends a composition reaches the widget after the preedit is gone (ergonomics.md B4).
_AFTER_COMPOSITION_S = 0.05


class Line(QLineEdit):
    """Emits `entered` for Enter, `left` when the focus goes, `typed` with text and preedit on every change."""

    entered = Signal()
    left = Signal()
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preedit = ""
        self._composed_at = 0.0
        self.textEdited.connect(self._tell)

    @property
    def composing(self) -> bool:
        """Say whether an input method holds unfinished text, or held it a moment ago."""
        return bool(self._preedit) or monotonic() - self._composed_at < _AFTER_COMPOSITION_S

    def live_text(self) -> str:
        """Return the text with the unfinished part where the cursor is: what a live search should look for."""
        at = self.cursorPosition()
        return self.text()[:at] + self._preedit + self.text()[at:]

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Remember the unfinished text, which text() leaves out."""
        was = self._preedit
        super().inputMethodEvent(event)
        self._preedit = event.preeditString()
        if was and not self._preedit:
            self._composed_at = monotonic()
        if was != self._preedit:
            self._tell()

    def event(self, event: QEvent) -> bool:
        """Keep shortcuts and Tab away while an input method composes."""
        if self._preedit and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Turn Enter into `entered`, unless it belongs to the input method."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            if not self.composing:
                self.entered.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the focus left, but not for a menu or another window in front."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.MenuBarFocusReason,
        ):
            self.left.emit()

    def _tell(self) -> None:
        self.typed.emit(self.live_text())
