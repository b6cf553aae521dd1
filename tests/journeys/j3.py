"""J3: gaps - one-time notice, receipt, correction, clock stopped, correction received, clock goes on, accepted, decided."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel

from tests.journeys.counter import Counter, counter
from tests.journeys.j1 import (
    Story,
    bring_person,
    choose_bundle,
    give_notice,
    print_results,
    printed,
    receive,
    type_all,
    visit,
)
from wire.messages import SubCaseState
from workstation.domain.case import CaseStatus
from workstation.forms.model import GapPlace
from workstation.services.views import CaseView


def play(keep: Path, language: str = "zh") -> Story:
    """Play the whole journey; every file it leaves is under `keep`."""
    with counter(keep, language=language) as here:
        hands = here.hands
        here.open_up()
        here.sign_in("clerk")
        hands.keystrokes = hands.clicks = 0
        started = time.monotonic()
        bring_person(here)
        choose_bundle(here)
        give_notice(here)
        type_all(here)
        hands.wait(lambda: all(check.satisfied for check in visit(here).checks), "a check was not answered")
        tell_gaps(here)
        filled = visit(here)
        receive(here)
        seconds = time.monotonic() - started
        case = filled.case
        ask_correction(here, case)
        here.demo.card.remove()
        the_clock_stands(here, case)
        take_correction(here, case)
        accept_from_the_list(here, case)
        strokes, clicks = hands.keystrokes, hands.clicks
        wait_for_the_decisions(here, case)
        here.sign_out()
        decided, slip, reprint = print_results(here)
        return Story(
            journey="J3",
            case=decided.case,
            items=[{"item": sub.item.zh, "state": sub.state.value} for sub in decided.sub_cases],
            fields={"total": filled.fields_total, "typed": filled.typed, "prefilled": filled.prefilled},
            prefilled_share=round(filled.prefilled / max(1, filled.fields_filled), 3),
            keystrokes=strokes,
            clicks=clicks,
            papers_saved=decided.papers_saved,
            receipt=str(printed(here, "RCP")[-1]),
            slip=str(slip),
            reprint=str(reprint),
            screenshots=[str(path) for path in hands.pictures],
            seconds=round(seconds, 3),
        )


def tell_gaps(here: Counter) -> None:
    """F8 before the receipt: what is there, what is still to come, on paper, with no case yet."""
    assert [gap.key for gap in visit(here).gaps if gap.place is GapPlace.MATERIALS], "nothing is missing"
    here.hands.shot("30-gaps")
    here.hands.key(Qt.Key.Key_F8)
    here.hands.wait(lambda: len(printed(here, "GAP")) == 1, "no one-time notice came out")
    here.hands.shot("31-told")


def ask_correction(here: Counter, case: str) -> None:
    """办件, F8: all gaps at once, in words; the notice is printed and the case waits."""
    hands = here.hands
    in_the_list(here, case)
    hands.wait_for("cases.steps")
    hands.key(Qt.Key.Key_F8)
    hands.wait_for("ask.submit")
    hands.settle(0.6)
    hands.shot("32-ask")
    hands.key(Qt.Key.Key_F10)
    hands.wait(lambda: status(here, case) is CaseStatus.CORRECTION_REQUIRED, "no correction was asked for")
    hands.wait(lambda: len(printed(here, "COR")) == 1, "no notice of correction came out")
    hands.shot("33-asked")


def the_clock_stands(here: Counter, case: str) -> None:
    """Back in the list the case says until when it waits; accepting it is not offered."""
    hands = here.hands
    hands.click("steps.back")
    hands.wait_for("cases.table")
    hands.settle(1.8)
    hands.shot("34-waits")
    assert not hands.sees("cases.accept")
    (asked,) = view(here, case).corrections
    assert asked.answered_on is None


def take_correction(here: Counter, case: str) -> None:
    """The citizen comes back: each gap has its answer, the clock goes on."""
    hands = here.hands
    in_the_list(here, case)
    hands.key(Qt.Key.Key_F8)
    hands.wait_for("take.submit")
    hands.settle(0.6)
    answer = hands.find("take.id_father", QComboBox)
    answer.setFocus(Qt.FocusReason.OtherFocusReason)
    hands.key(Qt.Key.Key_Down)
    hands.wait(lambda: answer.currentData() == "brought", "the answer was not chosen")
    hands.shot("35-brought")
    hands.key(Qt.Key.Key_F10)
    hands.wait(lambda: status(here, case) is CaseStatus.CORRECTION_RECEIVED, "the correction was not taken")
    hands.wait(lambda: len(printed(here, "COK")) == 1, "no notice of the correction came out")
    hands.shot("36-taken")
    hands.click("steps.back")


def accept_from_the_list(here: Counter, case: str) -> None:
    """受理 after the correction, F10 in the list."""
    hands = here.hands
    in_the_list(here, case)
    hands.wait_for("cases.accept")
    hands.key(Qt.Key.Key_F10)
    hands.wait(lambda: view(here, case).accepted_at is not None, "the case was not accepted")
    hands.settle(1.8)
    hands.shot("37-accepted")


def wait_for_the_decisions(here: Counter, case: str) -> None:
    """The departments get the case only now, and decide."""
    here.hands.wait(
        lambda: all(sub.state is SubCaseState.DECIDED for sub in view(here, case).sub_cases),
        "the departments did not decide",
        40,
    )
    here.hands.settle(1.8)
    here.hands.shot("38-decided")


def in_the_list(here: Counter, case: str) -> None:
    """Open 办件 with the case chosen."""
    hands = here.hands
    hands.click("rail.cases")
    hands.wait_for("cases.table")
    table = hands.find("cases.table", QAbstractItemView)
    hands.wait(lambda: table.model().rowCount() > 0, "no case in the list")
    hands.choose_row("cases.table", 0)
    hands.wait_for("detailTitle")
    hands.wait(lambda: bool(hands.find("detailTitle", QLabel).text()), "the case was not shown")
    assert here.ask(lambda desk: desk.cases())[0].case == case


def view(here: Counter, case: str) -> CaseView:
    """Return the case as the lists show it."""
    return here.ask(lambda desk: desk.case(case))


def status(here: Counter, case: str) -> CaseStatus:
    """Return where the case is."""
    return view(here, case).status
