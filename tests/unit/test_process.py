"""A crash leaves no person on the disk: no core dump, also where the kernel pipes its dumps to a program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASK = """
import ctypes, resource
{call}
print(resource.getrlimit(resource.RLIMIT_CORE)[1], ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
PR_DUMPABLE_NOT, PR_DUMPABLE = "0", "1"


def told(call: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(call=call)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.split()[-2:]


@pytest.mark.skipif(sys.platform != "linux", reason="core dumps as Linux makes them")
@pytest.mark.parametrize(
    "call",
    [
        "from workstation import process; assert process.close_off()",
        "import main; main.main(['purge', '--data', '/nowhere'])",
    ],
)
def test_the_workstation_dumps_no_core_and_lets_nobody_look_in(call: str) -> None:
    assert told(call) == ["0", PR_DUMPABLE_NOT]


@pytest.mark.skipif(sys.platform != "linux", reason="core dumps as Linux makes them")
def test_a_program_that_does_not_ask_for_it_would_be_dumped() -> None:
    """The control."""
    assert told("pass")[1] == PR_DUMPABLE
