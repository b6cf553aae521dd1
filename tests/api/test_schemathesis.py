"""Schemathesis against a real hall process: what the published description says holds, for those who are known and those who
are not, whatever is sent."""

from __future__ import annotations

import hashlib
import json
import socket
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from requests.auth import AuthBase
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode

from catalogue.model import Catalogue
from demo.environment import Demo
from hall.published import parts_alone
from hall.web import make_app
from tests.api.caller import AsDevice, WithToken
from tests.api.knowing import Knowing
from tests.fakes.device import Device
from wire.codec import decode, encode
from wire.uploads import UploadAsked, UploadTicket

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
DEPARTMENT = "public_security"
RATED = ("push", "verify", "other", "department", "enrol", "sign_in")


@dataclass(frozen=True)
class Hall:
    """A hall that serves, what it publishes, and those it knows."""

    url: str
    schema: Any
    device: Device
    token: str
    knowing: Knowing
    ticket: str

    def auth_of(self, operation: Any) -> AuthBase | None:
        names = {name for each in operation.definition.raw.get("security", ()) for name in each}
        if "device" in names:
            return AsDevice(self.device.private)
        if "ticket" in names:
            return WithToken(self.ticket)
        return WithToken(f"{self.token}-{DEPARTMENT}") if "department" in names else None


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    root = tmp_path_factory.mktemp("hall")
    with Demo(root, Path(sys.executable), with_card=False, review=False, settings=_no_pace(root)) as demo:
        device = Device(demo.hall_url)
        device.enrol(demo.enrol_code)
        device.push(*(device.received(f"case-{n}") for n in range(3)))
        document = requests.get(f"{demo.hall_url}/v1/openapi.json", timeout=10).json()
        schema = schemathesis.openapi.from_dict(document)
        schema.config.base_url = demo.hall_url
        knowing = Knowing(device.me, DEPARTMENT, tuple(range(1, 10)), ("case-0", "case-1", "c"))
        asked = UploadAsked(hashlib.sha256(b"scan").hexdigest(), 4)
        told = device.signed("POST", "/v1/upload-tickets", encode(asked).encode())
        ticket = decode(UploadTicket, told).ticket
        yield Hall(demo.hall_url, schema, device, demo.department_token, knowing, ticket)


def _no_pace(root: Path) -> Path:
    """Nobody is told to come more slowly: that has a test of its own."""
    many = {name: 1_000_000 for kind in ("per_min", "burst") for name in [f"{who}_{kind}" for who in RATED]}
    file = root / "settings.json"
    file.write_text(json.dumps({"rates": many}))
    return file


def strike(
    schema: Any,
    examples: int,
    auth_of: Callable[[Any], AuthBase | None],
    checks: list[Any],
    touch: Callable[[Any], None] = lambda _: None,
) -> dict[str, Counter[int]]:
    """Ask every operation with good and with bad data; return how often each answered with which status.

    Raises FailureGroup, or a Failure, for what is not as described.
    """
    heard: dict[str, Counter[int]] = {}
    session = requests.Session()
    session.trust_env = False
    for result in schema.get_all_operations():
        operation = result.ok()
        counted = heard.setdefault(operation.label, Counter())
        for mode in GenerationMode:
            try:
                strategy = operation.as_strategy(generation_mode=mode)
                _ask(strategy, examples, auth_of(operation), checks, touch, session, counted)
            except Unsatisfiable:
                assert mode is GenerationMode.NEGATIVE, operation.label  # Nothing that could be wrong in it.
    session.close()
    return heard


def _ask(
    strategy: Any,
    examples: int,
    auth: AuthBase | None,
    checks: list[Any],
    touch: Callable[[Any], None],
    session: requests.Session,
    counted: Counter[int],
) -> None:
    @given(case=strategy)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        touch(case)
        answer = case.call(session=session, auth=auth, timeout=30)
        counted[answer.status_code] += 1
        case.validate_response(answer, checks=checks)

    ask()


@pytest.fixture(scope="module")
def examples(request: pytest.FixtureRequest) -> int:
    return 1000 if request.config.getoption("--long") else 6


def test_whoever_is_known_is_answered_as_described(hall: Hall, examples: int) -> None:
    heard = strike(hall.schema, examples, hall.auth_of, CHECKS, hall.knowing.touch)
    # It would prove little if nobody came in.
    inside = {name for name, statuses in heard.items() if statuses.keys() - {401, 404, 422}}
    assert len(inside) > len(heard) * 2 / 3, heard


def test_whoever_is_not_known_is_let_in_nowhere(hall: Hall, examples: int) -> None:
    heard = strike(hall.schema, examples, lambda _: None, CHECKS)
    paths = hall.schema.raw_schema["paths"]
    closed = {
        f"{verb.upper()} {path}" for path in paths for verb in paths[path] if "security" in paths[path][verb]
    }
    assert len(closed) > len(heard) / 2
    for label in closed:
        assert heard[label].keys() <= {400, 401, 412, 413, 415, 422}, label


# -- what must be found ---------------------------------------------------------------------------------------
def _break_on_long_codes(message: Any, scope: Any) -> Any:
    long = len(scope["query_string"]) > len("code=") + 2
    return {**message, "status": 500} if long and message["type"] == "http.response.start" else message


def _say_too_much(message: Any, scope: Any) -> Any:
    if message["type"] == "http.response.start":
        kept = [(name, value) for name, value in message["headers"] if name != b"content-length"]
        return {**message, "headers": kept}
    return {**message, "body": message["body"].replace(b"{", b'{"case":"c",', 1)}


def _invent_a_status(message: Any, _: Any) -> Any:
    return {**message, "status": 299} if message.get("status") == 200 else message


def _invent_a_code(message: Any, _: Any) -> Any:
    if "body" in message:
        return {**message, "body": message["body"].replace(b'"malformed"', b'"mailformed"')}
    kept = [(name, value) for name, value in message["headers"] if name != b"content-length"]
    return {**message, "headers": kept}


@pytest.mark.parametrize("bug", [_break_on_long_codes, _say_too_much, _invent_a_status, _invent_a_code])
def test_a_seeded_bug_is_found(tmp_path: Path, bug: Callable[[Any, Any], Any]) -> None:
    with parts_alone(tmp_path, Catalogue("", {}, (), {}, {}, {})) as parts:
        app = make_app(parts)
        with served(app) as url:
            strike(_only_slips(app, url), 20, lambda _: None, CHECKS)
        with served(_With(app, bug)) as url, pytest.raises((Failure, FailureGroup)):
            strike(_only_slips(app, url), 20, lambda _: None, CHECKS)


def _only_slips(app: Any, url: str) -> Any:
    schema = schemathesis.openapi.from_dict(app.openapi())
    schema.config.base_url = url
    return schema.include(path="/v1/slips/check")


class _With:
    """The hall's own application, with a bug at its door."""

    def __init__(self, app: Any, bug: Callable[[Any, Any], Any]) -> None:
        self._app, self._bug = app, bug

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def bad(message: Any) -> None:
            await send(self._bug(message, scope) if scope["type"] == "http" else message)

        await self._app(scope, receive, bad)


@contextmanager
def served(app: Any) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
