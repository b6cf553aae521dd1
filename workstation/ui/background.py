"""The bridge between the window and everything that may take time: the only file of the ui that starts threads."""

from __future__ import annotations

import logging
import queue
import threading
import traceback
from collections.abc import Callable
from itertools import count
from time import monotonic
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from workstation.domain.failures import Refused

T = TypeVar("T")
Job = tuple[Callable[[], Any], Callable[[Any], object], Callable[[Refused], object]]

# The look-ups of a bundle (five, seldom more) go out together, and a card can be read beside them.
_NET_THREADS = 8
# A look-up that still waits for the network when the window closes is left behind; its thread is a daemon.
_PATIENCE_S = 2.0
_log = logging.getLogger(__name__)


class Background(QObject):
    """Runs work beside the window and brings the answer back to the window's thread.

    `refused` takes every Refused that a caller has no answer for; `broken` takes every other exception, which is a
    bug. Without them both are raised in the window's thread, where sys.excepthook sees them.
    """

    _arrived = Signal(int, object)
    _posted = Signal(object)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        refused: Callable[[Refused], object] | None = None,
        broken: Callable[[BaseException], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._refused = refused or _raise
        self._broken = broken or _raise
        self._closed = False
        self._tickets = count(1)
        # The callables stay here and are let go here: a widget must never be freed by another thread.
        self._jobs: dict[int, Job] = {}
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._posted.connect(self._call, Qt.ConnectionType.QueuedConnection)
        self._desk = _Bench("desk", 1, self._work)
        self._net = _Bench("net", _NET_THREADS, self._look_up)

    def desk(
        self,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Refused], object] | None = None,
    ) -> None:
        """Run `work` after everything given to the desk before; then `done` or `failed` in the window's thread."""
        self._give(self._desk, work, done, failed)

    def net(
        self,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Refused], object] | None = None,
    ) -> None:
        """Run `work`, which may wait for card or network and touches no state, beside the desk."""
        self._give(self._net, work, done, failed)

    def post(self, call: Callable[[], object]) -> None:
        """Run `call` soon in the window's thread; may be called from any thread."""
        if not self._closed:
            self._posted.emit(call)

    def close(self, last: Callable[[], object] | None = None) -> None:
        """Finish what the desk was given, then `last` on its thread; answers under way are let go."""
        if self._closed:
            return
        if last is not None:
            self._give(self._desk, last, None, None)
        self._closed = True
        self._desk.finish()
        self._net.finish(_PATIENCE_S)
        self._jobs.clear()

    def _give(
        self,
        bench: _Bench,
        work: Callable[[], T],
        done: Callable[[T], object] | None,
        failed: Callable[[Refused], object] | None,
    ) -> None:
        if self._closed:
            return
        ticket = next(self._tickets)
        self._jobs[ticket] = (work, done or _let_go, failed or self._refused)
        bench.give(ticket)

    def _work(self, ticket: int) -> None:
        """Runs on a thread of a bench."""
        outcome = self._outcome(ticket)
        if not self._closed:
            self._arrived.emit(ticket, outcome)

    def _look_up(self, ticket: int) -> None:
        # What waits for a thread when the window closes is not begun any more.
        if not self._closed:
            self._work(ticket)

    def _outcome(self, ticket: int) -> Any:
        try:
            return self._jobs[ticket][0]()
        except Refused as refused:
            # The frames of the way here hold widgets; the code and its details are all that is wanted.
            return _Failed(refused.with_traceback(None))
        except Exception as error:  # noqa: BLE001 - not hidden: logged here, shown by `broken`
            _log.error("%s", describe(error))
            return _Failed(error)

    def _deliver(self, ticket: int, outcome: Any) -> None:
        job = self._jobs.pop(ticket, None)
        if job is None or self._closed:
            return
        _, done, failed = job
        if not isinstance(outcome, _Failed):
            _tell(done, outcome)
        elif isinstance(outcome.error, Refused):
            _tell(failed, outcome.error)
        else:
            self._broken(outcome.error)

    def _call(self, call: Callable[[], object]) -> None:
        if not self._closed and not _is_gone(call):
            call()


class _Failed:
    """An exception on its way to the window's thread."""

    def __init__(self, error: Exception) -> None:
        self.error = error


class _Bench:
    """A few threads that take tickets in order, started with the first ticket."""

    def __init__(self, name: str, size: int, work: Callable[[int], None]) -> None:
        self._name = name
        self._size = size
        self._work = work
        self._tickets: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def give(self, ticket: int) -> None:
        self._tickets.put(ticket)
        if len(self._threads) < self._size:
            thread = threading.Thread(
                target=self._run, name=f"{self._name}-{len(self._threads)}", daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def finish(self, patience: float | None = None) -> None:
        for _ in self._threads:
            self._tickets.put(None)
        until = None if patience is None else monotonic() + patience
        for thread in self._threads:
            thread.join(None if until is None else max(0.0, until - monotonic()))

    def _run(self) -> None:
        while (ticket := self._tickets.get()) is not None:
            self._work(ticket)


def describe(error: BaseException) -> str:
    """Return type and places of an exception; never its text or values, which may name persons."""
    places = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    return " < ".join([type(error).__name__, *reversed(places)])


def _tell(call: Callable[[Any], object], answer: Any) -> None:
    if _is_gone(call):
        return
    try:
        call(answer)
    except RuntimeError as error:
        # A signal does not tell whether its sender still lives; only emitting does.
        if "Signal source has been deleted" not in str(error):
            raise


def _is_gone(call: Callable[..., object]) -> bool:
    """Say whether the one who waits for the answer, or something it works on, was destroyed meanwhile."""
    held = [getattr(call, "__self__", None)]
    for cell in getattr(call, "__closure__", None) or ():
        try:
            held.append(cell.cell_contents)
        except ValueError:  # The variable was never set.
            continue
    return any(isinstance(each, QObject) and not shiboken6.isValid(each) for each in held)


def _let_go(_: object) -> None:
    """Nobody waits for the answer."""


def _raise(error: BaseException) -> None:
    raise error
