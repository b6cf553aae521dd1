"""The hall: full checked pushes on PostgreSQL and SQLite, beside the same rows written directly to the same database."""

from __future__ import annotations

import os
import socket
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.harness import Figure, figure, in_turns
from demo.postgres import Postgres
from demo.service import Service, free_ports

if TYPE_CHECKING:
    from wire.messages import Envelope

# Stations that push at the same time, each on a connection of its own: enough to fill two cores.
CLIENTS = 8
_STATIONS = tuple(f"4401{n:02}" for n in range(CLIENTS))
_HALL = Path(__file__).resolve().parent.parent


def measure(*, long: bool) -> Iterator[Figure]:
    """Give `push_batch_100` and `push_batch_1` (cases/s of full pushes to a hall of two server processes over HTTP on PostgreSQL, eight
    stations at once, their requests signed beforehand; floor: the very statements and rows that the hall sends to the
    database for them, sent by a script over as many connections), `push_batch_100_sqlite` (two server processes too, on one file; floor: the
    same rows inserted by one writer that commits eight batches at once, with the hall's settings of SQLite).

    A push is everything: signature of the request, digests, validation, who may do it, the chain, inbox, case, sub-cases,
    change and signed receipts, behind a commit that is on the disk (fsync and synchronous_commit are on). A case is the
    newborn bundle with three items, 24 answers and six papers. Each run has a fresh copy of the database.
    """
    runs = 9 if long else 3
    with tempfile.TemporaryDirectory(prefix="yc-bench-") as folder, Postgres() as server:
        for size, count in ((100, 12), (1, 150)):
            work = _Work.make(size, count)
            bench = _OnPostgres(server, Path(folder), work)
            taken = in_turns({"hall": bench.through_hall, "direct": bench.direct}, runs)
            yield figure(f"push_batch_{size}", "cases/s", subject=taken["hall"], floor=taken["direct"])
        on_file = _OnSqlite(Path(folder), _Work.make(100, 12))
        taken = in_turns({"hall": on_file.through_hall, "bare": on_file.bare}, runs)
        yield figure("push_batch_100_sqlite", "cases/s", subject=taken["hall"], floor=taken["bare"])


# -- what is pushed -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Station:
    code: str
    private: bytes
    device: str
    batches: tuple[tuple[Envelope, ...], ...]  # the first is for warming up


@dataclass(frozen=True, slots=True)
class _Work:
    """What eight stations have to tell: `count` batches of `size` each, behind one for warming up."""

    stations: tuple[_Station, ...]
    size: int

    @property
    def cases(self) -> int:
        """Say how many cases a timed run registers."""
        return sum(len(batch) for station in self.stations for batch in station.batches[WARM:])

    @staticmethod
    def make(size: int, count: int) -> _Work:
        """Make it anew, with keys and ids of its own."""
        return _Work(tuple(_station(code, size, count + WARM) for code in _STATIONS), size)


WORKERS = 2  # server processes, as for two cores
WARM = 6  # the driver prepares a statement when it comes the sixth time


def _station(code: str, size: int, count: int) -> _Station:
    from wire.keys import key_id, new_private, public_of  # noqa: PLC0415 - a bench is listed without the product

    private = new_private()
    chain = _chain(code)
    return _Station(
        code,
        private,
        key_id(public_of(private)),
        tuple(tuple(next(chain) for _ in range(size)) for _ in range(count)),
    )


def _chain(station: str) -> Iterator[Envelope]:
    from datetime import UTC, datetime  # noqa: PLC0415

    from wire.codec import digest, encode  # noqa: PLC0415
    from wire.keys import new_id  # noqa: PLC0415
    from wire.messages import Envelope, EventKind  # noqa: PLC0415

    seq, prev = 0, "0" * 64
    while True:
        seq += 1
        case, at = new_id(), datetime.now(UTC)
        body = encode(_case(station, f"{station}26112501{seq:06d}"))
        made = Envelope(new_id(), seq, case, EventKind.CASE_RECEIVED, at, "clerk", body, digest(body), prev)
        prev = made.sha256
        yield made


