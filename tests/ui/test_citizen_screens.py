"""Two screens: the citizen's window fills the other one and the counter keeps the keyboard; played in a process of its own,
because Qt hears of screens once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COUNTER, CITIZEN = ("counter", 0, 1366, 768), ("citizen", 1366, 1280, 800)
PROGRAM = """
import json, sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.fakes.desk import FakeDesk
from tests.fakes.reviews import invitation
from wire.evaluation import Stage
from workstation.ui import app

desk = FakeDesk()
desk.invitations = [invitation()]
made = app.build(load_desk=lambda: desk, initial={"hall_url": "", "code": ""}, language="zh", evaluation_s=60)
while made.shell is None:
    QTest.qWait(20)
made.move(0, 0)
made.activateWindow()
made.shell.intake.served.emit("case-1", Stage.ACCEPTANCE)
while made.citizen.window is None or not made.citizen.window.isVisible():
    QTest.qWait(20)
QTest.qWait(100)
other = made.citizen.window
print(json.dumps({
    "counter": made.screen().name(),
    "citizen": other.screen().name(),
    "at": other.geometry().getRect(),
    "whole": other.isFullScreen(),
    "keyboard": QApplication.activeWindow().objectName(),
}))
made.close_down()
"""


def test_the_citizen_has_the_other_screen_and_the_counter_the_keyboard(tmp_path: Path) -> None:
    screens = [
        {"name": name, "x": x, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
        for name, x, width, height in (COUNTER, CITIZEN)
    ]
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": screens}), encoding="ascii")
    played = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert played.returncode == 0, played.stderr[-2000:]
    assert "requestActivate" not in played.stderr
    told = json.loads(played.stdout.splitlines()[-1])
    assert (told["counter"], told["citizen"]) == ("counter", "citizen")
    assert (told["at"], told["whole"]) == ([1366, 0, 1280, 800], True)
    assert told["keyboard"] == "window"
