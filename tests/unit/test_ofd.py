"""A sheet as OFD: read back from the archived PDF, and read by ofdkit, which we did not write. How it looks: tests/integration."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import ofdkit
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat
from PIL.ImageFont import FreeTypeFont as FreeType
from reportlab.pdfgen.canvas import Canvas

from tests.fakes.press import NOWHERE, RARE_NAMES, a_slip, documents, longest_slip, rare_slip
from workstation import resources
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import Language, Slip, SlipKind
from workstation.printing.archived import Unreadable, read_sheet
from workstation.printing.fonts import Fonts
from workstation.printing.layout import lay_out
from workstation.printing.marks import MM, Fill, Mark, Rule, Stencil, Words
from workstation.printing.ofd import to_ofd
from workstation.printing.render import as_ofd, render

OFD = "{http://www.ofdspec.org/2016}"
EVERY = [(kind, make) for kind in SlipKind for make in (a_slip, longest_slip, rare_slip)]
SOME = [
    (SlipKind.RESULT, a_slip),
    (SlipKind.RECEIPT, rare_slip),
    (SlipKind.ACCEPTANCE, longest_slip),
    (SlipKind.TICKET, a_slip),
]


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(resources.paper_font_files())


def archived(slip: Slip, fonts: Fonts) -> bytes:
    return render(replace(slip, specimen=False), fonts, documents())


def near(mark: Mark) -> tuple[Any, ...]:
    """A mark to a hundredth of a point: the PDF has thousandths."""
    match mark:
        case Words():
            return (round(mark.x, 2), round(mark.y, 2), mark.text, mark.size, mark.bold, mark.grey)
        case Rule():
            return tuple(round(each, 2) for each in (mark.x0, mark.y0, mark.x1, mark.y1, mark.weight))
        case Fill():
            return tuple(round(each, 2) for each in (mark.x, mark.y, mark.width, mark.height, mark.grey))
        case Stencil():
            return (round(mark.x, 2), round(mark.y, 2), round(mark.side, 2), mark.cells, mark.rows)
    raise AssertionError(mark)


def hold_same_marks(slip: Slip, fonts: Fonts) -> None:
    bare = replace(slip, specimen=False)
    pages, size = lay_out(bare, documents().template(slip.kind), documents().codes, fonts)
    read = read_sheet(archived(slip, fonts))
    assert read.size == pytest.approx(size, abs=0.001)
    assert len(read.pages) == len(pages)
    for made, page in zip(pages, read.pages, strict=True):
        words = [mark for mark in made if isinstance(mark, Words)]
        shapes = [mark for mark in made if not isinstance(mark, Words)]
        for told, found in zip([*shapes, *words], page, strict=True):
            assert type(told) is type(found)
            for mine, its in zip(near(told), near(found), strict=True):
                assert its == (pytest.approx(mine, abs=0.011) if isinstance(mine, float) else mine)


def hold_read(slip: Slip, fonts: Fonts) -> None:
    """Another program reads every line of each page at its place and in its size, and warns of nothing."""
    pdf = archived(slip, fonts)
    sheet = read_sheet(pdf)
    read = ofdkit.open(as_ofd(pdf, fonts))
    assert not read.warnings
    assert read.text().strip()
    assert len(read.pages) == len(sheet.pages)
    for marks, page in zip(sheet.pages, read.pages, strict=True):
        assert (page.width, page.height) == pytest.approx([side / MM for side in sheet.size], abs=0.01)
        lines = {(round(run.x, 1), round(run.y, 1), round(run.size, 2)): run.text for run in page.runs}
        for mark in marks:
            if isinstance(mark, Words) and mark.text:
                first = fonts.runs(mark.text)[0].text
                place = (round(mark.x / MM, 1), round(mark.y / MM, 1), round(mark.size / MM, 2))
                found = [text for at, text in lines.items() if at == pytest.approx(place, abs=0.11)]
                assert any(text and first.startswith(text) for text in found), mark
        told = "".join(mark.text for mark in marks if isinstance(mark, Words))
        assert sorted(squeezed("".join(run.text for run in page.runs))) == sorted(squeezed(told))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def parts(ofd: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(ofd)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.parametrize(("kind", "make"), SOME)
def test_the_archived_pdf_gives_back_its_marks(kind: SlipKind, make: Any, fonts: Fonts) -> None:
    hold_same_marks(make(kind), fonts)


@pytest.mark.long
@pytest.mark.parametrize(("kind", "make"), EVERY)
def test_every_archived_pdf_gives_back_its_marks(kind: SlipKind, make: Any, fonts: Fonts) -> None:
    hold_same_marks(make(kind), fonts)


@pytest.mark.parametrize(("kind", "make"), SOME)
def test_another_reader_finds_every_line_at_its_place(kind: SlipKind, make: Any, fonts: Fonts) -> None:
    hold_read(make(kind), fonts)


@pytest.mark.long
@pytest.mark.parametrize(("kind", "make"), EVERY)
def test_another_reader_finds_every_line_of_every_kind(kind: SlipKind, make: Any, fonts: Fonts) -> None:
    hold_read(make(kind), fonts)


def test_another_reader_would_miss_a_line_that_is_not_there(fonts: Fonts) -> None:
    pdf = archived(a_slip(SlipKind.RESULT), fonts)
    read = ofdkit.open(as_ofd(pdf, fonts))
    assert "结果单" in squeezed(read.text())
    assert "收件凭证" not in squeezed(read.text())


def test_rare_names_and_both_languages_can_be_read(fonts: Fonts) -> None:
    slip = replace(rare_slip(SlipKind.ACCEPTANCE), language=Language.BOTH)
    said = squeezed(ofdkit.open(as_ofd(archived(slip, fonts), fonts)).text())
    assert RARE_NAMES in said
    assert "Noticeofacceptance" in said


def test_a_character_beyond_the_basic_plane_is_drawn_by_its_outline_too(fonts: Fonts) -> None:
    page = parts(as_ofd(archived(rare_slip(SlipKind.RECEIPT), fonts), fonts))[
        "Doc_0/Pages/Page_0/Content.xml"
    ]
    objects = list(ET.fromstring(page).iter())
    unseen = [
        each
        for each in objects
        if each.tag == f"{OFD}TextObject"
        and any(colour.get("Alpha") == "0" for colour in each.iter(f"{OFD}FillColor"))
    ]
    assert {each.findtext(f"{OFD}TextCode") for each in unseen} == {"𬭎", "𠅤", "𪚥"}
    drawn = [each.get("Boundary") for each in objects if each.tag == f"{OFD}PathObject" and each.get("Fill")]
    assert {each.get("Boundary") for each in unseen} <= set(drawn)


def test_a_character_that_no_font_has_is_its_code_point_in_a_box(fonts: Fonts) -> None:
    slip = replace(a_slip(SlipKind.RECEIPT), applicant=f"测{NOWHERE}")
    read = ofdkit.open(as_ofd(archived(slip, fonts), fonts))
    assert NOWHERE not in read.text()
    assert {"E1", "23"} <= {run.text for page in read.pages for run in page.runs}


def test_fonts_are_embedded_and_draw_what_the_whole_ones_draw(fonts: Fonts) -> None:
    """FreeType finds each character by its code point, and its picture is the one of the font that the subset is of."""
    files = {
        name: content
        for name, content in parts(as_ofd(archived(rare_slip(SlipKind.RECEIPT), fonts), fonts)).items()
        if name.endswith(".ttf")
    }
    assert len(files) == 2  # Noto Sans SC, and HanaMinB for the rare ones
    whole = [ImageFont.truetype(path, 160) for path in resources.paper_font_files()[:2]]
    for name, characters in zip(
        sorted(files, key=lambda each: -len(files[each])), ("测收件7X。𬭎", "𪚥"), strict=True
    ):
        subset = ImageFont.truetype(io.BytesIO(files[name]), 160)
        original = next(font for font in whole if font.getname() == subset.getname())
        for character in characters:
            assert apart(subset, original, character, character) < 0.03  # hinted a little differently
            assert apart(subset, original, "\uffff", character) > 0.3


def apart(one: FreeType, other: FreeType, this: str, that: str) -> float:
    """By which share of their ink two characters differ."""
    pictures = []
    for font, character in ((one, this), (other, that)):
        picture = Image.new("L", (240, 240))
        ImageDraw.Draw(picture).text((20, 0), character, font=font, fill=255)
        pictures.append(picture)
    ink = ImageStat.Stat(pictures[1]).sum[0]
    return float(ImageStat.Stat(ImageChops.difference(*pictures)).sum[0]) / ink


def test_every_part_is_well_formed_and_in_the_namespace_of_the_standard(fonts: Fonts) -> None:
    found = parts(as_ofd(archived(longest_slip(SlipKind.RESULT), fonts), fonts))
    assert next(iter(found)) == "OFD.xml"
    for name, content in found.items():
        if name.endswith(".xml"):
            assert all(part.tag.startswith(OFD) for part in ET.fromstring(content).iter()), name
    document = ET.fromstring(found["Doc_0/Document.xml"])
    pages = [page.get("BaseLoc", "") for page in document.iter(f"{OFD}Page")]
    assert len(pages) > 1
    assert {f"Doc_0/{page}" for page in pages} <= set(found)
    ids = [
        int(part.get("ID", "0"))
        for name, content in found.items()
        if name.endswith(".xml")
        for part in ET.fromstring(content).iter()
        if part.get("ID")
    ]
    assert len(ids) == len(set(ids))
    assert max(ids) <= int(document.findtext(f".//{OFD}MaxUnitID") or 0)


def test_the_file_names_the_pdf_that_it_is_of_and_no_person(fonts: Fonts) -> None:
    slip = a_slip(SlipKind.RECEIPT)
    pdf = archived(slip, fonts)
    ofd = as_ofd(pdf, fonts)
    info = ofdkit.open(ofd).info
    assert info.custom_data == {"pdf-sha256": hashlib.sha256(pdf).hexdigest()}
    assert (info.title, info.author) == (f"收件凭证 {slip.serial}", "一窗工作站")
    assert slip.applicant.encode() not in parts(ofd)["OFD.xml"]
    assert as_ofd(pdf, fonts) == ofd  # the same bytes


def test_a_specimen_has_its_word_across_under_everything(fonts: Fonts) -> None:
    slip = replace(a_slip(SlipKind.RECEIPT), specimen=True, code="")
    pages, size = lay_out(slip, documents().template(slip.kind), documents().codes, fonts)
    ofd = to_ofd(pages, fonts, size=size, title="t", author="a", at=slip.issued_at, source=b"")
    layers = list(ET.fromstring(parts(ofd)["Doc_0/Pages/Page_0/Content.xml"]).iter(f"{OFD}Layer"))
    assert [layer.get("Type") for layer in layers] == ["Background", "Body"]
    [turned] = layers[0]
    assert turned.get("CTM", "").startswith("0.70711 -0.70711 0.70711 0.70711 ")
    assert turned.findtext(f"{OFD}TextCode") == "样张"


def test_what_the_press_did_not_write_is_refused(fonts: Fonts) -> None:
    pdf = archived(a_slip(SlipKind.RECEIPT), fonts)
    made = io.BytesIO()
    foreign = Canvas(made)
    foreign.drawString(72, 72, "not ours")
    foreign.save()
    for other in (b"%PDF-1.7\n", pdf[:-900], made.getvalue()):
        with pytest.raises(Unreadable):
            read_sheet(other)
        with pytest.raises(Refused) as caught:
            as_ofd(other, fonts)
        assert caught.value.failure is Failure.SHEET_NOT_SAVED


def test_a_specimen_is_no_sheet_of_the_archive(fonts: Fonts) -> None:
    specimen = render(replace(a_slip(SlipKind.RECEIPT), specimen=True), fonts, documents())
    with pytest.raises(Unreadable):
        read_sheet(specimen)
