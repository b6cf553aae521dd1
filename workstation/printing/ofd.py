"""Pages of marks to one OFD file (GB/T 33190-2016): the second writer of the one layout, the same bytes for the same marks.

No library of good keep writes OFD (docs/decisions/032-ofd.md). What a sheet needs of it is little: text in embedded fonts, lines,
filled areas. Clauses are those of the standard.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count, groupby
from xml.sax.saxutils import escape, quoteattr

from reportlab.pdfbase import pdfmetrics

from workstation.printing.fonts import Fonts, Run
from workstation.printing.marks import MM, Fill, Mark, Page, Rule, Stencil, Watermark, Words
from workstation.printing.ofd_font import font_file
from workstation.printing.outline import Step, outline
from workstation.printing.pdf import BOLD_OUTLINE

_NAMESPACE = "http://www.ofdspec.org/2016"
_ASCENT, _DEPTH = 1.0, 0.4  # of the size: what a line of text keeps above and below its baseline
_BOLD = 700  # of 100 to 1000, 11.2
_BASIC_PLANE = 0xFFFF
_Ids = Iterator[int]


def to_ofd(
    pages: Sequence[Page],
    fonts: Fonts,
    *,
    size: tuple[float, float],
    title: str,
    author: str,
    at: datetime,
    source: bytes,
) -> bytes:
    """Write the pages of a size in points. `title` and `author` are readable by anyone who holds the file. `source` is the PDF
    of the same sheet: the file names its digest, which the print ledger and the hall know."""
    ids = count(1)
    space = next(ids)
    used: dict[str, int] = {}  # font -> id
    drawn = [_content(page, fonts, size, ids, used) for page in pages]
    files = {
        f"Doc_0/Res/{_file(number)}": font_file(pdfmetrics.getFont(name), _written(pages, fonts, name))
        for name, number in used.items()
    }
    files |= {f"Doc_0/Pages/Page_{at_}/Content.xml": content.encode() for at_, content in enumerate(drawn)}
    files["Doc_0/PublicRes.xml"] = _resources(used, space).encode()
    files["Doc_0/Document.xml"] = _document(len(pages), size, ids, space).encode()
    files["OFD.xml"] = _entry(title, author, at, hashlib.sha256(source).hexdigest()).encode()
    return _packed(files, at)


# -- the file ------------------------------------------------------------------------------------------
def _packed(files: Mapping[str, bytes], at: datetime) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items(), key=lambda each: (each[0] != "OFD.xml", each[0])):
            entry = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return made.getvalue()


def _entry(title: str, author: str, at: datetime, sha256: str) -> str:
    """OFD.xml, 7.4: the main entry."""
    about = (
        _tag("DocID", sha256[:32])
        + _tag("Title", escape(title))
        + _tag("Author", escape(author))
        + _tag("CreationDate", f"{at:%Y-%m-%d}")
        + _tag("Creator", escape(author))
        + _tag("CustomDatas", _tag("CustomData", sha256, Name="pdf-sha256"))
    )
    body = _tag("DocBody", _tag("DocInfo", about) + _tag("DocRoot", "Doc_0/Document.xml"))
    return _root("OFD", body, Version="1.0", DocType="OFD")


def _document(pages: int, size: tuple[float, float], ids: _Ids, space: int) -> str:
    """Document.xml, 7.5."""
    listed = "".join(
        _tag("Page", ID=next(ids), BaseLoc=f"Pages/Page_{at}/Content.xml") for at in range(pages)
    )
    common = (
        _tag("MaxUnitID", str(next(ids)))
        + _tag("PageArea", _tag("PhysicalBox", _mm(0, 0, *size)))
        + _tag("PublicRes", "PublicRes.xml")
        + _tag("DefaultCS", str(space))
    )
    return _root("Document", _tag("CommonData", common) + _tag("Pages", listed))


def _resources(used: Mapping[str, int], space: int) -> str:
    """PublicRes.xml, 7.9: the colours and the fonts."""
    fonts = "".join(_font(name, number) for name, number in used.items())
    spaces = _tag("ColorSpaces", _tag("ColorSpace", ID=space, Type="RGB", BitsPerComponent=8))
    return _root("Res", spaces + _tag("Fonts", fonts), BaseLoc="Res")


def _font(name: str, number: int) -> str:
    face = pdfmetrics.getFont(name).face
    return _tag(
        "Font",
        _tag("FontFile", _file(number)),
        ID=number,
        FontName=face.name.decode(),
        FamilyName=face.familyName.decode(),
    )


def _file(number: int) -> str:
    return f"font_{number}.ttf"


def _written(pages: Sequence[Page], fonts: Fonts, name: str) -> set[str]:
    texts = (mark.text for page in pages for mark in page if isinstance(mark, Words | Watermark))
    return {
        character for text in texts for run in fonts.runs(text) if run.font == name for character in run.text
    }


# -- a page --------------------------------------------------------------------------------------------
def _content(page: Page, fonts: Fonts, size: tuple[float, float], ids: _Ids, used: dict[str, int]) -> str:
    """Content.xml, 7.7: the watermark under everything, then shapes, then words, in the order of the PDF."""
    under = [mark for mark in page if isinstance(mark, Watermark)]
    shapes = [mark for mark in page if not isinstance(mark, Watermark | Words)]
    words = [mark for mark in page if isinstance(mark, Words)]
    layers = ""
    if under:
        turned = (_turned(mark, fonts, size, ids, used) for mark in under)
        layers += _tag("Layer", "".join(turned), ID=next(ids), Type="Background")
    body = [_shape(mark, ids) for mark in shapes] + [_line(mark, fonts, ids, used) for mark in words]
    layers += _tag("Layer", "".join(body), ID=next(ids), Type="Body")
    area = _tag("Area", _tag("PhysicalBox", _mm(0, 0, *size)))
    return _root("Page", area + _tag("Content", layers))


def _shape(mark: Mark, ids: _Ids) -> str:
    """A path, 9.1, by points from the corner of the box that it lies in."""
    match mark:
        case Rule():
            half = mark.weight / 2
            left, top = min(mark.x0, mark.x1) - half, min(mark.y0, mark.y1) - half
            wide, high = abs(mark.x1 - mark.x0) + mark.weight, abs(mark.y1 - mark.y0) + mark.weight
            drawn = f"M {_mm(mark.x0 - left, mark.y0 - top)} L {_mm(mark.x1 - left, mark.y1 - top)}"
            line = _tag("StrokeColor", Value="0 0 0") + _tag("AbbreviatedData", drawn)
            box = _mm(left, top, wide, high)
            return _tag("PathObject", line, ID=next(ids), Boundary=box, LineWidth=_mm(mark.weight))
        case Fill():
            outline = _rectangle(0, 0, mark.width, mark.height)
            return _filled(_mm(mark.x, mark.y, mark.width, mark.height), outline, mark.grey, ids)
        case Stencil():
            outline = " ".join(_cells(mark))
            return _filled(_mm(mark.x, mark.y, mark.side, mark.side), outline, 0.0, ids)
        case _:
            raise AssertionError(mark)


def _filled(box: str, outline: str, grey: float, ids: _Ids, line: float = 0.0) -> str:
    """An area; with a `line` it is so much stouter all round."""
    colour = _grey(grey)
    area = _tag("FillColor", Value=colour) + (_tag("StrokeColor", Value=colour) if line else "")
    stroke = {"LineWidth": _mm(line)} if line else {"Stroke": "false"}
    content = area + _tag("AbbreviatedData", outline)
    return _tag("PathObject", content, ID=next(ids), Boundary=box, Fill="true", **stroke)


def _cells(mark: Stencil) -> Iterator[str]:
    """A rectangle for each run of black cells in a row."""
    cell = mark.side / mark.cells
    for row, line in enumerate(mark.rows):
        bits = f"{int.from_bytes(line, 'big'):0{8 * len(line)}b}"[: mark.cells]
        at = 0
        for black, run in groupby(bits):
            long = len(list(run))
            if black == "1":
                yield _rectangle(at * cell, row * cell, long * cell, cell)
            at += long


def _rectangle(x: float, y: float, width: float, height: float) -> str:
    points = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    return "M " + " L ".join(_mm(*point) for point in points) + " C"


def _line(mark: Words, fonts: Fonts, ids: _Ids, used: dict[str, int]) -> str:
    """A text object, 11.2, for each font that the line needs. A character beyond the basic plane is drawn by its outline, for readers
    that take it for two, and stands over it as a text that is not seen."""
    objects = []
    x = mark.x
    for run in _pieces(fonts.runs(mark.text)):
        wide = fonts.width(run.text, mark.size)
        box = _mm(x, mark.y - _ASCENT * mark.size, wide, (_ASCENT + _DEPTH) * mark.size)
        place = {"Boundary": box, "X": "0", "Y": _mm(_ASCENT * mark.size)}
        steps = outline(pdfmetrics.getFont(run.font), run.text) if ord(run.text[0]) > _BASIC_PLANE else []
        if steps:
            drawn = _traced(steps, mark.size)
            stouter = mark.size * BOLD_OUTLINE if mark.bold else 0.0
            objects.append(_filled(box, drawn, mark.grey, ids, stouter))
        objects.append(_text(run, mark, fonts, ids, used, place, seen=not steps))
        x += wide
    return "".join(objects)


def _traced(steps: Sequence[Step], size: float) -> str:
    """An outline as a path, 9.3, its baseline where that of the text is."""
    return " ".join(
        " ".join([name, *(_mm(x * size, (_ASCENT - y) * size) for x, y in points)]) for name, points in steps
    )


def _turned(mark: Watermark, fonts: Fonts, size: tuple[float, float], ids: _Ids, used: dict[str, int]) -> str:
    """The watermark from lower left to upper right: turned by the object's own matrix, 8.5, inside a box as large as the page."""
    half, turned = fonts.width(mark.text, mark.size) / 2, 0.70711
    x, y = mark.x - half * turned + mark.size * 0.25, mark.y + half * turned + mark.size * 0.25
    matrix = f"{turned} -{turned} {turned} {turned} {_mm(x, y)}"
    place = {"Boundary": _mm(0, 0, *size), "X": "0", "Y": "0", "CTM": matrix}
    [run] = fonts.runs(mark.text)
    flat = Words(mark.x, mark.y, mark.text, mark.size, grey=mark.grey)
    return _text(run, flat, fonts, ids, used, place)


