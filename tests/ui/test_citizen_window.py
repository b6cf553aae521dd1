"""The citizen's window: pressed by pointer only, sealed at once, closed by itself; the counter neither sees nor enters a grade."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCloseEvent, QInputDevice, QKeyEvent, QMouseEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import worklist
from tests.fakes.desk import FakeDesk
from tests.fakes.reviews import HALL_PRIVATE, invitation, order, reviews
from tests.ui.shell_hands import Hands, window
from wire.evaluation import NOTHING_SAID, SEALED_CHARS, Grade, Opinion, Stage, Tag, open_opinion
from wire.messages import Role
from workstation.ui import app
from workstation.ui.citizen.ink import read, written
from workstation.ui.citizen.screen import other_screen
from workstation.ui.citizen.window import CitizenWindow
from workstation.ui.idle import IdleTimes, IdleWatch
from workstation.ui.second.reviews import Reviews

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Citizen:
    """Somebody on the other side, with a finger."""

    def __init__(self, qtbot: QtBot, quiet_s: int = 60, *, touch_only: bool = False) -> None:
        self.window = CitizenWindow(quiet_s, touch_only=touch_only)
        self.said: list[tuple[str, str]] = []
        self.window.said.connect(lambda *told: self.said.append(told))
        self.window.open_for(invitation(), None)
        qtbot.addWidget(self.window, before_close_func=lambda made: made.end())

    def button(self, name: str) -> QAbstractButton:
        [found] = [b for b in self.window.findChildren(QAbstractButton, name) if b.isVisible()]
        return found

    def press(self, name: str) -> None:
        QTest.mouseClick(self.button(name), LEFT)

    def has_spoken(self) -> bool:
        return bool(self.said)

    def opinion(self) -> Opinion:
        [(visit, sealed)] = self.said
        assert len(sealed) == SEALED_CHARS
        return open_opinion(HALL_PRIVATE, visit, sealed)


@pytest.mark.parametrize("grade", Grade)
def test_each_grade_arrives_as_what_it_says(qtbot: QtBot, grade: Grade) -> None:
    citizen = Citizen(qtbot)
    assert str(6 - [*Grade].index(grade) - 1) == str(
        citizen.button(f"citizen.grade.{grade.value}").text().count("★")
    )
    citizen.press(f"citizen.grade.{grade.value}")
    citizen.press("citizen.give")
    assert citizen.opinion() == Opinion(grade)


def test_tags_words_by_finger_and_a_call_back_are_optional_and_arrive(qtbot: QtBot) -> None:
    citizen = Citizen(qtbot)
    citizen.press("citizen.grade.dissatisfied")
    citizen.press("citizen.tag.unclear")
    citizen.press("citizen.tag.slow")
    pad = citizen.window.more.ink
    QTest.mousePress(pad, LEFT, NONE, QPoint(20, 30))
    QTest.mouseMove(pad, QPoint(120, 80))
    QTest.mouseRelease(pad, LEFT, NONE, QPoint(120, 80))
    QTest.mouseClick(citizen.window.more.named, LEFT, NONE, QPoint(10, 14))
    citizen.press("citizen.give")
    said = citizen.opinion()
    assert said.tags == (Tag.SLOW, Tag.UNCLEAR)
    assert len(read(said.ink)[0]) == 2
    assert (said.case, said.receipt_no) == ("case-1", "44010426112403000127")


def test_a_tag_of_another_grade_does_not_stay(qtbot: QtBot) -> None:
    citizen = Citizen(qtbot)
    citizen.press("citizen.grade.dissatisfied")
    citizen.press("citizen.tag.unkind")
    citizen.press("citizen.back")
    citizen.press("citizen.grade.very_satisfied")
    citizen.press("citizen.give")
    assert citizen.opinion() == Opinion(Grade.VERY_SATISFIED)


@pytest.mark.parametrize("first", ["", "citizen.grade.very_dissatisfied"])
def test_to_say_nothing_is_as_easy_as_a_grade_and_looks_alike(qtbot: QtBot, first: str) -> None:
    citizen = Citizen(qtbot)
    skip = citizen.button("citizen.skip").size()
    for grade in Grade:
        size = citizen.button(f"citizen.grade.{grade.value}").size()
        assert abs(size.width() - skip.width()) <= 1
        assert size.height() == skip.height()
    if first:
        citizen.press(first)
        citizen.press("citizen.more.skip")
    else:
        citizen.press("citizen.skip")
    assert citizen.opinion() == NOTHING_SAID
    assert citizen.window.thanks.isVisible()
    if not first:
        qtbot.waitUntil(lambda: not citizen.window.isVisible())


def test_it_closes_by_itself_and_a_grade_that_was_pressed_counts(qtbot: QtBot) -> None:
    for first, said in (("", NOTHING_SAID), ("citizen.grade.satisfied", Opinion(Grade.SATISFIED))):
        citizen = Citizen(qtbot, quiet_s=1)
        if first:
            citizen.press(first)
        qtbot.waitUntil(citizen.has_spoken)
        assert citizen.opinion() == said


def test_the_next_visit_finds_nothing_of_the_one_before(qtbot: QtBot) -> None:
    citizen = Citizen(qtbot)
    citizen.press("citizen.grade.dissatisfied")
    citizen.press("citizen.tag.unkind")
    citizen.window.open_for(invitation("visit-2"), None)
    assert citizen.opinion() == NOTHING_SAID  # of the first, who had not given it
    assert citizen.window.more.grade is None
    assert citizen.window.more.tags() == ()


# -- the counter's hands -------------------------------------------------------------------------------
def test_no_key_enters_a_grade_wherever_it_is_sent(qtbot: QtBot) -> None:
    """Every part of the window is sent every key that presses a button somewhere, as somebody who has its focus would."""
    citizen = Citizen(qtbot)
    parts = [citizen.window, *citizen.window.findChildren(QWidget)]
    assert {part.focusPolicy() for part in parts} == {Qt.FocusPolicy.NoFocus}
    assert citizen.window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_1, Qt.Key.Key_5, Qt.Key.Key_Tab)
    for part in parts:
        part.setFocus()
        for key in keys:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(part, QKeyEvent(kind, key, NONE, " "))
    assert citizen.said == []
    assert citizen.window.grades.isVisible()
    citizen.press("citizen.grade.satisfied")  # the guard does not stand in a finger's way
    assert citizen.window.more.isVisible()


def test_where_there_is_a_touch_screen_the_counter_s_mouse_presses_nothing(qtbot: QtBot) -> None:
    citizen = Citizen(qtbot, touch_only=True)
    citizen.press("citizen.grade.very_satisfied")
    assert not citizen.window.more.isVisible()
    finger = QPointingDevice(
        "finger",
        7,
        QInputDevice.DeviceType.TouchScreen,
        QPointingDevice.PointerType.Finger,
        QInputDevice.Capability.Position,
        1,
        1,
    )
    button = citizen.button("citizen.grade.very_satisfied")
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        at = QPointF(20, 20)
        event = QMouseEvent(kind, at, button.mapToGlobal(at), LEFT, LEFT, NONE, finger)
        QApplication.sendEvent(button, event)
    assert citizen.window.more.isVisible()


def test_nobody_closes_it_before_it_is_over(qtbot: QtBot) -> None:
    citizen = Citizen(qtbot)
    asked = QCloseEvent()
    QApplication.sendEvent(citizen.window, asked)
    assert not asked.isAccepted()
    assert citizen.window.isVisible()
    citizen.press("citizen.skip")
    assert citizen.window.close()


def test_a_citizen_s_touch_keeps_no_desk_open(qtbot: QtBot) -> None:
    citizen = Citizen(qtbot)
    at = [0.0]
    watch = IdleWatch(IdleTimes(300, 30), citizen.window, awake=lambda: at[0], always=lambda: at[0])
    counter = QLabel("counter")
    qtbot.addWidget(counter)
    QApplication.instance().installEventFilter(watch)  # type: ignore[union-attr]
    try:
        watch.start()
        warned: list[int] = []
        watch.warned.connect(warned.append)
        at[0] = 280.0
        citizen.press("citizen.grade.satisfied")
        watch.look()
        assert warned == [20]
        QTest.mouseClick(counter, LEFT)
        assert warned == [20, 0]
    finally:
        QApplication.instance().removeEventFilter(watch)  # type: ignore[union-attr]


def test_the_other_screen_is_the_citizen_s(qtbot: QtBot) -> None:
    [only] = QApplication.screens()
    assert other_screen([only], only) is None
    two: list[object] = [only, object()]
    assert other_screen(two, only) is two[1]  # type: ignore[arg-type]


def test_ink_reads_back_and_takes_no_nonsense() -> None:
    strokes = [[(1, 2), (30, 999)], [(5, 5)]]
    assert read(written(strokes)) == strokes
    assert read("1,2 3;x,y;;1,2,3;4,-5;1000,1") == []
    assert len(written([[(999, 999)] * 400] * 5)) <= 4800


# -- with the counter ------------------------------------------------------------------------------------
@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.invitations = [invitation()]
    return made


@pytest.fixture
def hands(qtbot: QtBot, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    plain = app.build
    monkeypatch.setattr(app, "build", lambda **given: plain(**given, evaluation_s=60))
    with window(qtbot, desk) as made:
        made.shell()
        yield made


def citizens(hands: Hands) -> CitizenWindow:
    citizen = hands.window.citizen
    assert citizen is not None
    hands.wait(lambda: citizen.window is not None and citizen.window.isVisible())
    assert citizen.window is not None
    return citizen.window


def accept(hands: Hands) -> None:
    """The page has accepted; what it does before stands in test_intake_page."""
    page = hands.shell().intake
    assert page is not None
    page.served.emit("case-1", Stage.ACCEPTANCE)


def test_the_counter_hears_that_it_began_and_ended_and_nothing_else(hands: Hands, desk: FakeDesk) -> None:
    accept(hands)
    made = citizens(hands)
    assert hands.words("rail.evaluation") == "评价\n已邀请"
    assert "没有第二块屏幕" in hands.find(QLabel, "rail.evaluation").toolTip()  # offscreen has one
    has_focus = QApplication.focusWidget()
    assert has_focus is None or has_focus.window() is hands.window
    QTest.mouseClick(made.grades.buttons[Grade.VERY_DISSATISFIED], LEFT)
    QTest.mouseClick(made.more.give, LEFT)
    hands.wait(lambda: bool(desk.evaluations))
    assert hands.words("rail.evaluation") == "评价\n已结束"
    [(visit, sealed)] = desk.evaluations.items()
    assert open_opinion(HALL_PRIVATE, visit, sealed).grade is Grade.VERY_DISSATISFIED
    shown = " ".join(label.text() for label in hands.window.findChildren(QLabel))
    assert not any(word in shown for word in ("不满意", "★"))
    assert ("end_evaluation", visit) in desk.calls  # the fake notes every argument that is no grade


def test_a_lock_and_a_sign_out_leave_the_citizen_alone(hands: Hands, desk: FakeDesk) -> None:
    accept(hands)
    made = citizens(hands)
    hands.window.lock("asked")
    hands.wait(lambda: hands.window.lock_page is not None and hands.window.lock_page.isVisible())
    assert made.isVisible()
    QTest.mouseClick(made.grades.skip, LEFT)
    hands.wait(lambda: bool(desk.evaluations))


def test_the_end_of_the_program_is_told_as_silence(qtbot: QtBot, desk: FakeDesk) -> None:
    made = app.build(
        load_desk=lambda: desk, initial={"hall_url": "", "code": ""}, language="zh", evaluation_s=60
    )
    hands = Hands(qtbot, made, desk)
    accept(hands)
    QTest.mouseClick(citizens(hands).grades.buttons[Grade.DISSATISFIED], LEFT)
    made.close_down()
    assert open_opinion(HALL_PRIVATE, "visit-1", desk.evaluations["visit-1"]) == NOTHING_SAID
    made.deleteLater()


# -- 督办 ----------------------------------------------------------------------------------------------
def test_a_supervisor_sees_to_a_bad_review_step_by_step(qtbot: QtBot) -> None:
    desk = FakeDesk()
    desk.roles, desk.login = (Role.SUPERVISOR,), "supervisor"
    desk.case_views = list(worklist.cases())
    desk.reviews_view = reviews(order(1, overdue=True, named=True), order(2))
    with window(qtbot, desk) as hands:
        hands.shell()
        hands.ctrl(Qt.Key.Key_4)
        hands.wait(
            lambda: hands.find(QAbstractButton, "supervision.reviews").text() == "差评处理（2）  Alt+5"
        )
        hands.click("supervision.reviews")
        hands.wait_for("reviews.step")
        page = hands.shell().pages["supervision"].reviews  # type: ignore[attr-defined]
        shown = " ".join(label.text() for label in hands.window.findChildren(QLabel) if label.isVisible())
        assert "没讲清楚" in shown
        assert "已逾期" in shown
        assert "不满意 5" in shown  # a sum; of the order itself no grade
        for words in ("问过，属实", "已撤旧版清单", "电话回访，认可", ""):
            page.form.words.setPlainText(words)
            before = len(hands.asked("handle_review"))
            hands.click("reviews.note")
            hands.wait(partial(_went_on, hands, page, before))
        assert page.form.step.currentText() == "办结"
        hands.click("reviews.note")
        hands.wait(lambda: not page.form.note.isEnabled())
        steps = [call[2] for call in hands.asked("handle_review")]
        assert steps == ["verified", "fixed", "called_back", "regraded", "closed"]
        assert hands.asked("handle_review")[3][-1] == "very_satisfied"


def _went_on(hands: Hands, page: Reviews, before: int) -> bool:
    return len(hands.asked("handle_review")) > before and not page._busy


def test_a_clerk_has_no_way_to_the_bad_reviews(qtbot: QtBot) -> None:
    desk = FakeDesk()
    with window(qtbot, desk) as hands:
        hands.shell()
        hands.ctrl(Qt.Key.Key_4)
        hands.key(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
        qtbot.wait(50)
        assert not hands.sees("supervision.reviews")
        assert not hands.asked("reviews")