def _case(station: str, receipt_no: str) -> Any:
    from datetime import UTC, datetime  # noqa: PLC0415

    from wire.messages import (  # noqa: PLC0415
        AnswerOnWire,
        CaseReceived,
        MaterialHow,
        MaterialOnWire,
        NoticeGiven,
        Origin,
        Party,
        SubCaseOrder,
    )

    at = datetime.now(UTC)
    items = (
        ("birth-registration", "public_security", ()),
        ("medical-insurance-newborn", "medical_insurance", ("birth-registration",)),
        ("social-security-card-newborn", "human_resources", ("birth-registration",)),
    )
    papers = ("birth_certificate", "marriage_certificate", "household_book_mother", "household_book_father")
    return CaseReceived(
        receipt_no=receipt_no,
        station=station,
        window="01",
        clerk="clerk",
        received_at=at,
        catalogue="",
        bundle="newborn",
        sub_cases=tuple(SubCaseOrder(item, "1", department, after) for item, department, after in items),
        applicant=Party("测试一", "111", "44010018990101002X"),
        answers={f"child.field_{n:02}": AnswerOnWire(f"测试值{n:04}", Origin.TYPED) for n in range(24)},
        materials=tuple(
            MaterialOnWire(paper, MaterialHow.ORIGINAL_SEEN) for paper in (*papers, "id_mother", "id_father")
        ),
        verifications=(),
        offline=False,
        notice=NoticeGiven("2026.11", at, "clerk"),
    )


def _enrol(engine: Any, work: _Work) -> None:
    """Make the stations, their clerk and their devices known, as the hall's own commands do."""
    from sqlalchemy import update  # noqa: PLC0415

    from hall.enrolment import add_station, enrol, new_code  # noqa: PLC0415
    from hall.staffing import add_staff  # noqa: PLC0415
    from hall.tables import staff_terms  # noqa: PLC0415
    from wire.keys import b64, public_of, sign  # noqa: PLC0415
    from wire.messages import EnrolRequest, Role, StaffAccount  # noqa: PLC0415

    for station in work.stations:
        with engine.begin() as db:
            add_station(db, station.code, "测试街道", "street")
            add_staff(db, station.code, StaffAccount("clerk", "测试", (Role.CLERK,), "", "01", station.code))
            code = new_code(db, station.code, confirmed_by="bench")
            proof = b64(sign(station.private, code.encode()))
            enrol(db, EnrolRequest(code, b64(public_of(station.private)), proof))
            # The events were made before their clerk had an account here.
            db.execute(update(staff_terms).values(since=""))


