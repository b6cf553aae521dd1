"""A slip being laid out: text, facts and tables run down the page and over to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from workstation.printing.marks import MM, PAGE_HEIGHT, PAGE_WIDTH, Fill, Mark, Page, Rule, Words
from workstation.printing.wrap import wrap

LEFT = 18 * MM
RIGHT = PAGE_WIDTH - 18 * MM
WIDTH = RIGHT - LEFT
CORNER = 30 * MM
_TOP = 15 * MM
_BOTTOM = PAGE_HEIGHT - 19 * MM  # the footer stands below
_FOOT = PAGE_HEIGHT - 12 * MM

BODY = 9.5  # point sizes
SMALL = 8.0
_LEADING = BODY * 1.38
_PAD = 1.1 * MM  # between a cell's border and its text
_PAGE_ROOM = 240 * MM  # what a page after the first surely has, below its head and a table's head
_PARTED_AT_LEAST = 3  # lines
_SHADE = 0.94
_GREY = 0.35
_RULE = 0.4


class Measure(Protocol):
    """Says how wide a text is, in points."""

    def width(self, text: str, size: float) -> float:
        """Raise Refused(GLYPH_MISSING) for a character that no font has."""
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


class Sheet:
    """Collects the marks of each page. Nothing is drawn before everything has been measured."""

    def __init__(self, fonts: Measure, *, running: str) -> None:
        self._fonts = fonts
        self._running = running  # stands at the top of every page but the first
        self._pages: list[list[Mark]] = [[]]
        self._y = _TOP
        self._fresh = True

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
        if self._y + height > _BOTTOM and not self._fresh:
            self._turn()

    def width(self, text: str, size: float) -> float:
        """Return the width of a text in points."""
        return self._fonts.width(text, size)

    def words(
        self, x: float, y: float, text: str, size: float = BODY, *, bold: bool = False, grey: float = 0.0
    ) -> None:
        """Write one line at a place, without moving down."""
        self.width(text, size)  # refuses a character that no font has, before anything is drawn
        self.add(Words(x, y, text, size, bold=bold, grey=grey))

    def title(self, text: str, size: float) -> None:
        """Write centred lines between the corners, which are kept for marks."""
        for line in self.lines(text, WIDTH - 2 * CORNER, size):
            x = LEFT + (WIDTH - self.width(line, size)) / 2
            self.words(x, self._y + size, line, size, bold=True)
            self._y += size * 1.4

    def section(self, text: str) -> None:
        """Write a heading that keeps company with what follows."""
        self.room(24 * MM)
        self.skip(3.2 * MM)
        self.add(Fill(LEFT, self._y, 1.1 * MM, 4.2 * MM, grey=0.0))
        self.words(LEFT + 2.6 * MM, self._y + 3.5 * MM, text, 11, bold=True)
        self.skip(5.8 * MM)

    def paragraph(self, text: str, *, number: str = "", size: float = BODY) -> None:
        """Write wrapped lines, hanging behind their number."""
        indent = self.width(number, size)
        for at, line in enumerate(self.lines(text, WIDTH - indent, size)):
            self.room(size * 1.5)
            if number and at == 0:
                self.words(LEFT, self._y + size * 1.1, number, size)
            self.words(LEFT + indent, self._y + size * 1.1, line, size)
            self._y += size * 1.5
            self._fresh = False

    def lines(self, text: str, width: float, size: float = BODY) -> list[str]:
        """Break a text into lines for a column of that width."""
        return wrap(text, width, lambda piece: self._fonts.width(piece, size))

    def facts(self, facts: Sequence[Fact]) -> None:
        """Write labels and values, two a line where they are not wide."""
        waiting: Fact | None = None
        for fact in facts:
            if fact.wide:
                if waiting:
                    self._row(_ALONE, (waiting.label, waiting.value))
                    waiting = None
                self._row(_ALONE, (fact.label, fact.value))
            elif waiting:
                self._row(_PAIR, (waiting.label, waiting.value, fact.label, fact.value))
                waiting = None
            else:
                waiting = fact
        if waiting:
            self._row(_ALONE, (waiting.label, waiting.value))

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Write a table; its head comes again on each page."""
        head = tuple(Column(c.share, label=True) for c in columns)

        def write_head() -> None:
            self._row(head, [c.head for c in columns])

        if rows:  # a head alone at the foot of a page helps nobody
            first = max(len(lines) for lines in self._lines(columns, rows[0]))
            self.room(min(_height(1) + _height(first), _PAGE_ROOM))
        write_head()
        for row in rows:
            self._row(columns, row, write_head)

    def finish(self, footer: Callable[[int, int], tuple[str, str]]) -> tuple[Page, ...]:
        """Write the footers (left, right) of page n of all, and return the pages."""
        for number, page in enumerate(self._pages, start=1):
            left, right = footer(number, len(self._pages))
            start = RIGHT - self.width(right, SMALL)
            self.width(left, SMALL)
            page.append(Rule(LEFT, _FOOT - 4 * MM, RIGHT, _FOOT - 4 * MM, weight=_RULE))
            page.append(Words(LEFT, _FOOT, left, SMALL, grey=_GREY))
            page.append(Words(start, _FOOT, right, SMALL, grey=_GREY))
        return tuple(tuple(page) for page in self._pages)

    def _turn(self) -> None:
        self._pages.append([])
        self._y = _TOP
        self.words(LEFT, self._y + SMALL, self._running, SMALL, grey=_GREY)
        self._y += 6 * MM
        self._fresh = True

    def _row(
        self, columns: Sequence[Column], cells: Sequence[str], again: Callable[[], None] | None = None
    ) -> None:
        lines = self._lines(columns, cells)
        while any(lines):
            need = max(map(len, lines))
            fit = int((_BOTTOM - self._y - 2 * _PAD) // _LEADING)
            # A row taller than a page is parted where it stands; any other goes over whole.
            if need > fit and not self._fresh and (_height(need) <= _PAGE_ROOM or fit < _PARTED_AT_LEAST):
                self._turn()
                if again:
                    again()
                    self._fresh = True  # only the head stands there
                continue
            self._cells(columns, [part[:fit] for part in lines])
            lines = [part[fit:] for part in lines]

    def _lines(self, columns: Sequence[Column], cells: Sequence[str]) -> list[list[str]]:
        widths = [column.share * WIDTH - 2 * _PAD for column in columns]
        return [self.lines(cell, width) for cell, width in zip(cells, widths, strict=True)]

    def _cells(self, columns: Sequence[Column], lines: Sequence[list[str]]) -> None:
        widths = [column.share * WIDTH for column in columns]
        height = _height(max(map(len, lines)))
        bottom = self._y + height
        x = LEFT
        for column, width, part in zip(columns, widths, lines, strict=True):
            if column.label:
                self.add(Fill(x, self._y, width, height, grey=_SHADE))
            for at, line in enumerate(part):
                self.words(x + _PAD, self._y + _PAD + at * _LEADING + BODY * 1.02, line)
            x += width
        edge = LEFT
        for width in (0.0, *widths):
            edge += width
            self.add(Rule(edge, self._y, edge, bottom, weight=_RULE))
        self.add(Rule(LEFT, self._y, x, self._y, weight=_RULE), Rule(LEFT, bottom, x, bottom, weight=_RULE))
        self._y = bottom
        self._fresh = False


def _height(lines: int) -> float:
    """The height of a row of so many lines."""
    return lines * _LEADING + 2 * _PAD
