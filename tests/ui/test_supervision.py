"""督办: proposing from the list of cases, side by side, signing by somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.fakes import worklist
from tests.fakes.desk import FakeDesk
from tests.fakes.proposed import proposed
from tests.ui.shell_hands import Hands, window
from wire.messages import Role
from workstation.domain.approval import REASONS, ProposalKind, Reason, Wish
from workstation.ui import text
from workstation.ui.second.compare import Compare
from workstation.ui.words.breaks import in_fours

REFUSE = Wish(ProposalKind.REFUSE, Reason.NOT_COMPETENT, "房屋在外区，不归本区办理", "天河区住房和建设局")
TOLERATE = Wish(
    ProposalKind.TOLERATE, Reason.SECONDARY_PAPER, "照片两天内补来", material="photo", until=date(2026, 1, 9)
)


@pytest.fixture
def hands(qtbot: QtBot) -> Iterator[Hands]:
    with window(qtbot, FakeDesk()) as made:
        made.shell()
        yield made


def open_form(hands: Hands) -> None:
    hands.ctrl(Qt.Key.Key_2)
    hands.wait_for("cases.propose")
    hands.key(Qt.Key.Key_F7)
    hands.wait_for("propose.text")
    hands.wait(lambda: hands.find(QComboBox, "propose.kind").count() == 3)


def test_a_wish_goes_from_the_list_to_the_tray_and_a_second_person_signs_it(hands: Hands) -> None:
    open_form(hands)
    hands.find(QPlainTextEdit, "propose.text").setPlainText("通知后没有补交材料")
    hands.click("propose.submit")  # no ground was chosen: nobody signs the one that happens to stand first
    assert hands.focus() == "propose.reason"
    assert not [call for call in hands.desk.calls if call[0] == "propose"]
    hands.find(QComboBox, "propose.reason").setCurrentIndex(0)
    hands.click("propose.submit")
    hands.wait_for("proposal.sign")
    assert ("propose", "w-3", "refuse", "not_required", "通知后没有补交材料") in hands.desk.calls
    shown = " ".join(label.text() for label in hands.window.findChildren(QLabel) if label.isVisible())
    assert "通知后没有补交材料" in shown
    assert "测**" in shown
    hands.line("proposal.login").setText("supervisor")
    hands.line("proposal.password").setText("p")
    hands.click("proposal.sign")
    hands.wait_for("proposals.done")
    assert ("approve", "p-1", "supervisor") in hands.desk.calls
    assert "不予受理" in hands.words("proposals.done")
    assert hands.sees("proposals.path")


def test_whoever_asked_cannot_sign_and_is_told_so(hands: Hands) -> None:
    hands.desk.proposal_views.append(proposed("p-1", worklist.cases()[0], REFUSE))
    hands.ctrl(Qt.Key.Key_4)
    hands.wait_for("proposal.sign")
    assert hands.line("proposal.login").text() == ""
    assert not hands.sees("proposal.decline")
    hands.line("proposal.login").setText("clerk")
    hands.line("proposal.password").setText("p")
    hands.click("proposal.sign")
    hands.wait(lambda: hands.sees("banner.text"))
    assert "提请人不能给自己会签" in hands.words("banner.text")
    assert hands.line("proposal.password").text() == ""
    hands.line("proposal.login").setText("supervisor")
    hands.line("proposal.password").setText("p")
    hands.click("proposal.sign")
    hands.wait_for("proposals.done")
    assert not hands.sees("banner.text")


def test_a_wish_without_words_is_refused_and_keeps_the_form(hands: Hands) -> None:
    open_form(hands)
    hands.find(QComboBox, "propose.reason").setCurrentIndex(0)
    hands.click("propose.submit")
    hands.wait(lambda: hands.sees("banner.text"))
    assert "理由没有写全" in hands.words("banner.text")
    assert hands.sees("propose.text")
    assert hands.focus() == "propose.text"  # where the words are missing


def test_the_fields_of_a_kind_show_with_it(hands: Hands) -> None:
    open_form(hands)
    kind, reason = hands.find(QComboBox, "propose.kind"), hands.find(QComboBox, "propose.reason")
    assert not hands.sees("propose.paper")
    reason.setCurrentIndex(1)
    assert hands.sees("propose.body")
    kind.setCurrentIndex(1)
    assert hands.sees("propose.paper")
    assert hands.sees("propose.until")
    assert not hands.sees("propose.body")
    hands.key(Qt.Key.Key_Escape)
    hands.wait(lambda: not hands.sees("propose.text"))


def test_what_changed_meanwhile_cannot_be_signed(hands: Hands) -> None:
    hands.desk.proposal_views.append(proposed("p-1", worklist.cases()[0], REFUSE, changed=True))
    hands.ctrl(Qt.Key.Key_4)
    hands.wait_for("proposal.sign")
    assert "不能会签" in hands.words("proposal.note")
    hands.click("proposal.withdraw")
    hands.wait(lambda: not hands.sees("proposals.list"))  # no empty box beside the words
    assert hands.sees("emptyTitle")


def test_a_supervisor_is_offered_as_signer_and_may_send_back(qtbot: QtBot) -> None:
    desk = FakeDesk()
    desk.roles, desk.login = (Role.SUPERVISOR,), "supervisor"
    case = worklist.cases()[0]
    desk.proposal_views = [
        proposed("p-2", case, TOLERATE, mine=False, may_sign=True),
        proposed("p-1", case, REFUSE, mine=False, may_sign=True),
    ]
    with window(qtbot, desk) as hands:
        hands.shell()
        hands.ctrl(Qt.Key.Key_4)
        hands.wait_for("proposal.sign")
        assert hands.line("proposal.login").text() == "supervisor"
        hands.find(QListWidget, "proposals.list").setCurrentRow(1)
        hands.click("proposal.decline")
        hands.wait(lambda: hands.find(QListWidget, "proposals.list").count() == 1)
        assert hands.asked("decline") == [("decline", "p-1")]


def test_a_password_that_was_begun_is_forgotten_when_the_page_goes(hands: Hands) -> None:
    hands.desk.proposal_views.append(proposed("p-1", worklist.cases()[0], REFUSE))
    hands.ctrl(Qt.Key.Key_4)
    hands.wait_for("proposal.sign")
    line = hands.line("proposal.password")
    line.setText("half")
    hands.ctrl(Qt.Key.Key_2)
    hands.wait(lambda: not hands.sees("proposal.sign"))
    assert line.text() == ""


@pytest.mark.parametrize("kind", ProposalKind)
def test_the_second_person_sees_everything_that_is_signed_for_each_kind(
    qtbot: QtBot, kind: ProposalKind
) -> None:
    """Side by side: the case as it stands, and what is asked - kind, reason, words, body, paper, day, who and when, effect."""
    reason = REASONS[kind][-1]
    tolerated = kind is ProposalKind.TOLERATE
    until = date(2026, 1, 20)
    wish = Wish(
        kind,
        reason,
        "这一件的情况写在这里",
        competent_body="测试区公安分局" if kind is ProposalKind.REFUSE else "",
        material="photo" if tolerated else "",
        until=until if tolerated else None,
    )
    view = proposed("p-1", worklist.cases()[0], wish)
    compare = Compare()
    qtbot.addWidget(compare)
    compare.show_proposal(view)
    said = "\n".join(label.text() for label in compare.findChildren(QLabel) if not label.isHidden())
    expected = [
        view.receipt_no,
        view.applicant,
        view.applicant_id,
        text.status(view.status),
        *(text.said(item) for item in view.items),
        *(text.said(name) for name, _ in view.papers),
        *(text.material_how(how) for _, how in view.papers),
        text.proposal_kind(kind),
        text.reason(reason),
        wish.text,
        wish.competent_body,
        until.isoformat() if tolerated else "",
        view.proposer,
        text.proposal_effect(kind),
        in_fours(view.sha256[:16]),
    ]
    assert [words for words in expected if words not in said] == []
