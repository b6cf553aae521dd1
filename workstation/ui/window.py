"""The window: the gate first, then the shell of whoever is signed in; everything heavy is loaded behind the gate."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from workstation import resources
from workstation.ui import capture, theme
from workstation.ui.background import Background
from workstation.ui.clipboard import ClipboardGuard
from workstation.ui.pages.gate import GatePage
from workstation.ui.reveal import REVEAL_S, Privacy

if TYPE_CHECKING:
    from workstation.domain.failures import Refused
    from workstation.services.desk import DeskApi
    from workstation.services.ports import CardPresence
    from workstation.services.views import StationView
    from workstation.ui.shell import Shell

_SMALLEST = (1180, 660)
_FIRST = (1366, 768)
# A window that is never painted, behind another one, loads its rooms all the same.
_UNPAINTED_MS = 400


class MainWindow(QMainWindow):
    """`desk` is there once it was loaded, `shell` while somebody is signed in."""

    def __init__(
        self, load_desk: Callable[[], DeskApi], initial: Mapping[str, str], reveal_s: float = REVEAL_S
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

        self.shell = Shell(self.desk, self.background, station, self, privacy=self.privacy)
        self.shell.signed_out.connect(self._sign_out)
        desk = self.desk
        self.background.desk(lambda: desk.listen(self._presence_changed, self._scanned))
        self._stack.addWidget(self.shell)
        self._stack.setCurrentWidget(self.shell)
        self.shell.focus()
        # 31 MB of rare name characters: after the page stands, and before any card can be read.
        QTimer.singleShot(0, self, theme.load_rare_characters)

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

    def _sign_out(self) -> None:
        self.cover(clipboard=True)
        # The page goes out of sight at once; what it was showing is nobody else's business.
        self._stack.setCurrentWidget(self.gate)
        self.background.desk(self.desk.sign_out, self._signed_out, self._not_signed_out)

    def _signed_out(self, station: StationView) -> None:
        if self.shell is not None:
            self._stack.removeWidget(self.shell)
            self.shell.hide()
            self.shell.deleteLater()
            self.shell = None
        self.gate.show_station(station)

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
        super().closeEvent(event)

    def close_down(self) -> None:
        """Close the window, finish what the desk was given, close the desk."""
        self.close()
        self.background.close(last=self._close_desk)

    def _close_desk(self) -> None:
        close = getattr(self._loaded, "close", None)
        if close is not None:
            close()


def _load_all(desk: DeskApi) -> None:
    from workstation.ui import shell  # noqa: F401, PLC0415 - its modules are only loaded here, nothing is built

    desk.prepare()
