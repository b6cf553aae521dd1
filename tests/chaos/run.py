"""One run: rounds of seeded operations under seeded faults, each healed and waited for, and the verdict of the checker."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.chaos.checker import Anomaly, Final, check, status_of
from tests.chaos.final import hall_final
from tests.chaos.history import History
from tests.chaos.nemesis import HALL_FAULTS, STATION_FAULTS, Nemesis, run_until
from tests.chaos.net import lay_bridge
from tests.chaos.rival import Rival, enrolled
from tests.chaos.world import Hall, Hung, Lost, Said, Station

ALL_FAULTS = (*STATION_FAULTS, *HALL_FAULTS)


_WEIGHTS = {
    "file": 30,
    "accept": 18,
    "amend": 8,
    "close": 8,
    "reopen": 4,
    "number": 8,
    "query": 16,
    "purge": 3,
    "contend": 5,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does. A run ends after `rounds`, or once `operations` were made where that is not 0."""

    seed: int = 1
    stations: int = 5
    rounds: int = 3
    round_s: float = 24.0
    operations: int = 0
    faults: tuple[str, ...] = ALL_FAULTS
    every_s: float = 1.0  # between two steps of the nemesis
    pause_s: float = 0.8  # between two operations of a station, half of it by chance
    longest_s: float = 4.0  # between two tries of the sync engine
    bound_s: float = 90.0  # everything has converged after so long
    bug: str = ""
    weights: Mapping[str, int] = field(default_factory=lambda: _WEIGHTS)


@dataclass(slots=True)
class Outcome:
    """What came of a run."""

    plan: Plan
    operations: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    converged_s: list[float] = field(default_factory=list)
    anomalies: list[Anomaly] = field(default_factory=list)
    took_s: float = 0.0


_WITHOUT_CASE = frozenset({"file", "purge", "contend"})
_EARLY = ("not_accepted", "voided")
_LATER = ("accepted", "dispatched", "decided")
# What an operation makes sense of.
_FROM = {
    "accept": ("received",),
    "amend": _LATER,
    "close": ("received",),
    "reopen": _EARLY,
    "number": ("received", *_LATER),
    "query": ("received", *_LATER, *_EARLY),
}


