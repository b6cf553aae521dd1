"""Twenty people through a full day, a kill in the middle of a filing, and then every file is searched for them.

Real store, real hall process, real look-ups, real sheets. Left out by name, and nothing else: the printer's spool, which
holds a sheet until it is printed (docs/decisions/006-folder-printer.md), and the hall's own record of its cases
(`hall.db`, `blobs`), which is what the day was for (docs/decisions/008-reference-hall.md). Both are searched, too: they
must have the people, or the search would prove nothing.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from demo.environment import Demo
from tests.fakes.day import ITEMS, citizens
from tests.fakes.print_service import WaitingService
from tests.integration.canary_station import DRAFTS, PASSPHRASE, RESULTS
from tests.integration.needles import WRITINGS, hits, needles
from workstation import bootstrap
from workstation.settings import Settings

ROOT = Path(__file__).parents[2]
SECRETS = tuple(secret for person in citizens() for secret in person.secrets())


@dataclass(frozen=True, slots=True)
class Day:
    """What is left of it on the disk."""

    root: Path

    def files(self, *but: str) -> list[Path]:
        """Return every file, except those below the places named."""
        left_out = tuple(str(self.root / name) for name in but)
        return sorted(
            path for path in self.root.rglob("*") if path.is_file() and not str(path).startswith(left_out)
        )


FILINGS = 3  # the last of them is cut
LEFT_OUT = ("spool", "hall/hall.db", "hall/blobs")


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    root = tmp_path_factory.mktemp("canary")
    for name in ("home", "tmp", "cwd", "spool", "run"):
        (root / name).mkdir(mode=0o700)
    home = str(root / "home")
    own = {
        **{key: value for key, value in os.environ.items() if not key.startswith("XDG_")},
        "HOME": home,
        "TMPDIR": str(root / "tmp"),
        "XDG_RUNTIME_DIR": str(root / "run"),
        "CANARY_PRINTER": str(root / "printer"),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }
    with (
        Demo(root / "hall", Path(sys.executable), with_card=False) as demo,
        # How the sheets of a day leave it: a queue takes them over its socket.
        WaitingService(root / "printer", root / "spool", "canary"),
    ):
        command = [sys.executable, "-m", "tests.integration.canary_station", str(root)]
        with (root / "station.err").open("wb") as errors:
            station = subprocess.Popen(
                [*command, demo.hall_url, demo.enrol_code],
                cwd=root / "cwd",
                env=own,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert station.stdout is not None
        said: list[str] = []
        # Once it files, it is in the middle of something whenever it dies.
        while said.count("filing") < FILINGS and (line := station.stdout.readline()):
            said.append(line.strip())
        os.kill(station.pid, signal.SIGKILL)
        station.stdout.close()
        station.wait()
        assert said == ["day done", *["filing"] * FILINGS], (root / "station.err").read_text()[-3000:]
    return Day(root)


def test_the_day_was_a_day(day: Day) -> None:
    """The people are where they belong, so that the search could find them elsewhere."""
    people = citizens()
    held = b"".join(path.read_bytes() for path in day.files() if path.name.startswith("hall.db"))
    known = [n for n, person in enumerate(people) if person.id_no.encode() in held]
    assert len(known) >= len(people) - DRAFTS
    sheets = list((day.root / "spool").iterdir())
    assert len(sheets) >= 2 * (len(people) - DRAFTS) + RESULTS  # receipt, acceptance, some results
    places = {str(path.relative_to(day.root)).split("/")[0] for path in day.files()}
    assert {"station", "hall", "spool"} <= places
    names = {path.name for path in day.files()}
    assert {"station.db", "station.db-wal", "station.db-shm", "key.json", "station.log", "hall.log"} <= names
    assert any((day.root / "station" / "diagnosis").iterdir())
    assert len(ITEMS) > 3


def test_no_file_of_the_station_and_no_log_holds_a_person(day: Day) -> None:
    assert hits(day.files(*LEFT_OUT), needles(SECRETS)) == []


def test_no_sheet_stands_anywhere_but_in_the_spool(day: Day) -> None:
    # The words of a PDF are compressed, so it is looked for as such.
    assert not (day.root / "prints").exists()
    assert [path for path in day.files(*LEFT_OUT) if b"%PDF-" in path.read_bytes()] == []


def test_what_was_left_out_is_left_out_for_a_reason(day: Day) -> None:
    held = [path.read_bytes() for path in day.files() if path.name.startswith("hall.db")]
    assert any(SECRETS[0].encode() in content for content in held)
    assert any(b"%PDF-" in path.read_bytes() for path in (day.root / "spool").iterdir())


@pytest.mark.parametrize("writing", WRITINGS)
def test_a_planted_person_is_found_in_every_writing(tmp_path: Path, writing: str) -> None:
    """The control: without it nothing found would mean nothing."""
    wanted = needles(SECRETS)
    for n, secret in enumerate(SECRETS[:15]):  # three people: a name, a number of each kind, an address
        for needle in WRITINGS[writing](secret):
            planted = tmp_path / "planted.bin"
            planted.write_bytes(os.urandom(301) + needle + os.urandom(99))
            assert hits([planted], wanted), (n, writing)


def test_a_person_inside_a_longer_text_is_found_however_it_is_shifted(tmp_path: Path) -> None:
    import base64

    for before in range(4):
        text = "x" * before + SECRETS[0] + "yyyy"
        (tmp_path / "shifted").write_bytes(base64.b64encode(text.encode()))
        assert hits([tmp_path / "shifted"], needles(SECRETS))


def test_a_file_named_after_a_person_is_found(tmp_path: Path) -> None:
    (tmp_path / f"{SECRETS[0]}.txt").touch()
    assert hits(tmp_path.iterdir(), needles(SECRETS))


def test_after_the_kill_the_store_opens_and_has_the_drafts(day: Day) -> None:
    settings = Settings(
        data=day.root / "station", prints=day.root / "prints", hall_url="http://127.0.0.1:9", keyring=False
    )
    desk = bootstrap.load_counter(settings)
    try:
        desk.unlock(PASSPHRASE)
        desk.sign_in("clerk", "demo-clerk")
        assert len(desk.drafts()) >= DRAFTS
    finally:
        desk.close()
    # Opened and closed once more: what recovery wrote is no leak either.
    assert hits(day.files(*LEFT_OUT), needles(SECRETS)) == []
