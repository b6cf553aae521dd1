"""The hall's commands about its database.

python -m hall migrate  --database URL [--check]     brings the schema up to date; --check only says whether it is (exit 1)
python -m hall feed-age --database URL [--json]      how far the feed is behind; exit 1 when somebody should look
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from sqlalchemy.exc import OperationalError

from hall.engines import make_engine
from hall.feed import feed_age
from hall.schema import migrate, newest_schema, schema_of

COMMANDS = frozenset({"migrate", "feed-age"})
Commands = Any  # argparse does not export the type of what add_subparsers gives


def add_to(commands: Commands) -> None:
    """Add the commands to the hall's parser."""
    up = commands.add_parser("migrate", help="bring the schema up to date, beside running servers")
    up.add_argument("--check", action="store_true", help="change nothing, say what is missing")
    age = commands.add_parser("feed-age", help="say how long stations have not been told of what is new")
    age.add_argument("--json", action="store_true")
    for command in (up, age):
        command.add_argument("--database", required=True, metavar="FILE|URL")


def run(given: argparse.Namespace) -> int:
    """Run one of them on a database as it is; return the exit code."""
    engine = make_engine(given.database)
    try:
        return _age(engine, given) if given.command == "feed-age" else _migrate(engine, given)
    finally:
        engine.dispose()


def _migrate(engine: Any, given: argparse.Namespace) -> int:
    before, newest = schema_of(engine), newest_schema()
    if given.check or before == newest:
        sys.stdout.write(f"schema {before or 'none'}, newest {newest}\n")
        return 0 if before == newest else 1
    try:
        migrate(engine)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") != "55P03":
            raise
        sys.stderr.write("a table was in use for three seconds: what was done stays, run it again\n")
        return 1
    sys.stdout.write(f"schema {before or 'none'} -> {schema_of(engine)}\n")
    return 0


def _age(engine: Any, given: argparse.Namespace) -> int:
    with engine.begin() as db:
        age = feed_age(db)
    if given.json:
        sys.stdout.write(json.dumps({**asdict(age), "alarm": age.alarm}) + "\n")
    else:
        behind = f"oldest open writer {age.seconds:.1f} s, {age.transactions} transactions held"
        sys.stdout.write(behind + (f", process {age.pid}" if age.pid else "") + "\n")
    return 1 if age.alarm else 0
