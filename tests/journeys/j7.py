"""J7: the hall is unreachable all morning, forty cases; then it is back: all there once, in order, provisional slips replaced."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget

from demo.environment import Demo
from tests.journeys.counter import Counter, counter
from tests.journeys.driver import Stuck
from tests.journeys.j1 import printed, visit
from workstation.forms.model import GapPlace
from workstation.services.desk import DeskApi
from workstation.services.views import Link

CASES = 40
ITEM = "childcare-guidance"


@dataclass(frozen=True, slots=True)
class Morning:
    """What is told of it. `steps` waited while the hall was away; `at_the_hall` are cases there, `doubled` those twice."""

    journey: str
    cases: int
    steps: int
    at_the_hall: int
    doubled: int
    in_order: bool
    waiting: int
    needs_fixing: int
    provisional_before: bool
    provisional_after: bool
    drained_s: float
    receipt: str
    reprint: str
    screenshots: list[str]
    seconds: float


def play(keep: Path, language: str = "zh") -> Morning:
    """Play it; every file is under `keep`. The forms are filled by the desk's own verbs, on the window's desk thread;
    forty times F9 is pressed in the window, and what comes after is looked at there."""
    with (
        Demo(keep / "demo", Path(sys.executable), review=False) as demo,
        counter(keep, demo=demo, language=language) as here,
    ):
        hands = here.hands
        started = time.monotonic()
        here.open_up()
        here.sign_in("clerk")
        hands.wait(lambda: here.ask(lambda desk: desk.link()).link is Link.UP, "the hall is not there")
        demo.kill_hall()
        hands.wait(
            lambda: here.ask(lambda desk: desk.link()).link is Link.DOWN, "the hall is still there", 30
        )
        receipts = [_receive(here, n) for n in range(CASES)]
        hands.shot("30-offline")
        before = _says_provisional(printed(here, "RCP")[-1])
        steps = here.ask(lambda desk: desk.link()).queued
        hands.key(Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
        hands.wait_for("transfer.waiting")
        table = hands.find("transfer.waiting", QTableWidget)
        hands.wait(lambda: table.rowCount() == steps, "the page does not show what waits")
        hands.shot("31-queue")
        demo.start_hall()
        back = time.monotonic()
        hands.click("transfer.try_now")
        hands.wait(lambda: here.ask(lambda desk: desk.link()).queued == 0, "the queue did not empty", 90)
        drained = time.monotonic() - back
        hands.settle(2.0)
        hands.shot("32-arrived")
        view = here.ask(lambda desk: desk.transfer())
        case = _replace_slip(here)
        there = _at_the_hall(Path(demo.database))
        return Morning(
            journey="J7",
            cases=len(set(receipts)),
            steps=steps,
            at_the_hall=len(there),
            doubled=len(there) - len(set(there)),
            in_order=there == receipts,
            waiting=view.waiting_total,
            needs_fixing=len(view.parked),
            provisional_before=before,
            provisional_after=_says_provisional(case),
            drained_s=round(drained, 3),
            receipt=str(printed(here, "RCP")[0]),
            reprint=str(case),
            screenshots=[str(path) for path in hands.pictures],
            seconds=round(time.monotonic() - started, 3),
        )


def _receive(here: Counter, n: int) -> str:
    """One citizen: the form by the desk's verbs, the receipt by hand."""
    hands = here.hands
    hands.click("rail.intake")

    here.ask(lambda desk: fill(desk, n))
    hands.click("rail.cases")
    hands.click("rail.intake")  # the page looks again at what the desk has in hand
    hands.wait_enabled("intake.receive")
    hands.key(Qt.Key.Key_F9)
    hands.wait(lambda: here.view is not None and here.view.receipt_no is not None, "no receipt number came")
    number = visit(here).receipt_no
    if number is None:
        raise Stuck("no receipt number")
    return number


def fill(desk: DeskApi, n: int) -> None:
    """The form and the papers of citizen n, by the desk's verbs."""
    desk.drop_visit()
    desk.type_person("测试一", number_of(n))
    desk.choose(ITEM)
    for key, typed in (
        ("child.name", "测小宝"),
        ("child.birth_date", "1899-11-03"),
        ("contact.address", "广州市越秀区测试路1号"),
        ("contact.phone", "13800000000"),
    ):
        desk.answer(key, typed)
    shown = desk.visit()
    if shown is None:
        raise Stuck("no visit under way")
    for gap in shown.gaps:
        if gap.place is GapPlace.MATERIALS:
            desk.see_original(gap.key, seen=True)


def number_of(n: int) -> str:
    """A number that nobody can hold: born before 1900, each another sequence."""
    body = f"44010018990101{100 + 2 * n:03d}"
    weights = [pow(2, 17 - at, 11) for at in range(17)]
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11]


def _replace_slip(here: Counter) -> Path:
    """The receipt once more, now that the hall has given its number."""
    hands = here.hands
    hands.click("rail.cases")
    hands.wait_for("cases.table")
    hands.wait(
        lambda: all(not case.provisional for case in here.ask(lambda desk: desk.cases())),
        "the hall's numbers did not come",
        60,
    )
    hands.settle(2.0)
    before = len(printed(here, "RCP"))
    hands.click("cases.print_receipt")
    hands.wait(lambda: len(printed(here, "RCP")) == before + 1, "no slip came out")
    hands.shot("33-slip-replaced")
    return printed(here, "RCP")[-1]


def _says_provisional(sheet: Path) -> bool:
    said = subprocess.run(["pdftotext", str(sheet), "-"], capture_output=True, text=True, check=True).stdout
    return "临时收件" in "".join(said.split())


def _at_the_hall(database: Path) -> list[str]:
    """Receipt numbers in the order in which the hall numbered the cases."""
    with closing(sqlite3.connect(database)) as db:
        return [row[0] for row in db.execute("SELECT receipt_no FROM cases ORDER BY project_no")]
