"""Plays one filing again and again under the shim, with a fault at each of its changing calls; one line of JSON a point.

python -m tests.crash.sweep ROOT kill|early|full|error|readonly POINTS, with the environment of tests.crash.shim and CRASH_ROOT=ROOT.
POINTS 0: every one; else about so many, evenly spread. The first line says how many points there are.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from tests.crash.filing import Place, file_case, go_on
from tests.crash.shim import KILL, Shim
from tests.crash.station_check import Promised, problems
from tests.fakes.counter import WholeDesk
from wire.keys import new_private
from workstation.domain.failures import Failure, Refused
from workstation.services.counter import Counter

_ERRORS = {"full": errno.ENOSPC, "error": errno.EIO, "readonly": errno.EROFS}
# A disk that turns out to be full only when it is waited for is told as one that takes nothing: SQLite does not say why.
_MEANT = {Failure.STORE_FULL.value, Failure.STORE_UNWRITABLE.value}


def points(total: int, wanted: int) -> list[int]:
    """Choose places from 1 to `total`, evenly spread; 0 wants all."""
    if not wanted or wanted >= total:
        return list(range(1, total + 1))
    return sorted({round(1 + n * (total - 1) / (wanted - 1)) for n in range(wanted)})


def main(root: Path, how: str, wanted: int) -> None:
    """Count the points, then play each in a copy of the same folder."""
    shim = Shim()
    base = Place(root / "base", new_private())
    base.folder.mkdir()
    base.enrolled()
    total = _count(shim, _copied(base, root / "count"))
    _say({"points": total})
    play = _killed if how in {"kill", "early"} else _refused
    for nth in points(total, wanted):
        place = _copied(base, root / f"n{nth}")
        _say({"nth": nth, **play(shim, place, nth, how)})
        shutil.rmtree(place.folder)


def _copied(base: Place, folder: Path) -> Place:
    shutil.copytree(base.folder, folder)
    return base.at(folder)


class _Timed:
    """A desk whose clerk has a watch: how long the last verb took, from asking to the answer or the refusal."""

    def __init__(self, desk: object) -> None:
        self._desk = desk
        self.seconds = 0.0

    def __getattr__(self, verb: str) -> Callable[..., object]:
        act = getattr(self._desk, verb)

        def timed(*given: object, **named: object) -> object:
            begun = time.perf_counter()
            try:
                return act(*given, **named)
            finally:
                self.seconds = time.perf_counter() - begun

        return timed


def _count(shim: Shim, place: Place) -> int:
    whole = place.opened()
    shim.arm(0, 0, 0)
    file_case(whole, lambda _: None)
    total = shim.disarm()
    whole.close()
    return total


def _killed(shim: Shim, place: Place, nth: int, how: str) -> dict[str, Any]:
    """Kill the counter at a call, start it anew, and go on."""
    here, there = os.pipe()
    child = os.fork()
    if not child:
        whole = place.opened()
        shim.arm(nth, KILL)
        file_case(whole, lambda said: os.write(there, f"{said}\n".encode()), early=how == "early")
        os._exit(0)
    os.close(there)
    with os.fdopen(here, "r") as said:
        told = said.read().splitlines()
    _, status = os.waitpid(child, 0)
    bad = list(problems(place.folder, _promised(told)))
    whole = place.opened()
    go_on(whole, told.append)
    bad += _filed_once(whole, told)
    whole.close()
    return {"died": os.WIFSIGNALED(status), "bad": bad}


def _refused(shim: Shim, place: Place, nth: int, how: str) -> dict[str, Any]:
    """Let the disk refuse from a call on, see it told, give the space back, and go on in the same program."""
    whole = place.opened()
    told: list[str] = []
    timed = _Timed(whole.desk)
    whole.desk = cast("Counter", timed)
    shim.arm(nth, _ERRORS[how], -1)
    refusal = ""
    try:
        file_case(whole, told.append)
    except Refused as refused:
        refusal = refused.failure.value
    struck, seconds = shim.struck(), timed.seconds
    shim.disarm()
    bad = list(_still_there(whole, told))
    if refusal not in _MEANT:
        bad.append(f"told as {refusal or 'nothing'}")
    go_on(whole, told.append)
    bad += _filed_once(whole, told)
    whole.close()
    bad += problems(place.folder, _promised(told))
    return {"told": refusal, "struck": struck, "seconds": seconds, "bad": bad}


def _still_there(whole: WholeDesk, told: list[str]) -> Iterator[str]:
    """The visit on the screen is as it was: nothing that was said is asked again."""
    if any(said.startswith("accepting ") for said in told):
        return
    answered = [said.split(maxsplit=3)[1:] for said in told if said.startswith("answered ")]
    view = whole.desk.visit()
    shown = {f.key: f.value for s in view.sections for f in s.fields} if view is not None else {}
    for case, key, value in answered:
        if view is None or view.case != case or shown.get(key) != value:
            yield f"{key} is gone from the screen"


def _promised(told: list[str]) -> Promised:
    promised = Promised(opened=True)
    for said in told:
        what, case, *more = said.split(maxsplit=3)
        if what == "answered":
            promised.drafts.setdefault(case, {})[more[0]] = more[1]
        elif what == "accepting":
            promised.drafts.clear()
        elif what == "received":
            # Told too early it has no number yet; that there is a case is promised all the same.
            promised.receipts[case] = more[0] if more else ""
        elif what == "accepted":
            promised.accepted.add(case)
    return promised


def _filed_once(whole: WholeDesk, told: list[str]) -> Iterator[str]:
    with whole.unit() as unit:
        cases = unit.cases.latest(9)
        steps = [waiting.envelope.kind.value for waiting in unit.outbox.due(whole.clock(), 99)]
        drafts = unit.drafts.all()
    if len(cases) != 1 or drafts:
        yield f"{len(cases)} cases and {len(drafts)} drafts after one filing"
    numbers = {said.split()[2] for said in told if said.startswith("received ") and len(said.split()) > 2}
    if not numbers <= {case.receipt_no for case in cases}:
        yield f"a number was told that nobody has: {numbers}"
    if steps.count("case_received") != 1 or steps.count("case_accepted") != 1:
        yield f"steps: {steps}"


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
