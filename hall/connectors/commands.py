"""The hall's commands about connectors.

python -m hall connector push   --database hall.db --department D --to URL [--name N] [--include NAMES] [--ca FILE]
python -m hall connector nats   --database hall.db --department D|all --to nats://HOST:PORT --stream NAME [--prefix P]
python -m hall connector list   --database hall.db [--json]      how each stands, and what a person must look at
python -m hall connector retry  --database hall.db --name N [--event ID]      parked events go out again
python -m hall connector drop   --database hall.db --name N --event ID        give a parked event up for ever
python -m hall connector key    --database hall.db      the key with which pushes are signed
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import Engine

from hall.connectors import shelf
from hall.connectors.exporter import Exporter
from hall.connectors.included import read_included
from hall.connectors.runner import Runner
from hall.database import hall_key, now
from wire.codec import encode
from wire.keys import b64, key_id, public_of

Commands = Any  # argparse does not export the type of what add_subparsers gives


def add_to(commands: Commands) -> list[argparse.ArgumentParser]:
    """Add the commands to the hall's parser; returned so that the caller can give all of them the database."""
    parent = commands.add_parser("connector", help="carry departments' feeds elsewhere")
    kinds = parent.add_subparsers(dest="connector", required=True)
    push = kinds.add_parser("push", help="post a department's events to its own endpoint, signed")
    push.add_argument("--ca", type=Path, help="certificates to trust for this endpoint")
    push.add_argument("--budget", type=float, default=10.0, help="seconds for one request")
    nats = kinds.add_parser("nats", help="publish events into a NATS JetStream stream")
    nats.add_argument("--stream", required=True)
    nats.add_argument("--prefix", default="onewindow", help="subjects are PREFIX.DEPARTMENT.KIND")
    nats.add_argument(
        "--window", type=float, default=3600.0, help="seconds in which the stream knows a message again"
    )
    for command in (push, nats):
        command.add_argument("--department", required=True)
        command.add_argument("--to", required=True, metavar="URL", help="or @FILE that holds it")
        command.add_argument("--name", help="of this connector; it keeps its place under its name")
        command.add_argument(
            "--include", default="", metavar="NAMES", help="what else goes out with an event"
        )
        command.add_argument("--lease", type=float, default=30.0, help="seconds until another may take over")
    listed = kinds.add_parser("list", help="how each stands, and what a person must look at")
    listed.add_argument("--json", action="store_true", help="one JSON object a line")
    again = kinds.add_parser("retry", help="let parked events go out again")
    again.add_argument("--event", help="only this one")
    given_up = kinds.add_parser("drop", help="give a parked event up for ever")
    given_up.add_argument("--event", required=True)
    for command in (again, given_up):
        command.add_argument("--name", required=True)
    key = kinds.add_parser("key", help="the public key with which pushes are signed")
    return [push, nats, listed, again, given_up, key]


def run(engine: Engine, given: argparse.Namespace) -> int:
    """Carry a command out; `push` and `nats` run until they are told to end."""
    if given.connector in {"push", "nats"}:
        return _carry(engine, given)
    try:
        return _ADMIN[given.connector](engine, given)
    except shelf.ConnectorUnknown as unknown:
        sys.stderr.write(f"not done: nothing parked there: {unknown}\n")
        return 1


def _carry(engine: Engine, given: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    name = given.name or f"{given.connector}-{given.department}"
    try:
        included = read_included(given.include)
        with engine.begin() as db:
            target = _target(given.to)
            shelf.add_connector(db, name, given.department, _without_user(target))
    except (ValueError, OSError, shelf.ConnectorUnknown) as error:
        sys.stderr.write(f"not started: {error}\n")
        return 2
    ended: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        ended.append(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    exporter = _exporter(engine, given, target)
    try:
        Runner(engine, name, exporter, included, given.lease).run(lambda: bool(ended))
    finally:
        exporter.close()
    return 0


def _exporter(engine: Engine, given: argparse.Namespace, target: str) -> Exporter:
    if given.connector == "push":
        from hall.connectors.push import PushExporter  # noqa: PLC0415 - the other commands answer at once

        with engine.begin() as db:
            private = hall_key(db)
        return PushExporter(
            target,
            private,
            budget_s=min(given.budget, given.lease / 4),  # the hold outlasts every request
            ca=str(given.ca) if given.ca else None,
        )
    from hall.connectors.jetstream import JetStreamExporter, StreamPlan  # noqa: PLC0415 - a heavy library

    return JetStreamExporter(target, StreamPlan(given.stream, given.prefix, given.window))


def _target(said: str) -> str:
    """Return the address; "@FILE" is read, because everybody on a machine sees the arguments of programs."""
    return Path(said[1:]).read_text(encoding="utf-8").strip() if said.startswith("@") else said


def _without_user(target: str) -> str:
    """Return the address as it may stand in a list: without name and password."""
    parts = urlsplit(target)
    if not parts.hostname:
        raise ValueError("no address of a machine")
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query=""))


def _list(engine: Engine, given: argparse.Namespace) -> int:
    with engine.begin() as db:
        standing, waiting = shelf.standings(db, now()), shelf.parked(db)
    if given.json:
        lines = [*({"connector": each} for each in standing), *({"parked": each} for each in waiting)]
        sys.stdout.write("".join(f"{encode(line)}\n" for line in lines))
        return 0
    for each in standing:
        state = "running" if each.running else "not running"
        trouble = f"{each.trouble} since {each.trouble_since}" if each.trouble else "no trouble"
        sys.stdout.write(
            f"{each.name}\t{each.department}\t{each.target}\t{state}\tdelivered {each.delivered}"
            f"\twaiting {each.waiting}\tparked {each.parked}\t{trouble}\n"
        )
    for parcel in waiting:
        sys.stdout.write(
            f"parked\t{parcel.connector}\t{parcel.event}\t{parcel.kind}\tcase {parcel.case}\t{parcel.code}"
            f"\ttries {parcel.tries}\t{parcel.behind} behind\n"
        )
    return 0


def _retry(engine: Engine, given: argparse.Namespace) -> int:
    with engine.begin() as db:
        count = shelf.retry(db, given.name, given.event, now())
    sys.stdout.write(f"{count} go out again\n")
    return 0


def _drop(engine: Engine, given: argparse.Namespace) -> int:
    with engine.begin() as db:
        shelf.drop(db, given.name, given.event)
    sys.stdout.write("given up\n")
    return 0


def _key(engine: Engine, _: argparse.Namespace) -> int:
    with engine.begin() as db:
        public = public_of(hall_key(db))
    sys.stdout.write(f"{key_id(public)} {b64(public)}\n")
    return 0


_ADMIN: dict[str, Callable[[Engine, argparse.Namespace], int]] = {
    "list": _list,
    "retry": _retry,
    "drop": _drop,
    "key": _key,
}
