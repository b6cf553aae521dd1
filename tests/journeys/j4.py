"""J4: the supervisor cannot be his own second person, signs a refusal, prints forty result slips in one go; the seventeenth
jams, and the batch goes on with a numbered reprint. Real hall, real window, real CUPS with cups-pdf; the jam is simulated."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections import Counter as Tally
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QSpinBox, QTableWidget

from demo.environment import Demo
from demo.print_service import PrintService
from tests.journeys.counter import Counter, counter
from tests.journeys.driver import Stuck
from tests.journeys.j7 import fill
from wire.codec import decode
from wire.sheets import SlipSettled
from workstation.domain.case import CaseStatus
from workstation.domain.sheet import BatchState, Fate
from workstation.domain.slip import SlipKind
from workstation.services.desk import DeskApi
from workstation.services.print_views import SheetView
from workstation.services.views import Link

SLIPS = 40
JAM = 17
QUEUE = "office"
_NOTICES = 1  # what the printer is fed before the batch: the notice of the refusal
WHY = "户口在外区，由所在区办理"
BODY = "测试区公安分局"


@dataclass(frozen=True, slots=True)
class Supervisor:
    """What is told of it. `accounted` are cases with exactly one result slip that counts; `paper` what lay in the tray."""

    journey: str
    own: str  # what is said to somebody who would sign his own proposal
    refused: bool  # the case of the clerk's proposal, once the supervisor has signed
    notice: str
    slips: int
    halted_at: int
    reason: str
    out_at_halt: int  # counted as printed before anybody confirmed: nothing
    accounted: int
    doubled: int
    void: list[str]
    reprints: dict[str, int]  # serial of the sheet that counts -> its number, where it has one
    paper: int
    heard: dict[str, int]  # what became of the result slips as the hall has heard it, and how often
    reprint: str
    screenshots: list[str]
    seconds: float


def play(keep: Path, language: str = "zh") -> Supervisor:
    """Play it; every file is under `keep`. The clerk's morning is done by the desk's verbs into the folder of sheets; all
    that the supervisor does is done by hand in the window, on the printer."""
    started = time.monotonic()
    with Demo(keep / "demo", Path(sys.executable)) as demo:
        with counter(keep, demo=demo, language=language) as here:
            here.open_up()
            here.sign_in("clerk")
            for n in range(SLIPS):
                _file(here, n, accept=True)
            for n in (SLIPS, SLIPS + 1):
                _file(here, n, accept=False)
            first, _ = _received(here)
            _propose(here, row=0)  # the clerk, for the newest
            here.hands.shot("40-clerk-proposes")
            here.hands.wait(lambda: _waiting(here) >= SLIPS, "the departments did not decide", 120)
        with PrintService(keep / "cups") as service:
            service.add(QUEUE, jams_at=(_NOTICES + JAM,))
            with counter(
                keep, demo=demo, language=language, queue=QUEUE, print_server=service.socket
            ) as here:
                here.unlock()
                here.sign_in("supervisor")
                own = _cannot_sign_alone(here)
                notice = _sign(here, first, service)
                halted = _print_until_the_jam(here)
                service.resume(QUEUE)  # somebody took the paper out and pressed the printer's button
                _go_on(here)
                return _told(here, service, own, notice, halted, started, keep / "demo" / "hall.db")


# -- the clerk's morning -----------------------------------------------------------------------------------
def _file(here: Counter, n: int, *, accept: bool) -> None:
    def work(desk: DeskApi) -> None:
        fill(desk, n)
        desk.confirm_sheets((desk.receive()[1].serial,))

    def settle(desk: DeskApi) -> None:
        if accept:
            desk.confirm_sheets((desk.accept()[1].serial,))
        desk.drop_visit()

    _online(here)
    here.ask(work)
    _online(here)  # an acceptance needs the hall, and a busy machine may have lost it for a moment
    here.ask(settle)


def _online(here: Counter) -> None:
    here.hands.wait(lambda: here.ask(lambda desk: desk.link()).link is Link.UP, "the hall is not there", 60)


def _received(here: Counter) -> tuple[str, str]:
    found = [case.case for case in here.ask(lambda desk: desk.cases()) if case.status is CaseStatus.RECEIVED]
    if len(found) != 2:
        raise Stuck(f"{len(found)} cases wait for acceptance")
    return found[0], found[1]


def _waiting(here: Counter) -> int:
    return sum(case.status is CaseStatus.DECIDED for case in here.ask(lambda desk: desk.results()))


# -- two persons -------------------------------------------------------------------------------------------
def _propose(here: Counter, row: int) -> None:
    """A refusal of the case in this line of the list."""
    hands = here.hands
    hands.key(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    hands.wait_for("cases.table")
    hands.settle(2.0)
    hands.choose_row("cases.table", row)
    hands.wait_for("cases.propose")
    hands.click("cases.propose")
    hands.wait_for("propose.text")
    hands.wait(lambda: hands.find("propose.kind", QComboBox).count() > 0, "nothing can be proposed")
    hands.find("propose.reason", QComboBox).setCurrentIndex(1)
    hands.fill("propose.body", BODY)
    hands.focus("propose.text")
    hands.write(WHY)
    hands.click("propose.submit")
    hands.wait_for("proposal.sign")


def _cannot_sign_alone(here: Counter) -> str:
    """The supervisor proposes a refusal himself and tries to be his own second person."""
    hands = here.hands
    _propose(here, row=1)
    hands.fill("proposal.login", "supervisor")
    hands.fill("proposal.password", "demo-supervisor")
    hands.click("proposal.sign")
    hands.wait(lambda: bool(hands.banner()), "nobody said that he cannot sign for himself")
    said = hands.banner()
    hands.shot("41-not-his-own-second-person")
    return said


def _sign(here: Counter, case: str, service: PrintService) -> str:
    """And signs what the clerk proposed; the notice comes out of the printer."""
    hands = here.hands
    proposals = hands.find("proposals.list", QListWidget)
    hands.wait(lambda: proposals.count() == 2, "the clerk's proposal is not there")
    mine = here.ask(lambda desk: [each.case == case for each in desk.proposals()])
    hands.choose_row("proposals.list", mine.index(True))
    hands.fill("proposal.login", "supervisor")
    hands.fill("proposal.password", "demo-supervisor")
    hands.click("proposal.sign")
    hands.wait(
        lambda: here.ask(lambda desk: desk.case(case)).status is CaseStatus.NOT_ACCEPTED, "it was not signed"
    )
    hands.wait_for("printBar.out", 30)
    hands.shot("42-refusal-signed")
    hands.click("printBar.out")
    hands.wait(lambda: not hands.sees("printBar.out"), "the notice was not confirmed")
    (notice,) = [path for path in service.sheets() if SlipKind.REFUSAL.value in path.stem]
    return str(notice)


# -- forty slips -------------------------------------------------------------------------------------------
def _print_until_the_jam(here: Counter) -> tuple[int, str, int]:
    hands = here.hands
    hands.key(Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
    hands.wait_for("printing.waiting")
    table = hands.find("printing.waiting", QTableWidget)
    hands.wait(lambda: table.rowCount() == SLIPS, "not all results wait for their slip", 30)
    hands.shot("43-forty-wait")
    hands.click("printing.start")
    hands.wait_for("batch.bar")
    hands.wait(lambda: "8 /" in hands.find("batch.said", QLabel).text(), "the batch does not move", 60)
    hands.shot("44-printing")
    hands.wait_for("jam.resume", 90)
    hands.settle(1.0)
    hands.shot("45-jam")
    batch = here.ask(lambda desk: desk.print_work()).batch
    if batch is None:
        raise Stuck("the batch is gone")
    place = hands.find("jam.place", QSpinBox).value()
    if (place, batch.state) != (JAM, BatchState.HALTED):
        raise Stuck(f"it stopped at {place}: {batch.reason}")
    return place, batch.reason, batch.out


def _go_on(here: Counter) -> None:
    hands = here.hands
    hands.key(Qt.Key.Key_F9)
    hands.wait(lambda: not hands.sees("jam.resume"), "the batch does not go on")
    hands.wait_for("batch.confirm", 120)
    hands.settle(0.5)
    hands.shot("46-all-printed")
    hands.key(Qt.Key.Key_F10)
    hands.wait_for("ledger.table")
    hands.wait(lambda: here.ask(lambda desk: desk.print_work()).batch is None, "the batch was not confirmed")
    hands.settle(2.5)
    hands.shot("47-accounted")


def _told(
    here: Counter,
    service: PrintService,
    own: str,
    notice: str,
    halted: tuple[int, str, int],
    started: float,
    hall: Path,
) -> Supervisor:
    cases = [case for case in here.ask(lambda desk: desk.results()) if case.status is CaseStatus.DECIDED]
    ledger: dict[str, list[SheetView]] = {
        case.case: [
            sheet
            for sheet in here.ask(lambda desk, case=case.case: desk.ledger(case))  # type: ignore[misc]
            if sheet.kind is SlipKind.RESULT
        ]
        for case in cases
    }
    good = {case: [sheet for sheet in sheets if sheet.counts] for case, sheets in ledger.items()}
    papers = [path for path in service.sheets() if SlipKind.RESULT.value in path.stem]
    reprints = {sheet.serial: sheet.reprint for sheets in good.values() for sheet in sheets if sheet.reprint}
    anew = next((path for path in papers if path.stem in reprints), None)
    place, reason, out = halted
    case = next(case for case, sheets in ledger.items() if len(sheets) > 1)
    here.ask(lambda desk: desk.ledger(case))
    _look_at_ledger(here, case)
    return Supervisor(
        journey="J4",
        own=own,
        refused=any(each.status is CaseStatus.NOT_ACCEPTED for each in here.ask(lambda desk: desk.cases())),
        notice=notice,
        slips=len(cases),
        halted_at=place,
        reason=reason,
        out_at_halt=out,
        accounted=sum(len(sheets) == 1 for sheets in good.values()),
        doubled=sum(len(sheets) > 1 for sheets in good.values()),
        void=[sheet.serial for sheets in ledger.values() for sheet in sheets if sheet.fate is Fate.VOID],
        reprints=reprints,
        paper=len(papers),
        heard=_heard(here, hall),
        reprint=str(anew),
        screenshots=[str(path) for path in here.hands.pictures],
        seconds=round(time.monotonic() - started, 3),
    )


def _heard(here: Counter, hall: Path) -> dict[str, int]:
    here.hands.wait(
        lambda: here.ask(lambda desk: desk.link()).queued == 0, "the hall does not hear of the paper", 60
    )
    with closing(sqlite3.connect(f"{hall.as_uri()}?mode=ro", uri=True)) as db:
        told = [decode(SlipSettled, body) for (body,) in db.execute("SELECT body FROM slip_fates")]
    said = (
        f"{each.fate.value} {each.why} {each.reprint}" for each in told if each.slip == SlipKind.RESULT.value
    )
    return dict(Tally(said))


def _look_at_ledger(here: Counter, case: str) -> None:
    """The two sheets of the case that jammed, and the one that counts as it stands in the archive."""
    hands = here.hands
    page = here.window.shell.pages["printing"] if here.window.shell is not None else None
    hands.key(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    hands.wait_for("results.table")
    hands.settle(2.0)
    rows = [each.case for each in here.ask(lambda desk: desk.results())]
    hands.choose_row("results.table", rows.index(case))
    hands.click("results.ledger")
    hands.wait_for("ledger.table")
    table = hands.find("ledger.table", QTableWidget)
    hands.wait(lambda: hands.sees("ledger.whole") and table.rowCount() >= 2, f"no ledger of {case} on {page}")
    hands.settle(0.5)
    hands.shot("48-ledger-of-a-case")
    hands.choose_row("ledger.table", table.rowCount() - 1)
    hands.click("ledger.preview")
    hands.wait_for("preview.picture")
    hands.shot("49-archive")
