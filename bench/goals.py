"""What the figures are to reach: those that were promised for the sync, the hall and the store (issue 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bench.harness import Figure


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound of a figure: of its ratio to the floor, or of its own value; `least` is reached from above."""

    bound: float
    least: bool = False
    ratio: bool = True

    def held(self, by: Figure) -> bool:
        """Say whether a figure reaches it."""
        reached = by.ratio if self.ratio else by.value
        return reached >= self.bound if self.least else reached <= self.bound

    def said(self, of: Figure) -> str:
        """Return a row's last words: the bound, what it is of, and whether it was reached in this run."""
        sign, what = ">=" if self.least else "<=", "" if self.ratio else f" {of.unit}"
        return f"{sign} {self.bound:g}{what} {'held' if self.held(of) else 'MISSED'}"


# On a machine with other work, or on the smallest amount, a miss says little: nothing fails by one.
GOALS: Mapping[str, Goal] = {
    "push_batch_100": Goal(0.65, least=True),
    "push_batch_1": Goal(0.40, least=True),
    "push_batch_100_sqlite": Goal(0.6, least=True),
    "case_commit": Goal(1.6),
    "drain": Goal(0.8, least=True),
    "drain_pg": Goal(0.8, least=True),
    "wire_bytes": Goal(0.35),
    "search_p99_ms": Goal(20, ratio=False),
    "search_growth": Goal(2),
    "fleet_push_p99": Goal(1000, ratio=False),
    "fleet_crowd_p99": Goal(1000, ratio=False),
    "fleet_cpu": Goal(1.1),  # the last third of ten minutes beside the first
    "fleet_connections": Goal(1.1),
}


def said_of(figure: Figure) -> str:
    """Return what was promised of a figure and whether this run reached it, "" for one of which nothing was."""
    goal = GOALS.get(figure.figure)
    return goal.said(figure) if goal is not None else ""
