"""The hall's command about bad reviews: what is open, what is late, and within how many days it is seen to.

python -m hall reviews --database hall.db [--station CODE] [--days N] [--least N] [--json]      1 while one is late
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from hall.bad_reviews import open_orders, raise_overdue, review_rules, set_review_rules
from hall.database import now
from wire.codec import encode

Commands = Any  # argparse does not export the type of what add_subparsers gives


def add_to(commands: Commands) -> None:
    """Add the command to the hall's parser."""
    reviews = commands.add_parser("reviews", help="bad reviews that wait, and their days")
    reviews.add_argument("--database", required=True, metavar="FILE|URL")
    reviews.add_argument("--station", default="")
    reviews.add_argument("--days", type=int, help="working days for orders from now on; 5 as shipped")
    reviews.add_argument("--least", type=int, help="answers from which on sums are told; 5 as shipped")
    reviews.add_argument("--json", action="store_true", help="one JSON object a line")


def run(db: Connection, given: argparse.Namespace) -> int:
    """List the open orders, after what was set; raise alarms of those that are late and return 1 while there is one."""
    wanted = {name: value for name in ("days", "least") if (value := getattr(given, name)) is not None}
    if any(value < 1 for value in wanted.values()):
        sys.stderr.write("--days and --least are at least 1\n")
        return 2
    if wanted:
        set_review_rules(db, replace(review_rules(db), **wanted))
    at = now()
    late = raise_overdue(db, given.station, at)
    for order in open_orders(db, given.station, at):
        if given.json:
            # What leads to the citizen is for supervisors.
            sys.stdout.write(encode(replace(order, ink="", case="", receipt_no="")) + "\n")
        else:
            state = "LATE" if order.overdue else "open"
            who = order.assignee or "nobody"
            steps = " ".join(step.value for step in order.open_steps) or "nothing but its end"
            sys.stdout.write(f"{order.id}  {order.due}  {state}  {who:16} lacks: {steps}\n")
    return 1 if late else 0


COMMANDS: Mapping[str, Callable[[Connection, argparse.Namespace], int]] = {"reviews": run}
