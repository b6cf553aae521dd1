"""2,000 stations with the product's client on one hall: how long a push takes, whether the hall stays even, how they come back."""

from __future__ import annotations

import heapq
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from bench.harness import Figure
from bench.stations import Push, Station, codes, enrolled
from demo.cluster import children
from demo.postgres import Postgres
from demo.service import Service, free_ports

STATIONS = 2000
# The busiest hour of a counter with 40 cases in eight hours has four times the mean (docs/deployment.md).
CASE_EVERY_S = 8 * 3600 / 40 / 4
WORKERS = 2  # server processes: as many as this machine has cores
HANDS = 128  # requests that the driver can have under way
_LOOK_S = 2.0
_ALONE_S = 8.0
_FIRST_S = 30.0  # within which each of the crowd has looked once
_EVEN_S, _AWAY_S = 60.0, 45.0  # how long an even hour is looked at, and how long the hall is away then
APART = 10  # stations in a process of their own: half of them before, half of them beside the others


def measure(*, long: bool) -> Iterator[Figure]:
    """Give what 2,000 stations meet that each file a case every three minutes (a busy hour) and look for news as the
    product does.

    - `fleet_push_p50`, `fleet_push_p99` (ms, signing and checking the receipt included) of ten of the stations, which run in
      a process of their own as a real station does; floor: the median of the same when all others are still.
      `fleet_crowd_p99` is that of all others, whose threads also wait for each other, as no station does;
    - `fleet_cpu` (cores that the hall's processes took in the last third; floor: in the first third), `fleet_connections`
      likewise (to the hall and to the database), `fleet_memory` (MB): even, when the ratio stays at 1;
    - `fleet_requests` (requests/s), its floor what was due by the stations' own pace: the driver kept up when it is 1;
    - `fleet_refused` (answers that were no success while the hall was up; floor: all requests);
    - `herd_peak` (stations whose pace lets them come in the busiest second after the hall was away; floor: all stations at once), `herd_back` (s until
      each has got through what it held; floor: the longest wait of the product's own pace), `herd_refused`.
    """
    # A request that is answered must not wait five milliseconds for each of the driver's other threads.
    sys.setswitchinterval(0.0005)
    with tempfile.TemporaryDirectory(prefix="yc-fleet-") as folder, Postgres(max_connections="200") as server:
        name = server.new_database()
        stations = _prepare(server.url(name))
        hall = _hall(Path(folder), server.url(name))
        hall.start()
        try:
            hall.wait("/v1/health")
            apart, crowd = stations[:APART], stations[APART:]
            for station in crowd:
                station.connect(hall.url)
            fleet = _Fleet(crowd)
            yield from _even(fleet, apart, hall, server, 600.0 if long else _EVEN_S)
            yield from _herd(fleet, hall, 120.0 if long else _AWAY_S)
        finally:
            hall.end()


def _prepare(url: str) -> list[Station]:
    from hall.database import open_database  # noqa: PLC0415 - a bench is listed without the product

    engine = open_database(url)
    try:
        return enrolled(engine, codes(STATIONS + APART, "F"))
    finally:
        engine.dispose()


def _hall(folder: Path, database: str) -> Service:
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "hall", "serve", "--port", str(port), "--workers", str(WORKERS)]
    command += ["--database", database, "--files", str(folder), "--departments", "http://127.0.0.1:9"]
    return Service("hall", command, port, folder=folder, env=os.environ)


