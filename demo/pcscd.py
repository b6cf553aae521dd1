"""A private pcscd with a virtual reader, on its own socket and port, for the demo, the tests and the benches.

The daemon is Debian's own (packages pcscd and vsmartcard-vpcd); it is handed a listening socket the way
systemd's socket activation does it, so the compiled-in /run/pcscd/pcscd.comm is not used and any number of
daemons run side by side. Clients find it by the environment variable PCSCLITE_CSOCK_NAME.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType

DAEMON = Path("/usr/sbin/pcscd")
DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
RUN_FOLDER = Path("/run/pcscd")
READER_NAME = "Virtual Reader"
_LONGEST_SOCKET_PATH = 107  # sun_path of AF_UNIX, less the closing zero
_START_S = 5.0

# The listening socket comes as standard input, because dash cannot name descriptors above 9; systemd's rule
# wants it as descriptor 3. The shell keeps its pid over exec, so LISTEN_PID is pcscd's own; setpriv ends the
# daemon with its parent.
_ENTER = 'exec 3<&0 0</dev/null; export LISTEN_PID=$$ LISTEN_FDS=1; exec setpriv --pdeathsig TERM -- "$@"'
# pcscd insists on a writable /run/pcscd even when the socket is handed to it: give it one of its own.
_OWN_RUN = 'mount -t tmpfs none /run && mkdir /run/pcscd && exec "$@"'


class PcscdUnavailable(Exception):
    """The daemon cannot be started here; the text says why and what helps."""


class Pcscd:
    """One daemon with one vpcd reader (two slots; the card connects to `port`).

    `socket_path` goes into PCSCLITE_CSOCK_NAME of every client. libpcsclite keeps that path for the life of a
    process, so `restart` comes back on the same path and port. The daemon ends with the thread that started it.
    """

    def __init__(self, folder: str | Path, *, reader: bool = True, driver: Path = DRIVER) -> None:
        """Choose path and port below `folder`, which must be shorter than about 95 bytes.

        Without `reader` the daemon has none, as a station whose reader is unplugged. `driver` may be one that
        behaves otherwise over vpcd's own.
        """
        self._driver = driver
        self.folder = Path(folder)
        self._reader = reader
        self.socket_path = str(self.folder / "pcscd.comm")
        if len(os.fsencode(self.socket_path)) > _LONGEST_SOCKET_PATH:
            raise PcscdUnavailable(f"the folder's path is too long for a socket: {self.folder}")
        self.port = free_port_pair()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """What the daemon printed."""
        return self.folder / "pcscd.log"

    @property
    def running(self) -> bool:
        """Say whether the daemon lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> Pcscd:
        """Start the daemon and wait until its reader listens. Raises PcscdUnavailable."""
        for program in (DAEMON, DRIVER, self._driver):
            if not program.exists():
                raise PcscdUnavailable(f"{program} is missing (apt-get install pcscd vsmartcard-vpcd)")
        self._configure()
        listener = self._listen()
        command = [str(DAEMON), "--foreground", "--config", str(self.folder / "conf")]
        try:
            with self.log.open("ab") as out:
                self._process = subprocess.Popen(
                    [*_private_run(), "sh", "-c", _ENTER, "sh", *command],
                    stdin=listener.fileno(),
                    stdout=out,
                    stderr=subprocess.STDOUT,
                    env={k: v for k, v in os.environ.items() if k != "PCSCLITE_CSOCK_NAME"},
                )
        finally:
            # While the listener lives here, clients of a dead daemon would wait in its backlog for ever.
            listener.close()
        self._wait_until_ready()
        return self

    def stop(self) -> None:
        """End the daemon and take its socket away. Does nothing when it is not running."""
        self._end(signal.SIGTERM)
        Path(self.socket_path).unlink(missing_ok=True)

    def freeze(self, *, on: bool) -> None:
        """Stop the daemon where it is, as a machine that goes to sleep does, or let it go on."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP if on else signal.SIGCONT)

    def kill(self) -> None:
        """End the daemon without a chance to tidy up, as a crash would."""
        self._end(signal.SIGKILL)

    def restart(self) -> Pcscd:
        """Stop if need be, and start again on the same path and port."""
        self.stop()
        return self.start()

    def unplug(self) -> Pcscd:
        """Go on without a reader, as a service whose only one was unplugged; by a new daemon, since no test can unplug USB."""
        return self._with_reader(there=False)

    def plug_in(self) -> Pcscd:
        """Have the reader again, empty."""
        return self._with_reader(there=True)

    def _with_reader(self, *, there: bool) -> Pcscd:
        self._reader = there
        return self.restart()

    def __enter__(self) -> Pcscd:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _configure(self) -> None:
        conf = self.folder / "conf"
        conf.mkdir(parents=True, exist_ok=True)
        if not self._reader:
            (conf / "vpcd").unlink(missing_ok=True)
            return
        # vpcd has no option for the address it listens on: the port is open on every interface of the machine.
        (conf / "vpcd").write_text(
            f'FRIENDLYNAME "{READER_NAME}"\nDEVICENAME /dev/null:{self.port}\n'
            f"LIBPATH {self._driver}\nCHANNELID {self.port}\n",
            encoding="utf-8",
        )

    def _listen(self) -> socket.socket:
        Path(self.socket_path).unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listener.bind(self.socket_path)
            listener.listen(64)
        except OSError:
            listener.close()
            raise
        return listener

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_S
        wanted = {self.port, self.port + 1} if self._reader else set()
        while not wanted <= _listening_ports():
            if not self.running or time.monotonic() > deadline:
                said = self.log.read_text(encoding="utf-8", errors="replace")[-1500:]
                self.stop()
                raise PcscdUnavailable(f"pcscd did not start:\n{said}")
            time.sleep(0.005)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port_pair() -> int:
    """Return P such that P and P+1 are free (one vpcd entry opens two slots).

    Ports below the ephemeral range are taken, so that no outgoing connection sits there when a daemon restarts.
    """
    for _ in range(500):
        port = random.randrange(20000, 32000, 2)  # noqa: S311 - only spreads daemons over ports
        if _is_free(port) and _is_free(port + 1):
            return port
    raise PcscdUnavailable("no two free ports beside each other")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("0.0.0.0", port))  # noqa: S104 - vpcd will bind this address, so it must be free there
        except OSError:
            return False
    return True


def _listening_ports() -> set[int]:
    ports = set()
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        local, _, state = line.split()[1:4]
        if state == "0A":
            ports.add(int(local.split(":")[1], 16))
    return ports


def _private_run() -> list[str]:
    """Return what stands before the daemon's command so that it finds a usable /run/pcscd.

    Root makes the folder itself; for an ordinary user an existing folder is enough (pcscd only complains about
    its pid file); otherwise the daemon gets a user and mount namespace of its own with an empty /run.
    """
    if os.geteuid() == 0 or RUN_FOLDER.is_dir():
        return []
    unshare = shutil.which("unshare")
    if unshare is None or not _namespaces_allowed(unshare):
        raise PcscdUnavailable(
            f"pcscd needs the folder {RUN_FOLDER} and this user may not make a namespace of its own; "
            f"once as root: mkdir {RUN_FOLDER}"
        )
    return [unshare, "-Urm", "sh", "-c", _OWN_RUN, "sh"]


def _namespaces_allowed(unshare: str) -> bool:
    return subprocess.run([unshare, "-Urm", "true"], check=False, capture_output=True).returncode == 0
