"""Pushes on one thread from request to answer: each hears what is its own, however odd its fellows are."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from fastapi import FastAPI, Request
from psycopg.errors import ConnectionTimeout
from sqlalchemy import Engine, update
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from catalogue.load import load_catalogue
from hall.__main__ import CATALOGUE
from hall.api.asking import Door
from hall.api.parts import HallParts
from hall.api.polls import POLLS, Polls
from hall.api.pushes import Pushes
from hall.availability import is_away
from hall.database import fact, now, open_database, stamp
from hall.demo.seed import seed
from hall.engines import make_engine
from hall.enrolment import enrol, new_code
from hall.new_cases import SMALL, NewCases
from hall.new_cases import Push as Batch
from hall.straight_line import straight_line
from hall.tables import devices
from tests.fakes.device import Device
from wire.codec import decode, digest, encode
from wire.http_signature import sign_request
from wire.keys import b64, key_id, new_id, public_of, sign
from wire.messages import EnrolRequest, Envelope, PushAnswer, PushRequest

_URL = "http://hall/v1/push"


class Counter:
    """A hall's way of pushes in this process, and its devices."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        nothing: Any = None
        parts = HallParts(engine, load_catalogue(CATALOGUE), nothing, nothing, folder)
        self.pushes, self._polls = Pushes(parts), Polls(parts)
        self._app = FastAPI()
        self._app.state.door = Door()
        self.epoch = ""

    def seed(self) -> None:
        with self.engine.begin() as db:
            seed(db, code="c0de" * 4, token=None)
            self.epoch = fact(db, "epoch")

    def device(self) -> Device:
        made = Device("")
        with self.engine.begin() as db:
            code = new_code(db, "440104", confirmed_by="test")
            proof = b64(sign(made.private, code.encode()))
            made.enrolment = enrol(db, EnrolRequest(code, b64(public_of(made.private)), proof))
        return made

    def asked(self, pushes: Device, /, *items: Envelope, **changes: Any) -> bytes:
        return encode(replace(PushRequest(pushes.me.device, 1, self.epoch, items), **changes)).encode()

    def request(self, device: Device, body: bytes, **more: str) -> Request:
        headers = {"host": "hall", "content-type": "application/json", **more}
        headers |= sign_request(
            method="POST",
            url=_URL,
            headers=headers,
            body=body,
            private=device.private,
            key_id=key_id(public_of(device.private)),
            now=now(),
        )
        scope = {
            "type": "http",
            "app": self._app,
            "method": "POST",
            "scheme": "http",
            "server": ("hall", 80),
            "path": "/v1/push",
            "raw_path": b"/v1/push",
            "query_string": b"",
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        }

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": body, "more_body": False}

        return Request(scope, receive)

    def answers(self, *requests: Request) -> list[object]:
        """Let them come at once; return what each was told."""

        told = _at_once(self.pushes.answer, requests)
        return [decode(PushAnswer, each) if isinstance(each, str) else each for each in told]

    def heard(self, *requests: Request) -> list[object]:
        """Let them come at once as polls; return what each was told."""
        return _at_once(self._polls.answer, requests)


def _at_once(answer: Callable[[Request], Awaitable[str]], requests: Sequence[Request]) -> list[object]:
    async def all_of_it() -> list[object]:
        coming = (answer(each) for each in requests)
        return list(await asyncio.wait_for(asyncio.gather(*coming, return_exceptions=True), 60))

    return asyncio.run(all_of_it())


@pytest.fixture
def counter(postgres_hall: str, tmp_path: Path) -> Iterator[Counter]:
    engine = open_database(postgres_hall)
    try:
        made = Counter(engine, tmp_path)
        made.seed()
        yield made
    finally:
        engine.dispose()


def _of(told: object) -> object:
    """What was told, in short."""
    if isinstance(told, PushAnswer):
        return [each.code or each.status.value for each in told.results]
    return getattr(told, "code", told)


def _as_it_is(counter: Counter, device: Device, item: Envelope) -> Request:
    return counter.request(device, counter.asked(device, item))


def _other(**changes: Any) -> Callable[[Counter, Device], Request]:
    def made(counter: Counter, device: Device) -> Request:
        return _as_it_is(counter, device, replace(device.received(new_id()), **changes))

    return made


def _raw(change: Callable[[bytes], bytes], **headers: str) -> Callable[[Counter, Device], Request]:
    def made(counter: Counter, device: Device) -> Request:
        body = change(counter.asked(device, device.received(new_id())))
        return counter.request(device, body, **headers)

    return made


def _revoked(counter: Counter, device: Device) -> Request:
    with counter.engine.begin() as db:
        mine = devices.c.id == device.me.device
        db.execute(update(devices).where(mine).values(revoked_at=stamp(now())))
    return _as_it_is(counter, device, device.received(new_id()))


