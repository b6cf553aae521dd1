"""Keeps the window out of screenshots and shared screens where the system can do that, and says where it cannot."""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from PySide6.QtWidgets import QWidget

# SetWindowDisplayAffinity, winuser.h: black on older systems, not there at all since Windows 10 2004.
_EXCLUDED, _MONITOR_ONLY = 0x11, 0x01
SetAffinity = Callable[[int, int], bool]


class Capture(StrEnum):
    """What the system does about pictures of the window."""

    HIDDEN = "hidden"
    NOT_POSSIBLE = "not_possible"  # X11 and Wayland have no way for a program to ask for it
    REFUSED = "refused"


def hide(window: QWidget, set_affinity: SetAffinity | None = None) -> Capture:
    """Ask the system to leave the window out of pictures. No guarantee, as Microsoft says itself: a camera sees it.

    `set_affinity` is Windows' function; None finds it, and there is none elsewhere.
    """
    ask = set_affinity or _windows()
    if ask is None:
        return Capture.NOT_POSSIBLE
    handle = int(window.winId())
    return Capture.HIDDEN if any(ask(handle, how) for how in (_EXCLUDED, _MONITOR_ONLY)) else Capture.REFUSED


def _windows() -> SetAffinity | None:
    if os.name != "nt":
        return None
    import ctypes  # noqa: PLC0415 - on Windows only

    library: Any = ctypes  # `windll` is there on Windows only, and so it is in the types
    return lambda handle, how: bool(library.windll.user32.SetWindowDisplayAffinity(handle, how))