def _text(
    run: Run,
    mark: Words,
    fonts: Fonts,
    ids: _Ids,
    used: dict[str, int],
    place: Mapping[str, str],
    *,
    seen: bool = True,
) -> str:
    number = used.get(run.font) or used.setdefault(run.font, next(ids))
    steps = _steps([fonts.width(character, mark.size) for character in run.text[:-1]])
    code = _tag(
        "TextCode", escape(run.text), X=place["X"], Y=place["Y"], **({"DeltaX": steps} if steps else {})
    )
    here = {name: value for name, value in place.items() if name not in {"X", "Y"}}
    weight = {"Weight": _BOLD} if mark.bold else {}
    colour = _tag("FillColor", Value=_grey(mark.grey), **({} if seen else {"Alpha": 0}))
    return _tag("TextObject", colour + code, ID=next(ids), **here, Font=number, Size=_mm(mark.size), **weight)


def _pieces(runs: Iterable[Run]) -> Iterator[Run]:
    """A character beyond the basic plane stands alone: readers count it as one character or as two."""
    for run in runs:
        for basic, characters in groupby(run.text, lambda each: ord(each) <= _BASIC_PLANE):
            text = "".join(characters)
            yield from [Run(run.font, text)] if basic else (Run(run.font, each) for each in text)


def _steps(widths: Sequence[float]) -> str:
    """DeltaX, 11.3: from each character to the next, equal ones in short."""
    said = []
    for step, equal in groupby(_mm(width) for width in widths):
        times = len(list(equal))
        said.append(step if times == 1 else f"g {times} {step}")
    return " ".join(said)


# -- notation ------------------------------------------------------------------------------------------
def _grey(grey: float) -> str:
    return " ".join([str(round(grey * 255))] * 3)


def _mm(*points: float) -> str:
    """Points as millimetres, a thousandth of one exact."""
    return " ".join(f"{point / MM:.3f}".rstrip("0").rstrip(".") for point in points)


def _root(name: str, content: str, **attributes: str | int) -> str:
    said = _tag(name, content, **attributes)
    opened = said.index(" ") if attributes else said.index(">")
    space = f' xmlns:ofd="{_NAMESPACE}"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{said[:opened]}{space}{said[opened:]}'


def _tag(name: str, content: str = "", /, **attributes: str | int) -> str:
    said = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<ofd:{name}{said}>{content}</ofd:{name}>" if content else f"<ofd:{name}{said}/>"
