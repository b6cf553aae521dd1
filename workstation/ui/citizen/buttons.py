"""Buttons for fingers, on the citizen's side."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from workstation.ui.language import translate


def finger_button(words: str, name: str, parent: QWidget) -> QPushButton:
    """Return a button that is large enough to be met."""
    button = QPushButton(words, parent)
    button.setObjectName(name)
    button.setMinimumHeight(56)
    button.setAccessibleName(words)
    return button


def skip_words() -> str:
    """Say on every page in the same words that nothing has to be said."""
    return translate("Citizen", "不评价")
