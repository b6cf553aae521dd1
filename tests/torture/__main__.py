"""python -m tests.torture [--seed N] [--sqlite] [--seconds S] [--stations N] [--wrong BUG] [--keep DIR]: one run; exit 1 for an anomaly."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.torture.run import Plan, lines_of, torture


def main() -> int:
    """Run as asked."""
    asked = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--sqlite", action="store_true", help="one file in place of PostgreSQL")
    asked.add_argument("--seconds", type=float, default=0.0, help="go on for so long; else one round")
    asked.add_argument("--stations", type=int, default=4)
    asked.add_argument("--wrong", default="", help="a bug of tests/torture/wrong_hall.py")
    asked.add_argument("--keep", type=Path, help="where the hall's files and log stay")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="yc-torture-") as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        plan = Plan(given.seed, not given.sqlite, given.stations, seconds=given.seconds, wrong=given.wrong)
        told = torture(plan, folder)
    for line in lines_of(told):
        print(line)
    return 1 if told.anomalies else 0


if __name__ == "__main__":
    sys.exit(main())
