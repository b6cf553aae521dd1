"""A whole counter for a journey: demo around it, the real window inside this process, and the usual moves."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt

from demo.environment import OPERATOR_READER, Demo
from tests.journeys.driver import Hands
from workstation.domain.failures import Refused
from workstation.services.desk import DeskApi
from workstation.services.views import VisitView
from workstation.settings import Settings
from workstation.ui.pages.intake import IntakePage

if TYPE_CHECKING:
    from workstation.ui.window import MainWindow

T = TypeVar("T")
PASSPHRASE = "journey passphrase 7"
CARDS = Path(__file__).parents[2] / "workstation" / "cardreader" / "virtual" / "cards"
CALENDAR = Path(__file__).parents[2] / "demo" / "working-days-after-2026.json"


class Counter:
    """The demo, the window and the hands of the person in front of it."""

    def __init__(self, demo: Demo, window: MainWindow, hands: Hands, settings: Settings) -> None:
        self.demo = demo
        self.window = window
        self.hands = hands
        self.settings = settings

    def ask(self, work: Callable[[DeskApi], T]) -> T:
        """Ask the desk something on its own thread, as the window does. Raises the Refused with which it refuses."""
        answers: list[T] = []
        refusals: list[Refused] = []
        self.window.background.desk(lambda: work(self.window.desk), answers.append, refusals.append)
        self.hands.wait(lambda: bool(answers or refusals), "the desk did not answer")
        if refusals:
            raise refusals[0]
        return answers[0]

    @property
    def view(self) -> VisitView | None:
        """What the intake page shows."""
        page = self.window.findChild(IntakePage)
        return page.talk.view if page is not None else None

    def open_up(self) -> None:
        """First morning: make the store, enrol at the hall with the one-time code."""
        hands = self.hands
        hands.wait_for("gate.passphrase")
        hands.wait_enabled("gate.passphrase")
        hands.fill("gate.passphrase", PASSPHRASE)
        hands.fill("gate.passphrase_again", PASSPHRASE)
        hands.key(Qt.Key.Key_Return)
        hands.wait_for("enrol.submit", 30)
        hands.shot("enrol")
        hands.click("enrol.submit")
        hands.wait_for("signin.login", 30)

    def unlock(self) -> None:
        """Any other morning."""
        self.hands.wait_for("gate.passphrase")
        self.hands.wait_enabled("gate.passphrase")
        self.hands.fill("gate.passphrase", PASSPHRASE)
        self.hands.key(Qt.Key.Key_Return)
        self.hands.wait_for("signin.login", 30)

    def sign_in(self, login: str) -> None:
        hands = self.hands
        hands.wait_for("signin.login", 30)
        hands.fill("signin.login", login)
        hands.fill("signin.password", f"demo-{login}")
        hands.key(Qt.Key.Key_Return)
        hands.wait_for("strip.signout", 30)
        hands.wait(lambda: not hands.sees("signin.login"), "the sign-in page did not go away")

    def operator_is_there(self) -> bool:
        """Say whether the operator's reader sees a card."""
        return bool(self.ask(lambda desk: desk._rooms.operator_slot.there))  # type: ignore[attr-defined]

    def sign_out(self) -> None:
        self.hands.click("strip.signout")
        self.hands.wait_for("signin.login")


@contextmanager
def counter(
    keep: Path,
    *,
    data: Path | None = None,
    demo: Demo | None = None,
    language: str = "zh",
    operator: bool = False,
    hall_url: str = "",
    enrol_code: str = "",
    queue: str | None = None,
    print_server: str = "",
) -> Iterator[Counter]:
    """Start the demo (or use a running one) and open the window on it; everything ends with the block.

    `hall_url` and `enrol_code` are those of another line or another station than the demo's first one.
    """
    if demo is None:
        with (
            Demo(keep / "demo", Path(sys.executable)) as started,
            counter(
                keep,
                data=data,
                demo=started,
                language=language,
                operator=operator,
                queue=queue,
                print_server=print_server,
            ) as whole,
        ):
            yield whole
        return
    os.environ.update(demo.env)
    settings = Settings(
        data=data or keep / "station",
        prints=keep / "prints",
        queue=queue,
        print_server=print_server,
        hall_url=hall_url or demo.hall_url,
        enrol_code=enrol_code or demo.enrol_code,
        keyring=False,
        calendar=CALENDAR,
        card_keys="hall",
        recheck_s=1.0,
        language=language,
        operator_reader=OPERATOR_READER if operator else None,
    )
    # PC/SC and Qt read their environment once, so the rooms are loaded only now.
    from workstation import bootstrap

    with bootstrap.window(settings) as window:
        yield Counter(demo, window, Hands(window, keep / "screens"), settings)
