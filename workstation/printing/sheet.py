"""A slip being laid out: text, facts and tables run down the page and over to the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from workstation.printing.formats import Format
from workstation.printing.marks import MM, Fill, Mark, Page, Rule, Watermark, Words
from workstation.printing.wrap import wrap

_LEADING = 1.38  # of the size, from line to line of a cell
_SPACED = 1.5  # the same of a paragraph
_PAD = 1.1 * MM  # between a cell's border and its text
_HEADS = 24 * MM  # what a page after the first has at its top at most: its own head and a table's
_PARTED_AT_LEAST = 3  # lines
_SHADE = 0.94
_GREY = 0.35
_RULE = 0.4


class Measure(Protocol):
    """Says how wide a text is, in points."""

    def width(self, text: str, size: float) -> float:
        """Raise Refused(GLYPH_MISSING) for what is no character to be drawn."""
        ...

    def unwritten(self, text: str) -> str:
        """Return the characters that no font has. Raise Refused(GLYPH_MISSING) as well."""
        ...


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its share of the width. A `label` column is shaded."""

    share: float
    head: str = ""
    label: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value; a `wide` one has the line for itself."""

    label: str
    value: str
    wide: bool = False


_FACT_LABEL = Column(0.14, label=True)
_PAIR = (_FACT_LABEL, Column(0.36), _FACT_LABEL, Column(0.36))
_ALONE = (_FACT_LABEL, Column(0.86))
_ON_ROLL = (Column(0.3, label=True), Column(0.7))


def _boxed(character: str, x: float, y: float, size: float) -> tuple[Mark, ...]:
    """The code point of a character in a box of its own size, in two lines: never a blank, and never another character."""
    code = f"{ord(character):04X}"
    half = (len(code) + 1) // 2
    left, right, top, bottom = x + 0.1 * size, x + 1.1 * size, y - 0.85 * size, y + 0.15 * size
    small = 0.4 * size
    return (
        Rule(left, top, right, top, _RULE),
        Rule(left, bottom, right, bottom, _RULE),
        Rule(left, top, left, bottom, _RULE),
        Rule(right, top, right, bottom, _RULE),
        Words(left + 0.15 * size, y - 0.43 * size, code[:half], small),
        Words(left + 0.15 * size, y + 0.06 * size, code[half:], small),
    )


class Sheet:
    """Collects the marks of each page. Nothing is drawn before everything has been measured."""

    def __init__(self, fonts: Measure, paper: Format, *, running: str) -> None:
        self._fonts = fonts
        self.paper = paper
        self._running = running  # stands at the top of every page but the first
        self._pages: list[list[Mark]] = [[]]
        self._y = paper.top
        self._fresh = True
        self.unwritten: set[str] = set()  # characters that no font has, of all that was written
        self._foot = paper.height - paper.foot
        self._bottom = self._foot - 7 * MM  # the footer stands below
        self.page_room = self._bottom - paper.top - _HEADS
        self._alone = _ON_ROLL if paper.roll else _ALONE

    @property
    def y(self) -> float:
        """Where the next line begins."""
        return self._y

    def add(self, *marks: Mark) -> None:
        """Put marks on the current page without moving down."""
        self._pages[-1].extend(marks)

    def skip(self, height: float) -> None:
        """Leave white space."""
        self._y += height

    def room(self, height: float) -> None:
        """Turn the page unless so much is left on it."""
        if self._y + height > self._bottom and not self._fresh:
            self._turn()

    def width(self, text: str, size: float) -> float:
        """Return the width of a text in points."""
        return self._fonts.width(text, size)

    def words(
        self, x: float, y: float, text: str, size: float = 0.0, *, bold: bool = False, grey: float = 0.0
    ) -> None:
        """Write one line at a place, without moving down; a size of 0 is that of the body."""
        size = size or self.paper.body
        unwritten = self._fonts.unwritten(text)
        if not unwritten:
            self.add(Words(x, y, text, size, bold=bold, grey=grey))
            return
        self.unwritten |= set(unwritten)
        for piece in re.split(f"([{re.escape(unwritten)}])", text):
            if piece in self.unwritten:
                self.add(*_boxed(piece, x, y, size))
            elif piece:
                self.add(Words(x, y, piece, size, bold=bold, grey=grey))
            x += self.width(piece, size)

    def title(self, text: str, size: float) -> None:
        """Write centred lines between the corners, which are kept for marks."""
        for line in self.lines(text, self.paper.text_width - 2 * self.paper.corner, size):
            x = (self.paper.width - self.width(line, size)) / 2
            self.words(x, self._y + size, line, size, bold=True)
            self._y += size * 1.4

    def section(self, text: str) -> None:
        """Write a heading that keeps company with what follows."""
        self.room(24 * MM)
        self.skip(3.2 * MM)
        left, size = self.paper.left, self.paper.body + 1.5
        lines = self.lines(text, self.paper.text_width - 2.6 * MM, size)
        self.add(Fill(left, self._y, 1.1 * MM, 4.2 * MM + (len(lines) - 1) * size * _LEADING, grey=0.0))
        for at, line in enumerate(lines):
            self.words(left + 2.6 * MM, self._y + 3.5 * MM + at * size * _LEADING, line, size, bold=True)
        self.skip(5.8 * MM + (len(lines) - 1) * size * _LEADING)

    def paragraph(self, text: str, *, number: str = "") -> None:
        """Write wrapped lines, hanging behind their number."""
        left, size = self.paper.left, self.paper.body
        indent = self.width(number, size)
        for at, line in enumerate(self.lines(text, self.paper.text_width - indent)):
            self.room(size * _SPACED)
            if number and at == 0:
                self.words(left, self._y + size * 1.1, number)
            self.words(left + indent, self._y + size * 1.1, line)
            self._y += size * _SPACED
            self._fresh = False

    def lines(self, text: str, width: float, size: float = 0.0) -> list[str]:
        """Break a text into lines for a column of that width; a size of 0 is that of the body."""
        size = size or self.paper.body
        return wrap(text, width, lambda piece: self._fonts.width(piece, size))

    def facts(self, facts: Sequence[Fact]) -> None:
        """Write labels and values, two a line where they are not wide."""
        waiting: Fact | None = None
        for fact in facts:
            if fact.wide or self.paper.roll:
                if waiting:
                    self._row(self._alone, (waiting.label, waiting.value))
                    waiting = None
                self._row(self._alone, (fact.label, fact.value))
            elif waiting:
                self._row(_PAIR, (waiting.label, waiting.value, fact.label, fact.value))
                waiting = None
            else:
                waiting = fact
        if waiting:
            self._row(self._alone, (waiting.label, waiting.value))

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Write a table; its head comes again on each page."""
        head = tuple(Column(c.share, label=True) for c in columns)

        def write_head() -> None:
            self._row(head, [c.head for c in columns])

        if rows:  # a head alone at the foot of a page helps nobody
            first = max(len(lines) for lines in self._lines(columns, rows[0]))
            heads = max(len(lines) for lines in self._lines(columns, [c.head for c in columns]))
            self.room(min(self._height(heads) + self._height(first), self.page_room))
        write_head()
        for row in rows:
            self._row(columns, row, write_head)

    def finish(self, footer: Callable[[int, int], tuple[str, str]]) -> tuple[Page, ...]:
        """Write the footers (left, right) of page n of all, and return the pages; a roll is cut below its footer."""
        if self.paper.roll:
            self._foot = self._y + 7.5 * MM + self.paper.small * _SPACED
        for number, page in enumerate(self._pages, start=1):
            page.extend(self._footer(*footer(number, len(self._pages))))
        return tuple(tuple(page) for page in self._pages)

    def mark_all(self, text: str) -> None:
        """Put a watermark on every page."""
        paper = self.paper
        middle = (self._y if paper.roll else paper.height) / 2
        for page in self._pages:
            page.append(Watermark(paper.width / 2, middle, text, paper.width / 3.5))

    @property
    def height(self) -> float:
        """The height of the paper; of a roll, where it is cut."""
        return self._foot + self.paper.foot if self.paper.roll else self.paper.height

    def _footer(self, left: str, right: str) -> Iterator[Mark]:
        size, edge, end = self.paper.small, self.paper.left, self.paper.right
        start = end - self.width(right, size)
        room = start - self.width(left, size) - edge
        first = self._foot - size * _SPACED if self.paper.roll or room < size else self._foot
        top = first - 4 * MM
        yield Rule(edge, top, end, top, weight=_RULE)
        yield Words(edge, first, left, size, grey=_GREY)
        yield Words(start if first == self._foot else edge, self._foot, right, size, grey=_GREY)

    def _turn(self) -> None:
        self._pages.append([])
        self._y = self.paper.top
        size = self.paper.small
        self.words(self.paper.left, self._y + size, self._running, size, grey=_GREY)
        self._y += 6 * MM
        self._fresh = True

    def _row(
        self, columns: Sequence[Column], cells: Sequence[str], again: Callable[[], None] | None = None
    ) -> None:
        lines = self._lines(columns, cells)
        leading = self.paper.body * _LEADING
        while any(lines):
            need = max(map(len, lines))
            fit = int((self._bottom - self._y - 2 * _PAD) // leading)
            # A row taller than a page is parted where it stands; any other goes over whole.
            whole = self._height(need) <= self.page_room
            if need > fit and not self._fresh and (whole or fit < _PARTED_AT_LEAST):
                self._turn()
                if again:
                    again()
                    self._fresh = True  # only the head stands there
                continue
            self._cells(columns, [part[:fit] for part in lines])
            lines = [part[fit:] for part in lines]

    def _lines(self, columns: Sequence[Column], cells: Sequence[str]) -> list[list[str]]:
        widths = [column.share * self.paper.text_width - 2 * _PAD for column in columns]
        return [self.lines(cell, width) for cell, width in zip(cells, widths, strict=True)]

    def _cells(self, columns: Sequence[Column], lines: Sequence[list[str]]) -> None:
        left, size = self.paper.left, self.paper.body
        widths = [column.share * self.paper.text_width for column in columns]
        height = self._height(max(map(len, lines)))
        bottom = self._y + height
        x = left
        for column, width, part in zip(columns, widths, lines, strict=True):
            if column.label:
                self.add(Fill(x, self._y, width, height, grey=_SHADE))
            for at, line in enumerate(part):
                self.words(x + _PAD, self._y + _PAD + at * size * _LEADING + size * 1.02, line)
            x += width
        edge = left
        for width in (0.0, *widths):
            edge += width
            self.add(Rule(edge, self._y, edge, bottom, weight=_RULE))
        self.add(Rule(left, self._y, x, self._y, weight=_RULE), Rule(left, bottom, x, bottom, weight=_RULE))
        self._y = bottom
        self._fresh = False

    def _height(self, lines: int) -> float:
        """The height of a row of so many lines."""
        return lines * self.paper.body * _LEADING + 2 * _PAD
