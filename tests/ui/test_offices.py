"""代办, 转送 and 出件 in the window over the fake desk: what each role is offered, and what a press asks of the desk."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from catalogue.model import Text
from tests.fakes import shared
from tests.fakes.desk import FakeDesk
from tests.ui.shell_hands import Hands, window
from wire.delivery import Way
from wire.messages import Role
from workstation.domain.case import CaseStatus
from workstation.services.office_views import OfficesView

RELATIONS = (("1", Text("配偶", "spouse")), ("2", Text("子女", "child")))


def shot(hands: Hands, name: str) -> None:
    """Leave a picture where SHOTS says, for whoever wants to look."""
    if folder := os.environ.get("SHOTS"):
        hands.qtbot.wait(150)
        hands.window.resize(1366, 768)
        hands.qtbot.wait(150)
        hands.window.grab().save(str(Path(folder) / f"{name}.png"))


def received(desk: FakeDesk, offices: OfficesView) -> None:
    desk.case_views[0] = replace(desk.case_views[0], offices=offices, provisional=False)


def decided(desk: FakeDesk, **changes: object) -> None:
    desk.case_views = [
        replace(each, delivery=shared.ready(), relations=RELATIONS, **changes)  # type: ignore[arg-type]
        for each in desk.case_views
        if each.status is CaseStatus.DECIDED
    ]


def open_page(hands: Hands, key: Qt.Key, name: str) -> None:
    hands.wait_for("strip.signout")
    hands.ctrl(key)
    hands.wait_for(name)
    hands.wait(lambda: hands.table(name).model().rowCount() > 0)
    hands.calm()
    hands.table(name).selectRow(0)


def test_a_community_agent_forwards_and_finds_nothing_to_accept_with(qtbot: QtBot) -> None:
    desk = FakeDesk()
    desk.roles = (Role.AGENT,)
    received(desk, replace(shared.own(), community=True))
    with window(qtbot, desk) as hands:
        open_page(hands, Qt.Key.Key_2, "cases.table")
        hands.wait_for("cases.forward")
        assert not hands.sees("cases.accept")
        assert hands.sees("cases.print_proxy")
        shot(hands, "forward")
        hands.click("cases.forward")
        hands.wait(lambda: bool(hands.asked("forward")))
        hands.wait(lambda: not hands.sees("cases.forward"))


def test_a_clerk_on_loan_finds_nothing_to_accept_with_either(qtbot: QtBot) -> None:
    desk = FakeDesk()
    received(desk, replace(shared.own(), community=True))
    with window(qtbot, desk) as hands:
        open_page(hands, Qt.Key.Key_2, "cases.table")
        hands.wait_for("cases.forward")
        assert not hands.sees("cases.accept")


def test_the_street_counts_the_papers_before_it_can_accept(qtbot: QtBot) -> None:
    desk = FakeDesk()
    received(desk, shared.forwarded(came_in=True))
    with window(qtbot, desk) as hands:
        open_page(hands, Qt.Key.Key_2, "cases.table")
        hands.wait_for("cases.take_papers")
        assert not hands.sees("cases.accept")
        hands.find(QCheckBox, "handover.paper.photo_small").setChecked(False)
        hands.line("handover.remark").setText("照片没有")
        shot(hands, "take-papers")
        hands.click("cases.take_papers")
        hands.wait(lambda: hands.asked("take_papers") == [("take_papers", "w-3", "photo_small")])
        hands.wait_for("cases.accept")
        shot(hands, "taken")


def test_what_was_handed_on_is_only_looked_at(qtbot: QtBot) -> None:
    desk = FakeDesk()
    received(desk, shared.forwarded())
    with window(qtbot, desk) as hands:
        open_page(hands, Qt.Key.Key_2, "cases.table")
        hands.wait_for("cases.print_receipt")
        for button in ("cases.accept", "cases.propose", "cases.forward", "cases.take_papers"):
            assert not hands.sees(button)


def test_a_clerk_hands_a_result_out(qtbot: QtBot) -> None:
    desk = FakeDesk()
    decided(desk)
    with window(qtbot, desk) as hands:
        open_page(hands, Qt.Key.Key_3, "results.table")
        hands.wait_for("handout.hand")
        assert not hands.sees("results.print")  # the slip is the supervisor's
        assert hands.find(QComboBox, "handout.way").currentData() == Way.LOCKER.value  # as the form says
        shot(hands, "hand-out")
        hands.line("handout.name").setText("测试一")
        hands.line("handout.number").setText("44010018950101002X")
        hands.click("handout.hand")
        hands.find(QAbstractButton, "handout.hand").click()  # at once: twice is once
        hands.wait(lambda: hands.asked("hand_out") == [("hand_out", "w-1", "测试一", "")])
        hands.wait_for("handout.return")
        assert not hands.sees("handout.hand")
        shot(hands, "handed-out")


def test_an_agent_who_collects_shows_a_power(qtbot: QtBot) -> None:
    desk = FakeDesk()
    decided(desk)
    with window(qtbot, desk) as hands:
        open_page(hands, Qt.Key.Key_3, "results.table")
        hands.wait_for("handout.other")
        assert not hands.sees("handout.relation")
        hands.find(QCheckBox, "handout.other").setChecked(True)
        hands.wait_for("handout.relation")
        hands.find(QWidget, "handout.until")
        hands.line("handout.name").setText("测试代办")
        shot(hands, "hand-out-agent")
        hands.click("handout.hand")
        hands.wait(lambda: hands.asked("hand_out") == [("hand_out", "w-1", "测试代办", "agent")])


@pytest.mark.parametrize(("way", "sees"), [(Way.COUNTER, "handout.hand"), (Way.LOCKER, "handout.recall")])
def test_a_result_that_is_away_is_recalled_and_not_handed_out(qtbot: QtBot, way: Way, sees: str) -> None:
    desk = FakeDesk()
    decided(desk)
    with window(qtbot, desk) as hands:
        open_page(hands, Qt.Key.Key_3, "results.table")
        hands.wait_for("handout.order")
        combo = hands.find(QComboBox, "handout.way")
        combo.setCurrentIndex(combo.findData(way.value))
        shot(hands, f"order-{way.value}")
        hands.click("handout.order")
        hands.wait_for("handout.pickup")
        assert hands.sees(sees)
        assert hands.sees("handout.hand") is (way is Way.COUNTER)
        shot(hands, f"ordered-{way.value}")


def test_a_supervisor_looks_and_hands_out_nothing(qtbot: QtBot) -> None:
    desk = FakeDesk()
    desk.roles = (Role.SUPERVISOR,)
    decided(desk)
    with window(qtbot, desk) as hands:
        open_page(hands, Qt.Key.Key_3, "results.table")
        hands.wait_for("results.print")
        assert not hands.sees("handout.hand")
        assert not hands.sees("handout.order")
