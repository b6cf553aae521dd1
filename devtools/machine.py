"""Set-up of one checkout: Debian packages, then the locked Python packages in .venv, both only when needed."""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
import time
from pathlib import Path

from devtools import packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# Which lock file the .venv was filled from, where it was made and by which interpreter.
STAMP = VENV / "stamp"


def make_ready(*, tests: bool) -> None:
    """Install what is missing for running, or also for testing.

    Raise packages.Missing when a person must install Debian packages, subprocess.CalledProcessError when
    an installer failed; it has told why on stderr.
    """
    lacking = packages.missing(packages.wanted(tests=tests))
    if not lacking and _is_filled(tests=tests):
        return
    with (ROOT / "dev.py").open("rb") as door:
        # Two set-ups of one checkout at once would unpack over each other.
        fcntl.flock(door, fcntl.LOCK_EX)
        begun = time.monotonic()
        if lacking:
            packages.install(lacking)
        if not _is_filled(tests=tests):
            _fill(tests=tests)
        _say(f"ready after {time.monotonic() - begun:.1f} s")


def mark(lock: Path) -> list[str]:
    """Return the lines that the stamp holds once `lock` is installed."""
    # A venv holds absolute paths, and a newer Debian puts another interpreter under the same name.
    return [str(VENV), str(PYTHON.resolve()), hashlib.sha256(lock.read_bytes()).hexdigest()]


def _lock(*, tests: bool) -> Path:
    return ROOT / ("requirements-dev.lock" if tests else "requirements.lock")


def _stamped() -> list[str]:
    return STAMP.read_text(encoding="utf-8").splitlines() if STAMP.is_file() and PYTHON.exists() else []


def _is_filled(*, tests: bool) -> bool:
    # The packages for testing include those for running.
    enough = [_lock(tests=True)] if tests else [_lock(tests=False), _lock(tests=True)]
    return _stamped() in [mark(lock) for lock in enough]


def _fill(*, tests: bool) -> None:
    lock = _lock(tests=tests)
    _say(f"Python packages of {lock.name} into {VENV}")
    # One made elsewhere, by another Python, or left half done is made anew.
    known = _stamped()[:2] == mark(lock)[:2]
    if VENV.is_symlink():
        # Somebody lent us the packages of another checkout: clearing it would clear theirs.
        VENV.unlink()
    STAMP.unlink(missing_ok=True)
    venv = [sys.executable, "-m", "venv", *([] if known else ["--clear"]), str(VENV)]
    subprocess.run(venv, stdout=sys.stderr, check=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(lock)], stdout=sys.stderr, check=True)
    STAMP.write_text("\n".join(mark(lock)) + "\n", encoding="utf-8")


def _say(text: str) -> None:
    print(f"set-up: {text}", file=sys.stderr, flush=True)
