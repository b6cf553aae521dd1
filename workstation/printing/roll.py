"""A thermal printer with a roll of 80 mm on the network: sheets go to it as a bitmap in ESC/POS, so it needs no font.

ESC/POS has no Unicode, and code pages differ from printer to printer (domain.md 6): a bitmap prints the same everywhere.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator

from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import Spool, SpoolState
from workstation.services.print_views import PrinterView

WIDTH = 576  # dots of an 80 mm head at 203 dpi: 72 mm
PORT = 9100  # raw printing, as all of them listen
_BAND = 128  # rows that a printer with little memory takes at once
_PATIENCE_S = 5.0
_INIT = b"\x1b@"
_FEED_AND_CUT = b"\x1bd\x03\x1dVB\x00"  # three lines, then a partial cut


ROLL = "roll"  # what the ledger calls this printer
WIDEST_ROLL = 283.0  # points, 100 mm: a wider page is no roll


class RollSpooler:
    """Implements ports.Printers. `address` is HOST or HOST:PORT. Such a printer answers nothing: what it took counts as done,
    and whoever stands there says whether it came out."""

    def __init__(self, address: str) -> None:
        host, _, port = address.partition(":")
        self._host, self._port = host, int(port or PORT)

    def put(self, _serial: str, pdf: bytes, _printer: str = "") -> Spool:
        """Print the sheet. Raises Refused(PRINTER_FAILED)."""
        content = b"".join(commands(pdf))
        try:
            with socket.create_connection((self._host, self._port), timeout=_PATIENCE_S) as line:
                line.sendall(content)
        except TimeoutError as error:
            raise Refused(Failure.PRINTER_FAILED, reason="timeout") from error
        except OSError as error:
            raise Refused(Failure.PRINTER_FAILED, reason=error.strerror or type(error).__name__) from error
        return Spool(printer=ROLL, state=SpoolState.COMPLETED, began=True)

    def look(self, spool: Spool) -> Spool:
        """It was told all at once: nothing changes any more."""
        return spool

    def find(self, _serial: str, _printer: str = "") -> Spool | None:
        """It keeps no book of what it printed."""
        return None

    def take_back(self, spool: Spool) -> Spool:
        """Too late: see look()."""
        return spool

    def printers(self) -> tuple[PrinterView, ...]:
        """Nobody chooses it: the paper does."""
        return ()

    def where(self, serial: str, spool: Spool) -> str:
        """Return roll/<host>/<serial>."""
        return f"{ROLL}/{self._host}/{serial}" if spool.state is SpoolState.COMPLETED else ""


def commands(pdf: bytes) -> Iterator[bytes]:
    """The commands for all pages: GS v 0 (raster bit image) in bands, then feed and cut."""
    from workstation.printing.raster import dots_of  # noqa: PLC0415 - a library that only a roll needs

    yield _INIT
    for page in dots_of(pdf, WIDTH):
        for start in range(0, len(page.rows), _BAND):
            band = page.rows[start : start + _BAND]
            size = (WIDTH // 8).to_bytes(2, "little") + len(band).to_bytes(2, "little")
            yield b"\x1dv0\x00" + size + b"".join(band)
        yield _FEED_AND_CUT
