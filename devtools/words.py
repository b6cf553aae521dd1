"""The interface's English: collected from workstation/ui by Qt's own tools, compiled, and held complete."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from devtools.machine import PYTHON, ROOT

WORDS = ROOT / "resources" / "i18n" / "workstation_en.ts"
_ROOM = ROOT / "workstation" / "ui"


def refresh() -> int:
    """Bring the .ts file up to the sources and compile it; return 1 while sentences wait for their English."""
    _collect(WORDS)
    _compile(WORDS, WORDS.with_suffix(".qm"))
    return _tell_unfinished()


def check() -> int:
    """Return 1, and say why, when .ts or .qm is not what `refresh` would make, or a sentence has no English."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / WORDS.name
        if WORDS.is_file():
            fresh.write_bytes(WORDS.read_bytes())
        _collect(fresh)
        compiled = fresh.with_suffix(".qm")
        _compile(fresh, compiled)
        for new, kept in ((fresh, WORDS), (compiled, WORDS.with_suffix(".qm"))):
            if not kept.is_file() or new.read_bytes() != kept.read_bytes():
                print(f"{kept.relative_to(ROOT)} is behind workstation/ui: run python3 dev.py strings")
                return 1
    return _tell_unfinished()


def _tool(name: str) -> str:
    # The console scripts around these tools only start them; this spares a second interpreter.
    (found,) = (PYTHON.parent.parent / "lib").glob(f"python3*/site-packages/PySide6/{name}")
    return str(found)


def _collect(target: Path) -> None:
    sources = sorted(str(path.relative_to(ROOT)) for path in _ROOM.rglob("*.py"))
    # No line numbers: they would make every edit of the ui a change of the words. Sentences that are gone go.
    options = ["-silent", "-locations", "none", "-no-obsolete"]
    languages = ["-source-language", "zh_CN", "-target-language", "en"]
    _run([_tool("lupdate"), *options, *languages, *sources, "-ts", str(target)])


def _compile(source: Path, target: Path) -> None:
    _run([_tool("lrelease"), "-silent", str(source), "-qm", str(target)])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode or done.stderr:
        # lupdate tells of code that it cannot read and still succeeds; a sentence lost so is a fault.
        print(done.stdout + done.stderr, file=sys.stderr)
        raise subprocess.CalledProcessError(done.returncode or 1, command)


def _tell_unfinished() -> int:
    # The file is our own, so the parser meets no hostile XML.
    messages = ET.parse(WORDS).getroot().iter("message")  # noqa: S314
    waiting = [
        message.findtext("source", "")
        for message in messages
        if (english := message.find("translation")) is None or english.get("type") == "unfinished"
    ]
    for sentence in waiting:
        print(f"no English yet: {sentence}")
    return 1 if waiting else 0
