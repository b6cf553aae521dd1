"""From the start of the process to the window a clerk can use, and the memory it takes, beside a bare Qt window."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bench.harness import Figure, figure, in_turns
from devtools import screen

_ROOT = Path(__file__).resolve().parent.parent
_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1366, 768)
window.show()
app.exec()
"""
# The peer asks its maker for news at every start; its question ends at a closed port of this machine.
_NOWHERE = "http://127.0.0.1:9"
_PEER = "AusweisApp2"
_PATIENCE_S = 60.0
# What loads behind the first picture counts: memory is read once it has not grown for so long.
_CALM_S = 1.5
_CALM_MIB = 0.5


class NoWindow(Exception):
    """A program ended, or showed no window in time."""


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds to the first visible window, and resident MiB of all its processes once settled."""

    seconds: float
    resident: float


def measure(*, long: bool) -> Iterable[Figure]:
    """Give `window_ready` and `memory` beside a bare PySide6 window, `window_ready_vs_ausweisapp` beside that peer.

    The peer (Debian package ausweisapp2, a card reading desktop program with Qt in C++) is left out where it is
    not installed.
    """
    runs = 15 if long else 7
    # A private home: nobody's settings, and the peer finds those of its own earlier run.
    with tempfile.TemporaryDirectory() as home, screen.private() as display:
        env = {
            **display,
            "HOME": home,
            "TMPDIR": home,
            **dict.fromkeys(("http_proxy", "https_proxy"), _NOWHERE),
            # As at every desk after its first start: compiled code is kept, whatever the developer's shell says.
            "PYTHONPYCACHEPREFIX": f"{home}/compiled",
        }
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        subjects = {
            "bare": lambda: _start([sys.executable, "-c", _BARE], env),
            "workstation": lambda: _start_workstation(env),
        }
        peer = shutil.which(_PEER)
        if peer:
            subjects["peer"] = lambda: _start_peer(peer, env)
        # One round that does not count, so that every file is in memory for all alike.
        in_turns(subjects, 1)
        taken = in_turns(subjects, runs)
    ready = {name: [start.seconds * 1000 for start in starts] for name, starts in taken.items()}
    memory = {name: [start.resident for start in starts] for name, starts in taken.items()}
    yield figure("window_ready", "ms", subject=ready["workstation"], floor=ready["bare"])
    if peer:
        yield figure("window_ready_vs_ausweisapp", "ms", subject=ready["workstation"], floor=ready["peer"])
    yield figure("memory", "MiB", subject=memory["workstation"], floor=memory["bare"])


def _start_workstation(env: Mapping[str, str]) -> Start:
    with tempfile.TemporaryDirectory() as data:
        return _start([sys.executable, str(_ROOT / "main.py"), "--data", data], env)


def _start_peer(peer: str, env: Mapping[str, str]) -> Start:
    # A home for every start: what the killed run before left behind makes the next one think it runs already.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        return _start([peer], {**env, "HOME": home, "TMPDIR": home})


def _start(command: list[str], env: Mapping[str, str]) -> Start:
    if _window_is_visible(env):
        raise NoWindow("a window of an earlier run is still there")
    with tempfile.TemporaryFile() as said, _running(command, env, said) as (process, begun):
        while not _window_is_visible(env):
            if process.poll() is not None or time.perf_counter() - begun > _PATIENCE_S:
                said.seek(0)
                last_words = said.read()[-2000:].decode(errors="replace")
                raise NoWindow(f"{command[0]} showed no window (exit {process.returncode}):\n{last_words}")
            time.sleep(0.004)
        seconds = time.perf_counter() - begun
        return Start(seconds, _settled(process.pid))


@contextmanager
def _running(
    command: list[str], env: Mapping[str, str], said: IO[bytes]
) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=_ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield process, begun
    finally:
        # The whole group: the workstation's card worker is a process of its own.
        with suppress(ProcessLookupError):  # One that ended by itself has taken its group along.
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        while _window_is_visible(env):
            time.sleep(0.02)


def _window_is_visible(env: Mapping[str, str]) -> bool:
    """Say whether any window larger than a tool tip is mapped."""
    look = ["xdotool", "search", "--onlyvisible", "--class", ".", "getwindowgeometry", "--shell", "%@"]
    told = subprocess.run(look, env=env, capture_output=True, text=True, check=False).stdout
    widths = [int(line.removeprefix("WIDTH=")) for line in told.splitlines() if line.startswith("WIDTH=")]
    return any(width > 100 for width in widths)


def _settled(pid: int) -> float:
    """Return the resident MiB of `pid` and its descendants once they have stopped growing."""
    last, since = _resident(pid), time.perf_counter()
    begun = since
    while time.perf_counter() - since < _CALM_S:
        time.sleep(0.1)
        now = _resident(pid)
        if abs(now - last) > _CALM_MIB:
            last, since = now, time.perf_counter()
        if time.perf_counter() - begun > _PATIENCE_S:
            raise NoWindow(f"the memory of process {pid} does not come to rest")
    return last


def _resident(pid: int) -> float:
    """Return the resident MiB of `pid` and its descendants; what they share counts for each."""
    return sum(_resident_of(each) for each in _family(pid)) / 1024


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task").glob("*/children")
    found = [int(child) for listing in children for child in listing.read_text(encoding="ascii").split()]
    return [pid, *(descendant for child in found for descendant in _family(child))]


def _resident_of(pid: int) -> int:
    """Return KiB, 0 for a process that has just ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)