# -- an even hour ---------------------------------------------------------------------------------------------
def _even(
    fleet: _Fleet, apart: Sequence[Station], hall: Service, server: Postgres, seconds: float
) -> Iterator[Figure]:
    watch = _Watch(hall, server)
    with ProcessPoolExecutor(1, get_context("spawn")) as own:
        alone = statistics.median(own.submit(_push_evenly, apart[: APART // 2], hall.url, _ALONE_S).result())
        # All have looked once: connections, prepared statements and numbers taken ahead are there.
        fleet.run(_FIRST_S)
        beside = own.submit(_push_evenly, apart[APART // 2 :], hall.url, seconds)
        done = fleet.run(seconds, watch.look)
        took = sorted(beside.result())
    crowd = sorted(each.seconds * 1000 for each in done.pushes if not each.trouble)
    yield _figure("fleet_push_p50", "ms", took[len(took) // 2], alone, len(took))
    yield _figure("fleet_push_p99", "ms", took[len(took) * 99 // 100], alone, len(took))
    yield _figure("fleet_crowd_p99", "ms", crowd[len(crowd) * 99 // 100], alone, len(crowd))
    for what, unit in (("cpu", "cores"), ("connections", "lines"), ("memory", "MB")):
        first, last = watch.thirds(what)
        yield _figure(f"fleet_{what}", unit, last, first, len(watch.seen))
    requests = [*done.pushes, *done.polls]
    yield _figure("fleet_requests", "1/s", len(requests) / seconds, (len(requests) + done.left) / seconds, 1)
    troubles = Counter(f"{each.status} {each.trouble}" for each in requests if each.trouble)
    yield _figure("fleet_refused", "of all", troubles.total(), len(requests), 1)
    for trouble, count in troubles.items():
        print(f"refused: {count} x {trouble}", file=sys.stderr)


def _push_evenly(stations: Sequence[Station], url: str, seconds: float) -> list[float]:
    """Push a case every quarter of a second, the stations in turn; return how long each push took, in ms."""
    for station in stations:
        station.connect(url)
    took: list[float] = []
    end = time.monotonic() + seconds
    for station in itertools.cycle(stations):
        if time.monotonic() > end:
            return took
        station.file()
        took.append(station.push().seconds * 1000)
        time.sleep(0.25)
    return took


@dataclass(frozen=True, slots=True)
class _Seen:
    at: float
    cpu: float  # seconds that the hall's processes have taken since their start
    connections: int
    memory: float


class _Watch:
    """Looks at the processes of the hall from outside, every two seconds."""

    def __init__(self, hall: Service, server: Postgres) -> None:
        self._hall, self._server = hall, server
        self.seen: list[_Seen] = []

    def look(self) -> None:
        """Note how things are, at most every two seconds."""
        now = time.monotonic()
        if self.seen and now < self.seen[-1].at + _LOOK_S:
            return
        hall = [self._hall.pid, *children(self._hall.pid)]
        lines = _established(self._hall.port) + int(
            self._server.psql("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
        )
        self.seen.append(_Seen(now, sum(map(_cpu_s, hall)), lines, sum(map(_memory_mb, hall))))

    def thirds(self, what: str) -> tuple[float, float]:
        """Return the mean of the first and of the last third."""
        third = len(self.seen) // 3
        parts = self.seen[: third + 1], self.seen[-third - 1 :]
        if what == "cpu":
            first, last = ((part[-1].cpu - part[0].cpu) / (part[-1].at - part[0].at) for part in parts)
        else:
            first, last = (statistics.mean(getattr(each, what) for each in part) for part in parts)
        return first, last


def _cpu_s(process: int) -> float:
    words = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _memory_mb(process: int) -> float:
    return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6


def _established(port: int) -> int:
    here, up = f":{port:04X}", "01"
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    return sum(words[1].endswith(here) and words[3] == up for words in map(str.split, lines))


# -- the herd -------------------------------------------------------------------------------------------------
def _herd(fleet: _Fleet, hall: Service, away_s: float) -> Iterator[Figure]:
    hall.end()
    for station in fleet.stations:
        station.file()
    fleet.push_all_soon(away_s / 2)
    fleet.run(away_s)
    hall.start()
    began = time.monotonic()
    hall.wait("/v1/health")
    done = _Done()
    while any(station.waiting for station in fleet.stations) and time.monotonic() < began + 300:
        done.add(fleet.run(1.0))
    back = time.monotonic() - began
    requests = [*done.pushes, *done.polls]
    # When stations wanted to come, whether or not the driver had a hand free for them.
    seconds = Counter(map(int, done.due))
    held = sum(bool(station.waiting) for station in fleet.stations)
    if held:
        raise RuntimeError(f"{held} stations hold something five minutes after the hall is back")
    yield _figure("herd_peak", "1/s", max(seconds.values()), len(fleet.stations), 1)
    from workstation.sync.pace import LONGEST_S  # noqa: PLC0415

    yield _figure("herd_back", "s", back, LONGEST_S, 1)
    refused = sum(each.status == "503" for each in requests)
    yield _figure("herd_refused", "of all", refused, len(requests), 1)


# -- the driver -----------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Done:
    pushes: list[Push] = field(default_factory=list)
    polls: list[Push] = field(default_factory=list)
    due: list[float] = field(
        default_factory=list
    )  # when each turn was due by its station's own pace (monotonic)
    left: int = 0  # what was due at the end and not begun

    def add(self, more: _Done) -> None:
        self.pushes += more.pushes
        self.polls += more.polls
        self.due += more.due
        self.left = more.left


@dataclass(slots=True)
class _Pace:
    """What a station's engine remembers: when it files next, when something last moved, failures in a row."""

    files_at: float
    moved_at: float
    failures: int = 0


class _Fleet:
    """Lets each station have its turn when its own pace says so: one at a time per station, as its engine does."""

    def __init__(self, stations: Sequence[Station]) -> None:
        now = time.monotonic()
        self.stations = stations
        self._pace = [
            _Pace(now + random.uniform(0, CASE_EVERY_S), now - random.uniform(0, 300)) for _ in stations
        ]
        self._due = [(now + random.uniform(0, _FIRST_S), n) for n in range(len(stations))]
        heapq.heapify(self._due)

    def push_all_soon(self, within_s: float) -> None:
        """Let every station have a turn within so many seconds."""
        now = time.monotonic()
        self._due = [(now + random.uniform(0, within_s), n) for _, n in self._due]
        heapq.heapify(self._due)

    def run(self, seconds: float, look: Callable[[], None] = lambda: None) -> _Done:
        """Give turns for so long; `look` is called all the while."""
        done, end = _Done(), time.monotonic() + seconds
        flying: dict[int, Future[None]] = {}
        with ThreadPoolExecutor(HANDS) as pool:
            while (now := time.monotonic()) < end:
                look()
                for n in [n for n, turn in flying.items() if turn.done()]:
                    flying.pop(n).result()
                    heapq.heappush(self._due, (time.monotonic() + self._pause(n), n))
                while self._due and self._due[0][0] <= now and len(flying) < HANDS:
                    due, n = heapq.heappop(self._due)
                    done.due.append(due)
                    flying[n] = pool.submit(self._turn, n, done)
                time.sleep(0.005)
            done.left = sum(due <= end - 1.0 for due, _ in self._due)
        for n, turn in flying.items():
            turn.result()
            heapq.heappush(self._due, (time.monotonic() + self._pause(n), n))
        return done

    def _turn(self, n: int, done: _Done) -> None:
        station, pace = self.stations[n], self._pace[n]
        if time.monotonic() >= pace.files_at:
            station.file()
            pace.files_at += CASE_EVERY_S
        made: list[Push] = []
        if station.waiting:
            made.append(station.push())
            done.pushes.append(made[-1])
        if not any(each.trouble for each in made):
            made.append(station.poll())
            done.polls.append(made[-1])
        pace.failures = pace.failures + 1 if made[-1].trouble else 0
        if any(each.acked for each in made):
            pace.moved_at = time.monotonic()

    def _pause(self, n: int) -> float:
        from workstation.sync.pace import idle_after, wait_after  # noqa: PLC0415

        pace, now = self._pace[n], time.monotonic()
        if pace.failures:
            return wait_after(pace.failures)
        # A filing wakes the engine.
        return max(0.0, min(idle_after(now - pace.moved_at), pace.files_at - now))


def _figure(name: str, unit: str, value: float, floor: float, runs: int) -> Figure:
    return Figure(
        name, round(value, 3), unit, round(floor, 3), round(value / floor, 3) if floor else 0.0, runs
    )
