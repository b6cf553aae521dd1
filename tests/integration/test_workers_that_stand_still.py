"""A worker of a hall that is stopped before it serves, or while it ends: it is replaced, and the hall serves."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from select import select

from demo.service import Service, free_ports
from hall.database import open_database
from tests.until import until

_SUPERVISES = """
import sys
from hall.workers import Patience, listen, supervise
begins, ends, port = map(int, sys.argv[1:4])
sys.exit(supervise(2, listen("127.0.0.1", port), sys.argv[4:], patience=Patience(begins=begins, ends=ends)))
"""


@contextmanager
def _started(folder: Path, *, begins: int = 60, ends: int = 30) -> Iterator[Service]:
    """A hall of two workers that was just started; how many looks each bears."""
    open_database(folder / "hall.db").dispose()
    (port,) = free_ports(1)
    serve = f"serve --database {folder}/hall.db --departments http://127.0.0.1:9 --timer-s 0".split()
    command = [sys.executable, "-c", _SUPERVISES, str(begins), str(ends), str(port), *serve]
    made = Service("hall", command, port, folder=folder, env=os.environ)
    made.start()
    try:
        yield made
    finally:
        made.end()


def _workers(hall: Service) -> list[int]:
    """The workers whose program has begun."""
    told = Path(f"/proc/{hall.pid}/task/{hall.pid}/children").read_text()
    return [int(each) for each in told.split() if b"--line" in _read(int(each), "cmdline")]


def _read(process: int, what: str) -> bytes:
    with suppress(FileNotFoundError, ProcessLookupError):  # it is gone
        return Path(f"/proc/{process}/{what}").read_bytes()
    return b""


@contextmanager
def _stopped(worker: int) -> Iterator[None]:
    os.kill(worker, signal.SIGSTOP)
    try:
        until(lambda: _read(worker, "stat").rpartition(b") ")[2][:1] in (b"T", b""))
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGCONT)


def _answers(hall: Service) -> bool:
    with suppress(OSError), _asked(hall, _REST) as said:
        return said.recv(1000).startswith(b"HTTP/1.1 200")
    return False


def _asked(hall: Service, head: bytes) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", hall.port), timeout=2)
    made.sendall(head)
    return made


_REST = b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n"
_BUSY = b"POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"


def _two_serve_without(hall: Service, stopped: int) -> bool:
    workers = _workers(hall)
    return len(workers) == 2 and stopped not in workers and _answers(hall)


def test_a_worker_that_is_stopped_before_it_serves_is_replaced_and_one_that_is_slow_comes_through(
    tmp_path: Path,
) -> None:
    """One look is less than any of them takes to begin."""
    with _started(tmp_path, begins=1) as hall:
        until(lambda: len(_workers(hall)) == 2)
        worker = _workers(hall)[0]
        with _stopped(worker):
            until(lambda: _two_serve_without(hall, worker))
        assert f"worker {worker} does not begin: it is ended" in hall.log.read_text()


def test_a_worker_that_is_stopped_while_it_ends_is_replaced(tmp_path: Path) -> None:
    with _started(tmp_path, ends=2) as hall, ExitStack() as opened:
        until(lambda: _answers(hall))
        worker = _workers(hall)[0]
        # A request whose body does not come keeps the worker that has it from ending; each has one, and one that rests.
        rest, busy = ([opened.enter_context(_asked(hall, head)) for _ in range(4)] for head in (_REST, _BUSY))
        assert all(each.recv(1000).startswith(b"HTTP/1.1 200") for each in rest)
        assert all(each.recv(1000).startswith(b"HTTP/1.1 100") for each in busy)
        os.kill(worker, signal.SIGTERM)
        # It closes what rests after it has said that it takes no more.
        until(lambda: any(each.recv(1000) == b"" for each in select(rest, [], [], 0)[0]))
        with _stopped(worker):
            until(lambda: _two_serve_without(hall, worker))
        assert f"worker {worker} does not end: it is ended" in hall.log.read_text()
