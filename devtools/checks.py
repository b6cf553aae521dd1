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
# Minutes of waiting for processes to start and to end: in three hands, dealt out evenly, so that no core waits with one.
_REAL_PARTS = (
    *sorted((_TESTS / "integration").glob("test_*.py")),
    *sorted((_TESTS / "crash").glob("test_*.py")),
    *sorted((_TESTS / "journeys").glob("test_*.py")),
)
_HANDS = 3
# Each file by itself is quick; all of them in one hand would be the last to end, with a core idle beside it.
_SECOND_HALF = sorted((_TESTS / "unit").glob("test_*.py"))[1::2]
# The window without a screen, shelves and their fakes, the hall's contract.
_IN_PROCESS = (_TESTS / "ui", _TESTS / "contracts", _TESTS / "api")
# They only want processor time, minutes of it, and take what the others leave over.
_FUZZERS = _TESTS / "fuzz"
# Minutes of real time, most of it waiting for what is broken to be whole again.
_CHAOS, _TORTURE = _TESTS / "chaos", _TESTS / "torture"
# pytest makes a folder of its own there, which nobody else may read.
_MEMORY = Path("/dev/shm")  # noqa: S108
_SCRATCH_BYTES = 2 << 30  # all hands together leave less than a tenth of it
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
    pytest = (PYTHON, "-m", "pytest", "-o", "tmp_path_retention_policy=failed", *(["--long"] if long else []))
    aside = (
        ("fuzzing", ("nice", "-n", "10", *pytest, _FUZZERS)),
        ("chaos", (*pytest, _CHAOS)),
        ("torture", (*pytest, _TORTURE)),
        *((f"tests on real parts, {n + 1}", (*pytest, *_REAL_PARTS[n::_HANDS])) for n in range(_HANDS)),
        ("window, contracts and API", (*pytest, *_IN_PROCESS)),
        ("rooms, the other half", (*pytest, *_SECOND_HALF)),
    )
    apart = [
        f"--ignore={path}" for path in (*_REAL_PARTS, *_IN_PROCESS, *_SECOND_HALF, _FUZZERS, _CHAOS, _TORTURE)
    ]

    def all_of_it() -> int:
        return lint() or _one_by_one((("tests", (*pytest, *apart)),))

    for step in aside:
        all_of_it = partial(beside, step, all_of_it)
    return all_of_it()


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


def beside(step: tuple[str, Sequence[object]], others: Callable[[], int]) -> int:
    """Run a step in the background while `others` run, then wait for it and show what it said.

    Where `others` fail, the step and whatever it has started are ended and their failure is the answer.
    """
    name, command = step
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
            code = running.wait()
            said.seek(0)
            print(f"== {name}", said.read(), sep="\n", end="")
            print(f"== {name}: {'passed' if code == 0 else f'failed ({code})'}", flush=True)
            return code
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()
