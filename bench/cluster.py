"""python -m bench.cluster [--json] [--long]: the primary of a high-availability set is killed under load.

Every envelope for which a station holds the hall's signed receipt must be in the inbox of whoever is primary afterwards, with
the same content, and its case beside it. The control runs the same set with asynchronous standbys that were cut off before
the kill: there receipts must be lost, or this harness proves nothing.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event
from typing import Any

from bench.stations import Push, Station, codes, enrolled
from demo.cluster import Cluster, Node

STATIONS = 8
_CASE_S = 0.15  # between two turns of a station
_BEFORE_S = 5.0
_PROBE_S = 0.1
_AWAY_S = 3.0  # how long the control's standbys hear nothing
_PATIENCE_S = 120.0


@dataclass(frozen=True, slots=True)
class Round:
    """What one fault did. `acked` are all receipts so far, `missing` those that the database does not know (0 is the promise).

    `gap_ms`: a probe that tries every 100 ms was without a receipt for so long; `stations_gap_ms`: the longest any station
    was, with the product's own pace of trying again; `rejoin_s`: until the set was whole again. `answers` are the troubles
    that stations were told, by status and code.
    """

    fault: str
    acked: int
    missing: int
    gap_ms: float
    stations_gap_ms: float
    rejoin_s: float
    answers: dict[str, int]


class Load:
    """Stations that receive cases and push them, each in a thread of its own, until told to stop."""

    def __init__(self, stations: list[Station], probe: Station) -> None:
        self._stations, self._probe = stations, probe
        self._stop = Event()
        self.done: dict[str, list[Push]] = {each.code: [] for each in (*stations, probe)}

    @contextmanager
    def running(self) -> Iterator[None]:
        """Push while the block runs; then until nothing waits, or trouble goes on for too long."""
        self._stop.clear()
        with ThreadPoolExecutor(len(self._stations) + 1) as pool:
            work = [pool.submit(self._station, each, pace=True) for each in self._stations]
            work.append(pool.submit(self._station, self._probe, pace=False))
            try:
                yield
            finally:
                self._stop.set()
            for each in work:
                each.result()

    def _station(self, station: Station, *, pace: bool) -> None:
        from workstation.sync.pace import wait_after  # noqa: PLC0415 - a bench is listed without the product

        failures, done = 0, self.done[station.code]
        while not self._stop.is_set():
            station.file()
            done.append(station.push())
            failures = failures + 1 if done[-1].trouble else 0
            if not pace:
                self._stop.wait(_PROBE_S)
            else:
                self._stop.wait(wait_after(failures) if failures else _CASE_S)

    def last_ok(self) -> float:
        """Return when the probe last got a receipt (monotonic)."""
        return max((_end(each) for each in self.done[self._probe.code] if each.acked), default=0.0)

    def gaps(self, since: float) -> tuple[float, float]:
        """Return the longest time without a receipt since a moment, of the probe and of any other station, in ms."""
        longest = {code: _longest(done, since) for code, done in self.done.items()}
        return longest.pop(self._probe.code) * 1000, max(longest.values()) * 1000

    def answers(self, since: float) -> dict[str, int]:
        """Count the troubles since a moment."""
        told: dict[str, int] = {}
        for each in (push for done in self.done.values() for push in done if push.begun > since):
            if each.trouble:
                name = f"{each.status or '-'} {each.trouble}"
                told[name] = told.get(name, 0) + 1
        return told


def _end(push: Push) -> float:
    return push.begun + push.seconds


def _longest(done: list[Push], since: float) -> float:
    ends = [_end(each) for each in done if each.acked]
    later = [end for end in ends if end > since]
    before = max((end for end in ends if end <= since), default=since)
    return max((b - a for a, b in zip([before, *later], later, strict=False)), default=0.0)


class Proof:
    """A running set with stations that hold receipts."""

    def __init__(self, cluster: Cluster) -> None:
        from hall.database import open_database  # noqa: PLC0415

        self.cluster = cluster
        engine = open_database(cluster.database)
        known = enrolled(engine, codes(STATIONS + 1, "C"))
        engine.dispose()
        cluster.start_halls()
        for station in known:
            station.connect(cluster.hall_url)
        self.stations = known
        self.load = Load(known[:-1], known[-1])

    def missing(self) -> tuple[int, int]:
        """Return how many receipts there are, and how many of them the primary's inbox and cases do not bear out."""
        import psycopg  # noqa: PLC0415

        # Before the database is asked: what is acknowledged later is not its debt.
        acked = [(event, *held) for station in self.stations for event, held in list(station.acked.items())]
        with psycopg.connect(self.cluster.database.replace("+psycopg", "")) as db:
            kept = set(db.execute("SELECT event, sha256 FROM inbox").fetchall())
            cases = {row[0] for row in db.execute("SELECT id FROM cases")}
        lost = [event for event, sha256, case in acked if (event, sha256) not in kept or case not in cases]
        return len(acked), len(lost)

    def strike(self, name: str, blow: Callable[[], Callable[[], None]]) -> Round:
        """Do something bad under load, wait until receipts come again, mend it, wait until the set is whole."""
        with self.load.running():
            time.sleep(_BEFORE_S)
            began = time.monotonic()
            mend = blow()
            self._receipts_after(time.monotonic() + 1.0)
            mend()
            self.cluster.whole()
            rejoined = time.monotonic() - began
            # The old primary is a standby now, and the load has gone on.
            self._receipts_after(time.monotonic())
            time.sleep(1.0)
        gap, stations = self.load.gaps(began)
        acked, missing = self.missing()
        return Round(
            name, acked, missing, round(gap), round(stations), round(rejoined, 1), self.load.answers(began)
        )

    def _receipts_after(self, moment: float) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while self.load.last_ok() <= moment:
            if time.monotonic() > deadline:
                raise RuntimeError(f"no receipt any more: {self.load.answers(moment)}")
            time.sleep(0.05)


