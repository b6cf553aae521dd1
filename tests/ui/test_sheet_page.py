"""看单子 in the whole window: which sheet, on which paper, in which words; Enter prints what is seen, Esc leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QListWidget
from pytestqt.qtbot import QtBot

from tests.fakes.desk import FakeDesk
from tests.fakes.print_desk import a_sheet_view
from tests.ui.shell_hands import Hands, window
from wire.messages import Role
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import SpoolState
from workstation.domain.slip import Language, PaperWish, SlipKind


@pytest.fixture(scope="module")
def picture() -> bytes:
    """An empty sheet, white."""
    image = QImage(300, 420, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs want bytes, which Qt does not take
    return bytes(buffer.data().data())


@pytest.fixture
def desk(picture: bytes) -> FakeDesk:
    made = FakeDesk()
    made.roles = (Role.CLERK,)
    made.picture = picture
    return made


@pytest.fixture
def hands(qtbot: QtBot, desk: FakeDesk) -> Iterator[Hands]:
    with window(qtbot, desk) as made:
        made.shell()
        yield made


def look(hands: Hands) -> None:
    """From the list of cases to the first sheet of the first of them: two keys."""
    hands.ctrl(Qt.Key.Key_2)
    hands.wait_for("cases.look")
    hands.key(Qt.Key.Key_F3)
    hands.wait_for("preview.print")
    hands.wait(lambda: shown(hands))


def shown(hands: Hands) -> bool:
    return not hands.find(QLabel, "preview.picture").pixmap().isNull()


def name(hands: Hands, button: str) -> str:
    return hands.find(QAbstractButton, button).accessibleName()


def test_a_look_is_one_key_shows_a_specimen_and_leaves_one_where_one_was(
    hands: Hands, desk: FakeDesk, picture: bytes
) -> None:
    hands.ctrl(Qt.Key.Key_2)
    hands.wait_for("cases.look")
    before = hands.focus()
    hands.key(Qt.Key.Key_F3)
    hands.wait(lambda: hands.sees("preview.picture") and shown(hands))
    label = hands.find(QLabel, "preview.picture")
    seen, plain = label.pixmap().toImage(), QImage.fromData(picture)
    assert seen.size() == plain.size()
    red = sum(seen.pixelColor(x, y).blue() < 250 for x in range(0, 300, 3) for y in range(0, 420, 3))
    assert red > 100  # 样张 across it
    hands.key(Qt.Key.Key_Escape)
    hands.wait_for("casesPage")
    assert hands.focus() == before
    assert label.pixmap().isNull()  # nothing of a sheet stays on a page that is left
    assert hands.asked("print_draft") == hands.asked("print_slip") == []


def test_which_sheet_on_which_paper_in_which_words_and_enter_prints_what_is_seen(
    hands: Hands, desk: FakeDesk
) -> None:
    every = (SlipKind.RECEIPT, SlipKind.ACCEPTANCE, SlipKind.RESULT)  # the last one is a supervisor's
    desk.case_views = [replace(each, printable=every) for each in desk.case_views]
    look(hands)
    kinds = hands.find(QListWidget, "choices.kinds")
    assert [kinds.item(row).text() for row in range(kinds.count())] == ["收件凭证", "受理通知书"]
    hands.key(Qt.Key.Key_Down)
    hands.wait(lambda: hands.words("preview.said").startswith("ACC-1"))
    assert (name(hands, "choices.paper"), name(hands, "choices.language")) == ("纸张：A4", "文字：中文")
    hands.key(Qt.Key.Key_F5)
    hands.wait(lambda: name(hands, "choices.paper") == "纸张：A5")
    hands.key(Qt.Key.Key_F6)
    hands.wait(lambda: name(hands, "choices.language") == "文字：中英双语")
    # A sheet that has changed meanwhile is shown anew and not printed.
    desk.refuse["print_draft"] = Refused(Failure.SHEET_CHANGED)
    drafts = len(hands.asked("draft_slip"))
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.sees("banner.text") and "内容变了" in hands.words("banner.text"))
    hands.wait(lambda: len(hands.asked("draft_slip")) == drafts + 1)
    del desk.refuse["print_draft"]
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.sees("casesPage") and hands.sees("cases.path"))
    assert hands.asked("print_draft")[-1][1:] == hands.asked("draft_slip")[-1][1:]
    assert desk.wishes == {SlipKind.ACCEPTANCE: PaperWish("a5", Language.BOTH)}
    assert hands.asked("print_slip") == []


def test_a_station_may_wish_to_look_at_every_sheet_then_each_is_one_key_away_and_one_more_prints_it(
    hands: Hands, desk: FakeDesk
) -> None:
    field = hands.focus()
    look(hands)
    first = hands.find(QCheckBox, "choices.first")
    hands.wait(lambda: bool(hands.asked("looks_first")))
    assert not first.isChecked()
    first.click()
    hands.wait(lambda: hands.asked("look_first") == [("look_first", "True")])
    hands.ctrl(Qt.Key.Key_1)
    desk.work = replace(desk.work, open=(a_sheet_view("RCP-1", state=SpoolState.MADE),))
    hands.wait_for("printBar.look")
    assert "等着先看" in hands.words("printBar.text")
    hands.key(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    hands.wait(lambda: hands.sees("preview.picture") and shown(hands))
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.asked("send_again") == [("send_again", "RCP-1", "")])
    hands.wait(lambda: hands.focus() == field)  # back in the talk
