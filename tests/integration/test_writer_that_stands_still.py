"""A writer of a SQLite hall that is stopped in its turn: whoever comes behind it is told, nobody waits without end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError

from demo.service import Service, free_ports
from hall.availability import is_away
from hall.database import keep, open_database
from hall.engines import reading
from hall.enrolment import new_code
from hall.group_commit import GroupCommit
from hall.integrity import faults, gaps
from hall.readiness import readiness
from hall.settings import Watch
from hall.tables import feed, meta
from hall.turn_holder import TurnHeld, standing_holder
from hall.vitals import alarms
from tests.fakes.device import Answered, Device
from tests.until import until
from wire.codec import decode
from wire.keys import new_id
from wire.messages import Change, Envelope, PushStatus, Trouble

# Stands in its turn, with something written and not committed, until a line comes.
_HOLDS = """
import os, sys
from hall.database import keep
from hall.engines import make_engine
with open("/proc/self/comm", "wb") as name:
    name.write(os.fsencode(sys.argv[2]))
with make_engine(sys.argv[1]).begin() as db:
    keep(db, "of_the_stopped", "1")
    print("held", flush=True)
    sys.stdin.readline()
"""


class Stopped:
    """A hall's database whose turn is with a process that was stopped."""

    def __init__(self, engine: Engine, holder: subprocess.Popen[str]) -> None:
        self.engine, self._holder = engine, holder
        self.pid = holder.pid

    def stop(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)
        os.waitid(os.P_PID, self.pid, os.WSTOPPED | os.WNOWAIT)

    def go_on(self) -> None:
        os.kill(self.pid, signal.SIGCONT)
        assert self._holder.stdin is not None
        self._holder.stdin.write("\n")
        self._holder.stdin.flush()
        self._holder.wait()

    def names(self) -> set[str]:
        with reading(self.engine) as db:
            return {row.name for row in db.execute(meta.select())}


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Stopped]:
    engine = open_database(tmp_path / "hall.db")
    with _holding(engine) as made:
        yield made
    engine.dispose()


@contextmanager
def _holding(engine: Engine, name: bytes = b"python3") -> Iterator[Stopped]:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(engine.url.database), os.fsdecode(name)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield Stopped(engine, holder)
        finally:
            holder.kill()


def _alone(engine: Engine) -> Callable[[str], None]:
    def write(name: str) -> None:
        with engine.begin() as db:
            keep(db, name, "1")

    return write


def _in_a_group(engine: Engine) -> Callable[[str], None]:
    group = GroupCommit(engine)
    return lambda name: group.run(lambda db: keep(db, name, "1"))


WAYS = pytest.mark.parametrize("way", [_alone, _in_a_group])


@WAYS
def test_who_comes_behind_one_that_stands_still_is_told_to_come_again(
    held: Stopped, way: Callable[[Engine], Callable[[str], None]]
) -> None:
    write = way(held.engine)
    held.stop()
    for _ in range(2):
        with pytest.raises(OperationalError) as told:
            write("ours")
        assert isinstance(told.value.orig, TurnHeld)
        assert told.value.orig.by == held.pid
        assert is_away(told.value)
    held.go_on()
    write("ours")
    assert held.names() >= {"ours", "of_the_stopped"}


@WAYS
def test_of_those_who_wait_already_one_waits_on_and_the_others_are_told(
    held: Stopped, way: Callable[[Engine], Callable[[str], None]]
) -> None:
    """The kernel's lock has no patience: who asked it before the other one was stopped gets its turn when that goes on."""
    write = way(held.engine)
    with ThreadPoolExecutor(4) as pool:
        waiting = {pool.submit(write, name): name for name in ("ours-1", "ours-2", "ours-3", "ours-4")}
        until(_asks_the_kernel, every=0.001)
        held.stop()
        try:
            told = set(islice(as_completed(waiting, 60), 3))
        finally:
            held.go_on()
        assert all(is_away(each.exception() or AssertionError()) for each in told)
    kept = {name for each, name in waiting.items() if each not in told}
    assert {name for name in held.names() if name.startswith("ours")} == kept


def _asks_the_kernel() -> bool:
    """Say whether a thread of this process waits for a lock of a file."""
    locks = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    return any(lock[1:3] == ["->", "FLOCK"] and lock[5] == str(os.getpid()) for lock in locks)


def test_a_process_whose_name_is_no_text_shuts_nobody_out(tmp_path: Path) -> None:
    """The kernel cuts a name after fifteen bytes, also within a sign of Chinese."""
    engine = open_database(tmp_path / "hall.db")
    write = _alone(engine)
    with _holding(engine, "hall备份大厅".encode()[:15]) as held:
        held.stop()
        for _ in range(2):
            with pytest.raises(OperationalError):
                write("ours")
        held.go_on()
        write("ours")
        assert "ours" in held.names()
    engine.dispose()


