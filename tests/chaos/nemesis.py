"""What goes wrong, and when: faults by kind from a seed, each begun, seen to strike and ended, all healed when a round ends."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.chaos.agenda import Agenda
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
# So long a fault waits for somebody whom it strikes.
_PATIENCE_S = 12.0


@dataclass(slots=True)
class Fault:
    """Something that is wrong now, how it is made good, and how one sees that somebody met it."""

    kind: str
    where: str
    heal: Callable[[], None]
    strikes: Callable[[], bool]
    struck: bool = False
    since: float = field(default_factory=time.monotonic)

    @property
    def may_end(self) -> bool:
        """Say whether it has done what it is for, or waited long enough."""
        return self.struck or time.monotonic() - self.since > _PATIENCE_S


class Nemesis:
    """Begins faults from a seed; at most one of each station and one of the hall at a time."""

    def __init__(
        self,
        hall: Hall,
        stations: list[Station],
        history: History,
        agenda: Agenda,
        *,
        seed: int,
        kinds: tuple[str, ...],
    ) -> None:
        self._hall, self._stations, self._history, self._agenda = hall, stations, history, agenda
        self._chance = random.Random(seed)
        self._deck: list[str] = []
        self._kinds = kinds
        self._now: dict[str, Fault] = {}
        self.counts: Counter[str] = Counter()

    def step(self) -> None:
        """End a fault, or begin another: each kind comes before any comes twice, and one that struck nobody comes again."""
        if not self._kinds:
            return
        self._look()
        over = sorted(where for where, fault in self._now.items() if fault.may_end)
        if over and self._chance.random() < 0.4:
            self._end(self._chance.choice(over))
            return
        if not self._deck:
            self._deck = self._chance.sample(self._kinds, len(self._kinds))
        kind = self._deck[-1]
        free = [s for s in self._stations if s.name not in self._now or s.name in over]
        if kind in HALL_FAULTS:
            if "hall" not in self._now or "hall" in over:
                self._of_hall_now(kind)
        elif free:
            self._deck.pop()
            station = self._chance.choice(free)
            self._end(station.name)
            self._begin(self._of_station(kind, station))

    def heal(self) -> None:
        """Make everything good."""
        self._look()
        for where in sorted(self._now):
            self._end(where)

    def _of_hall_now(self, kind: str) -> None:
        self._deck.pop()
        self._end("hall")
        fault = self._of_hall(kind)
        if fault is not None:
            self._begin(fault)
        else:
            self._deck.insert(0, kind)  # somebody purges just now

    def _look(self) -> None:
        """See who was struck meanwhile."""
        for fault in self._now.values():
            if not fault.struck and fault.strikes():
                fault.struck = True
                self._agenda.saw(fault.kind)

    def _begin(self, fault: Fault) -> None:
        self.counts[fault.kind] += 1
        self._now[fault.where] = fault
        self._history.info("nemesis", fault.kind, {"where": fault.where, "phase": "begin"})

    def _end(self, where: str) -> None:
        fault = self._now.pop(where, None)
        if fault is None:
            return
        fault.heal()
        said = {"where": where, "phase": "end", "struck": fault.struck}
        self._history.info("nemesis", fault.kind, said)
        if not fault.struck:
            self._deck.append(fault.kind)

    # -- of the hall -----------------------------------------------------------------------------------
    def _of_hall(self, kind: str) -> Fault | None:
        hall = self._hall
        met = self._somebody_asks()
        if kind == "kill_hall":
            hall.kill()
            return Fault(kind, "hall", hall.back, met)
        if kind == "kill_after_reply":
            return self._kill_after_reply()
        if kind == "stop_hall":
            hall.pause(signal.SIGSTOP)
            return Fault(kind, "hall", lambda: hall.pause(signal.SIGCONT), met)
        return self._restore()

    def _kill_after_reply(self) -> Fault:
        killed = threading.Event()

        def kill() -> None:
            self._hall.kill()
            killed.set()

        def back() -> None:
            for station in self._stations:
                station.line.after_push = None
            if not self._hall.hall.running:
                self._hall.back()

        for station in self._stations:
            station.line.after_push = kill
        return Fault("kill_after_reply", "hall", back, killed.is_set)

    def _restore(self) -> Fault | None:
        """It has struck when the copy lacks an event, and a station has heard of a push since it was made."""
        hall, backup = self._hall, self._hall.folder / "backup.db"
        if not hall.backup(backup):
            return None
        heard = self._heard()
        return Fault(
            "restore_hall",
            "hall",
            lambda: hall.restore(backup),
            lambda: self._heard() > heard and hall.would_lose(backup) > 0,
        )

    def _heard(self) -> int:
        return sum(station.line.heard for station in self._stations)

    def _somebody_asks(self) -> Callable[[], bool]:
        before = sum(station.line.asked for station in self._stations)
        return lambda: sum(station.line.asked for station in self._stations) > before

    # -- of a station ----------------------------------------------------------------------------------
    def _of_station(self, kind: str, station: Station) -> Fault:
        room, line = station.room, station.line
        asked, struck = line.asked, line.struck_push

        def met() -> bool:
            return line.asked > asked

        if kind in _LINE:
            line.mode = kind
            return Fault(
                kind, station.name, lambda: setattr(line, "mode", ""), lambda: line.struck_push > struck
            )
        if kind == "kill_station":
            alive = station.alive
            station.kill()
            return Fault(kind, station.name, _nothing, lambda: alive)  # whoever drives it starts it again
        if kind == "stop_station":
            alive = station.alive
            station.pause(signal.SIGSTOP)
            return Fault(kind, station.name, lambda: station.pause(signal.SIGCONT), lambda: alive)
        if kind == "clock_jump":
            station.set_clock(self._chance.choice((-86_400.0, -700.0, 700.0, 86_400.0)))
            return Fault(kind, station.name, lambda: station.set_clock(0), met)
        begin, end, strikes = {
            "link_down": (room.down, room.up, met),
            "one_way_loss": (room.lossy, room.lossless, lambda: room.lost() > 0),
            "slow_64kbit": (room.slow, room.fast, lambda: room.held_back() > 0),
            "disk_full": (station.fill_disk, station.empty_disk, self._refuses(station)),
        }[kind]
        begin()
        return Fault(kind, station.name, end, strikes)

    def _refuses(self, station: Station) -> Callable[[], bool]:
        begun = len(self._history.events)
        return lambda: any(
            event.process == station.name and event.said.get("code") == "store_full"
            for event in self._history.events[begun:]
        )


def _nothing() -> None:
    """Nothing is left to make good."""
