"""The editor of a code: typed by code, label or pinyin initials, chosen from the list below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from catalogue.model import Kind
from workstation.ui.form.choices import Choices, Option, rank
from workstation.ui.form.editor import Editor


class CodeEditor(Editor):
    """Shows the label, commits the code. The list opens as soon as an empty field is reached or something is typed."""

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(Kind.CODE, parent)
        self._options = tuple(options)
        self._labels = dict(self._options)
        self._list: Choices | None = None
        self.textEdited.connect(self._search)

    def words(self, value: str) -> str:
        """Return the label of a code; an unknown code stays as it was typed."""
        return self._labels.get(value, value)

    def typed_value(self) -> str:
        """Return the code marked in the list, else the code of a label typed in full, else the text."""
        text = self.text().strip()
        marked = self._list.current_code() if self._list is not None and text else None
        if marked is not None:
            return marked
        return next((code for code, label in self._options if text in (label, code)), text)

    def commit(self) -> bool:
        """Send the code and close the list."""
        sent = super().commit()
        self._close()
        return sent

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move in the list by the arrows, close it by Escape."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._arrow(1 if event.key() == Qt.Key.Key_Down else -1)
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape and self._list is not None and self._list.isVisible():
            self._close()
            if not self.dirty:
                event.accept()
                return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Offer the whole list where nothing is chosen yet."""
        super().focusInEvent(event)
        if not self.text() and not self.isReadOnly():
            self._offer("")

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Close the list with the field."""
        super().focusOutEvent(event)
        self._close()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Offer the whole list to the mouse."""
        super().mousePressEvent(event)
        if not self.isReadOnly():
            self._offer("")

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Take the list along when the page changes."""
        self._close()
        super().hideEvent(event)

    def _search(self, text: str) -> None:
        self._offer(text)

    def _offer(self, text: str) -> None:
        if self._list is None:
            self._list = Choices(self)
            self._list.chosen.connect(self._take)
            self.destroyed.connect(self._list.deleteLater)
        self._list.offer(rank(self._options, text), mark=bool(text.strip()))

    def _arrow(self, by: int) -> None:
        if self.isReadOnly():
            return
        if self._list is None or not self._list.isVisible():
            self._offer("")
        if self._list is not None:
            self._list.step(by)
            if (code := self._list.current_code()) is not None:
                self._write(code)

    def _take(self, code: str) -> None:
        self._write(code)
        self._enter()

    def _write(self, code: str) -> None:
        self.setText(self._labels[code])
        self._edited(self.text())

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()
