"""The buttons of a sheet: which one of the case, on which paper, in which words; one key each, and the present choice in plain sight."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QListWidget, QVBoxLayout, QWidget

from workstation.domain.slip import Language, PaperWish, SlipKind
from workstation.services.print_views import Draft
from workstation.ui import text
from workstation.ui.widgets.button import KeyButton
from workstation.ui.words import printing as words

_WIDTH_PX = 268


class SheetChoices(QFrame):
    """What is chosen is told; the page lays the sheet out anew."""

    kind_chosen = Signal(object)  # SlipKind
    wished = Signal(object)  # PaperWish
    look_first = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setFixedWidth(_WIDTH_PX)
        self._kinds: tuple[SlipKind, ...] = ()
        self._wish, self._papers = PaperWish(), tuple[str, ...]()
        title = QLabel(self.tr("这个办件的单子"), self)
        title.setObjectName("panelTitle")
        self.kinds = QListWidget(self)
        self.kinds.setObjectName("choices.kinds")
        self.kinds.setAccessibleName(self.tr("这个办件的单子"))
        self.kinds.currentRowChanged.connect(self._row_changed)
        self.paper = KeyButton("choices.paper", "", "F5", self)
        self.paper.clicked.connect(self._next_paper)
        self.language = KeyButton("choices.language", "", "F6", self)
        self.language.clicked.connect(self._next_language)
        self._note = QLabel(self.tr("打印后记住，本工位以后这种单子都这样打。"), self)
        self._note.setProperty("note", True)
        self._note.setWordWrap(True)
        self.first = QCheckBox(self.tr("本工位的单子都先看再打"), self)
        self.first.setObjectName("choices.first")
        self.first.clicked.connect(self.look_first)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self.kinds, 1)
        for part in (self.paper, self.language, self._note, self.first):
            column.addWidget(part)

    def show_kinds(self, kinds: tuple[SlipKind, ...], chosen: SlipKind) -> None:
        """Show what can be printed of the case; choosing one here tells nobody."""
        self._kinds = kinds
        self.kinds.blockSignals(True)
        self.kinds.clear()
        self.kinds.addItems([text.slip(kind) for kind in kinds])
        self.kinds.setCurrentRow(kinds.index(chosen))
        self.kinds.blockSignals(False)

    def show_draft(self, draft: Draft) -> None:
        """Show how the sheet in sight is laid out."""
        self._wish, self._papers = draft.wish, draft.papers
        on = draft.wish.paper if draft.wish.paper in draft.papers else draft.papers[0]
        self._name(self.paper, self.tr("纸张：{0}").format(words.paper(on)), "F5")
        self._name(self.language, self.tr("文字：{0}").format(words.language(draft.wish.language)), "F6")
        # One paper is no choice.
        self.paper.setVisible(len(draft.papers) > 1)

    def show_first(self, *, on: bool) -> None:
        """Show whether sheets wait for a look."""
        self.first.setChecked(on)

    def focus(self) -> None:
        """Put the focus into the list: up and down go through the sheets."""
        self.kinds.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row_changed(self, row: int) -> None:
        if 0 <= row < len(self._kinds):
            self.kind_chosen.emit(self._kinds[row])

    def _next_paper(self) -> None:
        at = self._papers.index(self._wish.paper) if self._wish.paper in self._papers else 0
        self.wished.emit(replace(self._wish, paper=self._papers[(at + 1) % len(self._papers)]))

    def _next_language(self) -> None:
        both = self._wish.language is Language.BOTH
        self.wished.emit(replace(self._wish, language=Language.CHINESE if both else Language.BOTH))

    def _name(self, button: KeyButton, said: str, key: str) -> None:
        button.setText(f"{said}  {key}")
        button.setAccessibleName(said)
