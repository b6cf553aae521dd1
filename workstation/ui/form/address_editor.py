"""The editor of an address: district and street by name or pinyin initials, then the rest by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from catalogue.model import Kind
from workstation.ui.form.choices import Choices, Option, rank
from workstation.ui.form.editor import Editor

_CITY = "广州市"
# Whoever has typed more than a name of a street is at the house number.
_LONGEST_SEARCH = 8


class AddressEditor(Editor):
    """Offers the beginnings of addresses while the first letters are typed; any other address is taken as it is."""

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(Kind.ADDRESS, parent)
        self._options = tuple(options)
        self._labels = dict(self._options)
        self._list: Choices | None = None
        self.textEdited.connect(self._search)

    def commit(self) -> bool:
        """Send the address and close the list."""
        sent = super().commit()
        self._close()
        return sent

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move in the list by the arrows, take by Enter, close by Escape; everything else is typing."""
        shown = self._list if self._list is not None and self._list.isVisible() else None
        if shown is not None and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            shown.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif shown is not None and event.key() == Qt.Key.Key_Escape:
            self._close()
        elif (
            shown is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.composing
        ):
            code = shown.current_code()
            if code is None:
                super().keyPressEvent(event)
                return
            self._take(code)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Close the list with the field."""
        super().focusOutEvent(event)
        self._close()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Take the list along when the page changes."""
        self._close()
        super().hideEvent(event)

    def _search(self, typed: str) -> None:
        wanted = typed.removeprefix(_CITY).strip()
        found = rank(self._options, wanted) if 0 < len(wanted) <= _LONGEST_SEARCH else []
        # A street that stands there in full is chosen already.
        if not found or wanted in self._labels.values():
            self._close()
            return
        if self._list is None:
            self._list = Choices(self)
            self._list.chosen.connect(self._take)
            self.destroyed.connect(self._list.deleteLater)
        self._list.offer(found, mark=wanted.isascii())

    def _take(self, code: str) -> None:
        """Put the beginning in; what follows is typed behind it."""
        self._close()
        self.setText(_CITY + self._labels[code])
        self._edited(self.text())
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deselect()
        self.end(False)

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()
