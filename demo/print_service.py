"""A print service of one's own: a real CUPS scheduler in a folder, with queues whose printer writes PDF files (cups-pdf).

Nothing of the system's own service is touched: configuration, spool, state and socket stand in the folder. It needs root and
the Debian packages cups-daemon and printer-driver-cups-pdf. cups-pdf reads its settings from one place only, so scheduler and
backend live in a mount namespace where ours stands there; a small spool disk, where one is asked for, is mounted in it too.
"""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType

CUPSD = Path("/usr/sbin/cupsd")
BACKEND = Path("/usr/lib/cups/backend/cups-pdf")
_SYSTEM = Path("/usr/lib/cups")
_PPD = "/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd"
_WAIT_S = 20.0
JAM = "jam-simulator"
# Where the folder stands for the scheduler: its filters run as another user, who need not see the way to the folder.
_INSIDE = "/mnt"

_CONF = """\
LogLevel info
Listen {folder}/cups.sock
Listen 127.0.0.1:{port}
Browsing Off
DefaultAuthType None
WebInterface No
JobRetryInterval 1
PreserveJobHistory Yes
PreserveJobFiles No
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues none
  SubscriptionPrivateAccess default
  SubscriptionPrivateValues default
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""
_FILES = """\
ServerRoot {folder}/etc
ServerBin {folder}/bin
DataDir /usr/share/cups
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
StateDir {folder}/state
AccessLog {folder}/log/access_log
ErrorLog {folder}/log/error_log
PageLog {folder}/log/page_log
Printcap
User lp
Group lp
SystemGroup root
"""
_PDF = """\
Out {folder}/out
AnonDirName {folder}/out
Spool {folder}/pdf
Log {folder}/log
Grp root
TitlePref 1
DecodeHexStrings 1
"""
# A SIMULATOR, and named as one: the printer's mechanics, the outermost edge. It is a CUPS backend that hands its job to
# the real cups-pdf backend, but for the sheets named in `jams`: of these it says what a printer says whose paper is jammed,
# prints nothing, and asks for its queue to be stopped (backend(7): exit code 4).
_JAM = """\
#!/bin/sh
[ $# -eq 0 ] && {{ echo 'direct {name} "Simulator" "Printer that jams (simulator)"'; exit 0; }}
count=$(( $(cat {folder}/fed 2>/dev/null || echo 0) + 1 ))
if [ -e {folder}/jams/$count ]; then
  rm {folder}/jams/$count
  echo "STATE: +media-jam-error" >&2
  echo "ERROR: paper jam (simulated)" >&2
  cat > /dev/null
  exit 4
fi
echo $count > {folder}/fed
DEVICE_URI=cups-pdf:/ exec {backend} "$@"
"""


class PrintService:
    """Starts with the block and ends with it. `spool_kb` puts the spool on a disk of that size."""

    def __init__(self, folder: Path, *, spool_kb: int = 0) -> None:
        self.folder = folder.resolve()
        self.socket = str(self.folder / "cups.sock")
        self._spool_kb = spool_kb
        self._running: subprocess.Popen[bytes] | None = None

    @staticmethod
    def is_possible() -> bool:
        """Say whether this machine can have one."""
        return CUPSD.exists() and BACKEND.exists() and os.geteuid() == 0

    def __enter__(self) -> PrintService:
        """Write the settings and start."""
        self._lay_out()
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    def start(self) -> None:
        """Start the scheduler, also again; queues and jobs are as they were."""
        steps = [
            f"mount --bind {shlex.quote(str(self.folder))} {_INSIDE}",
            f"mount --bind {_INSIDE}/etc/cups-pdf.conf /etc/cups/cups-pdf.conf",
        ]
        if self._spool_kb:
            steps.append(f"mount -t tmpfs -o size={self._spool_kb}k,mode=710 tmpfs {_INSIDE}/spool")
            steps.append(f"mkdir {_INSIDE}/spool/tmp")
        steps.append(f"exec {CUPSD} -f -c {_INSIDE}/etc/cupsd.conf -s {_INSIDE}/etc/cups-files.conf")
        with (self.folder / "log" / "cupsd").open("ab") as log:
            self._running = subprocess.Popen(
                ["unshare", "--mount", "sh", "-ec", "; ".join(steps)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._wait()

    def stop(self) -> None:
        """Stop the scheduler as a power cut would not: it writes down what it has."""
        if self._running is not None:
            self._running.terminate()
            self._running.wait(timeout=_WAIT_S)
            self._running = None
            Path(self.socket).unlink(missing_ok=True)

    def add(self, queue: str, *, jams_at: tuple[int, ...] = ()) -> None:
        """Add a queue that prints PDF files; with `jams_at` by the simulator, whose printer jams at those sheets."""
        for sheet in jams_at:
            (self.folder / "jams" / str(sheet)).touch()
        device = f"{JAM}:/" if jams_at else "cups-pdf:/"
        self.tell("lpadmin", "-p", queue, "-E", "-v", device, "-P", _PPD)

    def remove(self, queue: str) -> None:
        """Take a queue away, with its jobs."""
        self.tell("lpadmin", "-x", queue)

    def pause(self, queue: str) -> None:
        """Stop a queue; it still takes jobs."""
        self.tell("cupsdisable", queue)

    def resume(self, queue: str) -> None:
        """Let a queue go on."""
        self.tell("cupsenable", queue)

    def refuse(self, queue: str) -> None:
        """Let a queue take no more jobs."""
        self.tell("cupsreject", queue)

    def accept(self, queue: str) -> None:
        """Let it take jobs again."""
        self.tell("cupsaccept", queue)

    def sheets(self) -> list[Path]:
        """What was printed, in the order of printing."""
        return sorted((self.folder / "out").glob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)

    def fill_spool(self) -> None:
        """Fill the spool disk up."""
        inside = Path(f"/proc/{self._pid()}/root{_INSIDE}/spool/ballast")
        try:
            with inside.open("wb", buffering=0) as ballast:
                while ballast.write(bytes(4096)):
                    pass
        except OSError:
            return

    def free_spool(self) -> None:
        """Take the ballast off the spool disk."""
        inside = Path(f"/proc/{self._pid()}/root{_INSIDE}/spool/ballast")
        inside.unlink()

    def log(self) -> str:
        """What the scheduler wrote, for when something goes wrong."""
        return (self.folder / "log" / "error_log").read_text(encoding="utf-8", errors="replace")

    def tell(self, *command: str) -> str:
        """Run one of CUPS's own commands at this service."""
        done = subprocess.run(
            command,
            env={**os.environ, "CUPS_SERVER": self.socket, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            timeout=_WAIT_S,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def _pid(self) -> int:
        if self._running is None:
            raise AssertionError("not started")
        return self._running.pid  # `exec` all the way: the scheduler itself

    def _lay_out(self) -> None:
        for name in ("etc", "bin", "spool/tmp", "cache", "state", "log", "out", "pdf", "jams"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)
        for beside in _SYSTEM.iterdir():
            if beside.name != "backend":
                (self.folder / "bin" / beside.name).symlink_to(beside)
        backends = self.folder / "bin" / "backend"
        backends.mkdir()
        # cupsd wants to own what it runs as root, so the backend is a copy and not a link.
        shutil.copy(BACKEND, backends / "cups-pdf")
        (backends / "cups-pdf").chmod(0o700)
        values = {
            "folder": _INSIDE,
            "port": _free_port(),
            "name": JAM,
            "backend": f"{_INSIDE}/bin/backend/cups-pdf",
        }
        (backends / JAM).write_text(_JAM.format(**values))
        (backends / JAM).chmod(0o700)
        for name, words in (("cupsd.conf", _CONF), ("cups-files.conf", _FILES), ("cups-pdf.conf", _PDF)):
            (self.folder / "etc" / name).write_text(words.format(**values))

    def _wait(self) -> None:
        until = time.monotonic() + _WAIT_S
        while time.monotonic() < until:
            try:
                self.tell("lpstat", "-r")
            except RuntimeError:
                time.sleep(0.02)
                continue
            if Path(self.socket).exists():
                return
            time.sleep(0.02)
        raise RuntimeError("the print service did not start: " + self.log())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
