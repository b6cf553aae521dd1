"""The hall's commands about devices: its authority, invitations, confirmation, revocation, and what a revoked one still held.

python -m hall ca new    --ca DIR --name hall.example [--ip 10.0.0.5]            a root for just these names, key file 0600
python -m hall ca issue  --ca DIR --name hall.example [--ip …] --out DIR [--days 7]    DIR/server.pem for serve --tls-cert
python -m hall ca renew  --ca DIR --out DIR [--days 7]       anew once two thirds of its life are over, for a timer
python -m hall enrol     --database hall.db --station 440104 [--url https://hall.example:8443]   invitation, one line
python -m hall devices   --database hall.db [--json]         each device: state, fingerprint to compare
python -m hall confirm   --database hall.db --device ID --by NAME    the fingerprints are the same: let it in
python -m hall revoke    --database hall.db --device ID
python -m hall salvage import FILE | list | take | drop --database hall.db …
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from hall.database import now
from hall.devices import DeviceUnknown, address, confirm, in_fours, list_devices, revoke
from hall.engines import sqlite_file
from hall.enrolment import new_code
from wire.authority import SERVER_DAYS, AuthorityRefused, Names, is_due, issue, names_of, new_authority
from wire.codec import Malformed, encode
from wire.invitation import Invitation, certificates, fingerprint, write_invitation
from wire.parcel import read_parcels

Commands = Any  # argparse does not export the type of what add_subparsers gives


def add_to(commands: Commands) -> None:
    """Add the commands to the hall's parser."""
    for name in ("enrol", "enrol-code"):
        code = commands.add_parser(name, help="invite a station: a one-time code, good for 24 hours")
        code.add_argument("--station", required=True)
        code.add_argument(
            "--url", default="", help="where the station reaches the hall; else what serve was told"
        )
    listed = commands.add_parser("devices", help="each device with its state and the fingerprint to compare")
    listed.add_argument("--json", action="store_true", help="one JSON object a line")
    let_in = commands.add_parser("confirm", help="both sides show the same fingerprint: let the device in")
    let_in.add_argument("--device", required=True)
    let_in.add_argument("--by", default=getpass.getuser(), help="who compared; else the user of this machine")
    shut = commands.add_parser("revoke", help="shut a device out")
    shut.add_argument("--device", required=True)
    _add_salvage(commands.add_parser("salvage", help="events that a device held when it was shut out"))
    for command in (commands.choices["enrol"], commands.choices["enrol-code"], listed, let_in, shut):
        command.add_argument("--database", required=True, metavar="FILE|URL")
    _add_ca(commands.add_parser("ca", help="the hall's own certificate authority"))


def _add_ca(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="ca_verb", required=True)
    made = kinds.add_parser("new", help="make a root for the hall's names")
    given = kinds.add_parser("issue", help="make a certificate for the server")
    again = kinds.add_parser("renew", help="make it anew when two thirds of its life are over")
    for command in (made, given, again):
        command.add_argument("--ca", type=Path, required=True, metavar="DIR", help="ca.key and ca.pem")
    for command in (made, given):
        command.add_argument("--name", action="append", default=[], help="DNS name; may be given again")
        command.add_argument("--ip", action="append", default=[], help="IP address; may be given again")
    for command in (given, again):
        command.add_argument("--out", type=Path, required=True, metavar="DIR", help="gets server.pem")
        command.add_argument("--days", type=float, default=SERVER_DAYS)


def _add_salvage(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="salvage_verb", required=True)
    brought = kinds.add_parser("import", help="check parcels of a revoked device and lay their events aside")
    brought.add_argument("file", type=Path)
    listed = kinds.add_parser("list", help="what waits: ids, kinds, times, no person")
    listed.add_argument("--all", action="store_true", help="what was taken and dropped too")
    listed.add_argument("--json", action="store_true", help="one JSON object a line")
    taken = kinds.add_parser("take", help="let the hall take events as if they had been pushed")
    taken.add_argument("--late", action="store_true", help="also what was signed after the revocation")
    taken.add_argument("--files", type=Path, help="folder of releases, as for serve")
    taken.add_argument(
        "--catalogue", type=Path, default=Path(__file__).parents[1] / "resources" / "catalogue"
    )
    dropped = kinds.add_parser("drop", help="leave events out for good")
    for command in (taken, dropped):
        command.add_argument("--event", action="append", required=True, help="id; may be given again")
        command.add_argument("--reason", required=True)
        command.add_argument("--by", default=getpass.getuser())
    for command in (brought, listed, taken, dropped):
        command.add_argument("--database", required=True, metavar="FILE|URL")


