"""The form and the checks of the counter screen, by keys on the real widgets."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget
from pytestqt.qtbot import QtBot

from tests.fakes import newborn
from tests.fakes.talk import Talk
from tests.ui.intake_counter import FATHER, Counter
from wire.messages import Outcome
from workstation.domain.failures import Failure, Refused
from workstation.ui.form.panel import FormPanel
from workstation.ui.widgets.mark import Sign

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


# -- form ------------------------------------------------------------------------------------------------
def test_form_starts_at_the_first_datum_that_is_wanted(counter: Counter) -> None:
    counter.to_form()
    assert counter.focus() == "field.mother.phone"


def test_enter_goes_to_the_next_datum_that_is_wanted(counter: Counter) -> None:
    counter.to_form()
    counter.fill("mother.phone", "13800000000")
    assert counter.focus() == "field.father.name"
    counter.fill("father.id_no", FATHER["father.id_no"])
    assert counter.focus() == "field.child.birth_certificate_no"  # the father's other data are optional


def test_answers_change_fields_in_place_without_taking_the_focus(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    editors = {key: counter.field(key) for key in newborn.ASKS}
    counter.fill("father.name", FATHER["father.name"])
    counter.field("father.id_no").setFocus()
    counter.type(FATHER["father.id_no"])
    counter.key(Qt.Key.Key_Return)
    counter.field("child.name").setFocus()
    counter.type("测小")
    counter.field("child.name").setCursorPosition(1)
    qtbot.waitUntil(lambda: len(counter.asked("take_check")) == 3)
    counter.calm()
    assert (counter.focus(), counter.field("child.name").text()) == ("field.child.name", "测小")
    assert counter.field("child.name").cursorPosition() == 1
    assert editors == {key: counter.field(key) for key in newborn.ASKS}
    assert counter.field("father.ethnicity").text() == "汉族"  # filled by the check meanwhile


def test_date_typed_as_digits_is_shown_as_a_date(counter: Counter) -> None:
    counter.to_form()
    counter.fill("insurance.start", "20260103")
    assert counter.field("insurance.start").text() == "2026-01-03"


def test_wrong_check_digit_is_told_beside_the_field_and_in_the_summary(counter: Counter) -> None:
    counter.to_form()
    counter.fill("father.id_no", "440100189901010012")
    error = counter.page.form._rows["father.id_no"].error
    assert error.isVisible()
    assert any(error.text() in gap for gap in counter.gaps())
    counter.fill("father.id_no", FATHER["father.id_no"])
    assert not error.isVisible()


def test_masked_value_is_revealed_on_the_record(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    assert counter.field("mother.name").text() == "测**"
    counter.field("mother.name").setFocus()
    counter.calm()
    assert counter.field("mother.name").text() == "测**"  # coming to it shows nothing
    assert not counter.asked("reveal")
    counter.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: counter.field("mother.name").text() == "测试一")
    assert counter.asked("reveal") == [("reveal", "mother.name")]


def change_mothers_name(counter: Counter, qtbot: QtBot) -> None:
    counter.reveal("mother.name")
    qtbot.waitUntil(lambda: counter.field("mother.name").text() == "测试一")
    counter.field("mother.name").selectAll()
    counter.type("测试壹")
    counter.key(Qt.Key.Key_Return)


def test_card_value_is_changed_only_with_a_reason(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    change_mothers_name(counter, qtbot)
    assert counter.focus() == "reason.mother.name"
    assert not counter.asked("answer")
    counter.type("写错了")
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.asked("answer") == [("answer", "mother.name", "测试壹", "写错了")])
    counter.calm()
    assert counter.known("mother.name").value == "测试壹"
    assert counter.focus() == "field.mother.phone"


def test_escape_gives_the_change_of_a_card_value_up(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    change_mothers_name(counter, qtbot)
    counter.key(Qt.Key.Key_Escape)
    counter.calm()
    assert not counter.asked("answer")
    counter.field("mother.phone").setFocus()
    assert counter.field("mother.name").text() == "测**"


def test_escape_in_the_field_gives_the_waiting_change_up_too(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    change_mothers_name(counter, qtbot)
    counter.field("mother.name").setFocus()
    counter.key(Qt.Key.Key_Escape)
    counter.calm()
    assert counter.field("mother.name").text() != "测试壹"
    assert not counter.page.form.focus_open_reason()


def test_step_waits_for_the_reason_of_a_change(counter: Counter, qtbot: QtBot) -> None:
    counter.to_ready()
    change_mothers_name(counter, qtbot)
    counter.field("mother.phone").setFocus()
    counter.key(Qt.Key.Key_F9)
    counter.calm()
    assert not counter.asked("receive")
    assert counter.focus() == "reason.mother.name"


def test_refused_answer_keeps_the_typing(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    counter.desk.refuse["answer"] = Refused(Failure.STORE_FULL)
    counter.fill("father.name", "测试二")
    qtbot.waitUntil(counter.find(QLabel, "banner.text").isVisible)
    assert counter.field("father.name").text() == "测试二"
    del counter.desk.refuse["answer"]
    counter.field("father.name").setFocus()
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.known("father.name").value == "测试二")


# -- checks ----------------------------------------------------------------------------------------------
def test_checks_are_asked_as_soon_as_they_can_be(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    assert [call[1] for call in counter.asked("ask")] == ["household_mother"]
    for key, text in FATHER.items():
        counter.fill(key, text)
    qtbot.waitUntil(lambda: len(counter.asked("take_check")) == 3)
    assert counter.check("marriage").mark.sign is Sign.GOOD
    assert "HY20260105" in counter.check("marriage").accessibleDescription()


def test_register_that_is_down_is_asked_again_only_by_the_key(counter: Counter, qtbot: QtBot) -> None:
    counter.desk.outcomes["household_mother"] = Outcome.UNAVAILABLE
    counter.to_form()
    for key, text in FATHER.items():  # makes other checks ready, which are asked by themselves
        counter.fill(key, text)
    qtbot.waitUntil(lambda: len(counter.asked("take_check")) == 3)
    assert counter.asked("ask").count(("ask", "household_mother")) == 1
    assert counter.check("household_mother").mark.sign is Sign.CARE
    counter.desk.outcomes["household_mother"] = Outcome.MATCH
    counter.key(Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: counter.check("household_mother").mark.sign is Sign.GOOD)
    assert counter.asked("ask").count(("ask", "household_mother")) == 2


def test_no_record_is_shown_as_no_record_with_the_paper_path(counter: Counter, qtbot: QtBot) -> None:
    counter.desk.outcomes["marriage"] = Outcome.NO_RECORD
    counter.to_form()
    for key, text in FATHER.items():
        counter.fill(key, text)
    qtbot.waitUntil(lambda: counter.check("marriage").mark.sign is Sign.NOTHING)
    said = counter.check("marriage").accessibleName() + counter.check("marriage").accessibleDescription()
    assert said.count("未婚") == said.count("未查到登记记录（不等于未婚）") == 1
    assert "单身" not in said
    assert "原件" in said


def test_check_under_way_is_asked_once(counter: Counter, qtbot: QtBot) -> None:
    go_on = threading.Event()
    ask = counter.desk.ask

    def slow(query: object) -> object:
        check = ask(query)  # type: ignore[arg-type]
        go_on.wait(10)
        return check

    counter.desk.ask = slow  # type: ignore[method-assign, assignment]
    counter.put_card()
    qtbot.waitUntil(lambda: counter.focus() == "items.search")
    counter.type("xsr")
    qtbot.waitUntil(lambda: counter.find(QListWidget, "items.hits").count() == 1)
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(counter.asked("ask")) == 1)
    assert counter.check("household_mother").mark.sign is Sign.BUSY
    counter.key(Qt.Key.Key_F6)
    counter.calm()
    go_on.set()
    qtbot.waitUntil(lambda: counter.check("household_mother").mark.sign is Sign.GOOD)
    assert len(counter.asked("ask")) == 1


def test_answer_for_a_visit_put_away_is_let_go(counter: Counter, qtbot: QtBot) -> None:
    go_on = threading.Event()
    ask = counter.desk.ask

    def slow(query: object) -> object:
        check = ask(query)  # type: ignore[arg-type]
        go_on.wait(10)
        return check

    counter.desk.ask = slow  # type: ignore[method-assign, assignment]
    counter.put_card()
    qtbot.waitUntil(lambda: counter.focus() == "items.search")
    counter.type("xsr")
    qtbot.waitUntil(lambda: counter.find(QListWidget, "items.hits").count() == 1)
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(counter.asked("ask")) == 1)
    counter.click("intake.new")
    go_on.set()
    qtbot.waitUntil(lambda: counter.find(QListWidget, "drafts.list").count() == 1)
    counter.calm()
    assert not counter.asked("take_check")
    assert counter.page.talk.view is None


def test_fields_that_go_while_the_focus_is_in_them_pass_it_on_in_peace(qtbot: QtBot) -> None:
    talk = Talk("case", {}, opened=True, person=newborn.mother(), chosen=newborn.BUNDLE)
    panel = FormPanel()
    qtbot.addWidget(panel)
    panel.show_visit(talk.view(), locked=False)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    first, *_, last = talk.view().sections
    assert panel.focus_field(first.fields[0].key)
    # A slot that raises fails the test: the field that takes the focus over has to be known.
    panel.show_visit(replace(talk.view(), sections=(last,)), locked=False)
    assert panel.focus_field(last.fields[0].key)
    assert not panel.focus_field(first.fields[0].key)


def test_no_heading_of_the_last_form_stands_between_those_of_the_new_one(qtbot: QtBot) -> None:
    talk = Talk("case", {}, opened=True, person=newborn.mother(), chosen=newborn.BUNDLE)
    panel = FormPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_visit(talk.view(), locked=False)
    last = talk.view().sections[-1]
    panel.show_visit(replace(talk.view(), sections=(last,)), locked=False)
    heads = [head.text() for head in panel.findChildren(QLabel, "sectionTitle") if head.isVisible()]
    assert heads == [last.title.zh]


def test_a_character_that_no_font_has_is_told_beside_the_field(counter: Counter) -> None:
    counter.to_form()
    counter.fill("child.name", "测\U00030000")
    row = counter.field("child.name").parent()
    error = row.findChild(QLabel, "fieldError")
    assert isinstance(error, QLabel)
    assert "U+30000" in error.text()
    assert not error.isHidden()
    counter.fill("child.name", "测小宝")
    assert error.isHidden()
