"""Where the second person signs: with their own password or their own card, whoever is signed in at the desk."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workstation.services.views import ProposalView
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.line_edit import LabelledLine


class SignBox(QFrame):
    """Emits what was decided; `signed` carries login and password, "" for the operator card."""

    signed = Signal(str, str)
    declined = Signal()
    withdrawn = Signal()

    def __init__(self, login: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._me = login
        title = QLabel(self.tr("第二人会签"), self)
        title.setObjectName("panelTitle")
        self.note = QLabel(self)
        self.note.setObjectName("proposal.note")
        self.note.setWordWrap(True)
        self.login = LabelledLine("proposal.login", self.tr("会签人账号"), self)
        self.password = LabelledLine("proposal.password", self.tr("会签人密码"), self, secret=True)
        self.password.line.entered.connect(self._sign)
        self.login.line.entered.connect(self.password.line.setFocus)
        self.sign = KeyButton("proposal.sign", self.tr("会签"), "F9", self)
        self.sign.make_primary()
        self.sign.clicked.connect(self._sign)
        self.by_card = KeyButton("proposal.card", self.tr("用操作员卡会签"), "", self)
        self.by_card.clicked.connect(lambda: self.signed.emit(self.login.text().strip(), ""))
        self.decline = KeyButton("proposal.decline", self.tr("退回"), "", self)
        self.decline.clicked.connect(self.declined)
        self.withdraw = KeyButton("proposal.withdraw", self.tr("撤回"), "", self)
        self.withdraw.clicked.connect(self.withdrawn)
        lines = QHBoxLayout()
        lines.setSpacing(8)
        lines.addWidget(self.login, 1)
        lines.addWidget(self.password, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.sign, self.by_card):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.decline, self.withdraw):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self.note)
        column.addLayout(lines)
        column.addLayout(buttons)

    def show_proposal(self, view: ProposalView) -> None:
        """Offer what can be done with it; the signed-in person is offered as signer when they may be."""
        self.password.line.clear()
        self.login.line.setText(self._me if view.may_sign else "")
        self.decline.setVisible(view.may_sign)
        self.withdraw.setVisible(view.mine)
        for part in (self.login, self.password, self.sign, self.by_card):
            part.setEnabled(not view.changed)
        if view.changed:
            self.note.setText(self.tr("提请之后办件有变动，不能会签。撤回后按现在的情况重新提请。"))
        elif view.may_sign:
            self.note.setText(self.tr("看过两边内容，再输自己的密码会签。签的就是上面显示的内容。"))
        else:
            self.note.setText(
                self.tr("由另一位有权限的人看过两边内容，在这里输自己的账号和密码会签；提请人不能自己签。")
            )

    def _sign(self) -> None:
        if self.password.text() and self.login.text().strip() and self.sign.isEnabled():
            self.signed.emit(self.login.text().strip(), self.password.text())
        else:
            (self.password if self.login.text().strip() else self.login).line.setFocus()
