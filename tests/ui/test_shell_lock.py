"""The lock: covers everything at once, keeps the work, lets its own person go on and nobody else see it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.fakes.desk import FakeDesk
from tests.ui.shell_hands import Hands, window
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import CardPresence
from workstation.services.views import StationStep
from workstation.ui.idle import IdleTimes, IdleWatch


@pytest.fixture
def hands(qtbot: QtBot) -> Iterator[Hands]:
    desk = FakeDesk()
    desk.card_resumes = True
    with window(qtbot, desk) as made:
        page = made.shell().intake
        assert page is not None
        page.card_present()
        made.wait(lambda: made.sees("person.name"))
        page.talk.choose("newborn")
        made.wait_for("field.child.name")
        yield made


def lock(hands: Hands) -> None:
    hands.ctrl(Qt.Key.Key_L)
    assert hands.sees("lock.password")


def test_lock_covers_everything_at_once_and_names_who_may_go_on(hands: Hands) -> None:
    menu = QLabel("测试一")  # a list or file dialog stands above the window just so
    menu.show()
    hands.window.lock("asked")
    assert not hands.sees("person.name")
    assert not menu.isVisible()
    assert hands.window.windowTitle() == "一窗工作站"
    shown = " ".join(label.text() for label in hands.window.findChildren(QLabel) if label.isVisible())
    assert "窗口员一（clerk）" in shown
    assert "测" not in shown.replace("测试街政务服务中心", "")
    menu.deleteLater()
    hands.wait(lambda: hands.desk.step is StationStep.LOCKED)


def test_the_same_person_goes_on_exactly_where_they_were(hands: Hands) -> None:
    field = hands.line("field.child.name")
    field.setFocus()
    QTest.keyClicks(field, "abc")
    lock(hands)
    hands.wait(lambda: ("answer", "child.name", "abc", "") in hands.desk.calls)
    hands.line("lock.password").setText("p")
    hands.click("lock.submit")
    hands.wait(lambda: hands.sees("field.child.name"))
    assert hands.focus() == "field.child.name"
    assert hands.line("field.child.name").text() == "a**"  # the lock has covered it
    QTest.keyClick(hands.line("field.child.name"), Qt.Key.Key_Space)
    hands.wait(lambda: hands.line("field.child.name").text() == "abc")
    assert not hands.asked("sign_out")


def test_a_wrong_password_keeps_it_locked_and_is_cleared(hands: Hands) -> None:
    lock(hands)
    hands.line("lock.password").setText("wrong")
    hands.click("lock.submit")
    hands.wait(lambda: hands.line("lock.password").text() == "")
    assert not hands.sees("person.name")
    hands.desk.refuse["resume_work"] = Refused(Failure.SIGN_IN_LOCKED, minutes="15")
    hands.line("lock.password").setText("p")
    hands.click("lock.submit")
    hands.wait(lambda: "15" in _problem(hands))


def test_another_person_signs_in_and_finds_an_empty_desk(hands: Hands) -> None:
    before = hands.window.shell
    lock(hands)
    hands.line("lock.login").setText("supervisor")
    hands.line("lock.password").setText("p")
    hands.click("lock.submit")
    hands.wait(lambda: hands.window.shell is not None and hands.window.shell is not before)
    assert ("sign_in", "supervisor") in hands.desk.calls
    assert not hands.asked("resume_work")


def test_a_card_that_leaves_its_reader_locks_and_coming_back_unlocks(hands: Hands) -> None:
    hands.desk.card_gone()
    hands.wait(lambda: hands.sees("lock.password"))
    hands.wait(lambda: ("lock", "card") in hands.desk.calls)
    hands.desk.card_came()
    hands.wait(lambda: hands.sees("person.name"))
    assert hands.desk.step is StationStep.OPEN


def test_without_a_card_in_the_account_a_reader_locks_nothing(qtbot: QtBot) -> None:
    with window(qtbot, FakeDesk()) as hands:
        hands.shell()
        hands.desk.card_gone()
        hands.window.background.desk(lambda: None)
        hands.calm()
        assert not hands.sees("lock.password")


def test_a_citizens_card_is_not_read_behind_the_lock(hands: Hands) -> None:
    lock(hands)
    reads = len(hands.asked("read_card"))
    hands.desk.told(CardPresence.EMPTY)
    hands.desk.told(CardPresence.PRESENT)
    hands.calm()
    assert len(hands.asked("read_card")) == reads


def test_an_account_that_ends_is_signed_out_at_once(hands: Hands) -> None:
    hands.desk.step = StationStep.SIGN_IN
    hands.shell().poll()
    hands.wait_for("signin.login")
    assert hands.window.shell is None


# -- idle --------------------------------------------------------------------------------------------------
class Clocks:
    """Two clocks: `asleep` is how long the machine slept."""

    def __init__(self) -> None:
        self.awake_s, self.asleep_s = 100.0, 7.0

    def watch(self, parent: QObject) -> tuple[IdleWatch, list[int], list[str]]:
        made = IdleWatch(
            IdleTimes(120, 30),
            parent,
            awake=lambda: self.awake_s,
            always=lambda: self.awake_s + self.asleep_s,
        )
        warned: list[int] = []
        gone: list[str] = []
        made.warned.connect(warned.append)
        made.gone.connect(gone.append)
        made.start()
        return made, warned, gone


def test_idle_warns_for_thirty_seconds_and_then_locks(qtbot: QtBot) -> None:
    clocks, parent = Clocks(), QObject()
    watch, warned, gone = clocks.watch(parent)
    for _ in range(119):
        clocks.awake_s += 1
        watch.look()
    assert warned == list(range(30, 0, -1))
    assert gone == []
    clocks.awake_s += 1
    watch.look()
    assert gone == ["idle"]


def test_one_key_extends_and_takes_the_warning_back(qtbot: QtBot) -> None:
    clocks, parent = Clocks(), QObject()
    watch, warned, gone = clocks.watch(parent)
    clocks.awake_s += 100
    watch.look()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert watch.eventFilter(parent, key) is False
    assert warned == [20, 0]
    clocks.awake_s += 80
    watch.look()
    assert (warned, gone) == ([20, 0], [])


def test_a_machine_that_slept_is_locked_whatever_the_idle_time(qtbot: QtBot) -> None:
    clocks, parent = Clocks(), QObject()
    watch, _, gone = clocks.watch(parent)
    clocks.asleep_s += 60
    watch.look()
    assert gone == ["suspended"]


def test_the_warning_stands_in_the_window_and_a_key_takes_it_away(hands: Hands) -> None:
    assert hands.window.idle is not None
    hands.window.idle.warned.emit(30)
    assert "30" in hands.words("idleWarning")
    hands.window.idle._warning = True
    hands.key(Qt.Key.Key_Shift)
    assert not hands.sees("idleWarning")


@pytest.mark.parametrize("times", [(120, 29), (30, 30), (10, 60)])
def test_times_that_would_lock_without_a_fair_warning_are_refused(times: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="warning"):
        IdleTimes(*times)


def _problem(hands: Hands) -> str:
    return " ".join(p.text() for p in hands.window.findChildren(QLabel, "gateProblem") if p.isVisible())
