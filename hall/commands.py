"""The hall's commands about look-ups: grants, registers and their keys, alarms, what the watch knows of its people.

python -m hall grant list      --database hall.db [--item ITEM]
python -m hall grant give      --database hall.db --item ITEM --service SERVICE [--days 365]
python -m hall grant withdraw  --database hall.db --number NUMBER
python -m hall registers       --database hall.db [--hours 24] [--json]      times, outcomes, circuit of each
python -m hall register-key    --database hall.db --service SERVICE [--key KEY]      without a key: takes it away
python -m hall alarms          --database hall.db [--station CODE] [--json]
python -m hall scan-looks      --database hall.db [--case CASE]      which office opened another one's scans
python -m hall staff-record    --database hall.db --station CODE --login LOGIN      name, number, address on stdin
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete

from hall.database import now
from hall.figures import figures
from hall.grants import GrantUnknown, ServiceUnknown, all_grants, give, withdraw
from hall.registries import REGISTERS
from hall.shared_scans import looks_of
from hall.tables import register_keys
from hall.upsert import upsert
from hall.watch import remember, told
from wire.codec import encode
from wire.keys import unb64

GRANT_DAYS = 365
Commands = Any  # argparse does not export the type of what add_subparsers gives


def add_to(commands: Commands) -> None:
    """Add the commands to the hall's parser."""
    grant = commands.add_parser("grant", help="which item may ask which register, and until when")
    kinds = grant.add_subparsers(dest="grant", required=True)
    listed = kinds.add_parser("list", help="show grants with number, expiry and state")
    listed.add_argument("--item", default="")
    given = kinds.add_parser("give", help="let an item ask a register")
    given.add_argument("--item", required=True)
    given.add_argument("--service", required=True)
    given.add_argument("--days", type=int, default=GRANT_DAYS)
    ended = kinds.add_parser("withdraw", help="end a grant at once")
    ended.add_argument("--number", required=True)
    registers = commands.add_parser("registers", help="response times, outcomes and circuit of each register")
    registers.add_argument("--hours", type=float, default=24.0)
    key = commands.add_parser("register-key", help="set or take away the key with which a register signs")
    key.add_argument("--service", required=True, choices=sorted(REGISTERS))
    key.add_argument("--key", help="Ed25519 public key, base64url; absent: the register signs nothing")
    alarms = commands.add_parser("alarms", help="look-ups that an auditor should look at")
    alarms.add_argument("--station", default="")
    looks = commands.add_parser("scan-looks", help="who opened the scans of another office, by case")
    looks.add_argument("--case", default="")
    record = commands.add_parser("staff-record", help="keyed hashes of a person's own record, for the watch")
    record.add_argument("--station", required=True)
    record.add_argument("--login", required=True)
    for command in (registers, alarms):
        command.add_argument("--json", action="store_true", help="one JSON object a line")
    for command in (listed, given, ended, registers, key, alarms, looks, record):
        command.add_argument("--database", required=True, metavar="FILE|URL")


def run(db: Connection, given: argparse.Namespace) -> int:
    """Run one of them inside a transaction; return the exit code."""
    return COMMANDS[given.command](db, given)


def _grant(db: Connection, given: argparse.Namespace) -> int:
    try:
        if given.grant == "give":
            made = give(db, given.item, given.service, timedelta(days=given.days))
            _say(f"{made.number} {made.item} {made.service} until {made.expires_at}")
        elif given.grant == "withdraw":
            withdraw(db, given.number)
        else:
            at = now()
            for grant in all_grants(db, given.item):
                row = f"{grant.number}  {grant.expires_at[:10]}  {grant.state(at):9}  {grant.item:32} {grant.service}"
                _say(row)
    except (ServiceUnknown, GrantUnknown) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    return 0


def _registers(db: Connection, given: argparse.Namespace) -> int:
    made = figures(db, now(), timedelta(hours=given.hours))
    if given.json:
        for each in made:
            _say(encode(each))
        return 0
    _say(
        f"{'service':28} {'asked':>5} {'p50 ms':>7} {'p95 ms':>7}  {'signs':5} {'circuit':30} outcomes; troubles"
    )
    for each in made:
        # Past its time it stays open until somebody's look-up has tried and found it back.
        circuit = f"open until {each.retry_at[:19]}Z" if each.retry_at else "closed"
        p50, p95 = ("-" if ms is None else str(ms) for ms in (each.p50_ms, each.p95_ms))
        signs = "yes" if each.signs else "no"
        row = f"{each.service:28} {each.asked:5} {p50:>7} {p95:>7}  {signs:5} {circuit:30} {_counts(each.outcomes)}"
        _say(row + (f"; {_counts(each.troubles)}" if each.troubles else ""))
    return 0


def _register_key(db: Connection, given: argparse.Namespace) -> int:
    if given.key is None:
        db.execute(delete(register_keys).where(register_keys.c.service == given.service))
        return 0
    try:
        fits = len(unb64(given.key)) == 32
    except ValueError:
        fits = False
    if not fits:
        sys.stderr.write("a key is 32 bytes in base64url\n")
        return 1
    keep_key(db, given.service, given.key)
    return 0


def keep_key(db: Connection, service: str, public_key: str) -> None:
    """Take a department's key in place of the one before."""
    upsert(db, register_keys, {"service": service, "public_key": public_key}, ["service"], ["public_key"])


def _alarms(db: Connection, given: argparse.Namespace) -> int:
    for alarm in told(db, given.station):
        if given.json:
            _say(encode(alarm))
        else:
            row = f"{alarm.at:%Y-%m-%d %H:%M:%SZ}  {alarm.station}  {alarm.clerk:16} {alarm.kind:9} {alarm.count:5}"
            _say(f"{row}  {alarm.service:28} {alarm.case}")
    return 0


def _scan_looks(db: Connection, given: argparse.Namespace) -> int:
    for at, look in looks_of(db, given.case):
        _say(f"{at[:19]}Z  {look.station}  {look.clerk:16} {look.case}  {look.sha256}")
    return 0


def _staff_record(db: Connection, given: argparse.Namespace) -> int:
    # Not as arguments: those of a running program can be read by everybody on the machine.
    lines = [line.strip() for line in sys.stdin.read().splitlines()]
    if len(lines) != 3:
        sys.stderr.write("three lines are wanted: name, identity number, address; one may be empty\n")
        return 1
    if not remember(db, given.station, given.login, *lines):
        sys.stderr.write("no such account\n")
        return 1
    return 0


def _counts(counted: Mapping[str, int]) -> str:
    return " ".join(f"{name}={number}" for name, number in sorted(counted.items()))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


COMMANDS: Mapping[str, Callable[[Connection, argparse.Namespace], int]] = {
    "grant": _grant,
    "registers": _registers,
    "register-key": _register_key,
    "alarms": _alarms,
    "scan-looks": _scan_looks,
    "staff-record": _staff_record,
}
