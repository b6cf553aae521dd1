"""A panel with its title, as every page is made of."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget


def titled_panel(title: str, *parts: QWidget, parent: QWidget, grows: bool = False) -> QFrame:
    """Make a panel of `parts` below each other; the last takes all the room where it `grows`."""
    panel = QFrame(parent)
    panel.setObjectName("panel")
    name = QLabel(title, panel)
    name.setObjectName("panelTitle")
    column = QVBoxLayout(panel)
    column.setContentsMargins(14, 12, 14, 14)
    column.setSpacing(8)
    column.addWidget(name)
    for part in parts:
        column.addWidget(part)
    if grows:
        # The list takes the room while there is one; without it the words stay under the title.
        column.setStretchFactor(parts[-1], 1000)
    column.addStretch(1)
    return panel
