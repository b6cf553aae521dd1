"""A counter process killed by strace in the middle of a filing, and its hall over HTTP: filed once, and once at the hall."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import takewhile
from pathlib import Path

import pytest

from demo.environment import Demo
from tests.crash.recording import HOME
from tests.until import until

# The calls that change files, and about how many of each the thread of the filing makes; SQLCipher here waits by fsync.
CALLS = {"pwrite64": 60, "fsync": 16, "rename": 1}
POINTS, LONG = 3, 40


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    _may_trace()
    with Demo(tmp_path / "demo", Path(sys.executable), with_card=False) as started:
        yield started


def _may_trace() -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not here: python3 dev.py setup brings it")
    with subprocess.Popen(["sleep", "60"]) as sleeper:
        done = subprocess.run(
            ["timeout", "1", "strace", "-qq", "-o", "/dev/null", "-p", str(sleeper.pid)],
            check=False,
            capture_output=True,
            text=True,
        )
        sleeper.kill()
    if "not permitted" in done.stderr:
        pytest.skip(
            "this user may trace no other process here (kernel.yama.ptrace_scope, or a container without ptrace)"
        )


class Counter:
    """The counter's program on one folder: killed in a filing, and started anew to finish that and begin the next."""

    def __init__(self, folder: Path, demo: Demo) -> None:
        self._command = [sys.executable, "-m", "tests.crash.real_counter", str(folder), demo.hall_url]
        subprocess.run([*self._command, "set-up", demo.enrol_code], cwd=HOME, check=True, timeout=90)
        self._begun = 0
        self._told: list[str] = []  # of the filing that was begun last, before the program ended
        self.numbers: list[str] = []

    def file_killed(self, call: str, nth: int) -> bool:
        """Begin a case and be killed at a call; say whether it was."""
        with self._started() as counter:
            inject = f"inject={call}:signal=KILL:when={nth}"
            trace = ["strace", "-f", "-qq", "-o", "/dev/null", "-p", str(counter.pid), "-e", f"trace={call}"]
            with subprocess.Popen([*trace, "-e", inject]):
                status = Path(f"/proc/{counter.pid}/status")
                until(lambda: "TracerPid:\t0\n" not in status.read_text(), every=0.01)
                out, _ = counter.communicate("go\n", timeout=90)
            killed = counter.returncode == -9
        self._begun += 1
        self._told = out.splitlines()
        return killed

    def finish(self) -> None:
        """Finish what was begun last."""
        with self._started() as counter:
            counter.communicate(timeout=90)
        assert counter.returncode == 0

    def _started(self) -> subprocess.Popen[str]:
        counter = subprocess.Popen(
            [*self._command, "file", str(self._begun)],
            cwd=HOME,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert counter.stdout is not None
        after = list(takewhile(lambda said: said != "ready\n", iter(counter.stdout.readline, "")))
        if self._begun:
            self._hold([said.strip() for said in after])
        return counter

    def _hold(self, after: list[str]) -> None:
        received = [said.split()[1] for said in self._told if said.startswith("received ")]
        (number,) = [said.split()[1] for said in after if said.startswith("received ")]
        assert received in ([], [number])  # what was told is what stands
        assert after[-1] == "sent 0"  # nothing was put aside
        self.numbers.append(number)


def test_a_counter_killed_by_strace_files_once_here_and_at_the_hall(
    demo: Demo, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(6)
    counter = Counter(tmp_path / "counter", demo)
    killed = []
    for n in range(LONG if request.config.getoption("--long") else POINTS):
        call = list(CALLS)[n % len(CALLS)]
        nth = chance.randint(1, CALLS[call])
        killed.append((call, nth, counter.file_killed(call, nth)))
    counter.finish()
    print(f"\nstrace: {len(killed)} filings, {sum(was for *_, was in killed)} killed: {killed}")
    assert any(was for *_, was in killed)
    assert len(set(counter.numbers)) == len(killed)
    with closing(sqlite3.connect(f"file:{demo.root / 'hall.db'}?mode=ro", uri=True)) as hall:
        there = [row[0] for row in hall.execute("SELECT receipt_no FROM cases")]
    assert sorted(there) == sorted(counter.numbers)
