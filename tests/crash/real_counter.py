"""A real counter process as bootstrap builds it: files cases against a real hall, and goes on where it was killed.

python -m tests.crash.real_counter FOLDER HALL set-up CODE | file N, where N cases were begun before: it finishes the last of them, says what it has
and "ready", and files one more for each line on standard input, so that a tracer can take hold of it first.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.fakes.day import citizens, fill, identity
from tests.until import until
from workstation import bootstrap
from workstation.services.counter import Counter
from workstation.services.views import Link
from workstation.settings import Settings

_PASSPHRASE = "crash passphrase 7"
_ITEM = "birth-plan-registration"
_CALENDAR = Path(__file__).parents[2] / "demo" / "working-days-after-2026.json"


def main(folder: Path, hall: str, what: str, more: str) -> None:
    """Do one of the two."""
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
    until(lambda: desk.link().link is Link.UP)
    begun = int(more)
    if begun:
        _file_whole(desk, begun)
    _say("ready")
    for _ in sys.stdin:
        begun += 1
        _file_whole(desk, begun)
    desk.close()


def _file_whole(desk: Counter, nth: int) -> None:
    _file(desk, nth)
    until(lambda: not desk.link().queued)
    _say(f"sent {desk.link().parked}")
    desk.drop_visit()  # The next person may be the same one.


def _file(desk: Counter, nth: int) -> None:
    drafts = desk.drafts()
    done = desk.cases()
    if not drafts and len(done) == nth:
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


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4])
