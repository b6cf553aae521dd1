"""The gate about the device itself: the fingerprint that two people compare, and a station that was shut out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tests.fakes.desk import FakeDesk
from tests.ui.shell_hands import Hands, Opened
from workstation.domain.failures import Failure, Refused
from workstation.services.views import StationStep
from workstation.ui.pages.gate_device_panels import ConfirmPanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
Open = Callable[..., Hands]


@pytest.fixture
def at(opened: Opened) -> Open:
    def open_at(step: StationStep, *, confirms: bool = False, **refuse: Refused) -> Hands:
        desk = FakeDesk(step)
        desk.confirms = confirms
        desk.refuse.update(refuse)
        return opened(desk)

    return open_at


def test_an_enrolled_station_shows_its_fingerprint_and_waits(at: Open) -> None:
    hands = at(StationStep.ENROL)
    hands.wait_for("enrol.submit")
    hands.key(Qt.Key.Key_Space)
    hands.wait_for("confirm.submit")
    assert hands.words("gateFingerprint") == "3f9a 12c4 77e0 b1d8"
    assert hands.focus() == "confirm.submit"
    hands.key(Qt.Key.Key_Space)
    hands.wait(lambda: bool(hands.asked("ask_confirmed")))
    hands.wait(lambda: hands.find(QPushButton, "confirm.submit").isEnabled())
    assert hands.sees("confirm.submit")
    hands.desk.confirms = True
    hands.key(Qt.Key.Key_Space)
    hands.wait_for("signin.login")


def test_a_confirmation_is_noticed_without_a_key_pressed(at: Open) -> None:
    hands = at(StationStep.CONFIRM)
    hands.wait_for("confirm.submit")
    hands.window.findChildren(ConfirmPanel)[0].asked.emit()
    hands.wait(lambda: bool(hands.asked("ask_confirmed")))
    assert hands.sees("confirm.submit")
    hands.desk.confirms = True
    hands.window.findChildren(ConfirmPanel)[0].asked.emit()
    hands.wait_for("signin.login")


def problems(hands: Hands) -> list[str]:
    return [p.text() for p in hands.window.findChildren(QLabel, "gateProblem") if p.isVisible()]


def test_a_line_that_is_down_is_told_to_whoever_asks(at: Open) -> None:
    hands = at(StationStep.CONFIRM, ask_confirmed=Refused(Failure.HALL_UNREACHABLE))
    hands.wait_for("confirm.submit")
    hands.key(Qt.Key.Key_Space)
    hands.wait(lambda: any("连不上大厅" in text for text in problems(hands)))
    assert hands.find(QPushButton, "confirm.submit").isEnabled()


def test_before_sign_in_nobody_is_told_that_receipt_goes_on(at: Open) -> None:
    hands = at(StationStep.CONFIRM, ask_confirmed=Refused(Failure.HALL_UNREACHABLE))
    hands.wait_for("confirm.submit")
    hands.key(Qt.Key.Key_Space)
    hands.wait(lambda: bool(problems(hands)[0]))
    assert "收件" not in problems(hands)[0]


def test_a_refused_code_has_the_focus(at: Open) -> None:
    hands = at(StationStep.ENROL, enrol=Refused(Failure.ENROL_CODE_REFUSED))
    hands.wait_for("enrol.submit")
    hands.click("enrol.submit")
    hands.wait(lambda: hands.focus() == "enrol.code")
    assert hands.line("enrol.code").hasSelectedText()


def test_a_station_that_was_shut_out_offers_no_sign_in(at: Open) -> None:
    hands = at(StationStep.SHUT_OUT)
    hands.wait_for("shutout.submit")
    assert not hands.sees("signin.login")
    hands.key(Qt.Key.Key_Space)
    hands.wait(lambda: not hands.window.isVisible())


def test_whoever_is_signed_in_when_the_station_is_shut_out_stands_at_the_gate(at: Open) -> None:
    hands = at(StationStep.OPEN)
    hands.wait_for("strip.signout")
    hands.desk.step = StationStep.SHUT_OUT
    hands.wait_for("shutout.submit")
    assert hands.window.shell is None
