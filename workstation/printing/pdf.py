"""Pages of marks to one PDF file, the same bytes for the same marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from workstation import resources
from workstation.printing.archive import make_archivable
from workstation.printing.fonts import Fonts
from workstation.printing.marks import Fill, Page, Rule, Stencil, Watermark, Words

# Streams as they are: in base 85 they are a quarter larger and take longer to make than to compress.
rl_config.useA85 = 0

# The product brings one weight of each font; a fine outline of this share of the size makes the second.
BOLD_OUTLINE = 0.025
_FILL, _FILL_AND_STROKE = 0, 2  # text rendering modes, ISO 32000-1 table 106


def to_pdf(
    pages: Sequence[Page], fonts: Fonts, *, size: tuple[float, float], title: str, author: str, at: datetime
) -> bytes:
    """Draw the pages of a size in points. `title` and `author` are readable by anyone who holds the file: no personal data in them."""
    made = BytesIO()
    canvas = Canvas(
        made,
        pagesize=size,
        pageCompression=1,
        pdfVersion=(1, 7),
        invariant=1,  # no clock and no random id in the file
        initialFontName=fonts.first,  # otherwise an unembedded Helvetica is named on every page
        lang="zh-CN",
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator(author)
    canvas.setSubject("")
    canvas.setDateFormatter(lambda *_: f"D:{at:%Y%m%d%H%M%S}+00'00'")
    make_archivable(canvas, title=title, author=author, at=at, profile=resources.colour_profile())
    for page in pages:
        _draw(canvas, page, fonts, size[1])
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _draw(canvas: Canvas, page: Page, fonts: Fonts, height: float) -> None:
    """Rules and boxes go in as plain operators, ISO 32000-1 8.5: a code has two thousand boxes, and to ask ReportLab for
    each takes longer than all the words of the sheet."""
    shapes: list[str] = []
    grey = -1.0
    for mark in page:
        match mark:
            case Rule():
                y0, y1 = height - mark.y0, height - mark.y1
                shapes.append(f"{mark.weight:.2f} w {mark.x0:.3f} {y0:.3f} m {mark.x1:.3f} {y1:.3f} l S")
            case Fill():
                if mark.grey != grey:
                    grey = mark.grey
                    shapes.append(f"{grey:.3g} g")
                bottom = height - mark.y - mark.height
                shapes.append(f"{mark.x:.3f} {bottom:.3f} {mark.width:.3f} {mark.height:.3f} re f")
            case Watermark():
                pass  # under everything else
            case Stencil():
                shapes.append(_stencil(mark, height))
            case Words():
                pass
    for mark in page:
        if isinstance(mark, Watermark):
            canvas.addLiteral("\n".join(_watermark(canvas, mark, fonts, height)))
    canvas.addLiteral("\n".join(("q 0 G", *shapes, "Q")))
    canvas.addLiteral("\n".join(_text(canvas, page, fonts, height)))


def _text(canvas: Canvas, page: Page, fonts: Fonts, height: float) -> Iterator[str]:
    """All words of a page in one text object, ISO 32000-1 9.4: a text object a line is what ReportLab spends most time on."""
    document = canvas._doc  # noqa: SLF001 - where its fonts keep their subsets, and it has no other name for it
    yield "BT"
    style, font = (0.0, False, 0.0), ""
    for mark in page:
        if not isinstance(mark, Words):
            continue
        if style != (mark.grey, mark.bold, mark.size):
            style = mark.grey, mark.bold, mark.size
            stroke = f"{mark.grey:.3g} G {mark.size * BOLD_OUTLINE:.3f} w {_FILL_AND_STROKE} Tr"
            yield f"{mark.grey:.3g} g {stroke if mark.bold else f'{_FILL} Tr'}"
            font = ""
        yield f"1 0 0 1 {mark.x:.3f} {height - mark.y:.3f} Tm"
        for run in fonts.runs(mark.text):
            embedded = pdfmetrics.getFont(run.font)
            for subset, coded in embedded.splitString(run.text, document):
                name = embedded.getSubsetInternalName(subset, document)
                if name != font:
                    font = name
                    yield f"{name} {mark.size:g} Tf"
                yield f"<{coded.hex()}> Tj"
    yield "ET"


def _watermark(canvas: Canvas, mark: Watermark, fonts: Fonts, height: float) -> Iterator[str]:
    """Large and light across the middle, from lower left to upper right."""
    document = canvas._doc  # noqa: SLF001 - see _text
    half = fonts.width(mark.text, mark.size) / 2
    turned = 0.70711  # sine and cosine of 45 degrees
    x, y = mark.x - half * turned + mark.size * 0.25, height - mark.y - half * turned - mark.size * 0.25
    yield f"q BT {mark.grey:.3g} g {turned} {turned} -{turned} {turned} {x:.3f} {y:.3f} Tm"
    for run in fonts.runs(mark.text):
        embedded = pdfmetrics.getFont(run.font)
        for subset, coded in embedded.splitString(run.text, document):
            yield f"{embedded.getSubsetInternalName(subset, document)} {mark.size:g} Tf <{coded.hex()}> Tj"
    yield "ET Q"


def _stencil(mark: Stencil, height: float) -> str:
    """An inline image mask, ISO 32000-1 8.9.6.2 and 8.9.7: one cell a module, never smoothed."""
    bits = b"".join(mark.rows).hex().upper()
    place = f"{mark.side:.3f} 0 0 {mark.side:.3f} {mark.x:.3f} {height - mark.y - mark.side:.3f} cm"
    return f"q 0 g {place}\nBI /W {mark.cells} /H {mark.cells} /IM true /BPC 1 /D [1 0] /F /AHx ID\n{bits}>\nEI Q"