class Driver:
    """One station's people: seeded operations, one after the other, whatever happens to the process."""

    def __init__(
        self,
        station: Station,
        hall: Hall,
        rival: Rival,
        history: History,
        *,
        seed: int,
        pause_s: float,
        weights: Mapping[str, int],
    ) -> None:
        self.station, self._hall, self._rival = station, hall, rival
        self._history, self._pause_s = history, pause_s
        self._chance, self._weights = random.Random(seed), weights
        # As far as is known here; what an answer was lost of may be elsewhere, and a wrong guess is refused.
        self._at: dict[str, str] = {}
        self._for_good: list[str] = []  # closed, and never reopened: the rival's
        self.made = 0
        self.crashes: list[Anomaly] = []

    def work(self, ended: threading.Event) -> None:
        """Do something, and again, until told to end."""
        while not ended.is_set():
            self.one()
            ended.wait(self._pause_s * self._chance.uniform(0.5, 1.0))

    def one(self) -> None:
        """One operation, or what it takes to have a station again."""
        if not self.ready():
            return
        op = self._chance.choices(tuple(self._weights), tuple(self._weights.values()))[0]
        if op in _WITHOUT_CASE:
            getattr(self, f"_{op}")()
            return
        wanted = [case for case, at in self._at.items() if at in _FROM[op]]
        if self._chance.random() < 0.1:
            wanted = list(self._at)  # out of turn, to be refused
        if op == "reopen":
            wanted = [case for case in wanted if case not in self._for_good]
        if wanted:
            self._step(op, self._chance.choice(wanted[-10:]))

    def _step(self, op: str, case: str) -> None:
        kind = {"kind": self._chance.choice(("refuse", "void"))} if op == "close" else {}
        done = self.call(op, {"case": case, **kind})
        if done is None:
            return
        self._at[case] = done.get("status", self._at[case])
        if op == "close" and self._chance.random() < 0.5:
            self._for_good.append(case)

    def _file(self) -> None:
        filled = self.call("fill", {"person": self._chance.randrange(20)})
        if filled is None:
            return
        received = self.call("receive", {"case": filled["case"]})
        if received is not None:
            self._at[received["case"]] = "received"

    def _purge(self) -> None:
        try:
            heard = self.station.ask("epoch", {}).get("ok", {}).get("epoch", "")
        except Lost:
            return
        if not self._hall.may_purge(self.station.name, heard):
            return
        try:
            done = self.call("purge", {})
        finally:
            self._hall.purged(self.station.name)
        for case in (done or {}).get("cases", ()):
            self._at.pop(case, None)

    def _contend(self) -> None:
        """The rival accepts what is closed; only the hall keeps it from that."""
        if not self._for_good:
            return
        case = self._chance.choice(self._for_good)
        name = f"{self.station.name}-rival"
        call = self._history.invoke(name, "contend", {"case": case})
        self.made += 1
        said = self._rival.accept(case)
        self._history.end(
            call, name, "contend", "ok" if said == "applied" else "fail", {"case": case, "code": said}
        )

    def ready(self) -> bool:
        """Start the station when it does not run; False when it did not come up."""
        station = self.station
        if station.alive:
            return True
        if station.died:
            self.crashes.append(Anomaly("crash", f"{station.name} ended by itself: {station.last_words()}"))
        call = self._history.invoke(station.name, "start", {})
        try:
            answer = station.start()
        except Lost:
            self._history.end(call, station.name, "start", "unknown", {})
            return False
        if "fail" in answer:
            self._history.end(call, station.name, "start", "fail", {"code": answer["fail"]})
            return False
        self._history.end(call, station.name, "start", "ok", answer["ok"])
        return True

    def call(self, op: str, said: Said) -> Said | None:
        """Make one call and note it; what it returned, None when it failed or nobody knows."""
        call = self._history.invoke(self.station.name, op, said)
        self.made += 1
        try:
            answer = self.station.ask(op, said)
        except Lost as lost:
            self._history.end(call, self.station.name, op, "unknown", said)
            if isinstance(lost, Hung):
                self._history.info(self.station.name, "hung", {"op": op})
                self.crashes.append(Anomaly("hang", f"{self.station.name}: no answer to {op}"))
                self.station.kill()
            return None
        if "fail" in answer:
            self._history.end(call, self.station.name, op, "fail", {**said, "code": answer["fail"]})
            return None
        done: Said = answer["ok"]
        self._history.end(call, self.station.name, op, "ok", {**said, **done})
        return done


