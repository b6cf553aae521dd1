"""Several server processes of one hall on one PostgreSQL or one SQLite file: a station that meets now this one and now that one."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import Engine, func, select

from demo.service import Service, free_ports
from hall.database import open_database
from hall.enrolment import new_code
from hall.tables import cases, feed, inbox, places
from tests.fakes.device import Device
from tests.until import until
from wire.codec import digest
from wire.messages import Change, Envelope, PushStatus


@dataclass
class Halls:
    """One database, a server of one process and one of two workers."""

    engine: Engine
    servers: tuple[Service, Service]
    metrics: tuple[int, int]

    def device(self) -> Device:
        with self.engine.begin() as db:
            code = new_code(db, "440104", confirmed_by="test")
        made = Device(self.servers[0].url)
        made.enrol(code)
        return made

    def at(self, device: Device, which: int) -> Device:
        """The same device at one of the servers."""
        return replace(device, url=self.servers[which].url)


@pytest.fixture(scope="module", params=["postgresql", "sqlite"])
def halls(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Halls]:
    root = tmp_path_factory.mktemp("halls")
    if request.param == "sqlite":
        url = f"sqlite:///{root / 'hall.db'}"
    else:
        server = request.getfixturevalue("postgres_server")
        url = server.url(server.new_database())
    ports = free_ports(4)
    servers = tuple(_server(f"hall-{n}", ports[n - 1], root, url, n, ports[n + 1]) for n in (1, 2))
    # Both at once on an empty database: one makes the schema, the seed and the first release, the other one finds them.
    for server in servers:
        server.start()
    engine = None
    try:
        for server in servers:
            server.wait("/v1/health")
        engine = open_database(url)
        yield Halls(engine, (servers[0], servers[1]), (ports[2], ports[3]))
    finally:
        if engine is not None:
            engine.dispose()
        for server in servers:
            server.end()


def _server(name: str, port: int, root: Path, url: str, workers: int, metrics: int) -> Service:
    serve = ["serve", "--port", str(port), "--database", url, "--files", str(root), "--workers", str(workers)]
    seed = ["--departments", "http://127.0.0.1:9", "--demo-code", "c0de" * 4]
    seed += ["--metrics-port", str(metrics)]
    return Service(name, [sys.executable, "-m", "hall", *serve, *seed], port, folder=root, env=os.environ)


def _changes(device: Device) -> list[Change]:
    found: list[Change] = []
    cursor = ""
    for _ in range(50):
        page = device.changes(cursor)
        found += page.items
        if page.cursor == cursor:
            return found
        cursor = page.cursor
    raise AssertionError("the feed has no end")


def test_a_station_that_pushes_to_both_gets_each_case_once(halls: Halls) -> None:
    device = halls.device()
    batches = [[device.received(f"case-{n}-{m}-{time.monotonic_ns()}") for m in range(5)] for n in range(6)]

    def push(sent: tuple[int, list[Envelope]]) -> list[PushStatus]:
        which, batch = sent
        return [result.status for result in halls.at(device, which).push(*batch)]

    # Each batch at both servers at the same time, as a station does whose answer was lost.
    for batch in batches:
        with ThreadPoolExecutor(2) as pool:
            told = list(pool.map(push, [(0, batch), (1, batch)]))
        for once, again in zip(*told, strict=True):
            assert {once, again} == {PushStatus.APPLIED, PushStatus.DUPLICATE}
    ids = {event.subject for batch in batches for event in batch}
    with halls.engine.begin() as db:
        assert db.scalar(select(func.count()).where(cases.c.id.in_(ids))) == 30
        numbers = db.scalars(select(cases.c.project_no).where(cases.c.id.in_(ids))).all()
        events = [event.id for batch in batches for event in batch]
        assert db.scalar(select(func.count()).where(inbox.c.event.in_(events))) == 30
        assert db.scalar(select(func.count()).where(places.c.device == device.me.device)) == 30
    assert len(set(numbers)) == 30
    here, there = (_changes(halls.at(device, which)) for which in (0, 1))
    assert here == there
    assert sorted(change.subject for change in here if change.subject in ids) == sorted(ids)


def test_stations_that_push_at_the_same_time_have_whole_chains_and_numbers_of_their_own(halls: Halls) -> None:
    devices = [halls.device() for _ in range(6)]

    def push_all(which: int) -> list[PushStatus]:
        device = halls.at(devices[which], which % 2)
        told: list[PushStatus] = []
        for n in range(5):
            batch = [device.received(f"many-{which}-{n}-{m}-{time.monotonic_ns()}") for m in range(10)]
            told += [result.status for result in device.push(*batch)]
        return told

    with ThreadPoolExecutor(len(devices)) as pool:
        told = list(pool.map(push_all, range(len(devices))))
    assert told == [[PushStatus.APPLIED] * 50] * len(devices)
    with halls.engine.begin() as db:
        for device in devices:
            mine = select(places.c.seq, places.c.prev, places.c.sha256).where(
                places.c.device == device.me.device
            )
            chain = db.execute(mine.order_by(places.c.seq)).all()
            assert [link.seq for link in chain] == list(range(1, 51))
            assert [link.prev for link in chain] == ["0" * 64, *(link.sha256 for link in chain[:-1])]
        numbers = db.scalars(select(cases.c.project_no).where(cases.c.id.like("many-%"))).all()
    assert len(set(numbers)) == len(numbers) == 300


def test_the_same_event_from_two_devices_at_once_is_one(halls: Halls) -> None:
    first, second = halls.device(), halls.device()
    event = first.received(f"case-{time.monotonic_ns()}")
    with ThreadPoolExecutor(2) as pool:
        told = pool.map(lambda one: halls.at(*one).push(event)[0], [(first, 0), (second, 1)])
        statuses = sorted(result.status for result in told)
    assert statuses == ["applied", "duplicate"]
    with halls.engine.begin() as db:
        assert db.scalar(select(func.count()).where(cases.c.id == event.subject)) == 1
        assert db.scalar(select(func.count()).where(inbox.c.event == event.id)) == 1


def test_the_same_case_from_two_devices_at_once_is_one_and_the_other_is_told(halls: Halls) -> None:
    first, second = halls.device(), halls.device()
    name = f"case-{time.monotonic_ns()}"
    sent = [(0, first, first.received(name)), (1, second, second.received(name))]
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda one: halls.at(one[1], one[0]).push(one[2])[0], sent))
    assert sorted(result.status for result in told) == ["applied", "conflict"]
    assert {result.code for result in told} == {None, "case_known"}


def test_a_reused_id_or_place_is_seen_by_the_other_server(halls: Halls) -> None:
    device = halls.device()
    event = device.received(f"case-{time.monotonic_ns()}")
    halls.at(device, 0).push(event)
    body = event.body.replace("测小宝", "别人")
    (reused,) = halls.at(device, 1).push(replace(event, body=body, sha256=digest(body)))
    assert reused.code == "id_reused"
    cloned = replace(device, seq=0, prev="0" * 64)
    other = cloned.received(f"case-{time.monotonic_ns()}")
    assert halls.at(device, 1).push(other)[0].code == "seq_reused"
    # An id from before with a place ahead: only the key of the inbox knows it.
    ahead = device.received(f"case-{time.monotonic_ns()}")
    assert halls.at(device, 1).push(replace(ahead, id=event.id))[0].code == "id_reused"


def test_a_worker_that_is_killed_is_replaced_and_nothing_is_lost(halls: Halls) -> None:
    device = halls.device()
    pids = _workers(halls.servers[1])
    os.kill(pids[0], 9)
    until(lambda: len(now := _workers(halls.servers[1])) == 2 and pids[0] not in now)
    event = device.received(f"case-{time.monotonic_ns()}")
    assert halls.at(device, 1).push(event)[0].status is PushStatus.APPLIED
    assert httpx2.get(f"{halls.servers[1].url}/v1/health", trust_env=False).is_success


def test_workers_are_handed_connections_in_turn(halls: Halls) -> None:
    """A station keeps its connection: eight at one of two workers would leave the other one with nothing to do."""
    server = halls.servers[1]
    _wait_for_both(server)
    assert _spread(server, 8) == [4, 4]


def test_a_worker_that_stands_still_is_handed_nothing_more(halls: Halls) -> None:
    server = halls.servers[1]
    _wait_for_both(server)
    stopped, _ = _workers(server)
    os.kill(stopped, signal.SIGSTOP)
    try:
        with ExitStack() as kept:
            for _ in range(2):  # one of them is handed to it
                kept.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            until(lambda: all(_answers(server) for _ in range(6)))
            assert stopped in _workers(server)  # it was passed over, and not replaced meanwhile
    finally:
        os.kill(stopped, signal.SIGCONT)
    _wait_for_both(server)


def _answers(server: Service) -> bool:
    """Whoever is handed to the one that stands still is not answered."""
    with suppress(httpx2.TimeoutException):
        return httpx2.get(f"{server.url}/v1/health", trust_env=False, timeout=2).is_success
    return False


def _wait_for_both(server: Service) -> None:
    """One of them may have been started only just now, or stood still."""
    until(lambda: 0 not in _spread(server, 2))


def _spread(server: Service, count: int) -> list[int]:
    """How many of so many new connections each worker holds."""
    workers = _workers(server)
    before = [_connections(pid, server.port) for pid in workers]
    with ExitStack() as kept:
        for _ in range(count):
            client = kept.enter_context(httpx2.Client(trust_env=False))
            assert client.get(f"{server.url}/v1/health").is_success
        after = [_connections(pid, server.port) for pid in workers]
    return [now - then for now, then in zip(after, before, strict=True)]


def _connections(pid: int, port: int) -> int:
    """How many connections that were made to this port a process holds."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    inodes = {row[9] for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "01"}
    held = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()]
    return sum(link.removeprefix("socket:[").removesuffix("]") in inodes for link in held)


def _workers(server: Service) -> list[int]:
    parent = server._process
    assert parent is not None
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
    return [int(child) for child in children if _is_alive(int(child))]


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_feed_rows_are_all_of_known_cases(halls: Halls) -> None:
    with halls.engine.begin() as db:
        told, known = (db.scalar(select(func.count()).select_from(table)) for table in (feed, cases))
    assert told is not None
    assert told == known  # one registration each, none twice


def _figure(port: int, name: str) -> float:
    told = httpx2.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text
    found = [line for line in told.splitlines() if line.startswith(f"{name} ")]
    return float(found[0].rpartition(" ")[2]) if found else 0.0


def test_what_workers_count_is_shown_together(halls: Halls) -> None:
    """A connection for each push, so that both workers of the second server get some."""
    device = halls.at(halls.device(), 1)
    name = 'hall_events_total{kind="case_received"}'
    before = _figure(halls.metrics[1], name)
    for n in range(20):
        assert device.push(device.received(f"counted-{n}"))[0].status is PushStatus.APPLIED
    assert _figure(halls.metrics[1], name) == before + 20
    for port in halls.metrics:
        assert _figure(port, "hall_up") == 1
        assert _figure(port, "hall_feed_age_seconds") < 30
