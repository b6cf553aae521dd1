"""A sheet of ours as black and white dots, for printers that take nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2

_BLACK_BELOW = 150  # of 255: thin strokes of small characters stay whole


@dataclass(frozen=True, slots=True)
class Dots:
    """Rows of bits, 1 for black, each padded to whole bytes."""

    width: int
    rows: tuple[bytes, ...]


def dots_of(pdf: bytes, width: int) -> list[Dots]:
    """Draw each page so wide, in dots; the height follows. Only for PDFs that the press has made."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(page, width) for page in document]
    finally:
        document.close()


def width_of(pdf: bytes) -> float:
    """Return how wide the first page is, in points. Only for PDFs that the press has made."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return float(document[0].get_width())
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage, width: int) -> Dots:
    drawn = page.render(scale=width / page.get_width(), grayscale=True, optimize_mode="print")
    content, stride = bytes(drawn.buffer), drawn.stride
    black = bytes(1 if value < _BLACK_BELOW else 0 for value in range(256))
    size = (width + 7) // 8
    rows = []
    for row in range(drawn.height):
        start = row * stride
        bits = content[start : start + min(width, drawn.width)].translate(black).ljust(size * 8, b"\0")
        rows.append(int(bits.translate(_DIGITS), 2).to_bytes(size, "big"))
    return Dots(width, tuple(rows))


_DIGITS = bytes((ord("0"), ord("1"))) + bytes(254)
