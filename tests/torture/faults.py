"""What goes wrong while stations push: workers killed and stopped, lines cut, the database's processes ended and the whole of it
crashed."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psycopg

from demo.postgres import Postgres
from demo.service import Service
from tests.torture.line import Cut, Where
from tests.torture.station import Station

KILL, KILL_ALL, STOP = "kill_worker", "kill_workers", "stop_worker"
END_BACKENDS, CRASH = "end_backends", "crash_database"
CUTS = tuple(where.value for where in Where)
ON_FILE = (KILL, STOP, *CUTS)
ON_POSTGRES = (*ON_FILE, END_BACKENDS)
# Between two faults so many answers are heard, or so long is waited for them.
_ANSWERS, _PATIENCE_S = 6, 10.0
# A fault that met nobody is done again.
_TRIES = 4


@dataclass
class Nemesis:
    """Does faults to a hall, one after the other, from the thread that started the database (which ends with it).

    `struck` counts those that met something: a push under way, a line that was cut. `begun` counts all of them.
    """

    hall: Service
    stations: Sequence[Station]
    chance: Random
    postgres: Postgres | None = None
    database: str = ""
    begun: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)

    def plan(self, times: int) -> list[str]:
        """Return each kind so many times, in an order by chance; a worker is killed half as often, at the beginning, for the
        start of another one takes longer than all the rest, and the database crashes once, in the second half."""
        kinds = [each for each in (ON_FILE if self.postgres is None else ON_POSTGRES) if each != KILL] * times
        self.chance.shuffle(kinds)
        if self.postgres is not None:
            kinds.insert(self.chance.randint(len(kinds) // 2, len(kinds)), CRASH)
        for n in range(max(1, times // 2)):
            kinds.insert(4 * n, KILL)
        return kinds

    def do(self, kind: str) -> None:
        """Do one fault while somebody pushes, and wait until the stations hear answers again."""
        deeds: dict[str, Callable[[], int]] = {
            KILL: lambda: self._kill(1),
            KILL_ALL: lambda: self._kill(2),
            STOP: self._stop,
            END_BACKENDS: self._end_backends,
            CRASH: self._crash,
        }
        for _ in range(_TRIES):
            # Not before somebody was answered: what the hall owes nobody it cannot lose.
            self._until(lambda: self._pushing() > 0 and self._answered() > 0, 2.0)
            time.sleep(self.chance.uniform(0, 0.02))
            self.begun[kind] += 1
            if (deeds[kind]() if kind in deeds else self._cut(Where(kind))) > 0:
                self.struck[kind] += 1
                break
        heard = self._answered()
        self._until(lambda: self._answered() >= heard + _ANSWERS, _PATIENCE_S)

    def _kill(self, most: int) -> int:
        pushing = self._pushing()
        workers = workers_of(self.hall)
        for worker in self.chance.sample(workers, k=min(most, len(workers))):
            os.kill(worker, signal.SIGKILL)
        return pushing

    def _stop(self) -> int:
        """Stop a worker in the middle of what it does, and let it go on as if nothing had been."""
        pushing = self._pushing()
        for worker in workers_of(self.hall)[:1]:
            os.kill(worker, signal.SIGSTOP)
            time.sleep(self.chance.uniform(0.2, 1.2))
            os.kill(worker, signal.SIGCONT)
        return pushing

    def _cut(self, where: Where) -> int:
        lines = [each.line for each in self.chance.sample(list(self.stations), k=2)]
        before = sum(line.struck[where] for line in lines)
        for line in lines:
            line.cut(Cut(where, self.chance.choice((0.0, self.chance.random()))))
        self._until(lambda: sum(line.struck[where] for line in lines) == before + len(lines), 8.0)
        return sum(line.struck[where] for line in lines) - before

    def _end_backends(self) -> int:
        """End one connection of the hall to its database, or all of them, those that are at work first."""
        assert self.postgres is not None
        where = self.postgres.url(socket=False).replace("+psycopg", "")
        query = "SELECT pid, state <> 'idle' FROM pg_stat_activity WHERE datname = %s ORDER BY state <> 'idle' DESC, pid"
        with psycopg.connect(where, autocommit=True) as admin:
            found = admin.execute(query, [self.database]).fetchall()
            ended = found if self.chance.random() < 0.5 else found[:1]
            for pid, _ in ended:
                admin.execute("SELECT pg_terminate_backend(%s)", [pid])
        return sum(bool(works) for _, works in ended)

    def _crash(self) -> int:
        """What `pg_ctl restart -m immediate` does: every process of the database is gone at once, and the log is read again."""
        assert self.postgres is not None
        pushing = self._pushing()
        self.postgres.stop(signal.SIGQUIT)
        self.postgres.start()
        return pushing

    def _pushing(self) -> int:
        return sum(each.busy for each in self.stations)

    def _answered(self) -> int:
        return sum(each.did["answered"] for each in self.stations)

    def _until(self, so: Callable[[], bool], seconds: float) -> None:
        end = time.monotonic() + seconds
        while not so() and not all(each.refused for each in self.stations) and time.monotonic() < end:
            time.sleep(0.002)


def workers_of(hall: Service) -> list[int]:
    """Return the processes that serve, those that have ended left out."""
    children = Path(f"/proc/{hall.pid}/task/{hall.pid}/children").read_text().split()
    return [int(child) for child in children if _lives(int(child))]


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
