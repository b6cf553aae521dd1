"""J2: a community agent files a senior card for a resident at home, offline; forwarded, and accepted by the street later."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox

from demo.environment import Demo
from tests.journeys.counter import Counter, counter
from tests.journeys.driver import Stuck
from tests.journeys.j1 import printed, visit
from tests.journeys.laptop_line import LaptopLine, laptop_line
from workstation.domain.case import CaseStatus
from workstation.forms.model import GapPlace
from workstation.services.desk import DeskApi
from workstation.services.views import CaseView, Link

ITEM = "senior-card-first"
# Synthetic people: births before 1900.
PRINCIPAL = ("测试老人", "440100189001010016")
AGENT = ("测试代办", "440100189502020028", "13900000000")
FORM = {
    "applicant.household_address": "广州市越秀区测试路2号",
    "applicant.card_type": "2",
    "contact.address": "广州市越秀区测试路2号",
    "contact.phone": "13800000001",
}


@dataclass(frozen=True, slots=True)
class Errand:
    """What is told of it. Times are of each body (收受分离); the two lists are what each office shows at the end."""

    journey: str
    case: str
    items: list[dict[str, str]]
    offline_receipt: bool  # the receipt said 临时收件
    forwarded_offline: bool  # the case was handed on before the line was back
    community_may_accept: bool  # whether there was anything to accept with at the community station
    received: str
    forwarded: str
    taken: str
    accepted: str
    decided: str
    community_sees: str
    street_sees: str
    agent: str
    receipt: str
    slip: str
    screenshots: list[str]
    seconds: float


def play(keep: Path, language: str = "zh") -> Errand:
    """Play it in three windows, one after the other; every file is under `keep`."""
    started = time.monotonic()
    with (
        Demo(keep / "demo", Path(sys.executable)) as demo,
        laptop_line(demo.hall.port) as line,
    ):
        home, street = keep / "community", keep / "street"
        with _community(home, demo, line, language) as here:
            number, offline, before_line, may_accept = _at_home(here, line)
            pictures = list(here.hands.pictures)
        with counter(street, demo=demo, language=language) as there:
            at_street = _at_the_street(there, number)
            pictures += there.hands.pictures
            slip = printed(there, "ACC")[-1]
        with _community(home, demo, line, language) as again:
            again.unlock()
            at_home = _comes_back(again, number)
            pictures += [picture for picture in again.hands.pictures if picture not in pictures]
            receipt = printed(again, "RCP")[0]
    return Errand(
        journey="J2",
        case=at_street.case,
        items=[{"item": sub.item.zh, "state": sub.state.value} for sub in at_street.sub_cases],
        offline_receipt=offline,
        forwarded_offline=before_line,
        community_may_accept=may_accept,
        received=_time(at_street.received_at),
        forwarded=_time(_handover(at_street, "handed_at")),
        taken=_time(_handover(at_street, "taken_at")),
        accepted=_time(at_street.accepted_at),
        decided=_time(at_street.sub_cases[0].decided_at),
        community_sees=at_home.status.value,
        street_sees=at_street.status.value,
        agent=at_street.agency.name if at_street.agency else "",
        receipt=str(receipt),
        slip=str(slip),
        screenshots=[str(path) for path in pictures],
        seconds=round(time.monotonic() - started, 3),
    )


def _community(home: Path, demo: Demo, line: LaptopLine, language: str):  # type: ignore[no-untyped-def]
    return counter(home, demo=demo, language=language, hall_url=line.url, enrol_code=demo.community_code)


def _at_home(here: Counter, line: LaptopLine) -> tuple[str, bool, bool, bool]:
    """The laptop was set up at the station; now it is in somebody's living room, without a network."""
    hands = here.hands
    here.open_up()
    here.sign_in("agent")
    hands.wait(lambda: here.ask(lambda desk: desk.link()).link is Link.UP, "the hall is not there")
    line.cut()
    hands.wait(lambda: here.ask(lambda desk: desk.link()).link is Link.DOWN, "the line is still there", 30)
    _type_person(here)
    _choose_item(here)
    _name_agent(here)
    here.ask(_fill)
    hands.click("rail.cases")
    hands.click("rail.intake")  # the page looks again at what the desk has in hand
    for gap in [gap for gap in visit(here).gaps if gap.place is GapPlace.MATERIALS]:
        hands.click(f"material.{gap.key}.seen")
        hands.wait(partial(_is_seen, here, gap.key), "the paper stays open")
    hands.shot("03-papers")
    hands.wait_enabled("intake.receive")
    hands.key(Qt.Key.Key_F9)
    hands.wait(lambda: visit(here).receipt_no is not None, "no receipt number came")
    hands.settle(0.5)
    hands.shot("04-received-offline")
    number = visit(here).receipt_no or ""
    may_accept = hands.sees("intake.accept")
    hands.click("rail.cases")
    hands.wait_for("cases.forward")
    may_accept = may_accept or hands.sees("cases.accept")
    hands.shot("05-to-forward")
    hands.click("cases.forward")
    hands.wait(lambda: not hands.sees("cases.forward"), "the case was not handed on")
    before_line = here.ask(lambda desk: desk.link()).queued > 0
    hands.settle(0.5)
    hands.shot("06-forwarded-offline")
    offline = _says_provisional(printed(here, "RCP")[-1])
    line.mend()
    hands.wait(lambda: here.ask(lambda desk: desk.link()).queued == 0, "the queue did not empty", 60)
    return number, offline, before_line, may_accept


