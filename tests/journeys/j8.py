"""J8: the citizen disputes a reply - 异议单, the paper path, the case goes on, and the department answers."""

from __future__ import annotations

import re
import time
from pathlib import Path

import httpx2
from PySide6.QtCore import Qt

from demo.environment import Demo
from tests.journeys.counter import counter
from tests.journeys.j1 import Story, accept, handle_papers, printed, receive, visit
from tests.journeys.j5 import how_of_the_certificate, marriage, story, to_the_unanswered_check
from wire.messages import MaterialHow, Outcome, Verdict


def play(keep: Path, language: str = "zh") -> Story:
    """Play the journey; every file is under `keep`."""
    with counter(keep, language=language) as here:
        hands = here.hands
        here.open_up()
        here.sign_in("clerk")
        here.demo.set_register("marriage", "empty")
        hands.keystrokes = hands.clicks = 0
        started = time.monotonic()
        to_the_unanswered_check(here, Outcome.NO_RECORD)
        hands.shot("30-no-record")
        hands.click("check.marriage.dispute")
        hands.wait_for("check.marriage.words")
        hands.write("已在越秀区登记结婚，带了结婚证")
        hands.settle(0.2)  # the Enter that ends a composition is not the clerk's
        hands.key(Qt.Key.Key_Return)
        hands.wait(lambda: marriage(visit(here)).disputed, "the dispute was not taken")
        hands.wait(lambda: len(printed(here, "DIS")) == 1, "no dispute sheet came out")
        hands.click("checks.print")
        hands.wait(lambda: len(printed(here, "VER")) == 1, "no sheet of checks came out")
        hands.shot("31-disputed")
        hands.click("material.marriage_certificate.seen")
        hands.wait(
            lambda: how_of_the_certificate(visit(here)) is MaterialHow.ORIGINAL_SEEN,
            "the original was not noted",
        )
        handle_papers(here)
        filled = visit(here)
        receive(here)
        seconds = time.monotonic() - started
        accept(here)
        strokes, clicks = hands.keystrokes, hands.clicks
        answer_as_the_department(here.demo, "civil_affairs", Verdict.CORRECTED, "原登记漏录，已补录")
        hands.click("rail.cases")
        hands.wait_for("cases.table")

        def answered() -> bool:
            disputes = here.ask(lambda desk: desk.case(filled.case)).disputes
            return bool(disputes) and disputes[0].verdict is Verdict.CORRECTED

        hands.wait(answered, "the department's word did not come", 30)
        hands.settle(1.8)
        hands.shot("32-answered")
        case = here.ask(lambda desk: desk.case(filled.case))
        return story(here, "J8", case, filled, strokes, clicks, seconds)


def answer_as_the_department(demo: Demo, department: str, verdict: Verdict, text: str) -> str:
    """Answer the first dispute on the department's page, as a person there would; returns queue and dispute as shown."""
    with httpx2.Client(base_url=demo.hall_url, trust_env=False, follow_redirects=True, timeout=10) as page:
        page.post(
            f"/desk/{department}/sign-in", data={"login": "reviewer", "password": "demo-reviewer"}
        ).raise_for_status()
        for _ in range(100):
            queue = page.get(f"/desk/{department}").text
            links = re.findall(rf"/desk/{department}/disputes/([\w-]+)", queue)
            if links:
                break
            time.sleep(0.1)
        address = f"/desk/{department}/disputes/{links[0]}"
        shown = page.get(address).text
        mark = re.search(r'name="mark" value="(\w+)"', shown)
        if mark is None:
            raise AssertionError(address)
        sent = page.post(address, data={"mark": mark[1], "verdict": verdict.value, "text": text})
        sent.raise_for_status()
        return queue + shown
