"""Tells that another window owns an item: received here for it, or where the citizen has to go."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from workstation.services.views import RouteView, VisitView
from workstation.ui import text
from workstation.ui.widgets.mark import Mark, Sign


class RouteRow(QFrame):
    """Hidden while every item belongs to this window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("routeRow")
        self._mark = Mark(self)
        self.said = QLabel(self)
        self.said.setObjectName("route.said")
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self.said, 1)
        self.hide()

    def show_visit(self, view: VisitView | None) -> None:
        """Show one sentence an item."""
        routes = view.routes if view is not None else ()
        self._mark.show_sign(Sign.CARE if any(not route.received_here for route in routes) else Sign.OPEN)
        words = "；".join(self._words(route) for route in routes)
        self.said.setText(words)
        self.said.setToolTip(words)
        self.setVisible(bool(routes))

    def _words(self, route: RouteView) -> str:
        windows = text.listed(text.said(window) for window in route.windows)
        if route.received_here:
            return self.tr("{0}由{1}受理，这里按通办代收").format(text.said(route.item), windows)
        return self.tr("{0}不在这里收件，请办事人到{1}").format(text.said(route.item), windows)
