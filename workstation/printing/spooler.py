"""Where sheets go: into a folder (the demo's printer) or to a CUPS queue."""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import suppress
from pathlib import Path

from workstation import resources
from workstation.domain.failures import Failure, Refused
from workstation.printing.press import PaperPress
from workstation.printing.roll import RollSpooler
from workstation.services.ports import Press

_LP_LIMIT_S = 20.0
_JOB = re.compile(rb"request id is (\S+)")


def open_press(*, folder: Path, queue: str | None, roll: str = "") -> Press:
    """Make the press of this station: to the CUPS queue when one is named, else into the folder; rolls to their printer."""
    spooler = QueueSpooler(queue) if queue else FolderSpooler(folder)
    return PaperPress(resources.paper_font_files(), spooler, roll=RollSpooler(roll) if roll else None)


class FolderSpooler:
    """The demo's printer: each sheet is a file <serial>.pdf that only its owner may read.

    The files hold personal data in clear, so a real counter names a queue (docs/decisions/006-folder-printer.md).
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self, serial: str, pdf: bytes) -> Path:
        """Write the file whole or not at all, and durably. Raises Refused(PRINTER_FAILED)."""
        target = self._folder / f"{serial}.pdf"
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
        return target


class QueueSpooler:
    """A CUPS queue, through `lp`: the sheet goes in by its standard input, so no clear file is left behind."""

    def __init__(self, queue: str) -> None:
        if queue.startswith("-") or not queue.isprintable():
            raise ValueError(queue)
        self._queue = queue

    def take(self, serial: str, pdf: bytes) -> Path:
        """Queue the sheet under its serial. Raises Refused(PRINTER_FAILED) when CUPS does not take it."""
        command = ["lp", "-d", self._queue, "-t", serial, "-o", "media=A4", "-"]
        try:
            done = subprocess.run(
                command,
                input=pdf,
                capture_output=True,
                timeout=_LP_LIMIT_S,
                check=True,
                env={**os.environ, "LC_ALL": "C"},  # the job's number is read from lp's own words
            )
        except FileNotFoundError as error:
            raise Refused(Failure.PRINTER_FAILED, reason="lp") from error
        except subprocess.TimeoutExpired as error:
            raise Refused(Failure.PRINTER_FAILED, reason="timeout") from error
        except subprocess.CalledProcessError as error:
            raise Refused(
                Failure.PRINTER_FAILED, reason=error.stderr.decode(errors="replace").strip()
            ) from error
        job = _JOB.search(done.stdout)
        return Path(self._queue) / (job.group(1).decode() if job else serial)


def _sync_folder(folder: Path) -> None:
    """Make the rename durable, where the system can open a folder (Windows cannot)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
