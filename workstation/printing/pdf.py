"""Pages of marks to one PDF file, the same bytes for the same marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from workstation.printing.fonts import Fonts
from workstation.printing.marks import Fill, Page, Rule, Words

# Streams as they are: in base 85 they are a quarter larger and take longer to make than to compress.
rl_config.useA85 = 0

# The product brings one weight of each font; a fine outline of this share of the size makes the second.
_BOLD_OUTLINE = 0.025
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
        invariant=1,  # no clock and no random id in the file
        initialFontName=fonts.first,  # otherwise an unembedded Helvetica is named on every page
        lang="zh-CN",
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator(author)
    canvas.setSubject("")
    canvas.setDateFormatter(lambda *_: f"D:{at:%Y%m%d%H%M%S}+00'00'")
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
            case Words():
                pass
    canvas.addLiteral("q 0 G " + "\n".join(shapes) + " Q")
    for mark in page:
        if isinstance(mark, Words):
            _write(canvas, mark, fonts, height)


def _write(canvas: Canvas, words: Words, fonts: Fonts, height: float) -> None:
    text = canvas.beginText(words.x, height - words.y)
    text.setFillGray(words.grey)
    if words.bold:
        text.setStrokeGray(words.grey)
        canvas.setLineWidth(words.size * _BOLD_OUTLINE)
        text.setTextRenderMode(_FILL_AND_STROKE)
    for run in fonts.runs(words.text):
        text.setFont(run.font, words.size)
        text.textOut(run.text)
    if words.bold:
        text.setTextRenderMode(_FILL)  # it would outlive this line
    canvas.drawText(text)