def _type_person(here: Counter) -> None:
    hands = here.hands
    hands.key(Qt.Key.Key_F7)
    hands.wait_for("noCard.name")
    hands.fill("noCard.name", PRINCIPAL[0])
    hands.fill("noCard.number", PRINCIPAL[1])
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: here.view is not None and here.view.person is not None, "nobody was taken")


def _choose_item(here: Counter) -> None:
    hands = here.hands
    hands.key(Qt.Key.Key_F3)
    hands.write("老年人优待卡")
    hits = hands.find("items.hits", QAbstractItemView)
    hands.wait(lambda: 0 < hits.model().rowCount() < 5, "the search found nothing")
    hands.shot("01-item")
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: here.view is not None and here.view.title is not None, "no form came")


def _name_agent(here: Counter) -> None:
    hands = here.hands
    hands.click("agency.open")
    hands.wait_for("agency.name")
    for name, typed in zip(("name", "number", "phone"), AGENT, strict=True):
        hands.fill(f"agency.{name}", typed)
    hands.find("agency.relation", QComboBox).setCurrentIndex(1)
    hands.shot("02-agent")
    hands.click("agency.give")
    hands.wait(lambda: visit(here).agency is not None, "the power of attorney was not taken")


def _fill(desk: DeskApi) -> None:
    for key, typed in FORM.items():
        desk.answer(key, typed)


def _at_the_street(there: Counter, number: str) -> CaseView:
    """The case is in the street's list: its papers are taken over, it is accepted, the department decides."""
    hands = there.hands
    there.open_up()
    there.sign_in("clerk")
    hands.click("rail.cases")
    hands.wait(lambda: _find(there, number) is not None, "the case did not come in", 30)
    hands.wait_for("cases.take_papers")
    hands.settle(0.5)
    hands.shot("07-came-in")
    hands.click("cases.take_papers")
    hands.wait_for("cases.accept")
    hands.settle(0.5)
    hands.shot("08-papers-taken")
    hands.click("cases.accept")
    hands.wait(lambda: _status(there, number) is not CaseStatus.RECEIVED, "the case was not accepted")
    hands.settle(0.5)
    hands.shot("09-accepted")
    hands.wait(lambda: _status(there, number) is CaseStatus.DECIDED, "the department did not decide", 30)
    hands.settle(1.8)
    hands.shot("10-decided")
    hands.wait(lambda: there.ask(lambda desk: desk.link()).queued == 0, "the queue did not empty", 30)
    return _found(there, number)


def _comes_back(again: Counter, number: str) -> CaseView:
    """The community station hears what the street and the department did."""
    hands = again.hands
    again.sign_in("agent")
    hands.click("rail.cases")
    hands.wait(lambda: _status(again, number) is CaseStatus.DECIDED, "the result did not come back", 30)
    hands.settle(1.8)
    hands.shot("11-back-at-the-community")
    return _found(again, number)


def _find(here: Counter, number: str) -> CaseView | None:
    return next((c for c in here.ask(lambda desk: desk.cases()) if c.receipt_no == number), None)


def _found(here: Counter, number: str) -> CaseView:
    found = _find(here, number)
    if found is None:
        raise Stuck("the case is not in the list")
    return found


def _status(here: Counter, number: str) -> CaseStatus | None:
    found = _find(here, number)
    return found.status if found is not None else None


def _is_seen(here: Counter, key: str) -> bool:
    return key not in {gap.key for gap in visit(here).gaps}


def _handover(case: CaseView, name: str) -> datetime | None:
    handover = case.offices.handover if case.offices is not None else None
    return getattr(handover, name) if handover is not None else None


def _time(at: datetime | None) -> str:
    return at.isoformat() if at is not None else ""


def _says_provisional(sheet: Path) -> bool:
    said = subprocess.run(["pdftotext", str(sheet), "-"], capture_output=True, text=True, check=True).stdout
    return "临时收件" in "".join(said.split())
