"""The demo on its real parts: all of it answers, parts of it can fail and come back, and nothing is left of it."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.environment import MOTHER, Demo
from tests.until import until

ROOT = Path(__file__).parents[2]
PYTHON = Path(sys.executable)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for all that leaves it as it was."""
    with Demo(tmp_path_factory.mktemp("demo"), PYTHON) as started:
        yield started


def processes_with(word: str) -> list[str]:
    """Return the command lines of all processes that hold `word`, but our own."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode("utf-8", errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if word in line:
            found.append(line)
    return found


def answers(url: str) -> bool:
    """Say whether somebody listens there."""
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


def read_card(demo: Demo) -> dict[str, object]:
    """Read the card as the workstation's own command does."""
    told = subprocess.run(
        [PYTHON, "main.py", "card", "read", "--json"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **demo.env},
        capture_output=True,
        text=True,
        check=False,
    )
    answer: dict[str, object] = json.loads(told.stdout)
    return answer


def test_hall_and_departments_answer(demo: Demo) -> None:
    demo.hall.wait("/v1/health")
    demo.departments.wait("/health")


def test_a_card_put_in_is_read_and_one_taken_out_is_not(demo: Demo) -> None:
    demo.card.insert(MOTHER)
    time.sleep(0.5)  # The virtual reader looks at its slot every 400 ms.
    inside = read_card(demo)
    demo.card.remove()
    time.sleep(0.5)
    outside = read_card(demo)
    assert "failure" not in inside
    assert outside["failure"] == "card_missing"


def test_a_killed_hall_comes_back_where_it_was(demo: Demo) -> None:
    demo.kill_hall()
    assert not answers(demo.hall_url)
    demo.start_hall()
    assert answers(demo.hall_url)


def test_a_killed_card_service_comes_back_where_it_was(demo: Demo) -> None:
    path = demo.env["PCSCLITE_CSOCK_NAME"]
    demo.pcscd.kill()
    assert read_card(demo)["failure"] == "card_service_down"
    demo.restart_card_service()
    assert demo.env["PCSCLITE_CSOCK_NAME"] == path
    assert read_card(demo)["failure"] == "card_missing"


def test_an_order_that_the_departments_do_not_hear_is_told(demo: Demo) -> None:
    demo.set_register("marriage", "up")
    demo.departments.end()
    with pytest.raises(OSError, match="refused"):
        demo.set_register("marriage", "down")
    demo.departments.start()
    demo.departments.wait("/health")


def test_a_demo_taken_up_again_has_the_same_hall_and_codes(tmp_path: Path) -> None:
    with Demo(tmp_path, PYTHON, with_card=False) as first:
        pass
    again = Demo(tmp_path, PYTHON, with_card=False)
    assert (again.hall_url, again.enrol_code) == (first.hall_url, first.enrol_code)


def test_a_demo_that_ends_leaves_nothing_running(tmp_path: Path) -> None:
    with Demo(tmp_path, PYTHON) as demo:
        folder = Path(demo.env["PCSCLITE_CSOCK_NAME"]).parent
        marks = [
            str(demo.hall.port),
            str(demo.departments.port),
            str(folder),
            f"--port {demo.pcscd.port}",
        ]
        assert all(processes_with(mark) for mark in marks)
    assert not [line for mark in marks for line in processes_with(mark)]
    assert not folder.exists()


def test_a_demo_whose_owner_is_killed_leaves_nothing_running(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from demo.environment import Demo\n"
        f"with Demo(Path({str(tmp_path)!r}), Path(sys.executable)) as demo:\n"
        "    print(demo.hall.port, demo.departments.port, demo.pcscd.port, demo.pcscd.folder, flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([PYTHON, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        *ports, folder = owner.stdout.readline().split()
        marks = [f"--port {port}" for port in ports]
        assert len([line for mark in marks for line in processes_with(mark)]) == 3
        owner.kill()
    until(lambda: not [line for mark in marks for line in processes_with(mark)])
    shutil.rmtree(folder)  # Nobody was left to do it.


def test_a_demo_that_cannot_start_leaves_nothing_running(tmp_path: Path) -> None:
    (tmp_path / "hall.db").mkdir()  # No database can be opened there.
    demo = Demo(tmp_path, PYTHON)
    with pytest.raises(Exception, match="hall did not start"), demo:
        pass
    assert not processes_with(str(demo.hall.port))
    assert not processes_with(str(demo.departments.port))
