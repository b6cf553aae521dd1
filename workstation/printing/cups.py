"""A print service that speaks IPP: hands over a sheet, asks what became of a job, takes one back, lists the printers.

By the service's own socket where it has one, so that the service knows by the system who asks; nothing is written to a file
on the way. What the service says comes back as our codes, its own keyword beside them.
"""

from __future__ import annotations

import getpass
import http.client
import os
import socket
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import Spool, SpoolState
from workstation.printing import ipp
from workstation.printing.ipp import Answer, Attributes, Operation, Status
from workstation.services.print_views import PrinterView

_SOCKET = "/run/cups/cups.sock"
_HOST = "localhost:631"
_LIMIT_S = (
    8.0  # a service on this machine answers in milliseconds; one that hangs must not hold up the counter
)
_JOB_WANTED = (
    "job-id",
    "job-state",
    "job-state-reasons",
    "job-name",
    "job-printer-uri",
    "time-at-processing",
    "job-printer-state-reasons",
)
_PRINTER_WANTED = (
    "printer-name",
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "queued-job-count",
)
_STOPPED = 5  # printer-state (RFC 8011 5.4.11)
_STATES = {  # job-state (RFC 8011 5.3.7)
    3: SpoolState.QUEUED,
    4: SpoolState.STOPPED,  # held
    5: SpoolState.PRINTING,
    6: SpoolState.STOPPED,
    7: SpoolState.CANCELLED,
    8: SpoolState.ABORTED,
    9: SpoolState.COMPLETED,
}
_SAYS_NOTHING = frozenset(
    {"none", "", "processing-to-stop-point", "job-completed-successfully", "job-queued"}
)
# A reason that every stopped printer has; what stands beside it says more.
_SAYS_LITTLE = ("paused", "printer-stopped")


