"""Who asks too often is told when to come again; who holds a line and says nothing loses it, and nobody else does."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2
import pytest
import uvicorn

from catalogue.model import Catalogue
from demo.environment import Demo
from hall.api import asking
from hall.patience import PatientProtocol
from hall.published import parts_alone
from hall.web import make_app
from tests.fakes.device import Answered, Device
from wire.codec import decode
from wire.messages import Trouble


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    tmp_path = tmp_path_factory.mktemp("strict")
    few = {"rates": {"push_per_min": 0.001, "push_burst": 3, "sign_in_per_min": 0.001, "sign_in_burst": 2}}
    few["rates"] |= {
        "department_per_min": 0.001,
        "department_burst": 2,
        "enrol_per_min": 0.001,
        "enrol_burst": 2,
    }
    (tmp_path / "settings.json").write_text(json.dumps(few))
    with Demo(
        tmp_path / "hall",
        Path(sys.executable),
        with_card=False,
        departments=False,
        settings=tmp_path / "settings.json",
    ) as demo:
        yield demo


def test_a_device_that_pushes_too_often_waits_and_others_do_not(strict: Demo) -> None:
    device = Device(strict.hall_url)
    device.enrol(strict.enrol_code)
    for n in range(3):
        device.push(device.received(f"c{n}"))
    with pytest.raises(Answered) as told:
        device.push(device.received("c3"))
    assert (told.value.status, told.value.code) == (429, "busy")
    device.changes()  # counted apart: who may not send may still hear
    stranger = Device(strict.hall_url, enrolment=device.me)
    with pytest.raises(Answered) as told:
        stranger.push()
    assert told.value.status == 401  # whoever signs falsely is no burden on the device that he names
    for status in (401, 401, 401):  # and a department's token is looked at before it is counted
        bad = httpx2.get(f"{strict.hall_url}/v1/departments/civil_affairs/tasks", trust_env=False)
        assert bad.status_code == status
    good = {"Authorization": f"Bearer {strict.department_token}-civil_affairs"}
    answers = [
        httpx2.get(f"{strict.hall_url}/v1/departments/civil_affairs/tasks", headers=good, trust_env=False)
        for _ in range(3)
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) > 1
    assert decode(Trouble, answers[2].content).code == "busy"
    with pytest.raises(Answered) as told:
        Device(strict.hall_url).enrol("no such code")
    assert told.value.status == 403
    with pytest.raises(Answered) as told:
        Device(strict.hall_url).enrol("no such code")
    assert told.value.status == 429


def test_an_address_that_signs_in_too_often_is_shown_why(strict: Demo) -> None:
    form = {"login": "nobody", "password": "x"}
    answers = [
        httpx2.post(f"{strict.hall_url}/desk/civil_affairs/sign-in", data=form, trust_env=False)
        for _ in range(3)
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 429]
    assert "一分钟后再试" in answers[2].text
    assert int(answers[2].headers["Retry-After"]) > 1


class _Hasty(PatientProtocol):
    head_s = 0.3


class _Patient(PatientProtocol):
    head_s = 600.0


@contextmanager
def _served(tmp_path: Path, protocol: type[PatientProtocol] = _Hasty) -> Iterator[int]:
    with parts_alone(tmp_path, Catalogue("", {}, (), {}, {}, {})) as parts:
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(
            make_app(parts), log_level="critical", lifespan="off", http=protocol, timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()
            listener.close()


@pytest.mark.parametrize("head", [b"", b"GET /v1/health HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_who_never_ends_a_head_loses_the_line(tmp_path: Path, head: bytes) -> None:
    with _served(tmp_path) as port:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as slow:
            slow.sendall(head)
            assert slow.recv(100) == b""  # closed by the hall, without a word
        with socket.create_connection(("127.0.0.1", port), timeout=30) as second:
            second.sendall(b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n")
            assert second.recv(100).startswith(b"HTTP/1.1 200")
            second.sendall(
                b"GET /v1/health HTTP/1.1\r\nHost:"
            )  # the second request of a line, begun and left
            said = b"".join(iter(lambda: second.recv(1000), b""))
            assert b"HTTP/1.1" not in said


def test_a_head_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    sent = 0
    with (
        _served(tmp_path, _Patient) as port,
        socket.create_connection(("127.0.0.1", port), timeout=30) as talker,
    ):
        talker.sendall(b"GET /v1/health HTTP/1.1\r\nHost: x\r\nX-Long: ")
        with suppress(ConnectionError):
            while sent < 50_000_000:
                sent += talker.send(b"x" * 65_536)
    assert sent < 50_000_000


def test_a_body_that_does_not_come_on_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "PART_S", 0.3)
    with _served(tmp_path) as port, socket.create_connection(("127.0.0.1", port), timeout=30) as slow:
        slow.sendall(b"POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        assert slow.recv(100).startswith(b"HTTP/1.1 408")
