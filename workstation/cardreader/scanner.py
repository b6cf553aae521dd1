"""A code scanner at a serial port: hands over each code it reads and forgets it.

Scanners that pretend to be a keyboard need none of this: they type into the page.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from workstation.cardreader.serial_port import SerialPort
from workstation.domain.failures import Refused

LONGEST_CODE = 1024
_ENDS = b"\r\n"
_BACK_OFF_S = 1.0
_SCANNER_BAUD = 9600  # what scanners come with; those on USB take any

log = logging.getLogger("workstation.cardreader")


class Codes:
    """Takes bytes as they come and gives whole codes; what is too long or no plain text is skipped."""

    def __init__(self) -> None:
        self._unread = b""
        self._skipping = False

    def feed(self, came: bytes) -> list[str]:
        """Return the codes that are whole now."""
        found = []
        for byte in came:
            if byte in _ENDS:
                code = self._take()
                if code:
                    found.append(code)
            elif len(self._unread) >= LONGEST_CODE:
                self._skipping = True
            else:
                self._unread += bytes((byte,))
        return found

    def _take(self) -> str:
        raw, self._unread = self._unread, b""
        skipped, self._skipping = self._skipping, False
        code = raw.decode("ascii", errors="replace").strip()
        return "" if skipped or not code.isascii() or not code.isprintable() else code


class Scanner:
    """Implements ports.CodeScanner; opens the port again whenever it was lost."""

    def __init__(self, port: str) -> None:
        self._port = port
        self._on_code: Callable[[str], object] = lambda _: None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scanner", daemon=True)

    def start(self) -> None:
        """Open the port and begin. Once only."""
        self._thread.start()

    def listen(self, told: Callable[[str], object]) -> None:
        """See ports.CodeScanner."""
        self._on_code = told

    def close(self) -> None:
        """End the thread and wait for it. Not from within what listens."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        lost = False
        while not self._stopping.is_set():
            try:
                with SerialPort(self._port, baud=_SCANNER_BAUD) as port:
                    lost = False
                    self._listen(port)
            except Refused as refused:
                if not lost:  # once: a scanner left unplugged would fill the log
                    log.warning("scanner lost: %s", dict(refused.details))
                lost = True
                self._stopping.wait(_BACK_OFF_S)

    def _listen(self, port: SerialPort) -> None:
        codes = Codes()
        while not self._stopping.is_set():
            for code in codes.feed(port.read()):
                self._on_code(code)
