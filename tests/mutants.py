"""Seeded mutants: a copy of the tree with one guard taken out, and the test that must notice.

    MUTANTS = (Mutant("mask_id", "workstation/domain/identity.py", 'return "*"', "return number", "tests/unit/test_x.py::test_y"),)

    @pytest.fixture(scope="session")
    def orchard(tmp_path_factory): return Orchard(tmp_path_factory.mktemp("mutants"))

    @pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
    def test_removed_guard_is_noticed(orchard, mutant): assert orchard.fate(mutant) is Fate.KILLED

The tree is copied, not patched in memory, so processes that a test starts (a hall, a card worker) are mutated as well.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).parents[1]
_COPIED = ("catalogue", "deadlines", "decoding", "wire", "workstation", "hall", "demo", "tests")
_LINKED = ("main.py", "pyproject.toml", "resources", "docs", "devtools", "dev.py", "README.md", "bench")


@dataclass(frozen=True, slots=True)
class Mutant:
    """`before` stands exactly once in `file` and becomes `after`; `tests` are the ids that must fail then."""

    name: str
    file: str
    before: str
    after: str
    tests: str  # one or more pytest ids, separated by blanks


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"  # a test failed
    SURVIVED = "survived"  # all passed: the guard is not tested
    BROKEN = "broken"  # nothing was tested: no such test, or the change does not even load


class Orchard:
    """One copy of the tree, mutated and put right again for each mutant."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in _COPIED:
            # Compiled files come along with their times: what is not mutated need not be compiled again.
            shutil.copytree(ROOT / name, folder / name)
        for name in _LINKED:
            (folder / name).symlink_to(ROOT / name)

    def fate(self, mutant: Mutant) -> Fate:
        """Run the tests of a mutant against it. Raises ValueError when `before` is not there exactly once."""
        path = self.folder / mutant.file
        whole = (ROOT / mutant.file).read_text(encoding="utf-8")
        if whole.count(mutant.before) != 1:
            raise ValueError(f"{mutant.name}: stands {whole.count(mutant.before)} times in {mutant.file}")
        path.write_text(whole.replace(mutant.before, mutant.after), encoding="utf-8")
        try:
            done = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:xvfb", *mutant.tests.split()],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": str(self.folder)},
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            shutil.copy2(ROOT / mutant.file, path)
        if done.returncode == 0:
            return Fate.SURVIVED
        # A test that could not even be set up is an ERROR; pytest's summary (-ra) tells the two apart.
        failed = any(line.startswith("FAILED ") for line in done.stdout.splitlines())
        return Fate.KILLED if failed else Fate.BROKEN
