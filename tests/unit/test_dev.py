"""The developer's door: what it lists, when it sets up, what it asks of a person, what it leaves behind."""

from __future__ import annotations

import ast
import importlib
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bench import harness
from bench.__main__ import questions
from bench.goals import GOALS, said_of
from devtools import checks, commands, machine, packages, screen, words
from tests.until import until

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with both lock files and a .venv that has an interpreter, and nothing set up in it yet."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (tmp_path / "requirements.lock").write_text("a==1\n")
    (tmp_path / "requirements-dev.lock").write_text("a==1\nb==2\n")
    (tmp_path / "dev.py").write_text("")
    monkeypatch.setattr(machine, "ROOT", tmp_path)
    monkeypatch.setattr(machine, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(machine, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(machine, "STAMP", tmp_path / ".venv" / "stamp")
    monkeypatch.setattr(packages, "missing", lambda names: ())
    return tmp_path


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The programs that set-up ran, in place of running them."""
    ran: list[list[str]] = []

    def note(command: list[str], **_: object) -> None:
        ran.append(command)

    monkeypatch.setattr(subprocess, "run", note)
    return ran


def test_alone_it_lists_every_command_with_a_line() -> None:
    told = subprocess.run(
        [sys.executable, "dev.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    wanted = (
        "setup",
        "run",
        "test",
        "lint",
        "fix",
        "journey",
        "documents",
        "shots",
        "bench",
        "cluster",
        "chaos",
        "hall",
        "strings",
        "states",
    )
    rows = [line.split() for line in told.splitlines() if line.startswith("    ")]
    assert [row[0] for row in rows] == list(wanted)
    assert all(len(row) > 3 for row in rows)


def test_an_old_python_can_read_the_door() -> None:
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_told_what_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = f"import runpy, sys; sys.version_info = (3, 7, 3); runpy.run_path({str(ROOT / 'dev.py')!r}, run_name='__main__')"
    monkeypatch.setenv("PATH", str(tmp_path))
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "needs Python 3.11 or newer" in told.stderr


def test_the_door_and_what_stands_behind_it_use_the_standard_library_alone() -> None:
    sources = [ROOT / "dev.py", *(ROOT / "devtools").glob("*.py"), *(ROOT / "demo").glob("*.py")]
    met = set()
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                met |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                met.add(node.module.partition(".")[0])
    assert met - set(sys.stdlib_module_names) == {"devtools", "demo"}


def test_a_second_set_up_runs_nothing(checkout: Path, filled: list[list[str]]) -> None:
    machine.make_ready(tests=True)
    first = len(filled)
    machine.make_ready(tests=True)
    assert first == 2  # venv and pip
    assert len(filled) == first


def test_the_packages_come_with_hashes_and_nothing_else(checkout: Path, filled: list[list[str]]) -> None:
    machine.make_ready(tests=False)
    assert filled[1][-3:] == ["--require-hashes", "-r", str(checkout / "requirements.lock")]


def test_what_is_set_up_for_testing_serves_running_too(checkout: Path, filled: list[list[str]]) -> None:
    machine.make_ready(tests=True)
    before = len(filled)
    machine.make_ready(tests=False)
    assert len(filled) == before


def test_what_is_set_up_for_running_is_not_enough_for_testing(
    checkout: Path, filled: list[list[str]]
) -> None:
    machine.make_ready(tests=False)
    before = len(filled)
    machine.make_ready(tests=True)
    assert len(filled) == before + 2


def test_a_changed_lock_is_set_up_again_in_the_same_venv(checkout: Path, filled: list[list[str]]) -> None:
    machine.make_ready(tests=False)
    (checkout / "requirements.lock").write_text("a==3\n")
    (checkout / "requirements-dev.lock").write_text("a==3\nb==2\n")
    filled.clear()
    machine.make_ready(tests=False)
    assert "--clear" not in filled[0]


def test_a_venv_of_another_interpreter_is_made_anew(checkout: Path, filled: list[list[str]]) -> None:
    machine.make_ready(tests=False)
    python = checkout / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/bin/sh")
    filled.clear()
    machine.make_ready(tests=False)
    assert "--clear" in filled[0]


def test_a_failed_installation_is_not_taken_for_done(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(command: list[str], **_: object) -> None:
        if "pip" in command:
            raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(subprocess.CalledProcessError):
        machine.make_ready(tests=False)
    assert not (checkout / ".venv" / "stamp").exists()


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """A PATH of our own, to which programs can be added."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def add(name: str, script: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)

    return add


def test_a_library_renamed_by_a_newer_debian_counts_as_installed(
    programs: Callable[[str, str], None],
) -> None:
    programs(
        "dpkg-query",
        'echo "libglib2.0-0t64 installed"; echo "pcscd installed"; echo "xvfb config-files"; exit 1',
    )
    assert packages.missing(("libglib2.0-0", "pcscd", "xvfb", "qpdf")) == ("xvfb", "qpdf")


def test_where_there_is_no_dpkg_nothing_is_asked_for(programs: Callable[[str, str], None]) -> None:
    assert packages.missing(("pcscd",)) == ()


def test_an_ordinary_user_is_given_one_line_to_type(
    programs: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    programs("sudo", "exit 1")
    programs("dpkg-query", "exit 1")
    assert commands.main(["setup"]) == 1
    lines = [line for line in capsys.readouterr().err.splitlines() if "apt-get" in line]
    assert len(lines) == 1
    assert lines[0].startswith("sudo sh -c 'apt-get update")
    assert "pcscd" in lines[0]


def test_with_a_quiet_sudo_the_packages_are_installed(
    tmp_path: Path, programs: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    programs("sudo", f'printf "%s\\n" "$*" >> {tmp_path}/asked')
    packages.install(("pcscd",))
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked[0] == "-n true"
    assert asked[1].startswith("-n env DEBIAN_FRONTEND=noninteractive apt-get update")
    assert asked[2].endswith("--no-install-recommends pcscd")
    assert asked[3].endswith("mkdir -p /run/pcscd")


def test_what_apt_says_is_shown_only_when_it_fails(
    programs: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    programs("env", "echo policy-rc.d denied execution; exit 0")
    packages.install(("pcscd",))
    assert "denied" not in capsys.readouterr().err
    programs("env", "echo E: Unable to locate package; exit 100")
    with pytest.raises(subprocess.CalledProcessError):
        packages.install(("pcscd",))
    assert "Unable to locate" in capsys.readouterr().err


def test_the_first_failing_step_ends_the_checks(capfd: pytest.CaptureFixture[str]) -> None:
    ends = [
        (name, (sys.executable, "-c", f"raise SystemExit({code})"))
        for name, code in (("a", 0), ("b", 3), ("c", 0))
    ]
    assert checks._one_by_one(ends) == 3
    told = capfd.readouterr().out
    assert "== a: passed" in told
    assert "== b: failed (3)" in told
    assert "== c" not in told


@pytest.mark.parametrize(("aside", "others", "told"), [(0, 0, 0), (5, 0, 5), (0, 4, 4), (5, 4, 4)])
def test_a_step_in_the_background_is_waited_for_and_counts(
    capfd: pytest.CaptureFixture[str], aside: int, others: int, told: int
) -> None:
    says = (sys.executable, "-c", f"print('from aside'); raise SystemExit({aside})")
    assert checks.beside(("aside", says), lambda: others) == told
    assert ("from aside" in capfd.readouterr().out) is (others == 0)


def test_a_step_in_the_background_ends_with_those_that_failed(tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    shell = f"sleep 1; touch {shlex.quote(str(alive))}"
    assert checks.beside(("aside", ("sh", "-c", f"sh -c {shlex.quote(shell)} & wait")), lambda: 1) == 1
    time.sleep(1.2)
    assert not alive.exists()


def test_a_step_that_hangs_is_ended_with_what_it_had_said(capfd: pytest.CaptureFixture[str]) -> None:
    hanging = ("sh", "-c", "echo begun; sleep 600")
    assert checks.beside(("aside", hanging), lambda: 0, patience_s=1.0) == 124
    assert "begun\n== aside: failed (124)" in capfd.readouterr().out


def test_every_test_is_in_one_hand() -> None:
    """A folder that nobody has in hand would never be run."""
    given = [path for paths in checks.hands().values() for path in paths]
    files = [
        file for path in given for file in ([path] if path.is_file() else sorted(path.glob("**/test_*.py")))
    ]
    assert sorted(files) == sorted((ROOT / "tests").glob("**/test_*.py"))


def test_a_private_screen_ends_with_its_block() -> None:
    with screen.private() as environment:
        socket = Path(f"/tmp/.X11-unix/X{environment['DISPLAY'].removeprefix(':')}")
        assert socket.exists()
    assert not socket.exists()


def test_a_private_screen_ends_with_a_killed_owner() -> None:
    code = (
        "from devtools import screen; import time\n"
        "with screen.private() as environment:\n"
        "    print(environment['DISPLAY'], flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        socket = Path(f"/tmp/.X11-unix/X{owner.stdout.readline().strip().removeprefix(':')}")
        assert socket.exists()
        owner.send_signal(signal.SIGKILL)
    until(lambda: not socket.exists())


@pytest.fixture
def interface(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ui room with one sentence, whose English is there and up to date."""
    room = tmp_path / "workstation" / "ui"
    room.mkdir(parents=True)
    (tmp_path / "resources" / "i18n").mkdir(parents=True)
    kept = tmp_path / "resources" / "i18n" / "workstation_en.ts"
    monkeypatch.setattr(words, "ROOT", tmp_path)
    monkeypatch.setattr(words, "_ROOM", room)
    monkeypatch.setattr(words, "WORDS", kept)
    (room / "gate.py").write_text('class Gate(QWidget):\n    def f(self):\n        self.tr("读卡")\n')
    assert words.refresh() == 1  # It waits for its English.
    finished = kept.read_text().replace(
        '<translation type="unfinished"></translation>', "<translation>Read</translation>"
    )
    kept.write_text(finished)
    assert words.refresh() == 0
    assert words.check() == 0
    return room


def test_a_sentence_without_english_is_told(interface: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (interface / "page.py").write_text('class Page(QWidget):\n    def f(self):\n        self.tr("取卡")\n')
    assert words.refresh() == 1
    assert "no English yet: 取卡" in capsys.readouterr().out


def test_words_behind_the_sources_are_told_and_left_alone(interface: Path) -> None:
    (interface / "page.py").write_text('class Page(QWidget):\n    def f(self):\n        self.tr("取卡")\n')
    before = words.WORDS.read_bytes()
    assert words.check() == 1
    assert words.WORDS.read_bytes() == before


def test_compiled_words_behind_their_source_are_told(interface: Path) -> None:
    words.WORDS.write_text(words.WORDS.read_text().replace("Read", "Read card"))
    assert words.check() == 1


def test_moving_a_sentence_within_its_class_changes_no_words(interface: Path) -> None:
    gate = interface / "gate.py"
    gate.write_text("\n\n\n" + gate.read_text())
    assert words.check() == 0


def test_a_figure_is_the_ratio_of_the_medians() -> None:
    made = harness.figure("window_ready", "ms", subject=[300.0, 200.0, 900.0], floor=[100.0, 150.0, 400.0])
    assert (made.value, made.floor, made.ratio, made.runs) == (300.0, 150.0, 2.0, 3)


def test_a_figure_without_a_floor_is_refused() -> None:
    with pytest.raises(ValueError, match="not measured"):
        harness.figure("memory", "MiB", subject=[1.0], floor=[])


def test_subject_and_floor_run_in_turns() -> None:
    order: list[str] = []
    harness.in_turns({"floor": lambda: order.append("floor"), "subject": lambda: order.append("subject")}, 2)
    assert order == ["floor", "subject", "floor", "subject"]


def test_json_is_one_object_a_figure(capsys: pytest.CaptureFixture[str]) -> None:
    harness.show([harness.figure("memory", "MiB", subject=[2.0], floor=[1.0])], as_json=True, goal=said_of)
    (line,) = capsys.readouterr().out.splitlines()
    assert set(json.loads(line)) == {"figure", "value", "unit", "floor", "ratio", "runs", "goal"}
    assert json.loads(line)["goal"] == ""


@pytest.mark.parametrize(
    ("name", "subject", "floor", "told"),
    [
        ("push_batch_100", 65, 100, ">= 0.65 held"),
        ("push_batch_100", 64, 100, ">= 0.65 MISSED"),
        ("search_growth", 20, 10, "<= 2 held"),
        ("search_growth", 21, 10, "<= 2 MISSED"),
        ("search_p99_ms", 20, 1, "<= 20 ms held"),
        ("search_p99_ms", 21, 100, "<= 20 ms MISSED"),
    ],
)
def test_a_figure_says_what_was_promised_of_it(name: str, subject: float, floor: float, told: str) -> None:
    assert said_of(harness.figure(name, "ms", subject=[subject], floor=[floor])) == told


def test_what_was_promised_is_of_figures_that_benches_give() -> None:
    told = "".join(importlib.import_module(f"bench.{name}").measure.__doc__ or "" for name in questions())
    assert {name for name in GOALS if f"`{name}`" not in told} == set()


def test_an_unknown_bench_is_refused_with_the_known_ones() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "bench", "nothing"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 2
    assert "start" in told.stderr
