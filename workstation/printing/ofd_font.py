"""A font file with the glyphs of some characters, found by their code points: what an OFD embeds.

A PDF finds glyphs by codes of its own, and ReportLab's subsets know nothing else; a reader of OFD looks a character up as it
stands in the text (GB/T 33190-2016 11.1), so the subset gets a Unicode table in the place of that one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from typing import Any

from reportlab.pdfbase.ttfonts import TTFontMaker

from workstation.printing.searchable_font import SearchableFont

_SUBTABLES = 2
_HEADER = 4 + 8 * _SUBTABLES


def font_file(font: SearchableFont, characters: Iterable[str]) -> bytes:
    """Return a TrueType file of these characters, all of which the font has; the same bytes for the same set."""
    codes = sorted({ord(character) for character in characters})
    tables = _tables(font.face.makeSubset(codes))
    glyphs = struct.unpack_from(f">{len(codes)}H", tables["cmap"], 22)  # format 6, behind both headers
    tables["cmap"] = _unicode(dict(zip(codes, glyphs, strict=True)))
    made: Any = TTFontMaker()
    for tag, content in tables.items():
        made.add(tag, content)
    return bytes(made.makeStream())


def _tables(file: bytes) -> dict[str, bytes]:
    """The tables of a font file (ISO/IEC 14496-22 4.5.1)."""
    (count,) = struct.unpack_from(">H", file, 4)
    found = {}
    for at in range(12, 12 + 16 * count, 16):
        tag, _, start, length = struct.unpack_from(">4sLLL", file, at)
        found[tag.decode("ascii")] = file[start : start + length]
    return found


def _unicode(glyphs: Mapping[int, int]) -> bytes:
    """The table `cmap` for Unicode: format 4 for the basic plane, which everybody reads, and format 12 for all of it."""
    basic, full = _format_4(glyphs), _format_12(glyphs)
    head = struct.pack(">HH", 0, _SUBTABLES)
    head += struct.pack(">HHL", 3, 1, _HEADER)
    head += struct.pack(">HHL", 3, 10, _HEADER + len(basic))
    return head + basic + full


def _format_4(glyphs: Mapping[int, int]) -> bytes:
    """ISO/IEC 14496-22 5.2.1.3.3; the last segment is the one that the format wants at its end."""
    runs = [run for run in _runs(glyphs) if run[1] < 0xFFFF]
    segments = [*runs, (0xFFFF, 0xFFFF, 0)]
    count = len(segments)
    step = 1 << (count.bit_length() - 1)
    search = (2 * count, 2 * step, step.bit_length() - 1, 2 * (count - step))
    ends = [last for _, last, _ in segments]
    starts = [first for first, _, _ in segments]
    deltas = [(glyph - first) & 0xFFFF for first, _, glyph in runs] + [1]
    words = [4, 16 + 8 * count, 0, *search, *ends, 0, *starts, *deltas, *[0] * count]
    return struct.pack(f">{len(words)}H", *words)


def _format_12(glyphs: Mapping[int, int]) -> bytes:
    """ISO/IEC 14496-22 5.2.1.3.7."""
    groups = _runs(glyphs)
    body = b"".join(struct.pack(">LLL", *group) for group in groups)
    return struct.pack(">HHLLL", 12, 0, 16 + len(body), 0, len(groups)) + body


def _runs(glyphs: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """First code, last code and first glyph wherever both count up together."""
    runs: list[tuple[int, int, int]] = []
    for code, glyph in sorted(glyphs.items()):
        if runs:
            first, last, start = runs[-1]
            if code == last + 1 and glyph == start + code - first:
                runs[-1] = first, code, start
                continue
        runs.append((code, code, glyph))
    return runs
