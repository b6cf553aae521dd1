"""The bridge between the window and its threads."""

from __future__ import annotations

import logging
import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread, Signal
from pytestqt.qtbot import QtBot

from workstation.domain.failures import Failure, Refused
from workstation.ui.background import Background


class Person(QObject):
    """Somebody who waits for answers."""

    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def hear(self, answer: object) -> None:
        self.heard.append(answer)


def test_desk_does_one_thing_after_the_other_in_order(background: Background, qtbot: QtBot) -> None:
    at_work, most, order = 0, 0, list[int]()

    def work(number: int) -> int:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        threading.Event().wait(0.002)
        at_work -= 1
        return number

    for number in range(20):
        background.desk(lambda number=number: work(number), order.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(order) == 20)
    assert order == list(range(20))
    assert most == 1


def test_five_look_ups_and_a_card_are_under_way_at_once(background: Background, qtbot: QtBot) -> None:
    # Each waits until all six are there: with a thread less nobody would ever come through.
    together, through = threading.Barrier(6), list[int]()
    for _ in range(6):
        background.net(lambda: together.wait(10), through.append)
    qtbot.waitUntil(lambda: len(through) == 6)


def test_slow_look_up_does_not_hold_the_desk(background: Background, qtbot: QtBot) -> None:
    go_on, order = threading.Event(), list[str]()
    background.net(lambda: go_on.wait(10), lambda _: order.append("net"))
    background.desk(lambda: None, lambda _: order.append("desk"))
    qtbot.waitUntil(lambda: order == ["desk"])
    go_on.set()
    qtbot.waitUntil(lambda: order == ["desk", "net"])


def test_look_ups_run_beside_each_other(background: Background, qtbot: QtBot) -> None:
    both, done = threading.Barrier(2), list[int]()
    for _ in range(2):
        background.net(lambda: both.wait(10), done.append)
    qtbot.waitUntil(lambda: len(done) == 2)


def test_answers_come_in_the_thread_of_the_window(background: Background, qtbot: QtBot) -> None:
    threads: list[QThread] = []
    here = QThread.currentThread()
    background.desk(QThread.currentThread, lambda there: threads.extend([there, QThread.currentThread()]))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] is not here
    assert threads[1] is here


def _refuse() -> None:
    raise Refused(Failure.STORE_FULL)


def test_refusal_goes_to_the_caller_else_to_the_window(qtbot: QtBot) -> None:
    mine: list[Refused] = []
    others: list[Refused] = []
    background = Background(refused=others.append)
    background.desk(_refuse, failed=mine.append)
    background.desk(_refuse)
    qtbot.waitUntil(lambda: bool(others))
    background.close()
    assert [refused.failure for refused in mine] == [Failure.STORE_FULL]
    assert len(others) == 1


def test_bug_is_logged_without_its_words_and_told(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    broken: list[BaseException] = []
    answers: list[object] = []
    background = Background(broken=broken.append)

    def bug() -> None:
        raise ValueError("测试一 44010018990101002X")

    with caplog.at_level(logging.ERROR):
        background.desk(bug, answers.append, answers.append)
        qtbot.waitUntil(lambda: bool(broken))
    background.close()
    assert "ValueError" in caplog.text
    assert " bug" in caplog.text
    assert "测试一" not in caplog.text
    assert "4401001899" not in caplog.text
    assert answers == []


def test_answer_for_somebody_who_is_gone_is_dropped(background: Background, qtbot: QtBot) -> None:
    gone, there = Person(), Person()
    go_on = threading.Event()
    background.desk(lambda: go_on.wait(10), gone.hear)
    background.desk(lambda: 2, lambda answer: gone.hear((answer,)))
    background.desk(lambda: 3, gone.told.emit)
    background.desk(lambda: 4, there.hear)
    heard = gone.heard
    shiboken6.delete(gone)
    go_on.set()
    qtbot.waitUntil(lambda: there.heard == [4])
    assert heard == []


def test_post_runs_in_the_thread_of_the_window(background: Background, qtbot: QtBot) -> None:
    where: list[QThread] = []
    background.net(lambda: background.post(lambda: where.append(QThread.currentThread())))
    qtbot.waitUntil(lambda: bool(where))
    assert where == [QThread.currentThread()]


def test_close_finishes_the_desk_and_then_the_last(qtbot: QtBot) -> None:
    done: list[str] = []
    answers: list[object] = []
    background = Background()
    for name in ("first", "second"):
        background.desk(lambda name=name: done.append(name), answers.append)  # type: ignore[misc]
    background.close(last=lambda: done.append("last"))
    assert done == ["first", "second", "last"]
    background.desk(lambda: done.append("too late"))
    background.close()
    qtbot.wait(20)
    assert done[-1] == "last"
    assert answers == []


def test_close_leaves_no_thread(qtbot: QtBot) -> None:
    before = set(threading.enumerate())
    background = Background()
    background.desk(lambda: None)
    background.net(lambda: None)
    assert set(threading.enumerate()) - before
    background.close()
    assert not set(threading.enumerate()) - before
