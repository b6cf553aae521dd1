"""Runs a workload under the shim and reads what it did."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.crash.shim import Op, environment, ops_of

HOME = Path(__file__).parents[2]


def recorded(shim: Path, folder: Path, module: str, size: int) -> list[Op]:
    """Let `python -m module ROOT size` work below `folder`/work and return everything it did to its files."""
    root, record = folder / "work", folder / "record"
    root.mkdir()
    command = [sys.executable, "-m", module, str(root), str(size)]
    subprocess.run(command, env=environment(shim, root, record), cwd=HOME, check=True)
    return list(ops_of(record))
