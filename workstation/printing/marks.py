"""What can stand on a page: words, rules, filled boxes. Points from the top left corner of the paper."""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text from its left end, on its baseline. `grey` is 0 for black."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    grey: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    weight: float = 0.5


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle by its top left corner."""

    x: float
    y: float
    width: float
    height: float
    grey: float


@dataclass(frozen=True, slots=True)
class Stencil:
    """A square of black and white cells by its top left corner; each row is a line of bits, 1 for black, padded to bytes."""

    x: float
    y: float
    side: float
    cells: int
    rows: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Watermark:
    """A word across the page, under everything else, by its middle; light grey and no transparency."""

    x: float
    y: float
    text: str
    size: float
    grey: float = 0.86


Mark = Words | Rule | Fill | Stencil | Watermark
Page = tuple[Mark, ...]
