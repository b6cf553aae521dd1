"""A department's own endpoint for tests: a real HTTP server that checks the hall's signature and fails as it is told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from wire.codec import decode
from wire.department_feed import DepartmentEvent
from wire.http_signature import BadSignature, check_request
from wire.keys import key_id


@dataclass(frozen=True, slots=True)
class Answer:
    """What the endpoint does with a request: `status` 0 closes the line without a word, `after_s` waits first.

    `take` says whether the event is kept: an endpoint may keep it and lose its answer.
    """

    status: int = 204
    after_s: float = 0.0
    take: bool = True
    retry_after: str = ""


FINE = Answer()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked was killed, or has given up: that is what these tests are about."""


class Receiver:
    """Keeps what arrived, in order; `behave` chooses the answer for an event and its nth arrival, from 1."""

    def __init__(
        self, hall_key: bytes, behave: Callable[[DepartmentEvent, int], Answer] = lambda *_: FINE
    ) -> None:
        self.behave = behave
        self.arrived: list[DepartmentEvent] = []  # every request with a good signature
        self.taken: list[DepartmentEvent] = []
        self.refused: list[str] = []  # bad signatures
        self._hall_key = hall_key
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/events"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Receiver:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def once(self) -> list[str]:
        """Return the ids that were taken, each where it came first."""
        return list(dict.fromkeys(event.id for event in self.taken))

    def _heard(self, event: DepartmentEvent) -> Answer:
        with self._lock:
            self.arrived.append(event)
            answer = self.behave(event, sum(each.id == event.id for each in self.arrived))
            if answer.take and (answer.status == 0 or 200 <= answer.status < 300):
                self.taken.append(event)
        return answer

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                known = {key_id(outer._hall_key): outer._hall_key}
                try:
                    check_request(
                        method="POST",
                        url=outer.url,
                        headers=dict(self.headers.items()),
                        body=body,
                        find_key=known.get,
                        now=datetime.now(UTC),
                    )
                except BadSignature as bad:
                    outer.refused.append(bad.code)
                    self._say(Answer(401))
                    return
                event = decode(DepartmentEvent, body)
                assert self.headers["Idempotency-Key"] == event.id
                self._say(outer._heard(event))

            def _say(self, answer: Answer) -> None:
                time.sleep(answer.after_s)
                if answer.status == 0:
                    self.close_connection = True
                    return
                try:
                    self.send_response(answer.status)
                    if answer.retry_after:
                        self.send_header("Retry-After", answer.retry_after)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                except OSError:
                    self.close_connection = True  # whoever asked has given up

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
                pass

        return Handler
