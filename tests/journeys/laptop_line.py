"""The line of one laptop to the hall, which can be cut while everybody else's stands: bytes in, bytes out."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class LaptopLine:
    """Listens on a port of its own and passes everything to the hall's, unless it is cut."""

    def __init__(self, hall_port: int) -> None:
        self._hall_port = hall_port
        self._up = threading.Event()
        self._up.set()
        self._over = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def cut(self) -> None:
        """Out of reach: what is under way breaks off, nothing new gets through."""
        self._up.clear()
        with self._lock:
            for each in self._open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Back in reach."""
        self._up.set()

    def serve(self) -> None:
        """Take connections until `close`."""
        while not self._over.is_set():
            try:
                here, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(here,), daemon=True).start()

    def close(self) -> None:
        """End everything."""
        self._over.set()
        self.cut()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _carry(self, here: socket.socket) -> None:
        with here:
            if not self._up.is_set():
                return
            try:
                there = socket.create_connection(("127.0.0.1", self._hall_port), timeout=5)
            except OSError:
                return
            with there:
                with self._lock:
                    self._open |= {here, there}
                self._pump(here, there)
                with self._lock:
                    self._open -= {here, there}

    def _pump(self, here: socket.socket, there: socket.socket) -> None:
        other = {here: there, there: here}
        with selectors.DefaultSelector() as ready:
            for each in other:
                ready.register(each, selectors.EVENT_READ)
            while self._up.is_set():
                for key, _ in ready.select(timeout=0.2):
                    sender = here if key.fileobj is here else there
                    try:
                        content = sender.recv(65536)
                        if not content:
                            return
                        other[sender].sendall(content)
                    except OSError:
                        return


@contextmanager
def laptop_line(hall_port: int) -> Iterator[LaptopLine]:
    """Give a line to a hall on this port."""
    line = LaptopLine(hall_port)
    carrier = threading.Thread(target=line.serve, daemon=True)
    carrier.start()
    try:
        yield line
    finally:
        line.close()
        carrier.join(5)
