"""The processes of a run: the hall with its departments, and the stations, each to be killed, stopped and started again."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

from demo.service import Service, free_ports
from tests.chaos.line import STATION_PORT, Door, Line, Served
from tests.chaos.net import HALL, LEASH, Room

ROOT = Path(__file__).parents[2]
PYTHON = sys.executable
DOOR_PORT = 8000
FIRST_STATION = 440110
Said = dict[str, Any]


class Lost(Exception):
    """The answer of a station did not come: what it was asked to do may have happened or not."""


class Hung(Lost):
    """It did not come although the process still had its mouth open: nobody waits for ever at a counter."""


class Hall:
    """Hall and departments on the loopback of the run's namespace, with a door on the bridge."""

    def __init__(self, folder: Path, stations: int, *, bug: str = "", review: bool = True) -> None:
        self.folder = folder
        self.database = folder / "hall.db"
        self.scans = folder / "blobs"
        folder.mkdir(parents=True, exist_ok=True)
        self.codes = [f"chaos-code-{n}" for n in range(stations)]
        hall, departments = free_ports(2)
        module = ["tests.chaos.buggy_hall", bug] if bug else ["hall"]
        env = {**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
        registers = f"http://127.0.0.1:{departments}"
        served = ["serve", "--port", str(hall), "--database", str(self.database), "--departments", registers]
        served += ["--demo-code", "not-used", "--demo-token", "chaos"]
        # A clerk of the demo asks more than 200 times an hour here: the limit is not what is tried.
        limits = folder / "settings.json"
        limits.write_text('{"limits": {"per_hour": 100000, "per_day": 100000, "unusual_hour": 100000}}')
        served += ["--settings", str(limits)]
        self.hall = Service("hall", [PYTHON, "-m", *module, *served], hall, folder=folder, env=env)
        decide = ["--hall", f"http://127.0.0.1:{hall}", "--token", "chaos"]
        decide += [] if review else ["--no-review"]
        self.departments = Service(
            "departments",
            [PYTHON, "-m", "hall.demo", "--port", str(departments), *decide],
            departments,
            folder=folder,
            env=env,
        )
        self._door: Door | None = None
        # A backup that is put back is younger than what a station may purge (services/purge.SENT_AGAIN): the run purges as
        # if years had passed, and so not while a backup waits to be put back, nor before it has heard that one was.
        self.epoch = ""
        self.backed_up = threading.Event()
        self._purging: Counter[str] = Counter()
        self._lock = threading.Lock()

    def may_purge(self, station: str, heard: str) -> bool:
        """Ask for leave to purge, with the epoch that was heard of last; who gets it says `purged` afterwards."""
        with self._lock:
            if self.backed_up.is_set() or heard != self.epoch:
                return False
            self._purging[station] = 1
            return True

    def purged(self, station: str) -> None:
        """A purge is over."""
        with self._lock:
            del self._purging[station]

    @property
    def url(self) -> str:
        """The hall on its own machine."""
        return self.hall.url

    def start(self) -> None:
        """Make the database with its stations, start all, open the door."""
        self.epoch = _make_stations(self.database, self.codes)
        self.hall.start()
        self.departments.start()
        self.hall.wait("/v1/health")
        self._door = Door((HALL, DOOR_PORT), self.hall.port)

    def kill(self) -> None:
        """kill -9."""
        self.hall.end(signal.SIGKILL)

    def back(self) -> None:
        """Start it again."""
        self.hall.start()
        self.hall.wait("/v1/health")

    def pause(self, how: signal.Signals) -> None:
        """SIGSTOP or SIGCONT."""
        process = self.hall._process
        if process is not None:
            process.send_signal(how)

    def backup(self, to: Path) -> bool:
        """Copy the database while it is in use; False while somebody purges."""
        with self._lock:
            if self._purging:
                return False
            self.backed_up.set()
        with closing(sqlite3.connect(self.database)) as here, closing(sqlite3.connect(to)) as there:
            here.backup(there)
        return True

    def would_lose(self, backup: Path) -> int:
        """Return how many events the copy lacks."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            db.execute("ATTACH ? AS older", (f"file:{backup}?immutable=1",))
            lacking = "SELECT count(*) FROM (SELECT event FROM inbox EXCEPT SELECT event FROM older.inbox)"
            return int(db.execute(lacking).fetchone()[0])

    def restore(self, backup: Path) -> None:
        """Put an older copy in the place of the database, in a new epoch, as whoever restores must."""
        from sqlalchemy import select, update

        from hall.database import open_database
        from hall.epoch import renew_epoch
        from hall.tables import enrol_codes

        self.kill()
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.database}{ending}").unlink(missing_ok=True)
        shutil.copyfile(backup, self.database)
        engine = open_database(str(self.database))
        with engine.begin() as db:
            unused = list(db.scalars(select(enrol_codes.c.digest).where(enrol_codes.c.used_at.is_(None))))
            self.epoch = renew_epoch(db)
            # A restore ends all codes; the rivals still need theirs.
            db.execute(update(enrol_codes).where(enrol_codes.c.digest.in_(unused)).values(used_at=None))
        engine.dispose()
        self.back()
        self.backed_up.clear()

    def close(self) -> None:
        """End all."""
        if self._door is not None:
            self._door.close()
        self.departments.end(signal.SIGKILL)
        self.hall.end(signal.SIGKILL)


def _make_stations(database: Path, codes: list[str]) -> str:
    """Make a hall with its stations and their codes; return its epoch."""
    from argon2 import PasswordHasher

    from hall.database import fact, open_database
    from hall.demo.seed import PEOPLE
    from hall.enrolment import add_station, new_code
    from hall.staffing import add_staff, person_id
    from wire.messages import Role, StaffAccount

    hasher = PasswordHasher(time_cost=1, memory_cost=1024)
    engine = open_database(str(database))
    with engine.begin() as db:
        for n, code in enumerate(codes):
            station = str(FIRST_STATION + n)
            add_station(db, station, f"测试{n}街道政务服务中心", "street")
            for login, name, role, window in PEOPLE:
                if role in {Role.CLERK, Role.SUPERVISOR} and login != "cardholder":
                    person = person_id(db, f"chaos {station} {login}")
                    account = StaffAccount(
                        login, name, (role,), hasher.hash(f"demo-{login}"), window, person, None
                    )
                    add_staff(db, station, account)
            for one in (code, f"{code}-rival"):
                new_code(db, station, one, confirmed_by="chaos")
        epoch = fact(db, "epoch")
    engine.dispose()
    return epoch


class Station:
    """One station: its namespace, its line, its own small file system, its process."""

    def __init__(self, number: int, folder: Path, code: str, *, longest_s: float, seed: int) -> None:
        self.number = number
        self.name = f"s{number}"
        self.folder = folder / self.name
        self.clock_file = self.folder.with_suffix(".clock")
        self._log = folder / f"{self.name}.log"
        self._code = code
        self._longest_s = longest_s
        self.folder.mkdir(parents=True)
        mounted = ["mount", "-t", "tmpfs", "-o", "size=96m", "none", str(self.folder)]
        subprocess.run(mounted, check=True, capture_output=True)
        self.room = Room(number)
        self.line = Line((HALL, DOOR_PORT), seed=seed)
        self._served = Served(self.line, self.room.pid)
        self.process: subprocess.Popen[str] | None = None
        self._starter = ThreadPoolExecutor(1)
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._killed: set[int] = set()  # by the nemesis: such a death is no anomaly

    def start(self, patience_s: float = 90.0) -> Said:
        """Start the process and wait until somebody is signed in. Raises Lost."""
        url = f"http://127.0.0.1:{STATION_PORT}"
        run = [PYTHON, "-m", "tests.chaos.station", str(self.folder), url, self._code, str(self._longest_s)]
        # The leash hangs on the thread that starts a process: this one lives as long as the run.
        self.process = self._starter.submit(self._begin, run).result()
        self._answers = queue.Queue()
        threading.Thread(target=_listen, args=(self.process, self._answers), daemon=True).start()
        answer = self._answer(patience_s)
        if "fail" in answer:
            self.kill()  # it said why it does not start, and ends
        return answer

    def _begin(self, run: list[str]) -> subprocess.Popen[str]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [*LEASH, *self.room.command(*run)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "NO_PROXY": "127.0.0.1"},
            )

    @property
    def alive(self) -> bool:
        """Say whether the process runs."""
        return self.process is not None and self.process.poll() is None

    @property
    def died(self) -> bool:
        """Say whether it ended by itself."""
        process = self.process
        return process is not None and process.poll() is not None and process.pid not in self._killed

    def ask(self, op: str, said: Said, patience_s: float = 180.0) -> Said:
        """Let it do something; {"ok": ...} or {"fail": ...}. Raises Lost."""
        if self.process is None or self.process.stdin is None:
            raise Lost
        try:
            self.process.stdin.write(json.dumps({**said, "op": op}) + "\n")
            self.process.stdin.flush()
        except OSError:
            raise Lost from None
        return self._answer(patience_s)

    def _answer(self, patience_s: float) -> Said:
        try:
            line = self._answers.get(timeout=patience_s)
        except queue.Empty:
            raise Hung from None
        if line is None:
            raise Lost
        answer: Said = json.loads(line)
        return answer

    def kill(self) -> None:
        """kill -9."""
        process = self.process
        if process is not None:
            self._killed.add(process.pid)
            process.kill()
            process.wait()

    def pause(self, how: signal.Signals) -> None:
        """SIGSTOP or SIGCONT."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)

    def last_words(self) -> str:
        """Return the end of the log, for whoever reads what went wrong."""
        return self._log.read_text(encoding="utf-8", errors="replace")[-1500:]

    # -- disk ------------------------------------------------------------------------------------------
    def fill_disk(self) -> None:
        """Leave no byte."""
        try:
            with (self.folder / "ballast").open("wb") as out:
                while True:
                    out.write(b"\0" * 65536)
                    out.flush()
        except OSError:
            return

    def empty_disk(self) -> None:
        """Give the room back."""
        (self.folder / "ballast").unlink(missing_ok=True)

    def set_clock(self, offset_s: float) -> None:
        """Put the station's clock wrong."""
        self.clock_file.write_text(str(offset_s), encoding="ascii")

    def close(self) -> None:
        """End everything of it."""
        self.kill()
        self._starter.shutdown()
        self._served.close()
        self.room.close()
        subprocess.run(["umount", "-l", str(self.folder)], check=False, capture_output=True)


def _listen(process: subprocess.Popen[str], answers: queue.Queue[str | None]) -> None:
    if process.stdout is not None:
        for line in process.stdout:
            answers.put(line)
    answers.put(None)
