"""One paper of the checklist: replaced, seen, scanned or missing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from wire.messages import MaterialHow
from workstation.services.views import MaterialView
from workstation.ui import text
from workstation.ui.widgets.mark import Mark, Sign

_REPLACED = (MaterialHow.REPLACED_BY_CARD, MaterialHow.REPLACED_BY_VERIFICATION)


class MaterialRow(QFrame):
    """A replaced paper needs no hand; any other offers the tick and the file."""

    seen_changed = Signal(str, bool)
    scan_asked = Signal(str)
    promise_asked = Signal(str)
    signed_changed = Signal(str, bool)

    def __init__(self, material: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"material.{material}")
        self.setProperty("line", True)
        self._material = material
        self.mark = Mark(self)
        self._title = QLabel(self)
        self._title.setObjectName("lineTitle")
        self._title.setWordWrap(True)
        self.state = QLabel(self)
        self.state.setObjectName("lineState")
        self._about = QLabel(self)
        self._about.setObjectName("lineAbout")
        self._about.setWordWrap(True)
        self.seen = QCheckBox(self.tr("已看原件"), self)
        self.seen.setObjectName(f"material.{material}.seen")
        self.seen.setMinimumHeight(28)
        self.seen.clicked.connect(lambda on: self.seen_changed.emit(material, on))
        self.scan = QPushButton(self.tr("扫描件…"), self)
        self.scan.setObjectName(f"material.{material}.scan")
        self.scan.setMinimumHeight(28)
        self.scan.clicked.connect(lambda: self.scan_asked.emit(material))
        self.promise = QPushButton(self.tr("承诺书"), self)
        self.promise.setObjectName(f"material.{material}.promise")
        self.promise.setMinimumHeight(28)
        self.promise.setAutoDefault(True)
        self.promise.clicked.connect(lambda: self.promise_asked.emit(material))
        self.signed = QCheckBox(self.tr("已签字"), self)
        self.signed.setObjectName(f"material.{material}.signed")
        self.signed.setMinimumHeight(28)
        self.signed.clicked.connect(lambda on: self.signed_changed.emit(material, on))
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.mark)
        top.addWidget(self._title, 1)
        top.addWidget(self.state)
        below = QHBoxLayout()
        below.setContentsMargins(24, 0, 0, 0)
        below.setSpacing(10)
        below.addWidget(self.seen)
        below.addWidget(self.scan)
        below.addStretch(1)
        # A row of its own: four controls beside each other would widen the column.
        promised = QHBoxLayout()
        promised.setContentsMargins(24, 0, 0, 0)
        promised.setSpacing(10)
        promised.addWidget(self.promise)
        promised.addWidget(self.signed)
        promised.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 10, 4)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._about)
        column.addLayout(below)
        column.addLayout(promised)

    def show_material(self, view: MaterialView, *, locked: bool) -> None:
        """Show how the paper stands."""
        name = text.said(view.name)
        replaced = view.how in _REPLACED
        missing = view.how is MaterialHow.MISSING
        lacking = Sign.CARE if view.required else Sign.OPEN
        waiting = view.how in (MaterialHow.PENDING, MaterialHow.TOLERATED)
        self.mark.show_sign(lacking if missing else Sign.BUSY if waiting else Sign.GOOD)
        self._title.setText(name if view.required else self.tr("{0}（选交）").format(name))
        # Nobody is short of a paper that need not be there.
        not_given = missing and not view.required
        self.state.setText(self.tr("未交") if not_given else text.material_how(view.how))
        self.state.setProperty("sign", self.mark.sign.value)
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        about = self._about_words(view)
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self.seen.setChecked(view.how is MaterialHow.ORIGINAL_SEEN)
        self.seen.setAccessibleName(self.tr("{0}已看原件").format(name))
        self.scan.setAccessibleName(self.tr("{0}扫描件").format(name))
        self.signed.setChecked(view.how is MaterialHow.COMMITTED)
        self.signed.setAccessibleName(self.tr("{0}承诺书已签字").format(name))
        self.promise.setAccessibleName(self.tr("打印{0}的告知承诺书").format(name))
        open_to_promise = view.commitment and not replaced and view.how is not MaterialHow.ORIGINAL_SEEN
        self.promise.setVisible(open_to_promise)
        self.promise.setEnabled(not locked)
        self.signed.setVisible(open_to_promise and bool(view.promise))
        self.signed.setEnabled(not locked)
        for part in (self.seen, self.scan):
            part.setVisible(not replaced)
            part.setEnabled(not locked)
        users = text.listed(text.said(item) for item in view.used_by)
        self.setToolTip(self.tr("用于 {0}").format(users) if users else "")

    def _about_words(self, view: MaterialView) -> str:
        parts = [text.said(view.replaced_by)] if view.replaced_by is not None else []
        if view.evidence_no:
            parts.append(view.evidence_no)
        if view.scans:
            parts.append(self.tr("扫描件 {0} 份").format(view.scans))
        if view.promise and view.how in (MaterialHow.MISSING, MaterialHow.COMMITTED):
            parts.append(self.tr("承诺书 {0}").format(view.promise))
        if view.until is not None:
            parts.append(self.tr("最迟 {0}").format(view.until.isoformat()))
        if view.how is MaterialHow.MISSING:
            parts += self._wanted_words(view)
        return " · ".join(parts)

    def _wanted_words(self, view: MaterialView) -> list[str]:
        """Say what is asked of a paper that is not there yet, where it is not just one original."""
        words = []
        if (view.originals, view.copies) != (1, 0):
            sheets = [self.tr("原件 {0} 份").format(view.originals)] if view.originals else []
            sheets += [self.tr("复印件 {0} 份").format(view.copies)] if view.copies else []
            words.append(text.listed(sheets))
        if view.tolerable:
            words.append(self.tr("可容缺后补"))
        if view.commitment:
            words.append(self.tr("可告知承诺"))
        return words

    def focus(self) -> None:
        """Go to the tick, if the paper needs a hand."""
        if not self.seen.isHidden():
            self.seen.setFocus(Qt.FocusReason.OtherFocusReason)
