"""The finished PDF, read back by tools that we did not write: poppler, qpdf and zxing."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from tests.fakes.documents import PROMISED
from tests.fakes.press import NOWHERE, RARE_NAMES, a_slip, documents, longest_slip, rare_slip, with_rows
from workstation import resources
from workstation.domain.approval import REASONS, ProposalKind
from workstation.domain.failures import Refused
from workstation.domain.slip import Slip, SlipKind
from workstation.printing import render as rendering
from workstation.printing.fonts import Fonts

pytestmark = pytest.mark.skipif(
    not (shutil.which("pdftotext") and shutil.which("qpdf")),
    reason="poppler-utils and qpdf are not installed",
)


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(resources.paper_font_files())


def render(slip: Slip, fonts: Fonts) -> bytes:
    return rendering.render(slip, fonts, documents())


def tool(name: str, *arguments: str, pdf: bytes) -> bytes:
    return subprocess.run([name, *arguments], input=pdf, capture_output=True, check=True).stdout


def text_of(slip: Slip, fonts: Fonts) -> str:
    raw = tool("pdftotext", "-raw", "-", "-", pdf=render(slip, fonts)).decode()
    return re.sub(r"\s+", "", raw)


def fonts_in(pdf: bytes, tmp_path: Path) -> list[list[str]]:
    path = tmp_path / "slip.pdf"
    path.write_bytes(pdf)
    return [row.split() for row in tool("pdffonts", str(path), pdf=b"").decode().splitlines()[2:]]


def test_a_refusal_says_why_on_which_basis_where_to_go_and_what_to_do_about_it(fonts: Fonts) -> None:
    said = text_of(a_slip(SlipKind.REFUSAL), fonts)
    for words in (
        "不予受理通知书",
        "申请事项依法不属于本机关职权范围",
        "房屋在外区，由所在区办理。",
        "《中华人民共和国行政许可法》第三十二条第一款第（二）项",
        "可向以下机关申请：测试区住房和建设局",
        "六十日内依法申请行政复议",
        "六个月内依法向人民法院提起行政诉讼",
        "12345",
    ):
        assert words in said
    assert "受理时间" not in said


def test_every_reason_of_a_refusal_has_its_words_and_its_law(fonts: Fonts) -> None:
    reasons = {reason.value for reason in REASONS[ProposalKind.REFUSE]}
    assert set(documents().codes["refusal"]) == reasons
    for reason in reasons:
        slip = a_slip(SlipKind.REFUSAL)
        said = text_of(replace(slip, variables={**slip.variables, "reason": reason}), fonts)
        assert said.count("依据：《中华人民共和国行政许可法》第三十") == 1, reason


def test_the_receipt_says_what_is_held_and_that_it_is_no_acceptance(fonts: Fonts) -> None:
    said = text_of(a_slip(SlipKind.RECEIPT), fonts)
    for words in (
        "收件凭证",
        "本凭证不代表受理",
        "五个工作日内一次性告知",
        "自收到材料之日起即为受理",
        "GZ000126112301000K7",
        "测试一",
        "440***********002X",
        "测小宝",
        "2026年11月23日09:30",
        "01号窗口",
        "测窗口",
        "结婚证免交，部门核验广州市民政局EV-MZ-20261123-000017",
        "出生医学证明已核对原件",
        "新生儿照片已收扫描件",
        "大厅登记后生成",
        "版式RCP-2",
    ):
        assert words in said, words
    assert "临时收件" not in said
    assert "受理时间" not in said


def test_a_receipt_without_the_hall_is_marked_provisional(fonts: Fonts) -> None:
    said = text_of(replace(a_slip(SlipKind.RECEIPT), provisional=True), fonts)
    assert said.count("临时收件") == 2  # the mark, and its meaning


def test_the_acceptance_promises_a_date_for_each_item(fonts: Fonts) -> None:
    slip = a_slip(SlipKind.ACCEPTANCE)
    later = with_rows(slip, "items", (PROMISED[0], {**PROMISED[1], "promised_on": date(2027, 1, 5)}))
    said = text_of(later, fonts)
    assert "受理通知书" in said
    assert "出生登记公安部门2026年12月4日" in said
    assert "城乡居民医保参保（新生儿）医保部门2027年1月5日" in said


def test_the_result_slip_bears_all_items_and_the_ledger_of_papers_saved(fonts: Fonts) -> None:
    said = text_of(a_slip(SlipKind.RESULT), fonts)
    for words in (
        "结果单",
        "440104-2026-000123",
        "新生儿出生一件事",
        "办理结果3项",
        "事项部门结果证照名称及编号办结日期",
        "准予办理（模拟审批）",
        "户口登记1.2.156.3005.2.11000000000000000SIM1.11440100SIMULATED0.20261123000001.001.X",
        "2026年11月25日",
        "免交材料6件",
        "母亲户口簿广州市公安局EV-GA-20261123-000018",
        "母亲居民身份证社会保障卡",
        "扫码核验",
        "流水号GZ0001261123FIN00017",
    ):
        assert words in said, words
    assert "新生儿照片" not in said  # a scan was handed in: nothing was saved


def test_a_reprint_says_so_and_a_first_print_does_not(fonts: Fonts) -> None:
    slip = a_slip(SlipKind.RESULT)
    assert "补打" not in text_of(slip, fonts)
    assert text_of(replace(slip, reprint=3), fonts).count("补打3") == 2  # the mark, and the footer


@pytest.mark.parametrize("kind", list(SlipKind))
def test_rare_names_are_written_and_can_be_searched(kind: SlipKind, fonts: Fonts) -> None:
    said = text_of(rare_slip(kind), fonts)
    assert RARE_NAMES in said
    assert "字库没有" not in said


def test_a_name_beyond_the_first_font_brings_the_second_one(fonts: Fonts, tmp_path: Path) -> None:
    bases = {row[0].split("+")[1] for row in fonts_in(render(rare_slip(SlipKind.RESULT), fonts), tmp_path)}
    assert bases == {"NotoSansSC-Regular", "HanaMinB"}


def test_the_second_font_waits_until_a_character_needs_it() -> None:
    first_only = Fonts((*resources.paper_font_files()[:1], Path("/nowhere/there-is-no-such-font.ttf")))
    assert render(a_slip(SlipKind.RESULT), first_only).startswith(b"%PDF-")


@pytest.mark.parametrize("kind", list(SlipKind))
def test_every_font_is_embedded(kind: SlipKind, fonts: Fonts, tmp_path: Path) -> None:
    rows = fonts_in(render(rare_slip(kind), fonts), tmp_path)
    assert len(rows) >= 2
    for row in rows:
        assert row[-5:-2] == ["yes", "yes", "yes"]  # embedded, subset, to Unicode


@pytest.mark.parametrize("kind", list(SlipKind))
def test_the_file_is_sound(kind: SlipKind, fonts: Fonts, tmp_path: Path) -> None:
    path = tmp_path / "slip.pdf"
    path.write_bytes(render(longest_slip(kind), fonts))
    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("kind", list(SlipKind))
def test_the_code_is_read_back_from_office_paper(kind: SlipKind, fonts: Fonts) -> None:
    read_back(a_slip(kind), fonts)


@pytest.mark.long
@pytest.mark.parametrize("kind", list(SlipKind))
def test_the_code_is_read_back_below_the_longest_content_too(kind: SlipKind, fonts: Fonts) -> None:
    read_back(longest_slip(kind), fonts)


def read_back(slip: Slip, fonts: Fonts) -> None:
    pages = int(re.search(rb"/Count (\d+)", pdf := render(slip, fonts)).group(1))  # type: ignore[union-attr]
    png = tool("pdftoppm", "-r", "200", "-gray", "-f", str(pages), "-", pdf=pdf)
    with Image.open(io.BytesIO(png)) as picture:
        (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == slip.code


def test_the_file_says_that_it_is_for_the_archive_and_keeps_what_can_be_seen_of_it(
    fonts: Fonts, tmp_path: Path
) -> None:
    """ISO 19005-2 6.2, 6.6, 6.7: no checker of the standard is here (docs/decisions/025-slips.md)."""
    path = tmp_path / "slip.pdf"
    path.write_bytes(render(a_slip(SlipKind.RESULT), fonts))
    told = tool("pdfinfo", "-meta", str(path), pdf=b"").decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in told
    assert "结果单 GZ0001261123FIN00017" in told
    plain = tool("qpdf", "--qdf", "--object-streams=disable", str(path), "-", pdf=b"")
    assert plain.startswith(b"%PDF-1.7")
    assert b"/S /GTS_PDFA1" in plain
    assert b"/DestOutputProfile" in plain
    assert re.search(rb"/ID\s*\[", path.read_bytes())
    for forbidden in (
        b"/JavaScript",
        b"/Encrypt",
        b"/SMask",
        b"/Launch",
        b"/LZWDecode",
        b"/ca ",
        b"/EmbeddedFile",
    ):
        assert forbidden not in plain, forbidden


def test_no_person_stands_in_the_metadata(fonts: Fonts, tmp_path: Path) -> None:
    slip = a_slip(SlipKind.RESULT)
    path = tmp_path / "slip.pdf"
    path.write_bytes(render(slip, fonts))
    info = tool("pdfinfo", str(path), pdf=b"").decode()
    assert slip.serial in info
    for person in (slip.applicant, slip.subject, slip.clerk, slip.applicant_id, slip.receipt_no):
        assert person not in info


def test_no_path_of_this_machine_stands_in_the_file(fonts: Fonts) -> None:
    assert str(resources.root()).encode() not in render(a_slip(SlipKind.RESULT), fonts)


def test_two_presses_make_the_same_bytes(fonts: Fonts) -> None:
    slip = rare_slip(SlipKind.RESULT)
    render(longest_slip(SlipKind.RESULT), fonts)  # what was printed before leaves no trace in the next sheet
    assert render(slip, fonts) == render(slip, Fonts(resources.paper_font_files()))


@pytest.mark.parametrize("field", ["centre", "clerk", "applicant", "subject"])
def test_a_character_that_no_font_has_shows_its_code_in_a_box_and_the_sheet_says_so(
    field: str, fonts: Fonts
) -> None:
    slip = replace(a_slip(SlipKind.RECEIPT), **{field: f"测{NOWHERE}一"})  # type: ignore[arg-type]
    said = text_of(slip, fonts)
    assert "字库没有的字的编码（U+E123）" in said
    assert "E1" in said
    assert "字库没有" not in text_of(a_slip(SlipKind.RECEIPT), fonts)


def test_a_control_character_is_refused_too(fonts: Fonts) -> None:
    with pytest.raises(Refused) as refusal:
        render(replace(a_slip(SlipKind.RECEIPT), applicant="测\x07"), fonts)
    assert refusal.value.details == {"character": "U+0007"}


def test_opening_a_press_loads_no_pdf_library() -> None:
    script = (
        "import sys; from pathlib import Path; from workstation.printing.spooler import open_press;"
        "open_press(folder=Path('x'), queue=None); print('reportlab' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]
