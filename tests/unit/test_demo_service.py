"""A program of the demo: waited for, restarted on the same port, told of when it fails, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.card import CardHand, CardRefused
from demo.service import DidNotStart, Service, free_ports
from tests.until import until

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Service]:
    """A web server of the standard library, started."""
    (port,) = free_ports(1)
    command = [
        sys.executable,
        "-m",
        "http.server",
        str(port),
        "--bind",
        "127.0.0.1",
        "--directory",
        str(tmp_path),
    ]
    made = Service("server", command, port, folder=tmp_path, env=os.environ)
    made.start()
    made.wait("/")
    yield made
    made.end()


def alive(pid: int) -> bool:
    """Say whether the process still does anything."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_after_its_end_the_program_is_gone(server: Service) -> None:
    assert server._process is not None
    pid = server._process.pid
    assert alive(pid)
    server.end()
    assert not alive(pid)
    assert not server.running


def test_a_killed_program_comes_back_on_its_port(server: Service) -> None:
    server.end(signal.SIGKILL)
    assert not server._answers("/")
    server.start()
    server.wait("/")
    assert server._answers("/")


def test_a_program_that_heeds_no_polite_end_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("demo.service._END_S", 0.3)
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    service = Service("stubborn", [sys.executable, "-c", stubborn], 1, folder=tmp_path, env=os.environ)
    service.start()
    until(lambda: "up" in service.log.read_text(), every=0.01)
    assert service._process is not None
    pid = service._process.pid
    service.end()
    assert not alive(pid)


def test_a_program_that_ends_at_once_is_told_with_its_last_words(tmp_path: Path) -> None:
    failing = [sys.executable, "-c", "raise SystemExit('the database is on fire')"]
    service = Service("hall", failing, free_ports(1)[0], folder=tmp_path, env=os.environ)
    service.start()
    with pytest.raises(DidNotStart, match="the database is on fire"):
        service.wait("/")
    service.end()


def test_a_killed_owner_leaves_no_program_behind(tmp_path: Path) -> None:
    code = (
        "import os, sys, time; from pathlib import Path; from demo.service import Service\n"
        "made = Service('sleeper', [sys.executable, '-c', 'import time; time.sleep(60)'], 1,"
        f" folder=Path({str(tmp_path)!r}), env=os.environ)\n"
        "made.start(); print(made._process.pid, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        pid = int(owner.stdout.readline())
        # The program exists before setpriv has asked the kernel to end it with us; between the two it has no name at all.
        sleeper = f"{sys.executable}\0-c\0import time; time.sleep(60)\0".encode()
        until(lambda: Path(f"/proc/{pid}/cmdline").read_bytes() == sleeper, every=0.005)
        owner.kill()
    until(lambda: not alive(pid))


def test_free_ports_are_all_different() -> None:
    assert len(set(free_ports(20))) == 20


def test_what_the_virtual_card_refuses_is_told() -> None:
    hand = CardHand(Path(sys.executable), free_ports(1)[0], os.environ)
    try:
        # Nothing listens on that port: there is no reader to put a card into.
        with pytest.raises(CardRefused, match="no reader"):
            hand.insert("mother-2.0.json")
        hand.remove()
    finally:
        hand.close()
    with pytest.raises((CardRefused, ValueError)):
        hand.remove()
