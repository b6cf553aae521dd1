"""The software key server is for demos and tests: a hall in earnest does not start with it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hall import __main__ as command

SERVE = ["hall", "serve", "--departments", "http://127.0.0.1:9"]


def _start(monkeypatch: pytest.MonkeyPatch, folder: Path, *more: str) -> tuple[int, bool]:
    """Return the exit code, and whether the hall came as far as serving."""
    served: list[object] = []

    def serve(given: object) -> int:
        served.append(given)
        return 0

    monkeypatch.setitem(command._ON_A_HALL, "serve", serve)
    monkeypatch.setattr(sys, "argv", [*SERVE, "--database", str(folder / "hall.db"), *more])
    return command.main(), bool(served)


def test_a_hall_in_earnest_refuses_the_software_key_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _start(monkeypatch, tmp_path, "--card-keys", "test") == (2, False)
    assert "demo" in capsys.readouterr().err
    assert not (tmp_path / "hall.db").exists()


@pytest.mark.parametrize(
    "more", [(), ("--card-keys", "none"), ("--card-keys", "test", "--demo-code", "DEMO")]
)
def test_without_it_or_in_a_demo_the_hall_starts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, more: tuple[str, ...]
) -> None:
    assert _start(monkeypatch, tmp_path, *more) == (0, True)
