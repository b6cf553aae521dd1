"""Who is at the counter: masked name and number, what the card says of itself, and reading the card."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from workstation.domain.identity import CardStatus, DocumentKind, Glimpse, mask_id, mask_name
from workstation.services.views import PersonView
from workstation.ui import text
from workstation.ui.form.line import Line
from workstation.ui.reveal import REVEAL_S, Countdown
from workstation.ui.widgets.mark import Mark, Sign


class PersonStrip(QFrame):
    """Shows one person; the clear name goes away by itself after `reveal_s` seconds, which the button counts down."""

    read_asked = Signal()
    reveal_asked = Signal()
    pin_given = Signal(str, bool)  # digits, last try allowed
    no_card_asked = Signal()
    new_asked = Signal()

    def __init__(self, parent: QWidget | None = None, *, reveal_s: float = REVEAL_S) -> None:
        super().__init__(parent)
        self.setObjectName("personStrip")
        self._person: PersonView | None = None
        self._clear = Countdown(reveal_s, self)
        self._clear.ticked.connect(self._tell_left)
        self._clear.over.connect(self.hide_clear)
        self.read = _button(self, "intake.read_card", self.tr("读卡  F2"), self.tr("读卡"))
        self.read.clicked.connect(self.read_asked)
        self.no_card = _button(self, "person.no_card", self.tr("没有卡  F7"), self.tr("没有卡：扫码或录入"))
        self.no_card.clicked.connect(self.no_card_asked)
        self._last_try = False
        self.reveal = _button(self, "person.reveal", self.tr("显示"), self.tr("显示姓名和号码"))
        self.reveal.setToolTip(self.tr("显示 {0} 秒，记入日志").format(round(reveal_s)))
        self.reveal.clicked.connect(self._show_or_cover)
        self.pin_button = _button(self, "person.pin_ask", self.tr("卡密码"), self.tr("凭卡密码读联系方式"))
        self.pin_button.setToolTip(self.tr("持卡人自己输入，读出卡里的电话和住址"))
        self.pin_button.clicked.connect(self._ask_pin)
        self.pin = Line(self)
        self.pin.setObjectName("person.pin")
        self.pin.setAccessibleName(self.tr("卡密码"))
        self.pin.setPlaceholderText(self.tr("持卡人输入，回车"))
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(16)
        self.pin.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{4,16}"), self.pin))
        self.pin.setFixedWidth(150)
        self.pin.setMinimumHeight(32)
        self.pin.entered.connect(self._give_pin)
        self.pin.left.connect(self._hide_pin)
        self.pin.hide()
        self.new = _button(self, "intake.new", self.tr("下一位  F12"), self.tr("下一位，草稿保留"))
        self.new.clicked.connect(self.new_asked)
        self.name = _label(self, "person.name")
        self.name.setProperty("strong", True)
        self.id_no = _label(self, "person.id")
        self.id_no.setProperty("strong", True)
        self._about = _label(self, "person.about")
        self._mark = Mark(self)
        self._card = _label(self, "person.card")
        # Where room is short it is the card that gives way, not a number that somebody has asked to see.
        self._card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._warning = _label(self, "person.warning")
        self._warning.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._proof = _label(self, "person.proof")
        self._proof.setProperty("quiet", True)
        self._proof.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._proof.hide()
        self._progress = QProgressBar(self)
        self._progress.setObjectName("person.progress")
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setFixedSize(120, 6)
        self._lay_out()
        self.show_person(None, wrong_card=False)
        self.show_reading(on=False)

    def _lay_out(self) -> None:
        who = QHBoxLayout()
        who.setSpacing(12)
        for part in (self.name, self.id_no, self._about):
            who.addWidget(part)
        who.addWidget(self.reveal)
        who.addWidget(self.pin_button)
        who.addWidget(self.pin)
        card = QHBoxLayout()
        card.setSpacing(5)
        card.addWidget(self._mark)
        card.addWidget(self._card, 1)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addLayout(card)
        lines.addWidget(self._warning)
        lines.addWidget(self._proof)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(14)
        row.addWidget(self.read)
        row.addWidget(self.no_card)
        row.addWidget(self._progress)
        row.addLayout(who)
        row.addLayout(lines, 100)
        row.addStretch(1)  # takes the room while there are no lines yet
        row.addWidget(self.new)

    def show_person(self, person: PersonView | None, *, wrong_card: bool) -> None:
        """Show the person masked, or that nobody is there yet."""
        if person != self._person:
            self._person = person
            self.hide_clear()
        there = person is not None
        for part in (self.name, self.id_no, self.reveal, self._card, self._mark):
            part.setVisible(there)
        self.no_card.setVisible(person is None or person.document is DocumentKind.TYPED)
        self.pin_button.setVisible(person is not None and person.pin_opens_more and not wrong_card)
        self._hide_pin()
        words = [text.card_warning(warning) for warning in person.warnings] if person else []
        if wrong_card and person is not None:
            words.insert(0, self.tr("读卡器里不是{0}的卡，收件、受理和打印先停住").format(person.name))
        self._warning.setText("；".join(words))
        self._warning.setToolTip(self._warning.text())
        self._warning.setVisible(bool(words))
        self._warning.setProperty("bad", wrong_card)
        self._warning.style().unpolish(self._warning)
        self._warning.style().polish(self._warning)
        if person is None:
            self._about.setText(self.tr("还没有办事人，把卡放上读卡器"))
            return
        self._about.setText(self._sex_and_year(person))
        self._card.setText(self._card_words(person))
        self._card.setToolTip(self._card.text())
        known = person.document is not DocumentKind.TYPED
        good = known and person.card_status is CardStatus.IN_DATE and not wrong_card
        self._mark.show_sign(Sign.GOOD if good else Sign.CARE)

    def show_proof(self, words: str) -> None:
        """Say what the card proves now, where no warning needs the room."""
        self._proof.setText(words)
        self._proof.setToolTip(words)
        self._proof.setVisible(bool(words) and self._warning.isHidden())

    def show_glimpse(self, glimpse: Glimpse) -> None:
        """Show who it seems to be while the rest of the card is read; nothing is taken yet."""
        if self._person is not None:
            return
        self.name.setText(mask_name(glimpse.name))
        self.id_no.setText(mask_id(glimpse.id_no))
        for part in (self.name, self.id_no):
            part.setVisible(True)
        self._about.setText("")

    def offer_last_try(self) -> None:
        """The card has one try left and was not asked: whoever holds it may insist."""
        self._ask_pin()
        self._last_try = True
        self.pin.setPlaceholderText(self.tr("只剩一次，确定再输"))

    def _ask_pin(self) -> None:
        self._last_try = False
        self.pin.setPlaceholderText(self.tr("持卡人输入，回车"))
        self.pin_button.hide()
        self.pin.show()
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_pin(self) -> None:
        if self.pin.hasAcceptableInput():
            digits, last_try = self.pin.text(), self._last_try
            self._hide_pin()
            self.pin_given.emit(digits, last_try)

    def _hide_pin(self) -> None:
        """What was typed stays nowhere; the button comes back while there is something to open."""
        self.pin.clear()
        if not self.pin.isHidden():
            self.pin.hide()
            self.pin_button.setVisible(self._person is not None and self._person.pin_opens_more)

    def _sex_and_year(self, person: PersonView) -> str:
        sex = {"1": self.tr("男"), "2": self.tr("女")}.get(person.sex or "", "")
        born = self.tr("{0} 年生").format(person.birth_date) if person.birth_date else ""
        return "  ".join(part for part in (sex, born) if part)

    def _card_words(self, person: PersonView) -> str:
        if person.document is DocumentKind.TYPED:
            return self.tr("手工录入，没有读卡，看原件核对")
        state = text.card_status(person.card_status)
        if person.long_term:
            state += self.tr("，长期")
        elif person.valid_until is not None:
            state += self.tr("，至 {0}").format(person.valid_until.isoformat())
        if person.document is not None:
            return " · ".join((text.document(person.document), state))
        trust = self.tr("卡片已认证") if person.authenticated else self.tr("卡片未认证")
        return " · ".join((self.tr("{0} 卡").format(person.card_version), state, trust))

    def show_clear(self, name: str, id_no: str) -> None:
        """Show name and number in clear for a short time."""
        self.name.setText(name)
        self.id_no.setText(id_no)
        self._clear.start()

    def _show_or_cover(self) -> None:
        """Whoever has read it covers it at once; the focus stays here and does not fall on the PIN beside it."""
        if self._clear.running:
            self.hide_clear()
        else:
            self.reveal_asked.emit()

    def _tell_left(self, seconds: int) -> None:
        self.reveal.setText(self.tr("{0} 秒后遮盖").format(seconds))

    def hide_clear(self) -> None:
        """Hide name and number again."""
        self._clear.stop()
        self.reveal.setText(self.tr("显示"))
        self.name.setText(self._person.name if self._person is not None else "")
        self.id_no.setText(self._person.id_no if self._person is not None else "")

    def show_reading(self, *, on: bool) -> None:
        """Show that the card is being read."""
        self._progress.setVisible(on)
        if not on and self._person is None:
            # What was glimpsed of a card that could not be read to its end is nobody.
            self.hide_clear()
            self.show_person(None, wrong_card=False)
        if on and self._person is None:
            self._about.setText(self.tr("正在读取，稍等"))
        self.read.setText(self.tr("读卡中…") if on else self.tr("读卡  F2"))


def _label(parent: QWidget, name: str) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return label


def _button(parent: QWidget, name: str, words: str, accessible: str) -> QPushButton:
    button = QPushButton(words, parent)
    button.setObjectName(name)
    button.setMinimumHeight(32)
    button.setAutoDefault(True)  # Enter presses it, as Space does.
    button.setAccessibleName(accessible)
    return button
