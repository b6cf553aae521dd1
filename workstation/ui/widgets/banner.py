"""A refusal at the top of a page: what is wrong, what to do, said aloud to a screen reader, closed by hand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from workstation.domain.failures import Failure, Refused
from workstation.ui import text
from workstation.ui.widgets.mark import Mark, Sign


class Banner(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("kind", "care")
        self._about: Failure | None = None
        self._mark = Mark(self)
        self._said = QLabel(self)
        self._said.setObjectName("banner.text")
        self._remedy = QLabel(self)
        self._remedy.setObjectName("banner.remedy")
        for label in (self._said, self._remedy):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._close = QPushButton(self.tr("知道了"), self)
        self._close.setObjectName("banner.close")
        self._close.setAccessibleName(self.tr("关闭提示"))
        self._close.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._said)
        words.addWidget(self._remedy)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addLayout(words, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_refusal(self, refused: Refused) -> None:
        """Show a refusal with its remedy."""
        self._about = refused.failure
        said = text.failure(refused.failure, refused.details)
        self._say("care", Sign.CARE, said, text.remedy(refused.failure, refused.details))

    def show_care(self, said: str, remedy: str, about: Failure) -> None:
        """Show what should be known before anything is refused for it."""
        self._about = about
        self._say("care", Sign.CARE, said, remedy)

    def over(self, *failures: Failure) -> None:
        """Take back what was said of these: the cause has gone."""
        if self._about in failures:
            self.hide()

    def show_broken(self) -> None:
        """Show that the program itself went wrong; the log has the place."""
        self._about = None
        said = self.tr("程序出错，这一步没有办成，已录内容已保存。")
        self._say("bad", Sign.BAD, said, self.tr("再办一次这一步；仍不行就关掉程序重开，并把时间告诉运维。"))

    def _say(self, kind: str, sign: Sign, said: str, remedy: str) -> None:
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._mark.show_sign(sign)
        self._said.setText(said)
        self._remedy.setText(remedy)
        self.setAccessibleName(f"{said} {remedy}")
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
