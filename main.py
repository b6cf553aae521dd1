"""The workstation: the window by default; card commands for scripts."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from workstation import process
from workstation.settings import Settings


def _add_store_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser], prog: str) -> None:
    """Add what is done with the encrypted store without the window."""
    audit = commands.add_parser("audit", help="the audit chain").add_subparsers(
        dest="verb", required=True, prog=f"{prog} audit"
    )
    verify = audit.add_parser("verify", help="name every place where somebody has changed the chain")
    verify.add_argument("--json", action="store_true")
    verify.add_argument(
        "--stamps", type=Path, metavar="FILE", help="stamps as `python -m hall stamps` lists them"
    )
    verify.add_argument("--offline", action="store_true", help="do not ask the hall for its stamps")
    export = audit.add_parser("export", help="write the chain as JSON Lines, with the hall's stamps")
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    purge = commands.add_parser("purge", help="destroy what is kept no longer")
    how = purge.add_mutually_exclusive_group()
    how.add_argument("--dry-run", action="store_true", help="say what would go (the default)")
    how.add_argument("--now", action="store_true", help="do it, and say what went")
    how.add_argument("--reports", action="store_true", help="say what went before")
    purge.add_argument("--json", action="store_true")
    own = commands.add_parser("key", help="the device's own key").add_subparsers(
        dest="verb", required=True, prog=f"{prog} key"
    )
    rotate = own.add_parser("rotate", help="change it now, or finish a change that was broken off")
    parcel = own.add_parser("parcel", help="sign what was not sent yet, for `python -m hall salvage import`")
    parcel.add_argument("--out", type=Path, required=True, metavar="FILE")
    again = commands.add_parser(
        "enrol-again", help="new place at the hall for a station whose disk was copied or put back"
    )
    again.add_argument("code", help="one-time code of the hall")
    written, taken = _stick_parsers(commands, prog)
    for verb in (verify, export, purge, rotate, parcel, again, written, taken):
        verb.add_argument(
            "--data", type=Path, default=argparse.SUPPRESS, help="folder of the encrypted store"
        )
        verb.add_argument(
            "--passphrase-file",
            type=Path,
            help="file with the passphrase of the store, where no keyring has the key",
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py", description="一窗工作站: the one-window workstation")
    parser.add_argument("--data", type=Path, default=_default_data(), help="folder of the encrypted store")
    parser.add_argument("--prints", type=Path, help="folder for sheets when there is no printer queue")
    parser.add_argument("--queue", help="CUPS queue to print on")
    parser.add_argument(
        "--print-server",
        default="",
        metavar="SOCKET|HOST:PORT",
        help="the print service of the queue; without it what CUPS_SERVER names, or the system's own",
    )
    parser.add_argument(
        "--roll", default="", metavar="HOST[:PORT]", help="thermal printer for tickets and pick-up slips"
    )
    parser.add_argument("--hall", default="", metavar="URL", help="hall offered on the enrolment page")
    parser.add_argument("--code", default="", help="one-time code offered on the enrolment page")
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    parser.add_argument(
        "--no-keyring", action="store_true", help="keep the key by passphrase even if a keyring is there"
    )
    parser.add_argument(
        "--calendar",
        type=Path,
        help="working days after the table that comes along (JSON: source, until, off, work)",
    )
    parser.add_argument(
        "--correction-days",
        type=int,
        default=30,
        metavar="N",
        help="natural days for a correction where the item has no limit of its own",
    )
    parser.add_argument(
        "--card-timeout", type=float, default=8.0, metavar="S", help="seconds until a hung card is given up"
    )
    parser.add_argument(
        "--card-keys",
        choices=("none", "hall"),
        default="none",
        help="let the hall's key server prove that cards are genuine, and open 3.0 cards",
    )
    parser.add_argument(
        "--card-trace",
        action="store_true",
        help="log each command to a card and each answer, shortened: no PIN, no name, no number",
    )
    parser.add_argument("--psam-reader", metavar="NAME", help="reader that holds a PSAM, which does the same")
    parser.add_argument(
        "--id-reader",
        metavar="PORT",
        help="serial port of a SAM module, for identity cards and their relatives",
    )
    parser.add_argument(
        "--scanner",
        metavar="PORT",
        help="serial port of a code scanner; one that types as a keyboard needs none",
    )
    parser.add_argument(
        "--key-cipher",
        choices=("aes-256-gcm", "sm4-gcm"),
        default="aes-256-gcm",
        help="what wraps the key of a new store under its passphrase",
    )
    parser.add_argument(
        "--reveal-seconds", type=int, default=20, metavar="S", help="how long a revealed value stays in clear"
    )
    parser.add_argument(
        "--evaluation-seconds",
        type=int,
        default=60,
        metavar="S",
        help="how long the citizen's window waits for a touch; 0: nobody is asked here",
    )
    parser.add_argument(
        "--operator-reader", metavar="NAME", help="reader of the operator's own card, the second factor"
    )
    parser.add_argument(
        "--idle-lock", type=int, default=300, metavar="S", help="seconds without key or mouse until the lock"
    )
    parser.add_argument(
        "--idle-warning",
        type=int,
        default=30,
        metavar="S",
        help="seconds before that it is said, at least 30",
    )
    parser.add_argument(
        "--audit-warn-hours",
        type=float,
        default=24.0,
        metavar="H",
        help="warn when audit entries have waited so long for the hall's stamp",
    )
    parser.add_argument(
        "--audit-stop-hours",
        type=float,
        default=0.0,
        metavar="H",
        help="and file nothing any more after so long; 0 never stops the counter",
    )
    parser.add_argument(
        "--hall-roots",
        choices=("hall", "system"),
        default="hall",
        help="who may vouch for the hall: its own authority alone, or what this machine trusts as well",
    )
    parser.add_argument(
        "--key-days", type=float, default=90.0, metavar="D", help="change the device key so often; 0 never"
    )
    parser.add_argument(
        "--scan-kilobytes",
        type=int,
        default=0,
        metavar="N",
        help="kilobytes a second of the line that scans may take on their way to the hall; 0 for all of it",
    )
    commands = parser.add_subparsers(dest="command", prog=parser.prog)
    # With its name given argparse need not lay out a usage line, which would load what the window does not need.
    verbs = commands.add_parser("card", help="cards, for scripts").add_subparsers(
        dest="verb", required=True, prog=f"{parser.prog} card"
    )
    listing = verbs.add_parser("list", help="each reader with what it sees")
    read = verbs.add_parser("read", help="read a card and print it, masked")
    read.add_argument(
        "--pin-file", type=Path, help="file with the holder's PIN; where the holder lives is read too"
    )
    read.add_argument(
        "--id-reader",
        metavar="PORT",
        default=argparse.SUPPRESS,
        help="read an identity card on the SAM module at this serial port",
    )
    watch = verbs.add_parser("watch", help="a line whenever something comes or goes")
    simulate = verbs.add_parser("simulate", help="put a virtual card into a vpcd reader")
    simulate.add_argument("file", nargs="?", help="a card file, or the name of one that comes along")
    simulate.add_argument("--port", type=int, default=35963, help="port of the reader on 127.0.0.1")
    _add_store_commands(commands, parser.prog)
    for verb in (listing, watch, read):
        verb.add_argument("--reader", metavar="R", help="only this reader, named as `card list` does")
        verb.add_argument("--json", action="store_true", help="one JSON object a line")
    doctor = commands.add_parser(
        "doctor", help="card service, readers, one timed read: what is wrong, and the remedy"
    )
    doctor.add_argument("--json", action="store_true")
    doctor.add_argument("--keep", action="store_true", help="write the redacted bundle for support as well")
    names = commands.add_parser(
        "algorithms", help="both sets: what is offered here, and whether it gives the published answers"
    )
    names.add_argument("--json", action="store_true")
    return parser


def _stick_parsers(commands: Any, prog: str) -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    stick = commands.add_parser(
        "stick", help="the queue as files, for a station without network"
    ).add_subparsers(dest="verb", required=True, prog=f"{prog} stick")
    written = stick.add_parser("export", help="write everything that waits, sealed for the hall")
    written.add_argument("folder", type=Path, metavar="FOLDER")
    taken = stick.add_parser("import", help="take the hall's receipts")
    taken.add_argument("file", type=Path, metavar="FILE")
    for verb in (written, taken):
        verb.add_argument("--json", action="store_true")
    return written, taken


def _default_data() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "one-window"


def main(arguments: list[str] | None = None) -> int:  # noqa: PLR0911 - one line a command
    """Run a command; returns the exit code."""
    given = _parser().parse_args(arguments)
    process.close_off()
    settings = Settings(
        data=given.data,
        prints=given.prints or given.data / "prints",
        queue=given.queue,
        print_server=given.print_server,
        roll=given.roll,
        hall_url=given.hall,
        enrol_code=given.code,
        language=given.language,
        keyring=not given.no_keyring,
        calendar=given.calendar,
        correction_days=given.correction_days,
        card_timeout_s=given.card_timeout,
        card_keys=given.card_keys,
        card_trace=given.card_trace,
        psam_reader=given.psam_reader,
        id_reader=given.id_reader,
        scanner=given.scanner,
        key_cipher=given.key_cipher,
        reveal_s=min(max(given.reveal_seconds, 3), 120),
        evaluation_s=max(given.evaluation_seconds, 0),
        operator_reader=given.operator_reader,
        idle_lock_s=given.idle_lock,
        idle_warning_s=given.idle_warning,
        scan_bytes_per_s=given.scan_kilobytes * 1000,
        audit_warn_hours=given.audit_warn_hours,
        audit_stop_hours=given.audit_stop_hours,
        hall_roots=given.hall_roots,
        key_days=given.key_days,
    )
    if given.card_trace and given.command is not None:
        from workstation import logs  # noqa: PLC0415 - as below

        logs.to_terminal()
        logs.trace_cards()
    # Each command imports only what it needs: the window must not wait for the others.
    if given.command == "card":
        from workstation.cardreader import cli, simulate  # noqa: PLC0415

        if given.verb == "list":
            return cli.list_readers(as_json=given.json, reader=given.reader)
        if given.verb == "watch":
            return cli.watch(as_json=given.json, reader=given.reader)
        if given.verb == "simulate":
            return simulate.run(given.file, port=given.port)
        if given.id_reader:
            return cli.read_document(as_json=given.json, port=given.id_reader)
        return cli.read(
            as_json=given.json,
            timeout_s=given.card_timeout,
            reader=given.reader,
            pin_file=given.pin_file,
            psam_reader=given.psam_reader,
        )
    if given.command in ("audit", "purge", "key", "enrol-again", "stick"):
        return _without_window(given, settings)
    if given.command == "doctor":
        from workstation.cardreader import doctor  # noqa: PLC0415

        return doctor.run(
            as_json=given.json,
            timeout_s=given.card_timeout,
            psam_reader=given.psam_reader,
            book=settings.diagnosis,
            log=settings.log,
            keep=given.keep,
        )
    if given.command == "algorithms":
        from workstation.security import algorithms  # noqa: PLC0415

        return algorithms.run(as_json=given.json)
    from workstation import bootstrap  # noqa: PLC0415

    return bootstrap.run(settings)


def _without_window(given: argparse.Namespace, settings: Settings) -> int:
    """The commands of auditors and administrators on the store."""
    commands = {
        "audit": _audit,
        "key": _key,
        "enrol-again": _enrol_again,
        "stick": _stick,
        "purge": _purge,
    }
    return commands[given.command](given, settings)


def _audit(given: argparse.Namespace, settings: Settings) -> int:
    from workstation.commands import audit  # noqa: PLC0415

    if given.verb == "export":
        return audit.export(settings, given.passphrase_file, given.out)
    return audit.verify(
        settings, given.passphrase_file, stamps=given.stamps, offline=given.offline, as_json=given.json
    )


def _key(given: argparse.Namespace, settings: Settings) -> int:
    from workstation.commands import device_key  # noqa: PLC0415

    if given.verb == "parcel":
        return device_key.parcel(settings, given.passphrase_file, given.out)
    return device_key.rotate(settings, given.passphrase_file)


def _enrol_again(given: argparse.Namespace, settings: Settings) -> int:
    from workstation.commands import enrol_again  # noqa: PLC0415

    return enrol_again.run(settings, given.passphrase_file, given.code)


def _stick(given: argparse.Namespace, settings: Settings) -> int:
    from workstation.commands import stick  # noqa: PLC0415

    if given.verb == "export":
        return stick.export(settings, given.passphrase_file, given.folder, as_json=given.json)
    return stick.take(settings, given.passphrase_file, given.file, as_json=given.json)


def _purge(given: argparse.Namespace, settings: Settings) -> int:
    from workstation.commands import purge  # noqa: PLC0415

    return purge.run(
        settings, given.passphrase_file, now=given.now, reports=given.reports, as_json=given.json
    )


if __name__ == "__main__":
    sys.exit(main())
