"""J1: a newborn at a street counter - card, checks, one form, receipt, acceptance, three departments, one slip."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from tests.journeys.counter import CARDS, Counter, counter
from tests.journeys.driver import Stuck
from wire.messages import SubCaseState
from workstation.domain.case import CaseStatus
from workstation.forms.model import GapPlace
from workstation.services.views import CaseView, VisitView

# What a clerk types, by element; everything else comes from card, checks and proposals. Synthetic people only:
# births before 1900 (cards.md 7); the newborn has no number yet.
TYPED = {
    "child.birth_certificate_no": "Y440100001",
    "child.name": "测小宝",
    "father.name": "测试二",
    "father.id_no": "440100189901010011",
    "household.relation_to_head": "30",
    "contact.phone": "13800000000",
}


@dataclass(frozen=True, slots=True)
class Story:
    """What the journey did; paths are absolute, seconds run from the card to the receipt."""

    journey: str
    case: str
    items: list[dict[str, str]]
    fields: dict[str, int]
    prefilled_share: float  # of the data that were filled: came by themselves
    keystrokes: int
    clicks: int
    papers_saved: int
    receipt: str
    slip: str
    reprint: str
    screenshots: list[str]
    seconds: float


def play(keep: Path) -> Story:
    """Play the whole journey; every file it leaves is under `keep`."""
    with counter(keep) as here:
        hands = here.hands
        here.open_up()
        hands.shot("02-signin")
        here.sign_in("clerk")
        hands.shot("03-empty")
        hands.keystrokes = hands.clicks = 0
        started = time.monotonic()
        bring_person(here)
        choose_bundle(here)
        give_notice(here)
        fill_form(here)
        handle_papers(here)
        filled = visit(here)
        receive(here)
        seconds = time.monotonic() - started
        accept(here)
        strokes, clicks = hands.keystrokes, hands.clicks
        look_at_lists(here)
        here.sign_out()
        case, slip, reprint = print_results(here)
        return Story(
            journey="J1",
            case=case.case,
            items=[{"item": sub.item.zh, "state": sub.state.value} for sub in case.sub_cases],
            fields={"total": filled.fields_total, "typed": filled.typed, "prefilled": filled.prefilled},
            prefilled_share=round(filled.prefilled / max(1, filled.fields_filled), 3),
            keystrokes=strokes,
            clicks=clicks,
            papers_saved=case.papers_saved,
            receipt=str(printed(here, "RCP")[-1]),
            slip=str(slip),
            reprint=str(reprint),
            screenshots=[str(path) for path in hands.pictures],
            seconds=round(seconds, 3),
        )


def visit(here: Counter) -> VisitView:
    """Return what the intake page shows; there must be a visit."""
    if here.view is None:
        raise Stuck("no visit under way")
    return here.view


def bring_person(here: Counter) -> None:
    """The citizen's card goes into the reader; the window reads it by itself."""
    here.demo.card.insert(CARDS / "mother-2.0.json")
    here.hands.wait_for("person.name")
    here.hands.wait(
        lambda: here.view is not None and here.view.person is not None, "nobody was read from the card"
    )
    here.hands.shot("04-person")


def choose_bundle(here: Counter) -> None:
    """F3, initials, Enter."""
    hands = here.hands
    hands.key(Qt.Key.Key_F3)
    hands.write("xse")
    hits = hands.find("items.hits", QAbstractItemView)
    hands.wait(lambda: 0 < hits.model().rowCount() < 5, "the search found nothing")
    hands.shot("05-search")
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: here.view is not None and here.view.title is not None, "no form came")
    hands.wait_for("field.child.name")
    hands.shot("06-form")


def give_notice(here: Counter) -> None:
    """The citizen is told who asks what; F6 notes it, and asks whatever can be asked."""
    here.hands.wait_for("notice.give")
    here.hands.key(Qt.Key.Key_F6)
    here.hands.wait(lambda: _is_told(here), "the notice was not noted")


def fill_form(here: Counter) -> None:
    """Type what is not known, and wait until every register has said what is needed."""
    type_all(here)
    here.hands.wait(
        lambda: all(check.satisfied for check in visit(here).checks), "not all checks were answered well"
    )
    here.hands.shot("07-checked")


