"""J1 in the real window, and what its slip is worth afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest
import zxingcpp
from PIL import Image

from demo.environment import Demo
from wire.codec import decode
from wire.messages import ResultCode, SlipCheck

ROOT = Path(__file__).parents[2]
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture(scope="module")
def keep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("j1")


@pytest.fixture(scope="module")
def story(keep: Path) -> dict[str, Any]:
    # By the command itself and so under Xvfb, where a window is less spoiled than offscreen: it gets no focus unasked.
    played = subprocess.run(
        [sys.executable, "dev.py", "journey", "J1", "--json", "--keep", str(keep)],
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


def _slip_text(path: str) -> str:
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    return "".join(text.split())


def _code(path: str, scratch: Path) -> str:
    subprocess.run(["pdftoppm", "-r", "200", "-png", path, str(scratch / "slip")], check=True)
    with Image.open(sorted(scratch.glob("slip*.png"))[0]) as page:
        (found,) = zxingcpp.read_barcodes(page)
    return str(found.text)


def test_three_departments_decided_and_little_was_typed(story: dict[str, Any]) -> None:
    assert [item["state"] for item in story["items"]] == ["decided"] * 3
    fields = story["fields"]
    assert fields["typed"] <= 12
    assert fields["prefilled"] > fields["typed"]
    assert story["papers_saved"] == 5
    assert all(Path(path).is_absolute() and Path(path).is_file() for path in story["screenshots"])


def test_the_slip_says_names_items_and_results(story: dict[str, Any]) -> None:
    text = _slip_text(story["slip"])
    for words in (
        "测试一",
        "测小宝",
        "出生登记",
        "城乡居民医保参保",
        "社保卡申领",
        "准予办理",
        "免交材料5件",
    ):
        assert words in text
    assert "补打" not in text
    assert "44010018990101002X" not in text
    assert "补打1" in _slip_text(story["reprint"])
    assert "不代表受理" in _slip_text(story["receipt"])


def test_the_slip_is_a_sound_pdf_with_its_own_fonts(story: dict[str, Any]) -> None:
    checked = subprocess.run(["qpdf", "--check", story["slip"]], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    fonts = subprocess.run(["pdffonts", story["slip"]], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in fonts.splitlines()[2:]]
    assert rows
    assert all(row[-5] == "yes" for row in rows)  # the column "emb"


def test_the_hall_confirms_what_the_reader_reads(story: dict[str, Any], keep: Path, tmp_path: Path) -> None:
    code = _code(story["slip"], tmp_path)
    with Demo(keep / "demo", Path(sys.executable), with_card=False) as demo:
        check = _check(demo, code)
        assert (check.genuine, check.serial_known) == (True, True)
        assert [result for _, result in check.results] == [ResultCode.GRANTED] * 3
        assert Path(story["slip"]).stem == code.rsplit(".", 1)[1]
        receipt = _check(demo, _code(story["receipt"], tmp_path_of(tmp_path)))
        assert (receipt.genuine, receipt.serial_known) == (True, True)
        forged = code[:20] + ("A" if code[20] != "A" else "B") + code[21:]
        assert not _check(demo, forged).genuine


def tmp_path_of(folder: Path) -> Path:
    beside = folder / "receipt"
    beside.mkdir()
    return beside


def _check(demo: Demo, code: str) -> SlipCheck:
    answer = httpx2.get(f"{demo.hall_url}/v1/slips/check", params={"code": code}, trust_env=False)
    return decode(SlipCheck, answer.content)


def test_no_person_stands_in_clear_where_the_station_keeps_its_data(
    story: dict[str, Any], keep: Path
) -> None:
    raw = b"".join(path.read_bytes() for path in (keep / "station").rglob("*") if path.is_file())
    for canary in ("测试一", "测试二", "测小宝", "44010018990101002X", "440100189901010011", "13800000000"):
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            assert canary.encode(encoding) not in raw
