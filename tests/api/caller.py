"""Speaks to a hall for schemathesis: signs each request as a station's device, or brings a department's token."""

from __future__ import annotations

from datetime import UTC, datetime

import requests
import schemathesis
from requests.auth import AuthBase

from wire.http_signature import sign_request
from wire.keys import key_id, public_of


@schemathesis.serializer("application/offset+octet-stream")
def as_bytes(_context: object, value: object) -> bytes:
    """Part of a scan as it travels by tus."""
    return value if isinstance(value, bytes) else str(value).encode()


class AsDevice(AuthBase):
    """Signs what really goes out: the prepared request, body and address as they are."""

    def __init__(self, private: bytes) -> None:
        self._private = private

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        assert request.method is not None
        assert request.url is not None
        assert isinstance(body, str | bytes)
        request.headers.update(
            sign_request(
                method=request.method,
                url=request.url,
                headers={},
                body=body.encode() if isinstance(body, str) else body,
                private=self._private,
                key_id=key_id(public_of(self._private)),
                now=datetime.now(UTC),
            )
        )
        return request


class WithToken(AuthBase):
    """Brings a token: a department's, or a ticket for a scan."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request
