"""One program of the demo: started with its own log, waited for until it answers, ended for certain."""

from __future__ import annotations

import http.client
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

# What stands behind this is ended by the kernel when the thread that started it ends, however that came about.
LEASH = ("setpriv", "--pdeathsig", "TERM", "--")
_PATIENCE_S = 30.0
_END_S = 5.0


class DidNotStart(Exception):
    """A program of the demo ended, or did not answer in time; the text holds its last words."""


class Service:
    """A web server on a port of 127.0.0.1 that was chosen beforehand, so that it is the same after a restart."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        port: int,
        *,
        folder: Path,
        env: Mapping[str, str],
        tls: bool = False,
    ):
        """Take the `command` to run in the checkout; nothing is started yet. With `tls` it is asked by https."""
        self.name = name
        self.port = port
        self.log = folder / f"{name}.log"
        self._tls = tls
        self._command = [str(part) for part in command]
        self._env = dict(env)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address, without a path."""
        return f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process; raise ValueError when it was not started."""
        if self._process is None:
            raise ValueError(f"{self.name} does not run")
        return self._process.pid

    @property
    def running(self) -> bool:
        """Say whether the program lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the program and return at once; `wait` tells when it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*LEASH, *self._command],
                cwd=Path(__file__).resolve().parent.parent,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # An interrupt typed at the terminal goes to the demo, which then ends its programs in order.
                start_new_session=True,
            )

    def wait(self, path: str) -> None:
        """Return once GET `path` is answered with 200; raise DidNotStart."""
        deadline = time.monotonic() + _PATIENCE_S
        while not self._answers(path):
            if not self.running or time.monotonic() > deadline:
                said = self.log.read_text(encoding="utf-8", errors="replace")[-2000:]
                raise DidNotStart(f"{self.name} did not start:\n{said}")
            time.sleep(0.02)

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the program with `how`, with SIGKILL when it does not heed it. Does nothing when it is not running."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(_END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _answers(self, path: str) -> bool:
        # http.client, unlike urllib, asks no proxy for the way to this machine.
        connection: http.client.HTTPConnection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        if self._tls:
            # Only whether somebody answers: whom a station believes is its own business.
            anybody = ssl.create_default_context()
            anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
            connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=2, context=anybody)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def free_ports(count: int) -> list[int]:
    """Return ports of 127.0.0.1 that were all free a moment ago."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()
