"""J6: a card pulled out mid-read, another person's card, a reader unplugged, a card service killed - told, and over by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.journeys.counter import CARDS, Counter, counter
from tests.journeys.j1 import (
    accept,
    choose_bundle,
    fill_form,
    give_notice,
    handle_papers,
    printed,
    receive,
    visit,
)
from workstation.domain.case import CaseStatus
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.services.ports import CardPresence
from workstation.ui import text

MOTHER, FATHER, SLOW = "mother-2.0.json", "father-2.0.json", "slow.json"


@dataclass(frozen=True, slots=True)
class Troubles:
    """What was told of each trouble, after how many seconds (the cause itself included, as the start of a daemon without reader), and how long it took to work again once the cause was gone.

    `items` say the same in a line each, for whoever reads no JSON.
    """

    journey: str
    case: str
    items: list[dict[str, str]]
    said: dict[str, str]
    told_s: dict[str, float]
    back_s: dict[str, float]
    held: dict[str, str]  # what another person's card held, and what was said
    receipt: str
    slip: str
    screenshots: list[str]
    seconds: float


class _Watch:
    """Notes what is told when."""

    def __init__(self, here: Counter) -> None:
        self.here = here
        self.said: dict[str, str] = {}
        self.told_s: dict[str, float] = {}
        self.back_s: dict[str, float] = {}

    def trouble(self, name: str, cause: Callable[[], object], told: Callable[[], str]) -> None:
        """Do it, and wait until the window says so."""
        started = self._wait(cause, lambda: bool(told()), f"{name} was not told")
        self.told_s[name] = started
        self.said[name] = told()
        self.here.hands.shot(f"6{len(self.said)}-{name}")

    def cure(self, name: str, cause: Callable[[], object], works: Callable[[], bool]) -> None:
        """Take the cause away, and wait until it works again."""
        self.back_s[name] = self._wait(cause, works, f"it did not come back after {name}")

    def _wait(self, cause: Callable[[], object], what: Callable[[], bool], saying: str) -> float:
        began = time.monotonic()
        cause()
        self.here.hands.wait(what, saying)
        return round(time.monotonic() - began, 3)


def play(keep: Path, language: str = "zh") -> Troubles:
    """Play all four at one counter that is never restarted; every file is under `keep`."""
    with counter(keep, language=language) as here:
        here.open_up()
        here.sign_in("clerk")
        started = time.monotonic()
        watch = _Watch(here)
        pull_mid_read(watch)
        choose_bundle(here)
        give_notice(here)
        fill_form(here)
        handle_papers(here)
        receive(here)
        case = visit(here).case
        held = put_in_another_person(watch, case)
        accept(here)
        here.hands.click("intake.new")
        unplug_reader(watch)
        kill_card_service(watch)
        return Troubles(
            journey="J6",
            case=case,
            items=[
                {
                    "item": name,
                    "state": f"told after {watch.told_s[name]} s, back after {watch.back_s[name]} s",
                }
                for name in watch.said
            ],
            said=watch.said,
            told_s=watch.told_s,
            back_s=watch.back_s,
            held=held,
            receipt=str(printed(here, "RCP")[-1]),
            slip=str(printed(here, "ACC")[-1]),
            screenshots=[str(path) for path in here.hands.pictures],
            seconds=round(time.monotonic() - started, 3),
        )


def pull_mid_read(watch: _Watch) -> None:
    """Name and number are shown already; then the card is gone, and nothing of it counts."""
    here = watch.here
    here.demo.card.insert(CARDS / SLOW)
    here.hands.wait_for("person.name")
    here.hands.wait(lambda: bool(_words(here, "person.name")), "the card did not say who it is")
    if here.view is not None:
        raise AssertionError("the read was over before the card was pulled")
    watch.trouble("pulled", here.demo.card.remove, lambda: _banner(here, Failure.CARD_REMOVED))
    if here.view is not None:
        raise AssertionError("somebody was taken from half a read")
    watch.cure("pulled", lambda: here.demo.card.insert(CARDS / MOTHER), lambda: _person(here) is not None)
    here.hands.shot("61a-read-again")


def put_in_another_person(watch: _Watch, case: str) -> dict[str, str]:
    """The father's card lies in the reader: acceptance and print of the mother's case are held, and it is said whose it is not."""
    here = watch.here
    here.demo.card.remove()
    here.hands.wait(lambda: _presence(here) is CardPresence.EMPTY, "the reader is not empty")
    watch.trouble(
        "another_person",
        lambda: here.demo.card.insert(CARDS / FATHER),
        lambda: _banner(here, Failure.CARD_OF_ANOTHER_PERSON),
    )
    here.hands.wait(lambda: visit(here).wrong_card, "the page does not know of the wrong card")
    here.hands.key(Qt.Key.Key_F10)
    here.hands.settle(0.5)
    if visit(here).status is not CaseStatus.RECEIVED:
        raise AssertionError(visit(here).status)
    held = {
        "accept": _words(here, "steps.held"),
        "print": here.ask(lambda desk: _refusal(desk.print_slip, case)),
    }
    if held["print"] != Failure.CARD_OF_ANOTHER_PERSON.value:
        raise AssertionError(held)
    here.hands.shot("62a-held")
    here.demo.card.remove()
    watch.cure(
        "another_person",
        lambda: here.demo.card.insert(CARDS / MOTHER),
        lambda: not visit(here).wrong_card and visit(here).may_accept,
    )
    return held


def unplug_reader(watch: _Watch) -> None:
    """There is no reader any more; plugged in again, it reads."""
    here = watch.here
    watch.trouble(
        "unplugged",
        here.demo.pcscd.unplug,
        lambda: _strip(here) if _presence(here) is CardPresence.NO_READER else "",
    )

    def again() -> None:
        here.demo.pcscd.plug_in()
        here.demo.card.insert(CARDS / MOTHER)

    watch.cure("unplugged", again, lambda: _person(here) is not None)
    here.demo.card.remove()
    here.hands.click("intake.new")
    here.hands.wait(lambda: _presence(here) is CardPresence.EMPTY, "the reader is not empty")


def kill_card_service(watch: _Watch) -> None:
    """The service dies as in a crash; started again, the window has found it by itself."""
    here = watch.here
    watch.trouble(
        "service_killed",
        here.demo.pcscd.kill,
        lambda: _strip(here) if _presence(here) is CardPresence.SERVICE_DOWN else "",
    )
    here.hands.key(Qt.Key.Key_F2)
    here.hands.wait(
        lambda: bool(_banner(here, Failure.CARD_SERVICE_DOWN)), "F2 does not say why nothing is read"
    )
    here.hands.shot("64a-asked")

    def again() -> None:
        here.demo.restart_card_service()
        here.demo.card.insert(CARDS / MOTHER)

    watch.cure("service_killed", again, lambda: _person(here) is not None)
    here.hands.shot("65-back")


def _refusal(print_slip: Callable[[str, SlipKind], object], case: str) -> str:
    try:
        print_slip(case, SlipKind.RECEIPT)
    except Refused as refused:
        return refused.failure.value
    return ""


def _person(here: Counter) -> object | None:
    return here.view.person if here.view is not None else None


def _banner(here: Counter, failure: Failure) -> str:
    said = here.hands.banner()
    return said if said.startswith(text.failure(failure, {})) else ""


def _presence(here: Counter) -> CardPresence | None:
    """What the strip says, as a code."""
    said = _strip(here)
    return next((each for each in CardPresence if said.endswith(text.presence(each))), None)


def _strip(here: Counter) -> str:
    return _words(here, "strip.reader")


def _words(here: Counter, name: str) -> str:
    return here.hands.find(name, QLabel).text()
