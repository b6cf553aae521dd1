"""取号叫号 in the whole window: one key takes a number, one calls the next, and the line tells how many wait."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.fakes.desk import FakeDesk
from tests.ui.shell_hands import Hands, window
from wire.messages import Role
from workstation.domain.queue import Matter


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.roles = (Role.CLERK,)
    return made


@pytest.fixture
def hands(qtbot: QtBot, desk: FakeDesk) -> Iterator[Hands]:
    with window(qtbot, desk) as made:
        made.shell()
        yield made


def number(hands: Hands) -> str:
    return hands.find(QLabel, "queue.number").text()


def test_a_number_is_one_key_and_so_is_the_next_one(hands: Hands, desk: FakeDesk) -> None:
    before = hands.focus()
    assert not hands.sees("queueBar")
    hands.ctrl(Qt.Key.Key_9)
    hands.wait_for("queuePage")
    hands.wait_for("emptyTitle")  # an empty box says nothing
    assert hands.focus() == "queue.table"
    hands.key(Qt.Key.Key_F5)
    hands.wait(lambda: hands.sees("queueBar") and "1 人在等" in hands.words("queueBar.text"))
    assert not hands.sees("emptyTitle")
    hands.key(Qt.Key.Key_F6)
    hands.wait(lambda: hands.sees("queueBar") and "2 人在等" in hands.words("queueBar.text"))
    hands.key(Qt.Key.Key_F9)
    hands.wait(lambda: number(hands) == "A001")
    hands.key(Qt.Key.Key_F3)
    hands.wait(lambda: number(hands) == "—")
    hands.key(Qt.Key.Key_F9)
    hands.wait(lambda: number(hands) == "B001")
    hands.key(Qt.Key.Key_F8)  # the missed one is there now
    hands.wait(lambda: number(hands) == "A001")
    hands.key(Qt.Key.Key_F10)
    hands.wait(lambda: number(hands) == "—")
    told = [call[1:] for call in hands.asked("move_ticket")]
    assert told == [("A001", "miss"), ("A001", "recall"), ("A001", "serve")]
    hands.key(Qt.Key.Key_Escape)
    hands.wait(lambda: hands.focus() == before)
    # From the talk the next is called without leaving it.
    desk.take_ticket(Matter.ASK)
    bar = hands.shell().queue_bar
    assert bar is not None
    bar.look()
    hands.wait_for("queueBar.call")
    hands.ctrl(Qt.Key.Key_N)
    hands.wait(lambda: "C001 在窗口" in hands.words("queueBar.text"))
    assert (hands.focus(), hands.sees("queueBar.call")) == (before, False)


def test_whoever_sits_at_no_window_has_no_queue(qtbot: QtBot, desk: FakeDesk) -> None:
    desk.roles = (Role.SUPERVISOR,)
    with window(qtbot, desk) as hands:
        assert hands.shell().queue_bar is None
        hands.ctrl(Qt.Key.Key_9)
        assert not hands.sees("queuePage")
        assert hands.asked("queue") == []
