"""The checklist of papers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from wire.messages import MaterialHow
from workstation.services.views import VisitView
from workstation.ui.intake.material_row import MaterialRow


class MaterialsPanel(QFrame):
    """Rows are built when the set of papers changes, and changed in place otherwise."""

    seen_changed = Signal(str, bool)
    scan_chosen = Signal(str, str)  # material, path
    promise_asked = Signal(str)
    signed_changed = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("materials")
        self._rows: dict[str, MaterialRow] = {}
        self._open: list[str] = []
        title = QLabel(self.tr("材料  F5"), self)
        title.setObjectName("panelTitle")
        self._saved = QLabel(self)
        self._saved.setObjectName("materials.saved")
        head = QHBoxLayout()
        head.setContentsMargins(10, 6, 10, 2)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._saved)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._column)

    def show_visit(self, view: VisitView, *, locked: bool) -> None:
        """Bring every line up to date."""
        names = [material.id for material in view.materials]
        if list(self._rows) != names:
            self._build(names)
        for material in view.materials:
            self._rows[material.id].show_material(material, locked=locked)
        self._saved.setText(self.tr("少交 {0} 份").format(view.papers_saved) if view.papers_saved else "")
        self._open = [m.id for m in view.materials if m.how is MaterialHow.MISSING]

    def focus_material(self, material: str) -> bool:
        """Go to a line; say whether it is there."""
        row = self._rows.get(material)
        if row is not None:
            row.focus()
        return row is not None

    def focus_first(self) -> None:
        """Go to the first paper that is missing, else to the first that takes a tick."""
        for material in (*self._open, *self._rows):
            if not self._rows[material].seen.isHidden():
                self._rows[material].focus()
                return

    def focus_chain(self) -> list[QWidget]:
        """Return what Tab visits, in order."""
        return [
            widget for row in self._rows.values() for widget in (row.seen, row.scan, row.promise, row.signed)
        ]

    def _ask_file(self, material: str) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("选扫描件"), "", self.tr("扫描件 (*.pdf *.png *.jpg *.jpeg)")
        )
        if path:
            self.scan_chosen.emit(material, path)

    def _build(self, names: list[str]) -> None:
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self._rows = {name: MaterialRow(name, self) for name in names}
        for row in self._rows.values():
            row.seen_changed.connect(self.seen_changed)
            row.scan_asked.connect(self._ask_file)
            row.promise_asked.connect(self.promise_asked)
            row.signed_changed.connect(self.signed_changed)
            self._column.addWidget(row)
            row.show()
