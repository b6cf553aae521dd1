"""The export into NATS JetStream, before Debian's nats-server: killed on either side, everything is there once."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from hall.connectors import shelf
from hall.connectors.exporter import Became
from hall.connectors.jetstream import JetStreamExporter, StreamPlan
from hall.database import open_database
from hall.department_feed import EVERYBODY, Subject, page, tell_department
from tests.fakes.jetstream import JetStream
from tests.fakes.people import AT
from tests.until import until
from wire.codec import decode
from wire.department_feed import DepartmentEvent, TaskNews

STREAM = "DEPARTMENTS"
NAME = "nats-test"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "hall.db")
    yield engine
    engine.dispose()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[JetStream]:
    with JetStream(tmp_path / "nats") as started:
        yield started


def _tell(hall: Engine, count: int, first: int = 0) -> None:
    with hall.begin() as db:
        for n in range(first, first + count):
            department = ("health", "public_security")[n % 2]
            tell_department(db, department, TaskNews.TASK_DISPATCHED, Subject(f"case-{n % 7}", "item", n), AT)


def _all(hall: Engine) -> list[DepartmentEvent]:
    found: list[DepartmentEvent] = []
    cursor, more = "", True
    while more:
        with hall.begin() as db:
            told = page(db, EVERYBODY, cursor, 200)
        found += told.items
        cursor, more = told.cursor, told.more
    return found


def _start(root: Path, to: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "hall", "connector", "nats", "--database", str(root / "hall.db")]
    options = ["--department", EVERYBODY, "--name", NAME, "--to", to, "--stream", STREAM, "--lease", "4"]
    return subprocess.Popen([*command, *options], stderr=subprocess.DEVNULL)


def _standing(hall: Engine) -> shelf.Standing | None:
    with hall.begin() as db:
        return next(iter(shelf.standings(db, datetime.now(UTC))), None)


def _delivered(hall: Engine) -> int:
    standing = _standing(hall)
    return standing.delivered if standing else 0


def test_server_and_connector_are_killed_and_every_event_is_in_the_stream_once(
    hall: Engine, server: JetStream, tmp_path: Path
) -> None:
    _tell(hall, 150)
    process = _start(tmp_path, server.url)
    until(lambda: _delivered(hall) > 0)
    server.kill()
    _tell(hall, 150, 150)
    until(lambda: bool((standing := _standing(hall)) and standing.trouble))
    process.kill()
    process.wait()
    server.start()
    process = _start(tmp_path, server.url)
    _tell(hall, 150, 300)
    until(lambda: _delivered(hall) >= 450)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    found, told = server.messages(STREAM), _all(hall)
    assert [decode(DepartmentEvent, body) for _, _, body in sorted(found, key=_place(told))] == told
    assert all(subject.split(".")[1:] == _subject(body) for subject, _, body in found)
    for case in {event.case for event in told}:
        ids = [message for _, message, body in found if decode(DepartmentEvent, body).case == case]
        assert ids == [event.id for event in told if event.case == case]  # in the order of each case


def _place(told: list[DepartmentEvent]) -> Callable[[tuple[str, str, bytes]], int]:
    places = {event.id: n for n, event in enumerate(told)}
    return lambda found: places[found[1]]


def _subject(body: bytes) -> list[str]:
    event = decode(DepartmentEvent, body)
    return [event.department, event.kind.value]


@pytest.mark.long
def test_what_the_shelf_did_not_hear_of_is_published_again_and_the_stream_knows_it(
    hall: Engine, server: JetStream
) -> None:
    _tell(hall, 5)
    events = _all(hall)
    exporter = JetStreamExporter(server.url, StreamPlan(STREAM, "onewindow"))
    for _ in range(3):
        assert {each.became for each in exporter.deliver(events)} == {Became.DELIVERED}
    exporter.close()
    assert [message for _, message, _ in server.messages(STREAM)] == [event.id for event in events]


def test_without_the_ids_the_stream_would_hold_an_event_twice(hall: Engine, server: JetStream) -> None:
    """The control of the test before: it is the id that makes the difference."""
    _tell(hall, 1)
    (event,) = _all(hall)
    exporter = JetStreamExporter(server.url, StreamPlan(STREAM, "onewindow"))
    exporter.deliver([event])
    exporter.close()
    server.publish("onewindow.health.task_dispatched", b"{}")
    server.publish("onewindow.health.task_dispatched", b"{}")
    assert len(server.messages(STREAM)) == 3


def test_no_server_is_nothing_held_against_an_event(hall: Engine, server: JetStream) -> None:
    _tell(hall, 2)
    server.kill()
    exporter = JetStreamExporter(server.url, StreamPlan(STREAM, "onewindow", budget_s=2.0))
    told = exporter.deliver(_all(hall))
    assert {each.became for each in told} == {Became.AWAY}
    server.start()
    assert {each.became for each in exporter.deliver(_all(hall))} == {Became.DELIVERED}
    exporter.close()


@pytest.mark.long
def test_a_stream_that_is_there_is_used_and_takes_another_window(hall: Engine, server: JetStream) -> None:
    _tell(hall, 1)
    for window in (60.0, 3600.0):  # a second connector with another window
        exporter = JetStreamExporter(server.url, StreamPlan(STREAM, "onewindow", window_s=window))
        assert [each.became for each in exporter.deliver(_all(hall))] == [Became.DELIVERED]
        exporter.close()
    assert len(server.messages(STREAM)) == 1
