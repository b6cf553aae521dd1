"""The hall's commands for whoever watches it.

python -m hall check     --database hall.db|URL [--files FOLDER] [--backups FOLDER] [--tls-cert FILE] [--settings FILE] [--json]
                         one line an alarm; exit 1 when there is one
python -m hall integrity --database hall.db|URL [--json]       does everything that is held fit together; exit 1 when not
python -m hall openapi   [--out FILE | --check FILE]           the published description of the API
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from hall.settings import Settings, read_settings

COMMANDS = frozenset({"check", "integrity"})
Commands = Any  # argparse does not export the type of what add_subparsers gives


def add_to(commands: Commands) -> None:
    """Add the commands to the hall's parser."""
    checked = commands.add_parser(
        "check", help="say what somebody should look at; exit 1 when there is something"
    )
    checked.add_argument("--files", type=Path, help="folder of releases and scans; beside a SQLite hall")
    checked.add_argument(
        "--backups", type=Path, help="where backups are kept: the newest must not be too old"
    )
    checked.add_argument("--tls-cert", type=Path, metavar="FILE", help="the certificate that stations see")
    checked.add_argument("--settings", type=Path, help="thresholds (hall/settings.py, watch)")
    whole = commands.add_parser("integrity", help="hold everything in the database together")
    for command in (checked, whole):
        command.add_argument("--database", required=True, metavar="FILE|URL")
        command.add_argument("--json", action="store_true", help="one JSON object a line")
    described = commands.add_parser("openapi", help="write the description of the API")
    described.add_argument("--out", type=Path, help="a file; else it goes to standard output")
    described.add_argument(
        "--check", type=Path, help="say whether a file is the description; exit 1 when not"
    )


def run(given: argparse.Namespace) -> int:
    """Run `check` or `integrity` on a database as it is; return the exit code."""
    from hall.engines import make_engine  # noqa: PLC0415 - the other commands answer at once
    from hall.integrity import faults  # noqa: PLC0415
    from hall.vitals import alarms  # noqa: PLC0415

    engine = make_engine(given.database)
    try:
        if given.command == "integrity":
            found = list(faults(engine))
            lines = [{"fault": each.code, "where": each.where} for each in found]
        else:
            settings = read_settings(given.settings) if given.settings else Settings()
            lines = [
                {"alarm": each.code, "value": each.value, "limit": each.limit}
                for each in alarms(engine, given.files, settings.watch, given.backups, given.tls_cert)
            ]
    finally:
        engine.dispose()
    for line in lines:
        said = json.dumps(line) if given.json else " ".join(str(value) for value in line.values())
        sys.stdout.write(said + "\n")
    if not lines and not given.json:
        sys.stdout.write("ok\n")
    return 1 if lines else 0


def run_openapi(given: argparse.Namespace) -> int:
    """Write the description, or hold a file against it."""
    from hall.published import published  # noqa: PLC0415 - heavy

    text = published()
    if given.check is not None:
        same = bool(given.check.read_text(encoding="utf-8") == text)
        if not same:
            sys.stderr.write(f"{given.check} is not what the code says: python -m hall openapi --out FILE\n")
        return 0 if same else 1
    if given.out is not None:
        given.out.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0
