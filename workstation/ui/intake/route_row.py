"""Tells that another window owns an item: received here for it, or where the citizen has to go."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from workstation.services.views import RouteView, VisitView
from workstation.ui import text
from workstation.ui.widgets.mark import Mark, Sign


class RouteRow(QFrame):
    """Hidden while every item belongs to this window. `print_asked` carries the id of an item."""

    print_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("routeRow")
        self._printable = ""
        self._mark = Mark(self)
        self.said = QLabel(self)
        self.said.setObjectName("route.said")
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self.said, 1)
        self.print = QPushButton(self.tr("打印去向单"), self)
        self.print.setObjectName("route.print")
        self.print.setAccessibleName(self.tr("打印办理去向告知单"))
        self.print.setMinimumHeight(32)
        self.print.setAutoDefault(True)
        self.print.clicked.connect(self._print)
        row.addWidget(self.print)
        self.hide()

    def show_visit(self, view: VisitView | None) -> None:
        """Show one sentence an item."""
        routes = view.routes if view is not None else ()
        # Whoever is sent on comes first; whoever could be served here may still want to go there.
        known = sorted((r for r in routes if r.printable), key=lambda r: r.received_here)
        self._printable = known[0].id if known else ""
        self.print.setVisible(bool(self._printable))
        self._mark.show_sign(Sign.CARE if any(not route.received_here for route in routes) else Sign.OPEN)
        words = "；".join(self._words(route) for route in routes)
        self.said.setText(words)
        self.said.setToolTip(words)
        self.setVisible(bool(routes))

    def _print(self) -> None:
        if self._printable:
            self.print_asked.emit(self._printable)

    def _words(self, route: RouteView) -> str:
        windows = text.listed(text.said(window) for window in route.windows)
        if route.received_here:
            return self.tr("{0}由{1}受理，这里按通办代收").format(text.said(route.item), windows)
        said = self.tr("{0}不在这里收件，请办事人到{1}").format(text.said(route.item), windows)
        reasons = text.listed(text.said(reason) for reason in route.reasons)
        return self.tr("{0}（{1}）").format(said, reasons) if reasons else said
