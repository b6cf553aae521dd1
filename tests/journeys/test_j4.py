"""J4 in the real window on real CUPS: two persons, forty slips, a jam at the seventeenth, every sheet accounted for once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from demo.print_service import PrintService

ROOT = Path(__file__).parents[2]
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
# A minute and more; what it shows is held by tests/unit/test_print_ledger.py and tests/integration/test_print_service.py.
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not PrintService.is_possible(), reason="needs root, cups-daemon and cups-pdf"),
]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    played = subprocess.run(
        [sys.executable, "dev.py", "journey", "J4", "--json", "--keep", str(tmp_path_factory.mktemp("j4"))],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key not in _SCREENS},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert played.returncode == 0, played.stderr[-3000:]
    told: dict[str, Any] = json.loads(played.stdout)
    return told


def _text(path: str) -> str:
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    return "".join(said.split())


def test_nobody_is_his_own_second_person_and_a_refusal_is_signed_by_two(story: dict[str, Any]) -> None:
    assert story["own"] == "提请人不能给自己会签。"
    assert story["refused"]
    assert "测试区公安分局" in _text(story["notice"])


def test_forty_results_are_accounted_for_once_each_and_the_reprint_has_its_number(
    story: dict[str, Any],
) -> None:
    assert (story["halted_at"], story["reason"], story["out_at_halt"]) == (17, "media-jam", 0)
    assert (story["slips"], story["accounted"], story["doubled"], story["paper"]) == (40, 40, 0, 40)
    assert list(story["reprints"].values()) == [1]
    assert story["heard"] == {"out  0": 39, "out  1": 1, "void jammed 0": 1}
    assert len(story["void"]) == 1
    assert not set(story["void"]) & set(story["reprints"])
    assert "补打1" in _text(story["reprint"])
