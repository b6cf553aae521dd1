"""The hall's commands for its table of working days.

python -m hall calendar show --database hall.db [--version V]
python -m hall calendar set  --database hall.db --by WHO --reason WHY --source NOTICE [--until DAY] [--off DAY]... [--work DAY]...
python -m hall calendar set  --database hall.db --by WHO --reason WHY --file days.json
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from wire.calendar import WorkingDayTable
from wire.codec import encode

Commands = Any  # argparse does not export the type of what add_subparsers gives


def add_to(commands: Commands) -> None:
    """Add the command to the hall's parser."""
    calendar = commands.add_parser("calendar", help="the table of working days that stations compute by")
    verbs = calendar.add_subparsers(dest="verb", required=True)
    shown = verbs.add_parser("show", help="the versions, or one of them whole")
    shown.add_argument("--version", default="", help="of one table, which is printed as JSON")
    wanted = verbs.add_parser("set", help="make a new version; stations fetch it within a minute")
    wanted.add_argument("--by", required=True, help="who sets it")
    wanted.add_argument("--reason", required=True, help="why")
    wanted.add_argument("--source", default="", help="the notice that decides it")
    wanted.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="the last day it answers for")
    for name, what in (("off", "a day that nobody works on"), ("work", "a day that is worked on")):
        wanted.add_argument(
            f"--{name}", type=date.fromisoformat, action="append", default=[], metavar="DAY", help=what
        )
    wanted.add_argument(
        "--file", type=Path, help='JSON: {"source", "until", "off": [...], "work": [...]}, days as 2027-01-01'
    )
    for verb in (shown, wanted):
        verb.add_argument("--database", required=True, metavar="FILE|URL")


def run(db: Connection, given: argparse.Namespace) -> int:
    """Show or set; 0, or 1 when the table was not taken and why is said."""
    return _show(db, given.version) if given.verb == "show" else _set(db, given)


def _show(db: Connection, version: str) -> int:
    from hall.calendar import current, versions  # noqa: PLC0415 - the other commands answer at once

    kept = versions(db)
    if version:
        found = next((table for table in kept if table.version == version), None)
        if found is None:
            sys.stderr.write(f"no such version: {version}\n")
            return 1
        sys.stdout.write(encode(found) + "\n")
        return 0
    for table in kept:
        sys.stdout.write(_line(table) + "\n")
    if not kept:
        days = current(db)
        sys.stdout.write(f"none of its own; computes by {days.version}, {days.since} to {days.until}\n")
    return 0


def _line(table: WorkingDayTable) -> str:
    return (
        f"{table.version}  {table.since} to {table.until}  {table.issued_at:%Y-%m-%dT%H:%MZ}  "
        f"{table.by}: {table.reason}  [{table.source}]"
    )


def _set(db: Connection, given: argparse.Namespace) -> int:
    from deadlines.working_days import WrongTable  # noqa: PLC0415 - see _show
    from hall.calendar import set_calendar  # noqa: PLC0415
    from hall.database import now  # noqa: PLC0415
    from hall.dates import tell_after_calendar  # noqa: PLC0415

    try:
        made = set_calendar(db, _wanted(db, given))
    except WrongTable as wrong:
        sys.stderr.write(f"not taken: {wrong.mistake.value} {wrong.day}\n")
        return 1
    except (ValueError, KeyError, OSError) as error:
        sys.stderr.write(f"not taken: {error}\n")
        return 1
    again = tell_after_calendar(db, now())
    sys.stdout.write(_line(made) + "\n")
    if again:
        sys.stdout.write(f"{again} cases were beyond the table before and have been computed again\n")
    return 0


def _wanted(db: Connection, given: argparse.Namespace) -> Any:
    from hall.calendar import CalendarChange, current  # noqa: PLC0415 - see _show

    days = dict.fromkeys(given.off, False) | dict.fromkeys(given.work, True)
    change = CalendarChange(given.source, given.until or current(db).until, days, given.by, given.reason)
    return replace(change, **_from_file(given.file)) if given.file is not None else change


def _from_file(file: Path) -> dict[str, Any]:
    said = json.loads(file.read_text(encoding="utf-8"))
    days = {
        date.fromisoformat(day): works for key, works in (("off", False), ("work", True)) for day in said[key]
    }
    return {"source": said["source"], "until": date.fromisoformat(said["until"]), "days": days}
