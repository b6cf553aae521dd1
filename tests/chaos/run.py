"""One run: rounds of seeded operations under seeded faults, each healed and waited for, and the verdict of the checker.

What was never brought about, or struck nobody, is an anomaly too: a run that did not try a thing says nothing of it.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.chaos.agenda import Agenda
from tests.chaos.checker import Anomaly, Final, check, status_of
from tests.chaos.driver import SCAN, WEIGHTS, Driver
from tests.chaos.final import hall_final, scans_kept
from tests.chaos.history import History
from tests.chaos.nemesis import HALL_FAULTS, STATION_FAULTS, Nemesis
from tests.chaos.net import lay_bridge
from tests.chaos.rival import Rival, enrolled
from tests.chaos.world import Hall, Lost, Station

ALL_FAULTS = (*STATION_FAULTS, *HALL_FAULTS)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does. A run ends after `rounds`, or once `operations` were made where that is not 0; with up to two times
    `rounds` more, short ones, for what has not happened by then."""

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
    weights: Mapping[str, int] = field(default_factory=lambda: WEIGHTS)


@dataclass(slots=True)
class Outcome:
    """What came of a run."""

    plan: Plan
    operations: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)  # that were begun
    seen: dict[str, int] = field(default_factory=dict)  # operations that came through, faults that struck
    converged_s: list[float] = field(default_factory=list)
    anomalies: list[Anomaly] = field(default_factory=list)
    took_s: float = 0.0


class Run:
    """Brings the world up, lets it go wrong, and looks."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan, self.folder = plan, folder
        self.history = History(folder / "history.jsonl")
        self.hall = Hall(folder / "hall", plan.stations, bug=plan.bug)
        self.stations: list[Station] = []
        self.rivals: list[Rival] = []
        self.outcome = Outcome(plan)
        scanned = (SCAN,) if "file" in plan.weights else ()
        self.agenda = Agenda((*plan.weights, *scanned, *plan.faults))

    def go(self) -> Outcome:
        """Run it all."""
        begun = time.monotonic()
        plan = self.plan
        try:
            self._bring_up()
            nemesis = Nemesis(
                self.hall, self.stations, self.history, self.agenda, seed=plan.seed, kinds=plan.faults
            )
            drivers = [self._driver(station) for station in self.stations]
            self._rounds(nemesis, drivers)
            final = self._final(drivers, tuple(self._converge(drivers)))
            self.outcome.anomalies = check(self.history.events, final)
            self.outcome.anomalies += [crash for driver in drivers for crash in driver.crashes]
            lacking = self.agenda.lacking()
            self.outcome.anomalies += [Anomaly("untried", f"{each} has never happened") for each in lacking]
            self.outcome.faults, self.outcome.seen = nemesis.counts, self.agenda.seen()
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

    def _rounds(self, nemesis: Nemesis, drivers: list[Driver]) -> None:
        """As many as planned; then short ones, on a slow machine, until everything has been there."""
        plan, rounds, more = self.plan, 0, 0
        while True:
            enough = rounds >= plan.rounds and sum(driver.made for driver in drivers) >= plan.operations
            if enough and (more >= 2 * plan.rounds or not self.agenda.lacking()):
                return
            rounds += 1
            more += enough
            if self._round(nemesis, drivers, short=enough):
                return  # what does not heal is found; more of it tells nothing new

    def _driver(self, station: Station) -> Driver:
        code = f"{self.hall.codes[station.number]}-rival"
        rival = enrolled(self.hall.url, code, self.hall.database)
        self.rivals.append(rival)
        seed = self.plan.seed * 100 + station.number
        plan = self.plan
        return Driver(
            station,
            self.hall,
            rival,
            self.history,
            self.agenda,
            seed=seed,
            pause_s=plan.pause_s,
            weights=plan.weights,
        )

    def _round(self, nemesis: Nemesis, drivers: list[Driver], *, short: bool) -> list[str]:
        """One round, a short one only until nothing is lacking; return who did not converge."""
        ended, until = threading.Event(), time.monotonic() + self.plan.round_s
        with ThreadPoolExecutor(len(drivers)) as pool:
            work = [pool.submit(driver.work, ended) for driver in drivers]
            try:
                while time.monotonic() < until and not (short and not self.agenda.lacking()):
                    time.sleep(self.plan.every_s)
                    nemesis.step()
            finally:
                ended.set()  # whoever works waits for this
            nemesis.heal()
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
        if state["scans"]:
            return f"{state['scans']} scans are not sent"
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
        hall = hall_final(self.hall.database) | {"kept": scans_kept(self.hall.scans)}
        return Final(hall, stations, late)

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
