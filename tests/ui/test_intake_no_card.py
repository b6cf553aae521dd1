"""Citizens without a card at the counter screen: the code on a phone, name and number typed; and what banners outlive."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.intake_counter import Counter
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import CardPin

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
TOKEN = "eSSC1ab2cd3ef4"


def _open(counter: Counter) -> bool:
    return counter.find(QWidget, "noCard").isVisible()


def test_a_scanner_that_types_finds_the_line_by_itself(counter: Counter, qtbot: QtBot) -> None:
    """Focus is on 读卡; the scanner types and ends with Enter, as keyboards do."""
    for character in TOKEN:
        counter.type(character)
    line = counter.find(QLineEdit, "noCard.code")
    assert line.text() == TOKEN
    assert line.echoMode() is QLineEdit.EchoMode.Password
    counter.key(Qt.Key.Key_Return)
    assert line.text() == ""
    qtbot.waitUntil(lambda: counter.words("person.name") == "测**")
    assert "电子社保卡" in counter.words("person.card")
    assert not _open(counter)
    assert TOKEN not in repr(counter.desk.calls)


def test_f7_opens_the_row_and_escape_closes_it_with_nothing_kept(counter: Counter) -> None:
    counter.key(Qt.Key.Key_F7)
    assert counter.focus() == "noCard.code"
    counter.type("abc")
    counter.find(QLineEdit, "noCard.name").setText("测试九")
    counter.key(Qt.Key.Key_Escape)
    assert not _open(counter)
    assert counter.focus() == "intake.read_card"
    assert counter.find(QLineEdit, "noCard.name").text() == ""
    counter.key(Qt.Key.Key_F7)
    assert counter.find(QLineEdit, "noCard.code").text() == ""


def test_a_person_typed_by_keys_is_marked_as_typed(counter: Counter, qtbot: QtBot) -> None:
    counter.key(Qt.Key.Key_F7)
    counter.key(Qt.Key.Key_Tab)
    counter.type("测试一")
    counter.key(Qt.Key.Key_Return)
    assert counter.focus() == "noCard.number"
    counter.type("440100189901010021")
    counter.key(Qt.Key.Key_Return)
    assert "校验位不对" in counter.words("noCard.problem")
    assert not counter.asked("type_person")
    counter.key(Qt.Key.Key_Backspace)
    counter.type("x")
    counter.find(QLineEdit, "noCard.number").setText("44010018990101002x")
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.words("person.id") == "440***********002X")
    assert "手工录入" in counter.words("person.card")
    assert not _open(counter)
    # A mistake can still be typed anew; a card that was read could not.
    assert counter.find(QPushButton, "person.no_card").isVisible()


def test_an_empty_name_is_asked_for(counter: Counter) -> None:
    counter.key(Qt.Key.Key_F7)
    counter.click("noCard.take")
    assert "姓名" in counter.words("noCard.problem")
    assert counter.focus() == "noCard.name"


def test_with_a_card_read_there_is_nothing_to_type(counter: Counter) -> None:
    counter.put_card()
    counter.key(Qt.Key.Key_F7)
    assert not _open(counter)
    assert not counter.find(QPushButton, "person.no_card").isVisible()


def test_a_refused_code_says_what_to_do_and_the_next_one_is_taken(counter: Counter, qtbot: QtBot) -> None:
    counter.desk.refuse["check_code"] = Refused(Failure.QR_REFUSED)
    counter.page.code_scanned(TOKEN)
    qtbot.waitUntil(counter.find(QLabel, "banner.text").isVisible)
    assert "刷新" in counter.words("banner.remedy")
    del counter.desk.refuse["check_code"]
    counter.page.code_scanned(TOKEN)
    qtbot.waitUntil(lambda: counter.words("person.name") == "测**")
    assert not counter.find(QLabel, "banner.text").isVisible()


def test_the_last_try_of_a_pin_is_offered_and_never_taken_by_surprise(
    counter: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.put_card()
    given: list[CardPin] = []
    read = counter.desk.read_card

    def one_try_left(told: object, pin: CardPin | None = None) -> object:
        if pin is not None:
            given.append(pin)
            if not pin.last_try:
                raise Refused(Failure.CARD_PIN_LAST_TRY)
        return read(pin=pin)

    monkeypatch.setattr(counter.desk, "read_card", one_try_left)
    counter.click("person.pin_ask")
    counter.type("123456")
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "最后一次" in counter.words("banner.text"))
    assert counter.focus() == "person.pin"
    assert "只剩一次" in counter.find(QLineEdit, "person.pin").placeholderText()
    counter.type("123456")
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(given) == 2)
    assert [pin.last_try for pin in given] == [False, True]
    counter.calm()
    counter.find(QWidget, "person.pin").hide()
    counter.page.person._ask_pin()
    assert "只剩一次" not in counter.find(QLineEdit, "person.pin").placeholderText()


def test_a_mute_card_is_told_until_it_is_out(counter: Counter) -> None:
    counter.page.card_mute()
    assert "没有应答" in counter.words("banner.text")
    counter.page.card_gone()
    assert not counter.find(QWidget, "banner.text").isVisible()


def test_what_was_said_of_another_persons_card_goes_with_the_card(counter: Counter, qtbot: QtBot) -> None:
    counter.page._refused(Refused(Failure.CARD_OF_ANOTHER_PERSON))
    assert counter.find(QWidget, "banner.text").isVisible()
    counter.page.card_gone()
    assert not counter.find(QWidget, "banner.text").isVisible()
    counter.page._refused(Refused(Failure.REASON_MISSING))
    counter.page.card_gone()
    assert counter.find(QWidget, "banner.text").isVisible()


def test_who_got_up_while_the_code_was_checked_is_not_the_next_citizen(
    counter: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    check = counter.desk.check_code

    def slow(code: str) -> object:
        go_on.wait(10)
        return check(code)

    monkeypatch.setattr(counter.desk, "check_code", slow)
    counter.page.code_scanned(TOKEN)
    counter.page.talk.new()
    go_on.set()
    qtbot.waitUntil(lambda: bool(counter.asked("check_code")))
    counter.calm()
    assert not counter.asked("take_person")
    counter.put_card()
    assert counter.words("person.name") == "测**"
