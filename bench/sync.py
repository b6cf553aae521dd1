"""The queue of days without network: how fast it drains into a real hall, and what it costs on the line."""

from __future__ import annotations

import logging
import random
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.harness import Figure, figure
from demo.environment import Demo
from demo.postgres import Postgres, PostgresUnavailable

if TYPE_CHECKING:
    from wire.messages import (
        AnswerOnWire,
        CaseReceived,
        Enrolment,
        Envelope,
        MaterialOnWire,
        PushAnswer,
        PushRequest,
    )
    from workstation.domain.case import Case
    from workstation.storage.database import Store
    from workstation.sync.client import HallClient

CASES = 10_000
ROUND = 500  # cases before the other one's turn
BATCH = 100
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫", "一二三四五六七八九十甲乙丙丁"


def measure(*, long: bool) -> Iterator[Figure]:
    """Give `drain` (cases/s out of a real encrypted store through the real engine into a real hall on SQLite; floor: the same
    envelopes pushed by the same client from memory, one batch after the other, no store and no check of receipts;
    the engine's clock runs from its first batch),
    `drain_pg` (the same into PostgreSQL, where Debian's is installed) and `wire_bytes` (bytes on the line, both ways with all
    headers, of five hundred cases; floor: the bytes of the JSON alone).

    Ten thousand cases in twenty rounds; fifteen hundred without --long.
    """
    # Both devices are of one station: each is told of the other's cases too, and would say so.
    logging.getLogger("workstation").setLevel(logging.ERROR)
    rounds = CASES // ROUND if long else 3
    with tempfile.TemporaryDirectory(prefix="yc-bench-") as folder:
        with _hall(Path(folder) / "sqlite", "") as demo:
            yield _drain("drain", demo, rounds, Path(folder) / "stores")
            yield _wire(demo, Path(folder) / "wire")
        try:
            with Postgres() as postgres:
                url = postgres.url(postgres.new_database())
                with _hall(Path(folder) / "postgres", url) as demo:
                    yield _drain("drain_pg", demo, rounds, Path(folder) / "stores-pg")
        except PostgresUnavailable as none:
            print(f"drain_pg: {none}", file=sys.stderr)


@contextmanager
def _hall(root: Path, url: str) -> Iterator[Demo]:
    root.mkdir(parents=True)
    with Demo(root, Path(sys.executable), with_card=False, review=False, database=url) as demo:
        yield demo


def _drain(name: str, demo: Demo, rounds: int, folder: Path) -> Figure:
    """Take turns: a thousand cases out of a store, a thousand from memory."""
    stored, bare = [], []
    with closing(_Station(demo, folder)) as station, closing(_Memory(demo)) as memory:
        station.file(BATCH)
        station.drain(BATCH)  # warm: connections, prepared statements, code
        memory.push(BATCH)
        for _ in range(rounds):
            station.file(ROUND)
            stored.append(ROUND / station.drain(ROUND))
            bare.append(ROUND / memory.push(ROUND))
    return figure(name, "1/s", subject=stored, floor=bare)


def _wire(demo: Demo, folder: Path) -> Figure:
    with _relay(demo.hall_url) as relay:
        line = _Line(counts=True)
        with closing(_Station(demo, folder, relay.url, line)) as station:
            station.file(ROUND)
            before = relay.passed
            station.drain(ROUND)
            on_the_line = relay.passed - before
        return figure("wire_bytes", "B", subject=[on_the_line / ROUND], floor=[line.json_bytes / ROUND])


# -- who pushes --------------------------------------------------------------------------------------
def _enrol(demo: Demo, url: str) -> tuple[Enrolment, bytes]:
    from hall.database import open_database  # noqa: PLC0415 - the engine is loaded by who measures it
    from hall.enrolment import new_code  # noqa: PLC0415
    from wire.keys import new_private, public_of, sign  # noqa: PLC0415
    from workstation.sync.client import HallEnroller  # noqa: PLC0415

    engine = open_database(demo.database)
    with engine.begin() as db:
        code = new_code(db, "440104", confirmed_by="bench")
    engine.dispose()
    private = new_private()
    return HallEnroller().enrol(url, code, public_of(private), lambda said: sign(private, said)), private