def _requests(work: _Work, epoch: str, port: int) -> list[list[bytes]]:
    """Return each station's requests as they go over the wire, signed now."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from wire.codec import encode  # noqa: PLC0415
    from wire.http_signature import sign_request  # noqa: PLC0415
    from wire.messages import PushRequest  # noqa: PLC0415

    made = []
    for station in work.stations:
        mine = []
        for batch in station.batches:
            body = encode(PushRequest(station.device, 1, epoch, batch)).encode()
            host = f"127.0.0.1:{port}"
            headers = {"Host": host, "Content-Type": "application/json", "Content-Length": str(len(body))}
            headers |= sign_request(
                method="POST",
                url=f"http://{host}/v1/push",
                headers=headers,
                body=body,
                private=station.private,
                key_id=station.device,
                now=datetime.now(UTC),
            )
            lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            mine.append(f"POST /v1/push HTTP/1.1\r\n{lines}\r\n".encode() + body)
        made.append(mine)
    return made


def _push_all(work: _Work, epoch: str, port: int) -> float:
    """Send everything, eight stations at once, and return cases/s; a case that was not applied ends the bench."""
    requests = _requests(work, epoch, port)
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in requests]
    with ThreadPoolExecutor(len(lines)) as pool:

        def send(some: slice) -> int:
            return sum(
                pool.map(lambda line, mine: sum(_one(line, each) for each in mine[some]), lines, requests)
            )

        send(slice(0, WARM))
        began = time.perf_counter()
        applied = send(slice(WARM, None))
        took = time.perf_counter() - began
    for line in lines:
        line.close()
    if applied != work.cases:
        raise RuntimeError(f"{applied} of {work.cases} cases were applied")
    return work.cases / took


def _one(line: socket.socket, request: bytes) -> int:
    """Send a request and return how many of its events were applied."""
    line.sendall(request)
    answer = bytearray()
    length = -1
    while length < 0 or len(answer) < length:
        part = line.recv(262_144)
        if not part:
            raise RuntimeError("the hall hung up")
        answer += part
        if length < 0 and (end := answer.find(b"\r\n\r\n")) > 0:
            head = answer[:end].lower()
            length = end + 4 + int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    return answer.count(b'"status":"applied"')


@contextmanager
def _hall(folder: Path, database: str, workers: int = 1) -> Iterator[Service]:
    (port,) = free_ports(1)
    command = [
        sys.executable,
        "-m",
        "hall",
        "serve",
        "--port",
        str(port),
        "--departments",
        "http://127.0.0.1:9",
    ]
    command += ["--database", database, "--files", str(folder), "--workers", str(workers)]
    service = Service("hall", command, port, folder=folder, env=os.environ)
    service.start()
    try:
        service.wait("/v1/health")
        yield service
    finally:
        service.end()


def _epoch(engine: Any) -> str:
    from hall.database import fact  # noqa: PLC0415

    with engine.begin() as db:
        return str(fact(db, "epoch"))


# -- on PostgreSQL --------------------------------------------------------------------------------------------
Statement = tuple[str, Any]


class _OnPostgres:
    """Runs on copies of one prepared database."""

    def __init__(self, server: Postgres, folder: Path, work: _Work) -> None:
        from hall.database import open_database  # noqa: PLC0415

        self._server, self._folder, self._work = server, folder, work
        self._template = server.new_database()
        engine = open_database(server.url(self._template))
        _enrol(engine, work)
        self._epoch = _epoch(engine)
        engine.dispose()
        self._recorded = self._record()

    def through_hall(self) -> float:
        """Push everything to a hall process; cases/s."""
        name = self._server.new_database(self._template)
        with _hall(self._folder, self._server.url(name), WORKERS) as hall:
            return _push_all(self._work, self._epoch, hall.port)

    def direct(self) -> float:
        """Send the recorded statements, a thread and a connection for each station; cases/s."""
        import psycopg  # noqa: PLC0415

        from hall.bulk import teach  # noqa: PLC0415

        name = self._server.new_database(self._template)
        where = self._server.url(name).replace("+psycopg", "")
        lines = [psycopg.connect(where) for _ in self._recorded]
        for line in lines:
            teach(line)
        with ThreadPoolExecutor(len(lines)) as pool:

            def send(some: slice) -> None:
                list(pool.map(lambda line, mine: _transact(line, mine[some]), lines, self._recorded))

            send(slice(0, WARM))
            began = time.perf_counter()
            send(slice(WARM, None))
            took = time.perf_counter() - began
            kept = lines[0].execute("SELECT count(*) FROM cases").fetchone()
        for line in lines:
            line.close()
        expected = sum(len(batch) for station in self._work.stations for batch in station.batches)
        if kept is None or kept[0] != expected:
            raise RuntimeError(f"{kept} of {expected} cases were written directly")
        return self._work.cases / took

    def _record(self) -> list[list[list[Statement]]]:
        """Return the statements of each batch of each station, as the hall's own code sends them."""
        from sqlalchemy import event  # noqa: PLC0415

        from hall.database import open_database  # noqa: PLC0415

        engine = open_database(self._server.url(self._server.new_database(self._template)))
        heard: list[Statement] = []
        event.listen(
            engine, "before_cursor_execute", lambda _c, _u, sql, given, _x, _m: heard.append((sql, given))
        )
        recorded = list(_taken_by(engine, self._work, self._epoch, heard))
        engine.dispose()
        return recorded


