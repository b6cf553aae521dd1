"""Checks on the counter screen: told before asked, every outcome with its sentence, its mark and what comes next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.desk import FakeDesk
from tests.ui.intake_counter import FATHER, Counter
from wire.messages import Outcome
from workstation.services.views import CardProofView
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.intake.card_proof import line_of, note_of
from workstation.ui.intake.check_row import _SIGNS
from workstation.ui.intake.material_row import MaterialRow
from workstation.ui.widgets.mark import Sign

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def _counter(qtbot: QtBot, background: Background, **turned: object) -> Counter:
    desk = FakeDesk()
    for name, value in turned.items():
        setattr(desk, name, value)
    desk._clear()
    return Counter(qtbot, desk, background)


def _with_father(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    for key, typed in FATHER.items():
        counter.fill(key, typed)
    qtbot.waitUntil(lambda: len(counter.asked("take_check")) >= 3)
    counter.calm()


def _open_the_form_untold(counter: Counter, qtbot: QtBot) -> None:
    counter.put_card()
    qtbot.waitUntil(lambda: counter.focus() == "items.search")
    counter.type("xsr")
    counter.calm()
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(counter.page.notice.isVisible)
    counter.calm()


# -- notice ----------------------------------------------------------------------------------------------
def test_one_key_tells_and_then_asks_by_itself(qtbot: QtBot, background: Background) -> None:
    counter = _counter(qtbot, background, notified=False)
    _open_the_form_untold(counter, qtbot)
    assert "只用于办这件事" in counter.words("notice.said")
    assert counter.asked("ask") == []
    focus = counter.focus()
    counter.key(Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: ("ask", "household_mother") in counter.desk.calls)
    assert counter.asked("acknowledge_notice") == [("acknowledge_notice",)]
    qtbot.waitUntil(lambda: not counter.page.notice.isVisible())
    assert counter.focus() == focus  # the talk goes on where it was
    assert "2026-1" in counter.find(QPushButton, "checks.ask").toolTip()


def test_the_whole_notice_is_there_on_demand(qtbot: QtBot, background: Background) -> None:
    counter = _counter(qtbot, background, notified=False)
    _open_the_form_untold(counter, qtbot)
    first = counter.focus()
    parts = counter.find(QLabel, "notice.parts")
    assert not parts.isVisible()
    counter.click("notice.whole")
    assert parts.isVisible()
    assert "谁在查" in parts.text()
    counter.find(QPushButton, "notice.give").setFocus()
    counter.click("notice.give")
    qtbot.waitUntil(lambda: bool(counter.asked("acknowledge_notice")))
    qtbot.waitUntil(lambda: not counter.page.notice.isVisible())
    assert counter.focus() == first  # what is still to fill, not the first field


# -- outcomes --------------------------------------------------------------------------------------------
def test_every_outcome_has_a_mark_a_sentence_and_a_next_step() -> None:
    assert set(_SIGNS) == set(Outcome)
    assert Sign.GOOD not in _SIGNS.values()  # only a met rule is good, whatever the outcome
    for outcome in Outcome:
        assert text.outcome(outcome)
        assert text.outcome_next(outcome)


@pytest.mark.parametrize("outcome", [o for o in Outcome if o not in {Outcome.MATCH, Outcome.RECORD_FOUND}])
def test_each_outcome_shows_all_three(qtbot: QtBot, background: Background, outcome: Outcome) -> None:
    counter = _counter(qtbot, background)
    counter.desk.outcomes["marriage"] = outcome
    _with_father(counter, qtbot)
    row = counter.check("marriage")
    qtbot.waitUntil(lambda: row.mark.sign is _SIGNS[outcome])
    no_record = "未查到登记记录（不等于未婚）" if outcome is Outcome.NO_RECORD else text.outcome(outcome)
    assert row.state.text() == no_record
    assert text.outcome_next(outcome) in row.accessibleDescription()
    owed = outcome in {Outcome.UNAVAILABLE, Outcome.PENDING}
    spoken = outcome in {Outcome.NO_MATCH, Outcome.NO_RECORD, Outcome.CONFLICT}
    assert counter.find(QAbstractButton, "check.marriage.defer").isVisible() == owed
    assert counter.find(QAbstractButton, "check.marriage.dispute").isVisible() == spoken


def test_what_is_owed_is_left_open_with_its_day(qtbot: QtBot, background: Background) -> None:
    counter = _counter(qtbot, background)
    counter.desk.outcomes["marriage"] = Outcome.PENDING
    _with_father(counter, qtbot)
    counter.click("check.marriage.defer")
    qtbot.waitUntil(lambda: "最迟 2026-01-08" in counter.check("marriage").accessibleDescription())
    row = counter.find(MaterialRow, "material.marriage_certificate")
    assert row.mark.sign is Sign.BUSY
    assert not counter.find(QAbstractButton, "check.marriage.defer").isVisible()


def test_a_dispute_is_said_in_the_citizens_words_and_entered(qtbot: QtBot, background: Background) -> None:
    counter = _counter(qtbot, background)
    counter.desk.outcomes["marriage"] = Outcome.NO_RECORD
    _with_father(counter, qtbot)
    counter.click("check.marriage.dispute")
    words = counter.find(QLineEdit, "check.marriage.words")
    qtbot.waitUntil(words.hasFocus)
    counter.key(Qt.Key.Key_Return)  # nothing was said: nothing happens
    assert counter.asked("dispute") == []
    counter.type("带了结婚证")
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("dispute", "marriage", "带了结婚证") in counter.desk.calls)
    qtbot.waitUntil(lambda: "异议" in counter.check("marriage").state.text())
    assert not words.isVisible()
    assert "核验异议单已送打印" in counter.words("steps.slip")


def test_a_look_up_that_needs_consent_waits_for_it(qtbot: QtBot, background: Background) -> None:
    counter = _counter(qtbot, background, wants_consent={"marriage"})
    _with_father_but(counter, qtbot)
    assert ("ask", "marriage") not in counter.desk.calls
    assert counter.check("marriage").state.text() == "要办事人同意"
    counter.click("check.marriage.agree")
    qtbot.waitUntil(lambda: ("ask", "marriage") in counter.desk.calls)
    assert counter.asked("consent") == [("consent", "marriage", "True")]


def _with_father_but(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    for key, typed in FATHER.items():
        counter.fill(key, typed)
    qtbot.waitUntil(lambda: len(counter.asked("take_check")) >= 2)
    counter.calm()


def test_the_sheet_of_checks_is_printed_from_the_panel(qtbot: QtBot, background: Background) -> None:
    counter = _counter(qtbot, background)
    counter.to_form()
    counter.click("checks.print")
    qtbot.waitUntil(lambda: bool(counter.asked("print_checks")))
    qtbot.waitUntil(lambda: "核验结果单已送打印" in counter.words("steps.slip"))


# -- promise ---------------------------------------------------------------------------------------------
def test_a_promise_is_printed_then_signed_and_offered_only_where_it_may_be(
    qtbot: QtBot, background: Background
) -> None:
    counter = _counter(qtbot, background, promisable={"head_consent"})
    counter.to_form()
    assert not counter.find(QWidget, "material.birth_certificate.promise").isVisible()
    signed = counter.find(QAbstractButton, "material.head_consent.signed")
    assert not signed.isVisible()
    counter.click("material.head_consent.promise")
    qtbot.waitUntil(signed.isVisible)
    row = counter.find(MaterialRow, "material.head_consent")
    assert row.mark.sign is Sign.CARE  # printed is not promised
    # Nothing of the row is cut at the side of its column.
    room = counter.page._papers.viewport().width()
    assert counter.page.materials.minimumSizeHint().width() <= room
    counter.click("material.head_consent.signed")
    qtbot.waitUntil(lambda: row.mark.sign is Sign.GOOD)
    assert counter.asked("sign_promise") == [("sign_promise", "head_consent", "True")]


# -- card ------------------------------------------------------------------------------------------------
def test_after_the_tap_the_page_says_what_the_card_proves(qtbot: QtBot, background: Background) -> None:
    counter = _counter(qtbot, background)
    assert not counter.page.card_proof.isVisible()
    counter.put_card()
    qtbot.waitUntil(counter.page.card_proof.isVisible)
    assert "82" in counter.words("cardProof.note")
    assert "身份凭证" in counter.words("person.proof")


@pytest.mark.parametrize("why", ["expired", "typed", "no_card"])
def test_a_card_that_proves_nothing_says_why(qtbot: QtBot, why: str) -> None:
    proof = CardProofView((), 82, why)
    assert line_of(proof) == ""
    assert note_of(proof)