def test_whoever_watches_is_told_which_process_stands_still(held: Stopped, tmp_path: Path) -> None:
    held.stop()
    assert readiness(held.engine, tmp_path, 0).checks["database"] == "held"
    (alarm,) = alarms(held.engine, tmp_path, Watch(disk_free_mb=0), None, None)
    assert (alarm.code, alarm.value) == ("database", f"held by process {held.pid}")
    held.go_on()
    assert readiness(held.engine, tmp_path, 0).ready
    assert list(alarms(held.engine, tmp_path, Watch(disk_free_mb=0), None, None)) == []


def test_a_writer_that_only_takes_long_is_not_told_as_one_that_stands_still(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hall.turns.PATIENCE_S", 0.0)
    engine = open_database(tmp_path / "hall.db")
    with engine.begin() as db:
        keep(db, "ours", "1")
        assert readiness(engine, tmp_path, 0).checks["database"] == "unreachable"
    assert readiness(engine, tmp_path, 0).ready
    engine.dispose()


# -- over HTTP, with two workers ---------------------------------------------------------------------
@dataclass
class Served:
    engine: Engine
    server: Service
    metrics: int

    def device(self) -> Device:
        with self.engine.begin() as db:
            code = new_code(db, "440104", confirmed_by="test")
        made = Device(self.server.url)
        made.enrol(code)
        return made

    def workers(self) -> list[int]:
        told = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text()
        return [int(each) for each in told.split()]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = tmp_path_factory.mktemp("served")
    port, metrics = free_ports(2)
    command = f"-m hall serve --port {port} --database {root}/hall.db --workers 2 --metrics-port {metrics}"
    command += f" --departments http://127.0.0.1:9 --demo-code {'c0de' * 4} --timer-s 0"
    server = Service("hall", [sys.executable, *command.split()], port, folder=root, env=os.environ)
    server.start()
    server.wait("/v1/health")
    engine = open_database(root / "hall.db")
    yield Served(engine, server, metrics)
    engine.dispose()
    server.end()


def test_a_station_is_told_to_come_again_and_is_served_when_the_writer_goes_on(served: Served) -> None:
    device = served.device()
    event = device.received(new_id())
    with _holding(served.engine) as held:
        held.stop()
        with pytest.raises(Answered) as told:
            device.push(event)
        assert (told.value.status, told.value.code) == (503, "database_away")
        ready = httpx2.get(f"{served.server.url}/v1/ready", trust_env=False, timeout=30)
        assert (ready.status_code, decode(Trouble, ready.content).details["database"]) == (503, "held")
        figures = httpx2.get(f"http://127.0.0.1:{served.metrics}/metrics", trust_env=False, timeout=30).text
        assert f"hall_standing_writer_pid {float(held.pid)}" in figures
        assert 'hall_alarm{code="database"} 1.0' in figures
        assert device.changes().epoch == device.me.epoch  # who only reads is served
        held.go_on()
    assert [each.status for each in device.push(event)] == [PushStatus.APPLIED]


def test_a_worker_that_is_stopped_in_its_turn_is_ended_and_nothing_is_lost_or_doubled(served: Served) -> None:
    devices = [served.device() for _ in range(3)]
    batches = [[[device.received(new_id()) for _ in range(50)] for _ in range(12)] for device in devices]
    before = served.workers()
    with ThreadPoolExecutor(len(devices)) as pool:
        brought = [pool.submit(_bring, *each) for each in zip(devices, batches, strict=True)]
        stopped = _stop_in_its_turn(served, before)
        for each in brought:
            each.result()
    assert stopped not in served.workers()
    assert len(served.workers()) == 2
    for device, sent in zip(devices, batches, strict=True):
        again = [each.status for batch in sent for each in device.push(*batch)]
        assert again == [PushStatus.DUPLICATE] * 600
    assert list(faults(served.engine)) == []
    with reading(served.engine) as db:
        assert gaps(db) == 0
        told = Counter(decode(Change, change).subject for change in db.scalars(select(feed.c.change)))
    assert all(told[event.subject] == 1 for sent in batches for batch in sent for event in batch)


def _bring(device: Device, batches: list[list[Envelope]]) -> None:
    """Push as a station does: again, until it is answered."""
    for batch in batches:
        while True:
            with suppress(Answered, httpx2.TransportError):
                results = device.push(*batch)
                assert {each.status for each in results} <= {PushStatus.APPLIED, PushStatus.DUPLICATE}
                break


def _stop_in_its_turn(served: Served, workers: list[int]) -> int:
    """Stop one of the workers again and again, until that is within its turn."""
    door = Path(f"{served.engine.url.database}-turn")
    for worker in islice(cycle(workers), 10_000):
        os.kill(worker, signal.SIGSTOP)
        until(partial(_stands_still, worker), every=0.0)
        if standing_holder(door) == worker:
            return worker
        os.kill(worker, signal.SIGCONT)
    raise AssertionError


def _stands_still(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][:1] == "T"
