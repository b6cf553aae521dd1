"""The second page for the citizen: what was good or bad, words by finger, a call back if wanted - all of it optional."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from wire.evaluation import BAD, COMPLAINT, PRAISE, Grade, Tag
from workstation.ui.citizen.buttons import finger_button, skip_words
from workstation.ui.citizen.ink import InkPad
from workstation.ui.words import evaluation as words

_COLUMNS = 6


class MorePage(QWidget):
    """Holds what was chosen until it is given; `begin` forgets all of it."""

    given = Signal()
    skipped = Signal()
    went_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grade: Grade | None = None
        self.title = QLabel(self)
        self.title.setObjectName("citizen.chosen")
        self.title.setProperty("role", "title")
        self.lead = QLabel(self.tr("可以再说一点，也可以直接提交"), self)
        self.lead.setObjectName("citizen.lead")
        self.lead.setProperty("role", "lead")
        self._tags = {tag: self._tag_button(tag) for tag in Tag}
        self.grid = QGridLayout()
        self.grid.setSpacing(10)
        self.ink = InkPad(self)
        self.ink.setAccessibleName(self.tr("用手指写"))
        self.wipe = finger_button(self.tr("擦掉"), "citizen.wipe", self)
        self.wipe.clicked.connect(self.ink.clear)
        self.named = QCheckBox(self)
        self.named.setObjectName("citizen.named")
        self.back = finger_button(self.tr("重选"), "citizen.back", self)
        self.skip = finger_button(skip_words(), "citizen.more.skip", self)
        self.give = finger_button(self.tr("提交"), "citizen.give", self)
        self.give.setProperty("primary", True)
        self.back.clicked.connect(self.went_back)
        self.skip.clicked.connect(self.skipped)
        self.give.clicked.connect(self.given)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(self.title)
        head.addWidget(self.lead, 1)
        writing = QHBoxLayout()
        writing.setSpacing(10)
        writing.addWidget(self.ink, 1)
        writing.addWidget(self.wipe)
        foot = QHBoxLayout()
        foot.setSpacing(14)
        foot.addWidget(self.named, 1)
        for button in (self.back, self.skip, self.give):
            button.setMinimumWidth(130)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self.grid)
        column.addWidget(QLabel(self.tr("用手指写在下面（不写也行）"), self))
        column.addLayout(writing, 1)
        column.addLayout(foot)

    def _tag_button(self, tag: Tag) -> QPushButton:
        button = finger_button(words.tag(tag), f"citizen.tag.{tag.value}", self)
        button.setCheckable(True)
        button.toggled.connect(lambda on: button.setText(f"{'✓ ' if on else ''}{words.tag(tag)}"))
        return button

    def begin(self, receipt_no: str) -> None:
        """Forget everything."""
        self.grade = None
        for button in self._tags.values():
            button.setChecked(False)
        self.ink.clear()
        self.named.setChecked(False)
        self.named.setText(self.tr("愿意接受回访（附上收件号 {0}）").format(receipt_no))

    def show_grade(self, grade: Grade) -> None:
        """Show what was chosen, and the tags that go with it."""
        self.grade = grade
        self.title.setText(f"{words.stars(grade)} {words.grade(grade)}")
        offered = _offered(grade)
        while self.grid.count():
            self.grid.takeAt(0)
        for tag, button in self._tags.items():
            button.setVisible(tag in offered)
            if tag not in offered:
                button.setChecked(False)
        for place, tag in enumerate(offered):
            self.grid.addWidget(self._tags[tag], place // _COLUMNS, place % _COLUMNS)

    def tags(self) -> tuple[Tag, ...]:
        """Return what was ticked."""
        return tuple(tag for tag, button in self._tags.items() if button.isChecked())


def _offered(grade: Grade) -> tuple[Tag, ...]:
    if grade in BAD:
        return COMPLAINT
    return (*PRAISE, *COMPLAINT) if grade is Grade.FAIRLY_SATISFIED else PRAISE
