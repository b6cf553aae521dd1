"""The editor of a photo: space chooses a file, the picture stands small in the line, Delete takes it out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from catalogue.model import Kind
from workstation.ui.form.editor import Editor

_SMALL = QSize(20, 25)


class PhotoEditor(Editor):
    """Nothing is typed here: a picture is chosen, and only the desk says whether it is taken."""

    picked = Signal(str)  # path of a file

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Kind.PHOTO, parent)
        self.setPlaceholderText(self.tr("按空格选照片"))
        self._tried = ""  # the file chosen last: the desk has not taken it yet
        self._small = self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._small.setVisible(False)

    def words(self, value: str) -> str:
        """Say that there is one: its number in the store tells nobody anything."""
        return self.tr("已有照片") if value else ""

    def show_value(self, value: str, shown: str, *, locked: bool) -> None:
        """Show the picture as soon as the desk has taken it; of an earlier day only that there is one."""
        changed = value != self._value
        super().show_value(value, shown, locked=locked)
        if changed:
            picture = QPixmap(self._tried) if value and self._tried else QPixmap()
            self._small.setIcon(QIcon(picture))
            self._small.setVisible(not picture.isNull())
            self._tried = ""
        self.setReadOnly(True)

    def typed_value(self) -> str:
        """Nothing but emptiness can be typed; undo brings an earlier picture back by its number."""
        return self._wanted

    def choose(self) -> None:
        """Ask for a file."""
        path, _ = QFileDialog.getOpenFileName(
            self.window(), self.tr("选照片"), "", self.tr("照片 (*.png *.jpg *.jpeg)")
        )
        if path:
            self.take(path)

    def take(self, path: str) -> None:
        """Offer a file to the desk."""
        self._tried = path
        self._before.append(self._value)
        self.picked.emit(path)

    def undo_change(self) -> None:
        """Bring the picture before this one back, or none."""
        if not self._locked and self._before:
            self._send(self._before.pop())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space chooses, Delete takes out, Enter goes on."""
        if self._locked:
            super().keyPressEvent(event)
            return
        if event.key() == Qt.Key.Key_Space:
            self.choose()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._value:
            self._before.append(self._value)
            self._send("")
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click chooses too."""
        super().mousePressEvent(event)
        if not self._locked:
            self.choose()

    def _send(self, value: str) -> None:
        self._wanted = value
        self._dirty = self._undoing = True
        try:
            self.commit()
        finally:
            self._undoing = False
            self._wanted = self._value

    _wanted = ""