def type_all(here: Counter) -> None:
    """Type what is not known; Enter leads from gap to gap, checks are asked by themselves."""
    hands = here.hands
    left = dict(TYPED)
    while left:
        hands.wait(lambda: _field_in_hand(here) in left, f"the focus did not come to one of {sorted(left)}")
        key = _field_in_hand(here)
        hands.write(left.pop(key))
        hands.key(Qt.Key.Key_Return)
        hands.wait(partial(_is_taken, here, key), f"{key} was not taken")


def handle_papers(here: Counter) -> None:
    """What nothing replaces is looked at: the tick beside the paper."""
    for gap in [gap for gap in visit(here).gaps if gap.place is GapPlace.MATERIALS]:
        here.hands.click(f"material.{gap.key}.seen")
        here.hands.wait(partial(_is_mended, here, gap.key), "the paper stays open")
    here.hands.wait(lambda: not visit(here).gaps, f"gaps left: {[gap.key for gap in visit(here).gaps]}")


def receive(here: Counter) -> None:
    """F9: 收件."""
    here.hands.wait_enabled("intake.receive")
    here.hands.key(Qt.Key.Key_F9)
    here.hands.wait(lambda: visit(here).receipt_no is not None, "no receipt number came")
    here.hands.shot("08-received")


def accept(here: Counter) -> None:
    """F10: 受理."""
    here.hands.wait_enabled("intake.accept")
    here.hands.key(Qt.Key.Key_F10)
    here.hands.wait(lambda: visit(here).status is CaseStatus.ACCEPTED, "the case was not accepted")
    here.hands.shot("09-accepted")
    here.demo.card.remove()


def look_at_lists(here: Counter) -> None:
    """办件 and 工位, while the departments work."""
    here.hands.click("rail.cases")
    here.hands.wait_for("cases.table")
    here.hands.wait(lambda: _decided(here), "the departments did not decide", 30)
    here.hands.settle(1.8)
    here.hands.shot("10-cases")
    here.hands.click("rail.station")
    here.hands.settle(1.2)
    here.hands.shot("11-station")
    here.hands.click("rail.transfer")
    here.hands.wait_for("transfer.tabs")
    here.hands.settle(1.2)
    here.hands.shot("11a-transfer")


def print_results(here: Counter) -> tuple[CaseView, Path, Path]:
    """The supervisor prints the result slip, and once more."""
    hands = here.hands
    here.sign_in("supervisor")
    hands.click("rail.results")
    hands.wait_for("results.table")
    table = hands.find("results.table", QAbstractItemView)
    hands.wait(lambda: table.model().rowCount() > 0, "no decided case in the list")
    hands.shot("12-results")
    hands.click("results.print")
    hands.wait(lambda: len(printed(here, "FIN")) == 1, "no result slip came out")
    hands.settle(0.5)
    hands.shot("13-printed")
    hands.click("results.print")
    hands.wait(lambda: len(printed(here, "FIN")) == 2, "no second slip came out")
    hands.settle(0.5)
    hands.shot("14-reprinted")
    (case,) = here.ask(lambda desk: desk.results())
    # The hall must know the serials before anybody can have them confirmed there.
    hands.wait(lambda: here.ask(lambda desk: desk.link()).queued == 0, "the queue did not empty")
    first, second = printed(here, "FIN")
    return case, first, second


def printed(here: Counter, kind: str) -> list[Path]:
    """Return the sheets of a kind in the order of their serials."""
    return sorted(here.settings.prints.glob(f"*{kind}*.pdf"))


def _is_told(here: Counter) -> bool:
    notice = visit(here).notice
    return notice is not None and notice.given_at is not None


def _is_mended(here: Counter, key: str) -> bool:
    return key not in {gap.key for gap in visit(here).gaps}


def _is_taken(here: Counter, key: str) -> bool:
    return _answer(here, key) != ""


def _field_in_hand(here: Counter) -> str:
    widget: QWidget | None = here.hands.focused()
    while widget is not None and not widget.objectName().startswith("field."):
        widget = widget.parentWidget()
    return widget.objectName().removeprefix("field.") if widget is not None else ""


def _answer(here: Counter, key: str) -> str:
    return next((f.value for s in visit(here).sections for f in s.fields if f.key == key), "")


def _decided(here: Counter) -> bool:
    cases = here.ask(lambda desk: desk.cases())
    return bool(cases) and all(sub.state is SubCaseState.DECIDED for sub in cases[0].sub_cases)
