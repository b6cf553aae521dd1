"""A print service whose one queue takes every sheet and prints none: each stands in its spool, as in a queue that waits."""

from __future__ import annotations

import socketserver
import struct
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import TracebackType

from workstation.printing import ipp
from workstation.printing.ipp import Operation, Status

_PENDING, _CANCELLED = 3, 7


class WaitingService:
    """Listens at `socket` while the block lasts; `spool` holds <job>.pdf. Speaks as much IPP as a workstation asks."""

    def __init__(self, socket: Path, spool: Path, queue: str) -> None:
        self.socket = str(socket)
        self.spool = spool
        self.queue = queue
        self._names: dict[int, str] = {}
        self._cancelled: set[int] = set()
        self._server = _server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> WaitingService:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, asked: bytes) -> bytes:
        """Answer one request."""
        (operation,) = struct.unpack_from(">H", asked, 2)
        said, end = _operation(asked)
        if (
            operation != Operation.CUPS_GET_PRINTERS
            and str(said["printer-uri"]).rpartition("/")[2] != self.queue
        ):
            return _head(Status.NOT_FOUND) + b"\x03"
        number = said.get("job-id")
        job = number if isinstance(number, int) else 0
        if operation == Operation.PRINT_JOB:
            job = len(self._names) + 1
            self._names[job] = str(said["job-name"])
            (self.spool / f"{job}.pdf").write_bytes(asked[end:])
            return _head() + self._job(job) + b"\x03"
        if operation == Operation.GET_JOBS:
            return _head() + b"".join(self._job(each) for each in self._names) + b"\x03"
        if operation == Operation.GET_PRINTER_ATTRIBUTES or operation == Operation.CUPS_GET_PRINTERS:
            return (
                _head()
                + b"\x04"
                + _text(0x42, "printer-name", self.queue)
                + _number("printer-state", 3)
                + b"\x03"
            )
        if job not in self._names:
            return _head(Status.NOT_FOUND) + b"\x03"
        if operation == Operation.CANCEL_JOB:
            self._cancelled.add(job)
            return _head() + b"\x03"
        return _head() + self._job(job) + b"\x03"

    def _job(self, job: int) -> bytes:
        state = _CANCELLED if job in self._cancelled else _PENDING
        return (
            b"\x02"
            + _number("job-id", job)
            + _number("job-state", state)
            + _text(0x42, "job-name", self._names[job])
        )


def _server(service: WaitingService) -> socketserver.ThreadingUnixStreamServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = service.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing: a test's output is for its own words."""

        def address_string(self) -> str:
            return "socket"

    server = socketserver.ThreadingUnixStreamServer(service.socket, Handler)
    server.daemon_threads = True
    return server


def _operation(asked: bytes) -> tuple[dict[str, ipp.Value], int]:
    """Return the operation's attributes, and where the document begins."""
    found: dict[str, ipp.Value] = {}
    at = 8
    while asked[at] != 0x03:
        tag = asked[at]
        at += 1
        if tag <= 0x0F:
            continue
        (length,) = struct.unpack_from(">H", asked, at)
        name = asked[at + 2 : at + 2 + length].decode()
        at += 2 + length
        (length,) = struct.unpack_from(">H", asked, at)
        body = asked[at + 2 : at + 2 + length]
        at += 2 + length
        found.setdefault(name, int.from_bytes(body, "big") if tag == 0x21 else body.decode())
    return found, at + 1


def _head(status: int = Status.OK) -> bytes:
    return b"\x02\x00" + struct.pack(">HI", status, 1) + b"\x01" + _text(0x47, "attributes-charset", "utf-8")


def _number(name: str, value: int) -> bytes:
    return b"\x21" + struct.pack(">H", len(name)) + name.encode() + b"\x00\x04" + struct.pack(">i", value)


def _text(tag: int, name: str, value: str) -> bytes:
    body = value.encode()
    return bytes([tag]) + struct.pack(">H", len(name)) + name.encode() + struct.pack(">H", len(body)) + body
