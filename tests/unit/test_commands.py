"""`main.py audit` and `main.py purge` at a terminal: what they say, and the exit code that a script acts on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import main
from tests.unit.test_purge import CANARIES, LONG_AGO, file
from workstation.domain.clerk import Deed
from workstation.security.key_store import open_keys
from workstation.storage.database import Store, open_store

PASSPHRASE = "a long passphrase"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A station with one entry and one case whose time is over; its passphrase lies in a file."""
    folder = tmp_path / "station"
    key = open_keys(folder, allow_keyring=False).create(PASSPHRASE)
    store = open_store(folder / "station.db", key)
    with store.unit() as unit:
        file(unit, 1)
        unit.audit.note(at=LONG_AGO, actor="clerk", deed=Deed.SIGNED_IN)
        unit.commit()
    store.close()
    (tmp_path / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    return folder


def run(data: Path, *command: str, passphrase: str = "passphrase") -> int:
    file = str(data.parent / passphrase)
    return main.main(["--no-keyring", *command, "--data", str(data), "--passphrase-file", file])


def opened(data: Path) -> Store:
    return open_store(data / "station.db", open_keys(data, allow_keyring=False).open(PASSPHRASE))


def test_an_untouched_chain_is_told_as_intact(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "audit", "verify", "--offline") == 0
    said = capsys.readouterr().out
    assert "entries 2" in said
    assert said.endswith("intact\n")


def test_a_changed_chain_is_told_with_its_place_and_an_exit_code(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = opened(data)
    with store._engine.begin() as db:
        db.exec_driver_sql("DROP TRIGGER audit_no_update")
        db.exec_driver_sql("UPDATE audit SET actor = 'other' WHERE seq = 2")
    store.close()
    assert run(data, "audit", "verify", "--offline") == 1
    assert "2: changed" in capsys.readouterr().out
    assert run(data, "audit", "verify", "--offline", "--json") == 1
    assert json.loads(capsys.readouterr().out)["findings"] == [{"kind": "flipped", "first": 2, "last": 2}]


def test_a_store_that_cannot_be_opened_is_neither_intact_nor_changed(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "wrong").write_text("another long passphrase", encoding="utf-8")
    assert run(data, "audit", "verify", passphrase="wrong") == 2
    assert run(data, "audit", "verify", passphrase="none") == 2
    assert run(tmp_path / "nowhere", "audit", "verify") == 2
    assert run(data, "audit", "verify", "--stamps", str(tmp_path / "none")) == 2
    assert capsys.readouterr().out == ""


def test_the_export_names_no_person(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "audit.jsonl"
    assert run(data, "audit", "export", "--out", str(out)) == 0
    said = out.read_text(encoding="utf-8")
    assert [json.loads(line)["kind"] for line in said.splitlines()] == ["chain", "entry", "entry"]
    assert not any(canary in said for canary in CANARIES)
    assert oct(out.stat().st_mode & 0o777) == "0o600"
    assert run(data, "audit", "export", "--out", str(tmp_path / "none" / "a")) == 2
    capsys.readouterr()


def test_a_purge_is_tried_done_and_reported(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "purge") == 0
    assert "would be purged: 1 cases" in capsys.readouterr().out
    assert run(data, "purge", "--now", "--json") == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["cases"], done["counts"]["cases"]) == (["case-0001"], 1)
    assert run(data, "purge", "--now") == 0
    assert "purged: nothing" in capsys.readouterr().out
    assert run(data, "purge", "--reports") == 0
    (report,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (report["number"], report["cases"]) == (1, ["case-0001"])
    store = opened(data)
    with store.unit() as unit:
        assert unit.cases.count() == 0
        assert [entry.deed for entry in unit.audit.entries()][-1] is Deed.PURGED
    store.close()
