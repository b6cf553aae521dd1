"""The three panels of the gate: the key of the store, the welcome of the hall, the sign-in."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workstation.ui.pages.gate_panel import GatePanel
from workstation.ui.widgets.line_edit import LabelledLine
from workstation.ui.words.breaks import in_fours


class KeyPanel(GatePanel):
    """Opens the store, or makes it: by passphrase, or by a button when the keyring keeps the key."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", "gate.submit", parent)
        self.first = LabelledLine("gate.passphrase", self.tr("口令"), self, secret=True)
        self.again = LabelledLine("gate.passphrase_again", self.tr("再输一次口令"), self, secret=True)
        self.lay_out(self.first, self.again)
        self.show_known_key(by_keyring=False)

    @property
    def differs(self) -> bool:
        """Say whether a passphrase is being chosen and the two lines are not alike."""
        return not self.again.isHidden() and self.first.text() != self.again.text()

    def show_known_key(self, *, by_keyring: bool) -> None:
        """Ask for the passphrase of a store that is there."""
        self._show(self.tr("打开本机数据"), self.tr("打开"), first=not by_keyring, again=False)
        if by_keyring:
            self.lead.setText(self.tr("密钥在系统密钥环里，不用口令。"))
            self.note.setText(self.tr("密钥位置：系统密钥环"))
        else:
            self.lead.setText(self.tr("输入本工位的口令。"))
            self.note.setText(self.tr("密钥位置：口令保护。口令不对，谁也打不开本机数据。"))

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


class EnrolPanel(GatePanel):
    """Makes the station known to the hall, once."""

    def __init__(self, hall_url: str, code: str, parent: QWidget) -> None:
        super().__init__("", "", "enrol.submit", parent)
        self.title.setText(self.tr("在大厅登记本工位"))
        self.lead.setText(self.tr("大厅管理员会给一个一次性登记码，用过就作废。"))
        self.note.setText(self.tr("登记时生成本机的设备密钥，只存在本机加密数据里。"))
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
