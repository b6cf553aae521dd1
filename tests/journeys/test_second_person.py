"""The second person in the real window, with real cards and a real hall."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.mark.long
def test_a_refusal_by_two_and_a_card_that_is_taken(tmp_path: Path) -> None:
    play = "import sys, json, pathlib; from tests.journeys.second_person import play; "
    play += "print(json.dumps(play(pathlib.Path(sys.argv[1]))))"
    played = subprocess.run(
        ["xvfb-run", "-a", sys.executable, "-c", play, str(tmp_path)],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key not in _SCREENS},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert played.returncode == 0, played.stderr[-3000:]
    assert "\\u63d0\\u8bf7\\u4eba\\u4e0d\\u80fd" in played.stdout  # 提请人不能给自己会签
    notice = next(tmp_path.rglob("*REF*.pdf"))
    text = subprocess.run(["pdftotext", notice, "-"], capture_output=True, text=True, check=True).stdout
    assert "测试区公安分局" in text
