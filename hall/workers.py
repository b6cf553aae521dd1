"""Several server processes behind one address: one listens and hands its workers the connections in turn, those that die or
stand still are replaced.

Whatever a process keeps in memory must be right when there are several; docs/decisions/015-postgresql.md lists it.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from select import select
from threading import Event, Thread

from hall.handed import HAS_IT, NO_MORE, READY, ask, hand_over, heard

log = logging.getLogger(__name__)
_LOOK_S = 0.2
_END_S = 10.0
# Who dies at once after its start would be started for ever: it is given so much time first.
_PATIENCE_S = 1.0
# Each is asked whether it is there. Who has not taken a question or a connection after so long stands still, and is handed none
# while others take them.
_ASK_S = _STILL_S = 1.0
# New values until the collector looks at them, and how often before it looks at the older ones.
COLLECT = (50_000, 20, 50)


@dataclass(frozen=True, slots=True)
class Patience:
    """After how many looks, one a second, that found nothing said by a worker it is ended.

    What it holds (connections, the turn to write, rows) is let go by that, and whoever asked it comes again. Looks are counted and not
    seconds: when all processes stood still together, nobody is late.
    """

    begins: int = 60  # until it serves; each time twice as many, for a machine may be so busy
    serves: int = 10  # each of them asks it
    ends: int = 30  # once it takes no more: requests at work have three seconds then (hall/tls.py)


PATIENCE = Patience()


def begin_loading() -> None:
    """Let the collector of cycles rest until `settle`: nothing of what a process loads is garbage, and looking through all
    of it again and again took a fifth of a start."""
    gc.disable()


def settle() -> None:
    """Tell the collector of cycles that what this process has loaded stays, and to look less often for what does not.

    A batch of a hundred cases is thousands of values, none of them in a cycle and all gone with its answer: at Python's own
    pace each would be walked several times, which took a fifth of the processor time of a push.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)
    gc.enable()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens, for workers that are handed what comes."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(1024)
    listener.setblocking(False)
    return listener


def supervise(
    count: int,
    listener: socket.socket,
    arguments: list[str],
    ended: Callable[[int], None] = lambda _: None,
    patience: Patience = PATIENCE,
) -> int:
    """Run so many workers, each `python -m hall` with these arguments and a line over which it is handed connections, until
    SIGTERM or SIGINT; `ended` hears the process id of a worker that died, by itself or because `patience` with it had ended."""
    told = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: told.set())
    workers = deque(_Worker(arguments, patience) for _ in range(count))
    begun = False
    while not told.is_set():
        asked: list[socket.socket | _Worker] = [worker for worker in workers if worker.speaks]
        # At first all of them are waited for: who keeps a connection would else be at the quickest one. Meanwhile, and while
        # none serves, who comes waits at the listener.
        begun = begun or not any(worker.starts for worker in workers)
        asked += [listener] if begun and any(worker.serves for worker in workers) else []
        for one in select(asked, [], [], _LOOK_S)[0]:
            if isinstance(one, _Worker):
                one.hear()
            else:
                _hand_out(one, workers)
        for worker in workers:
            worker.look()
            gone = worker.replace_if_dead()
            if gone:
                ended(gone)
    for worker in workers:
        worker.end()
    return 0


def _hand_out(listener: socket.socket, workers: deque[_Worker]) -> None:
    """Give who comes to the next worker that takes it, each in its turn."""
    try:
        connection, _ = listener.accept()
    except OSError:
        return  # gone again
    with connection:
        for anyone in (False, True):
            for _ in range(len(workers)):
                workers.rotate(-1)
                if (anyone or not workers[-1].stands_still) and workers[-1].take(connection):
                    return


def adopt(descriptor: int) -> socket.socket:
    """Return a worker's line, and end this process when the one that started it ends, however that came about."""
    Thread(target=_end_with_parent, name="parent", daemon=True).start()
    return socket.socket(fileno=descriptor)


def _end_with_parent() -> None:
    # The other end of standard input is held by the parent alone, which never writes.
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


class _Worker:
    speaks: bool  # it has not ended, as far as its line tells
    serves: bool
    _process: subprocess.Popen[bytes]
    _served: bool  # it has said so once
    _looked: float  # when it was looked at last
    _unheard: int  # how many looks have heard nothing since

    def __init__(self, arguments: list[str], patience: Patience) -> None:
        self._arguments, self._patience, self._begins = arguments, patience, patience.begins
        self._start()

    def fileno(self) -> int:
        """Its line, to be waited at."""
        return self._line.fileno()

    def hear(self) -> None:
        """Read what it said: that it serves, has what it was sent, takes no more; or nothing because it ended."""
        said = heard(self._line)
        self._unheard = 0
        self.speaks = bool(said)
        self._served = self._served or READY in said
        if READY in said:
            self._begins = self._patience.begins  # a slow start is no reason to bear the next one longer
        self.serves = self.speaks and (self.serves or READY in said) and NO_MORE not in said
        for _ in range(min(said.count(HAS_IT), len(self._sent))):
            self._sent.popleft()

    @property
    def starts(self) -> bool:
        """Say whether it will serve, and does not yet."""
        return self.speaks and not self._served

    @property
    def stands_still(self) -> bool:
        """Say whether it has left something lying: it was stopped, or has no time at all."""
        return bool(self._sent) and time.monotonic() > self._sent[0] + _STILL_S

    def look(self) -> None:
        """When it is time, ask whether it is there, and end one of whom nothing was heard for as many looks as are borne."""
        if time.monotonic() < self._looked + _ASK_S:
            return
        most, fault = self._borne()
        if self._unheard >= most:
            log.error("worker %d %s: it is ended", self._process.pid, fault)
            if not self._served:
                self._begins *= 2
            self._process.kill()
        self._looked = time.monotonic()
        self._unheard += 1
        if self.serves and ask(self._line):
            self._sent.append(self._looked)

    def _borne(self) -> tuple[int, str]:
        """Return how many looks may hear nothing of it, and what is wrong with it after that."""
        if self.serves:
            return self._patience.serves, "stands still"
        return (self._patience.ends, "does not end") if self._served else (self._begins, "does not begin")

    def take(self, connection: socket.socket) -> bool:
        """Hand it a connection; say whether it takes it."""
        taken = self.serves and hand_over(self._line, connection)
        if taken:
            self._sent.append(time.monotonic())
        return taken

    def replace_if_dead(self) -> int:
        code = self._process.poll()
        if code is None or time.monotonic() < self._began + _PATIENCE_S:
            return 0
        gone = self._process.pid
        log.warning("worker %d ended with %d: another one is started", self._process.pid, code)
        self._let_go()
        self._start()
        return gone

    def end(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._let_go()

    def _let_go(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._line.close()

    def _start(self) -> None:
        self._line, theirs = socket.socketpair()
        self._line.setblocking(False)
        self.speaks, self.serves, self._began = True, False, time.monotonic()
        self._sent: deque[float] = deque()  # when it was sent what it has not taken yet
        self._served, self._looked, self._unheard = False, 0.0, 0
        command = [sys.executable, "-m", "hall", *self._arguments, "--line", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=[theirs.fileno()])