def _nothing() -> None:
    return None


class Faults:
    """What is done to a set; each returns how it is mended."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    def primary_database(self) -> Callable[[], None]:
        """Kill -9 for all processes of the primary's database; its Patroni sees it and steps back."""
        self._cluster.node("leader").kill_database()
        return _nothing

    def primary_machine(self) -> Callable[[], None]:
        """Kill -9 for database and Patroni: the lock in etcd must run out first."""
        return self._machine("leader")

    def standby(self) -> Callable[[], None]:
        """The synchronous standby dies: the spare takes its place."""
        return self._machine("sync_standby")

    def hall(self) -> Callable[[], None]:
        """One of the halls dies."""
        program, _ = self._cluster.halls[0]
        program.end(signal.SIGKILL)
        return program.start

    def etcd_leader(self) -> Callable[[], None]:
        """The etcd that leads dies."""
        program = self._cluster.etcd_leader()
        program.end(signal.SIGKILL)
        return program.start

    def _machine(self, role: str) -> Callable[[], None]:
        node: Node = self._cluster.node(role)
        node.kill_machine()
        return node.patroni.start


def prove(*, long: bool, told: Callable[[Round], None]) -> dict[str, Any]:
    """Run all rounds and the control; return the figures."""
    began = time.monotonic()
    with Cluster(Path(sys.executable)) as cluster:
        up = time.monotonic() - began
        proof, faults = Proof(cluster), Faults(cluster)
        blows = [faults.primary_database, faults.primary_machine]
        if long:
            blows = 3 * [*blows, faults.standby, faults.hall, faults.etcd_leader]
        rounds = []
        for blow in blows:
            rounds.append(proof.strike(blow.__name__, blow))
            told(rounds[-1])
    return {
        "up_s": round(up, 1),
        "rounds": [asdict(each) for each in rounds],
        "acked": rounds[-1].acked,
        "missing": max(each.missing for each in rounds),
        "control": control(),
    }


def control() -> dict[str, int]:
    """The same with asynchronous standbys that hear nothing for a while before the primary is killed: receipts get lost."""
    with Cluster(Path(sys.executable), synchronous=False) as cluster:
        proof = Proof(cluster)
        leader = cluster.node("leader")
        receivers = [pid for node in cluster.nodes if node is not leader for pid in node.receivers()]
        with proof.load.running():
            time.sleep(1.0)
            cluster.signal(receivers, signal.SIGSTOP)
            time.sleep(_AWAY_S)
        leader.kill_machine()
        # What lies unread in their sockets is lost with the line, as it is with a machine: they end before they read on.
        cluster.signal(receivers, signal.SIGTERM)
        cluster.signal(receivers, signal.SIGCONT)
        cluster.successor(leader)
        acked, missing = proof.missing()
        return {"acked": acked, "missing": missing}


def main() -> int:
    """Print the figures; 1 when a receipt was lost, or the control lost none."""
    parser = argparse.ArgumentParser(prog="dev.py cluster", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="one JSON object at the end")
    parser.add_argument(
        "--long", action="store_true", help="three times, and kill standby, hall and etcd leader too"
    )
    given = parser.parse_args()
    shown = (lambda _: None) if given.json else _tell
    figures = prove(long=given.long, told=shown)
    if given.json:
        print(json.dumps(figures))
    else:
        lost = figures["control"]
        print(f"{figures['acked']} receipts, {figures['missing']} missing")
        print(f"control (asynchronous, cut off): {lost['acked']} receipts, {lost['missing']} missing")
    return 0 if figures["missing"] == 0 and figures["control"]["missing"] > 0 else 1


def _tell(done: Round) -> None:
    print(
        f"{done.fault:18} {done.acked:6} receipts {done.missing:3} missing   gap {done.gap_ms:6.0f} ms   "
        f"stations {done.stations_gap_ms:6.0f} ms   whole after {done.rejoin_s:5.1f} s   {done.answers}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
