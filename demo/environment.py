"""The world around one counter, for trying out and for tests: card service, card, departments and hall, all real."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from demo.card import CardHand
from demo.pcscd import Pcscd
from demo.service import Service, free_ports

MOTHER = "mother-2.0.json"
FATHER = "father-2.0.json"


class Demo:
    """Everything a workstation meets, started on entering and ended on leaving, on ports of 127.0.0.1 of its own.

    `root` keeps the hall's database and the logs. `hall_url` and `enrol_code` are what the enrolment page asks for;
    `env` is what a workstation needs in its environment to find the card service. Enter it in a thread that lives
    as long as the demo: its programs end with that thread, even when it is killed.
    """

    def __init__(self, root: Path, python: Path, *, with_card: bool = True) -> None:
        """Choose ports and paths; `python` runs the hall and the card. Without a card, `env` is empty."""
        self.root = root
        self.env: dict[str, str] = {}
        self.enrol_code = secrets.token_hex(8)
        self._token = secrets.token_hex(16)
        self._python = python
        self._with_card = with_card
        self._exit = ExitStack()
        self._card: CardHand | None = None
        self._pcscd: Pcscd | None = None
        # No proxy stands between programs of one machine.
        env = {**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
        departments, hall = free_ports(2)
        self.departments = Service(
            "departments", self._departments(departments, hall), departments, folder=root, env=env
        )
        self.hall = Service("hall", self._hall(hall), hall, folder=root, env=env)

    @property
    def hall_url(self) -> str:
        """The hall's address."""
        return self.hall.url

    @property
    def card(self) -> CardHand:
        """The hand at the reader: `insert` and `remove`."""
        if self._card is None:
            raise ValueError("this demo was started without a card")
        return self._card

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

    def __enter__(self) -> Demo:
        """Start everything at once, then wait for each; raise DidNotStart or PcscdUnavailable."""
        self.root.mkdir(parents=True, exist_ok=True)
        with ExitStack() as started:
            for service in (self.departments, self.hall):
                started.callback(service.end)
                service.start()
            if self._with_card:
                self._start_card(started)
            self.departments.wait("/health")
            self.hall.wait("/v1/health")
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

    def _serve_departments(self, port: int) -> list[str | Path]:
        serve: list[str | Path] = [self._python, "-m", "hall.demo", "--port", str(port)]
        return [*serve, "--hall", _url(self._ports[1]), "--token", self._token]

    def _serve_hall(self, port: int) -> list[str | Path]:
        serve: list[str | Path] = [self._python, "-m", "hall", "serve", "--port", str(port)]
        serve += ["--database", self.root / "hall.db", "--departments", self.departments.url]
        return [*serve, "--demo-code", self.enrol_code, "--demo-token", self._token]
