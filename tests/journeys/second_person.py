"""A refusal needs two: the clerk proposes, cannot sign it himself, a supervisor signs; the desk locks when a card is taken."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from demo.environment import OPERATOR
from tests.journeys.counter import Counter, counter
from tests.journeys.j1 import bring_person, choose_bundle, fill_form, give_notice, printed, receive
from workstation.domain.case import CaseStatus

WHY = "户口在外区，由所在区办理"
BODY = "测试区公安分局"


def play(keep: Path) -> dict[str, object]:
    """Play it in the real window; returns what a test looks at."""
    with counter(keep, operator=True) as here:
        hands = here.hands
        here.open_up()
        here.sign_in("clerk")
        bring_person(here)
        choose_bundle(here)
        give_notice(here)
        fill_form(here)
        receive(here)
        here.demo.card.remove()
        _propose(here)
        own = _sign(here, "clerk")
        hands.wait(lambda: bool(hands.banner()), "nobody said that the clerk cannot sign")
        said = hands.banner()
        hands.shot("second-02-own")
        _sign(here, "supervisor")
        hands.wait_for("proposals.done")
        hands.shot("second-03-signed")
        (case,) = here.ask(lambda desk: desk.cases())
        here.sign_out()
        _card(here)
        return {
            "own": own,
            "said": said,
            "status": case.status is CaseStatus.NOT_ACCEPTED,
            "notice": str(printed(here, "REF")[-1]),
            "pictures": [str(path) for path in hands.pictures],
        }


def _propose(here: Counter) -> None:
    hands = here.hands
    hands.key(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    hands.wait_for("cases.propose")
    hands.click("cases.propose")
    hands.wait_for("propose.text")
    hands.wait(lambda: hands.find("propose.kind", QComboBox).count() > 0, "nothing can be proposed")
    # Down the list of reasons to the one that names another body.
    hands.focus("propose.reason")
    hands.key(Qt.Key.Key_Escape)
    hands.find("propose.reason", QComboBox).setCurrentIndex(1)
    hands.fill("propose.body", BODY)
    hands.focus("propose.text")
    hands.write(WHY)
    hands.shot("second-01-wish")
    hands.click("propose.submit")
    hands.wait_for("proposal.sign")


def _sign(here: Counter, login: str) -> str:
    here.hands.fill("proposal.login", login)
    here.hands.fill("proposal.password", f"demo-{login}")
    here.hands.click("proposal.sign")
    return login


def _card(here: Counter) -> None:
    """Signed in with a card; it is taken, put back, and the same page stands there again."""
    hands = here.hands
    here.demo.operator.insert(OPERATOR)
    hands.wait(here.operator_is_there, "the operator's card was not seen")
    here.sign_in("cardholder")
    hands.key(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    hands.wait_for("supervisionPage")
    here.demo.operator.remove()
    hands.wait_for("lock.password")
    hands.wait(lambda: not hands.sees("supervisionPage"), "the page stayed in sight")
    lead = next(each.text() for each in here.window.findChildren(QLabel, "gateLead") if each.isVisible())
    hands.wait(lambda: "cardholder" in lead, "the lock does not say whose it is")
    hands.shot("second-04-locked")
    here.demo.operator.insert(OPERATOR)
    hands.wait_for("supervisionPage")
