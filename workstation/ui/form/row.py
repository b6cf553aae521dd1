"""One datum on the form: label, editor, where the value came from, what is wrong, and the reason for overruling it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from catalogue.model import Kind
from workstation.forms.values import tidied
from workstation.services.views import FieldView
from workstation.ui import text
from workstation.ui.form.address_editor import AddressEditor
from workstation.ui.form.code_editor import CodeEditor
from workstation.ui.form.editor import Editor
from workstation.ui.form.glyphs import missing_from
from workstation.ui.form.photo_editor import PhotoEditor
from workstation.ui.form.reason import ReasonLine

_BADGE_PX = 40
_WRITTEN = frozenset({Kind.NAME, Kind.ADDRESS, Kind.TEXT})
_BADGE_HIGH_PX = 22
_GAP_PX = 6


class FieldRow(QWidget):
    """Built once for a key and kind; `show_field` changes it in place."""

    committed = Signal(str, str, str)  # key, typed, reason
    picked = Signal(str, str)  # key, path of a picture
    advanced = Signal(str)
    wanted = Signal(str)
    came = Signal(str)

    def __init__(self, view: FieldView, section: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = view
        self.wide = view.kind is Kind.ADDRESS
        self._typed: str | None = None  # waits for a reason
        label = text.said(view.label)
        self.label = QLabel(label, self)
        self.label.setObjectName("fieldLabel")
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.editor = self._make_editor(view)
        self.editor.setObjectName(f"field.{view.key}")
        self.editor.setAccessibleName(f"{section} {label}")
        self.label.setBuddy(self.editor)
        self.badge = QLabel(self)
        self.badge.setObjectName("origin")
        self.badge.setFixedSize(_BADGE_PX, _BADGE_HIGH_PX)
        self.badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.error = QLabel(self)
        self.error.setObjectName("fieldError")
        self.error.hide()
        self.reason = ReasonLine(view.key, label, self)
        self._lay_out()
        self.editor.committed.connect(self._commit)
        self.editor.advanced.connect(self._advance)
        self.editor.wanted.connect(lambda: self.wanted.emit(view.key))
        self.editor.came.connect(lambda: self.came.emit(view.key))
        self.editor.textEdited.connect(self._drop_reason)
        self.editor.escaped.connect(self._escaped)
        self.reason.given.connect(self._explained)
        self.reason.onward.connect(lambda: self.advanced.emit(view.key))
        self.reason.dropped.connect(self._give_up)

    def _make_editor(self, view: FieldView) -> Editor:
        if view.kind is Kind.PHOTO:
            photo = PhotoEditor(self)
            photo.picked.connect(lambda path: self.picked.emit(view.key, path))
            return photo
        if view.kind is Kind.ADDRESS and view.options:
            return AddressEditor([(code, text.said(label)) for code, label in view.options], self)
        if view.options:
            return CodeEditor([(code, text.said(label)) for code, label in view.options], self)
        return Editor(view.kind, self)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_GAP_PX)
        grid.setVerticalSpacing(1)
        grid.addWidget(self.label, 0, 0)
        grid.addWidget(self.editor, 0, 1)
        grid.addWidget(self.badge, 0, 2)
        grid.addWidget(self.error, 1, 0, 1, 3)
        grid.addWidget(self.reason, 2, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        self.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.error.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def align(self, width: int) -> None:
        """Make the label this wide (px), in two lines where one does not do."""
        name = text.said(self.view.label)
        if self.label.fontMetrics().horizontalAdvance(name) > width:
            half = (len(name) + 1) // 2
            name = f"{name[:half]}\n{name[half:]}"
        self.label.setText(name)
        self.label.setFixedWidth(width)
        self._indent_error()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the error under the editor while it fits there."""
        super().resizeEvent(event)
        self._indent_error()

    def _indent_error(self) -> None:
        under = self.label.width() + _GAP_PX
        words = self.error.fontMetrics().horizontalAdvance(self.error.text())
        self.error.setIndent(under if words + under < self.width() else 0)
        self.error.setToolTip(self.error.text())

    # -- what the desk knows -----------------------------------------------------------------------------
    def show_field(self, view: FieldView, *, locked: bool) -> None:
        """Take the new view; the text being typed and the focus stay."""
        self.view = view
        self.editor.show_value(view.value, view.shown, locked=locked)
        state, words = self._state(view)
        if self.badge.property("origin") != state:
            self.badge.setProperty("origin", state)
            self._restyle(self.badge)
        self.badge.setText(words)
        problem = text.problem(view.problem) if view.problem is not None else self._unshowable(view)
        self.error.setText(problem)
        self.error.setVisible(bool(problem))
        self._indent_error()
        if self.editor.property("bad") != bool(problem):
            self.editor.setProperty("bad", bool(problem))
            self._restyle(self.editor)
        self.editor.setAccessibleDescription(
            "；".join(part for part in (problem, words, self.hint()) if part)
        )
        self.setToolTip(self.hint())

    def _unshowable(self, view: FieldView) -> str:
        """A character without a glyph would be a box that nobody can proofread, and stop the sheet at the printer."""
        character = missing_from(view.value) if view.kind in _WRITTEN else ""
        if not character:
            return ""
        return self.tr("字库没有第 {0} 个字（U+{1}），核对这个字").format(
            view.value.index(character) + 1, f"{ord(character):04X}"
        )

    def _state(self, view: FieldView) -> tuple[str, str]:
        if view.value and view.origin is not None:
            return view.origin.value, text.origin(view.origin)
        return ("wanted", self.tr("待填")) if view.required else ("optional", self.tr("选填"))

    def hint(self) -> str:
        """Say which items use the datum and who gave it."""
        users = text.listed(text.said(item) for item in self.view.used_by)
        parts = [self.tr("用于 {0}").format(users)] if users else []
        if self.view.origin_name is not None:
            parts.append(self.tr("来自 {0}").format(text.said(self.view.origin_name)))
        if self.view.kind is Kind.PHOTO:
            parts.append(self.tr("空格选照片，Delete 去掉"))
        return " · ".join(parts)

    @property
    def waits_for_reason(self) -> bool:
        """Say whether a change is held until its reason is given."""
        return self._typed is not None

    def focus_chain(self) -> tuple[QWidget, ...]:
        """Return what Tab visits, in order."""
        return (self.editor, self.reason.line)

    @property
    def open_gap(self) -> bool:
        """Say whether the datum is wanted, missing, and not on its way to the desk."""
        waits = self.editor.dirty or self.editor.awaited
        return self.view.required and not self.view.value and not waits

    # -- what the person does ----------------------------------------------------------------------------
    def ask_reason(self, typed: str) -> None:
        """Open the line for the reason; the typed text waits for it."""
        self._typed = typed
        self.reason.open()

    def _commit(self, typed: str) -> None:
        changed = tidied(self.view.kind, typed) != self.view.value
        if self.view.guarded and changed:
            self.ask_reason(typed)
        else:
            self.committed.emit(self.view.key, typed, "")

    def _advance(self) -> None:
        if self._typed is not None:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.advanced.emit(self.view.key)

    def _explained(self, reason: str) -> None:
        typed, self._typed = self._typed, None
        self.reason.close_up()
        if typed is not None:
            self.committed.emit(self.view.key, typed, reason)

    def _give_up(self) -> None:
        self._drop_reason()
        self.editor.revert()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _escaped(self) -> None:
        """Escape in the field gives up what waits for a reason, as it does in the line below."""
        if self._typed is not None:
            self._give_up()

    def _drop_reason(self) -> None:
        if self._typed is not None:
            self._typed = None
            self.reason.close_up()
            self.editor.settled(kept=True)

    @staticmethod
    def _restyle(widget: QWidget) -> None:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
