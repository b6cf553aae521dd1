"""A sheet of the archive read back to its marks: what printing/pdf.py wrote, and nothing that anybody else did.

The archive keeps a sheet as PDF and nothing beside it (docs/decisions/026-print-ledger.md), so whatever else is to be made
of the sheet begins here. The operators are the few that pdf.py writes, each on a line of its own; others are refused.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import unescape

from workstation.printing.marks import Fill, Mark, Page, Rule, Stencil, Words

_Fonts = Mapping[str, Mapping[int, str]]  # a font's name in the file -> its codes -> characters


class Unreadable(Exception):
    """The file is none that printing/pdf.py writes."""


@dataclass(frozen=True, slots=True)
class Archived:
    """A sheet: its pages of a size in points, and what its file says of itself."""

    pages: tuple[Page, ...]
    size: tuple[float, float]
    title: str
    author: str
    at: datetime


def read_sheet(pdf: bytes) -> Archived:
    """Read a PDF of the press, whose digest the caller has compared. Raises Unreadable."""
    try:
        return _read(pdf)
    except (ValueError, LookupError, zlib.error) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error


def _read(pdf: bytes) -> Archived:
    objects = _objects(pdf)
    heads = [head for head, _ in objects.values()]
    [tree] = [head for head in heads if b"/Type /Pages" in head]
    kids = [objects[int(number)][0] for number in re.findall(rb"(\d+) 0 R", _entry(tree, b"Kids"))]
    _, _, width, height = map(float, _entry(kids[0], b"MediaBox").strip(b"[] ").split())
    fonts = {
        _entry(head, b"Name").decode(): _characters(objects[_reference(head, b"ToUnicode")][1])
        for head in heads
        if b"/ToUnicode" in head
    }
    [said] = [body.decode() for head, body in objects.values() if b"/Type /Metadata" in head]
    return Archived(
        tuple(_page(objects[_reference(kid, b"Contents")][1], height, fonts) for kid in kids),
        (width, height),
        title=_told(said, '<rdf:li xml:lang="x-default">', "</rdf:li>"),
        author=_told(said, "<dc:creator><rdf:Seq><rdf:li>", "</rdf:li>"),
        at=datetime.fromisoformat(_told(said, "<xmp:CreateDate>", "Z<")).replace(tzinfo=UTC),
    )


# -- the file ------------------------------------------------------------------------------------------
def _objects(pdf: bytes) -> dict[int, tuple[bytes, bytes]]:
    """Every object by its number: its dictionary, and its stream unpacked (ISO 32000-1 7.5.4)."""
    table = pdf[int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0]) :]
    found = {}
    for at in (int(offset) for offset in re.findall(rb"(\d{10}) \d{5} n", table)):
        number = int(pdf[at : pdf.index(b" ", at)])
        end = pdf.index(b"endobj", at)
        stream = pdf.find(b"\nstream\n", at, end)
        head, body = pdf[at : end if stream < 0 else stream], b""
        if stream >= 0:
            start = stream + len(b"\nstream\n")
            body = pdf[start : start + int(_entry(head, b"Length"))]
        found[number] = head, zlib.decompress(body) if b"/FlateDecode" in head else body
    return found


def _entry(head: bytes, name: bytes) -> bytes:
    """What a dictionary has under a name: an array, a name, a number or a reference."""
    found = re.search(rb"/" + name + rb"\s+(\[.*?\]|/?[^/\s>]+(?: 0 R)?)", head, re.DOTALL)
    if found is None:
        raise LookupError(name)
    return found[1]


def _reference(head: bytes, name: bytes) -> int:
    return int(_entry(head, name).split()[0])


def _characters(to_unicode: bytes) -> Mapping[int, str]:
    """What the codes of a subset stand for (ISO 32000-1 9.10.3)."""
    pairs = re.findall(rb"^<(..)> <([0-9A-F]{4,8})>$", to_unicode, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(point.decode()).decode("utf-16-be") for code, point in pairs}


def _told(said: str, before: str, after: str) -> str:
    return unescape(said.split(before, 1)[1].split(after, 1)[0])


# -- a page --------------------------------------------------------------------------------------------
def _page(stream: bytes, height: float, fonts: _Fonts) -> Page:
    # The first line is how ReportLab begins every page.
    shapes, _, text = stream.decode("ascii").partition("\nBT\n")
    lines = [line.split() for line in shapes.splitlines()[1:]]
    return *_shapes(lines, height), *_words((line.split() for line in text.splitlines()), height, fonts)


def _shapes(lines: Iterable[list[str]], height: float) -> Iterator[Mark]:
    grey, cells = 0.0, 0
    place: tuple[float, float, float] = (0.0, 0.0, 0.0)
    for line in lines:
        match line:
            case [weight, "w", x0, y0, "m", x1, y1, "l", "S"]:
                yield Rule(float(x0), height - float(y0), float(x1), height - float(y1), float(weight))
            case [shade, "g"]:
                grey = float(shade)
            case [x, y, wide, high, "re", "f"]:
                yield Fill(float(x), height - float(y) - float(high), float(wide), float(high), grey)
            case ["q", "0", "g", side, "0", "0", _, x, y, "cm"]:
                place = float(x), height - float(y) - float(side), float(side)
            case ["BI", "/W", width, *_]:
                cells = int(width)
            case [bits] if cells and bits.endswith(">"):
                yield Stencil(*place, cells, _rows(bytes.fromhex(bits[:-1]), (cells + 7) // 8))
            case ["q", "0", "G"] | ["Q"] | ["EI", "Q"] | []:
                pass
            case _:
                raise ValueError(" ".join(line))


def _rows(bits: bytes, size: int) -> tuple[bytes, ...]:
    return tuple(bits[at : at + size] for at in range(0, len(bits), size))


def _words(lines: Iterable[list[str]], height: float, fonts: _Fonts) -> Iterator[Words]:
    """A place begins a mark; what is shown until the next one stands in it, whatever fonts it takes."""
    grey, bold, size, font = 0.0, False, 0.0, ""
    place: tuple[float, float] | None = None
    text = ""
    for line in lines:
        match line:
            case [shade, "g", *_, mode, "Tr"]:
                style = float(shade), mode != "0"
            case [name, points, "Tf"]:
                font, size = name, float(points)
            case [shown, "Tj"]:
                text += "".join(fonts[font][code] for code in bytes.fromhex(shown.strip("<>")))
            case ["1", "0", "0", "1", x, y, "Tm"]:
                if place is not None:
                    yield Words(*place, text, size, bold=bold, grey=grey)
                place, text = (float(x), height - float(y)), ""
                grey, bold = style
            case ["ET"] | []:
                pass
            case _:
                raise ValueError(" ".join(line))
    if place is not None:
        yield Words(*place, text, size, bold=bold, grey=grey)