@dataclass
class _Line:
    """Bytes of JSON that were pushed and answered, counted where `counts`; when the first batch was begun."""

    counts: bool = False
    json_bytes: int = 0
    began: float = 0.0


def _client(url: str, enrolment: Enrolment, private: bytes, counted: _Line | None = None) -> HallClient:
    from wire.codec import encode  # noqa: PLC0415 - see _enrol
    from workstation.sync.client import Device, HallClient  # noqa: PLC0415

    line = counted or _Line()
    if counted is None:
        return HallClient(url, Device(enrolment, private), _clock)

    class Counting(HallClient):
        """Counts what it says and hears."""

        def push(self, request: PushRequest) -> PushAnswer:
            line.began = line.began or time.perf_counter()
            answer = super().push(request)
            if line.counts:
                line.json_bytes += len(encode(request).encode()) + len(encode(answer).encode())
            return answer

    return Counting(url, Device(enrolment, private), _clock)


def _clock() -> datetime:
    return datetime.now(UTC)


class _Station:
    """A counter with its own store; `drain` starts the engine and waits for the last receipt."""

    def __init__(self, demo: Demo, folder: Path, url: str = "", line: _Line | None = None) -> None:
        from workstation.services.heal import takes  # noqa: PLC0415 - see _enrol
        from workstation.storage.database import open_store  # noqa: PLC0415
        from workstation.sync.engine import Engine  # noqa: PLC0415

        url = url or demo.hall_url
        folder.mkdir(parents=True)
        self.enrolment, private = _enrol(demo, url)
        self.store: Store = open_store(folder / "station.db", bytes(range(32)))
        with self.store.unit() as unit:
            unit.station.enrol(url, self.enrolment, private)
            unit.commit()
        self._line = line or _Line()
        self._settled = _Count()
        whole = takes(self.store.unit, _clock)

        def release(subjects: tuple[str, ...]) -> None:
            whole.release(subjects)
            self._settled.add(len(subjects))

        self._engine: Callable[[], Engine] = lambda: Engine(
            client=_client(url, self.enrolment, private, self._line),
            enrolment=self.enrolment,
            open_unit=self.store.unit,
            take=replace(whole, release=release),
            clock=_clock,
        )
        self._made = _Cases(self.enrolment.station)

    def file(self, count: int) -> None:
        """File cases without network: case and envelope, as the services do; in one commit, which nobody measures here."""
        from wire.codec import encode  # noqa: PLC0415 - see _enrol
        from wire.keys import new_id  # noqa: PLC0415

        with self.store.unit() as unit:
            for case, received in (self._made.next() for _ in range(count)):
                unit.cases.add(self._made.kept(case, received))
                unit.outbox.add(
                    id=new_id(),
                    subject=case,
                    kind="case_received",
                    at=received.received_at,
                    actor="clerk",
                    body=encode(received),
                )
            unit.commit()

    def drain(self, count: int) -> float:
        """Return the seconds from the first batch until the hall has signed for so many cases and the store has kept it."""
        self._settled.reset()
        engine = self._engine()
        self._line.began = 0.0
        engine.start()
        self._settled.wait(count)
        took = time.perf_counter() - self._line.began
        engine.stop()
        with self.store.unit() as unit:
            if unit.outbox.state().pending or unit.outbox.state().parked:
                raise RuntimeError(f"not taken: {unit.outbox.state()}")
        return took

    def close(self) -> None:
        self.store.close()


