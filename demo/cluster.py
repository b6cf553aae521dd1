"""A high-availability set from Debian's own programs: etcd, Patroni over PostgreSQL, HAProxy, and halls behind it.

Everything is ours, in one folder below /tmp, on ports of 127.0.0.1, and ends with us; no service of the system is touched.

    stations -> HAProxy (halls) -> hall 1, hall 2 -> HAProxy (database: whoever Patroni calls primary)
             -> PostgreSQL: primary, synchronous standby, spare; each with its Patroni, which hold the lock in etcd (three)
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from demo.postgres import ACCOUNT, USER, as_account, program_folder
from demo.service import LEASH, free_ports

NODES = 3
DATABASE = "hall"
_PATIENCE_S = 120.0
_NUDGE_S = 2.0  # between two records that an idle primary writes while a standby is not there yet
# Patroni asks for at least 20 s of ttl, and loop_wait + 2 * retry_timeout below it (its manual, "Dynamic configuration").
_TTL_S, _LOOP_S, _RETRY_S = 20, 2, 8


class ClusterUnavailable(Exception):
    """The set did not come up, or not again; the text says which part and its last words."""


@dataclass(slots=True)
class Program:
    """One program with its own log, on a leash: the kernel ends it with the thread that started it."""

    name: str
    command: Sequence[str]
    folder: Path
    account: Sequence[str] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """What it printed."""
        return self.folder / f"{self.name}.log"

    def start(self) -> None:
        """Start it and return at once."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                # The kernel forgets the leash of whoever becomes another account: it is put on after that.
                [*self.account, *LEASH, *self.command],
                cwd=Path(__file__).resolve().parent.parent,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def end(self, how: signal.Signals = signal.SIGTERM, wait_s: float = 15.0) -> None:
        """End it with `how`, with SIGKILL when it does not heed it. Does nothing when it does not run."""
        process, self.process = self.process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(wait_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@dataclass(slots=True)
class Node:
    """One machine with a database: Patroni, and the PostgreSQL that it starts."""

    name: str
    patroni: Program
    rest: int
    port: int
    data: Path

    def postmaster(self) -> int | None:
        """Return the process id of the database's first process, None when there is none."""
        with suppress(OSError, ValueError, IndexError):
            number = int((self.data / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
            os.kill(number, 0)
            return number
        return None

    def processes(self) -> list[int]:
        """Return all processes of the database, the first one first."""
        first = self.postmaster()
        return [first, *children(first)] if first else []

    def kill_database(self) -> None:
        """Kill -9 for every process of the database at once; Patroni lives and sees it."""
        _kill(self.processes())

    def kill_machine(self) -> None:
        """Kill -9 for Patroni and the database at once, as a power cut would: nobody hands the lock over."""
        database = self.processes()
        self.patroni.end(signal.SIGKILL)
        _kill(database)

    def receivers(self) -> list[int]:
        """Return the processes that take the primary's log."""
        return [pid for pid in self.processes() if b"walreceiver" in _title(pid)]


class Cluster:
    """The whole set, started on entering and ended on leaving.

    Raises ClusterUnavailable. With `synchronous` False a commit waits for no standby: the control that must lose something.
    """

    def __init__(self, python: Path, *, synchronous: bool = True) -> None:
        """`python` runs the halls."""
        self.folder = Path(tempfile.mkdtemp(prefix="yc-ha-", dir="/tmp"))
        self._python = python
        self._synchronous = synchronous
        self._wrote_at = 0.0
        self._ports = iter(free_ports(2 * NODES + 2 * NODES + 4))
        self.database_port, self.hall_port = next(self._ports), next(self._ports)
        if os.geteuid() == 0:
            shutil.chown(self.folder, ACCOUNT, ACCOUNT)
        self.etcd = self._etcd()
        self.nodes = [self._node(number) for number in range(1, NODES + 1)]
        self.halls = [self._hall(number, next(self._ports)) for number in (1, 2)]
        self.haproxy = self._haproxy()

    @property
    def database(self) -> str:
        """The URL of whoever is primary, through HAProxy."""
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.database_port}/{DATABASE}"

    @property
    def hall_url(self) -> str:
        """The halls' address, through HAProxy."""
        return f"http://127.0.0.1:{self.hall_port}"

    def __enter__(self) -> Cluster:
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End everything, whatever state it is in, and take the folder away."""
        for program in (*(program for program, _ in self.halls), self.haproxy):
            program.end()
        for node in self.nodes:
            node.kill_machine()  # what is thrown away needs no last checkpoint
        for program, _ in self.etcd:
            program.end(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- who is what ------------------------------------------------------------------------------------------
    def members(self) -> dict[str, dict[str, Any]]:
        """Return what Patroni says of each node by its name: role, state, lag; empty when nobody answers."""
        for node in self.nodes:
            if node.patroni.process is not None:
                said = _get(node.rest, "/cluster")
                if said is not None:
                    return {each["name"]: each for each in json.loads(said)["members"]}
        return {}

    def node(self, *roles: str) -> Node:
        """Return a node with one of the roles. Raises ClusterUnavailable after a time."""
        found: Node = _until(lambda: self._of(roles), f"no node is {' or '.join(roles)}", self._last_words)
        return found

    def whole(self) -> None:
        """Return once there are a primary and two streaming standbys, one of them synchronous (if it is to be)."""
        _until(self._is_whole, "not all nodes are back", self._last_words)

    def successor(self, former: Node) -> Node:
        """Return whoever is primary in the place of a node that died, once HAProxy leads to it."""
        found: Node = _until(
            lambda: next(
                (node for node in self.nodes if node is not former and _get(node.rest, "/primary")), None
            ),
            "nobody takes over",
            self._last_words,
        )
        time.sleep(2.0)  # HAProxy looks every half second
        return found

    def signal(self, processes: Sequence[int], how: signal.Signals) -> None:
        """Send a signal to processes of the set."""
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, how)

    def etcd_leader(self) -> Program:
        """Return the etcd that leads."""
        found: Program = _until(self._etcd_leader, "no etcd leads", self._last_words)
        return found

    def _of(self, roles: Sequence[str]) -> Node | None:
        told = self.members()
        return next((node for node in self.nodes if told.get(node.name, {}).get("role") in roles), None)

    def _is_whole(self) -> bool:
        told = self.members()
        roles = sorted(str(each["role"]) for each in told.values())
        alive = all(each["state"] in {"running", "streaming"} for each in told.values())
        standby = "sync_standby" if self._synchronous else "replica"
        timelines = {each.get("timeline") for each in told.values()}
        # Patroni 3.0 says "running" of a standby too: whether it takes the log, the primary knows.
        return (
            alive
            and roles == sorted(["leader", standby, "replica"])
            and len(timelines) == 1
            and self._streaming()
        )

    def _streaming(self) -> bool:
        leader = self._of(("leader",))
        said = _get(leader.rest, "/patroni") if leader else None
        if said is None:
            return False
        followers = json.loads(said).get("replication", [])
        if sum(each.get("state") == "streaming" for each in followers) == NODES - 1:
            return True
        self._write_something(leader)
        return False

    def _write_something(self, leader: Node | None) -> None:
        """A standby whose copy ends with a segment of the log asks for the next one, and is refused ("ahead of the WAL flush
        position") until the primary has written there: one that nobody uses never does."""
        if leader is not None and time.monotonic() - self._wrote_at > _NUDGE_S:
            self._wrote_at = time.monotonic()
            # Not by a commit that waits for just these standbys.
            command = "SET synchronous_commit = local; SELECT pg_logical_emit_message(true, 'cluster', '')"
            subprocess.run(self._psql(leader, command), check=False, capture_output=True, timeout=30)

    def _psql(self, leader: Node, command: str) -> list[str]:
        where = ["-h", "127.0.0.1", "-p", str(leader.port), "-U", USER, "-d", "postgres"]
        return [str(program_folder() / "psql"), *where, "-qc", command]

    def _etcd_leader(self) -> Program | None:
        for program, port in self.etcd:
            if program.process is None:
                continue
            said = _get(port, "/v3/maintenance/status", b"{}")
            if said is not None:
                told = json.loads(said)
                if told.get("leader") and told["leader"] == told["header"]["member_id"]:
                    return program
        return None

    def _last_words(self) -> str:
        logs = sorted(self.folder.glob("*.log"))
        ends = [f"{log.name}: {log.read_text(encoding='utf-8', errors='replace')[-600:]}" for log in logs]
        return json.dumps(self.members()) + "\n" + "\n".join(ends)

    # -- how it comes up --------------------------------------------------------------------------------------
    def _start(self) -> None:
        for program, _ in self.etcd:
            program.start()
        self.etcd_leader()
        for node in self.nodes:
            node.patroni.start()
        self.whole()
        self.haproxy.start()
        leader = self.node("leader")
        made = self._psql(leader, f"CREATE DATABASE {DATABASE} TEMPLATE template0")
        subprocess.run(made, check=True, capture_output=True)

    def start_halls(self) -> None:
        """Start both halls and wait until HAProxy leads to them."""
        for program, _ in self.halls:
            program.start()
        for _, port in self.halls:
            self._answers(port, "a hall does not answer")
        self._answers(self.hall_port, "HAProxy leads to no hall")

    def _answers(self, port: int, told: str) -> None:
        _until(lambda: _get(port, "/v1/health") is not None, told, self._last_words)

    def _etcd(self) -> list[tuple[Program, int]]:
        pairs = [(next(self._ports), next(self._ports)) for _ in range(NODES)]
        every = ",".join(f"e{n}=http://127.0.0.1:{peer}" for n, (_, peer) in enumerate(pairs, start=1))
        made = []
        for n, (client, peer) in enumerate(pairs, start=1):
            here, there = f"http://127.0.0.1:{client}", f"http://127.0.0.1:{peer}"
            command = ["/usr/bin/etcd", "--name", f"e{n}", "--data-dir", str(self.folder / f"e{n}")]
            command += ["--listen-client-urls", here, "--advertise-client-urls", here]
            command += ["--listen-peer-urls", there, "--initial-advertise-peer-urls", there]
            command += ["--initial-cluster", every, "--initial-cluster-state", "new"]
            # A shared machine with two cores stalls longer than a machine of etcd's own.
            command += ["--heartbeat-interval", "250", "--election-timeout", "2500", "--log-level", "warn"]
            made.append((Program(f"etcd-{n}", command, self.folder, as_account()), client))
        return made

    def _node(self, number: int) -> Node:
        name, rest, port = f"n{number}", next(self._ports), next(self._ports)
        data = self.folder / name
        written = self.folder / f"{name}.yml"
        # JSON is YAML: no library is needed for it.
        written.write_text(json.dumps(self._patroni(name, rest, port, data), indent=1), encoding="utf-8")
        environment = {"PATH": f"{program_folder()}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        command = ["/usr/bin/patroni", str(written)]
        patroni = Program(f"patroni-{name}", command, self.folder, as_account(), environment)
        return Node(name, patroni, rest, port, data)

    def _patroni(self, name: str, rest: int, port: int, data: Path) -> dict[str, Any]:
        parameters = {
            "max_connections": "150",
            "shared_buffers": "64MB",
            "wal_keep_size": "256MB",
            "synchronous_commit": "on",
            "fsync": "on",
            "wal_log_hints": "on",  # the old primary is wound back to where the new one began
        }
        settings = {
            "ttl": _TTL_S,
            "loop_wait": _LOOP_S,
            "retry_timeout": _RETRY_S,
            # Strict: without a synchronous standby nothing is committed at all, rather than committed in one place.
            "synchronous_mode": self._synchronous,
            "synchronous_mode_strict": self._synchronous,
            # Only the synchronous standby is an heir. The control lets any be one, however far behind.
            "maximum_lag_on_failover": 1_048_576 if self._synchronous else 1_000_000_000,
            # A primary whose database died is not waited for: the standby takes over.
            "primary_start_timeout": 0,
            "postgresql": {"use_pg_rewind": True, "use_slots": True, "parameters": parameters},
        }
        who = {"username": USER}
        return {
            "scope": "yc",
            "name": name,
            "restapi": {"listen": f"127.0.0.1:{rest}", "connect_address": f"127.0.0.1:{rest}"},
            "etcd3": {"hosts": [f"127.0.0.1:{client}" for _, client in self.etcd]},
            "bootstrap": {
                "dcs": settings,
                "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, "data-checksums", "no-sync"],
            },
            "postgresql": {
                "listen": f"127.0.0.1:{port}",
                "connect_address": f"127.0.0.1:{port}",
                "data_dir": str(data),
                "bin_dir": str(program_folder()),
                "pgpass": str(self.folder / f"{name}.pgpass"),
                "authentication": {"superuser": who, "replication": who, "rewind": who},
                "parameters": {"unix_socket_directories": str(self.folder)},
                # One machine, one folder, nobody else: a real site writes its own (docs/deployment.md).
                "pg_hba": [
                    "local all all trust",
                    "host all all 127.0.0.1/32 trust",
                    "host replication all 127.0.0.1/32 trust",
                ],
            },
            "watchdog": {"mode": "off"},
        }

    def _hall(self, number: int, port: int) -> tuple[Program, int]:
        command = [str(self._python), "-m", "hall", "serve", "--port", str(port), "--database", self.database]
        command += ["--files", str(self.folder / "files"), "--departments", "http://127.0.0.1:9"]
        return Program(f"hall-{number}", command, self.folder), port

    def _haproxy(self) -> Program:
        nodes = "\n".join(
            f"  server {node.name} 127.0.0.1:{node.port} check port {node.rest}" for node in self.nodes
        )
        halls = "\n".join(
            f"  server hall{n} 127.0.0.1:{port} check" for n, (_, port) in enumerate(self.halls, start=1)
        )
        written = self.folder / "haproxy.cfg"
        written.write_text(_HAPROXY.format(self=self, nodes=nodes, halls=halls), encoding="ascii")
        return Program("haproxy", ["/usr/sbin/haproxy", "-db", "-f", str(written)], self.folder)


# A hall that answers 503 itself is there: its database is away, which is all halls' trouble, and it says when to come again.
_HAPROXY = """
global
  maxconn 8000
defaults
  timeout connect 2s
  timeout check 2s
listen database
  mode tcp
  bind 127.0.0.1:{self.database_port}
  timeout client 1h
  timeout server 1h
  option httpchk GET /primary
  http-check expect status 200
  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
{nodes}
listen halls
  mode http
  bind 127.0.0.1:{self.hall_port}
  timeout client 60s
  timeout server 60s
  timeout http-keep-alive 60s
  balance leastconn
  option redispatch
  retries 3
  retry-on conn-failure
  option httpchk GET /v1/health
  http-check expect rstatus ^(200|503)$
  default-server inter 500ms fall 2 rise 1
{halls}
"""


def children(parent: int) -> Iterator[int]:
    """Give the processes that a process has started and that live."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name stands in brackets and may hold anything; the parent is the second word behind it (proc(5)).
            said = status.read_text(encoding="utf-8", errors="replace")
            if int(said.rpartition(")")[2].split()[1]) == parent:
                yield int(status.parent.name)


def _title(process: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


def _kill(processes: Sequence[int]) -> None:
    # The first one stops first: it must not start what is killed behind it anew.
    for how in (signal.SIGSTOP, signal.SIGKILL):
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, how)


def _get(port: int, path: str, body: bytes | None = None) -> bytes | None:
    """Ask a program of this machine; None when it does not answer with 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET" if body is None else "POST", path, body)
        answer = connection.getresponse()
        said = answer.read()
        return said if answer.status == http.HTTPStatus.OK else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _until(look: Callable[[], Any], told: str, words: Callable[[], str]) -> Any:
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise ClusterUnavailable(f"{told}\n{words()}")
        time.sleep(0.1)
