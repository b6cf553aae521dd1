"""Each wall of pyproject.toml catches its offenders: forbidden imports, planted in a copy of the code."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("catalogue", "deadlines", "decoding", "wire", "workstation", "hall", "demo", "devtools")


@dataclass(frozen=True, slots=True)
class Offender:
    """A line that must not stand in that file, and the contract that says so; `told` are its words where no line is named."""

    contract: str
    file: str
    line: str
    told: str = ""

    @property
    def module(self) -> str:
        return self.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


OFFENDERS = (
    Offender("rooms", "workstation/ui/__init__.py", "import workstation.storage"),
    Offender("rooms", "workstation/sync/__init__.py", "import workstation.security"),
    Offender("rooms", "workstation/printing/__init__.py", "import workstation.cardreader"),
    Offender("rooms", "workstation/services/__init__.py", "import workstation.ui"),
    Offender("rooms", "workstation/forms/__init__.py", "import workstation.services.views"),
    Offender("rooms", "workstation/domain/__init__.py", "import workstation.forms"),
    Offender("rooms", "workstation/domain/__init__.py", "import workstation.settings"),
    Offender("rooms", "workstation/storage/__init__.py", "import workstation.bootstrap"),
    # A room that no drawing shows.
    Offender("rooms", "workstation/helpers.py", "import os", "- workstation.helpers"),
    Offender("rooms", "workstation/bootstrap.py", "import workstation.commands.audit"),
    Offender("ground", "workstation/sync/__init__.py", "import hall"),
    Offender("ground", "hall/__init__.py", "import workstation.domain.case"),
    Offender("ground", "wire/__init__.py", "import catalogue"),
    Offender("ground", "catalogue/__init__.py", "import workstation.domain"),
    Offender("demo", "demo/__init__.py", "import workstation.settings"),
    Offender("demo", "devtools/__init__.py", "import pydantic"),
    Offender("product", "workstation/bootstrap.py", "import demo.environment"),
    Offender("hall-demo", "hall/__init__.py", "import hall.demo"),
    Offender("virtual-card", "workstation/cardreader/__init__.py", "import workstation.cardreader.virtual"),
    Offender("qt", "workstation/cardreader/__init__.py", "from PySide6 import QtCore"),
    Offender("sql", "workstation/services/__init__.py", "import sqlalchemy.orm"),
    Offender("pcsc", "workstation/cardreader/__init__.py", "import smartcard"),
    Offender("serial", "workstation/cardreader/__init__.py", "import serial"),
    Offender("keyring", "workstation/security/__init__.py", "import keyring"),
    Offender("http", "workstation/ui/__init__.py", "import httpx2"),
    Offender("paper", "workstation/ui/__init__.py", "import reportlab"),
    Offender("crypto", "workstation/sync/__init__.py", "from cryptography import hazmat"),
    Offender("passwords", "workstation/storage/__init__.py", "import argon2"),
    Offender("web", "workstation/sync/__init__.py", "import uvicorn"),
    Offender("rules", "workstation/forms/__init__.py", "import yaml"),
    Offender("packing", "workstation/sync/__init__.py", "import zstandard"),
    Offender("at-once", "hall/intake.py", "import msgspec"),
    Offender("at-once", "workstation/storage/cases.py", "import msgspec"),
    Offender("threads", "workstation/storage/__init__.py", "import threading"),
    Offender("figures", "hall/api/__init__.py", "import prometheus_client"),
    Offender("spreadsheets", "workstation/services/report.py", "import openpyxl"),
    Offender("export", "hall/connectors/runner.py", "import faststream"),
    Offender("pictures", "workstation/services/__init__.py", "from PIL import Image"),
    Offender("worker", "hall/__init__.py", "import decoding.worker"),
    Offender("objects", "hall/api/__init__.py", "import obstore"),
    Offender("ground", "decoding/in_process.py", "import wire.codec"),
    Offender(
        "circles", "workstation/domain/clerk.py", "import workstation.domain.audit", "- .clerk -> .audit"
    ),
    Offender("ground", "deadlines/__init__.py", "import hall.database"),
    Offender("ground", "wire/__init__.py", "import deadlines"),
    Offender("deadlines", "deadlines/course.py", "import catalogue.load"),
    Offender("deadlines", "deadlines/course.py", "import wire.codec"),
    Offender("holidays", "deadlines/course.py", "import chinese_calendar"),
)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The .py files of the product and its walls, without anything to run them on."""
    tree = tmp_path_factory.mktemp("walls")
    for source in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        target = tree / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    shutil.copyfile(ROOT / "pyproject.toml", tree / "pyproject.toml")
    return tree