class _Memory:
    """The same client with envelopes that are there already: what the hall takes of it."""

    def __init__(self, demo: Demo) -> None:
        self._enrolment, private = _enrol(demo, demo.hall_url)
        self._client = _client(demo.hall_url, self._enrolment, private)
        self._client.limits()
        self._made = _Cases(self._enrolment.station)
        self._seq, self._prev = 0, "0" * 64

    def push(self, count: int) -> float:
        """Return the seconds for so many cases in whole batches."""
        from wire.messages import PushRequest, PushStatus  # noqa: PLC0415 - see _enrol

        who = self._enrolment
        envelopes = [self._envelope() for _ in range(count)]
        began = time.perf_counter()
        for start in range(0, count, BATCH):
            batch = tuple(envelopes[start : start + BATCH])
            answer = self._client.push(PushRequest(who.device, who.incarnation, who.epoch, batch))
            if any(result.status is not PushStatus.APPLIED for result in answer.results):
                raise RuntimeError(f"not taken: {answer.results[0]}")
        return time.perf_counter() - began

    def _envelope(self) -> Envelope:
        from wire.codec import digest, encode  # noqa: PLC0415 - see _enrol
        from wire.keys import new_id  # noqa: PLC0415
        from wire.messages import Envelope, EventKind  # noqa: PLC0415

        case, received = self._made.next()
        body = encode(received)
        self._seq += 1
        prev, self._prev = self._prev, digest(body)
        at = received.received_at
        return Envelope(
            new_id(), self._seq, case, EventKind.CASE_RECEIVED, at, "clerk", body, self._prev, prev
        )

    def close(self) -> None:
        self._client.close()


class _Count:
    """How many cases were settled; waits for a number of them."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0

    def reset(self) -> None:
        with self._changed:
            self._count = 0

    def add(self, count: int) -> None:
        with self._changed:
            self._count += count
            self._changed.notify_all()

    def wait(self, count: int) -> None:
        with self._changed:
            if not self._changed.wait_for(lambda: self._count >= count, timeout=600):
                raise RuntimeError(f"{self._count} of {count} settled")


class _Cases:
    """Cases as a counter files them: other people, answers and papers each time, from a fixed seed."""

    def __init__(self, station: str) -> None:
        self._station = station
        self._chance = random.Random(6)
        self._made = 0

    def next(self) -> tuple[str, CaseReceived]:
        """Return the id and body of another newborn's case."""
        from wire.keys import new_id  # noqa: PLC0415 - see _enrol
        from wire.messages import CaseReceived, NoticeGiven, Party, SubCaseOrder  # noqa: PLC0415

        self._made += 1
        at = _clock()
        orders = tuple(SubCaseOrder(item, "1", department, after) for item, department, after in _ITEMS)
        case = new_id()
        return case, CaseReceived(
            receipt_no=f"{self._station}{case[-12:]}",
            station=self._station,
            window="01",
            clerk="clerk",
            received_at=at,
            catalogue="1",
            bundle="newborn",
            sub_cases=orders,
            applicant=Party(self._name(), "111", self._number()),
            answers=self._answers(),
            materials=self._papers(),
            verifications=tuple(f"E{self._digits(18)}" for _ in range(2)),
            offline=True,
            notice=NoticeGiven("1", at, "clerk"),
        )

    def kept(self, case: str, received: CaseReceived) -> Case:
        """Return the case as the counter keeps it."""
        from workstation.domain.case import Case, CaseStatus, SubCase  # noqa: PLC0415 - see _enrol

        return Case(
            id=case,
            receipt_no=received.receipt_no,
            station=received.station,
            window=received.window,
            clerk=received.clerk,
            bundle=received.bundle,
            catalogue=received.catalogue,
            applicant=received.applicant,
            sub_cases=tuple(
                SubCase(o.item, o.item_version, o.department, o.after) for o in received.sub_cases
            ),
            answers=received.answers,
            materials=received.materials,
            papers_saved=(),
            status=CaseStatus.RECEIVED,
            received_at=received.received_at,
            offline=True,
        )

    def _answers(self) -> dict[str, AnswerOnWire]:
        from wire.messages import AnswerOnWire, Origin  # noqa: PLC0415 - see _enrol

        said = {
            "child.name": self._name(),
            "child.birth_date": str(date(2026, 1, 1) + timedelta(days=self._chance.randrange(300))),
            "child.sex": self._chance.choice("12"),
            "child.birth_place": self._address(),
            "child.birth_certificate_no": f"Z{self._digits(9)}",
            "household.address": self._address(),
            "household.head": self._name(),
            "household.number": self._digits(9),
            "contact.phone": f"138{self._digits(8)}",
            "payment.account": f"6212{self._digits(15)}",
        }
        for parent in ("mother", "father"):
            said |= {
                f"{parent}.name": self._name(),
                f"{parent}.id_no": self._number(),
                f"{parent}.phone": f"139{self._digits(8)}",
                f"{parent}.address": self._address(),
                f"{parent}.nationality": "156",
                f"{parent}.ethnic_group": f"{self._chance.randrange(1, 57):02}",
            }
        origins = (Origin.CARD, Origin.VERIFICATION, Origin.TYPED)
        return {key: AnswerOnWire(value, self._chance.choice(origins)) for key, value in said.items()}

    def _papers(self) -> tuple[MaterialOnWire, ...]:
        from wire.messages import MaterialHow, MaterialOnWire  # noqa: PLC0415 - see _enrol

        scanned = {"birth_certificate", "marriage_certificate"}
        return tuple(
            MaterialOnWire(paper, MaterialHow.SCANNED, None, (self._chance.randbytes(32).hex(),))
            if paper in scanned
            else MaterialOnWire(paper, MaterialHow.REPLACED_BY_VERIFICATION, f"E{self._digits(18)}")
            for paper in _PAPERS
        )

    def _name(self) -> str:
        return self._chance.choice(_SURNAMES) + "".join(self._chance.choices(_GIVEN, k=2))

    def _number(self) -> str:
        return f"440100{self._chance.randrange(1850, 1899)}{self._digits(8)}"  # nobody who lives

    def _address(self) -> str:
        street = "".join(self._chance.choices(_GIVEN, k=2))
        return f"广东省广州市越秀区{street}街道{street}路{self._digits(3)}号{self._digits(2)}栋{self._digits(3)}房"

    def _digits(self, count: int) -> str:
        return "".join(self._chance.choices("0123456789", k=count))


