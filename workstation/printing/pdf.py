"""Pages of marks to one PDF file, the same bytes for the same marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from workstation.printing.fonts import Fonts
from workstation.printing.marks import Fill, Mark, Page, Rule, Words

# The product brings one weight of each font; a fine outline of this share of the size makes the second.
_BOLD_OUTLINE = 0.025
_FILL_AND_STROKE = 2  # text rendering mode, ISO 32000-1 table 106


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
        for mark in page:
            _draw(canvas, mark, fonts, size[1])
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _draw(canvas: Canvas, mark: Mark, fonts: Fonts, height: float) -> None:
    match mark:
        case Words():
            _write(canvas, mark, fonts, height)
        case Rule():
            canvas.setStrokeGray(0)
            canvas.setLineWidth(mark.weight)
            canvas.line(mark.x0, height - mark.y0, mark.x1, height - mark.y1)
        case Fill():
            canvas.setFillGray(mark.grey)
            bottom = height - mark.y - mark.height
            canvas.rect(mark.x, bottom, mark.width, mark.height, stroke=0, fill=1)


def _write(canvas: Canvas, words: Words, fonts: Fonts, height: float) -> None:
    canvas.saveState()  # the rendering mode and the outline would outlive this line
    canvas.setFillGray(words.grey)
    text = canvas.beginText(words.x, height - words.y)
    if words.bold:
        canvas.setStrokeGray(words.grey)
        canvas.setLineWidth(words.size * _BOLD_OUTLINE)
        text.setTextRenderMode(_FILL_AND_STROKE)
    for run in fonts.runs(words.text):
        text.setFont(run.font, words.size)
        text.textOut(run.text)
    canvas.drawText(text)
    canvas.restoreState()
