"""What the code must pass, one step after the other; the first that fails ends it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from devtools.machine import PYTHON, ROOT, VENV

_LINT = (
    ("format", (PYTHON, "-m", "ruff", "format", "--check", ".")),
    ("lint", (PYTHON, "-m", "ruff", "check", ".")),
    ("types", (PYTHON, "-m", "mypy")),
    # Started through the interpreter: a script's first line takes no path with a space.
    ("walls", (PYTHON, VENV / "bin" / "lint-imports", "--no-logo")),
    ("words", (PYTHON, ROOT / "dev.py", "strings", "--check")),
)
_TESTS = ROOT / "tests"
# A hand that has not ended by then hangs. None takes half as long, on a machine that others use too.
_PATIENCE_S = 1500.0
_HANGS = 124  # as timeout(1) has it
# pytest makes a folder of its own there, which nobody else may read.
_MEMORY = Path("/dev/shm")  # noqa: S108
_SCRATCH_BYTES = 4 << 30  # all hands together leave less than half of it, most of it PostgreSQL's
_FIX = (
    ("mend", (PYTHON, "-m", "ruff", "check", "--fix", ".")),
    ("format", (PYTHON, "-m", "ruff", "format", ".")),
)


def test(*, long: bool) -> int:
    """Run everything that CI asks for, with `long` the long harnesses too; what can, at the same time."""
    os.environ.update(scratch())
    # Hundreds of programs are started: what Python has compiled it keeps, whatever the shell says, as at every desk.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # What passed is not kept: there may be little room.
    pytest = [PYTHON, "-m", "pytest", "-o", "tmp_path_retention_policy=failed"]
    pytest += ["--long"] if long else ["--durations=10", "--durations-min=10"]
    all_of_it = lint
    for name, paths in hands().items():
        # Fuzzers only want processor time, minutes of it, and take what the others leave over.
        nice = ["nice", "-n", "10"] if name == "fuzzing" else []
        all_of_it = partial(
            beside, (name, [*nice, *pytest, *paths]), all_of_it, None if long else _PATIENCE_S
        )
    return all_of_it()


def hands() -> dict[str, Sequence[Path]]:
    """Return which tests run one after the other, under the name of each such hand; the hands run beside each other.

    Files are dealt out evenly: the hand that is the last to end leaves a core idle.
    """
    rooms = sorted((_TESTS / "unit").glob("test_*.py"))
    # Minutes of waiting for processes to start and to end.
    folders = ("integration", "crash", "journeys")
    real_parts = [file for folder in folders for file in sorted((_TESTS / folder).glob("test_*.py"))]
    return {
        "fuzzing": [_TESTS / "fuzz"],
        # Minutes of real time, most of it waiting for what is broken to be whole again.
        "chaos": [_TESTS / "chaos"],
        "torture": [_TESTS / "torture"],
        **{f"tests on real parts, {n + 1}": real_parts[n::3] for n in range(3)},
        # Without a screen.
        "window": [_TESTS / "ui"],
        # Shelves and their fakes, the hall's description.
        "contracts and API": [_TESTS / "contracts", _TESTS / "api"],
        **{f"rooms, {n + 1}": rooms[n::2] for n in range(2)},
    }


def scratch() -> dict[str, str]:
    """Return what tells pytest to keep its folders in memory, where there is enough of it and programs may run from it.

    Tests wait for a disk thousands of times. Whether what was waited for is there is the business of tests/crash alone.
    """
    if not os.access(_MEMORY, os.W_OK) or os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC:
        return {}
    return {"PYTEST_DEBUG_TEMPROOT": str(_MEMORY)} if shutil.disk_usage(_MEMORY).free > _SCRATCH_BYTES else {}


def lint() -> int:
    """Run what needs no test."""
    return _one_by_one(_LINT)


def fix() -> int:
    """Change the code to what ruff would have."""
    return _one_by_one(_FIX)


def _one_by_one(steps: Sequence[tuple[str, Sequence[object]]]) -> int:
    for name, command in steps:
        begun = time.monotonic()
        print(f"== {name}", flush=True)
        code = subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode
        print(
            f"== {name}: {'passed' if code == 0 else f'failed ({code})'}, {time.monotonic() - begun:.1f} s",
            flush=True,
        )
        if code:
            return code
    return 0


def beside(
    step: tuple[str, Sequence[object]], others: Callable[[], int], patience_s: float | None = None
) -> int:
    """Run a step in the background while `others` run, then wait for it and show what it said.

    Where `others` fail, or the step has not ended `patience_s` after it began, the step and whatever it has started are ended;
    their failure is the answer, or that it hangs.
    """
    name, command = step
    begun = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        running = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            # To be ended as a whole, but no session of its own: Linux shares the processor out by session, and who is nice
            # is so only to those of the same one.
            process_group=0,
        )
        try:
            code = others()
            if code:
                return code
            try:
                left = None if patience_s is None else max(0.0, begun + patience_s - time.monotonic())
                code = running.wait(left)
            except subprocess.TimeoutExpired:
                code = _HANGS
            said.seek(0)
            print(f"== {name}", said.read(), sep="\n", end="")
            print(f"== {name}: {'passed' if code == 0 else f'failed ({code})'}", flush=True)
            return code
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()