def run_ca(given: argparse.Namespace) -> int:
    """Run a command of the authority, which needs no database; return the exit code."""
    try:
        if given.ca_verb == "new":
            pem = new_authority(given.ca, Names(tuple(given.name), tuple(given.ip)), now())
            (der,) = certificates(pem)
            _say(f"{given.ca / 'ca.pem'} {fingerprint(der)}")
            return 0
        if given.ca_verb == "renew":
            certificate = given.out / "server.pem"
            names = names_of(certificate)
            if not is_due(certificate, now()):
                _say("not due")
                return 0
        else:
            names = Names(tuple(given.name), tuple(given.ip))
        until = issue(given.ca, names, given.out, now(), timedelta(days=given.days))
    except (AuthorityRefused, ValueError) as refused:
        _complain(str(refused))
        return 1
    _say(f"{given.out / 'server.pem'} until {until.isoformat()}")
    return 0


def run(db: Connection, given: argparse.Namespace) -> int:
    """Run one of COMMANDS inside a transaction; return the exit code."""
    try:
        return COMMANDS[given.command](db, given)
    except DeviceUnknown as unknown:
        _complain(f"no device {unknown}")
        return 1


def _invite(db: Connection, given: argparse.Namespace) -> int:
    pem, kept_url = address(db)
    url, code = (given.url or kept_url).rstrip("/"), new_code(db, given.station)
    # During a change of authority the newest stands last: it is what the station will need the longest.
    ca = fingerprint(certificates(pem)[-1]) if pem else ""
    if url:
        _say(write_invitation(Invitation(url, code, ca)))
    else:
        _say(f"{code}-{ca}" if ca else code)
    return 0


def _list(db: Connection, given: argparse.Namespace) -> int:
    for device in list_devices(db):
        _say(encode(device) if given.json else "  ".join(value or "-" for value in device.values()))
    return 0


def _confirm(db: Connection, given: argparse.Namespace) -> int:
    confirm(db, given.device, given.by)
    _say(f"{given.device} confirmed; its fingerprint at the enrolment was {in_fours(given.device)}")
    return 0


def _revoke(db: Connection, given: argparse.Namespace) -> int:
    revoke(db, given.device)
    return 0


COMMANDS: Mapping[str, Callable[[Connection, argparse.Namespace], int]] = {
    "enrol": _invite,
    "enrol-code": _invite,
    "devices": _list,
    "confirm": _confirm,
    "revoke": _revoke,
}


def run_salvage(engine: Engine, given: argparse.Namespace) -> int:
    """Run a command of the salvage; return the exit code."""
    from hall.salvage import SalvageRefused, drop, laid_aside  # noqa: PLC0415 - it brings the whole intake

    try:
        if given.salvage_verb == "import":
            return _import(engine, given.file)
        if given.salvage_verb == "take":
            return _take(engine, given)
        with engine.begin() as db:
            if given.salvage_verb == "drop":
                drop(db, given.event, given.by, given.reason)
                return 0
            for event in laid_aside(db, "" if given.all else "waiting"):
                _say(encode(event) if given.json else "  ".join(value or "-" for value in event.values()))
    except SalvageRefused as refused:
        _complain(f"refused: {refused.code}")
        return 1
    return 0


def _import(engine: Engine, file: Path) -> int:
    from hall.salvage import lay_aside  # noqa: PLC0415 - see run_salvage

    try:
        parcels = read_parcels(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, Malformed) as error:
        _complain(f"not imported: {type(error).__name__}")
        return 1
    with engine.begin() as db:
        laid = [lay_aside(db, parcel) for parcel in parcels]
    for each in laid:
        _say(f"{each.device} waiting={each.waiting} known={each.known} refused={len(each.refused)}")
        for event, code in each.refused:
            _say(f"{event} {code}")
    return 1 if any(each.refused for each in laid) else 0


def _take(engine: Engine, given: argparse.Namespace) -> int:
    from catalogue.load import load_catalogue  # noqa: PLC0415 - see run_salvage
    from hall.acceptance import Gate  # noqa: PLC0415
    from hall.salvage import take  # noqa: PLC0415

    beside = sqlite_file(given.database)
    files = given.files or (beside.parent if beside else None)
    if files is None:
        _complain("--files is needed: a hall on PostgreSQL has no folder of its own")
        return 2
    gate = Gate(load_catalogue(given.catalogue), files / "releases")
    told = take(engine, gate, given.event, given.by, given.reason, late=given.late)
    for event, result in told:
        _say(f"{event} {result}")
    return 0 if all(result.startswith(("applied", "duplicate")) for _, result in told) else 1


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _complain(line: str) -> None:
    sys.stderr.write(line + "\n")
