"""Writes the table of steps for people: docs/states.md and the picture beside it.

python -m wire.states [--docs docs]     `python3 dev.py states`; a test holds both files to the table
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from wire.lifecycle import TRANSITIONS, CaseStatus, Transition

_S = CaseStatus
# Where each state stands in the picture: column and row.
PLACES: Mapping[CaseStatus, tuple[float, float]] = {
    _S.DRAFT: (0, 1),
    _S.RECEIVED: (1, 1),
    _S.CORRECTION_REQUIRED: (1, 0),
    _S.CORRECTION_RECEIVED: (2, 0),
    _S.ACCEPTED: (3, 1),
    _S.DISPATCHED: (4, 1),
    _S.IN_REVIEW: (5, 1),
    _S.SUSPENDED: (4.5, 0),
    _S.DECIDED: (6, 1),
    _S.READY_FOR_PICKUP: (7, 0),
    _S.DELIVERED: (8, 1),
    _S.ARCHIVED: (8, 2),
    _S.NOT_ACCEPTED: (2, 2),
    _S.VOIDED: (1, 2),
    _S.RETURNED: (0, 0),
    _S.WITHDRAWN: (4, 2),
}
CHINESE: Mapping[CaseStatus, str] = {
    _S.DRAFT: "未收件",
    _S.RECEIVED: "收件",
    _S.CORRECTION_REQUIRED: "补正告知",
    _S.CORRECTION_RECEIVED: "补正已收",
    _S.ACCEPTED: "受理",
    _S.NOT_ACCEPTED: "不予受理",
    _S.DISPATCHED: "已分发",
    _S.IN_REVIEW: "审核中",
    _S.SUSPENDED: "特别程序",
    _S.DECIDED: "办结",
    _S.READY_FOR_PICKUP: "待领取",
    _S.DELIVERED: "已领取",
    _S.ARCHIVED: "已归档",
    _S.VOIDED: "作废",
    _S.RETURNED: "退件",
    _S.WITHDRAWN: "撤回",
}
_COLUMN, _ROW, _LEFT, _TOP = 216, 140, 90, 50
_WIDE, _HIGH = 124, 46
_HEAD = (
    '<defs><marker id="end" markerWidth="9" markerHeight="9" refX="8" refY="4" orient="auto">'
    '<path d="M0,0 L8,4 L0,8 z" fill="#0b5b73"/></marker></defs>'
)
_MANY = 2  # a step from more states than these is written under its target instead of drawn


def markdown() -> str:
    """Return docs/states.md."""
    lines = [
        "# States of a case",
        "",
        "Written by `python3 dev.py states` out of `wire/lifecycle.py`: the one table that desk and hall ask before every step",
        "(domain.md 1, 3.6; decision 023). A test holds this file to it. Change the table, not this file.",
        "",
        "![States](pictures/states.svg)",
        "",
        "A target of – leaves the case where it is. `prints` are the document codes of domain.md 2, `message` the exchange",
        "message of the Guangdong norm, `event` what the station tells the hall; without one the hall tells the station.",
        "",
        "| step | from | to | who | needs | prints | message | event |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        *(_line(each) for each in TRANSITIONS),
        "",
        "| state | | steps from here |",
        "| --- | --- | --- |",
        *(
            f"| {status.value} | {CHINESE[status]} | "
            + (", ".join(each.step.value for each in TRANSITIONS if status in each.sources) or "–")
            + " |"
            for status in CaseStatus
        ),
        "",
    ]
    return "\n".join(lines)


def _line(each: Transition) -> str:
    cells = (
        each.step.value,
        ", ".join(status.value for status in CaseStatus if status in each.sources),
        each.target.value if each.target else "–",
        ", ".join(actor.value for actor in each.actors),
        ", ".join(guard.value for guard in each.guards) or "–",
        ", ".join(each.prints) or "–",
        each.exchange.value or "–",
        each.event.value if each.event else "–",
    )
    return f"| {' | '.join(cells)} |"


def svg() -> str:
    """Return the picture: states as boxes, steps as arrows; what may come from nearly anywhere stands under its target."""
    width = int(_LEFT + _COLUMN * 8 + _WIDE)
    height = int(_TOP + _ROW * 2 + 70)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" {_view(width, height)}>',
            _HEAD,
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            *_arrows(),
            *_boxes(),
            *_notes(),
            "</svg>",
            "",
        ]
    )


def _view(width: int, height: int) -> str:
    return f'viewBox="0 0 {width} {height}" font-family="Noto Sans CJK SC, sans-serif"'


def _place(status: CaseStatus) -> tuple[float, float]:
    column, row = PLACES[status]
    return _LEFT + column * _COLUMN, _TOP + row * _ROW


def _arrows() -> Iterator[str]:
    drawn: dict[tuple[CaseStatus, CaseStatus], list[str]] = {}
    for each in TRANSITIONS:
        if each.target is None or len(each.sources) > _MANY:
            continue
        for source in CaseStatus:
            if source in each.sources:
                drawn.setdefault((source, each.target), []).append(each.step.value)
    for (source, target), steps in drawn.items():
        yield from _arrow(source, target, " / ".join(steps), back=(target, source) in drawn)


def _arrow(source: CaseStatus, target: CaseStatus, words: str, *, back: bool) -> Iterator[str]:
    (x1, y1), (x2, y2) = _place(source), _place(target)
    # Two arrows between the same two states run beside each other; a long one bends around what lies between.
    bend = 26.0 if back else 0.0
    far = abs(x2 - x1) > _COLUMN * 1.5 and y1 == y2
    if far:
        bend = 62.0
    length = max(1.0, ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5)
    nx, ny = (y2 - y1) / length, -(x2 - x1) / length
    mx, my = (x1 + x2) / 2 + nx * bend, (y1 + y2) / 2 + ny * bend
    sx, sy = _edge(x1, y1, mx, my)
    ex, ey = _edge(x2, y2, mx, my)
    cx, cy = mx + nx * bend, my + ny * bend
    yield (
        f'<path d="M{sx:.0f},{sy:.0f} Q{cx:.0f},{cy:.0f} {ex:.0f},{ey:.0f}" fill="none" stroke="#0b5b73" '
        f'stroke-width="1.4" marker-end="url(#end)"/>'
    )
    if y1 == y2 and not bend:
        my -= 10  # above the short line between neighbours
    half = 3.2 * len(words) + 3
    if y1 != y2 or bend:
        yield f'<rect x="{mx - half:.0f}" y="{my - 9:.0f}" width="{2 * half:.0f}" height="16" fill="#ffffff"/>'
    yield f'<text x="{mx:.0f}" y="{my + 4:.0f}" font-size="11" text-anchor="middle" fill="#0b5b73">{escape(words)}</text>'


def _edge(x: float, y: float, towards_x: float, towards_y: float) -> tuple[float, float]:
    """Return where the line from the middle of a box leaves it."""
    dx, dy = towards_x - x, towards_y - y
    if not dx and not dy:
        return x, y
    scale = min(
        (_WIDE / 2 + 3) / abs(dx) if dx else float("inf"), (_HIGH / 2 + 3) / abs(dy) if dy else float("inf")
    )
    return x + dx * scale, y + dy * scale


def _boxes() -> Iterator[str]:
    for status in CaseStatus:
        x, y = _place(status)
        yield (
            f'<rect x="{x - _WIDE / 2:.0f}" y="{y - _HIGH / 2:.0f}" width="{_WIDE}" height="{_HIGH}" rx="8" '
            'fill="#eef4f6" stroke="#7a8b95"/>'
        )
        yield (
            f'<text x="{x:.0f}" y="{y - 3:.0f}" font-size="14" text-anchor="middle" fill="#16242c">'
            f"{CHINESE[status]}</text>"
        )
        yield (
            f'<text x="{x:.0f}" y="{y + 14:.0f}" font-size="10" text-anchor="middle" fill="#51626c">'
            f"{status.value}</text>"
        )


def _notes() -> Iterator[str]:
    for each in TRANSITIONS:
        if each.target is None or len(each.sources) <= _MANY:
            continue
        x, y = _place(each.target)
        sources = [CHINESE[status] for status in CaseStatus if status in each.sources]
        yield (
            f'<text x="{x:.0f}" y="{y + _HIGH / 2 + 18:.0f}" font-size="11" text-anchor="middle" fill="#51626c">'
            f"{each.step.value}: {'、'.join(sources)}</text>"
        )


def main() -> int:
    """Write both files."""
    parser = argparse.ArgumentParser(prog="python -m wire.states")
    parser.add_argument("--docs", type=Path, default=Path("docs"))
    docs = parser.parse_args().docs
    (docs / "states.md").write_text(markdown(), encoding="utf-8")
    (docs / "pictures" / "states.svg").write_text(svg(), encoding="utf-8")
    sys.stdout.write(f"{docs / 'states.md'}\n{docs / 'pictures' / 'states.svg'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
