"""J3, J5 and J8 in the real window: gaps, a register that is down, and one that is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
pytestmark = pytest.mark.long  # half a minute each; what they show is held by faster tests too


def _play(name: str, keep: Path) -> dict[str, Any]:
    played = subprocess.run(
        [sys.executable, "dev.py", "journey", name, "--json", "--keep", str(keep)],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key not in _SCREENS},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert played.returncode == 0, played.stderr[-3000:]
    told: dict[str, Any] = json.loads(played.stdout)
    return told


def _text(path: Path) -> str:
    said = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return "".join(said.split())


def test_a_register_that_is_down_holds_up_nobody(tmp_path: Path) -> None:
    story = _play("J5", tmp_path)
    assert story["papers_saved"] == 5  # the answer came by itself, after the acceptance
    assert "等待部门答复" in _text(Path(story["slip"]))


def test_a_disputed_reply_is_printed_and_the_case_goes_on(tmp_path: Path) -> None:
    story = _play("J8", tmp_path)
    assert story["papers_saved"] == 4
    (dispute,) = (tmp_path / "prints").glob("*DIS*.pdf")
    said = _text(dispute)
    assert "未查到登记记录（不等于未婚）" in said
    assert "已在越秀区登记结婚" in said
    (checks,) = (tmp_path / "prints").glob("*VER*.pdf")
    assert "办事人有异议" in _text(checks)
    assert "1920" not in _text(checks)


def test_what_was_missing_is_asked_for_once_brought_and_accepted(tmp_path: Path) -> None:
    story = _play("J3", tmp_path)
    assert {item["state"] for item in story["items"]} == {"decided"}
    said = {kind: _text(next((tmp_path / "prints").glob(f"*{kind}*.pdf"))) for kind in ("GAP", "COR", "COK")}
    assert "还需要1项" in said["GAP"]
    assert "父亲居民身份证" in said["COR"]
    assert "没有提交" in said["COR"]
    assert "补正等待的时间不计入办理期限" in said["COK"]
