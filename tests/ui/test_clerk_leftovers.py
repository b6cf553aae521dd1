"""What a clerk stumbled over: a detail squeezed to four lines, a strip cut in the middle, a way that led nowhere, a typed number left in clear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import transfers, worklist
from tests.fakes.desk import FakeDesk
from tests.fakes.newborn import NOW
from tests.ui.intake_counter import FATHER, Counter
from tests.ui.shell_hands import Hands, window
from workstation.domain.needs_fixing import ACTS, Act, Advice
from workstation.domain.staleness import Cause, Stage, Staleness
from workstation.services.views import Link, LinkView
from workstation.ui.background import Background
from workstation.ui.form.editor import Editor
from workstation.ui.widgets.detail import CaseDetail

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def hands(qtbot: QtBot) -> Iterator[Hands]:
    with window(qtbot, FakeDesk()) as made:
        made.shell()
        yield made


def test_a_case_of_which_much_is_told_scrolls_as_a_whole(qtbot: QtBot) -> None:
    """The items keep their height whatever stands above them."""
    case = next(each for each in worklist.cases() if len(each.sub_cases) > 2)
    told = replace(case, waiting=tuple((case.title, NOW.date()) for _ in range(12)))
    detail = CaseDetail()
    qtbot.addWidget(detail)
    detail.resize(detail.width(), 480)
    detail.show()
    heights = []
    for each in (case, told):
        detail.show_case(each)
        qtbot.wait(20)
        heights.append([sub.height() for sub in detail.findChildren(QWidget, "subCase") if sub.isVisible()])
    assert heights[0] == heights[1]
    assert len(heights[0]) == len(case.sub_cases)
    scroll = detail.findChild(QScrollArea, "subCases")
    assert isinstance(scroll, QScrollArea)
    assert scroll.verticalScrollBar().maximum() > 0
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    last = [sub for sub in detail.findChildren(QWidget, "subCase") if sub.isVisible()][-1]
    bottom = last.mapTo(scroll.viewport(), last.rect().bottomLeft()).y()
    assert bottom <= scroll.viewport().height()


def everything_wrong() -> LinkView:
    return LinkView(
        Link.DOWN,
        NOW - timedelta(days=3),
        481,
        17,
        NOW - timedelta(days=3),
        staff_days_left=1,
        clock_behind_s=900,
        alone=Staleness(Stage.RESTRICTED, Cause.SILENT, 80.0),
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_strip_cuts_no_word_and_says_how_many_states_follow(qtbot: QtBot, language: str) -> None:
    desk = FakeDesk()
    desk.link_view = everything_wrong()
    with window(qtbot, desk, language) as hands:
        words = hands.shell().strip.link.words
        hands.window.resize(1180, 660)
        hands.wait(lambda: "17" in words.text())
        # The window has its new width a moment after it was told: until then words are cut for the one before.
        hands.wait(lambda: "17" in words.shown() and "…" not in words.shown())
        shown, whole = words.shown(), words.text()
        assert QFontMetrics(words.font()).horizontalAdvance(shown) <= words.contentsRect().width()
        if shown != whole:
            kept, _, more = shown.rpartition(" · +")
            assert whole.startswith(kept)
            assert int(more) == len(whole.split(" · ")) - len(kept.split(" · "))
        assert "17" in shown  # what a person has to see to comes first


def test_a_step_whose_number_the_hall_knows_otherwise_leads_to_the_new_enrolment(hands: Hands) -> None:
    parked = transfers.parked(1, "id_reused")
    assert parked.acts == ACTS[Advice.IDENTITY]
    hands.desk.transfer_view = replace(transfers.quiet(), parked=(parked,))
    hands.ctrl(Qt.Key.Key_7)
    hands.wait_for(f"transfer.{Act.RE_ENROL.value}")
    hands.key(Qt.Key.Key_F6)
    hands.wait_for("station.again_code")
    assert hands.focus() == "station.again_code"
    hands.shell().poll()  # what the link says does not close it
    hands.calm()
    hands.line("station.again_code").setText("NEW-CODE")
    hands.key(Qt.Key.Key_F9)
    hands.wait(lambda: bool(hands.asked("enrol_again")))
    hands.wait(lambda: not hands.sees("station.again_code"))


def test_the_new_enrolment_shows_its_key(hands: Hands) -> None:
    hands.desk.link_view = replace(hands.desk.link_view, copied=True)
    hands.ctrl(Qt.Key.Key_5)
    hands.wait_for("station.again")
    assert hands.find(QWidget, "station.again").property("text") == "重新登记  F9"


def test_what_was_typed_before_is_masked_as_soon_as_the_next_field_is_typed_in(qtbot: QtBot) -> None:
    background = Background()
    counter = Counter(qtbot, FakeDesk(), background)
    try:
        counter.to_form()
        field = counter.find(Editor, "field.father.id_no")
        field._lingers.setInterval(600_000)  # not the time masks it, but the next field
        counter.fill("father.id_no", FATHER["father.id_no"])
        assert field.text() == FATHER["father.id_no"]  # to be read once more
        counter.fill("child.name", "测")
        qtbot.waitUntil(lambda: field.text() == "440***********0011")
    finally:
        background.close()
