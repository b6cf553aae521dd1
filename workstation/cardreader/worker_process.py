"""The workstation's end of the card process: starts it, asks it, gives it up when a card hangs."""

from __future__ import annotations

import logging
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from wire.messages import CardChallenge
from workstation.cardreader.messages import (
    LONGEST_LINE,
    BadMessage,
    LogLine,
    Order,
    Prove,
    Request,
    Steps,
    Using,
    decode,
    encode_request,
)
from workstation.cardreader.operator_card import Proven
from workstation.domain.diagnosis import Step
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Glimpse, Identity
from workstation.services.ports import CardKeys, CardPin

_ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "workstation.cardreader.worker")


def command(
    psam_reader: str | None, id_reader: str | None = None, operator_reader: str | None = None
) -> tuple[str, ...]:
    """Return the command of a card process that proves cards by the PSAM in `psam_reader`, if there is one,
    reads identity cards at the serial port `id_reader`, and asks the operator's card in `operator_reader`."""
    psam = () if psam_reader is None else ("--psam-reader", psam_reader)
    module = () if id_reader is None else ("--id-reader", id_reader)
    own = () if operator_reader is None else ("--operator-reader", operator_reader)
    return (*COMMAND, *psam, *module, *own)


_REAP_S = 2.0

log = logging.getLogger("workstation.cardreader")


class WorkerBroken(RuntimeError):
    """The card process ended or talked nonsense: a bug of ours; its traceback is on standard error."""


class _TooLate(Exception):
    """The time limit has passed."""


class _Ended(Exception):
    """The process has closed its end."""


class CardWorker:
    """One card process after another: each that had to be given up is replaced at once, so that it is warm."""

    def __init__(self, timeout_s: float, command: Sequence[str] = COMMAND) -> None:
        """Start the first process without waiting for it. `timeout_s` limits a read, start included."""
        self._timeout_s = timeout_s
        self._command = command
        self._closed = False
        self._reading = threading.Lock()  # one read at a time; whoever holds it owns _process and _unread
        self._process = _start(command)
        self._unread = b""

    def read(
        self,
        *,
        told: Callable[[Glimpse], object] = lambda _: None,
        keys: CardKeys | None = None,
        pin: CardPin | None = None,
        reader: str | None = None,
        timed: Callable[[tuple[Step, ...]], object] | None = None,
        using: Callable[[str], object] = lambda _: None,
    ) -> Identity:
        """Have a card read (see ports.CardReader), waiting at most for a read under way and then `timeout_s`.

        `using` hears the reader that the read turns to, also when nothing good comes of it.

        Time that `keys` takes to answer is given back: a slow hall makes no card hang.

        Raises Refused(CARD_* | READER_MISSING | CARD_SERVICE_DOWN), among them CARD_HUNG, and for a bug
        WorkerBroken. The next read works after each of them. A closed worker has no reader: READER_MISSING.
        """
        order = Order(reader, keys is not None, pin, timed is not None)
        heard = timed or _unheard
        said = self._guarded(lambda deadline: self._ask(order, told, keys, heard, using, deadline))
        if not isinstance(said, Identity):
            raise WorkerBroken("the card process answered another question")
        return said

    def prove(self, challenge: bytes) -> Proven:
        """Have the operator's card sign; waits and raises like `read`."""
        order = Prove(challenge)
        said = self._guarded(lambda deadline: self._ask(order, _unheard, None, _unheard, _unheard, deadline))
        if not isinstance(said, Proven):
            raise WorkerBroken("the card process answered another question")
        return said

    def _guarded(self, ask: Callable[[float], Identity | Proven]) -> Identity | Proven:
        with self._reading:
            if self._closed:
                raise Refused(Failure.READER_MISSING)
            if self._process.poll() is not None:  # it died while nobody asked
                self._replace()
            try:
                return ask(time.monotonic() + self._timeout_s)
            except _TooLate:
                self._replace()
                raise Refused(Failure.CARD_HUNG, seconds=f"{self._timeout_s:g}") from None
            except BadMessage as error:
                self._replace()
                raise WorkerBroken(f"the card process said nonsense: {error}") from None
            except _Ended:
                raise self._after_end(self._replace()) from None

    def close(self) -> None:
        """End the process; a read under way is refused. May be called twice and from any thread."""
        self._closed = True
        self._process.kill()
        with self._reading:
            self._discard()

    def _ask(
        self,
        order: Order | Prove,
        told: Callable[[Glimpse], object],
        keys: CardKeys | None,
        timed: Callable[[tuple[Step, ...]], object],
        using: Callable[[str], object],
        deadline: float,
    ) -> Identity | Proven:
        self._say(order)
        while True:
            match decode(self._line(deadline)):
                case Identity() | Proven() as end:
                    return end
                case Refused() as refused:
                    raise refused
                case LogLine(level, logger, text):
                    logging.getLogger(logger).log(level, "%s", text)
                case Glimpse() as glimpse:
                    told(glimpse)
                case Using(name):
                    using(name)
                case Steps(steps):
                    timed(steps)
                case CardChallenge() as challenge:
                    if keys is None:
                        raise BadMessage("a challenge that nobody wanted")
                    began = time.monotonic()
                    self._answer(keys, challenge)
                    deadline += time.monotonic() - began

    def _answer(self, keys: CardKeys, challenge: CardChallenge) -> None:
        try:
            self._say(keys.card_cryptograms(challenge))
        except Refused as refused:
            self._say(refused)

    def _say(self, request: Request) -> None:
        assert self._process.stdin is not None  # noqa: S101 - _start opens both pipes; this tells mypy
        try:
            self._process.stdin.write(encode_request(request))
        except BrokenPipeError:
            raise _Ended from None

    def _line(self, deadline: float) -> bytes:
        assert self._process.stdout is not None  # noqa: S101 - as above
        answers = self._process.stdout.fileno()
        poll = select.poll()
        poll.register(answers, select.POLLIN)
        while b"\n" not in self._unread:
            if len(self._unread) > LONGEST_LINE:
                raise BadMessage("line too long")
            # Time is looked at in every round, so that a process that talks without end is given up as well.
            left = deadline - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise _TooLate
            came = os.read(answers, LONGEST_LINE)
            if not came:
                raise _Ended
            self._unread += came
        line, _, self._unread = self._unread.partition(b"\n")
        return line

    def _after_end(self, code: int) -> Exception:
        if self._closed:
            return Refused(Failure.READER_MISSING)
        if code < 0:
            # What a card makes the native library do must not take more than this process with it.
            return Refused(Failure.CARD_UNREADABLE, worker=f"signal {-code}")
        return WorkerBroken(f"the card process ended with code {code}")

    def _replace(self) -> int:
        code = self._discard()
        if not self._closed:
            self._process = _start(self._command)
        return code

    def _discard(self) -> int:
        """Reap the process, by force unless it is ending by itself. Return its exit code (negative: a signal)."""
        process = self._process
        try:
            code = process.wait(_REAP_S if self._ends_by_itself() else 0)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        self._unread = b""
        return code

    def _ends_by_itself(self) -> bool:
        """Say whether the process has closed its answers, which it does only at its end."""
        answers = self._process.stdout
        if answers is None or answers.closed:
            return False
        poll = select.poll()
        poll.register(answers, 0)  # POLLHUP is always told
        return any(event & select.POLLHUP for _, event in poll.poll(0))


def _unheard(_: object) -> None:
    """Nobody listens."""


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    # Its own session: a Ctrl+C in the terminal is for the workstation, which then closes the pipes.
    return subprocess.Popen(
        [*command, "--level", str(log.getEffectiveLevel())],
        cwd=_ROOT,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
