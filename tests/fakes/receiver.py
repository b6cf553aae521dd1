"""A department's own endpoint for tests: a real HTTP server that checks the hall's signature and fails as it is told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType

from tests.fakes.served import Answer as Reply
from tests.fakes.served import Asked, served
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


class Receiver:
    """Keeps what arrived, in order; `behave` chooses the answer for an event and its nth arrival, from 1."""

    def __init__(
        self, hall_key: bytes, behave: Callable[[DepartmentEvent, int], Answer] = lambda *_: FINE
    ) -> None:
        self.behave = behave
        self.url = ""
        self.arrived: list[DepartmentEvent] = []  # every request with a good signature
        self.taken: list[DepartmentEvent] = []
        self.refused: list[str] = []  # bad signatures
        self._hall_key = hall_key
        self._lock = threading.Lock()
        self._served = ExitStack()

    def __enter__(self) -> Receiver:
        self.url = f"{self._served.enter_context(served(self._speak))}/events"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._served.close()

    def once(self) -> list[str]:
        """Return the ids that were taken, each where it came first."""
        return list(dict.fromkeys(event.id for event in self.taken))

    def _speak(self, asked: Asked) -> Reply:
        known = {key_id(self._hall_key): self._hall_key}
        try:
            check_request(
                method=asked.method,
                url=self.url,
                headers=asked.headers,
                body=asked.body,
                find_key=known.get,
                now=datetime.now(UTC),
            )
        except BadSignature as bad:
            self.refused.append(bad.code)
            return Reply(401)
        event = decode(DepartmentEvent, asked.body)
        assert asked.headers["Idempotency-Key"] == event.id
        answer = self._heard(event)
        time.sleep(answer.after_s)
        told = (("Retry-After", answer.retry_after),) if answer.retry_after else ()
        return Reply(answer.status, headers=told, drop=answer.status == 0)

    def _heard(self, event: DepartmentEvent) -> Answer:
        with self._lock:
            self.arrived.append(event)
            answer = self.behave(event, sum(each.id == event.id for each in self.arrived))
            if answer.take and (answer.status == 0 or 200 <= answer.status < 300):
                self.taken.append(event)
        return answer