class _SocketConnection(http.client.HTTPConnection):
    """HTTP over the service's socket in the file system."""

    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        """Connect to the socket."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class PrintService:
    """A CUPS scheduler, by `server`: a socket's path or host:port; "" for what CUPS_SERVER names or the system's own."""

    def __init__(self, server: str = "", limit_s: float = _LIMIT_S) -> None:
        self._server = server
        self._limit_s = limit_s

    def print(self, queue: str, serial: str, pdf: bytes) -> Spool:
        """Hand a sheet over under its serial. Raises Refused(PRINT_SERVICE_DOWN | PRINTER_GONE | PRINTER_PAUSED |
        PRINT_SPOOL_FULL | PRINTER_FAILED); the service has nothing of it then."""
        asked = ipp.request(
            Operation.PRINT_JOB,
            _uri(queue),
            user=_user(),
            job_name=serial,
            options={"media": "iso_a4_210x297mm"},
        )
        said = self._ask(f"/printers/{quote(queue)}", asked + pdf)
        if not said.is_good:
            raise self._refusal(queue, said)
        return self._spool(queue, said.groups[0] if said.groups else {})

    def look(self, queue: str, job: int) -> Spool:
        """Say how a job stands; LOST when the service does not know it. Raises Refused(PRINT_SERVICE_DOWN | PRINTER_FAILED)."""
        asked = ipp.request(
            Operation.GET_JOB_ATTRIBUTES, _uri(queue), user=_user(), job=job, wanted=_JOB_WANTED
        )
        said = self._ask("/", asked)
        if said.status in {Status.NOT_FOUND, Status.GONE}:
            return Spool(queue, job, SpoolState.LOST, "job-unknown")
        if not said.is_good:
            raise Refused(Failure.PRINTER_FAILED, reason=said.message or f"{said.status:#06x}")
        spool = self._spool(queue, said.groups[0] if said.groups else {})
        return self._held_up(spool) if spool.state in {SpoolState.QUEUED, SpoolState.STOPPED} else spool

    def find(self, queue: str, serial: str) -> Spool | None:
        """Find the job of a sheet by its name: one that was handed over before a crash. Raises as look()."""
        asked = ipp.request(
            Operation.GET_JOBS, _uri(queue), user=_user(), which_jobs="all", wanted=_JOB_WANTED
        )
        said = self._ask("/", asked)
        if said.status == Status.NOT_FOUND:
            return None
        if not said.is_good:
            raise Refused(Failure.PRINTER_FAILED, reason=said.message or f"{said.status:#06x}")
        named = [self._spool(queue, group) for group in said.groups if _first(group, "job-name") == serial]
        return max(named, key=lambda spool: spool.job, default=None)

    def cancel(self, queue: str, job: int) -> Spool:
        """Take a job back where that is still possible, and say how it stands then. Raises as look()."""
        said = self._ask("/jobs", ipp.request(Operation.CANCEL_JOB, _uri(queue), user=_user(), job=job))
        if not said.is_good and said.status not in {Status.NOT_POSSIBLE, Status.NOT_FOUND, Status.GONE}:
            raise Refused(Failure.PRINTER_FAILED, reason=said.message or f"{said.status:#06x}")
        return self.look(queue, job)

    def printers(self) -> tuple[PrinterView, ...]:
        """List the queues with their state. Raises Refused(PRINT_SERVICE_DOWN | PRINTER_FAILED)."""
        said = self._ask(
            "/", ipp.request(Operation.CUPS_GET_PRINTERS, "", user=_user(), wanted=_PRINTER_WANTED)
        )
        if said.status == Status.NOT_FOUND:
            return ()
        if not said.is_good:
            raise Refused(Failure.PRINTER_FAILED, reason=said.message or f"{said.status:#06x}")
        return tuple(_printer(group) for group in said.groups)

    # -- what is said ----------------------------------------------------------------------------------
    def _spool(self, queue: str, group: Attributes) -> Spool:
        job = _first(group, "job-id")
        state = _STATES.get(_number(group, "job-state"), SpoolState.QUEUED)
        began = _number(group, "time-at-processing") > 0 or state in {
            SpoolState.PRINTING,
            SpoolState.COMPLETED,
        }
        reason = _telling(group, "job-printer-state-reasons") or _telling(group, "job-state-reasons")
        if state is SpoolState.COMPLETED:
            reason = ""
        return Spool(queue, job if isinstance(job, int) else 0, state, reason, began)

    def _held_up(self, spool: Spool) -> Spool:
        """A job that waits for a printer which is stopped does not wait for its turn."""
        try:
            printer = self._about(spool.printer)
        except Refused as refused:
            if refused.failure is Failure.PRINTER_GONE:
                return Spool(spool.printer, spool.job, SpoolState.LOST, "printer-removed", spool.began)
            raise
        if printer.is_stopped:
            return Spool(
                spool.printer, spool.job, SpoolState.STOPPED, printer.reason or spool.reason, spool.began
            )
        return spool

    def _about(self, queue: str) -> PrinterView:
        said = self._ask(
            f"/printers/{quote(queue)}",
            ipp.request(Operation.GET_PRINTER_ATTRIBUTES, _uri(queue), user=_user(), wanted=_PRINTER_WANTED),
        )
        if said.status in {Status.NOT_FOUND, Status.GONE}:
            raise Refused(Failure.PRINTER_GONE, printer=queue)
        if not said.is_good or not said.groups:
            raise Refused(Failure.PRINTER_FAILED, reason=said.message or f"{said.status:#06x}")
        return _printer(said.groups[0])

    def _refusal(self, queue: str, said: Answer) -> Refused:
        if said.status in {Status.NOT_FOUND, Status.GONE}:
            return Refused(Failure.PRINTER_GONE, printer=queue)
        if said.status == Status.NOT_ACCEPTING:
            return Refused(Failure.PRINTER_PAUSED, printer=queue)
        reason = said.message or f"{said.status:#06x}"
        return Refused(Failure.PRINTER_FAILED, reason=reason)

    # -- asking ----------------------------------------------------------------------------------------
    def _ask(self, path: str, body: bytes) -> Answer:
        line, headers = self._line()
        try:
            # A service whose disk is full says so before it has heard everything, and hangs up.
            with suppress(BrokenPipeError, ConnectionResetError):
                line.request("POST", path, body, headers)
            answer = line.getresponse()
            said = answer.read()
        except OSError as error:
            raise Refused(Failure.PRINT_SERVICE_DOWN, reason=os.strerror(error.errno or 0)) from error
        except http.client.HTTPException as error:
            raise Refused(Failure.PRINT_SERVICE_DOWN, reason=type(error).__name__) from error
        finally:
            line.close()
        if answer.status == http.client.REQUEST_ENTITY_TOO_LARGE:
            # What CUPS says when it cannot write what it is given (cups scheduler/client.c).
            raise Refused(Failure.PRINT_SPOOL_FULL)
        if answer.status != http.client.OK:
            raise Refused(Failure.PRINTER_FAILED, reason=f"HTTP {answer.status}")
        try:
            return ipp.read(said)
        except ipp.Garbled as error:
            raise Refused(Failure.PRINTER_FAILED, reason="IPP") from error

    def _line(self) -> tuple[http.client.HTTPConnection, Mapping[str, str]]:
        server = self._server or os.environ.get("CUPS_SERVER") or (_SOCKET if _is_socket(_SOCKET) else _HOST)
        headers = {"Content-Type": "application/ipp"}
        if server.startswith("/"):
            # The service asks the system who is at the other end; only whoever queued a job may take it back.
            return _SocketConnection(server, self._limit_s), {
                **headers,
                "Authorization": f"PeerCred {_user()}",
            }
        return http.client.HTTPConnection(server, timeout=self._limit_s), headers


def _is_socket(path: str) -> bool:
    try:
        return stat.S_ISSOCK(Path(path).stat().st_mode)
    except OSError:
        return False


def _user() -> str:
    return getpass.getuser()


def _uri(queue: str) -> str:
    return f"ipp://localhost/printers/{quote(queue)}"


def _printer(group: Attributes) -> PrinterView:
    return PrinterView(
        name=str(_first(group, "printer-name")),
        is_stopped=_number(group, "printer-state") == _STOPPED,
        accepts=_first(group, "printer-is-accepting-jobs") is not False,
        reason=_telling(group, "printer-state-reasons"),
        jobs=_number(group, "queued-job-count"),
    )


def _first(group: Attributes, name: str) -> int | bool | str:
    return next(iter(group.get(name, ())), "")


def _number(group: Attributes, name: str) -> int:
    value = _first(group, name)
    return value if isinstance(value, int) else 0


def _telling(group: Attributes, name: str) -> str:
    """Return the reason that says most, without how grave it is (media-jam-error -> media-jam)."""
    found = [str(value) for value in group.get(name, ()) if value not in _SAYS_NOTHING]
    found.sort(key=lambda reason: reason in _SAYS_LITTLE)
    reason = next(iter(found), "")
    for ending in ("-error", "-warning", "-report"):
        reason = reason.removesuffix(ending)
    return reason
