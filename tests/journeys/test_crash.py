"""kill -9 in the middle of a form costs nothing that was committed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.journeys.j1 import TYPED

ROOT = Path(__file__).parents[2]
ENV = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def test_a_killed_window_finds_its_form_again(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.journeys.crash"]
    filling = subprocess.Popen(
        [*command, "fill", str(tmp_path)], cwd=ROOT, env=ENV, stdout=subprocess.PIPE, text=True
    )
    assert filling.stdout is not None
    said = filling.stdout.readline()
    os.kill(filling.pid, signal.SIGKILL)
    filling.stdout.close()
    filling.wait()
    assert said == "filled\n"
    again = subprocess.run(
        [*command, "resume", str(tmp_path)],
        cwd=ROOT,
        env=ENV,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert again.returncode == 0, again.stderr[-3000:]
    found = dict(line.split("=", 1) for line in again.stdout.splitlines())
    assert {key: found[key] for key in TYPED} == TYPED
    assert found["mother.id_no"] == "44010018990101002X"
    assert found["child.sex"] == "2"
