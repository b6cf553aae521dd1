"""The gate by keys: key of the store, enrolment, sign-in."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.desk import FakeDesk
from tests.ui.shell_hands import INITIAL, Hands, Opened
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import KeyPlace
from workstation.services.views import StationStep, StationView
from workstation.ui import app

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
Open = Callable[..., Hands]


@pytest.fixture
def at(opened: Opened) -> Open:
    """Open the window at a step."""

    def open_at(step: StationStep, place: KeyPlace = KeyPlace.PASSPHRASE, **refuse: Refused) -> Hands:
        desk = FakeDesk(step, place)
        desk.refuse.update(refuse)
        return opened(desk)

    return open_at


def type_in(hands: Hands, *words: str) -> None:
    """Type line after line, each ended by Enter, from wherever the focus is."""
    for each in words:
        widget = hands.window.focusWidget()
        assert isinstance(widget, QLineEdit)
        QTest.keyClicks(widget, each)
        hands.key(Qt.Key.Key_Return)


def problem(hands: Hands) -> str:
    return next(p.text() for p in hands.window.findChildren(QLabel, "gateProblem") if p.isVisible())


def test_first_morning_by_keys_alone(at: Open) -> None:
    hands = at(StationStep.NEW_KEY)
    hands.wait_for("gate.passphrase_again")
    assert hands.focus() == "gate.passphrase"
    type_in(hands, "word after word", "word after word")
    hands.wait_for("enrol.submit")
    assert hands.line("enrol.url").text() == INITIAL["hall_url"]
    assert hands.line("enrol.code").text() == INITIAL["code"]
    assert hands.focus() == "enrol.submit"
    hands.key(Qt.Key.Key_Space)
    hands.wait_for("signin.login")
    assert hands.focus() == "signin.login"
    type_in(hands, "clerk", "secret")
    hands.wait_for("strip.signout")
    assert hands.asked("enrol") == [("enrol", INITIAL["hall_url"])]
    assert hands.asked("sign_in") == [("sign_in", "clerk")]


def test_two_passphrases_that_differ_make_no_key(at: Open) -> None:
    hands = at(StationStep.NEW_KEY)
    hands.wait_for("gate.passphrase_again")
    type_in(hands, "word after word", "word after wrod")
    assert "不一样" in problem(hands)
    assert hands.focus() == "gate.passphrase_again"
    assert hands.line("gate.passphrase").text() == "word after word"
    assert not hands.asked("unlock")


def test_passphrase_typed_before_the_rooms_are_there_is_used(qtbot: QtBot) -> None:
    go_on, desk = threading.Event(), FakeDesk(StationStep.UNLOCK)

    def load() -> FakeDesk:
        go_on.wait(10)
        return desk

    opened = app.build(load_desk=load, initial={}, language="zh")
    try:
        opened.activateWindow()
        qtbot.waitUntil(opened.isActiveWindow)
        hands = Hands(qtbot, opened, desk)
        type_in(hands, "early")
        assert hands.line("gate.passphrase").isReadOnly()
        go_on.set()
        hands.wait_for("signin.login")
        assert len(hands.asked("unlock")) == 1
    finally:
        go_on.set()
        opened.close_down()


def test_answer_of_the_desk_leaves_the_focus_where_somebody_types(qtbot: QtBot) -> None:
    go_on, desk = threading.Event(), FakeDesk(StationStep.NEW_KEY)

    def load() -> FakeDesk:
        go_on.wait(10)
        return desk

    opened = app.build(load_desk=load, initial={}, language="zh")
    try:
        opened.activateWindow()
        qtbot.waitUntil(opened.isActiveWindow)
        hands = Hands(qtbot, opened, desk)
        QTest.keyClicks(hands.line("gate.passphrase"), "half a pass")
        go_on.set()
        hands.wait_for("gate.passphrase_again")
        assert hands.focus() == "gate.passphrase"
        assert hands.line("gate.passphrase").text() == "half a pass"
    finally:
        go_on.set()
        opened.close_down()


def test_wrong_passphrase_says_so_and_asks_again(at: Open) -> None:
    hands = at(StationStep.UNLOCK, unlock=Refused(Failure.STORE_KEY_WRONG))
    hands.wait_for("gate.passphrase")
    hands.wait(lambda: "已加密" in hands.words("gateStation"))
    assert not hands.sees("gate.passphrase_again")
    type_in(hands, "wrong")
    hands.wait(lambda: "口令不对" in problem(hands))
    assert hands.focus() == "gate.passphrase"
    assert hands.line("gate.passphrase").text() == ""
    assert hands.find(QPushButton, "gate.submit").isEnabled()


def test_slow_unlock_shows_progress_and_moves_nothing(at: Open) -> None:
    hands = at(StationStep.UNLOCK)
    hands.wait(lambda: "已加密" in hands.words("gateStation"))
    go_on, unlock = threading.Event(), hands.desk.unlock

    def slow(passphrase: str) -> StationView:
        go_on.wait(10)
        return unlock(passphrase)

    hands.desk.unlock = slow  # type: ignore[method-assign]
    places = [_place(hands, name) for name in ("gate.passphrase", "gate.submit", "gateNote")]
    type_in(hands, "right")
    assert any(bar.isVisible() for bar in hands.window.findChildren(QProgressBar))
    assert not hands.find(QPushButton, "gate.submit").isEnabled()
    assert places == [_place(hands, name) for name in ("gate.passphrase", "gate.submit", "gateNote")]
    go_on.set()
    hands.wait_for("signin.login")


def _place(hands: Hands, name: str) -> QPoint:
    return hands.find(QWidget, name).mapTo(hands.window, QPoint(0, 0))


def test_key_in_the_keyring_opens_without_anybody(at: Open) -> None:
    hands = at(StationStep.UNLOCK, KeyPlace.KEYRING)
    hands.wait_for("signin.login")
    assert len(hands.asked("unlock")) == 1


def test_new_key_for_the_keyring_waits_for_one_button_and_says_where(at: Open) -> None:
    hands = at(StationStep.NEW_KEY, KeyPlace.KEYRING)
    hands.wait(lambda: "密钥环" in hands.words("gateNote"))
    assert not hands.sees("gate.passphrase")
    assert not hands.asked("unlock")
    hands.click("gate.submit")
    hands.wait_for("enrol.submit")
    assert hands.asked("unlock") == [("unlock",)]


def test_place_of_the_key_is_said(at: Open) -> None:
    hands = at(StationStep.UNLOCK)
    hands.wait(lambda: "已加密" in hands.words("gateStation"))
    assert "口令保护" in hands.words("gateNote")


def test_refused_enrolment_keeps_what_was_typed(at: Open) -> None:
    hands = at(StationStep.ENROL, enrol=Refused(Failure.ENROL_CODE_REFUSED))
    hands.wait_for("enrol.submit")
    hands.click("enrol.submit")
    hands.wait(lambda: "登记码" in problem(hands))
    assert hands.line("enrol.code").text() == INITIAL["code"]


def test_wrong_password_keeps_the_login_and_forgets_the_password(at: Open) -> None:
    hands = at(StationStep.SIGN_IN, sign_in=Refused(Failure.SIGN_IN_REFUSED))
    hands.wait_for("signin.login")
    assert hands.words("gateStation") == "测试街政务服务中心"
    type_in(hands, "clerk", "wrong")
    hands.wait(lambda: "账号或密码不对" in problem(hands))
    assert hands.line("signin.login").text() == "clerk"
    assert hands.line("signin.password").text() == ""
    assert hands.focus() == "signin.password"


def test_rooms_that_cannot_be_loaded_say_why(qtbot: QtBot) -> None:
    def load() -> FakeDesk:
        raise Refused(Failure.CATALOGUE_BROKEN)

    opened = app.build(load_desk=load, initial={}, language="zh")
    try:
        hands = Hands(qtbot, opened, FakeDesk())
        hands.wait(lambda: "事项目录" in problem(hands))
        assert not hands.find(QPushButton, "gate.submit").isEnabled()
    finally:
        opened.close_down()