_ITEMS = (
    ("birth-registration", "public_security", ()),
    ("medical-insurance-newborn", "medical_insurance", ("birth-registration",)),
    ("social-security-card-newborn", "human_resources", ("birth-registration",)),
)
_PAPERS = (
    "birth_certificate",
    "marriage_certificate",
    "household_book_mother",
    "household_book_father",
    "id_mother",
    "id_father",
)


# -- the line ------------------------------------------------------------------------------------------
@dataclass
class _Relay:
    """Passes bytes on to a hall and counts them, both ways."""

    url: str = ""
    passed: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def pipe(self, source: socket.socket, sink: socket.socket) -> None:
        """Pass on until one side ends."""
        with suppress(OSError):
            while piece := source.recv(65536):
                sink.sendall(piece)
                with self.lock:
                    self.passed += len(piece)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def _relay(hall_url: str) -> Iterator[_Relay]:
    host, _, port = hall_url.removeprefix("http://").partition(":")
    relay = _Relay()
    with ExitStack() as ends:
        server = ends.enter_context(socket.create_server(("127.0.0.1", 0)))
        relay.url = f"http://127.0.0.1:{server.getsockname()[1]}"

        def serve() -> None:
            with suppress(OSError):
                while True:
                    here, _ = server.accept()
                    there = socket.create_connection((host, int(port)))
                    for pair in ((here, there), (there, here)):
                        threading.Thread(target=relay.pipe, args=pair, daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield relay
        server.shutdown(socket.SHUT_RDWR)
