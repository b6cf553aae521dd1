"""J5: the register of civil affairs is down - pending with automatic re-check, and the paper path with the original seen."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from demo.environment import Demo
from tests.journeys.counter import Counter, counter
from tests.journeys.j1 import (
    Story,
    accept,
    bring_person,
    choose_bundle,
    give_notice,
    handle_papers,
    printed,
    receive,
    type_all,
    visit,
)
from wire.messages import MaterialHow, Outcome
from workstation.services.views import CaseView, CheckView, VisitView


def play(keep: Path, language: str = "zh") -> Story:
    """Play both ways, one citizen after the other; every file is under `keep`."""
    # The departments leave the case to people here: once it is decided nobody has a reason to ask about it any more.
    with (
        Demo(keep / "demo", Path(sys.executable), review=False) as demo,
        counter(keep, demo=demo, language=language) as here,
    ):
        hands = here.hands
        here.open_up()
        here.sign_in("clerk")
        here.demo.set_register("marriage", "down")
        hands.keystrokes = hands.clicks = 0
        started = time.monotonic()
        to_the_unanswered_check(here, Outcome.UNAVAILABLE)
        hands.shot("20-register-down")
        hands.click("check.marriage.defer")
        hands.wait(
            lambda: how_of_the_certificate(visit(here)) is MaterialHow.PENDING, "the check was not left open"
        )
        hands.shot("21-left-open")
        handle_papers(here)
        filled = visit(here)
        receive(here)
        seconds = time.monotonic() - started
        accept(here)
        strokes, clicks = hands.keystrokes, hands.clicks
        waiting = filled.case
        _wait_for_the_answer(here, waiting)
        here.demo.set_register("marriage", "down")
        hands.click("rail.intake")
        hands.click("intake.new")
        to_the_unanswered_check(here, Outcome.UNAVAILABLE)
        hands.click("material.marriage_certificate.seen")
        hands.wait(
            lambda: how_of_the_certificate(visit(here)) is MaterialHow.ORIGINAL_SEEN,
            "the original was not noted",
        )
        handle_papers(here)
        receive(here)
        accept(here)
        hands.shot("24-paper-path")
        case = here.ask(lambda desk: desk.case(waiting))
        return story(here, "J5", case, filled, strokes, clicks, seconds)


def to_the_unanswered_check(here: Counter, outcome: Outcome) -> None:
    """Card, bundle, notice, form; ends when the marriage register has given the outcome."""
    bring_person(here)
    choose_bundle(here)
    give_notice(here)
    type_all(here)
    here.hands.wait(
        lambda: all(c.outcome is not None for c in visit(here).checks), "not all checks were answered"
    )
    said = marriage(visit(here)).outcome
    if said is not outcome:
        raise AssertionError(said)


def marriage(view: VisitView) -> CheckView:
    """The check of the parents' marriage record."""
    return next(check for check in view.checks if check.rule == "marriage")


def story(
    here: Counter, name: str, case: CaseView, filled: VisitView, strokes: int, clicks: int, seconds: float
) -> Story:
    """What is told of a journey that ends with the acceptance."""
    return Story(
        journey=name,
        case=case.case,
        items=[{"item": sub.item.zh, "state": sub.state.value} for sub in case.sub_cases],
        fields={"total": filled.fields_total, "typed": filled.typed, "prefilled": filled.prefilled},
        prefilled_share=round(filled.prefilled / max(1, filled.fields_filled), 3),
        keystrokes=strokes,
        clicks=clicks,
        papers_saved=case.papers_saved,
        receipt=str(printed(here, "RCP")[0]),
        slip=str(printed(here, "ACC")[0]),
        reprint="",
        screenshots=[str(path) for path in here.hands.pictures],
        seconds=round(seconds, 3),
    )


def _wait_for_the_answer(here: Counter, waiting: str) -> None:
    hands = here.hands
    hands.click("rail.cases")
    hands.wait_for("cases.table")
    hands.wait(lambda: bool(here.ask(lambda desk: desk.case(waiting)).waiting), "the case does not wait")
    hands.settle(1.8)
    hands.shot("22-waiting")
    here.demo.set_register("marriage", "up")
    hands.wait(
        lambda: not here.ask(lambda desk: desk.case(waiting)).waiting, "the answer did not come by itself", 30
    )
    hands.settle(1.8)
    hands.shot("23-answered")


def how_of_the_certificate(view: VisitView) -> MaterialHow:
    """How the marriage certificate stands."""
    return next(m.how for m in view.materials if m.id == "marriage_certificate")
