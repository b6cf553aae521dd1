"""A sheet saved as OFD, drawn by a reader that we did not write (cafe-ofd from npm, in Chromium), beside the PDF of the same sheet."""

from __future__ import annotations

import base64
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops
from selenium.webdriver import Chrome
from selenium.webdriver.support.ui import WebDriverWait

from tests.fakes.browser import browser, set_view
from tests.fakes.npm_client import npm_client
from tests.fakes.press import a_slip, documents, longest_slip, rare_slip
from workstation import resources
from workstation.domain.slip import Slip, SlipKind
from workstation.printing.archived import read_sheet
from workstation.printing.fonts import Fonts
from workstation.printing.marks import MM, Words
from workstation.printing.render import as_ofd, render

Make = Callable[[SlipKind], Slip]
EVERY = [(kind, make) for kind in SlipKind for make in (a_slip, longest_slip, rare_slip)]
FONT = re.compile(r'FamilyName="([^"]+)"><ofd:FontFile>([^<]+)<')
ALIKE = 40  # two ways to draw the same letters; a line that is not there makes 120
A4_MM = 210
BASIC = re.compile(r"[\x21-\uffff]")  # the reader takes a character beyond the basic plane for two


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    if shutil.which("chromium") is None or shutil.which("chromedriver") is None:
        pytest.skip("no chromium on this machine: python3 dev.py setup installs it")
    place = npm_client("cafe-ofd", "cafe-ofd")
    with browser(tmp_path_factory.mktemp("reader")) as page:
        page.get((place / "page.html").as_uri())
        yield page


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(resources.paper_font_files())


def archived(slip: Slip, fonts: Fonts) -> bytes:
    return render(replace(slip, specimen=False), fonts, documents())


def shown(reader: Chrome, ofd: bytes) -> list[Image.Image]:
    """Open a file in the reader and return its pages as it draws them."""
    with zipfile.ZipFile(io.BytesIO(ofd)) as packed:
        named = FONT.findall(packed.read("Doc_0/PublicRes.xml").decode())
        embedded = [[family, text(packed.read(f"Doc_0/Res/{file}"))] for family, file in named]
    reader.refresh()
    reader.execute_async_script(
        "const done = arguments[2]; show(arguments[0], arguments[1]).then(() => done(''), (e) => done(String(e)))",
        text(ofd),
        embedded,
    )
    WebDriverWait(reader, 30).until(lambda page: page.execute_script("return app.pages"))
    boxes = reader.execute_script(
        "return [...document.querySelectorAll('.ofd-item')].map((e) => [e.offsetWidth, e.offsetHeight])"
    )
    set_view(reader, int(max(wide for wide, _ in boxes)) + 40, int(sum(high + 20 for _, high in boxes)))
    return [
        Image.open(io.BytesIO(page.screenshot_as_png)).convert("L")
        for page in reader.find_elements("class name", "ofd-item")
    ]


def text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def of_pdf(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=2, grayscale=True).to_pil().convert("L") for page in document]
    document.close()
    return pages


def apart(one: Image.Image, other: Image.Image, wide_mm: float) -> int:
    """The most that two pages differ in greyness anywhere, of 255, looked at in squares of five millimetres."""
    size = (round(wide_mm / 5), round(wide_mm / 5 * other.height / other.width))
    small, wanted = (each.resize(size, Image.Resampling.BOX) for each in (one, other))
    return int(ImageChops.difference(small, wanted).getextrema()[1])  # type: ignore[arg-type]


def hold_looks_the_same(reader: Chrome, slip: Slip, fonts: Fonts) -> None:
    pdf = archived(slip, fonts)
    pages, wanted = shown(reader, as_ofd(pdf, fonts)), of_pdf(pdf)
    assert len(pages) == len(wanted)
    wide = read_sheet(pdf).size[0] / MM
    for page, its in zip(pages, wanted, strict=True):
        assert page.width / page.height == pytest.approx(its.width / its.height, rel=0.01)
        assert apart(page, its, wide) < ALIKE
    said = "".join(
        reader.execute_script(
            "return [...document.querySelectorAll('text')].map((e) => e.textContent.replace(/[\\ud800-\\udfff]/g, ''))"
        )
    )
    told = "".join(m.text for page in read_sheet(pdf).pages for m in page if isinstance(m, Words))
    assert sorted(BASIC.findall(said)) == sorted(BASIC.findall(told))


@pytest.mark.parametrize(("kind", "make"), [(SlipKind.RESULT, a_slip), (SlipKind.RECEIPT, rare_slip)])
def test_the_reader_draws_what_the_pdf_shows(
    kind: SlipKind, make: Make, reader: Chrome, fonts: Fonts
) -> None:
    hold_looks_the_same(reader, make(kind), fonts)


@pytest.mark.long
@pytest.mark.parametrize(("kind", "make"), EVERY)
def test_the_reader_draws_every_kind(kind: SlipKind, make: Make, reader: Chrome, fonts: Fonts) -> None:
    hold_looks_the_same(reader, make(kind), fonts)


def test_a_mark_that_is_not_there_would_be_seen(reader: Chrome, fonts: Fonts) -> None:
    """The control: the same sheet with a mark in its corner, and what is below it as it was."""
    pdf = archived(a_slip(SlipKind.RECEIPT), fonts)
    [other] = of_pdf(archived(replace(a_slip(SlipKind.RECEIPT), reprint=1), fonts))
    [page] = shown(reader, as_ofd(pdf, fonts))
    assert apart(page, other, A4_MM) > ALIKE
    assert apart(page, of_pdf(pdf)[0], A4_MM) < ALIKE


def test_the_code_can_be_scanned_from_the_reader(reader: Chrome, fonts: Fonts) -> None:
    slip = a_slip(SlipKind.RESULT)
    [page] = shown(reader, as_ofd(archived(slip, fonts), fonts))
    [code] = zxingcpp.read_barcodes(page.resize((page.width * 3, page.height * 3)))
    assert code.text == slip.code
