"""Line breaking for Chinese paper: by measured width, closing punctuation never first, opening never last."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Measure = Callable[[str], float]

# The line-start and line-end prohibitions of GB/T 15834-2011 5.1, with their half-width forms.
_NEVER_FIRST = "，。、；：？！）》」』】〕”’…—～·%％°℃,.;:?!)]}"
_NEVER_LAST = "（《「『【〔“‘([{￥¥"

# A run of Latin letters and digits stays together; everything else may part after each character.
_ATOM = re.compile(r"[0-9A-Za-z_./@#&+-]+|.", re.DOTALL)


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """Break `text` into lines no wider than `width` (in the unit of `measure`); "" is one empty line.

    A line feed in the text is kept as one. A word wider than the line is parted where it must be.
    """
    lines: list[str] = []
    for paragraph in re.split(r"\r\n|\r|\n", text.replace("\t", " ")):
        lines.extend(_fill(paragraph.strip(" "), width, measure))
    return lines


def _fill(text: str, width: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    line = ""
    for atom in _atoms(text, width, measure):
        if line and measure((line + atom).rstrip(" ")) > width:
            lines.append(line.rstrip(" "))
            line = atom.lstrip(" ")
        else:
            line += atom
    lines.append(line.rstrip(" "))
    return lines


def _atoms(text: str, width: float, measure: Measure) -> Iterator[str]:
    for atom in _glued(text):
        if measure(atom) <= width:
            yield atom
        else:
            yield from atom


def _glued(text: str) -> Iterator[str]:
    held = ""
    for atom in _ATOM.findall(text):
        if held and (atom[0] in _NEVER_FIRST or held[-1] in _NEVER_LAST):
            held += atom
            continue
        if held:
            yield held
        held = atom
    if held:
        yield held
