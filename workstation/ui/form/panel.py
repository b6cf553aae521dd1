"""The one form: sections of fields in two columns, built only when the set of fields changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from workstation.services.views import FieldView, SectionView, VisitView
from workstation.ui import text
from workstation.ui.form.row import FieldRow
from workstation.ui.reveal import REVEAL_S, Countdown

_COLUMN_PX = 280
_LABEL_MIN_PX = 56
_LABEL_MAX_EM = 8  # longer labels take two lines

Shape = tuple[tuple[str, tuple[tuple[object, ...], ...]], ...]


class FormPanel(QFrame):
    """Shows the sections of a visit and tells what was typed; it knows no desk."""

    committed = Signal(str, str, str)  # key, typed, reason
    picked = Signal(str, str)  # key, path of a picture
    wanted = Signal(str)
    finished = Signal()  # Enter was pressed and nothing wanted is left

    def __init__(self, parent: QWidget | None = None, *, reveal_s: float = REVEAL_S) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self._clear = Countdown(reveal_s, self)
        self._clear.ticked.connect(self._tell_left)
        self._clear.over.connect(self.cover)
        self._clear_key = ""
        self._rows: dict[str, FieldRow] = {}
        self._sections: tuple[SectionView, ...] = ()
        self._heads: list[QLabel] = []
        self._shape: Shape = ()
        self._columns = 2
        title = QLabel(self.tr("表单  F4"), self)
        title.setObjectName("panelTitle")
        self.progress = QLabel(self)
        self.progress.setObjectName("form.progress")
        self.progress.setProperty("quiet", True)
        self.situation = QLabel(self)
        self.situation.setObjectName("form.situation")
        self.situation.setProperty("quiet", True)
        self.situation.setContentsMargins(8, 0, 8, 0)
        self.situation.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._hint = QLabel(self)
        self._hint.setObjectName("form.hint")
        self._hint.setProperty("quiet", True)
        self._hint.setContentsMargins(10, 2, 10, 4)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._content = QWidget(self)
        self._content.setObjectName("formContent")
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(10, 0, 8, 8)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._area = QScrollArea(self)
        self._area.setObjectName("form.area")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._content)
        self._area.viewport().installEventFilter(self)
        head = QHBoxLayout()
        head.setContentsMargins(10, 6, 10, 2)
        head.addWidget(title)
        head.addWidget(self.situation, 1)
        head.addWidget(self.progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        column.addWidget(self._hint)

    # -- what the desk knows -----------------------------------------------------------------------------
    def show_visit(self, view: VisitView, *, locked: bool) -> None:
        """Bring every field up to date; focus, cursor and unfinished typing stay."""
        shape = _shape_of(view.sections)
        self._sections = view.sections
        if shape != self._shape:
            self._shape = shape
            self._build()
        for section in view.sections:
            for field in section.fields:
                self._rows[field.key].show_field(field, locked=locked)
        situations = text.listed(text.said(name) for name in view.situations)
        self.situation.setText(self.tr("情形：{0}").format(situations) if situations else "")
        self.situation.setToolTip(situations)
        self.progress.setText(
            self.tr("已填 {0}/{1} 项，带出 {2} 项，录入 {3} 项").format(
                view.fields_filled, view.fields_total, view.prefilled, view.typed
            )
        )

    def clear(self) -> None:
        """Forget everything of the last visit, also what a hidden field would still hold."""
        self._sections, self._shape = (), ()
        self._build()
        self._hint.clear()

    def settled(self, key: str, *, kept: bool) -> None:
        """Hear that the desk took or refused what was typed."""
        if key in self._rows:
            self._rows[key].editor.settled(kept=kept)

    def ask_reason(self, key: str, typed: str) -> None:
        """Open the line for the reason of a change."""
        if key in self._rows:
            self._rows[key].ask_reason(typed)

    def unmask(self, field: FieldView) -> None:
        """Show a masked value that the desk has revealed."""
        row = self._rows.get(field.key)
        if row is None:
            return
        row.editor.unmask()
        if row.editor.revealed:
            self._clear_key = field.key
            self._clear.start()

    def cover(self) -> None:
        """Hide everything that was revealed, and what lingers after typing."""
        self._clear.stop()
        for row in self._rows.values():
            row.editor.cover()
        if self._clear_key in self._rows:
            self._show_hint(self._rows[self._clear_key])

    # -- going about -------------------------------------------------------------------------------------
    def focus_field(self, key: str) -> bool:
        """Go to a field; say whether it is on the form."""
        row = self._rows.get(key)
        if row is None:
            return False
        row.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focus_first(self) -> None:
        """Go to the first datum that is wanted, else to the first field."""
        keys = self._keys()
        gaps = self._gaps_first_to_type(keys)
        if gaps or keys:
            self.focus_field((gaps or keys)[0])

    def _gaps_first_to_type(self, keys: list[str]) -> list[str]:
        """What a check is about to fill comes last: it is usually there before the hand is."""
        gaps = [key for key in keys if self._rows[key].open_gap]
        return sorted(gaps, key=lambda key: self._rows[key].view.awaited)

    def focus_open_reason(self) -> bool:
        """Go to a change that still waits for its reason; say whether there is one."""
        for row in self._rows.values():
            if row.waits_for_reason:
                row.reason.setFocus(Qt.FocusReason.OtherFocusReason)
                self._area.ensureWidgetVisible(row, 0, 24)
                return True
        return False

    def focus_chain(self) -> list[QWidget]:
        """Return what Tab visits, in the order of the talk."""
        return [widget for key in self._keys() for widget in self._rows[key].focus_chain()]

    def commit_typing(self) -> bool:
        """Send the field being typed, if it was changed; say whether it was."""
        sent = [row.editor.commit() for row in self._rows.values() if row.editor.dirty]
        return any(sent)

    def _advance(self, key: str) -> None:
        keys = self._keys()
        at = keys.index(key)
        gaps = self._gaps_first_to_type(keys[at + 1 :] + keys[:at])
        if gaps:
            self.focus_field(gaps[0])
        else:
            self.finished.emit()

    def _came(self, key: str) -> None:
        row = self._rows.get(key)
        if row is None or row.isHidden():
            return  # it is on its way out, and only passes the focus on
        QTimer.singleShot(0, row, lambda: self._area.ensureWidgetVisible(row, 0, 24))
        self._show_hint(row)

    def _left(self) -> None:
        """The field that was revealed has masked itself."""
        if self._clear.running:
            self._clear.stop()
            self._hint.clear()

    def _show_hint(self, row: FieldRow) -> None:
        how = self.tr("已遮盖，按空格或点一下显示，记入日志") if row.editor.hidden else ""
        parts = (text.said(row.view.label), how, row.hint())
        words = "  ".join(part for part in parts if part)
        room = self._hint.contentsRect().width()
        self._hint.setText(self._hint.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room))
        self._hint.setToolTip(words)

    def _tell_left(self, seconds: int) -> None:
        row = self._rows.get(self._clear_key)
        if row is None or not row.editor.revealed:
            self._clear.stop()
            return
        left = self.tr("正在明文显示，{0} 秒后遮盖").format(seconds)
        self._hint.setText(f"{text.said(row.view.label)}  {left}")

    # -- building ----------------------------------------------------------------------------------------
    def _keys(self) -> list[str]:
        return [field.key for section in self._sections for field in section.fields]

    def _build(self) -> None:
        kept: dict[str, FieldRow] = {}
        gone: list[FieldRow] = []
        for section in self._sections:
            for field in section.fields:
                row = self._rows.pop(field.key, None)
                if row is not None and _field_shape(row.view) != _field_shape(field):
                    gone.append(row)
                    row = None
                kept[field.key] = row or self._make_row(field, text.said(section.title))
        gone += self._rows.values()
        # Before any of them goes: hiding the row with the focus hands it to the next one, which must be found here.
        self._rows = kept
        for row in gone:
            self._drop(row)
        self._place()

    def _make_row(self, field: FieldView, section: str) -> FieldRow:
        row = FieldRow(field, section, self._content)
        row.committed.connect(self.committed)
        row.picked.connect(self.picked)
        row.wanted.connect(self.wanted)
        row.advanced.connect(self._advance)
        row.came.connect(self._came)
        row.editor.left.connect(self._left)
        row.editor.textEdited.connect(lambda _: self._cover_others(field.key))
        return row

    def _cover_others(self, key: str) -> None:
        """Whoever types on has read over what was typed before."""
        for other, row in self._rows.items():
            if other != key:
                row.editor.stop_lingering()

    @staticmethod
    def _drop(row: FieldRow) -> None:
        row.hide()
        row.deleteLater()

    def _place(self) -> None:
        """Lay the rows out again without touching their parents, so the focus stays where it is."""
        while self._grid.takeAt(0) is not None:
            pass
        for old in self._heads:
            old.hide()  # it would stand between the new ones until the event loop comes to it
            old.deleteLater()
        self._heads = []
        for old_line in range(self._grid.rowCount()):
            self._grid.setRowStretch(old_line, 0)
        line = 0
        for section in self._sections:
            head = QLabel(text.said(section.title), self._content)
            head.setObjectName("sectionTitle")
            head.show()
            self._heads.append(head)
            self._grid.addWidget(head, line, 0, 1, self._columns)
            line = self._place_section(section, line + 1)
        self._grid.setRowStretch(line, 1)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
        self._align()

    def _place_section(self, section: SectionView, line: int) -> int:
        column = 0
        for field in section.fields:
            row = self._rows[field.key]
            if column and row.wide:
                line, column = line + 1, 0
            width = self._columns if row.wide else 1
            self._grid.addWidget(row, line, column, 1, width, Qt.AlignmentFlag.AlignTop)
            row.show()
            column += width
            if column >= self._columns:
                line, column = line + 1, 0
        return line + 1 if column else line

    def _align(self) -> None:
        if not self._rows:
            return
        label = next(iter(self._rows.values())).label
        label.ensurePolished()
        metrics = label.fontMetrics()
        names = [text.said(row.view.label) for row in self._rows.values()]
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        most = metrics.horizontalAdvance("国") * _LABEL_MAX_EM
        width = max(_LABEL_MIN_PX, min(widest, most)) + 4
        for row in self._rows.values():
            row.align(width)

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # noqa: N802, ARG002 - Qt's name and shape
        """Choose one or two columns by the width there is."""
        if isinstance(event, QResizeEvent):
            columns = 2 if event.size().width() >= 2 * _COLUMN_PX else 1
            if columns != self._columns:
                self._columns = columns
                QTimer.singleShot(0, self, self._place)
        return False


def _field_shape(field: FieldView) -> tuple[object, ...]:
    return (field.key, field.kind, field.label, field.options)


def _shape_of(sections: tuple[SectionView, ...]) -> Shape:
    return tuple((section.id, tuple(_field_shape(field) for field in section.fields)) for section in sections)
