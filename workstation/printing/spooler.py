"""Where sheets go: into a folder (the demo's printer) or to a queue of a print service."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from workstation import resources
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import Spool, SpoolState
from workstation.printing.cups import PrintService
from workstation.printing.press import PaperPress
from workstation.printing.roll import RollSpooler
from workstation.services.ports import Press
from workstation.services.print_views import PrinterView


def open_press(*, folder: Path, queue: str | None, server: str = "", roll: str = "") -> Press:
    """Make the press of this station: to the queue when one is named (`server` says whose), else into the folder; rolls to
    their printer."""
    spooler = QueueSpooler(queue, PrintService(server)) if queue else FolderSpooler(folder)
    return PaperPress(resources.paper_font_files(), spooler, roll=RollSpooler(roll) if roll else None)


class FolderSpooler:
    """The demo's printer: each sheet is a file <serial>.pdf that only its owner may read.

    The files hold personal data in clear, so a real counter names a queue (docs/decisions/006-folder-printer.md).
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, serial: str, pdf: bytes, _printer: str = "") -> Spool:
        """Write the file whole or not at all, and durably. Raises Refused(PRINTER_FAILED)."""
        target = self._path(serial)
        half = target.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            half.unlink(missing_ok=True)
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(pdf)
                file.flush()
                os.fsync(file.fileno())
            half.replace(target)
            _sync_folder(self._folder)
        except OSError as error:
            with suppress(OSError):  # the first trouble is the one to tell
                half.unlink(missing_ok=True)
            raise Refused(Failure.PRINTER_FAILED, reason=os.strerror(error.errno or 0)) from error
        return Spool(state=SpoolState.COMPLETED, began=True)

    def look(self, spool: Spool) -> Spool:
        """A file is written at once: nothing changes any more."""
        return spool

    def find(self, serial: str, _printer: str = "") -> Spool | None:
        """Say whether the file stands there."""
        return Spool(state=SpoolState.COMPLETED, began=True) if self._path(serial).is_file() else None

    def take_back(self, spool: Spool) -> Spool:
        """Too late: see look()."""
        return spool

    def printers(self) -> tuple[PrinterView, ...]:
        """There are none to choose from."""
        return ()

    def where(self, serial: str, spool: Spool) -> str:
        """Name the file."""
        return str(self._path(serial)) if spool.state is SpoolState.COMPLETED else ""

    def _path(self, serial: str) -> Path:
        return self._folder / f"{serial}.pdf"


class QueueSpooler:
    """A queue of a print service. The sheet goes in over the service's socket, so no clear file is left behind by us."""

    def __init__(self, queue: str, service: PrintService) -> None:
        if not _is_name(queue):
            raise ValueError(queue)
        self._queue = queue
        self._service = service

    def put(self, serial: str, pdf: bytes, printer: str = "") -> Spool:
        """Queue the sheet under its serial; see ports.Press."""
        return self._service.print(self._named(printer), serial, pdf)

    def look(self, spool: Spool) -> Spool:
        """Ask after a job; see ports.Press."""
        return self._service.look(self._named(spool.printer), spool.job)

    def find(self, serial: str, printer: str = "") -> Spool | None:
        """Look for a job by the serial; see ports.Press."""
        return self._service.find(self._named(printer), serial)

    def take_back(self, spool: Spool) -> Spool:
        """Cancel a job; see ports.Press."""
        return self._service.cancel(self._named(spool.printer), spool.job)

    def printers(self) -> tuple[PrinterView, ...]:
        """List the queues, this station's own first; see ports.Press."""
        found = self._service.printers()
        return tuple(sorted(found, key=lambda each: (each.name != self._queue, each.name)))

    def where(self, _serial: str, spool: Spool) -> str:
        """Return <queue>/<job>."""
        return f"{spool.printer}/{spool.job}" if spool.job else ""

    def _named(self, printer: str) -> str:
        name = printer or self._queue
        if not _is_name(name):
            raise Refused(Failure.PRINTER_GONE, printer=name)
        return name


def _is_name(queue: str) -> bool:
    """What CUPS takes for a queue (lpadmin(8)): printable, and none of these."""
    return bool(queue) and len(queue) <= 127 and queue.isprintable() and not set(queue) & set(" /#?'\"\\")


def _sync_folder(folder: Path) -> None:
    """Make the rename durable, where the system can open a folder (Windows cannot)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
