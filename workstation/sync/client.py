"""The hall over HTTP: every request signed by the device, every trouble one of our codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import httpx2

from wire.codec import Malformed, decode, encode
from wire.http_signature import sign_request
from wire.keys import b64, unb64
from wire.messages import (
    ChangePage,
    Enrolment,
    EnrolRequest,
    PushAnswer,
    PushRequest,
    Trouble,
    VerificationQuery,
    VerificationReply,
)
from wire.signed import reply_is_genuine
from workstation.domain.failures import Failure, Refused

T = TypeVar("T")

_CODES = {
    "enrol_code": Failure.ENROL_CODE_REFUSED,
    "device_revoked": Failure.DEVICE_REVOKED,
    "skewed": Failure.CLOCK_SKEWED,
    "busy": Failure.HALL_BUSY,
}
TIMEOUT = httpx2.Timeout(10.0, connect=3.0)


@dataclass(frozen=True, slots=True)
class Device:
    """Who signs: the station's enrolment and its private key."""

    enrolment: Enrolment
    private: bytes


class HallClient:
    """Talks to one hall for one device; safe to use from several threads. Implements services.ports.Hall."""

    def __init__(self, hall_url: str, device: Device, clock: Callable[[], datetime]) -> None:
        self._url = hall_url.rstrip("/")
        self._device = device
        self._clock = clock
        self._http = httpx2.Client(timeout=TIMEOUT, trust_env=False)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def verify(self, query: VerificationQuery) -> VerificationReply:
        """See services.ports.Hall."""
        reply = self._post("/v1/verify", query, VerificationReply)
        genuine = reply_is_genuine(reply, unb64(self._device.enrolment.hall_key))
        # An answer to another question is as bad as a forged one: it may speak of somebody else.
        if not genuine or reply.query != query.id or reply.service != query.service:
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        return reply

    def push(self, request: PushRequest) -> PushAnswer:
        """Send a batch. Raises Refused like verify."""
        return self._post("/v1/push", request, PushAnswer)

    def changes(self, cursor: str, limit: int = 200) -> ChangePage:
        """Fetch what is new after the cursor. Raises Refused like verify."""
        return self._read(self._send("GET", f"/v1/changes?cursor={cursor}&limit={limit}", b""), ChangePage)

    def _post(self, path: str, message: object, kind: type[T]) -> T:
        return self._read(self._send("POST", path, encode(message).encode()), kind)

    def _send(self, method: str, path: str, body: bytes) -> bytes:
        url = self._url + path
        headers = {"Content-Type": "application/json"}
        headers |= sign_request(
            method=method,
            url=url,
            headers=headers,
            body=body,
            private=self._device.private,
            key_id=self._device.enrolment.device,
            now=self._clock(),
        )
        return _answer(self._http, method, url, headers, body)

    def _read(self, body: bytes, kind: type[T]) -> T:
        return _decoded(body, kind)


class HallEnroller:
    """Trades a one-time code; implements services.ports.Enroller."""

    def enrol(self, hall_url: str, code: str, public_key: bytes, sign: Callable[[bytes], bytes]) -> Enrolment:
        """See services.ports.Enroller."""
        request = EnrolRequest(code, b64(public_key), b64(sign(code.encode())))
        url = hall_url.rstrip("/") + "/v1/enrol"
        with httpx2.Client(timeout=TIMEOUT, trust_env=False) as http:
            headers = {"Content-Type": "application/json"}
            return _decoded(_answer(http, "POST", url, headers, encode(request).encode()), Enrolment)


def _answer(http: httpx2.Client, method: str, url: str, headers: dict[str, str], body: bytes) -> bytes:
    try:
        answer = http.request(method, url, headers=headers, content=body)
    except (httpx2.TransportError, httpx2.InvalidURL, ValueError) as error:
        # The cause is named by its type only: addresses and bodies do not belong into texts.
        raise Refused(Failure.HALL_UNREACHABLE, cause=type(error).__name__) from error
    if answer.is_success:
        return answer.content
    raise _refusal(answer.status_code, answer.content)


def _refusal(status: int, body: bytes) -> Refused:
    try:
        trouble = decode(Trouble, body)
    except Malformed:
        trouble = Trouble("unknown")
    if status in {httpx2.codes.SERVICE_UNAVAILABLE, httpx2.codes.TOO_MANY_REQUESTS}:
        return Refused(Failure.HALL_BUSY, status=str(status))
    failure = _CODES.get(trouble.code, Failure.HALL_REFUSED)
    return Refused(failure, status=str(status), code=trouble.code)


def _decoded(body: bytes, kind: type[T]) -> T:
    try:
        return decode(kind, body)
    except (Malformed, json.JSONDecodeError):
        raise Refused(Failure.HALL_ANSWER_UNTRUSTED) from None
