"""Whatever stands on a slip, nothing overlaps and nothing leaves the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest

from tests.fakes.documents import DECIDED
from tests.fakes.press import a_slip, documents, longest_slip, rare_slip, with_rows
from wire.messages import MaterialHow, ResultCode
from workstation import resources
from workstation.domain.slip import Language, Row, Slip, SlipKind
from workstation.printing import words
from workstation.printing.fonts import Fonts
from workstation.printing.formats import FORMATS, Paper
from workstation.printing.layout import lay_out, paper_of
from workstation.printing.marks import Fill, Page, Stencil, Words
from workstation.printing.qr import MODULE
from workstation.printing.sheet import Column, Sheet

Box = tuple[float, float, float, float]
A4 = FORMATS[Paper.A4]


def pages_of(slip: Slip, fonts: Fonts) -> tuple[Page, ...]:
    return lay_out(slip, documents().template(slip.kind), documents().codes, fonts)[0]


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(resources.paper_font_files())


def text_boxes(page: Page, fonts: Fonts) -> list[Box]:
    return [
        (m.x, m.y - 0.8 * m.size, m.x + fonts.width(m.text, m.size), m.y + 0.15 * m.size)
        for m in page
        if isinstance(m, Words) and m.text
    ]


def code_boxes(page: Page) -> list[Box]:
    bars = [(m.x, m.y, m.x + m.width, m.y + m.height) for m in page if isinstance(m, Fill) and m.grey == 0]
    return bars + stencil_boxes(page)


def stencil_boxes(page: Page) -> list[Box]:
    return [(m.x, m.y, m.x + m.side, m.y + m.side) for m in page if isinstance(m, Stencil)]


def hold_layout(slip: Slip, fonts: Fonts) -> None:
    """Nothing overlaps, nothing leaves the page or its margins, and nothing stands below the footer."""
    paper = paper_of(slip, documents().template(slip.kind))
    pages, (_, height) = lay_out(slip, documents().template(slip.kind), documents().codes, fonts)
    for page in pages:
        assert overlaps(page, fonts) == 0
        for box in text_boxes(page, fonts):
            assert box[0] >= paper.left - 0.01
            assert box[2] <= paper.right + 0.01
            assert 0 < box[1] < box[3] < height
        *body, left, right = (m for m in page if isinstance(m, Words))
        assert all(m.y < min(left.y, right.y) - left.size for m in body)


def meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def overlaps(page: Page, fonts: Fonts) -> int:
    texts = text_boxes(page, fonts)
    among = sum(meet(a, b) for i, a in enumerate(texts) for b in texts[i + 1 :])
    return among + sum(meet(a, b) for a in texts for b in code_boxes(page))


@pytest.mark.parametrize("kind", list(SlipKind))
@pytest.mark.parametrize("content", [a_slip, longest_slip, rare_slip])
def test_no_text_overlaps_and_none_leaves_the_page(
    content: Callable[[SlipKind], Slip], kind: SlipKind, fonts: Fonts
) -> None:
    for paper in documents().template(kind).papers:
        hold_layout(replace(content(kind), paper=paper), fonts)


@pytest.mark.parametrize("kind", list(SlipKind))
@pytest.mark.parametrize("content", [a_slip, longest_slip])
def test_english_beside_chinese_fits_too(
    content: Callable[[SlipKind], Slip], kind: SlipKind, fonts: Fonts
) -> None:
    for paper in documents().template(kind).papers:
        hold_layout(replace(content(kind), paper=paper, language=Language.BOTH), fonts)


@pytest.mark.parametrize("kind", list(SlipKind))
def test_code_and_signatures_stay_together_above_the_footer(kind: SlipKind, fonts: Fonts) -> None:
    slip = a_slip(kind)
    for papers in range(1, 40, 3):
        table = documents().template(kind).variables
        longer = next((name for name, each in table.items() if each.columns), None)
        if longer is None:
            return
        held = cast("tuple[Row, ...]", slip.variables[longer])
        pages = pages_of(with_rows(slip, longer, held[:1] * papers), fonts)
        for page in pages:
            *body, left, right = (m for m in page if isinstance(m, Words))
            assert all(m.y < min(left.y, right.y) - left.size for m in body)
        last = [m.text for m in pages[-1] if isinstance(m, Words)]
        closing = documents().template(kind).closing
        wanted = {"扫码核验", *(f"{signer.zh}：" for signer in closing.signers)}
        assert wanted | ({"（专用印章）"} if closing.stamp else set()) <= set(last)


def test_an_overlap_would_be_seen(fonts: Fonts) -> None:
    page: Page = (Words(50, 50, "甲乙", 10), Words(55, 55, "丙丁", 10))
    assert overlaps(page, fonts) == 1
    assert overlaps((*page[:1], Fill(60, 45, 5, 5, grey=0)), fonts) == 1


@pytest.mark.parametrize("kind", list(SlipKind))
def test_an_everyday_slip_is_one_page_without_page_numbers(kind: SlipKind, fonts: Fonts) -> None:
    pages = pages_of(a_slip(kind), fonts)
    assert len(pages) == max(1, len(documents().template(kind).copies))
    assert not any("页，共" in m.text for page in pages for m in page if isinstance(m, Words))


def test_a_long_slip_numbers_its_pages_and_repeats_the_head(fonts: Fonts) -> None:
    pages = pages_of(longest_slip(SlipKind.RESULT), fonts)
    said = [[m.text for m in page if isinstance(m, Words)] for page in pages]
    assert len(pages) > 2
    for number, texts in enumerate(said, start=1):
        assert texts[-1].endswith(f"第 {number} 页，共 {len(pages)} 页")
    assert "证照名称及编号" in said[1]
    assert all("结果单" in texts[0] for texts in said[1:])


def test_no_page_but_the_first_bears_a_name(fonts: Fonts) -> None:
    slip = longest_slip(SlipKind.RECEIPT)
    for page in pages_of(slip, fonts)[1:]:
        assert not any(slip.applicant[:6] in m.text for m in page if isinstance(m, Words))


def test_a_cell_taller_than_a_page_is_parted_and_nothing_of_it_lost(fonts: Fonts) -> None:
    sheet = Sheet(fonts, A4, running="续")
    sheet.table(
        (Column(0.1, "甲"), Column(0.9, "乙")), [("一", "\n".join(map(str, range(200)))), ("二", "完")]
    )
    pages = sheet.finish(lambda page, pages: ("", ""))
    said = [m.text for page in pages for m in page if isinstance(m, Words)]
    assert len(pages) > 2
    assert [t for t in said if t.isdigit()] == [str(n) for n in range(200)]
    assert said.count("乙") == len(pages)
    assert all(m.y < A4.height for page in pages for m in page if isinstance(m, Words))


def test_a_table_head_never_stands_alone_at_the_foot(fonts: Fonts) -> None:
    for filler in range(30, 60):
        sheet = Sheet(fonts, A4, running="续")
        for _ in range(filler):
            sheet.paragraph("行")
        sheet.table((Column(1, "表头"),), [("\n".join("甲乙丙丁戊己庚辛"),)])
        for page in sheet.finish(lambda page, pages: ("", "")):
            texts = [m.text for m in page if isinstance(m, Words)]
            assert ("表头" in texts) == ("甲" in texts)


def test_a_long_reasoning_gets_the_whole_width(fonts: Fonts) -> None:
    slip = a_slip(SlipKind.RESULT)
    reason = "因申请人提交的材料与登记信息不一致，依照规定不予办理，可以补正后重新申请。"
    row = {**{k: v for k, v in DECIDED[0].items() if k != "remark"}, "result": "denied", "reasoning": reason}
    denied = replace(slip, variables={**slip.variables, "items": (row,), "reasoned": True})
    texts = [m for page in pages_of(denied, fonts) for m in page if isinstance(m, Words)]
    assert "决定说明" in [m.text for m in texts]
    assert "".join(m.text for m in texts).count(reason) == 1
    assert "不予办理" in [m.text for m in texts]


def test_a_department_that_says_our_word_is_not_doubled(fonts: Fonts) -> None:
    slip = a_slip(SlipKind.RESULT)
    granted = with_rows(slip, "items", ({**DECIDED[0], "remark": "准予办理（模拟审批）"},))
    (page,) = pages_of(granted, fonts)
    assert "".join(m.text for m in page if isinstance(m, Words)).count("准予办理") == 1


def test_a_page_is_a4_portrait() -> None:
    assert (round(A4.width, 1), round(A4.height, 1)) == (595.3, 841.9)


def test_the_paper_has_a_word_for_every_code() -> None:
    assert set(documents().codes["result"]) == set(ResultCode)
    assert set(documents().codes["handled"]) == set(MaterialHow)


def test_times_on_paper_are_beijing_time() -> None:
    late = a_slip(SlipKind.RECEIPT).issued_at.replace(hour=16, minute=5)
    assert words.moment(late) == "2026年11月24日 00:05"


def test_the_code_keeps_its_white_border(fonts: Fonts) -> None:
    (page,) = pages_of(a_slip(SlipKind.RESULT), fonts)
    ((left, top, right, bottom),) = stencil_boxes(page)
    white = 4 * MODULE  # ISO/IEC 18004
    border = (left - white, top - white, right + white, bottom + white)
    assert border[0] >= A4.left - 0.01
    assert not any(meet(text, border) for text in text_boxes(page, fonts))
