"""What was copied of a person in clear leaves the clipboard by itself: after ten seconds, on lock and at the end."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication

CLEAR_AFTER_MS = 10_000  # KeePassXC's figure (reliability.md A1)
# Clipboard managers and Windows' own history keep copies unless they are told that this is none of their business.
_KEEP_OUT = (
    "x-kde-passwordManagerHint",
    "ExcludeClipboardContentFromMonitorProcessing",
    "Clipboard Viewer Ignore",
)
# Says that a text is ours, also when a clipboard manager holds it by now.
_OURS = "application/x-one-window-personal"
_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


@runtime_checkable
class HoldsPersonal(Protocol):
    """A widget that can be copied from and knows whether it shows something personal in clear."""

    def holds_personal(self) -> bool:
        """Say whether what is selected here is personal and in clear."""
        ...

    def selectedText(self) -> str:  # noqa: N802 - Qt's name
        """Return what is selected."""
        ...


class ClipboardGuard(QObject):
    """Watches clipboard and primary selection. What others put there, and what was masked, is let alone."""

    def __init__(self, parent: QObject, clear_after_ms: int = CLEAR_AFTER_MS) -> None:
        super().__init__(parent)
        self._board = QApplication.clipboard()
        self._marking = False
        self._timers: dict[QClipboard.Mode, QTimer] = {}
        for mode in _MODES:
            timer = QTimer(self)
            timer.setSingleShot(True)
            timer.setInterval(clear_after_ms)
            timer.timeout.connect(lambda mode=mode: self._clear(mode))
            self._timers[mode] = timer
        self._board.changed.connect(self._changed)

    def clear(self) -> None:
        """Take back at once what is still ours."""
        for mode, timer in self._timers.items():
            if timer.isActive():
                self._clear(mode)

    def _changed(self, mode: QClipboard.Mode) -> None:
        timer = self._timers.get(mode)
        if timer is None or self._marking:
            return
        # Whatever was there before is gone; a copy of our own counts from now on.
        timer.stop()
        source: object = QApplication.focusWidget()
        if isinstance(source, HoldsPersonal) and source.holds_personal() and self._gave(source, mode):
            self._mark(mode)
            timer.start()

    def _gave(self, source: HoldsPersonal, mode: QClipboard.Mode) -> bool:
        """Say whether the new text is from there: others change the clipboard too."""
        primary = mode is QClipboard.Mode.Selection
        owned = self._board.ownsSelection() if primary else self._board.ownsClipboard()
        text = self._board.text(mode)
        return text != "" and (owned or text == source.selectedText())

    def _mark(self, mode: QClipboard.Mode) -> None:
        told = QMimeData()
        told.setText(self._board.text(mode))
        for name in (_OURS, *_KEEP_OUT):
            told.setData(name, b"secret")
        self._marking = True
        try:
            self._board.setMimeData(told, mode)
        finally:
            self._marking = False

    def _clear(self, mode: QClipboard.Mode) -> None:
        self._timers[mode].stop()
        held = self._board.mimeData(mode)
        if held is not None and held.hasFormat(_OURS):
            self._board.clear(mode)
