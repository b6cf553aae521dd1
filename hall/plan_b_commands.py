"""The hall's commands for stations that are alone: sticks, and how long they may be.

python -m hall stick import --database hall.db FILE... --receipts OUT       takes the parts of one stick
python -m hall staleness    --database hall.db [--set STAGE SILENT_HOURS PENDING OLDEST_HOURS]...
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from hall.engines import sqlite_file
from wire.codec import encode
from wire.parcel import Parcel
from wire.staleness import Limits

Commands = Any  # argparse does not export the type of what add_subparsers gives
CATALOGUE = Path(__file__).parents[1] / "resources" / "catalogue"


def add_to(commands: Commands) -> None:
    """Add the commands to the hall's parser."""
    stick = commands.add_parser("stick", help="batches of a station without network, as files")
    taken = stick.add_subparsers(dest="stick", required=True).add_parser(
        "import", help="take the parts of one stick and write the receipts for its station"
    )
    taken.add_argument("files", nargs="+", type=Path, metavar="FILE")
    taken.add_argument("--receipts", required=True, type=Path, metavar="OUT")
    taken.add_argument("--catalogue", type=Path, default=CATALOGUE)
    taken.add_argument(
        "--files",
        dest="folder",
        type=Path,
        help="folder of releases and scans; beside a SQLite hall by default",
    )
    taken.add_argument(
        "--blobs", default="", metavar="URL", help="s3://bucket/prefix for scans, as of `serve`"
    )
    limits = commands.add_parser("staleness", help="how long stations may go on without the hall")
    limits.add_argument(
        "--set",
        dest="stages",
        nargs=4,
        action="append",
        default=[],
        metavar=("STAGE", "SILENT_HOURS", "PENDING", "OLDEST_HOURS"),
        help="warn, high_risk or restrict, and its limits; 0 is no limit",
    )
    for command in (taken, limits):
        command.add_argument("--database", required=True, metavar="FILE|URL")


def take(engine: Engine, given: argparse.Namespace) -> int:
    """Take a stick; 0 when it was taken, 1 when it was not and why is said, 2 when the command makes no sense."""
    from catalogue.load import load_catalogue  # noqa: PLC0415 - the other commands answer at once
    from hall.acceptance import Gate  # noqa: PLC0415
    from hall.blobs import open_room  # noqa: PLC0415
    from hall.stick import StickRefused, take_stick  # noqa: PLC0415
    from hall.stick_scans import keeper  # noqa: PLC0415
    from wire.stick import StickBroken  # noqa: PLC0415

    beside = sqlite_file(given.database)
    folder = given.folder or (beside.parent if beside else None)
    if folder is None:
        sys.stderr.write("--files is needed: a hall on PostgreSQL has no folder of its own\n")
        return 2
    gate = Gate(load_catalogue(given.catalogue), folder / "releases")
    try:
        files = [path.read_bytes() for path in given.files]
        room = open_room(folder / "blobs", given.blobs)
        receipts = take_stick(engine, files, gate, keeper(engine, room), partial(_lay_aside, engine))
        given.receipts.write_bytes(receipts)
    except (StickBroken, StickRefused) as refused:
        sys.stderr.write(f"not taken: {refused.code}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"not taken: {type(error).__name__}\n")
        return 1
    sys.stdout.write(f"{given.receipts}\n")
    return 0


def _lay_aside(engine: Engine, parcel: Parcel) -> None:
    """What a device that was shut out still held waits for a person (`python -m hall salvage`)."""
    from hall.salvage import SalvageRefused, lay_aside  # noqa: PLC0415 - see take

    try:
        with engine.begin() as db:
            laid = lay_aside(db, parcel)
    except SalvageRefused as refused:
        sys.stderr.write(f"not laid aside: {refused.code}\n")
        return
    sys.stdout.write(f"laid aside: {laid}\n")


def staleness(db: Connection, given: argparse.Namespace) -> int:
    """Show or change the limits."""
    from hall import staleness as limits  # noqa: PLC0415 - see take

    wanted = limits.staleness(db)
    try:
        for stage, silent, pending, oldest in given.stages:
            if stage not in {"warn", "high_risk", "restrict"}:
                raise ValueError(f"no such stage: {stage}")
            said = Limits(float(silent), int(pending), float(oldest))
            wanted = replace(wanted, **{stage: said})  # type: ignore[arg-type]
        if given.stages:
            wanted = limits.set_staleness(db, wanted)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(encode(wanted) + "\n")
    return 0
