"""Posts events to a department's own endpoint, each signed by the hall (RFC 9421), and reads nothing but the status."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2

from hall.connectors.exporter import Became, Delivery
from wire.codec import encode
from wire.department_feed import DepartmentEvent
from wire.http_signature import sign_request
from wire.keys import key_id, public_of

LONGEST_REST_S = 300.0
# Not about the event: whoever answers so would answer every event so.
_NOT_FOR_US = frozenset({401, 403, 404, 405, 410, 429, 503})
_BUSY = frozenset({408, 425})


class PushExporter:
    """One event a request, and one budget of time for the whole request, whatever the other side does with it."""

    def __init__(self, url: str, private: bytes, *, budget_s: float = 10.0, ca: str | None = None) -> None:
        """`private` is the hall's Ed25519 key, `ca` a file of certificates for an endpoint of a private authority."""
        self._url = url
        self._private = private
        self._key = key_id(public_of(private))
        self._budget_s = budget_s
        trust = ssl.create_default_context(cafile=ca) if ca else True
        self._runner = asyncio.Runner()
        self._http = httpx2.AsyncClient(trust_env=False, timeout=None, verify=trust, follow_redirects=False)

    @property
    def most(self) -> int:
        """One: the next is asked for when this one is settled, so a kill repeats one at most."""
        return 1

    def deliver(self, events: Sequence[DepartmentEvent]) -> Sequence[Delivery]:
        """Post events one after the other; after the first sign that nobody is there the rest are not tried."""
        told: list[Delivery] = []
        for event in events:
            told.append(self._runner.run(self._post(event)))
            if told[-1].became is Became.AWAY:
                break
        return told

    def close(self) -> None:
        """Let go of the connection."""
        self._runner.run(self._http.aclose())
        self._runner.close()

    async def _post(self, event: DepartmentEvent) -> Delivery:
        body = encode(event).encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": event.id,
            "Accept-Encoding": "identity",
        }
        headers |= sign_request(
            method="POST",
            url=self._url,
            headers=headers,
            body=body,
            private=self._private,
            key_id=self._key,
            now=datetime.now(UTC),
        )
        try:
            async with (
                asyncio.timeout(self._budget_s),
                self._http.stream("POST", self._url, content=body, headers=headers) as answer,
            ):
                return _read(event.id, answer.status_code, answer.headers.get("retry-after", ""))
        except TimeoutError:
            return Delivery(event.id, Became.AGAIN, "timeout")
        except httpx2.ConnectError:
            return Delivery(event.id, Became.AWAY, "link.ConnectError")
        except httpx2.HTTPError as error:
            # The line broke after the request had gone out: whether it was taken nobody knows, so it goes out again.
            return Delivery(event.id, Became.AGAIN, f"link.{type(error).__name__}")


def _read(event: str, status: int, retry_after: str) -> Delivery:
    code = f"status.{status}"
    if 200 <= status < 300:
        return Delivery(event, Became.DELIVERED)
    if status < 400 or status in _NOT_FOR_US:
        return Delivery(event, Became.AWAY, code, _rest_s(retry_after))
    if status >= 500 or status in _BUSY:
        return Delivery(event, Became.AGAIN, code, _rest_s(retry_after))
    return Delivery(event, Became.REFUSED, code)


def _rest_s(said: str) -> float:
    """Read Retry-After (RFC 9110 10.2.3): seconds or a date; nothing that makes sense is no rest."""
    try:
        seconds = (
            float(said)
            if said.isdigit()
            else (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()
        )
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return min(max(0.0, seconds), LONGEST_REST_S)
