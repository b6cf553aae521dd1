"""python -m bench.capacity: the capacity sheet of docs/deployment.md, from its assumptions and what the benches measured.

tests/unit/test_capacity_sheet.py holds the document to it.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass

# -- assumptions: a site replaces them by its own -------------------------------------------------------------
CASES_A_DAY = 40  # of one counter
HOURS_A_DAY = 8
DAYS_A_YEAR = 250
PEAK = 4  # the busiest hour has so many times the mean
EVENTS_A_CASE = 3  # received, accepted, handed over
ATTACHMENTS_A_CASE, ATTACHMENT_KB = 5, 300
DATABASE_KB = 20  # of one case with its whole life: four times what a received one took below
WORKING_CORES = 0.5  # share of its processors that a hall should take in the busiest hour
# -- measured on two shared cores (dev.py bench fleet, and 4,000 cases pushed to PostgreSQL) ------------------
# Signed requests of stations (pushes of one, looks for news) for each core of hall processes: 265 at rest, 197 beside a load.
REQUESTS_A_CORE_S = 200
PUSHED_S = (
    317  # cases a second that one station drained in batches of 100, one hall process, machine under load 16
)
RECEIVED_KB = 5.3  # in the database for one received case, indexes included


@dataclass(frozen=True, slots=True)
class Site:
    """A place of some size."""

    name: str
    counters: int


SITES = (
    Site("170 streets (5 counters each)", 850),
    Site("2,000 counters", 2000),
    Site("10,000 counters", 10000),
)


def polls(between_s: float) -> int:
    """Return how often a station looks for news between two steps of cases, each of which wakes its engine: workstation/sync/pace.idle_after with its mean chance."""
    from workstation.sync.pace import QUICK_S, QUIET_S  # noqa: PLC0415 - a bench is listed without the product

    at, count = 0.0, 0
    while at < between_s:
        at += min(QUIET_S, max(QUICK_S, at / 3)) * 0.875
        count += 1
    return count


def rows() -> list[tuple[str, list[str]]]:
    """Return the sheet: a name and a cell for each site."""
    between = HOURS_A_DAY * 3600 / CASES_A_DAY / EVENTS_A_CASE
    looked_mean, looked_peak = polls(between) / between, polls(between / PEAK) / (between / PEAK)

    def row(name: str, value: float, unit: str = "") -> tuple[str, list[str]]:
        """A value for one counter, for each site."""
        return name, [_told(value * site.counters) + unit for site in SITES]

    cases_s = CASES_A_DAY / (HOURS_A_DAY * 3600)
    pushes_s = cases_s * EVENTS_A_CASE
    asked_peak = pushes_s * PEAK + looked_peak
    year = CASES_A_DAY * DAYS_A_YEAR
    attached_mb = ATTACHMENTS_A_CASE * ATTACHMENT_KB / 1000
    cores = asked_peak / REQUESTS_A_CORE_S / WORKING_CORES
    return [
        row("cases a day", CASES_A_DAY),
        row("events pushed/s, mean", pushes_s),
        row("events pushed/s, busiest hour", pushes_s * PEAK),
        row("looks for news/s, mean", looked_mean),
        row("looks for news/s, busiest hour", looked_peak),
        row("signed requests/s, busiest hour", asked_peak),
        (
            "cores of hall processes (half used)",
            [str(max(2, math.ceil(cores * site.counters))) for site in SITES],
        ),
        row(
            "drain after a day without the hall, one process (min)",
            CASES_A_DAY * EVENTS_A_CASE / PUSHED_S / 60,
        ),
        row("database a year", year * DATABASE_KB / 1e6, " GB"),
        row("attachments a day", CASES_A_DAY * attached_mb / 1000, " GB"),
        row("attachments a year", year * attached_mb / 1e6, " TB"),
        row("attachments, busiest hour", cases_s * PEAK * attached_mb * 8, " Mbit/s"),
        ("attachments for each byte of database", [_told(attached_mb * 1000 / DATABASE_KB)] * len(SITES)),
    ]


def sheet() -> list[str]:
    """Return the sheet as lines of Markdown."""
    head = ["", *(site.name for site in SITES)]
    lines = [head, ["---", *("---:" for _ in SITES)], *([name, *cells] for name, cells in rows())]
    return [f"| {' | '.join(line)} |" for line in lines]


def _told(value: float) -> str:
    """Two figures for what is small, whole numbers with commas for the rest."""
    return f"{value:.2g}" if value < 10 else f"{value:,.0f}"


if __name__ == "__main__":
    sys.stdout.write("\n".join(sheet()) + "\n")
