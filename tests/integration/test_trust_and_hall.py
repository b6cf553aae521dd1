"""Audit chain, stamps and lost keys between a counter as bootstrap builds it and a real hall process."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from demo.environment import Demo
from tests.fakes.hall_command import hall_command
from tests.fakes.newcomer import code_for
from tests.fakes.quick_keys import derive_quickly
from tests.until import until
from workstation import bootstrap
from workstation.commands.audit import verify
from workstation.domain.audit import AuditFilter, Standing
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.security.key_file import KeyFile
from workstation.services.counter import Counter
from workstation.settings import Settings
from workstation.storage.database import open_store

ROOT = Path(__file__).parents[2]
PASSPHRASE, OTHER = "a long passphrase", "another long passphrase"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with Demo(
        tmp_path_factory.mktemp("demo"), Path(sys.executable), with_card=False, departments=False
    ) as started:
        yield started


@dataclass
class Place:
    """A station on the disk: opened, closed, tampered with, asked about."""

    demo: Demo
    folder: Path

    @property
    def settings(self) -> Settings:
        return Settings(
            data=self.folder, prints=self.folder / "prints", hall_url=self.demo.hall_url, keyring=False
        )

    @contextmanager
    def opened(self, passphrase: str = PASSPHRASE, login: str = "auditor") -> Iterator[Counter]:
        with closing(bootstrap.load_counter(self.settings)) as desk:
            if desk.unlock(passphrase).step.value == "enrol":
                code = code_for(self.demo.database)
                desk.enrol(self.demo.hall_url, code)
            desk.sign_in(login, f"demo-{login}")
            yield desk

    def stamped(self, desk: Counter) -> None:
        until(lambda: desk.audit_state().exposed == 0)

    def device(self) -> str:
        file = KeyFile(self.folder / "key.json")
        until(lambda: "recovery" in (file.read() or {}))  # the hall's part comes beside the other work
        recovery = (file.read() or {})["recovery"]
        assert isinstance(recovery, dict)
        return str(recovery["device"])

    def passphrase_file(self) -> Path:
        file = self.folder.parent / "passphrase"
        file.write_text(PASSPHRASE + "\n")
        return file

    def verify(self, *, offline: bool = False, stamps: Path | None = None) -> tuple[int, dict[str, Any]]:
        """`main.py audit verify --json` in this process."""
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            code = verify(self.settings, self.passphrase_file(), stamps=stamps, offline=offline, as_json=True)
        return code, json.loads(said.getvalue())

    def verify_by_command(self) -> tuple[int, dict[str, Any]]:
        """The same as somebody at a terminal has it."""
        command = [sys.executable, "main.py", "--no-keyring", "audit", "verify", "--json"]
        command += ["--data", str(self.folder), "--passphrase-file", str(self.passphrase_file())]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)

    def hall(self, *command: str) -> subprocess.CompletedProcess[str]:
        return hall_command(command[0], "--database", self.demo.database, *command[1:])


@pytest.fixture
def shared_place(demo: Demo, tmp_path: Path) -> Place:
    """A station whose store another program opens too: passphrases take what they take."""
    return Place(demo, tmp_path / "station")


@pytest.fixture
def place(shared_place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    derive_quickly(monkeypatch)
    return shared_place


def _reads_without_writing(place: Place) -> bool:
    """Verify, and say whether the files stayed as they were; the station itself may have written in between."""
    files = (place.folder / "station.db", place.folder / "station.db-wal")
    before = [file.read_bytes() for file in files]
    code, said = place.verify_by_command()
    assert (code, said["ok"], said["hall"]) == (0, True, "asked")
    if said["exposed"]:
        return False  # An entry that came since the newest stamp: the next one is under way.
    assert said["stamped"]["seq"] == said["entries"] > 2
    return before == [file.read_bytes() for file in files]


# -- stamps ------------------------------------------------------------------------------------------
def test_the_hall_stamps_every_head_and_verify_agrees_while_the_window_runs(shared_place: Place) -> None:
    with shared_place.opened() as desk:
        shared_place.stamped(desk)
        assert any(_reads_without_writing(shared_place) for _ in range(20))
        assert desk.audit_search(AuditFilter(deeds=(Deed.SIGNED_IN,)))


def test_an_older_store_put_back_is_found_by_stamps_beside_it_by_the_hall_and_refused(place: Place) -> None:
    with place.opened() as desk:
        place.stamped(desk)
    older = place.folder.parent / "older"
    shutil.copytree(place.folder, older)
    with place.opened() as desk:
        desk.audit_search(AuditFilter())
        place.stamped(desk)
        ends = desk.audit_state().entries
    for name in ("station.db", "station.keys"):
        if (older / name).exists():
            shutil.copyfile(older / name, place.folder / name)
    beside = place.folder / bootstrap.STAMPS
    found = [("rolled_back", place.verify(offline=True)[1]["entries"] + 1, ends)]
    code, said = place.verify(offline=True)
    assert (code, [tuple(f.values()) for f in said["findings"]]) == (1, found)
    kept = beside.read_text()
    beside.unlink()
    assert place.verify(offline=True)[0] == 0  # Whoever takes that away too is found by the hall alone.
    code, said = place.verify()
    assert (code, [tuple(f.values()) for f in said["findings"]]) == (1, found)
    listed = place.folder.parent / "stamps.jsonl"
    listed.write_text(place.hall("stamps", "--device", place.device()).stdout)
    code, said = place.verify(offline=True, stamps=listed)
    assert (code, [tuple(f.values()) for f in said["findings"]]) == (1, found)
    assert kept.splitlines()[-1] in listed.read_text()
    # The hall does not stamp it, says so to both sides, and the window shows it.
    with place.opened(login="clerk") as desk:
        until(lambda: desk.link().audit is Standing.REFUSED)
    looked = place.hall("audit")
    assert looked.returncode == 1
    assert f"{place.device()} audit_rolled_back" in looked.stdout


@pytest.mark.long
def test_a_chain_that_went_another_way_gets_no_stamp(place: Place) -> None:
    with place.opened() as desk:
        place.stamped(desk)
    older = place.folder.parent / "older"
    shutil.copytree(place.folder, older)
    with place.opened() as desk:
        place.stamped(desk)
    shutil.rmtree(place.folder)
    shutil.copytree(older, place.folder)
    place.demo.kill_hall()
    with place.opened() as desk:
        for _ in range(12):
            desk.audit_search(AuditFilter())
        place.demo.start_hall()
        until(lambda: desk.link().audit is Standing.REFUSED, 90)
        assert desk.audit_state().trouble == "audit_forked"
    assert "audit_forked" in place.hall("audit").stdout


def test_a_stamp_whose_answer_was_lost_is_no_roll_back(place: Place) -> None:
    with place.opened() as desk:
        place.stamped(desk)
    # As if the last answers had never come: the hall has stamped more than the station knows.
    store = open_store(place.folder / "station.db", bootstrap_key(place))
    with store._engine.begin() as db:
        db.exec_driver_sql("DELETE FROM audit_stamps WHERE seq > (SELECT MIN(seq) FROM audit_stamps)")
    store.close()
    with place.opened() as desk:
        place.stamped(desk)
        assert desk.audit_state().standing is Standing.GOOD
    assert place.verify()[0] == 0


def bootstrap_key(place: Place) -> bytes:
    from workstation.security.key_store import open_keys

    return open_keys(place.folder, allow_keyring=False).open(PASSPHRASE)


def test_an_auditor_exports_the_chain_with_its_stamps_and_no_person(place: Place) -> None:
    with place.opened() as desk:
        place.stamped(desk)
        path, count = desk.audit_export(str(place.folder.parent / "audit.jsonl"))
        lines = [json.loads(line) for line in Path(path).read_text().splitlines()]
        assert [line["kind"] for line in lines].count("entry") == count
        assert lines[0]["device"] == place.device()
        assert {"chain", "entry", "stamp"} == {line["kind"] for line in lines}
        with pytest.raises(Refused) as caught:
            desk.audit_export(str(place.folder / "no such folder" / "a"))
        assert caught.value.failure is Failure.AUDIT_EXPORT_FAILED
        with pytest.raises(Refused):
            desk.search("")  # An auditor opens nothing.


# -- recovery ----------------------------------------------------------------------------------------
def wrapped(place: Place) -> None:
    with place.opened() as desk:
        until(lambda: desk.audit_search(AuditFilter(deeds=(Deed.KEY_WRAPPED,))))


def recovery_code(place: Place, *options: str) -> str:
    done = place.hall("recover", "--device", place.device(), *options)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@contextmanager
def shut(place: Place) -> Iterator[Counter]:
    with closing(bootstrap.load_counter(place.settings)) as desk:
        yield desk


def refusal(call: Callable[[], object]) -> Failure:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.failure


def test_a_forgotten_passphrase_is_recovered_once_with_a_code_of_the_hall(place: Place) -> None:
    wrapped(place)
    code = recovery_code(place)
    assert len(code.replace("-", "")) == 32
    with shut(place) as desk:
        assert refusal(lambda: desk.unlock(OTHER)) is Failure.STORE_KEY_WRONG
        assert refusal(lambda: desk.recover("ABCD-EFGH", "", OTHER)) is Failure.RECOVERY_REFUSED
        # A weak passphrase is told before the code is spent.
        assert refusal(lambda: desk.recover(code, "", "short")) is Failure.PASSPHRASE_WEAK
        assert desk.recover(code.lower().replace("-", " "), "", OTHER).step.value == "sign_in"
        desk.sign_in("auditor", "demo-auditor")
        assert desk.audit_search(AuditFilter(deeds=(Deed.KEY_RECOVERED,)))
        place.stamped(desk)
    with shut(place) as desk:
        assert refusal(lambda: desk.recover(code, "", OTHER)) is Failure.RECOVERY_REFUSED
        assert refusal(lambda: desk.unlock(PASSPHRASE)) is Failure.STORE_KEY_WRONG
        assert desk.unlock(OTHER).step.value == "sign_in"


def test_a_station_without_network_takes_the_sealed_key_from_a_file(place: Place) -> None:
    wrapped(place)
    file = place.folder.parent / "grant.json"
    code = recovery_code(place, "--out", str(file))
    with shut(place) as desk:
        assert (
            refusal(lambda: desk.recover(recovery_code(place), str(file), OTHER)) is Failure.RECOVERY_REFUSED
        )
        assert desk.recover(code, str(file), OTHER).step.value == "sign_in"


def test_the_right_code_on_another_disk_gives_no_key_and_five_wrong_ones_void_it(place: Place) -> None:
    wrapped(place)
    code, file = recovery_code(place), KeyFile(place.folder / "key.json")
    said = dict(file.read() or {})
    file.replace({**said, "recovery": {**said["recovery"], "proof": "another disk"}})  # type: ignore[dict-item]
    with shut(place) as desk:
        for _ in range(5):
            assert refusal(lambda: desk.recover(code, "", OTHER)) is Failure.RECOVERY_REFUSED
    file.replace(said)
    with shut(place) as desk:
        assert refusal(lambda: desk.recover(code, "", OTHER)) is Failure.RECOVERY_REFUSED
        assert desk.recover(recovery_code(place), "", OTHER).step.value == "sign_in"


def test_a_store_that_the_hall_never_knew_cannot_be_recovered(place: Place) -> None:
    with shut(place) as desk:
        desk.unlock(PASSPHRASE)
    with shut(place) as desk:
        assert refusal(lambda: desk.recover("code", "", OTHER)) is Failure.RECOVERY_MISSING
    assert place.hall("recover", "--device", "0" * 16).returncode == 1
