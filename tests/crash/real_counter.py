"""A real counter process as bootstrap builds it: files one case against a real hall, or goes on where it was killed.

python -m tests.crash.real_counter FOLDER HALL set-up CODE | file N | go-on N, where N cases were filed before. Says each acknowledgement on a line; `file` waits for a
line on standard input before it begins, so that a tracer can take hold of it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.fakes.day import citizens, fill, identity
from workstation import bootstrap
from workstation.services.counter import Counter
from workstation.services.views import Link
from workstation.settings import Settings

_PASSPHRASE = "crash passphrase 7"
_ITEM = "birth-plan-registration"
_CALENDAR = Path(__file__).parents[2] / "demo" / "working-days-after-2026.json"


def main(folder: Path, hall: str, what: str, more: str) -> None:
    """Do one of the three."""
    settings = Settings(
        data=folder / "station", prints=folder / "prints", hall_url=hall, keyring=False, calendar=_CALENDAR
    )
    desk = bootstrap.load_counter(settings)
    desk.unlock(_PASSPHRASE)
    if what == "set-up":
        desk.enrol(hall, more)
        desk.close()
        return
    desk.sign_in("clerk", "demo-clerk")
    _wait(desk)
    if what == "file":
        _say("ready")
        sys.stdin.readline()
    _file(desk, int(more))
    while desk.link().queued:
        time.sleep(0.05)
    _say(f"sent {desk.link().parked}")
    desk.close()


def _file(desk: Counter, before: int) -> None:
    drafts = desk.drafts()
    done = desk.cases()
    if not drafts and len(done) > before:
        _say(f"received {done[0].receipt_no}")
        return
    now = bootstrap.now()
    view = desk.resume(drafts[0].case) if drafts else desk.take_person(identity(citizens()[0], now))
    if view.receipt_no is None:
        # The same person's card again: the visit that is open goes on.
        fill(desk, citizens()[0], citizens()[1], _ITEM, now)
        view, _ = desk.receive()
    _say(f"received {view.receipt_no}")
    desk.accept()
    _say("accepted")


def _wait(desk: Counter) -> None:
    while desk.link().link is not Link.UP:
        time.sleep(0.05)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4])