def _many(counter: Counter, device: Device) -> Request:
    items = [device.received(new_id()) for _ in range(SMALL + 1)]
    return counter.request(device, counter.asked(device, *items))


_ODD: dict[str, tuple[Callable[[Counter, Device], Request], object]] = {
    "no JSON": (_raw(lambda _: b"{"), "malformed"),
    "no UTF-8": (_raw(lambda body: body.replace(b"clerk", b"cl\xffrk")), "malformed"),
    "half a sign": (_raw(lambda body: body.replace(b'"actor":"clerk"', b'"actor":"\\ud800"')), "malformed"),
    "not packed": (_raw(lambda body: body, **{"content-encoding": "zstd"}), "malformed"),
    "an actor with NUL": (_other(actor="\x00"), ["malformed"]),
    "a case with NUL": (_other(subject="\x00"), ["malformed"]),
    "a place beyond all numbers": (_other(seq=2**63), ["gap"]),
    "no body": (_other(body="", sha256=digest("")), ["malformed"]),
    "another hash": (_other(sha256="f" * 64), ["hash"]),
    "no events": (lambda counter, device: counter.request(device, counter.asked(device)), "too_large"),
    "another epoch": (
        lambda counter, device: counter.request(
            device, counter.asked(device, device.received(new_id()), epoch="x")
        ),
        "epoch_changed",
    ),
    "another device's name": (
        lambda counter, device: counter.request(
            device, counter.asked(device, device.received(new_id()), device="x")
        ),
        "device_unknown",
    ),
    "revoked": (_revoked, "device_revoked"),
    "many events": (_many, ["applied"] * (SMALL + 1)),
}


@pytest.mark.parametrize(("odd", "code"), _ODD.values(), ids=_ODD)
def test_an_odd_push_is_told_its_own_and_its_fellows_are_taken(
    counter: Counter, odd: Callable[[Counter, Device], Request], code: object
) -> None:
    stations = [counter.device() for _ in range(4)]
    requests = [_as_it_is(counter, each, each.received(new_id())) for each in stations]
    told = counter.answers(*requests[:2], odd(counter, counter.device()), *requests[2:])
    assert [_of(each) for each in told] == [["applied"], ["applied"], code, ["applied"], ["applied"]]


class Silent:
    """A database that takes connections and says nothing; it hangs up on one when the next one comes."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = Thread(target=self._run)

    def __enter__(self) -> str:
        self._thread.start()
        port = self._listener.getsockname()[1]
        return f"postgresql+psycopg://hall@127.0.0.1:{port}/hall?connect_timeout=2&sslmode=disable"

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _run(self) -> None:
        with suppress(OSError):
            held, _ = self._listener.accept()
            while True:
                with held:
                    held, _ = self._listener.accept()


def test_of_a_database_that_is_silent_nobody_learns_after_the_patience_of_all_before(tmp_path: Path) -> None:
    with Silent() as url:
        counter = Counter(make_engine(url), tmp_path)
        told = counter.answers(*(counter.request(Device(""), b"{}") for _ in range(6)))
    errors = [each for each in told if isinstance(each, DBAPIError) and is_away(each)]
    assert len(errors) == 6
    # Whoever was hung up on was not waited for to its end before the next one came.
    assert not all(isinstance(each.orig, ConnectionTimeout) for each in errors)


def test_who_gets_no_connection_on_the_straight_line_does_not_wait_for_one_again() -> None:
    """By the library it would be the same wait once more, longer than a station waits for its answer."""
    with Silent() as url:
        engine = make_engine(url)
        with pytest.raises(OperationalError) as caught, straight_line(engine):
            pass
        assert is_away(caught.value)
        batch = PushRequest("device", 1, "epoch", ())
        with pytest.raises(OperationalError):
            NewCases(engine, lambda *_: None).take(Batch(batch, "key", ()))


def test_who_waited_while_another_poll_found_the_database_away_is_told_so_too(tmp_path: Path) -> None:
    """The kernel takes the connections and nobody says a word: all have come long before the first one gives up."""
    with socket.create_server(("127.0.0.1", 0), backlog=5 * POLLS) as listener:
        port = listener.getsockname()[1]
        url = f"postgresql+psycopg://hall@127.0.0.1:{port}/hall?connect_timeout=4&sslmode=disable"
        counter = Counter(make_engine(url), tmp_path)
        told = counter.heard(*(counter.request(Device(""), b"") for _ in range(5 * POLLS)))
        listener.setblocking(False)
        assert len(list(_accepted(listener))) == POLLS
    assert all(isinstance(each, DBAPIError | NoConnection) and is_away(each) for each in told)


def _accepted(listener: socket.socket) -> Iterator[None]:
    with suppress(BlockingIOError):
        while True:
            listener.accept()[0].close()
            yield
