"""The lock page: covers everything, says whose work waits, lets that person go on and another one sign in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from workstation.domain.failures import Refused
from workstation.services.views import StationView
from workstation.ui import text
from workstation.ui.pages.gate_panel import GatePanel
from workstation.ui.widgets.gate_card import put_card
from workstation.ui.widgets.line_edit import LabelledLine

_CARD_PX = (440, 548)


class LockPanel(GatePanel):
    """Password of whoever is away; another login is another person."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", "lock.submit", parent)
        self.title.setText(self.tr("工位已锁定"))
        self.submit.setText(self.tr("解锁"))
        self.submit.setAccessibleName(self.tr("解锁"))
        self.login = LabelledLine("lock.login", self.tr("账号"), self)
        self.password = LabelledLine("lock.password", self.tr("密码"), self, secret=True)
        self.lay_out(self.login, self.password)
        self._away = ""
        self.login.line.textChanged.connect(self._name_button)

    def show_away(self, view: StationView, why: str) -> None:
        """Say who is away and how they come back."""
        self._away = view.login
        self.login.line.setText(view.login)
        self.password.line.clear()
        self.say_problem("")
        self.show_busy(on=False)
        said = {
            "idle": self.tr("长时间没有操作，已自动锁定。"),
            "card": self.tr("操作员卡已取走，已锁定。"),
            "suspended": self.tr("电脑休眠过，已锁定。"),
        }.get(why, "")
        self.lead.setText(self.tr("{0}只有{1}（{2}）能接着办。").format(said, view.clerk, view.login))
        note = self.tr("没收件的内容已封存。换人登录：改账号，输本人密码，看不到前一位的内容。")
        if view.card_resumes:
            note = self.tr("放回操作员卡也能解锁。") + note
        self.note.setText(note)

    @property
    def is_other(self) -> bool:
        """Say whether somebody else wants to sign in."""
        return self.login.text().strip() not in {"", self._away}

    def _name_button(self) -> None:
        words = self.tr("换人登录") if self.is_other else self.tr("解锁")
        self.submit.setText(words)
        self.submit.setAccessibleName(words)

    def focus(self) -> None:
        """The password is what is wanted."""
        self.password.line.setFocus(Qt.FocusReason.OtherFocusReason)


class LockPage(QWidget):
    """Nothing of a person stands here but who works at the desk."""

    resumed = Signal(str)  # password
    other = Signal(str, str)  # login and password

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gate")  # looks like it
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.panel = LockPanel(self)
        self.panel.submitted.connect(self._submit)
        self._station = QLabel(self)
        self._station.setObjectName("gateStation")
        put_card(self, self.tr("一窗工作站"), self._station, self.panel, _CARD_PX)

    def show_away(self, view: StationView, why: str) -> None:
        """Say whose work waits."""
        self._station.setText(view.station_name)
        self.panel.show_away(view, why)

    def refuse(self, refused: Refused) -> None:
        """Show what was refused and clear the secret that was wrong."""
        self.panel.refuse(
            text.failure_and_remedy(refused.failure, refused.details), clear=self.panel.password
        )

    def _submit(self) -> None:
        password = self.panel.password.text()
        self.panel.show_busy(on=True)
        if self.panel.is_other:
            self.other.emit(self.panel.login.text().strip(), password)
        else:
            self.resumed.emit(password)
