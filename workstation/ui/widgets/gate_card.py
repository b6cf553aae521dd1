"""The card in the middle of the page on which a person signs in, or comes back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget


def put_card(page: QWidget, product: str, station: QLabel, content: QWidget, size: tuple[int, int]) -> None:
    """Lay out `page` as a card of `size` in pixels: the product's name, the station, and what is asked there."""
    name = QLabel(product, page)
    name.setObjectName("gateProduct")
    card = QFrame(page)
    card.setObjectName("gateCard")
    card.setFixedSize(*size)
    column = QVBoxLayout(card)
    column.setContentsMargins(32, 26, 32, 22)
    column.setSpacing(4)
    column.addWidget(name)
    column.addWidget(station)
    column.addSpacing(14)
    column.addWidget(content)
    QGridLayout(page).addWidget(card, 0, 0, Qt.AlignmentFlag.AlignCenter)
