"""The three panels of the gate: the key of the store, the welcome of the hall, the sign-in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from workstation.ui.pages.gate_panel import GatePanel
from workstation.ui.widgets.line_edit import LabelledLine
from workstation.ui.words.breaks import breakable, in_fours


class KeyPanel(GatePanel):
    """Opens the store, or makes it: by passphrase, or by a button when the keyring keeps the key."""

    key_lost = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", "gate.submit", parent)
        self.first = LabelledLine("gate.passphrase", self.tr("口令"), self, secret=True)
        self.again = LabelledLine("gate.passphrase_again", self.tr("再输一次口令"), self, secret=True)
        self.lay_out(self.first, self.again)
        self.lost = QPushButton(self.tr("找回密钥"), self)
        self.lost.setObjectName("gate.lost")
        self.lost.clicked.connect(self.key_lost)
        self.add_below(self.lost)
        self.show_known_key(by_keyring=False)
        self.lost.hide()  # until the desk is there and says that a store is

    @property
    def differs(self) -> bool:
        """Say whether a passphrase is being chosen and the two lines are not alike."""
        return not self.again.isHidden() and self.first.text() != self.again.text()

    def show_known_key(self, *, by_keyring: bool) -> None:
        """Ask for the passphrase of a store that is there."""
        self._show(self.tr("打开本机数据"), self.tr("打开"), first=not by_keyring, again=False)
        self.lost.show()
        if by_keyring:
            self.lead.setText(self.tr("密钥在系统密钥环里，不用口令。"))
            self.note.setText(self.tr("密钥位置：系统密钥环"))
        else:
            self.lead.setText(self.tr("输入本工位的口令。"))
            self.note.setText(self.tr("密钥位置：口令保护。忘了口令，用“找回密钥”。"))

    def show_new_key(self, *, by_keyring: bool) -> None:
        """Let the person choose a passphrase for a store that is not there yet."""
        begin = self.tr("设好并开始") if not by_keyring else self.tr("开始使用")
        self._show(self.tr("第一次使用本工位"), begin, first=not by_keyring, again=not by_keyring)
        if by_keyring:
            self.lead.setText(self.tr("本机数据全部加密，密钥存入系统密钥环，不用口令。"))
            self.note.setText(self.tr("密钥位置：系统密钥环"))
        else:
            self.lead.setText(self.tr("本机数据全部加密。定一个口令，每天开机用它打开。"))
            self.note.setText(self.tr("密钥位置：口令保护。口令忘了数据就打不开，按单位规定封存一份。"))

    def _show(self, title: str, button: str, *, first: bool, again: bool) -> None:
        self.title.setText(title)
        self.submit.setText(button)
        self.submit.setAccessibleName(button)
        self.first.setVisible(first)
        self.again.setVisible(again)
        self.lost.hide()


class RecoverPanel(GatePanel):
    """找回密钥: a one-time code of the hall opens a store whose key was lost."""

    back = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", "recover.submit", parent)
        self.title.setText(self.tr("找回密钥"))
        self.lead.setText(self.tr("向大厅管理员要一次性恢复码。"))
        self.submit.setText(self.tr("找回并打开"))
        self.submit.setAccessibleName(self.tr("找回并打开"))
        self.file = ""  # path of the sealed key, for a station without network
        self.code = LabelledLine("recover.code", self.tr("一次性恢复码"), self)
        self.first = LabelledLine("recover.passphrase", self.tr("新口令（没有密钥环时）"), self, secret=True)
        self.again = LabelledLine("recover.passphrase_again", self.tr("再输一次口令"), self, secret=True)
        self.lay_out(self.code, self.first, self.again)
        self.turn_back = QPushButton(self.tr("返回  Esc"), self)
        self.turn_back.setObjectName("recover.back")
        self.turn_back.clicked.connect(self.back)
        self.choose = QPushButton(self.tr("没有网络：用恢复文件…"), self)
        self.choose.setObjectName("recover.file")
        self.choose.clicked.connect(self._choose)
        self.add_below(self.turn_back, self.choose)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("恢复文件"))
        self.take_file(chosen)

    def take_file(self, path: str) -> None:
        """Use a sealed key from a file instead of asking the hall; "" asks the hall."""
        self.file = path
        self.note.setText(self.tr("恢复文件：{0}").format(breakable(path)) if path else "")

    @property
    def differs(self) -> bool:
        """Say whether the two lines of the new passphrase are not alike."""
        return self.first.text() != self.again.text()

    def focus(self) -> None:
        """Begin with the code; file and passphrase are needed by few."""
        if not any(line.line.hasFocus() for line in self.lines):
            self.code.line.setFocus()

    def to_code(self) -> None:
        """Go to the code that was not right; what else was typed stays."""
        self.code.line.setFocus()
        self.code.line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
            return
        super().keyPressEvent(event)

    def clear(self) -> None:
        """Forget what was typed."""
        for line in self.lines:
            line.line.clear()
        self.take_file("")
        self.say_problem("")


class EnrolPanel(GatePanel):
    """Makes the station known to the hall, once."""

    def __init__(self, hall_url: str, code: str, parent: QWidget) -> None:
        super().__init__("", "", "enrol.submit", parent)
        self.title.setText(self.tr("在大厅登记本工位"))
        self.lead.setText(self.tr("大厅管理员会给一行登记码，用过就作废；整行粘贴到哪一格都行。"))
        self.note.setText(
            self.tr("先核对大厅证书的指纹，再发登记码。设备密钥在本机生成，只存在本机加密数据里。")
        )
        self.submit.setText(self.tr("登记"))
        self.submit.setAccessibleName(self.tr("登记"))
        self.url = LabelledLine("enrol.url", self.tr("大厅地址"), self)
        self.url.line.setText(hall_url)
        self.code = LabelledLine("enrol.code", self.tr("一次性登记码"), self)
        self.code.line.setText(code)
        self.lay_out(self.url, self.code)


class SignInPanel(GatePanel):
    """Lets a person sit down."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", "signin.submit", parent)
        self.title.setText(self.tr("登录"))
        self.note.setText(self.tr("没有网络也能登录。退出后未收件的草稿仍封存在本机。"))
        self.submit.setText(self.tr("登录"))
        self.submit.setAccessibleName(self.tr("登录"))
        self.login = LabelledLine("signin.login", self.tr("账号"), self)
        self.password = LabelledLine("signin.password", self.tr("密码"), self, secret=True)
        self.lay_out(self.login, self.password)
        self.clear()

    def clear(self) -> None:
        """Forget who sat here."""
        self.lead.setText(self.tr("用自己的账号登录，办的每一步都记在自己名下。"))
        self.login.line.clear()
        self.password.line.clear()
        self.say_problem("")

    def welcome(self, fingerprint: str) -> None:
        """Say that the hall knows this station now, and by which key: both sides can compare it."""
        self.lead.setText(self.tr("本工位已在大厅登记。设备指纹 {0}").format(in_fours(fingerprint)))
