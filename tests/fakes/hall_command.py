"""The hall's commands as somebody at a terminal has them, without the second in which a new interpreter loads them.

`python -m hall` itself is what every demo starts, and what `test_staff_is_a_command_and_says_what_is_wrong` types.
"""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from hall.__main__ import main


def hall_command(*words: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run `python -m hall *words` in this process; `typed` is what it reads."""
    said, complained = io.StringIO(), io.StringIO()
    command = [str(word) for word in words]
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(complained):
        patch.setattr(sys, "stdin", io.StringIO(typed))
        try:
            code = main(command)
        except SystemExit as ended:  # argparse's way of saying that the words make no sense
            code = int(ended.code or 0)
    return subprocess.CompletedProcess(command, code, said.getvalue(), complained.getvalue())
