"""What the code must pass, one step after the other; the first that fails ends it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence

from devtools.machine import PYTHON, ROOT, VENV

_LINT = (
    ("format", (PYTHON, "-m", "ruff", "format", "--check", ".")),
    ("lint", (PYTHON, "-m", "ruff", "check", ".")),
    ("types", (PYTHON, "-m", "mypy")),
    # Started through the interpreter: a script's first line takes no path with a space.
    ("walls", (PYTHON, VENV / "bin" / "lint-imports", "--no-logo")),
    ("words", (PYTHON, ROOT / "dev.py", "strings", "--check")),
)
_FIX = (
    ("mend", (PYTHON, "-m", "ruff", "check", "--fix", ".")),
    ("format", (PYTHON, "-m", "ruff", "format", ".")),
)


def test(*, long: bool) -> int:
    """Run everything that CI asks for, with `long` the long harnesses too."""
    tests = (PYTHON, "-m", "pytest", *(["--long"] if long else []))
    return _one_by_one((*_LINT, ("tests", tests)))


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
