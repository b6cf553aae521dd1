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
    whole = text.strip(" ")
    if not re.search(r"[\r\n\t]", text) and measure(whole) <= width:
        return [whole]  # most cells: nothing to break
    lines: list[str] = []
    for paragraph in re.split(r"\r\n|\r|\n", text.replace("\t", " ")):
        lines.extend(_fill(paragraph.strip(" "), width, measure))
    return lines


def _fill(text: str, width: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    line: list[str] = []
    used = 0.0  # widths add up: the fonts of the paper know no kerning
    for atom, wide in _atoms(text, width, measure):
        bare = atom.rstrip(" ")
        needs = wide if bare == atom else measure(bare)
        if line and bare and used + needs > width:
            lines.append("".join(line).rstrip(" "))
            begins = atom.lstrip(" ")
            line, used = [begins], wide if begins == atom else measure(begins)
        else:
            line.append(atom)
            used += wide
    lines.append("".join(line).rstrip(" "))
    return lines


def _atoms(text: str, width: float, measure: Measure) -> Iterator[tuple[str, float]]:
    for atom in _glued(text):
        wide = measure(atom)
        if wide <= width:
            yield atom, wide
        else:
            yield from ((character, measure(character)) for character in atom)


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
