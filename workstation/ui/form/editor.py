"""The editor of one datum: what the desk knows stands in it, what a person types is committed by Enter or on leaving."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QWidget

from catalogue.model import Kind
from workstation.ui.form.line import Line
from workstation.ui.reveal import LINGER_MS

_UPPER = (Kind.CITIZEN_ID, Kind.BIRTH_CERTIFICATE_NO, Kind.CREDIT_CODE)
_DIGITS = (Kind.DATE, Kind.DIVISION, Kind.PHONE, Kind.POSTCODE, Kind.BANK_ACCOUNT, Kind.MONEY)
_EXAMPLES = {Kind.DATE: "20260103", Kind.BIRTH_CERTIFICATE_NO: "A000000000", Kind.DIVISION: "440104"}


class Editor(Line):
    """A line for one kind of value.

    `show_value` never touches a text that a person is typing or that is on its way to the desk. A masked text is shown
    until `unmask`; `wanted` asks for it when a person clicks, or presses a key that would change it. Passing by with Tab
    asks for nothing. What was typed here stays in clear until the field is left, and a moment longer.
    """

    committed = Signal(str)
    advanced = Signal()
    wanted = Signal()
    came = Signal()
    escaped = Signal()  # Escape where nothing is being typed

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._value = ""
        self._shown = ""
        self._masked = False
        self._open = False
        self._typing = False  # by hand, since the focus came
        self._lingers = QTimer(self)
        self._lingers.setSingleShot(True)
        self._lingers.setInterval(LINGER_MS)
        self._lingers.timeout.connect(self._render_unless_typing)
        self._locked = False
        self._dirty = False
        self._on_the_way = 0
        self._undoing = False
        self._before: list[str] = []  # what stood here before each change by hand, for undo
        self.setMinimumHeight(32)
        if kind in _EXAMPLES:
            self.setPlaceholderText(self.tr("如 {0}").format(_EXAMPLES[kind]))
        self._set_input_method()
        self.textEdited.connect(self._edited)
        self.entered.connect(self._enter)
        self.left.connect(self._leave)

    # -- what the desk knows -----------------------------------------------------------------------------
    def show_value(self, value: str, shown: str, *, locked: bool) -> None:
        """Take the canonical value and its masked text (equal when nothing is hidden)."""
        if value != self._value:
            self._open = False
        self._value, self._shown, self._locked = value, shown, locked
        self._masked = value not in ("", shown) and "*" in shown
        self._render_unless_typing()

    @property
    def hidden(self) -> bool:
        """Say whether the mask stands in the place of the value."""
        return self._masked and not (self._open or self._typing or self._lingers.isActive())

    @property
    def revealed(self) -> bool:
        """Say whether the desk was asked for what stands here in clear."""
        return self._masked and self._open

    def holds_personal(self) -> bool:
        """Say whether a copy of this text would give somebody away; what no desk has seen yet might."""
        return bool(self.text()) and not self.hidden and (self._masked or self._dirty or not self._value)

    def unmask(self) -> None:
        """Show the clear value until the focus leaves or `cover`: the desk has logged it. Too late once it has left."""
        if not self.hasFocus():
            return
        self._open = True
        if not self._dirty:
            self._render()
            self.selectAll()

    def cover(self) -> None:
        """Hide the value, at once and wherever the focus is; a text not sent yet is still being typed."""
        self._open = False
        self._typing = self._dirty
        self._lingers.stop()
        self._render_unless_typing()

    def stop_lingering(self) -> None:
        """The person goes on with something else: what was typed here has been looked at long enough."""
        if self._lingers.isActive():
            self._lingers.stop()
            self._render_unless_typing()

    def settled(self, *, kept: bool) -> None:
        """Hear that the desk took the text sent last, or refused it: then it stays for the person to mend."""
        self._on_the_way -= 1
        if not kept:
            self._dirty = True
        else:
            self._render_unless_typing()

    @property
    def dirty(self) -> bool:
        """Say whether the text was changed by hand and is not sent yet."""
        return self._dirty

    @property
    def awaited(self) -> bool:
        """Say whether a text is on its way to the desk."""
        return self._on_the_way > 0

    def revert(self) -> None:
        """Throw away what was typed."""
        self._dirty = self._typing = False
        self._lingers.stop()
        self._render()

    def commit(self) -> bool:
        """Send what was typed, if anything was; say whether it was sent."""
        if not self._dirty:
            return False
        self._dirty = False
        typed = self.typed_value()
        if typed == self._value:
            self._render()
            return False
        if not self._undoing:
            self._before.append(self._value)
        self._on_the_way += 1
        self.committed.emit(typed)
        return True

    def undo_change(self) -> None:
        """Take the last change of this field back, also one that the desk has taken already."""
        if self._locked or not self._before:
            return
        self.setText(self.words(self._before.pop()))
        self._dirty = self._undoing = True
        try:
            self.commit()
        finally:
            self._undoing = False

    def typed_value(self) -> str:
        """Return the text as the desk should get it."""
        return self.text().strip()

    def words(self, value: str) -> str:
        """Return the value in the words shown to a person."""
        return value

    # -- keys and focus ----------------------------------------------------------------------------------
    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that a person came. Whoever comes back at once still sees what was typed here."""
        super().focusInEvent(event)
        self._typing = self._typing or self._lingers.isActive()
        self._lingers.stop()
        self.came.emit()
        if event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.OtherFocusReason,
        ):
            self.selectAll()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Commit before Tab looks for its target: a row that asks for a reason comes next then."""
        self.commit()
        return super().focusNextPrevChild(forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask again when a masked field that has the focus is clicked."""
        super().mousePressEvent(event)
        self._want()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape takes the typing back; Ctrl+Z, where nothing is being typed, the last change."""
        if event.key() == Qt.Key.Key_Escape and self._dirty:
            self.revert()
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        if event.key() == Qt.Key.Key_Space and self.revealed and self.selectedText() == self.text():
            # The key that shows is pressed once more, or after a click that showed already: it replaces nothing.
            event.accept()
            return
        if event.matches(QKeySequence.StandardKey.Undo) and not self._dirty:
            self.undo_change()
            event.accept()
            return
        plain = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier == Qt.KeyboardModifier.NoModifier
        if (plain and event.text() and event.text().isprintable()) or event.key() in (
            Qt.Key.Key_Backspace,
            Qt.Key.Key_Delete,
        ):
            self._want()
        super().keyPressEvent(event)

    def _want(self) -> None:
        if self.hidden:
            self.wanted.emit()

    def _edited(self, text: str) -> None:
        self._dirty = self._typing = True
        if self._kind in _UPPER and text != text.upper():
            at = self.cursorPosition()
            self.setText(text.upper())
            self.setCursorPosition(at)

    def _enter(self) -> None:
        self.commit()
        self.advanced.emit()

    def _leave(self) -> None:
        self.commit()
        self._open = False
        if self._typing:
            self._typing = False
            self._lingers.start()
        self._render_unless_typing()

    def _render_unless_typing(self) -> None:
        if not (self._dirty or self._on_the_way):
            self._render()

    def _render(self) -> None:
        hidden = self.hidden
        text = self._shown if hidden else self.words(self._value)
        if text != self.text():
            self.setText(text)
            if not self.hasFocus():
                self.setCursorPosition(0)
        self.setReadOnly(self._locked or hidden)
        if self.property("locked") != self._locked:
            self.setProperty("locked", self._locked)
            self.style().unpolish(self)
            self.style().polish(self)
        self._set_input_method()

    def _set_input_method(self) -> None:
        # QLineEdit switches this back on by itself whenever it becomes writable.
        latin = self._kind in _UPPER or self._kind in _DIGITS
        if latin:
            self.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, not latin and not self.isReadOnly())
