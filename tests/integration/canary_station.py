"""The station of the canary test: a process with a home of its own that works a day and is killed in the middle of a filing.

python -m tests.integration.canary_station FOLDER HALL CODE
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from tests.fakes.day import ITEMS, citizens, fill
from tests.fakes.scans import attach, written_on
from tests.until import until
from workstation import bootstrap
from workstation.domain.case import CaseStatus
from workstation.domain.failures import Refused
from workstation.domain.slip import SlipKind
from workstation.services.counter import Counter
from workstation.services.views import Link
from workstation.settings import Settings

PASSPHRASE = "canary passphrase 7"
CALENDAR = Path(__file__).parents[2] / "demo" / "working-days-after-2026.json"
RESULTS = 6  # so many come to fetch theirs today
DRAFTS = 3  # of the last citizens nothing is received


def work(folder: Path, hall: str, code: str) -> None:
    """Do all that a day has, then file until killed."""
    settings = Settings(
        data=folder / "station",
        prints=folder / "prints",
        queue="canary",
        print_server=os.environ["CANARY_PRINTER"],  # the service of the test takes the sheets
        hall_url=hall,
        keyring=False,
        calendar=CALENDAR,
    )
    desk = bootstrap.load_counter(settings)
    desk.unlock(PASSPHRASE)
    desk.enrol(hall, code)
    _refused_sign_in(desk)
    desk.sign_in("clerk", "demo-clerk")
    until(lambda: desk.link().link is Link.UP)
    people = citizens()
    cases = []
    for n, citizen in enumerate(people):
        kin = people[(n + 1) % len(people)]
        view = fill(desk, citizen, kin, ITEMS[n % len(ITEMS)], _now())
        desk.reveal_person()
        if n >= len(people) - DRAFTS:
            desk.drop_visit()
            continue
        if n == 0:
            paper = folder / "tmp" / "scan.pdf"
            paper.write_bytes(written_on("\n".join(citizen.secrets())))
            attach(desk, view.materials[-1].id, paper)
            paper.unlink()  # the scanner's own file is the clerk's to throw away
        received, _ = desk.receive()
        until(lambda: desk.link().link is Link.UP)
        desk.accept()
        cases.append(received.case)
        desk.drop_visit()
    with suppress(Refused):  # No card service here; what could be found out is kept all the same.
        desk.diagnose()
    until(lambda: desk.link().queued == 0)
    until(lambda: all(desk.case(case).status is CaseStatus.DECIDED for case in cases))
    desk.sign_out()
    desk.sign_in("supervisor", "demo-supervisor")
    for case in cases[:RESULTS]:
        desk.print_slip(case, SlipKind.RESULT)
    desk.sign_out()
    desk.sign_in("clerk", "demo-clerk")
    _look(desk)
    _say("day done")
    while True:
        for n, citizen in enumerate(people):
            fill(desk, citizen, people[n - 1], ITEMS[n % len(ITEMS)], _now())
            _say("filing")
            desk.receive()
            desk.drop_visit()


def _refused_sign_in(desk: Counter) -> None:
    """Let something go wrong with a person in it: what is refused is logged, too."""
    try:
        desk.sign_in(citizens()[0].id_no, citizens()[0].name)
    except Refused:
        return
    raise AssertionError("a citizen's number is no login")


def _look(desk: Counter) -> None:
    """Open the window on it, as Qt keeps caches and settings of its own."""
    from workstation.ui import app

    window = app.build(load_desk=lambda: desk, initial={}, language="zh")
    end = time.monotonic() + 1.5
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.01)
    if window.shell is None:
        raise AssertionError("the window did not open")
    window.shell.open("cases")
    board = QApplication.clipboard()
    board.setText("")
    window.hide()
    # The window stays: the process ends by a kill, as it would at a power cut.


def _now() -> datetime:
    return datetime.now(UTC)


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
