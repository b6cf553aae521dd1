"""The world around one counter, for trying out and for tests: card service, card, departments and hall, all real."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import shutil
import signal
import tempfile
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

from demo.authority import make_authority
from demo.card import CardHand
from demo.pcscd import Pcscd
from demo.service import Service, free_ports

MOTHER = "mother-2.0.json"
FATHER = "father-2.0.json"
OPERATOR = "operator-demo.json"
OPERATOR_READER = "Virtual Reader 00 01"  # the second slot of the demo's reader


@dataclass(frozen=True, slots=True)
class _Place:
    """What must be the same again when a demo is taken up where it was left: a station keeps its hall's address."""

    hall: int
    departments: int
    code: str
    token: str


class Demo:
    """Everything a workstation meets, started on entering and ended on leaving, on ports of 127.0.0.1 of its own.

    `root` keeps the hall's database, the logs, and ports and codes for a later demo on the same `root`.
    `database` is where the hall's is (a file or a URL). `hall_url` and `enrol_code` are what the enrolment page asks for; `env` is what a workstation needs in its
    environment to find the card service. Enter it in a thread that lives as long as the demo: its programs end
    with that thread, even when it is killed.
    """

    def __init__(
        self,
        root: Path,
        python: Path,
        *,
        with_card: bool = True,
        review: bool = True,
        settings: Path | None = None,
        database: str = "",
        tls: bool = False,
        metrics_port: int = 0,
        departments: bool = True,
        blobs: str = "",
    ) -> None:
        """Choose ports and paths; `python` runs the hall and the card; `settings` are the hall's.

        `database` is the URL of the hall's (demo/postgres.py); without one it is a SQLite file in `root`. Without a card `env` is empty; without `review` sub-cases wait for a person at /desk/<department>. With `metrics_port` the hall shows its figures there. With `tls` the hall has an authority of its own and an https address.
        Without `departments` no register is there, as if all were down, and nobody collects sub-cases. `blobs` is where the hall
        keeps scans instead of in `root` (s3://bucket/prefix).
        """
        self.root = root
        self.database = database or str(root / "hall.db")
        self.env: dict[str, str] = {}
        self._python = python
        self._with_card = with_card
        self._with_departments = departments
        self._exit = ExitStack()
        self._card: CardHand | None = None
        self._operator: CardHand | None = None
        self._pcscd: Pcscd | None = None
        self._place = place = _place(root)
        self.authority = make_authority(root / "ca", python) if tls else None
        self.enrol_code = f"{place.code}-{self.authority.fingerprint}" if self.authority else place.code
        # Of the community station, which hands its cases on to the street, and of the district above (hall/demo/seed.py).
        behind = f"-{self.authority.fingerprint}" if self.authority else ""
        self.community_code, self.district_code = f"{place.code}c{behind}", f"{place.code}d{behind}"
        self.hall_url = f"http{'s' if tls else ''}://127.0.0.1:{place.hall}"
        registers = f"http://127.0.0.1:{place.departments}"
        serve = [
            "serve",
            "--port",
            str(place.hall),
            "--database",
            self.database,
            "--files",
            str(root),
            "--departments",
            registers,
        ]
        seed = ["--demo-code", place.code, "--demo-token", place.token, "--card-keys", "test"]
        seed += ["--electronic-cards", f"{registers}/electronic-cards"]
        seed += ["--carriers", f"{registers}/partners"]
        seed += ["--settings", str(settings)] if settings else []
        seed += ["--metrics-port", str(metrics_port)] if metrics_port else []
        seed += ["--blobs", blobs] if blobs else []
        seed += self.authority.options if self.authority else []
        decide = ["--hall", self.hall_url, "--token", place.token, *([] if review else ["--no-review"])]
        decide += ["--hall-ca", str(self.authority.root)] if self.authority else []
        self.hall = self._service("hall", place.hall, "hall", *serve, *seed, tls=tls)
        self.departments = self._service(
            "departments", place.departments, "hall.demo", "--port", str(place.departments), *decide
        )

    @property
    def department_token(self) -> str:
        """What opens the hall's department API, with "-" and the department's id behind it."""
        return self._place.token

    @property
    def card(self) -> CardHand:
        """The hand at the reader: `insert` and `remove`."""
        if self._card is None:
            raise ValueError("this demo was started without a card")
        return self._card

    @property
    def operator(self) -> CardHand:
        """The hand at the operator's own reader, the second slot; its program starts with the first use."""
        if self._operator is None:
            self._operator = CardHand(self._python, self.pcscd.port + 1, os.environ)
            self._exit.callback(self._operator.close)
        return self._operator

    @property
    def pcscd(self) -> Pcscd:
        """The card service, to be killed and started again."""
        if self._pcscd is None:
            raise ValueError("this demo was started without a card")
        return self._pcscd

    def kill_hall(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the hall as a power cut would."""
        self.hall.end(how)

    def start_hall(self) -> None:
        """Start the hall again on the same address and database, and wait until it answers."""
        self.hall.start()
        self.hall.wait("/v1/health")

    def restart_card_service(self) -> None:
        """Start the card service again on the same socket and port, with an empty reader."""
        self.pcscd.restart()

    def set_register(self, register: str, mode: str, **more: str) -> None:
        """Put a register ("marriage") or a service ("marriage.single") up, down, or into a mode of hall/demo/faults.py.

        `seconds` goes with the mode "delay".
        """
        connection = http.client.HTTPConnection("127.0.0.1", self._place.departments, timeout=5)
        try:
            wanted = json.dumps({"register": register, "mode": mode, **more})
            connection.request("POST", "/control", wanted, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            if answer.status != http.HTTPStatus.OK:
                raise ValueError(f"the departments refuse {wanted}: {answer.status}")
        finally:
            connection.close()

    def __enter__(self) -> Demo:
        """Start everything at once, then wait for each; raise DidNotStart or PcscdUnavailable."""
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / "demo.json").write_text(json.dumps(asdict(self._place)), encoding="ascii")
        with ExitStack() as started:
            services = [(self.hall, "/v1/health")]
            services += [(self.departments, "/health")] if self._with_departments else []
            for service, _ in services:
                started.callback(service.end)
                service.start()
            if self._with_card:
                self._start_card(started)
            for service, health in services:
                service.wait(health)
            self._exit = started.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._exit.close()

    def _start_card(self, started: ExitStack) -> None:
        # A socket's path is short by law, and pcscd's configuration takes no spaces: not below `root`.
        folder = Path(tempfile.mkdtemp(prefix="yc-", dir="/tmp"))
        started.callback(shutil.rmtree, folder)
        self._pcscd = started.enter_context(Pcscd(folder))
        self.env["PCSCLITE_CSOCK_NAME"] = self._pcscd.socket_path
        self._card = CardHand(self._python, self._pcscd.port, os.environ)
        started.callback(self._card.close)

    def _service(self, name: str, port: int, module: str, *options: str, tls: bool = False) -> Service:
        # No proxy stands between programs of one machine.
        env = {**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
        return Service(name, [self._python, "-m", module, *options], port, folder=self.root, env=env, tls=tls)


def _place(root: Path) -> _Place:
    """Return the place that an earlier demo of `root` left, or a new one."""
    kept = root / "demo.json"
    if kept.is_file():
        return _Place(**json.loads(kept.read_text(encoding="ascii")))
    hall, departments = free_ports(2)
    return _Place(hall, departments, secrets.token_hex(8), secrets.token_hex(16))
