"""What the crash proofs share: the shim, and a folder in memory where no real disk is worn."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.shim import NoCompiler, build


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled shim."""
    try:
        return build(tmp_path_factory.mktemp("shim"))
    except NoCompiler:
        pytest.skip(
            "gcc is not here: the shim of the crash proofs is compiled (python3 dev.py setup brings it)"
        )


@pytest.fixture(scope="module")
def memory() -> Iterator[Path]:
    """A folder in memory where the system has one: thousands of images would wait for a disk that proves nothing here."""
    shared = Path("/dev/shm")
    base = shared if shared.is_dir() and os.access(shared, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="crash-", dir=base))
    yield folder
    shutil.rmtree(folder)
