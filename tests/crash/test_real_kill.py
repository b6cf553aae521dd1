"""A counter process killed by strace in the middle of a filing, and its hall over HTTP: filed once, and once at the hall."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from demo.environment import Demo
from tests.crash.recording import HOME

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
    """The counter's program, started again and again on one folder."""

    def __init__(self, folder: Path, demo: Demo) -> None:
        self._command = [sys.executable, "-m", "tests.crash.real_counter", str(folder), demo.hall_url]
        self._run("set-up", demo.enrol_code)
        self.numbers: list[str] = []

    def file_killed(self, call: str, nth: int) -> bool:
        """File a case and be killed at a call; say whether it was."""
        command = [*self._command, "file", str(len(self.numbers))]
        with subprocess.Popen(
            command, cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as counter:
            assert counter.stdin is not None
            assert counter.stdout is not None
            assert counter.stdout.readline() == "ready\n"
            inject = f"inject={call}:signal=KILL:when={nth}"
            trace = ["strace", "-f", "-qq", "-o", "/dev/null", "-p", str(counter.pid), "-e", f"trace={call}"]
            with subprocess.Popen([*trace, "-e", inject]):
                while "TracerPid:\t0\n" in Path(f"/proc/{counter.pid}/status").read_text():
                    time.sleep(0.01)
                counter.stdin.write("go\n")
                counter.stdin.flush()
                told = counter.stdout.read().splitlines()
            killed = counter.wait() == -9
        received = [said.split()[1] for said in told if said.startswith("received ")]
        after = self._run("go-on", str(len(self.numbers)))
        (number,) = [said.split()[1] for said in after if said.startswith("received ")]
        assert received in ([], [number])  # what was told is what stands
        assert after[-1] == "sent 0"  # nothing was put aside
        self.numbers.append(number)
        return killed

    def _run(self, what: str, more: str) -> list[str]:
        done = subprocess.run(
            [*self._command, what, more], cwd=HOME, check=True, stdout=subprocess.PIPE, text=True, timeout=90
        )
        return done.stdout.splitlines()


@pytest.mark.timeout(1800)
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
    print(f"\nstrace: {len(killed)} filings, {sum(was for *_, was in killed)} killed: {killed}")
    assert any(was for *_, was in killed)
    assert len(set(counter.numbers)) == len(killed)
    with closing(sqlite3.connect(f"file:{demo.root / 'hall.db'}?mode=ro", uri=True)) as hall:
        there = [row[0] for row in hall.execute("SELECT receipt_no FROM cases")]
    assert sorted(there) == sorted(counter.numbers)
