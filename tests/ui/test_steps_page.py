"""补正, 撤回 and 更正 in the window: from the list with a case in hand, the step that fits first, back to the list."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from catalogue.model import Text
from tests.fakes.desk import FakeDesk
from tests.ui.shell_hands import Hands, window
from workstation.domain.case import CaseFlag, CaseStatus
from workstation.domain.failures import Failure, Refused
from workstation.services.step_views import CorrectionView

CASE = "w-3"


@pytest.fixture
def hands(qtbot: QtBot) -> Iterator[Hands]:
    with window(qtbot, FakeDesk()) as made:
        made.shell()
        yield made


def open_steps(hands: Hands, submit: str) -> None:
    hands.ctrl(Qt.Key.Key_2)
    hands.wait_for("cases.steps")
    hands.key(Qt.Key.Key_F8)
    hands.wait_for(submit)


def test_all_that_is_missing_is_asked_for_in_words_and_the_notice_comes_out(hands: Hands) -> None:
    open_steps(hands, "ask.submit")
    wanted = hands.find(QCheckBox, "ask.household_book")
    assert (wanted.isChecked(), wanted.isEnabled()) == (True, False)
    assert hands.line("ask.household_book.why").text() == "没有提交"
    assert not hands.sees("ask.id_father.why")
    hands.find(QCheckBox, "ask.id_father").click()
    hands.find(QComboBox, "ask.id_father.defect").setCurrentIndex(3)
    assert hands.line("ask.id_father.why").text() == "已过有效期"
    hands.line("ask.id_father.why").setText("身份证已于上月到期")
    hands.find(QComboBox, "ask.id_father.defect").setCurrentIndex(2)
    assert hands.line("ask.id_father.why").text() == "身份证已于上月到期"  # what a person wrote stays
    hands.desk.refuse["ask_correction"] = Refused(Failure.CORRECTION_INCOMPLETE, paper="household_book")
    hands.click("ask.submit")
    hands.wait_for("banner.text")  # the answer is there: a key before it would be one press too many
    hands.wait(lambda: hands.focus() == "ask.household_book.why")  # to the paper that the refusal speaks of
    del hands.desk.refuse["ask_correction"]
    hands.key(Qt.Key.Key_F10)
    hands.wait_for("steps.path")
    _, case, said = hands.asked("ask_correction")[-1]
    assert case == CASE
    assert "身份证已于上月到期" in said
    assert "household_book" in said
    hands.wait_for("take.submit")
    assert not hands.sees("steps.ask")


def test_a_gap_that_is_explained_wants_words_and_one_that_is_brought_none(hands: Hands) -> None:
    hands.desk._replace(CASE, status=CaseStatus.CORRECTION_REQUIRED)
    open_steps(hands, "take.submit")
    answer = hands.find(QComboBox, "take.household_book")
    assert not hands.sees("take.household_book.note")
    answer.setCurrentIndex(2)
    hands.line("take.household_book.note").setText("公安已核验，不用再带")
    hands.key(Qt.Key.Key_F10)
    hands.wait(lambda: bool(hands.asked("take_correction")))
    hands.wait(lambda: hands.focus() == "steps.back")  # and not at a withdrawal that nobody has asked for
    assert "公安已核验，不用再带" in hands.asked("take_correction")[0][2]


def test_what_waits_for_a_withdrawn_item_goes_with_it_before_the_clerks_eyes(hands: Hands) -> None:
    open_steps(hands, "ask.submit")
    hands.click("steps.withdraw")
    hands.wait_for("withdraw.submit")
    hands.find(QCheckBox, "withdraw.birth-registration").click()
    follows = hands.find(QCheckBox, "withdraw.medical-insurance")
    assert (follows.isChecked(), follows.isEnabled()) == (True, False)
    hands.find(QCheckBox, "withdraw.birth-registration").click()
    assert (follows.isChecked(), follows.isEnabled()) == (False, True)
    follows.click()
    hands.find(QComboBox, "withdraw.signed").setCurrentIndex(1)
    hands.line("withdraw.text").setText("参加外地医保")
    hands.key(Qt.Key.Key_F10)
    hands.wait(lambda: bool(hands.asked("withdraw_case")))
    assert hands.asked("withdraw_case")[0][2:] == ("medical-insurance", "参加外地医保", "applicant")


def test_a_telephone_is_mended_here_and_a_name_goes_to_a_second_person(hands: Hands) -> None:
    open_steps(hands, "ask.submit")
    hands.click("steps.amend")
    hands.wait_for("amend.submit")
    field = hands.find(QComboBox, "amend.field")
    field.setCurrentIndex(1)
    hands.line("amend.value").setText("13900000000")
    hands.line("amend.text").setText("当事人说号码记错了")
    hands.key(Qt.Key.Key_F10)
    hands.wait(lambda: bool(hands.asked("amend_receipt")))
    hands.wait_for("ask.submit")
    hands.click("steps.amend")
    hands.line("amend.value").setText("没有提请的名字")
    line = hands.line("amend.value")
    hands.key(Qt.Key.Key_Escape)
    hands.wait_for("cases.table")
    assert line.text() == ""  # nothing typed stays on a page that nobody looks at
    hands.key(Qt.Key.Key_F8)
    hands.wait_for("ask.submit")
    hands.click("steps.amend")
    field.setCurrentIndex(0)
    hands.line("amend.value").setText("测试更正")
    hands.line("amend.text").setText("身份证上是这个名字")
    hands.key(Qt.Key.Key_F10)
    hands.wait_for("proposals.list")
    assert hands.asked("propose")[-1][:3] == ("propose", CASE, "amend")


def test_the_case_says_its_flags_until_when_it_waits_and_what_may_be_done(hands: Hands) -> None:
    gaps = ((Text("户口簿", "Household register"), "missing"),)
    hands.desk._replace(
        CASE,
        status=CaseStatus.CORRECTION_REQUIRED,
        flags=(CaseFlag.TOLERANT, CaseFlag.OFFLINE),
        version=2,
        deemed_on=date(2026, 1, 12),
        corrections=(CorrectionView(date(2026, 1, 5), date(2026, 2, 4), None, gaps, running_out=True),),
    )
    hands.ctrl(Qt.Key.Key_2)
    hands.wait_for("flag.0")
    shown = {label.text() for label in hands.window.findChildren(QLabel) if label.isVisible()}
    assert {"视为受理", "容缺", "离线收件", "第 2 版"} <= shown
    assert any("停止计时，等到 2026-02-04" in words for words in shown)
    hands.desk.case_views = [dataclasses.replace(hands.desk.case_views[2], status=CaseStatus.DELIVERED)]
    hands.wait(lambda: not hands.sees("cases.steps"))  # over: no step is offered
