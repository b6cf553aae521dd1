"""The window: the gate first, then the shell of whoever is signed in; everything heavy is loaded behind the gate."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from workstation import resources
from workstation.ui import capture, theme
from workstation.ui.background import Background
from workstation.ui.clipboard import ClipboardGuard
from workstation.ui.pace import window_first
from workstation.ui.pages.gate import GatePage
from workstation.ui.reveal import REVEAL_S, Privacy

if TYPE_CHECKING:
    from workstation.domain.failures import Refused
    from workstation.services.desk import DeskApi
    from workstation.services.ports import CardPresence
    from workstation.services.views import StationView
    from workstation.ui.citizen.screen import CitizenScreen
    from workstation.ui.idle import IdleWatch
    from workstation.ui.pages.lock import LockPage
    from workstation.ui.shell import Shell

_SMALLEST = (1180, 660)
_FIRST = (1366, 768)
# A window that is never painted, behind another one, loads its rooms all the same.
_UNPAINTED_MS = 400


class MainWindow(QMainWindow):
    """`desk` is there once it was loaded, `shell` while somebody is signed in."""

    def __init__(
        self,
        load_desk: Callable[[], DeskApi],
        initial: Mapping[str, str],
        idle: tuple[int, int] = (300, 30),
        reveal_s: float = REVEAL_S,
        evaluation_s: int = 0,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(self.tr("一窗工作站"))
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_FIRST)
        self._load_desk = load_desk
        self._loading = False
        self._wanted = False  # somebody is there
        self._prepared = False
        self._loaded: DeskApi | None = None  # set on the desk thread, so that closing early finds it
        self.shell: Shell | None = None
        self.privacy = Privacy(reveal_s, capture.hide(self))
        self.clipboard = ClipboardGuard(self)
        self._evaluation_s = evaluation_s
        self.citizen: CitizenScreen | None = None
        self.lock_page: LockPage | None = None
        self.idle: IdleWatch | None = None
        self._idle_s = idle
        self._locked = False
        self._station: StationView | None = None
        self._was_at: QWidget | None = None  # what had the focus before the lock
        self.background = Background(self, refused=self.show_refusal, broken=self.show_broken)
        self.gate = GatePage(self.background, initial, self)
        self.gate.opened.connect(self._open)
        self.gate.touched.connect(self._want_all)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.gate)
        self.setCentralWidget(self._stack)
        self.gate.focus()

    @property
    def desk(self) -> DeskApi:
        """The desk; only after it was loaded, and only for work on the desk thread."""
        if self._loaded is None:
            raise RuntimeError("the desk is not loaded yet")
        return self._loaded

    # -- loading -----------------------------------------------------------------------------------------
    def event(self, event: QEvent) -> bool:
        """Begin to load once the first picture stands."""
        handled = super().event(event)
        if event.type() is QEvent.Type.Paint:
            self._begin_loading()
        elif event.type() is QEvent.Type.Show:
            QTimer.singleShot(_UNPAINTED_MS, self, self._begin_loading)
        return handled

    def _begin_loading(self) -> None:
        if not self._loading:
            self._loading = True
            gc.enable()
            QTimer.singleShot(
                0, self, lambda: self.background.desk(self._load, self._ready, self._not_loaded)
            )

    def _load(self) -> DeskApi:
        """On the desk thread: only what the gate needs."""
        self._loaded = self._load_desk()
        return self._loaded

    def _ready(self, desk: DeskApi) -> None:
        self.setWindowIcon(QIcon(str(resources.icon("app"))))
        self.gate.desk_is_ready(desk)
        self._prepare()

    def _want_all(self) -> None:
        self._wanted = True
        self._prepare()

    def _prepare(self) -> None:
        """Somebody is there: load the pages and the rooms behind them meanwhile, once."""
        if self._wanted and self._loaded is not None and not self._prepared:
            self._prepared = True
            self.background.net(partial(_load_all, self._loaded), lambda _: None)

    def _not_loaded(self, refused: Refused) -> None:
        from workstation.ui import text  # noqa: PLC0415 - not before the first paint

        self.gate.show_load_problem(text.failure_and_remedy(refused.failure, refused.details))

    # -- in and out --------------------------------------------------------------------------------------
    def _open(self, station: StationView) -> None:
        from workstation.ui.shell import Shell  # noqa: PLC0415 - loaded by _prepare, as a rule

        self._station = station
        self.shell = Shell(self.desk, self.background, station, self, privacy=self.privacy)
        self.shell.signed_out.connect(self._sign_out)
        self.shell.lock_asked.connect(lambda: self.lock("asked"))
        self.shell.ended.connect(self._signed_out)
        citizen = self._citizen_screen()
        self.shell.served.connect(citizen.invite)
        citizen.told.connect(self.shell.show_evaluation)
        desk = self.desk
        self.background.desk(lambda: desk.listen(self._presence_changed, self._scanned))
        self.background.desk(lambda: desk.watch_card(self._card_gone, self._card_came))
        self._watch_idle().start()
        self._stack.addWidget(self.shell)
        self._stack.setCurrentWidget(self.shell)
        self.shell.focus()
        # 31 MB of rare name characters: after the page stands, and before any card can be read.
        QTimer.singleShot(0, self, theme.load_rare_characters)
        window_first()

    def _citizen_screen(self) -> CitizenScreen:
        """The citizen's side outlives whoever sits at the counter."""
        if self.citizen is None:
            from workstation.ui.citizen.screen import CitizenScreen  # noqa: PLC0415 - not before somebody is signed in

            self.citizen = CitizenScreen(lambda: self.desk, self.background, self, self._evaluation_s)
        return self.citizen

    def _presence_changed(self, presence: CardPresence) -> None:
        """Called beside the window. A shell that was closed meanwhile hears nothing."""
        self.background.post(lambda: self.shell.show_presence(presence) if self.shell else None)

    def _scanned(self, code: str) -> None:
        """Called beside the window."""
        self.background.post(lambda: self.shell.scanned(code) if self.shell else None)

    def cover(self, *, clipboard: bool) -> None:
        """Hide all that was revealed. On a lock `clipboard` too: in another window it may be pasted for some seconds."""
        if self.shell is not None:
            self.shell.cover()
        if clipboard:
            self.clipboard.clear()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Mask when another window takes the front."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.cover(clipboard=False)

    # -- lock --------------------------------------------------------------------------------------------
    def _watch_idle(self) -> IdleWatch:
        from workstation.ui.idle import IdleTimes, IdleWatch  # noqa: PLC0415 - not before somebody is signed in

        if self.idle is None:
            self.idle = IdleWatch(IdleTimes(*self._idle_s), self)
            self.idle.gone.connect(self.lock)
            self.idle.warned.connect(self._warn_idle)
            application = QApplication.instance()
            if application is not None:
                application.installEventFilter(self.idle)
        return self.idle

    def _warn_idle(self, left: int) -> None:
        if self.shell is not None:
            self.shell.warn_idle(left)

    def _card_gone(self) -> None:
        """Called beside the window: the operator's card has left its reader, for whatever cause."""
        self.background.post(self._lock_for_card)

    def _lock_for_card(self) -> None:
        if self._station is not None and self._station.card_resumes:
            self.lock("card")

    def _card_came(self) -> None:
        """Called beside the window."""
        self.background.post(self._resume_by_card)

    def _resume_by_card(self) -> None:
        if self._locked and self._station is not None and self._station.card_resumes:
            self._resume("")

    def lock(self, why: str) -> None:
        """Cover everything at once, then hold the desk; the field being typed is handed over before."""
        if self.shell is None or self._locked or self._station is None:
            return
        from workstation.ui.pages.lock import LockPage  # noqa: PLC0415 - not before somebody is signed in

        self._locked = True
        self._was_at = QApplication.focusWidget()
        self.shell.commit_typing()
        self.cover(clipboard=True)
        self.shell.rest(on=True)
        if self.lock_page is None:
            self.lock_page = LockPage(self)
            self.lock_page.resumed.connect(self._resume)
            self.lock_page.other.connect(self._change_person)
            self._stack.addWidget(self.lock_page)
        self.lock_page.show_away(self._station, why)
        self._stack.setCurrentWidget(self.lock_page)
        _close_popups(self)
        if self.idle is not None:
            self.idle.stop()
        self.lock_page.panel.focus()
        desk = self.desk
        self.background.desk(lambda: desk.lock(why))

    def _resume(self, password: str) -> None:
        desk = self.desk
        self.background.desk(lambda: desk.resume_work(password), self._resumed, self._not_resumed)

    def _change_person(self, login: str, password: str) -> None:
        desk = self.desk
        self.background.desk(lambda: desk.sign_in(login, password), self._somebody_came, self._not_resumed)

    def _not_resumed(self, refused: Refused) -> None:
        if self.lock_page is not None:
            self.lock_page.refuse(refused)

    def _resumed(self, station: StationView) -> None:
        if self.shell is None:
            return
        self._station, self._locked = station, False
        self.shell.rest(on=False)
        self._stack.setCurrentWidget(self.shell)
        was, self._was_at = self._was_at, None
        if was is not None and was.isVisible():
            was.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.shell.focus()
        self._watch_idle().start()

    def _somebody_came(self, station: StationView) -> None:
        """Another person signed in, or the same one by the long way."""
        if self._station is not None and station.login == self._station.login:
            self._resumed(station)
            return
        self._drop_shell()
        self._open(station)

    def _sign_out(self) -> None:
        self.cover(clipboard=True)
        # The page goes out of sight at once; what it was showing is nobody else's business.
        self._stack.setCurrentWidget(self.gate)
        self.background.desk(self.desk.sign_out, self._signed_out, self._not_signed_out)

    def _signed_out(self, station: StationView) -> None:
        """Somebody got up, or their account has ended."""
        self._stack.setCurrentWidget(self.gate)
        self._drop_shell()
        self.gate.show_station(station)

    def _drop_shell(self) -> None:
        """Nothing of one person is left for the next."""
        self._locked, self._was_at, self._station = False, None, None
        if self.idle is not None:
            self.idle.stop()
        if self.shell is not None:
            self._stack.removeWidget(self.shell)
            self.shell.hide()
            self.shell.deleteLater()
            self.shell = None

    def _not_signed_out(self, refused: Refused) -> None:
        if self.shell is not None:
            self._stack.setCurrentWidget(self.shell)
            self.shell.show_refusal(refused)

    # -- troubles ----------------------------------------------------------------------------------------
    def show_refusal(self, refused: Refused) -> None:
        """Show a refusal for which nobody else has an answer."""
        if self.shell is not None:
            self.shell.show_refusal(refused)
        else:
            self.gate.show_refusal(refused)

    def show_broken(self, _: BaseException) -> None:
        """Say that the program went wrong; the log has the place already."""
        if self.shell is not None:
            self.shell.banner.show_broken()
        elif self._loaded is None:
            self.gate.show_load_problem(self.tr("程序出错，工位打不开。重开程序；仍不行就把时间告诉运维。"))
        else:
            self.gate.show_broken()

    # -- end ---------------------------------------------------------------------------------------------
    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Leaving asks nothing: the field being typed is handed over, the draft is sealed already."""
        if self.shell is not None:
            self.shell.commit_typing()
        self.cover(clipboard=True)
        if self.citizen is not None:
            self.citizen.end()
        super().closeEvent(event)

    def close_down(self) -> None:
        """Close the window, finish what the desk was given, close the desk."""
        self.close()
        self.background.close(last=self._close_desk)

    def _close_desk(self) -> None:
        close = getattr(self._loaded, "close", None)
        if close is not None:
            close()


def _close_popups(window: QWidget) -> None:
    """Lists, menus and file dialogs stand above the window: nothing of them stays in sight. The citizen's window stays: it
    closes for nobody while it is asked something."""
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            other.close()


def _load_all(desk: DeskApi) -> None:
    from workstation.ui import idle, shell  # noqa: F401, PLC0415 - only loaded here, nothing is built
    from workstation.ui.pages import lock  # noqa: F401, PLC0415

    desk.prepare()