def lint(tree: Path) -> str:
    """Check all walls of the copied code and return what was told of each."""
    program = Path(sys.executable).parent / "lint-imports"
    options = ["--no-logo", "--cache-dir", str(tree / "cache")]
    # Names of walls stand on one line each.
    wide = {**os.environ, "COLUMNS": "300"}
    done = subprocess.run(
        [sys.executable, str(program), *options],
        cwd=tree,
        env=wide,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.stdout


def contracts() -> dict[str, str]:
    """Return the names of all walls by id."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}


def test_every_wall_has_an_offender() -> None:
    assert set(contracts()) == {offender.contract for offender in OFFENDERS}


@pytest.fixture(scope="module")
def kept(copied: Path) -> str:
    """What is told of the copied code as it is."""
    return lint(copied)


@dataclass(frozen=True, slots=True)
class Told:
    """What is told once every offender is planted: of each wall, and in which line each stands."""

    walls: dict[str, str]
    lines: dict[Offender, int]


@pytest.fixture(scope="module")
def told(copied: Path, kept: str) -> Told:
    lines = {}
    for offender in OFFENDERS:
        file = copied / offender.file
        text = (file.read_text(encoding="utf-8") if file.exists() else "") + f"\n{offender.line}\n"
        file.write_text(text, encoding="utf-8")
        lines[offender] = text.count("\n")
    said = lint(copied)
    # Each broken wall is told under its name, underlined.
    begins = {wall: said.index(f"\n{name}\n---") for wall, name in contracts().items()}
    ends = [*sorted(begins.values()), len(said)]
    return Told({wall: said[at : ends[ends.index(at) + 1]] for wall, at in begins.items()}, lines)


@pytest.mark.parametrize("offender", OFFENDERS, ids=lambda offender: f"{offender.contract}: {offender.line}")
def test_a_planted_import_is_caught(told: Told, offender: Offender) -> None:
    """It is this import that is told of, by its line, and not some other fault of the wall."""
    here = re.compile(rf"- +{re.escape(offender.module)} -> \S+ \(.*\bl\.{told.lines[offender]}\b.*\)")
    said = told.walls[offender.contract]
    assert offender.told in said if offender.told else here.search(said), said


def test_the_copied_code_without_offenders_keeps_its_walls(kept: str) -> None:
    """The control: what makes the walls fail above are the planted lines and not the copying."""
    assert f"{len(contracts())} kept, 0 broken" in kept


STARTS_THREADS = {
    "Thread",
    "Timer",
    "ThreadPoolExecutor",
    "start_new_thread",
    "QThread",
    "QThreadPool",
    "QRunnable",
}


def test_only_four_files_of_the_workstation_name_what_starts_threads() -> None:
    """The imports' wall cannot tell a lock from a thread, nor Qt's threads from the rest of Qt."""
    named = {
        source.relative_to(ROOT / "workstation").as_posix()
        for source in (ROOT / "workstation").rglob("*.py")
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id in STARTS_THREADS)
        or (isinstance(node, ast.Attribute) and node.attr in STARTS_THREADS)
    }
    assert named == {"cardreader/monitor.py", "cardreader/scanner.py", "sync/engine.py", "ui/background.py"}


# What a module that touches a card's bytes may import besides our own rooms: nothing here parses a format.
PLAIN = {
    "__future__", "collections", "contextlib", "dataclasses", "datetime", "enum", "functools", "hmac", "logging",
    "operator", "secrets", "time", "typing", "unicodedata",
}  # fmt: skip
# The edges: what carries bytes (PC/SC, serial port), what speaks to our own processes, what writes for people.
EDGES = {
    "pcsc", "serial_port", "scanner", "messages", "worker", "worker_process", "monitor", "simulate", "cli", "doctor",
    "diagnosis", "bundle", "day_book", "station", "look",
}  # fmt: skip
CARD_ROOM = ROOT / "workstation" / "cardreader"


def _strangers(source: str) -> set[str]:
    met = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            met |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            met.add((node.module or "").split(".")[0])
    return met - PLAIN - set(PACKAGES)


def test_no_bytes_of_a_card_reach_a_library_parser() -> None:
    """Between the edges that carry a card's bytes and the Identity there is only our own code and plain Python."""
    own = [
        file
        for file in CARD_ROOM.rglob("*.py")
        if file.stem not in EDGES and "virtual" not in file.relative_to(CARD_ROOM).parts
    ]
    assert {"atr", "tlv", "fci", "record", "values", "text_block", "frame", "reader"} <= {f.stem for f in own}
    assert {file.name: met for file in own if (met := _strangers(file.read_text(encoding="utf-8")))} == {}


def test_a_library_parser_would_be_seen() -> None:
    """The control."""
    assert _strangers("import asn1crypto.core\nfrom struct import unpack\nimport json") == {
        "asn1crypto",
        "struct",
        "json",
    }


def test_main_meets_only_bootstrap_and_the_commands() -> None:
    """main.py is no package, so import-linter cannot see it."""
    tree = ast.parse((ROOT / "main.py").read_text(encoding="utf-8"))
    met = {
        f"{node.module}.{alias.name}" if node.module else alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if (node.module or "").split(".")[0] in PACKAGES
    }
    assert met <= {
        "workstation.bootstrap",
        "workstation.logs",
        "workstation.settings.Settings",
        "workstation.cardreader.cli",
        "workstation.commands.stick",
        "workstation.cardreader.doctor",
        "workstation.cardreader.simulate",
        "workstation.commands.audit",
        "workstation.commands.device_key",
        "workstation.commands.enrol_again",
        "workstation.commands.purge",
        "workstation.process",
        "workstation.security.algorithms",
    }
