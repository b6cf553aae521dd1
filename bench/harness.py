"""How a bench measures and tells: subject and floor in turns on the same machine, the median of each, their ratio."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure:
    """One answer: medians of `runs` runs of the subject (`value`) and of what it cannot beat (`floor`), in `unit`.

    `ratio` is value / floor.
    """

    figure: str
    value: float
    unit: str
    floor: float
    ratio: float
    runs: int


def in_turns(subjects: Mapping[str, Callable[[], T]], runs: int) -> dict[str, list[T]]:
    """Run each subject `runs` times, one after the other round by round, so that a busy moment meets all alike."""
    taken: dict[str, list[T]] = {name: [] for name in subjects}
    for _ in range(runs):
        for name, subject in subjects.items():
            taken[name].append(subject())
    return taken


def figure(name: str, unit: str, *, subject: Sequence[float], floor: Sequence[float]) -> Figure:
    """Make the figure of two series; raise ValueError when either is empty or the floor's median is zero."""
    if not subject or not floor:
        raise ValueError(f"{name} was not measured")
    value, least = statistics.median(subject), statistics.median(floor)
    if least == 0:
        raise ValueError(f"{name} has a floor of zero: nothing to compare with")
    return Figure(name, round(value, 4), unit, round(least, 4), round(value / least, 3), len(subject))


def show(figures: Iterable[Figure], *, as_json: bool, goal: Callable[[Figure], str]) -> None:
    """Print each figure as it comes, with what `goal` says of it: a JSON object a line, or a row of a table."""
    if not as_json:
        print(f"{'figure':32} {'value':>10} {'floor':>10}  {'unit':6} {'ratio':>7} {'runs':>5}  goal")
    for each in figures:
        if as_json:
            print(json.dumps({**asdict(each), "goal": goal(each)}), flush=True)
        else:
            row = f"{each.figure:32} {each.value:10.4g} {each.floor:10.4g}  {each.unit:6} {each.ratio:7.3f} {each.runs:5}"
            print(f"{row}  {goal(each)}".rstrip(), flush=True)
