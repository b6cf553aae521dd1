"""A serial port, of a SAM module or a scanner, through pyserial: the only file that knows the library."""

from __future__ import annotations

import sys
from types import TracebackType

from workstation.domain.failures import Failure, Refused

SAM_BAUD = 115_200


class SerialPort:
    """An open port; every trouble of it is Refused(ID_READER_SILENT)."""

    def __init__(self, name: str, *, baud: int = SAM_BAUD) -> None:
        """Open the port. Raises Refused(ID_READER_SILENT)."""
        import serial  # noqa: PLC0415 - only stations with such a reader load it

        self._errors: tuple[type[Exception], ...] = (serial.SerialException, OSError)
        if sys.platform != "win32":
            import termios  # noqa: PLC0415 - Windows has none

            # Not an OSError, and pyserial lets it through when a port is emptied whose device was pulled.
            self._errors = (*self._errors, termios.error)
        try:
            self._port = serial.Serial(name, baud, timeout=0.05, write_timeout=1.0, exclusive=True)
        except (*self._errors, ValueError) as error:
            raise _silent(error) from error

    def write(self, data: bytes) -> None:
        """Send bytes, after whatever came unasked was thrown away. Raises Refused(ID_READER_SILENT)."""
        try:
            self._port.reset_input_buffer()
            self._port.write(data)
        except self._errors as error:
            raise _silent(error) from error

    def read(self) -> bytes:
        """Return what has come, at most after 50 ms; b"" when nothing came. Raises Refused(ID_READER_SILENT)."""
        try:
            return bytes(self._port.read(max(1, self._port.in_waiting)))
        except self._errors as error:
            raise _silent(error) from error

    def __enter__(self) -> SerialPort:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._port.close()


def _silent(error: Exception) -> Refused:
    return Refused(Failure.ID_READER_SILENT, cause=type(error).__name__)
