"""The hall's commands.

python -m hall serve --database hall.db --port 8000 --departments http://127.0.0.1:9000 [--demo-code CODE --demo-token TOKEN]
python -m hall station --database hall.db --code 440104 --name 测试街道政务服务中心 [--level street]
    with --tls-cert FILE [--tls-key FILE] [--tls-ca FILE] [--public-url URL] under TLS 1.3, as a real hall must be
python -m hall ca | enrol | devices | confirm | revoke | salvage     about devices, see hall/device_commands.py
python -m hall staff add|remove|roles|passwd|card|list|policy …     see hall/staff_commands.py
python -m hall recover --database hall.db --device ID [--out FILE]   one-time code for a station that lost its key
python -m hall audit --database hall.db            audit chains that did not extend what was countersigned
python -m hall stamps --database hall.db --device ID   every stamp of a device, a line each, for main.py audit verify --stamps
python -m hall stick import --database hall.db FILE... --receipts OUT   a station without network, see hall/plan_b_commands.py
python -m hall calendar show --database hall.db     which days work, see hall/calendar_commands.py
python -m hall staleness --database hall.db        how long stations may go on alone, see hall/plan_b_commands.py
python -m hall reviews --database hall.db          bad reviews that wait, and their days, see hall/review_commands.py
python -m hall publish --database hall.db FILE     signs a release of the catalogue and gives it to stations
                       --database is a file, or a URL: postgresql+psycopg://hall@db.example/hall (with --files FOLDER)
python -m hall backup | restore      about copies of all of it, see hall/backup_commands.py
python -m hall check | integrity | openapi        is all well, does everything fit, what is the API; see hall/check_commands.py
python -m hall prune --database hall.db [--days 90]   lets go of what the feed told before that
python -m hall deem  --database hall.db            accepts what nobody spoke about in five working days; serve does it by itself
python -m hall migrate | feed-age     about the database, see hall/database_commands.py
python -m hall connector push|nats|list|retry|drop|key …  departments' feeds carried elsewhere, see hall/connectors/commands.py
python -m hall grant | registers | register-key | alarms | scan-looks | staff-record     about look-ups, see hall/commands.py
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from catalogue.model import Catalogue
from hall import (
    backup_commands,
    calendar_commands,
    check_commands,
    database_commands,
    device_commands,
    plan_b_commands,
    review_commands,
)
from hall import commands as lookup_commands
from hall.algorithms import SetRefused, choose_algorithms
from hall.connectors import commands as connector_commands
from hall.database import now, open_database
from hall.engines import alone, sqlite_file
from hall.enrolment import add_station
from hall.prune import CURSOR_DAYS, prune_feed
from hall.staff_commands import add_parsers, run
from wire.algorithms import SETS, offered

if TYPE_CHECKING:
    from hall.registries.breaker import BreakerState

CATALOGUE = Path(__file__).parents[1] / "resources" / "catalogue"
CODES = Path(__file__).parents[1] / "resources" / "hall" / "codes.json"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m hall", description="the reference hall")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="run the hall")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument(
        "--departments", required=True, metavar="URL", help="exchange platform of the departments"
    )
    serve.add_argument(
        "--carriers", default="", metavar="URL", help="those who carry results: URL/courier and URL/locker"
    )
    serve.add_argument("--catalogue", type=Path, default=CATALOGUE)
    serve.add_argument("--demo-code", help="seed a demo station that may enrol with this code")
    serve.add_argument("--demo-token", help="let simulated departments in with this token")
    serve.add_argument(
        "--card-keys",
        choices=("none", "test"),
        default="none",
        help="key server of citizen cards; test: published keys that open simulated cards, in a demo only",
    )
    serve.add_argument(
        "--electronic-cards", metavar="URL", help="verifier of electronic social security cards"
    )
    serve.add_argument(
        "--codes", type=Path, default=CODES, help="how the departments write what has a code here"
    )
    serve.add_argument(
        "--algorithms",
        choices=tuple(SETS),
        default="standard",
        help="the set that stations agree to at enrolment; guomi needs a provider of SM2, and none comes along",
    )
    serve.add_argument(
        "--blobs",
        default="",
        metavar="URL",
        help="s3://bucket/prefix for scans, its credentials from the environment; a folder by default",
    )
    serve.add_argument(
        "--settings", type=Path, help="pace of look-ups and limits of a person (hall/settings.py)"
    )
    serve.add_argument("--workers", type=int, default=1, help="server processes behind the port")
    serve.add_argument("--line", type=int, help=argparse.SUPPRESS)  # what a worker is given by its supervisor
    serve.add_argument(
        "--tls-cert", type=Path, metavar="FILE", help="server certificate, PEM: TLS 1.3 from then on"
    )
    serve.add_argument(
        "--tls-key", type=Path, metavar="FILE", help="its key, where it is not in the same file"
    )
    serve.add_argument(
        "--tls-ca",
        type=Path,
        metavar="FILE",
        help="certificates of the hall's authority, for stations to pin",
    )
    serve.add_argument(
        "--public-url", default="", metavar="URL", help="where stations see the hall, behind a proxy too"
    )
    serve.add_argument(
        "--metrics-port",
        type=int,
        default=0,
        help="figures for Prometheus at 127.0.0.1:PORT/metrics; 0: none",
    )
    serve.add_argument(
        "--timer-s",
        type=float,
        default=300.0,
        metavar="SECONDS",
        help="how often receipts are looked for that count as accepted, because nobody said anything in five days; 0: never",
    )
    station = commands.add_parser("station", help="make a station known")
    station.add_argument("--code", required=True)
    station.add_argument("--name", required=True)
    station.add_argument(
        "--level", choices=("province", "city", "district", "street", "community"), default="street"
    )
    back = commands.add_parser("recover", help="make a one-time code for a station that lost its key")
    back.add_argument("--device", required=True)
    back.add_argument("--out", type=Path, help="write the sealed key too, for a station without network")
    looked = commands.add_parser("audit", help="list audit chains that were cut back or rewritten")
    stamps = commands.add_parser("stamps", help="list the stamps on a device's audit chain")
    stamps.add_argument("--device", required=True)
    issue = commands.add_parser("publish", help="check, sign and give out a release of the catalogue")
    issue.add_argument("release", type=Path, help="made by python -m catalogue release")
    old = commands.add_parser("prune", help="let go of what the feed told long ago")
    old.add_argument("--days", type=int, default=CURSOR_DAYS, help=f"older than this; at least {CURSOR_DAYS}")
    silent = commands.add_parser("deem", help="accept what nobody spoke about in five working days, once")
    silent.add_argument("--catalogue", type=Path, default=CATALOGUE)
    silent.add_argument("--files", type=Path, help="folder of releases; beside a SQLite hall by default")
    people = commands.add_parser("staff", help="the people of the stations")
    carrying = connector_commands.add_to(commands)
    named = (serve, station, issue, back, looked, stamps, old, silent, *add_parsers(people), *carrying)
    for command in named:
        command.add_argument("--database", required=True, metavar="FILE|URL")
    for command in (serve, issue):
        command.add_argument(
            "--files",
            type=Path,
            help="folder of releases and scans; beside the file of a SQLite hall by default",
        )
    lookup_commands.add_to(commands)
    database_commands.add_to(commands)
    backup_commands.add_to(commands)
    check_commands.add_to(commands)
    device_commands.add_to(commands)
    plan_b_commands.add_to(commands)
    calendar_commands.add_to(commands)
    review_commands.add_to(commands)
    return parser


def main(words: Sequence[str] | None = None) -> int:
    """Run a command: these `words`, or what was typed."""
    given = _parser().parse_args(words)
    if given.command in _WITHOUT_A_HALL:
        return _WITHOUT_A_HALL[given.command](given)
    wrong = _misused(given)
    if wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    if given.command in _ON_A_HALL:
        return _ON_A_HALL[given.command](given)
    engine = open_database(given.database)
    try:
        return _with_engine(engine, given)
    finally:
        engine.dispose()


def _with_engine(engine: Engine, given: argparse.Namespace) -> int:
    # These begin transactions of their own, one after the other.
    apart = {
        "salvage": device_commands.run_salvage,
        "connector": connector_commands.run,
        "stick": plan_b_commands.take,
    }
    if given.command in apart:
        return apart[given.command](engine, given)
    with engine.begin() as db:
        return _in_database(db, given)


def _in_database(db: Connection, given: argparse.Namespace) -> int:
    for commands in (device_commands, lookup_commands, review_commands):
        if given.command in commands.COMMANDS:
            ran: int = commands.run(db, given)
            return ran
    return _COMMANDS[given.command](db, given)


def _misused(given: argparse.Namespace) -> str:
    """Say what does not go together, "" when all does; choose the folder of files where none was named."""
    beside = sqlite_file(given.database)
    if given.command in {"serve", "publish", "backup", "restore", "check"}:
        given.files = given.files or (beside.parent if beside else None)
        if given.files is None:
            return "--files is needed: a hall on PostgreSQL has no folder of its own"
    if given.command == "serve" and given.card_keys == "test" and not given.demo_code:
        return "--card-keys test is for a demo (--demo-code) only: anybody knows these keys"
    return ""


def _station(db: Connection, given: argparse.Namespace) -> int:
    add_station(db, given.code, given.name, given.level)
    return 0


def _prune(db: Connection, given: argparse.Namespace) -> int:
    if given.days < CURSOR_DAYS:
        sys.stderr.write(f"a station's place in the feed is good for {CURSOR_DAYS} days\n")
        return 2
    sys.stdout.write(f"{prune_feed(db, now(), given.days)}\n")
    return 0


def _deem(db: Connection, given: argparse.Namespace) -> int:
    from catalogue.load import build, read_sources  # noqa: PLC0415 - see _serve
    from hall.acceptance import Gate  # noqa: PLC0415
    from hall.calendar import current  # noqa: PLC0415
    from hall.deemed import deem  # noqa: PLC0415

    beside = sqlite_file(given.database)
    files = given.files or (beside.parent if beside else Path())
    gate = Gate(build(read_sources(given.catalogue)), files / "releases")
    alone(db, "timer")
    found = deem(db, current(db), gate.release, now())
    sys.stdout.write("".join(f"{case}\n" for case in found))
    return 0


def _recover(db: Connection, given: argparse.Namespace) -> int:
    from hall.recovery import CODE_LIFE, RecoveryRefused, new_recovery  # noqa: PLC0415 - see _serve
    from wire.codec import encode  # noqa: PLC0415

    try:
        code, grant = new_recovery(db, given.device)
    except RecoveryRefused:
        sys.stderr.write("no recovery: the device is unknown, shut out, or its key is not here\n")
        return 1
    if given.out is not None:
        given.out.write_text(encode(grant) + "\n", encoding="ascii")
    sys.stdout.write(f"{code}\n")
    sys.stderr.write(f"good for {CODE_LIFE.total_seconds() / 3600:.0f} hours, once; an older code is void\n")
    return 0


def _tell_audit(db: Connection, given: argparse.Namespace) -> int:
    from hall.audit_heads import refusals, stamps_of  # noqa: PLC0415 - see _serve
    from wire.codec import encode  # noqa: PLC0415

    if given.command == "stamps":
        lines = [encode(stamp) for stamp in stamps_of(db, given.device).stamps]
    else:
        lines = refusals(db)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 1 if given.command == "audit" and lines else 0


def _publish(db: Connection, given: argparse.Namespace) -> int:
    from catalogue.broken import CatalogueBroken  # noqa: PLC0415 - see _serve
    from hall.releases import VersionTaken, publish  # noqa: PLC0415

    try:
        manifest = publish(db, given.files / "releases", given.release.read_bytes())
    except (CatalogueBroken, VersionTaken, OSError) as error:
        sys.stderr.write(f"not published: {type(error).__name__}: {error}\n")
        return 1
    sys.stdout.write(f"{manifest.number} {manifest.version} {manifest.sha256}\n")
    return 0


def _load_and_serve(given: argparse.Namespace) -> int:
    from hall.workers import begin_loading  # noqa: PLC0415 - see _serve

    begin_loading()
    return _serve(given)


def _serve(given: argparse.Namespace) -> int:
    # The server's libraries load here only: the other commands answer at once.
    from catalogue.load import build, read_sources  # noqa: PLC0415
    from catalogue.release import make_release  # noqa: PLC0415
    from hall import tls  # noqa: PLC0415
    from hall.admin import Admin  # noqa: PLC0415
    from hall.api.parts import HallParts  # noqa: PLC0415
    from hall.blobs import open_room  # noqa: PLC0415
    from hall.card_keys import simulated_cards  # noqa: PLC0415
    from hall.carriers import Carriers  # noqa: PLC0415
    from hall.devices import keep_address  # noqa: PLC0415
    from hall.electronic_cards import ElectronicCards, VerifierOverHttp  # noqa: PLC0415
    from hall.log_lines import log_to_stderr  # noqa: PLC0415
    from hall.metrics import Meters  # noqa: PLC0415
    from hall.registries.over_http import Departments, read_codes  # noqa: PLC0415
    from hall.result_codes import read_result_lists  # noqa: PLC0415
    from hall.settings import Settings, read_settings  # noqa: PLC0415
    from hall.verification import Broker  # noqa: PLC0415
    from hall.web import make_app  # noqa: PLC0415
    from hall.workers import adopt, listen, settle, supervise  # noqa: PLC0415

    engine = open_database(given.database)
    lock = tls.Tls(given.tls_cert, given.tls_key or given.tls_cert) if given.tls_cert else None
    fault = tls.fault_of(given.host, lock, given.public_url)
    if fault:
        sys.stderr.write(fault + "\n")
        return 2
    log_to_stderr()
    try:
        with engine.begin() as db:
            choose_algorithms(db, given.algorithms, offered())
            ca = given.tls_ca.read_text(encoding="ascii") if given.tls_ca else ""
            keep_address(db, ca, given.public_url.rstrip("/"))
    except SetRefused as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    settings = read_settings(given.settings) if given.settings else Settings()
    sources = read_sources(given.catalogue)
    catalogue = build(sources)
    releases = given.files / "releases"
    admin = Admin(engine, given.files, settings.watch, given.tls_cert, given.metrics_port)
    if given.line is None:  # once, not by each worker
        _begin(engine, given, catalogue)
        _publish_first(engine, releases, lambda: make_release(sources, catalogue))
    if given.workers > 1 and given.line is None:
        admin.open_for_workers()
        settle()
        return supervise(given.workers, listen(given.host, given.port), sys.argv[1:], admin.worker_ended)

    moved = partial(_note_circuit, engine)
    departments = Departments(given.departments, read_codes(given.codes), settings.pace, moved=moved)
    verifier = VerifierOverHttp(given.electronic_cards) if given.electronic_cards else None
    broker = Broker(engine, catalogue, departments, settings.limits)
    carriers = Carriers(engine, given.carriers, settings.pace)
    meters = Meters()
    if given.line is None:
        admin.open_alone(meters)
    parts = HallParts(
        engine,
        catalogue,
        broker,
        open_room(given.files / "blobs", given.blobs),
        releases,
        simulated_cards() if given.card_keys == "test" else None,
        ElectronicCards(engine, verifier) if verifier else None,
        read_result_lists(given.codes),
        settings=settings,
        meters=meters,
    )
    line = adopt(given.line) if given.line is not None else None
    app = make_app(parts, given.public_url)
    settle()
    with _timer(engine, catalogue, releases, given.timer_s):
        tls.serve(app, given.host, given.port, lock, line)
    for beside in (carriers, broker, departments):
        beside.close()
    if verifier is not None:
        verifier.close()
    engine.dispose()
    return 0


@contextmanager
def _timer(engine: Engine, catalogue: Catalogue, releases: Path, every_s: float) -> Iterator[None]:
    """Let the hall look beside its server for receipts that nobody spoke about in time."""
    from hall.acceptance import Gate  # noqa: PLC0415
    from hall.calendar import current  # noqa: PLC0415 - see _serve
    from hall.timer import Timer  # noqa: PLC0415

    if every_s <= 0:
        yield
        return
    timer = Timer(engine, Gate(catalogue, releases), current, every_s)
    timer.start()
    try:
        yield
    finally:
        timer.stop()


def _note_circuit(engine: Engine, service: str, state: BreakerState, retry_at: datetime | None) -> None:
    from hall.figures import note_circuit  # noqa: PLC0415 - see _serve

    with engine.begin() as db:
        note_circuit(db, service, state, now(), retry_at)


def _begin(engine: Engine, given: argparse.Namespace, catalogue: Catalogue) -> None:
    from hall.demo.seed import seed, seed_registers  # noqa: PLC0415 - see _serve
    from hall.figures import forget_circuits  # noqa: PLC0415

    with engine.begin() as db:
        alone(db, "start")
        forget_circuits(db)
        if given.demo_code:
            seed(db, code=given.demo_code, token=given.demo_token)
            seed_registers(db, catalogue)


def _publish_first(engine: Engine, folder: Path, content: Callable[[], bytes]) -> None:
    """A hall that has published nothing yet gives out the catalogue it runs on; after that only `publish` does."""
    from hall.releases import newest, publish  # noqa: PLC0415 - see _serve

    with engine.begin() as db:
        alone(db, "start")
        if newest(db) is None:
            publish(db, folder, content())


_COMMANDS: Mapping[str, Callable[[Connection, argparse.Namespace], int]] = {
    "station": _station,
    "staff": run,
    "publish": _publish,
    "recover": _recover,
    "audit": _tell_audit,
    "stamps": _tell_audit,
    "prune": _prune,
    "deem": _deem,
    "staleness": plan_b_commands.staleness,
    "calendar": calendar_commands.run,
}

_WITHOUT_A_HALL: Mapping[str, Callable[[argparse.Namespace], int]] = {
    **dict.fromkeys(database_commands.COMMANDS, database_commands.run),
    "openapi": check_commands.run_openapi,
    "ca": device_commands.run_ca,
}
# These open the database in their own way.
_ON_A_HALL: Mapping[str, Callable[[argparse.Namespace], int]] = {
    **dict.fromkeys(backup_commands.COMMANDS, backup_commands.run),
    **dict.fromkeys(check_commands.COMMANDS, check_commands.run),
    "serve": _load_and_serve,
}


if __name__ == "__main__":
    sys.exit(main())
