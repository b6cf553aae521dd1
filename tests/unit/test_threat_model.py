"""The threat model and the ASVS list name tests that exist, and every line of the model says all it must."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "docs" / "threat-model.md"
ASVS = ROOT / "docs" / "asvs.md"
_ID = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
# Tests still being written elsewhere, allowed to be missing only while their whole file is.
PENDING_IDS: frozenset[str] = frozenset()
COMPONENTS = (
    "station's disk",
    "signed-in desk left alone",
    "a clerk",
    "a supervisor",
    "agent",
    "hall's database",
    "hall's key",
    "a department",
    "the network",
    "a card that lies",
    "the reader, or the card service",
    "the card process",
    "the keyring",
    "printer's spool",
    "catalogue author",
    "an update of the program",
    "a release of the catalogue",
    "a backup",
)


def missing(text: str, root: Path, pending: frozenset[str] = PENDING_IDS) -> list[str]:
    """Return the tests that a text names and nobody has written."""
    found = []
    for path, name in _ID.findall(text):
        file = root / path
        named = f"{path}::{name}" if name else path
        if not file.is_file():
            found += [] if named in pending else [named]
        elif name and name not in _functions(file):
            found.append(named)
    return found


def _functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def rows(page: Path) -> list[list[str]]:
    """Return the lines of all tables, without their heads."""
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] not in ("---", "compromise of", "requirement")]


@pytest.mark.parametrize("page", [MODEL, ASVS], ids=lambda page: page.name)
def test_every_named_test_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(_ID.findall(text)) > 30
    assert missing(text, ROOT) == []


def test_a_name_that_is_none_is_found(tmp_path: Path) -> None:
    """The control, and the end of the list of pending ones: with the file there, the test must be in it."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text("def test_one() -> None: ...\n")
    text = "`tests/test_a.py::test_one` `tests/test_a.py::test_two` `tests/test_b.py::test_one` `tests/test_c.py`"
    assert missing(text, tmp_path) == [
        "tests/test_a.py::test_two",
        "tests/test_b.py::test_one",
        "tests/test_c.py",
    ]
    waiting = frozenset({"tests/test_a.py::test_two", "tests/test_b.py::test_one"})
    assert missing(text, tmp_path, waiting) == ["tests/test_a.py::test_two", "tests/test_c.py"]


def test_every_pending_test_is_named_in_a_page() -> None:
    text = MODEL.read_text(encoding="utf-8") + ASVS.read_text(encoding="utf-8")
    assert [each for each in PENDING_IDS if f"`{each}`" not in text] == []


def test_every_line_of_the_model_says_all_it_must() -> None:
    lines = rows(MODEL)
    assert len(lines) > 35
    for line in lines:
        assert len(line) == 5, line
        assert all(line), line
        assert len(_ID.findall(line[4])) == 1, line


def test_every_component_has_its_line() -> None:
    named = [row[0] for row in rows(MODEL)]
    assert [each for each in COMPONENTS if not any(each in name for name in named)] == []


def test_every_line_of_the_list_has_a_state() -> None:
    states = [row[1] for row in rows(ASVS)]
    assert set(states) == {"met", "partly", "not met", "does not apply"}
    assert states.count("not met") >= 5  # a list without gaps would be no reading of ours
    assert all(len(row) == 3 and all(row) for row in rows(ASVS))
