"""What every test of the window shares: it waits for what must come, however busy the machine is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desk import FakeDesk
from tests.ui.intake_counter import Counter
from tests.ui.shell_hands import Hands, Opened, window
from workstation.ui.background import Background

_PATIENCE_MS = 30_000


class PatientBot(QtBot):
    """No test of the window says how long something may take; what never comes is told after half a minute."""

    def waitUntil(  # noqa: N802 - the library's name
        self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE_MS
    ) -> None:
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    """Opens windows over fake desks."""
    with ExitStack() as windows:

        def open_window(desk: FakeDesk, language: str = "zh") -> Hands:
            return windows.enter_context(window(qtbot, desk, language))

        yield open_window


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.fixture
def counter(qtbot: QtBot, background: Background) -> Counter:
    """The counter screen over the fake desk."""
    return Counter(qtbot, FakeDesk(), background)