def _taken_by(
    engine: Any, work: _Work, epoch: str, heard: list[Statement]
) -> Iterator[list[list[Statement]]]:
    from catalogue.load import load_catalogue  # noqa: PLC0415
    from hall.acceptance import Gate  # noqa: PLC0415
    from hall.intake import Intake  # noqa: PLC0415
    from wire.messages import PushRequest, PushStatus  # noqa: PLC0415

    gate = Gate(load_catalogue(_HALL / "resources" / "catalogue"), Path("/nonexistent"))
    intake = Intake(engine, gate)
    for station in work.stations:
        mine = []
        for batch in station.batches:
            heard.clear()
            answer = intake.take(station.device, PushRequest(station.device, 1, epoch, batch)).answer
            if any(result.status is not PushStatus.APPLIED for result in answer.results):
                raise RuntimeError("the hall refused what is to be measured")
            # Numbers are taken once for hundreds of cases, in a transaction of its own: that is no part of a batch.
            mine.append(
                [each for each in heard if "synchronous_commit" not in each[0] and " numbers " not in each[0]]
            )
        yield mine


def _transact(line: Any, batches: Sequence[Sequence[Statement]]) -> None:
    for statements in batches:
        for sql, given in statements:
            cursor = line.execute(sql, given)
            if cursor.description is not None:
                cursor.fetchall()
        line.commit()


# -- on SQLite ------------------------------------------------------------------------------------------------
class _OnSqlite:
    """Runs on copies of one prepared file."""

    def __init__(self, folder: Path, work: _Work) -> None:
        from sqlalchemy import event  # noqa: PLC0415

        from hall.database import open_database  # noqa: PLC0415

        self._folder, self._work = folder, work
        self._prepared = folder / "prepared.db"
        engine = open_database(self._prepared)
        _enrol(engine, work)
        self._epoch = _epoch(engine)
        engine.dispose()
        engine = open_database(self._copy("recorded.db"))
        heard: list[Statement] = []
        event.listen(
            engine, "before_cursor_execute", lambda _c, _u, sql, given, _x, _m: heard.append((sql, given))
        )
        recorded = list(_taken_by(engine, work, self._epoch, heard))
        engine.dispose()
        self._rows = [
            [[_bare(*each) for each in batch if each[0].startswith("INSERT INTO")] for batch in mine]
            for mine in recorded
        ]

    def through_hall(self) -> float:
        """Push everything to a hall process; cases/s."""
        with _hall(self._folder, str(self._copy("hall.db")), WORKERS) as hall:
            return _push_all(self._work, self._epoch, hall.port)

    def bare(self) -> float:
        """Insert the same rows, one writer, eight batches a commit; cases/s."""
        db = sqlite3.connect(self._copy("bare.db"), isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA foreign_keys=ON")
        # As hall/engines.py has them: both help the floor too.
        db.execute("PRAGMA cache_size=-16000")
        db.execute("PRAGMA wal_autocheckpoint=8000")
        groups = list(zip(*self._rows, strict=True))

        def write(some: slice) -> None:
            for group in groups[some]:
                db.execute("BEGIN IMMEDIATE")
                for statements in group:
                    for sql, given in statements:
                        db.executemany(sql, given)
                db.execute("COMMIT")

        write(slice(0, WARM))
        began = time.perf_counter()
        write(slice(WARM, None))
        took = time.perf_counter() - began
        db.close()
        return self._work.cases / took

    def _copy(self, name: str) -> Path:
        copy = self._folder / name
        for old in self._folder.glob(f"{name}*"):
            old.unlink()
        copy.write_bytes(self._prepared.read_bytes())
        return copy


def _bare(sql: str, given: tuple[object, ...]) -> Statement:
    """Return the plain insert, row by row, of what the hall hands over as one list of values."""
    into, _, rows = sql.partition(" VALUES ")
    one = rows.partition("), (")[0].removesuffix(")") + ")"
    wide = one.count("?")
    return f"{into} VALUES {one}", [given[at : at + wide] for at in range(0, len(given), wide)]
