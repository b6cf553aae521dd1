"""What a clerk who serves forty people a day stumbled over at the counter screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from catalogue.model import Text
from tests.ui.intake_counter import Counter
from workstation.domain.failures import Failure
from workstation.forms.model import GapPlace, Problem
from workstation.services.views import GapView
from workstation.ui.form.row import FieldRow
from workstation.ui.words.failures import remedy

_LINE_MARGIN = 4

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_after_the_pin_the_hand_is_back_at_the_search_and_not_at_the_next_citizen(counter: Counter) -> None:
    counter.put_card()
    counter.find(QPushButton, "person.pin_ask").click()
    counter.type("123456")
    counter.key(Qt.Key.Key_Return)
    counter.calm()
    assert counter.focus() == "items.search"


def test_after_the_pin_the_hand_is_back_in_the_form(counter: Counter) -> None:
    counter.to_form()
    counter.find(QPushButton, "person.pin_ask").click()
    counter.type("123456")
    counter.key(Qt.Key.Key_Return)
    counter.calm()
    assert counter.focus().startswith("field.")


def test_the_form_begins_behind_what_a_check_is_about_to_fill(counter: Counter) -> None:
    counter.to_form()
    view = counter.page.talk.view
    assert view is not None
    gaps = [f.key for s in view.sections for f in s.fields if f.required and not f.value]
    first = gaps[0]
    waiting = tuple(
        replace(s, fields=tuple(replace(f, awaited=True) if f.key == first else f for f in s.fields))
        for s in view.sections
    )
    counter.page._show(replace(view, sections=waiting))
    counter.page.form.focus_first()
    assert counter.focus() == f"field.{gaps[1]}"


def test_a_whole_draft_is_gone_on_with_at_the_next_step_and_reveals_nobody(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.to_ready()
    view = counter.page.talk.view
    counter.field("mother.name").setFocus()
    monkeypatch.setattr(counter.page.talk, "resume", lambda _: counter.page._show(view))
    counter.page._resume("draft")
    assert counter.focus() == "intake.receive"


def test_while_a_card_is_read_nobody_is_told_to_put_it_in(counter: Counter) -> None:
    strip = counter.page.person
    strip.show_reading(on=True)
    assert counter.words("person.about") == "正在读取，稍等"
    strip.show_reading(on=False)
    assert counter.words("person.about") == "还没有办事人，把卡放上读卡器"


@pytest.mark.parametrize(
    "failure",
    [
        Failure.CARD_MUTE,
        Failure.CARD_HUNG,
        Failure.CARD_FOREIGN,
        Failure.CARD_BLOCKED,
        Failure.CARD_LOCKED_FIELDS,
        Failure.CARD_UNREADABLE,
        Failure.CARD_NOT_GENUINE,
        Failure.NO_PERSON,
    ],
)
def test_a_card_that_cannot_be_used_names_the_key_that_goes_on_without_it(failure: Failure) -> None:
    assert "F7" in remedy(failure)


def test_a_gap_is_read_to_its_end(counter: Counter) -> None:
    counter.to_form()
    gaps = counter.page.gaps
    view = counter.page.talk.view
    assert view is not None
    long = replace(view.gaps[0], label=Text("小一寸白底照片（近三个月）和家长签字的承诺书原件", "Long"))
    # Words that are not cut: by letters it would seem to fit two lines.
    words_only = replace(long, label=Text("Copy of the bank accounts internationally acknowledged", "Long"))
    counter.page._show(replace(view, gaps=(*view.gaps[1:], words_only, long)))
    assert gaps.list.horizontalScrollBar().maximum() == 0
    for row in range(gaps.list.count()):
        line = gaps.list.visualItemRect(gaps.list.item(row))
        inside = line.width() - 2 * _LINE_MARGIN
        flags = Qt.TextFlag.TextWordWrap
        metrics = gaps.list.fontMetrics()
        words = gaps.list.item(row).text()
        assert metrics.boundingRect(QRect(0, 0, inside, 0), flags, words).height() <= line.height()
    assert gaps.list.sizeHintForRow(gaps.list.count() - 1) > gaps.list.sizeHintForRow(0)


def test_enter_on_a_condition_goes_to_the_field_that_mends_it(counter: Counter) -> None:
    counter.to_form()
    view = counter.page.talk.view
    assert view is not None
    label = Text("年龄段和年龄对不上", "The band does not fit")
    gap = GapView(GapPlace.CONDITIONS, "x:0", label, Problem.CONDITION, "child.name")
    counter.page._show(replace(view, gaps=(gap,)))
    gaps = counter.page.gaps.list
    gaps.itemActivated.emit(gaps.item(0))
    assert counter.focus() == "field.child.name"


def test_a_wrong_number_is_marked_so_that_the_right_one_stands_instead(counter: Counter) -> None:
    counter.key(Qt.Key.Key_F7)
    row = counter.page.no_card
    row.name.setText("测试二")
    row.number.setText("440100189901010012")
    row.take.click()
    assert row.number.selectedText() == "440100189901010012"


def test_the_hint_of_a_datum_of_many_items_ends_in_dots_and_is_whole_under_the_mouse(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.to_form()
    long = "用于 " + "、".join(["停发长寿保健金和注销优待卡"] * 12)
    monkeypatch.setattr(FieldRow, "hint", lambda _: long)
    counter.field("mother.name").setFocus()
    counter.field("child.name").setFocus()
    shown = counter.find(QLabel, "form.hint")
    assert shown.text().endswith("…")
    assert shown.fontMetrics().horizontalAdvance(shown.text()) <= shown.contentsRect().width()
    assert shown.toolTip().endswith(long)


def test_enter_on_the_whole_list_chooses_for_nobody(counter: Counter, qtbot: QtBot) -> None:
    counter.put_card()
    qtbot.waitUntil(lambda: counter.focus() == "items.search")
    qtbot.waitUntil(lambda: counter.find(QListWidget, "items.hits").count() > 0)
    counter.key(Qt.Key.Key_Return)
    counter.calm()
    assert not counter.asked("choose")
    counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(counter.asked("choose")))
