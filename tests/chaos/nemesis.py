"""What goes wrong, and when: faults by kind from a seed, each begun and ended, and everything healed at the end of a round."""

from __future__ import annotations

import random
import signal
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tests.chaos.history import History
from tests.chaos.world import Hall, Station

STATION_FAULTS = (
    "link_down",
    "one_way_loss",
    "slow_64kbit",
    "cut",
    "duplicate",
    "reorder",
    "delay",
    "drop_reply",
    "kill_station",
    "stop_station",
    "clock_jump",
    "disk_full",
)
HALL_FAULTS = ("kill_hall", "kill_after_reply", "stop_hall", "restore_hall")
_LINE = frozenset({"cut", "duplicate", "reorder", "delay", "drop_reply"})


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong now, and how it is made good."""

    kind: str
    where: str
    heal: Callable[[], None]


class Nemesis:
    """Begins faults from a seed; at most one of each station and one of the hall at a time."""

    def __init__(
        self, hall: Hall, stations: list[Station], history: History, seed: int, kinds: tuple[str, ...]
    ) -> None:
        self._hall, self._stations, self._history = hall, stations, history
        self._chance = random.Random(seed)
        self._deck: list[str] = []
        self._kinds = kinds
        self._now: dict[str, Fault] = {}
        self.counts: Counter[str] = Counter()

    def step(self) -> None:
        """End a fault, or begin another: each kind comes before any comes twice."""
        if not self._kinds:
            return
        if self._now and self._chance.random() < 0.4:
            self._end(self._chance.choice(sorted(self._now)))
            return
        if not self._deck:
            self._deck = self._chance.sample(self._kinds, len(self._kinds))
        kind = self._deck.pop()
        if kind in HALL_FAULTS:
            self._end("hall")
            heal = self._of_hall(kind)
            if heal is not None:
                self._begin(Fault(kind, "hall", heal))
            return
        station = self._chance.choice(self._stations)
        self._end(station.name)
        self._begin(Fault(kind, station.name, self._of_station(kind, station)))

    def heal(self) -> None:
        """Make everything good."""
        for where in sorted(self._now):
            self._end(where)

    def _begin(self, fault: Fault) -> None:
        self.counts[fault.kind] += 1
        self._now[fault.where] = fault
        self._history.info("nemesis", fault.kind, {"where": fault.where, "phase": "begin"})

    def _end(self, where: str) -> None:
        fault = self._now.pop(where, None)
        if fault is not None:
            fault.heal()
            self._history.info("nemesis", fault.kind, {"where": where, "phase": "end"})

    def _of_hall(self, kind: str) -> Callable[[], None] | None:
        hall = self._hall
        if kind == "kill_hall":
            hall.kill()
            return hall.back
        if kind == "kill_after_reply":
            for station in self._stations:
                station.line.after_push = hall.kill
            return self._back_after_reply
        if kind == "stop_hall":
            hall.pause(signal.SIGSTOP)
            return lambda: hall.pause(signal.SIGCONT)
        backup = hall.folder / "backup.db"
        return (lambda: hall.restore(backup)) if hall.backup(backup) else None

    def _back_after_reply(self) -> None:
        for station in self._stations:
            station.line.after_push = None
        if not self._hall.hall.running:
            self._hall.back()

    def _of_station(self, kind: str, station: Station) -> Callable[[], None]:
        room = station.room
        if kind in _LINE:
            station.line.mode = kind
            return lambda: setattr(station.line, "mode", "")
        if kind == "kill_station":
            station.kill()
            return _nothing  # whoever drives it starts it again
        if kind == "stop_station":
            station.pause(signal.SIGSTOP)
            return lambda: station.pause(signal.SIGCONT)
        if kind == "clock_jump":
            jump = self._chance.choice((-86_400.0, -700.0, 700.0, 86_400.0))
            station.set_clock(jump)
            return lambda: station.set_clock(0)
        begin, end = {
            "link_down": (room.down, room.up),
            "one_way_loss": (room.lossy, room.lossless),
            "slow_64kbit": (room.slow, room.fast),
            "disk_full": (station.fill_disk, station.empty_disk),
        }[kind]
        begin()
        return end


def _nothing() -> None:
    """Nothing is left to make good."""


def run_until(nemesis: Nemesis, ended: threading.Event, every_s: float) -> None:
    """Take a step now and again until told to end, then heal."""
    while not ended.wait(every_s):
        nemesis.step()
    nemesis.heal()
