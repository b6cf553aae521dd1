"""What the window feels of cards: name and number on the screen, card-in in the GUI thread, its longest gap while a card hangs."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from demo.card import CardHand
from workstation.domain.failures import Refused
from workstation.domain.identity import Glimpse

if TYPE_CHECKING:
    from workstation.cardreader.worker_process import CardWorker

_PATIENCE_S = 15.0
_TICK_MS = 2


class Screen:
    """The strip of the counter page that shows who sits there, in a window without a screen; painted into a picture at once."""

    def __init__(self) -> None:
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the socket's path comes first

        from workstation.ui.background import Background  # noqa: PLC0415
        from workstation.ui.intake.person_strip import PersonStrip  # noqa: PLC0415

        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        self._application = QApplication.instance() or QApplication([])
        self._bridge = Background()
        self._strip = PersonStrip()
        self._strip.resize(1200, 60)

    def first_fields(self, worker: CardWorker) -> float:
        """Order a read; return ms until name and number are painted, connecting to the card included."""
        painted: list[float] = []
        ended: list[object] = []

        def show(glimpse: Glimpse) -> None:
            self._strip.show_glimpse(glimpse)
            self._strip.grab()
            painted.append(time.perf_counter())

        def told(glimpse: Glimpse) -> None:
            self._bridge.post(lambda: show(glimpse))

        began = time.perf_counter()
        self._bridge.net(lambda: worker.read(told=told), ended.append, ended.append)
        ends = began + _PATIENCE_S
        while not (ended and painted):
            if time.perf_counter() > ends:
                raise RuntimeError("nobody was shown")
            self._application.processEvents()
        if not self._strip.name.text():
            raise RuntimeError("the strip is empty")
        self._strip.show_person(None, wrong_card=False)
        return (painted[0] - began) * 1000

    def close(self) -> None:
        """End the threads."""
        self._bridge.close()


def card_in(hand: CardHand, runs: int) -> tuple[list[float], list[float]]:
    """Put a card in `runs` times; return ms until a bare wait saw it and until the GUI thread was told.

    Both watch the same daemon at once, so that each run gives both times of one event.
    """
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the socket's path comes first
    from smartcard import scard  # noqa: PLC0415

    from workstation.cardreader.monitor import Monitor  # noqa: PLC0415
    from workstation.services.ports import CardPresence  # noqa: PLC0415
    from workstation.ui.background import Background  # noqa: PLC0415

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication.instance() or QApplication([])
    bridge = Background()
    seen: list[float] = []
    told: list[CardPresence] = []

    def hear(presence: CardPresence) -> None:
        def in_gui() -> None:
            told.append(presence)
            seen.append(time.perf_counter())

        bridge.post(in_gui)

    def until(what: Callable[[], bool]) -> None:
        ends = time.monotonic() + _PATIENCE_S
        while not what():
            if time.monotonic() > ends:
                raise RuntimeError("the card was not told of")
            application.processEvents()
            time.sleep(0.0005)

    monitor = Monitor(hear)
    monitor.start()
    bare: list[float] = []
    gui: list[float] = []
    try:
        for _ in range(runs):
            until(lambda: told[-1:] == [CardPresence.EMPTY])
            first: list[float] = []
            waiter = threading.Thread(target=_bare_wait, args=(scard, first))
            waiter.start()
            time.sleep(0.05)
            count = len(seen)
            began = time.perf_counter()
            hand.insert("mother-2.0.json")
            until(lambda: len(seen) > count and bool(first))  # noqa: B023 - asked within this round only
            waiter.join()
            bare.append((first[0] - began) * 1000)
            gui.append((seen[count] - began) * 1000)
            hand.remove()
        return bare, gui
    finally:
        monitor.stop()
        bridge.close()


def hung_gap(hand: CardHand, seconds: float) -> tuple[list[float], list[float]]:
    """Return the longest gaps between ticks of the GUI thread in ms: idle, and while a card hangs."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - as above
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from workstation.cardreader.worker_process import CardWorker  # noqa: PLC0415
    from workstation.ui.background import Background  # noqa: PLC0415

    application = QApplication.instance() or QApplication([])
    bridge = Background()
    worker = CardWorker(timeout_s=seconds)
    ticks: list[float] = []
    timer = QTimer()
    timer.setInterval(_TICK_MS)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start()

    def longest(while_: Callable[[], bool]) -> float:
        ticks.clear()
        while while_():
            application.processEvents()
            time.sleep(0.0005)
        return max((b - a) * 1000 for a, b in pairwise(ticks))

    def for_a_while() -> Callable[[], bool]:
        ends = time.monotonic() + seconds
        return lambda: time.monotonic() < ends

    try:
        idle = longest(for_a_while())
        hand.insert("hung.json")
        time.sleep(1.0)  # until the driver has noticed it
        refused: list[Refused] = []
        bridge.net(worker.read, lambda _: None, refused.append)
        hung = longest(lambda: not refused)
        hand.remove()
        return [idle], [hung]
    finally:
        timer.stop()
        bridge.close()
        worker.close()


def _bare_wait(scard: Any, first: list[float]) -> None:
    """Wait as plainly as the daemon allows until the first reader has a card."""
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    _, readers = scard.SCardListReaders(context, [])
    state = scard.SCARD_STATE_UNAWARE
    while not first:
        _, states = scard.SCardGetStatusChange(context, 1000, [(readers[0], state)])
        state = states[0][1] & ~scard.SCARD_STATE_CHANGED
        if state & scard.SCARD_STATE_PRESENT:
            first.append(time.perf_counter())
    scard.SCardReleaseContext(context)
