"""The outline of a character from its TrueType font (ISO/IEC 14496-22 5.3.3): for readers that cannot find it themselves."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from workstation.printing.searchable_font import SearchableFont

_ON, _X_SHORT, _Y_SHORT, _REPEAT, _X_SAME, _Y_SAME = 1, 2, 4, 8, 16, 32
Point = tuple[float, float]
Step = tuple[
    str, tuple[Point, ...]
]  # M to a point, L to a point, Q by a control point to a point, C back to the start
_Placed = tuple[float, float, bool]  # whether the curve goes through it


def outline(font: SearchableFont, character: str) -> list[Step]:
    """Return the steps around a character at size 1, y upwards; none for one that is put together of others."""
    face = font.face
    glyph = face.charToGlyph[ord(character)]
    data = face.get_table("glyf")[face.glyphPos[glyph] : face.glyphPos[glyph + 1]]
    if len(data) < 10 or struct.unpack_from(">h", data)[0] <= 0:
        return []
    scale = 1 / face.unitsPerEm
    return [step for contour in _contours(data) for step in _steps(contour, scale)]


def _contours(data: bytes) -> Iterator[list[_Placed]]:
    (count,) = struct.unpack_from(">h", data)
    ends = struct.unpack_from(f">{count}H", data, 10)
    at = 10 + 2 * count
    at += 2 + struct.unpack_from(">H", data, at)[0]  # the instructions
    flags: list[int] = []
    while len(flags) <= ends[-1]:
        flag = data[at]
        at += 1
        times = 1
        if flag & _REPEAT:
            times += data[at]
            at += 1
        flags += [flag] * times
    across, at = _places(data, at, flags, _X_SHORT, _X_SAME)
    upward, _ = _places(data, at, flags, _Y_SHORT, _Y_SAME)
    points: list[_Placed] = [
        (x, y, bool(flag & _ON)) for x, y, flag in zip(across, upward, flags, strict=False)
    ]
    start = 0
    for end in ends:
        yield points[start : end + 1]
        start = end + 1


def _places(data: bytes, at: int, flags: Sequence[int], short: int, same: int) -> tuple[list[int], int]:
    found: list[int] = []
    value = 0
    for flag in flags:
        if flag & short:
            value += data[at] if flag & same else -data[at]
            at += 1
        elif not flag & same:
            value += struct.unpack_from(">h", data, at)[0]
            at += 2
        found.append(value)
    return found, at


def _steps(contour: list[_Placed], scale: float) -> Iterator[Step]:
    """Between two points that the curve does not go through it goes through their middle."""
    whole: list[_Placed] = []
    for before, point in zip([contour[-1], *contour], contour, strict=False):
        if not before[2] and not point[2]:
            whole.append(((before[0] + point[0]) / 2, (before[1] + point[1]) / 2, True))
        whole.append(point)
    first = next(at for at, point in enumerate(whole) if point[2])
    turned = [*whole[first:], *whole[: first + 1]]
    control: Point | None = None
    for at, (x, y, on) in enumerate(turned):
        place = x * scale, y * scale
        if at == 0:
            yield "M", (place,)
        elif not on:
            control = place
        elif control is not None:
            yield "Q", (control, place)
            control = None
        else:
            yield "L", (place,)
    yield "C", ()
