"""Programs from npm that tests drive: kept in tests/clients by their lock, installed below var/ once a checkout."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_NOT_REACHED = ("ENOTFOUND", "ETIMEDOUT", "ECONNREFUSED")


def npm_client(name: str, package: str) -> Path:
    """Return the folder of a client, its own files beside node_modules; skips where npm is not there or reaches nothing."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            pytest.skip(f"no {program} on this machine: python3 dev.py setup installs it")
    client, place = _ROOT / "tests" / "clients" / name, _ROOT / "var" / name
    lock = place / "package-lock.json"
    kept = lock.exists() and lock.read_bytes() == (client / "package-lock.json").read_bytes()
    shutil.copytree(client, place, dirs_exist_ok=True)
    if not (kept and (place / "node_modules" / package).is_dir()):
        done = subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=place,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        if done.returncode and any(word in done.stderr for word in _NOT_REACHED):
            lock.unlink()
            pytest.skip("the npm registry is not reached from here")
        assert done.returncode == 0, done.stderr[-2000:]
    return place