class Run:
    """Brings the world up, lets it go wrong, and looks."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan, self.folder = plan, folder
        self.history = History(folder / "history.jsonl")
        self.hall = Hall(folder / "hall", plan.stations, bug=plan.bug)
        self.stations: list[Station] = []
        self.rivals: list[Rival] = []
        self.outcome = Outcome(plan)

    def go(self) -> Outcome:
        """Run it all."""
        begun = time.monotonic()
        plan = self.plan
        try:
            self._bring_up()
            nemesis = Nemesis(self.hall, self.stations, self.history, plan.seed, plan.faults)
            drivers = [self._driver(station) for station in self.stations]
            rounds = 0
            while self._goes_on(rounds, nemesis, drivers):
                rounds += 1
                if self._round(nemesis, drivers):
                    break  # what does not heal is found; more of it tells nothing new
            final = self._final(drivers, tuple(self._converge(drivers)))
            self.outcome.anomalies = check(self.history.events, final)
            self.outcome.anomalies += [crash for driver in drivers for crash in driver.crashes]
            self.outcome.faults = nemesis.counts
        finally:
            self._take_down()
        self.outcome.operations = sum(d.made for d in drivers)
        ends = (e for e in self.history.events if e.phase in {"ok", "fail", "unknown"})
        self.outcome.ended = Counter(f"{e.op}:{e.phase}" for e in ends)
        self.outcome.took_s = time.monotonic() - begun
        return self.outcome

    def _bring_up(self) -> None:
        lay_bridge()
        self.hall.start()
        for n, code in enumerate(self.hall.codes):
            self.stations.append(
                Station(n, self.folder, code, longest_s=self.plan.longest_s, seed=self.plan.seed + n)
            )
        for station in self.stations:
            station.start()

    def _goes_on(self, rounds: int, nemesis: Nemesis, drivers: list[Driver]) -> bool:
        """As long as planned, and on a slow machine until every kind of fault has been there."""
        plan = self.plan
        if rounds < plan.rounds or sum(driver.made for driver in drivers) < plan.operations:
            return True
        return rounds < 3 * plan.rounds and not set(plan.faults) <= set(nemesis.counts)

    def _driver(self, station: Station) -> Driver:
        code = f"{self.hall.codes[station.number]}-rival"
        rival = enrolled(self.hall.url, code, self.hall.database)
        self.rivals.append(rival)
        seed = self.plan.seed * 100 + station.number
        plan = self.plan
        return Driver(
            station, self.hall, rival, self.history, seed=seed, pause_s=plan.pause_s, weights=plan.weights
        )

    def _round(self, nemesis: Nemesis, drivers: list[Driver]) -> list[str]:
        ended = threading.Event()
        with ThreadPoolExecutor(len(drivers)) as pool:
            work = [pool.submit(driver.work, ended) for driver in drivers]
            stop = threading.Timer(self.plan.round_s, ended.set)
            stop.start()
            run_until(nemesis, ended, self.plan.every_s)
        for each in work:
            each.result()  # a driver that broke off has tried nothing: the run says so rather than look whole
        return self._converge(drivers)

    def _converge(self, drivers: list[Driver]) -> list[str]:
        """Wait until every queue is empty and every case stands as at the hall; return who did not get there."""
        begun = time.monotonic()
        left = {driver.station.name: driver for driver in drivers}
        why: dict[str, str] = {}
        while left and time.monotonic() - begun < self.plan.bound_s:
            hall = {case["id"]: case for case in hall_final(self.hall.database)["cases"]}
            for name, driver in sorted(left.items()):
                why[name] = self._unrest(driver, hall) if driver.ready() else "it does not start"
                if not why[name]:
                    self.outcome.converged_s.append(time.monotonic() - begun)
                    del left[name]
            time.sleep(0.2)
        late = [f"{name} ({why[name]})" for name in sorted(left)]
        for each in late:
            self.history.info("run", "late", {"who": each})
        return late

    def _unrest(self, driver: Driver, hall: dict[str, Any]) -> str:
        """Return what is not as at the hall yet, "" when all is."""
        try:
            answer = driver.station.ask("state", {})
        except Lost:
            return "no answer"
        if "fail" in answer:
            # Its store is busy, or was full a moment ago: what stays so is late.
            self.history.info(driver.station.name, "refused", {"op": "state", "code": answer["fail"]})
            return f"state is refused: {answer['fail']}"
        state = answer["ok"]
        if state["queued"]:
            return f"{state['queued']} events queued"
        for case, (status, number) in state["cases"].items():
            there = hall.get(case)
            if there is None:
                return f"{case} is not at the hall"
            if number != there["project_no"]:
                return f"{case} has the number {number}, at the hall {there['project_no']}"
            if status not in status_of(there) or (there["accepted"] and status not in _OVER):
                return f"{case} is {status}, at the hall {status_of(there)[0]} {there['states']}"
        return ""

    def _final(self, drivers: list[Driver], late: tuple[str, ...]) -> Final:
        stations = {}
        for driver in drivers:
            if driver.ready():
                stations[driver.station.name] = self._look(driver)
        return Final(hall_final(self.hall.database), stations, late)

    def _look(self, driver: Driver) -> Any:
        """Return all that a station holds; again while its store is busy, as a person would ask again."""
        end = time.monotonic() + self.plan.bound_s
        answer = driver.station.ask("final", {}, 120)
        while "ok" not in answer and time.monotonic() < end:
            self.history.info(driver.station.name, "refused", {"op": "final", "code": answer["fail"]})
            time.sleep(1)
            answer = driver.station.ask("final", {}, 120)
        return answer["ok"]

    def _take_down(self) -> None:
        for rival in self.rivals:
            rival.close()
        for station in self.stations:
            station.close()
        self.hall.close()
        self.history.close()


# The automatic reviewer grants whatever is dispatched, so an accepted case ends there.
_OVER = frozenset({"decided", "delivered", "not_accepted", "voided"})
