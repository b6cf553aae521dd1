"""A private PostgreSQL for the demo, the tests and the benches: Debian's own programs on a throwaway cluster.

The cluster is durable like a real one (fsync and synchronous_commit are on): what a receipt promises is measured on it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType

from demo.service import free_ports

PROGRAMS = Path("/usr/lib/postgresql")
ACCOUNT = "postgres"  # initdb refuses root; Debian's package makes this account
USER = "hall"
_START_S = "30"
# Text must sort by its bytes: the hall writes times so that texts sort, and a language's order is another one.
_CLUSTER = ("--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", f"--username={USER}", "--no-sync")


class PostgresUnavailable(Exception):
    """The server cannot be started here; the text says why and what helps."""


class Postgres:
    """One cluster with a socket in `folder` and a port of 127.0.0.1; it ends with the thread that started it.

    `settings` go to the server as they are, over these: durable, and a writer that stands still is ended.
    """

    def __init__(self, folder: Path | None = None, *, within: str | None = None, **settings: str) -> None:
        """Without a `folder` one is made `within` another or below /tmp, and taken away at the end."""
        self._own = folder is None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="yc-pg-", dir=within or "/tmp"))  # noqa: S108 - a socket has a short path by law
        (self.port,) = free_ports(1)
        self._settings = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.folder),
            "fsync": "on",
            "synchronous_commit": "on",
            "idle_in_transaction_session_timeout": "30s",
            "max_connections": "150",
            "shared_buffers": "256MB",
            "log_min_duration_statement": "-1",
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0

    @property
    def log(self) -> Path:
        """What the server printed."""
        return self.folder / "postgres.log"

    def url(self, database: str = "postgres", *, socket: bool = True) -> str:
        """Return the URL of a database, by the socket or by the port."""
        if socket:
            return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}&port={self.port}"
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/{database}"

    def new_database(self, template: str = "template0") -> str:
        """Make a database and return its name."""
        self._made += 1
        name = f"hall_{self._made}"
        self.psql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Take a database away, whoever is still connected to it."""
        self.psql(f"DROP DATABASE {name} WITH (FORCE)")

    def psql(self, command: str, database: str = "postgres") -> str:
        """Run a command and return what it printed, unaligned and without headers."""
        where = ["-h", str(self.folder), "-p", str(self.port), "-U", USER, "-d", database]
        said = subprocess.run(
            [program_folder() / "psql", *where, "-v", "ON_ERROR_STOP=1", "-Atqc", command],
            check=True,
            capture_output=True,
            text=True,
        )
        return said.stdout.strip()

    def start(self) -> Postgres:
        """Make the cluster if there is none, start the server and wait until it answers. Raises PostgresUnavailable."""
        programs, data = program_folder(), self.folder / "data"
        if not data.exists():
            if os.geteuid() == 0:
                shutil.chown(self.folder, ACCOUNT, ACCOUNT)
            self._run([str(programs / "initdb"), "-D", str(data), *_CLUSTER])
        options = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            # The kernel forgets the leash of whoever becomes another account: it is put on after that.
            self._process = subprocess.Popen(
                [
                    *as_account(),
                    "setpriv",
                    "--pdeathsig",
                    "INT",
                    "--",
                    programs / "postgres",
                    "-D",
                    data,
                    *options,
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                start_new_session=True,
            )
        where = ["-h", str(self.folder), "-p", str(self.port), "-t", _START_S]
        ready = [str(programs / "pg_isready"), "-q", *where]
        while subprocess.run(ready, check=False).returncode != 0:
            if self._process.poll() is not None:
                raise PostgresUnavailable(self.log.read_text(encoding="utf-8", errors="replace")[-1500:])
        return self

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server: SIGINT in order, SIGQUIT as a crash would. Does nothing when it is not running."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self) -> Postgres:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What is thrown away needs no last checkpoint.
        self.stop(signal.SIGQUIT if self._own else signal.SIGINT)
        if self._own:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(
            [*as_account(), *command], check=False, capture_output=True, text=True, cwd=self.folder
        )
        if done.returncode != 0:
            raise PostgresUnavailable(f"{command[0]}: {done.stderr[-1500:]}")


def program_folder() -> Path:
    """Return the folder of the newest version's programs. Raises PostgresUnavailable."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise PostgresUnavailable(f"no PostgreSQL below {PROGRAMS} (apt-get install postgresql)")
    return found[-1].parent


def as_account() -> list[str]:
    """Return what to put before a command so that it runs as the account that PostgreSQL wants; nothing unless we are root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--init-groups", "--"]
