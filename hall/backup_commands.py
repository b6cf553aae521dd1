"""The hall's commands about copies of everything that it holds.

python -m hall backup  --database hall.db|URL [--files FOLDER] DIR    while it serves: database, scans, releases, a signed list
python -m hall new-epoch --database URL                               the database was set back by other means (base backup and log)
python -m hall restore --database new.db|URL [--files FOLDER] DIR     into an empty place, under a new epoch
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from hall.database import open_database

COMMANDS = frozenset({"backup", "restore", "new-epoch"})
Commands = Any  # argparse does not export the type of what add_subparsers gives


def add_to(commands: Commands) -> None:
    """Add the commands to the hall's parser."""
    saved = commands.add_parser(
        "backup", help="write database, scans and releases into a new folder, checked"
    )
    taken = commands.add_parser("restore", help="take a backup back into an empty place, under a new epoch")
    renewed = commands.add_parser(
        "new-epoch",
        help="after the database was set back by other means: stations tell again what is missing",
    )
    for command in (saved, taken, renewed):
        command.add_argument("--database", required=True, metavar="FILE|URL")
    for command in (saved, taken):
        command.add_argument("folder", type=Path)
        command.add_argument("--files", type=Path, help="folder of releases and scans; beside a SQLite hall")


def run(given: argparse.Namespace) -> int:
    """Run one of them; return the exit code."""
    from hall.backup import BackupRefused, back_up, restore  # noqa: PLC0415 - the other commands answer at once

    if given.command == "new-epoch":
        return _new_epoch(given)
    try:
        if given.command == "restore":
            epoch = restore(given.folder, given.database, given.files)
            sys.stdout.write(f"restored, epoch {epoch}\n")
            # What the person at the keyboard wants to know: nothing has to be done at the counters.
            sys.stdout.write(
                "nothing has to be done at the counters: stations see the new epoch with their next request and send again "
                "what they hold receipts for and this hall does not have\n"
            )
            return 0
        engine = open_database(given.database)
        try:
            made = back_up(engine, given.files, given.folder)
        finally:
            engine.dispose()
    except BackupRefused as refused:
        sys.stderr.write(f"{given.command} refused: {refused}\n")
        return 1
    counts = " ".join(f"{name}={count}" for name, count in made.counts.items())
    sys.stdout.write(f"{given.folder} epoch={made.epoch} files={len(made.files)} {counts}\n")
    return 0


def _new_epoch(given: argparse.Namespace) -> int:
    from hall.epoch import renew_epoch  # noqa: PLC0415 - see run

    engine = open_database(given.database)
    try:
        with engine.begin() as db:
            sys.stdout.write(f"epoch {renew_epoch(db)}\n")
    finally:
        engine.dispose()
    return 0
