"""One run: a hall of two workers on its database, stations that push, faults by a number, and the verdict."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import Engine, func, select

from bench.stations import codes, enrolled
from demo.postgres import Postgres
from demo.service import Service, free_ports
from hall.database import open_database
from hall.integrity import faults as misfits
from hall.settings import Watch
from hall.tables import feed
from hall.vitals import alarms
from tests.torture.faults import KILL_ALL, Nemesis
from tests.torture.held import held
from tests.torture.judge import Anomaly, judge
from tests.torture.line import line_to
from tests.torture.station import Account, Station
from wire.messages import PushStatus

WORKERS = 2
# What a station gets to push what waits, after the last fault; nothing is judged before all are done.
DRAIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does. `seed` decides on faults and events, not on when the machine runs whom. `times` is how often each kind of
    fault comes; with `seconds` it goes on in rounds until they are over. `wrong` is a bug of tests/torture/wrong_hall.py."""

    seed: int
    postgres: bool
    stations: int = 4
    times: int = 2
    seconds: float = 0.0
    wrong: str = ""
    kinds: tuple[str, ...] = ()  # these faults, in place of all of them


@dataclass(frozen=True, slots=True)
class Told:
    """What a run covered, and what it found."""

    anomalies: Sequence[Anomaly]
    begun: Mapping[str, int]
    struck: Mapping[str, int]
    did: Mapping[str, int]
    events: int  # made
    acknowledged: int  # events of which a receipt was heard
    unheard: (
        int  # of these, those whose first answer was lost: the next one said that they were there already
    )
    seconds: float


def torture(plan: Plan, folder: Path) -> Told:
    """Run it, with everything that it leaves in `folder`. Raises demo.service.DidNotStart, PostgresUnavailable."""
    begun = time.monotonic()
    with ExitStack() as world:
        postgres = world.enter_context(Postgres()) if plan.postgres else None
        name = postgres.new_database() if postgres else ""
        place = postgres.url(name, socket=False) if postgres else str(folder / "hall.db")
        engine = open_database(place)
        world.callback(engine.dispose)
        known = enrolled(engine, codes(plan.stations))
        hall = world.enter_context(_serving(place, folder, plan.wrong))
        stations = []
        for each in known:
            line = world.enter_context(line_to(hall.port))
            stations.append(Station.of(each, line, f"{plan.seed}/{each.code}"))
            world.callback(stations[-1].client.close)
        nemesis = Nemesis(hall, stations, Random(plan.seed), postgres, name)
        with _at_work(stations):
            for kind in _faults(plan, nemesis):
                nemesis.do(kind)
        engine.dispose()  # a crash has cut what it held
        _catch_up(engine, stations)
        accounts = [each.account for each in stations]
        found = [*judge(accounts, held(engine)), *_by_the_hall(engine, folder)]
        did = sum((each.did for each in stations), Counter[str]())
        return _told(nemesis, accounts, did, found, time.monotonic() - begun)


def _faults(plan: Plan, nemesis: Nemesis) -> Iterator[str]:
    end = time.monotonic() + plan.seconds
    yield from plan.kinds or nemesis.plan(plan.times)
    while time.monotonic() < end:
        yield from (*nemesis.plan(plan.times), KILL_ALL)


@contextmanager
def _serving(place: str, folder: Path, wrong: str) -> Iterator[Service]:
    (port,) = free_ports(1)
    module = ["tests.torture.wrong_hall", wrong] if wrong else ["hall"]
    serve = [
        "serve",
        "--port",
        str(port),
        "--database",
        place,
        "--files",
        str(folder),
        "--workers",
        str(WORKERS),
    ]
    command = [sys.executable, "-m", *module, *serve, "--departments", "http://127.0.0.1:9"]
    hall = Service("hall", command, port, folder=folder, env=os.environ)
    hall.start()
    try:
        hall.wait("/v1/health")
        yield hall
    finally:
        hall.end()


@contextmanager
def _at_work(stations: Sequence[Station]) -> Iterator[None]:
    """Let the stations push until the block ends, and wait until each has pushed what it had left."""
    over, end = threading.Event(), [0.0]
    threads = [
        threading.Thread(target=each.work, args=(over, lambda: time.monotonic() < end[0]))
        for each in stations
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        end[0] = time.monotonic() + DRAIN_S
        over.set()
        for thread in threads:
            thread.join()


def _catch_up(engine: Engine, stations: Sequence[Station]) -> None:
    """Let each station read its feed to the end: a writer that has ended holds it back for a moment."""
    end = time.monotonic() + DRAIN_S / 2
    for each in stations:
        wanted = select(func.count()).where(feed.c.station == each.maker.me.station)
        with engine.connect() as db:
            there = int(db.scalar(wanted) or 0)
        while len(each.seen) < there and time.monotonic() < end:
            each.poll()
            time.sleep(0.05)
        each.poll()


def _by_the_hall(engine: Engine, folder: Path) -> Iterator[Anomaly]:
    """What `hall integrity` and `hall check` say, by the functions behind them."""
    for fault in misfits(engine):
        yield Anomaly("integrity", f"{fault.code} {fault.where}")
    for alarm in alarms(engine, folder, Watch(), None, None):
        yield Anomaly("check", f"{alarm.code} {alarm.value}")


def _told(
    nemesis: Nemesis,
    accounts: Sequence[Account],
    did: Mapping[str, int],
    found: Sequence[Anomaly],
    seconds: float,
) -> Told:
    first: dict[str, PushStatus] = {}
    for account in accounts:
        for heard in account.heard:
            if heard.receipt is not None:
                first.setdefault(heard.event, heard.status)
    unheard = sum(status is PushStatus.DUPLICATE for status in first.values())
    events = sum(len(account.sent) for account in accounts)
    return Told(found, nemesis.begun, nemesis.struck, did, events, len(first), unheard, seconds)


def lines_of(told: Told) -> Iterator[str]:
    """Say what a run covered and found, for people."""
    yield f"{told.events} events made, {told.acknowledged} acknowledged, {told.unheard} of them by a second answer; {told.seconds:.0f} s"
    yield "faults (struck/begun): " + ", ".join(
        f"{kind} {told.struck[kind]}/{count}" for kind, count in sorted(told.begun.items())
    )
    yield "did: " + ", ".join(f"{what} {count}" for what, count in sorted(told.did.items()))
    for anomaly in told.anomalies:
        yield f"ANOMALY {anomaly.check}: {anomaly.what}"
