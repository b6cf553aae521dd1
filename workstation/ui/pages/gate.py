"""The gate: what the person sees before the desk is open. It is painted first, so it loads nothing heavy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from workstation.ui.pages.gate_device_panels import ConfirmPanel, ShutOutPanel
from workstation.ui.pages.gate_panels import EnrolPanel, KeyPanel, RecoverPanel, SignInPanel
from workstation.ui.widgets.gate_card import put_card

if TYPE_CHECKING:
    from workstation.domain.failures import Refused
    from workstation.services.desk import DeskApi
    from workstation.services.views import StationView
    from workstation.ui.background import Background
    from workstation.ui.pages.gate_panel import GatePanel

# The same for all steps, so that nothing moves from one to the next.
_CARD_PX = (440, 624)


class GatePage(QWidget):
    """Three steps, one at a time. What is submitted before the desk is there waits for it."""

    opened = Signal(object)  # StationView: somebody is signed in
    touched = Signal()  # somebody is there: what comes after the gate will be wanted soon

    def __init__(
        self, background: Background, initial: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("gate")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._background = background
        self._initial = initial
        self._desk: DeskApi | None = None
        self._waiting = False  # a passphrase was submitted before the desk was there
        self._station = QLabel(self)
        self._station.setObjectName("gateStation")
        self._panels = QStackedWidget(self)
        self._made: list[GatePanel] = []
        self.key = KeyPanel(self._panels)
        self._add(self.key, self._unlock)
        self.key.key_lost.connect(self._show_recovery)
        self._lay_out()
        self._station.setText(self.tr("正在准备工位…"))
        self.key.progress.show()

    @cached_property
    def enrolment(self) -> EnrolPanel:
        """The second step: most stations never see it again."""
        panel = EnrolPanel(self._initial.get("hall_url", ""), self._initial.get("code", ""), self._panels)
        self._add(panel, self._enrol)
        return panel

    @cached_property
    def confirmation(self) -> ConfirmPanel:
        """Between enrolment and the first sign-in."""
        panel = ConfirmPanel(self._panels)
        self._add(panel, self._ask_confirmed)
        panel.asked.connect(self._ask_confirmed_quietly)
        return panel

    @cached_property
    def shut_out(self) -> ShutOutPanel:
        """For the day the hall revokes this device."""
        panel = ShutOutPanel(self._panels)
        self._add(panel, self._leave)
        return panel

    @cached_property
    def recovery(self) -> RecoverPanel:
        """For the day the key is lost."""
        panel = RecoverPanel(self._panels)
        self._add(panel, self._recover)
        panel.back.connect(self._leave_recovery)
        return panel

    @cached_property
    def sign_in(self) -> SignInPanel:
        """The third step; the first paint does not wait for it."""
        panel = SignInPanel(self._panels)
        self._add(panel, self._sign_in)
        return panel

    def _add(self, panel: GatePanel, submitted: Callable[[], None]) -> None:
        panel.submitted.connect(submitted)
        for line in panel.lines:
            line.line.textEdited.connect(self.touched)
        self._made.append(panel)
        self._panels.addWidget(panel)

    def _lay_out(self) -> None:
        put_card(self, self.tr("一窗工作站"), self._station, self._panels, _CARD_PX)

    # -- what the window calls ---------------------------------------------------------------------------
    def focus(self) -> None:
        """Put the focus into the panel on top."""
        self._top().focus()

    def desk_is_ready(self, desk: DeskApi) -> None:
        """The heavy rooms are loaded: ask where the person stands."""
        self._desk = desk
        self._background.desk(desk.station, self.show_station, self.show_refusal)

    def show_station(self, view: StationView) -> None:
        """Show the step that is next."""
        # By value: the names of the steps live in a room that the first paint does not load.
        step = view.step.value
        for panel in self._made:
            panel.show_busy(on=False)
        self._station.setText(view.station_name or self.tr("本工位还没有登记"))
        if step == "open":
            self.opened.emit(view)
            return
        by_keyring = view.key_place.value == "keyring"
        if step in ("new_key", "unlock"):
            self._show_key(new=step == "new_key", by_keyring=by_keyring)
            return
        self._forget_passphrase()
        if step == "enrol" and view.hall_url and not self.enrolment.url.text():
            self.enrolment.url.line.setText(view.hall_url)
        if step == "confirm":
            self.confirmation.show_fingerprint(view.fingerprint)
        panel = self._panel_of(step)
        self._panels.setCurrentWidget(panel)
        panel.focus()

    def _panel_of(self, step: str) -> GatePanel:
        match step:
            case "enrol":
                return self.enrolment
            case "confirm":
                return self.confirmation
            case "shut_out":
                return self.shut_out
        return self.sign_in

    def show_load_problem(self, words: str) -> None:
        """The heavy rooms could not be loaded: nothing can be done here but read why."""
        self._station.setText("")
        self.key.show_busy(on=False)
        self.key.say_problem(words)
        self.key.submit.setEnabled(False)

    def show_refusal(self, refused: Refused) -> None:
        """Show a refusal beside the step that met it, and clear the secret that was wrong."""
        from workstation.ui import text  # noqa: PLC0415 - not before the first paint

        words = text.failure_and_remedy(refused.failure, refused.details)
        if refused.failure.value == "hall_unreachable":
            words = self.tr("连不上大厅。检查网线和大厅地址，再试一次。")  # nobody receives anything here
        panel = self._top()
        if isinstance(panel, SignInPanel):
            panel.refuse(words, clear=panel.password)
        elif isinstance(panel, RecoverPanel):
            panel.refuse(words)
            if refused.failure.value == "recovery_refused":
                panel.to_code()
        elif panel is self.enrolment and refused.failure.value == "enrol_code_refused":
            panel.refuse(words)
            panel.code.line.setFocus()
            panel.code.line.selectAll()
        elif panel is self.key and not self.key.first.isHidden():
            self.key.again.line.clear()
            panel.refuse(words, clear=self.key.first)
        else:
            panel.refuse(words)

    def show_broken(self) -> None:
        """The program itself went wrong in a step of the gate."""
        self._top().refuse(self.tr("程序出错，这一步没有办成。再办一次；仍不行就重开程序。"))

    # -- steps -------------------------------------------------------------------------------------------
    def _show_key(self, *, new: bool, by_keyring: bool) -> None:
        show = self.key.show_new_key if new else self.key.show_known_key
        show(by_keyring=by_keyring)
        self._station.setText(self.tr("新工位") if new else self.tr("本机数据已加密"))
        self._panels.setCurrentWidget(self.key)
        waited, self._waiting = self._waiting, False
        # A keyring that has the key needs nobody; a passphrase typed early is taken now.
        if not new and (by_keyring or waited):
            self._unlock()
        else:
            self.key.focus()

    def _unlock(self) -> None:
        if self.key.differs:
            self.key.refuse(self.tr("两次口令不一样，再输一次。"), clear=self.key.again)
            return
        self.touched.emit()  # a keyring opens the store without a key pressed
        self.key.show_busy(on=True)
        if self._desk is None:
            self._waiting = True
            return
        desk, passphrase = self._desk, self.key.first.text()
        self._ask(lambda: desk.unlock(passphrase))

    def _show_recovery(self) -> None:
        self._panels.setCurrentWidget(self.recovery)
        self.recovery.focus()

    def _leave_recovery(self) -> None:
        self.recovery.clear()
        self._panels.setCurrentWidget(self.key)
        self.key.focus()

    def _recover(self) -> None:
        panel = self.recovery
        if panel.differs:
            panel.refuse(self.tr("两次口令不一样，再输一次。"), clear=panel.again)
            return
        if self._desk is None:
            return
        self.touched.emit()
        panel.show_busy(on=True)
        desk, code, file, passphrase = self._desk, panel.code.text(), panel.file, panel.first.text()
        self._background.desk(
            lambda: desk.recover(code, file, passphrase), self._recovered, self.show_refusal
        )

    def _recovered(self, view: StationView) -> None:
        self.recovery.clear()
        self._stepped(view)

    def _enrol(self) -> None:
        if self._desk is not None:
            self.enrolment.show_busy(on=True)
            desk, url, code = (
                self._desk,
                self.enrolment.url.text().strip(),
                self.enrolment.code.text().strip(),
            )
            self._background.desk(lambda: desk.enrol(url, code), self._enrolled, self.show_refusal)

    def _ask_confirmed(self) -> None:
        if self._desk is not None:
            self.confirmation.show_busy(on=True)
            self._ask(self._desk.ask_confirmed)

    def _ask_confirmed_quietly(self) -> None:
        """By the clock: only a yes is news, and a line that is down says so when somebody asks."""
        if self._desk is not None and self.confirmation.submit.isEnabled():
            self._background.desk(self._desk.ask_confirmed, self._maybe_confirmed, lambda _: None)

    def _maybe_confirmed(self, view: StationView) -> None:
        if view.step.value != "confirm" and self._top() is self.confirmation:
            self._stepped(view)

    def _leave(self) -> None:
        self.window().close()

    def _sign_in(self) -> None:
        if self._desk is not None:
            self.sign_in.show_busy(on=True)
            desk, login, password = self._desk, self.sign_in.login.text(), self.sign_in.password.text()
            self._ask(lambda: desk.sign_in(login, password))

    def _ask(self, step: Callable[[], StationView]) -> None:
        self._background.desk(step, self._stepped, self.show_refusal)

    def _stepped(self, view: StationView) -> None:
        self.sign_in.clear()
        self.show_station(view)

    def _enrolled(self, view: StationView) -> None:
        self._stepped(view)
        if view.step.value == "sign_in":
            self.sign_in.welcome(view.fingerprint)

    def _forget_passphrase(self) -> None:
        self.key.first.line.clear()
        self.key.again.line.clear()
        self.key.say_problem("")

    def _top(self) -> GatePanel:
        return next(panel for panel in self._made if panel is self._panels.currentWidget())
