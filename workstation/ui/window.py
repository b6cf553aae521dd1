"""The window: the gate first, then the shell of whoever is signed in; everything heavy is loaded behind the gate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from workstation import resources
from workstation.ui import theme
from workstation.ui.background import Background
from workstation.ui.pages.gate import GatePage

if TYPE_CHECKING:
    from workstation.domain.failures import Refused
    from workstation.services.desk import DeskApi
    from workstation.services.views import StationView
    from workstation.ui.shell import Shell

_SMALLEST = (1180, 660)
_FIRST = (1366, 768)
# A window that is never painted, behind another one, loads its rooms all the same.
_UNPAINTED_MS = 400


class MainWindow(QMainWindow):
    """`desk` is there once it was loaded, `shell` while somebody is signed in."""

    def __init__(self, load_desk: Callable[[], DeskApi], initial: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(self.tr("一窗工作站"))
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_FIRST)
        self._load_desk = load_desk
        self._loading = False
        self._loaded: DeskApi | None = None  # set on the desk thread, so that closing early finds it
        self.shell: Shell | None = None
        self.background = Background(self, refused=self.show_refusal, broken=self.show_broken)
        self.gate = GatePage(self.background, initial, self)
        self.gate.opened.connect(self._open)
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
            QTimer.singleShot(
                0, self, lambda: self.background.desk(self._load, self._ready, self._not_loaded)
            )

    def _load(self) -> DeskApi:
        """On the desk thread: the rooms, then the pages, so that neither keeps the person waiting."""
        self._loaded = self._load_desk()
        from workstation.ui import shell  # noqa: F401, PLC0415 - its modules are only loaded here, nothing is built

        return self._loaded

    def _ready(self, desk: DeskApi) -> None:
        self.setWindowIcon(QIcon(str(resources.icon("app"))))
        theme.load_rare_characters(cast("QApplication", QApplication.instance()))
        self.gate.desk_is_ready(desk)

    def _not_loaded(self, refused: Refused) -> None:
        from workstation.ui import text  # noqa: PLC0415 - not before the first paint

        self.gate.show_load_problem(text.failure(refused.failure) + text.remedy(refused.failure))

    # -- in and out --------------------------------------------------------------------------------------
    def _open(self, station: StationView) -> None:
        from workstation.ui.shell import Shell  # noqa: PLC0415 - loaded by _load

        self.shell = Shell(self.desk, self.background, station, self)
        self.shell.signed_out.connect(self._sign_out)
        self._stack.addWidget(self.shell)
        self._stack.setCurrentWidget(self.shell)
        self.shell.focus()

    def _sign_out(self) -> None:
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
        else:
            self.gate.show_broken()

    # -- end ---------------------------------------------------------------------------------------------
    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Leaving asks nothing: the field being typed is handed over, the draft is sealed already."""
        if self.shell is not None:
            self.shell.commit_typing()
        super().closeEvent(event)

    def close_down(self) -> None:
        """Close the window, finish what the desk was given, close the desk."""
        self.close()
        self.background.close(last=self._close_desk)

    def _close_desk(self) -> None:
        close = getattr(self._loaded, "close", None)
        if close is not None:
            close()
