"""Starts the interface: input method, language, theme, window. Only what the gate needs is loaded here."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping, MutableMapping
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from workstation.ui import language as languages
from workstation.ui import theme
from workstation.ui.background import describe
from workstation.ui.reveal import REVEAL_S
from workstation.ui.window import MainWindow

if TYPE_CHECKING:
    from workstation.services.desk import DeskApi

_log = logging.getLogger(__name__)


def run(
    *,
    load_desk: Callable[[], DeskApi],
    initial: Mapping[str, str],
    language: str,
    idle: tuple[int, int] = (300, 30),
    reveal_s: float = REVEAL_S,
    evaluation_s: int = 0,
) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    window = build(
        load_desk=load_desk,
        initial=initial,
        language=language,
        idle=idle,
        reveal_s=reveal_s,
        evaluation_s=evaluation_s,
    )

    def broken(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        _log.error("%s", describe(error))
        window.show_broken(error)

    # What goes wrong in the window's own thread ends here; what goes wrong beside it comes by the background.
    sys.excepthook = broken
    try:
        return QApplication.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        window.close_down()


def build(
    *,
    load_desk: Callable[[], DeskApi],
    initial: Mapping[str, str],
    language: str,
    idle: tuple[int, int] = (300, 30),
    reveal_s: float = REVEAL_S,
    evaluation_s: int = 0,
) -> MainWindow:
    """Show the window without an event loop; the caller ends it with close_down()."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        reach_fcitx(os.environ)
        application = QApplication(sys.argv[:1])
        application.setApplicationName("one-window-workstation")
    languages.install(application, language)
    theme.apply(application)
    window = MainWindow(load_desk, initial, idle, reveal_s, evaluation_s)
    window.show()
    return window


def reach_fcitx(environment: MutableMapping[str, str]) -> None:
    """Let Chinese typing work under fcitx: PySide6 ships no plugin for it, but fcitx5 answers as ibus by the portal."""
    if environment.get("QT_IM_MODULE") in ("fcitx", "fcitx5"):
        environment["QT_IM_MODULE"] = "ibus"
        environment["IBUS_USE_PORTAL"] = "1"
