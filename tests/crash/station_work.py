"""A counter at work on real services and the real encrypted store, under the shim; says what it has acknowledged.

python -m tests.crash.station_work ROOT CASES, with the environment of tests.crash.shim. Each way of working has a folder
of its own below ROOT; all but the first are bugs that the harness must find.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from tests.crash.shim import Shim
from tests.fakes.cases import a_receipt
from tests.fakes.counter import WholeDesk
from tests.fakes.day import Citizen, citizens, fill
from tests.fakes.people import AT
from wire.codec import encode
from wire.messages import CaseRegistered, Change, ChangeKind, ChangePage
from workstation.services.read_scan import ReadScan
from workstation.storage import database, key_pool
from workstation.storage.unit import SqlUnit

ITEM = "birth-plan-registration"
SLOTS = 6  # the file of keys grows so often here that images fall into it


class Way(StrEnum):
    """How the counter works."""

    RIGHT = "right"
    NORMAL = "normal"  # commits are not waited for
    OFF = "off"  # nothing is waited for
    EARLY = "early"  # a receipt is told before its commit


class Teller:
    """Writes acknowledgements into the record: what follows one on the disk came after it."""

    def __init__(self, shim: Shim, folder: Path) -> None:
        self._shim = shim
        self._folder = folder

    def say(self, what: str, case: str = "", **more: object) -> None:
        self._shim.say(self._folder, json.dumps({"what": what, "case": case, **more}))


def work(folder: Path, tell: Teller, cases: int, seed: int = 1) -> None:
    """Open a store and file cases, with everything that a day has."""
    chance = random.Random(seed)
    whole = WholeDesk(folder)
    desk = whole.open_up()
    tell.say("open")
    people = citizens()
    for n in range(cases):
        _file(
            whole,
            tell,
            people[n % 20],
            people[(n + 1) % 20],
            chance.randbytes(chance.randint(500, 20_000)),
            n,
        )
        if n % 3 == 1:
            whole.stores[-1].scrub()
        if n % 5 == 3:  # Somebody who changes their mind: the key of the talk is destroyed.
            view = fill(desk, people[n % 20], people[(n + 2) % 20], ITEM, whole.clock())
            desk.drop_visit()
            desk.discard_draft(view.case)
    whole.close()
    tell.say("closed")


def _file(whole: WholeDesk, tell: Teller, citizen: Citizen, kin: Citizen, scan: bytes, n: int) -> None:
    desk = whole.desk
    view = fill(desk, citizen, kin, ITEM, whole.clock())
    read = ReadScan(view.case, "application/pdf", b"%PDF-1.7\n" + scan, 1, 60, 80)
    view = desk.attach_scan(view.materials[0].id, read)
    answers = {f.key: f.value for s in view.sections for f in s.fields}
    tell.say("draft", view.case, answers=answers)
    with _early(whole, tell, view.case):
        received, sheet = desk.receive()
    tell.say("received", view.case, receipt_no=received.receipt_no, serial=sheet.serial)
    if n % 2:
        tell.say("accepting", view.case)  # its draft ends with it
        _, sheet = desk.accept()
        tell.say("accepted", view.case, serial=sheet.serial)
    _send(whole, tell)
    whole.take_page(_registered(view.case, received.receipt_no or "", n))
    tell.say("registered", view.case, project_no=f"P{n:06d}")
    desk.drop_visit()


def _send(whole: WholeDesk, tell: Teller) -> None:
    """The hall signs for everything that waits."""
    with whole.unit() as unit:
        sent = [waiting.envelope for waiting in unit.outbox.due(whole.clock(), 100)]
        for envelope in sent:
            unit.outbox.acked(envelope.id, a_receipt(envelope.id, envelope.sha256))
        unit.commit()
    tell.say("acked", events=[envelope.id for envelope in sent])


@contextmanager
def _early(whole: WholeDesk, tell: Teller, case: str) -> Iterator[None]:
    """The seeded bug: what is about to be committed is told already, when the folder's name asks for it."""
    real = SqlUnit.commit

    def commit(unit: SqlUnit) -> None:
        found = unit.cases.latest(1)
        if found and found[0].id == case:
            tell.say("received", case, receipt_no=found[0].receipt_no, serial="")
        real(unit)

    if whole.folder.name == Way.EARLY:
        SqlUnit.commit = commit  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        SqlUnit.commit = real  # type: ignore[method-assign]


def _registered(case: str, receipt_no: str, n: int) -> ChangePage:
    body = CaseRegistered(receipt_no, f"P{n:06d}", AT)
    change = Change(case, 1, ChangeKind.CASE_REGISTERED, encode(body))
    return ChangePage("e1", (change,), f"e1.{n}", more=False)


@contextmanager
def synchronous(level: str) -> Iterator[None]:
    """Let stores be opened with another setting than the product's: the control."""
    real = database._on_connect

    def on_connect(connection: Any, _record: object) -> None:
        real(connection, _record)
        connection.execute(f"PRAGMA synchronous={level}")

    database._on_connect = on_connect
    try:
        yield
    finally:
        database._on_connect = real


def main(root: Path, cases: int) -> None:
    """Work in every way."""
    shim = Shim()
    key_pool._GROW_BY = SLOTS
    for way in Way:
        folder = root / way.value
        folder.mkdir()
        level = way.value if way in {Way.NORMAL, Way.OFF} else "FULL"
        with synchronous(level):
            work(folder, Teller(shim, folder), cases if way is Way.RIGHT else min(cases, 4))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
