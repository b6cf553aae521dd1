"""The editors of the form: composition, capitals, masks, typing that is never overwritten, codes by first letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, SignalInstance
from PySide6.QtGui import QImage, QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from catalogue.model import Kind
from workstation.ui.form.address_editor import AddressEditor
from workstation.ui.form.choices import rank, spelled
from workstation.ui.form.code_editor import CodeEditor
from workstation.ui.form.editor import Editor
from workstation.ui.form.glyphs import missing_from
from workstation.ui.form.line import Line
from workstation.ui.form.photo_editor import PhotoEditor

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

ETHNICITY = (("01", "汉族"), ("03", "回族"), ("08", "壮族"), ("11", "满族"))


class Stage:
    """A window with one editor and a neighbour to leave to."""

    def __init__(self, qtbot: QtBot, editor: Line) -> None:
        self.qtbot = qtbot
        self.editor = editor
        self.window = QWidget()
        self.neighbour = QLineEdit(self.window)
        column = QVBoxLayout(self.window)
        column.addWidget(editor)
        column.addWidget(self.neighbour)
        qtbot.addWidget(self.window)
        self.window.resize(400, 300)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.neighbour.setFocus()

    def compose(self, preedit: str, commit: str = "") -> None:
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QCoreApplication.sendEvent(self.editor, event)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.editor, key)


def heard(signal: SignalInstance) -> list[object]:
    told: list[object] = []
    signal.connect(lambda *what: told.append(what[0] if what else None))
    return told


def test_enter_of_a_composition_stays_in_the_field(qtbot: QtBot) -> None:
    line = Line()
    stage = Stage(qtbot, line)
    entered = heard(line.entered)
    line.setFocus()
    stage.compose("ce")
    stage.press(Qt.Key.Key_Return)
    stage.compose("", "测")
    stage.press(Qt.Key.Key_Return)  # the same Enter, delivered after the composition ended
    assert entered == []
    assert line.text() == "测"
    qtbot.waitUntil(lambda: not line.composing)
    stage.press(Qt.Key.Key_Return)
    assert len(entered) == 1


def test_tab_and_shortcuts_wait_while_composing(qtbot: QtBot) -> None:
    line = Line()
    stage = Stage(qtbot, line)
    fired = heard(QShortcut(QKeySequence("F9"), stage.window).activated)
    line.setFocus()
    stage.compose("ce")
    stage.press(Qt.Key.Key_F9)
    stage.press(Qt.Key.Key_Tab)
    assert fired == []
    assert line.hasFocus()
    stage.compose("", "测")
    stage.press(Qt.Key.Key_F9)
    assert len(fired) == 1


def test_live_search_sees_the_unfinished_text(qtbot: QtBot) -> None:
    line = Line()
    stage = Stage(qtbot, line)
    typed = heard(line.typed)
    line.setFocus()
    QTest.keyClicks(line, "a")
    stage.compose("xs")
    assert typed == ["a", "axs"]


def test_last_letter_of_a_number_becomes_a_capital(qtbot: QtBot) -> None:
    editor = Editor(Kind.CITIZEN_ID)
    _stage = Stage(qtbot, editor)
    editor.setFocus()
    QTest.keyClicks(editor, "44010018990101002x")
    assert editor.text() == "44010018990101002X"


def test_input_method_is_off_for_numbers_and_on_for_names(qtbot: QtBot) -> None:
    number, name = Editor(Kind.CITIZEN_ID), Editor(Kind.NAME)
    qtbot.addWidget(number)
    qtbot.addWidget(name)
    for editor in (number, name):
        editor.show_value("", "", locked=False)
    on = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert not number.testAttribute(on)
    assert name.testAttribute(on)


def test_names_with_rare_characters_are_not_cut(qtbot: QtBot) -> None:
    editor = Editor(Kind.NAME)
    qtbot.addWidget(editor)
    name = "\U00020bb7" * 50
    editor.show_value(name, name, locked=False)
    assert editor.text() == name


def test_typing_is_not_overwritten_by_a_new_view(qtbot: QtBot) -> None:
    editor = Editor(Kind.NAME)
    _stage = Stage(qtbot, editor)
    editor.setFocus()
    QTest.keyClicks(editor, "abc")
    editor.setCursorPosition(1)
    editor.show_value("from the register", "from the register", locked=False)
    assert (editor.text(), editor.cursorPosition()) == ("abc", 1)


def test_text_on_its_way_survives_an_older_view(qtbot: QtBot) -> None:
    editor = Editor(Kind.DATE)
    stage = Stage(qtbot, editor)
    sent = heard(editor.committed)
    editor.setFocus()
    QTest.keyClicks(editor, "20260103")
    stage.press(Qt.Key.Key_Return)
    assert sent == ["20260103"]
    editor.show_value("", "", locked=False)  # made before the desk heard of it
    assert editor.text() == "20260103"
    editor.show_value("2026-01-03", "2026-01-03", locked=False)
    editor.settled(kept=True)
    assert editor.text() == "2026-01-03"


def test_refused_text_stays_to_be_mended(qtbot: QtBot) -> None:
    editor = Editor(Kind.NAME)
    stage = Stage(qtbot, editor)
    editor.setFocus()
    QTest.keyClicks(editor, "abc")
    stage.press(Qt.Key.Key_Return)
    editor.settled(kept=False)
    editor.show_value("", "", locked=False)
    assert editor.text() == "abc"
    assert editor.dirty


def test_leaving_commits_and_escape_takes_back(qtbot: QtBot) -> None:
    editor = Editor(Kind.NAME)
    stage = Stage(qtbot, editor)
    sent = heard(editor.committed)
    editor.setFocus()
    QTest.keyClicks(editor, "abc")
    stage.press(Qt.Key.Key_Escape)
    stage.neighbour.setFocus()
    assert sent == []
    editor.setFocus()
    QTest.keyClicks(editor, "xyz")
    stage.neighbour.setFocus()
    assert sent == ["xyz"]


def test_unchanged_text_is_not_sent(qtbot: QtBot) -> None:
    editor = Editor(Kind.NAME)
    stage = Stage(qtbot, editor)
    sent = heard(editor.committed)
    editor.show_value("abc", "abc", locked=False)
    editor.setFocus()
    QTest.keyClicks(editor, "abc")
    stage.press(Qt.Key.Key_Return)
    assert sent == []


def test_masked_value_is_clear_only_after_it_was_asked_for(qtbot: QtBot) -> None:
    editor = Editor(Kind.NAME)
    stage = Stage(qtbot, editor)
    wanted = heard(editor.wanted)
    editor.show_value("测试一", "测**", locked=False)
    assert (editor.text(), wanted) == ("测**", [])
    editor.setFocus()
    assert wanted == []
    QTest.keyClicks(editor, "x")
    assert wanted
    assert editor.text() == "测**"  # not writable while it is masked: the stars are no value
    editor.unmask()
    assert editor.text() == "测试一"
    stage.neighbour.setFocus()
    assert editor.text() == "测**"


def test_the_key_that_shows_wipes_nothing_when_pressed_twice(qtbot: QtBot) -> None:
    editor = Editor(Kind.CITIZEN_ID)
    stage = Stage(qtbot, editor)
    editor.show_value("44010018990101002X", "440***********002X", locked=False)
    editor.setFocus()
    stage.press(Qt.Key.Key_Space)
    editor.unmask()
    stage.press(Qt.Key.Key_Space)
    assert (editor.text(), editor.dirty) == ("44010018990101002X", False)
    QTest.keyClicks(editor, "4")  # any other key replaces, as before
    assert editor.text() == "4"


def test_late_reveal_does_not_open_a_field_that_was_left(qtbot: QtBot) -> None:
    editor = Editor(Kind.NAME)
    stage = Stage(qtbot, editor)
    editor.show_value("测试一", "测**", locked=False)
    editor.setFocus()
    stage.neighbour.setFocus()
    editor.unmask()
    assert editor.text() == "测**"


@pytest.mark.parametrize(
    ("typed", "best"),
    [("01", "01"), ("1", "01"), ("11", "11"), ("汉", "01"), ("hz", "01"), ("m", "11"), ("族", "01")],
)
def test_codes_are_found_by_code_label_and_first_letters(typed: str, best: str) -> None:
    assert rank(ETHNICITY, typed)[0][0] == best


def test_a_label_is_typed_in_letters_in_any_reading() -> None:
    assert {"jsyh", "jiansheyinhang"} <= set(spelled("建设银行"))
    assert {"cqq", "zqq"} <= set(spelled("重庆区"))
    assert rank((("1", "单位宿舍"), ("2", "租住")), "danwei")[0][0] == "1"


def code_stage(qtbot: QtBot) -> tuple[Stage, CodeEditor, list[object]]:
    editor = CodeEditor(ETHNICITY)
    return Stage(qtbot, editor), editor, heard(editor.committed)


def test_first_letters_and_enter_choose_a_code(qtbot: QtBot) -> None:
    stage, editor, sent = code_stage(qtbot)
    editor.setFocus()
    QTest.keyClicks(editor, "hu")
    assert editor.text() == "hu"
    stage.press(Qt.Key.Key_Backspace)
    stage.press(Qt.Key.Key_Return)
    assert sent == ["01"]


def test_down_marks_the_first_option_and_writes_its_label(qtbot: QtBot) -> None:
    stage, editor, sent = code_stage(qtbot)
    editor.setFocus()
    stage.press(Qt.Key.Key_Down)
    assert editor.text() == "汉族"
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_Return)
    assert sent == ["03"]


def test_enter_on_an_empty_code_chooses_nothing(qtbot: QtBot) -> None:
    stage, editor, sent = code_stage(qtbot)
    editor.setFocus()
    stage.press(Qt.Key.Key_Return)
    assert sent == []


def test_a_text_that_is_no_code_is_sent_as_typed(qtbot: QtBot) -> None:
    stage, editor, sent = code_stage(qtbot)
    editor.setFocus()
    QTest.keyClicks(editor, "zzz")
    stage.press(Qt.Key.Key_Return)
    assert sent == ["zzz"]


def test_the_list_of_codes_closes_with_the_field(qtbot: QtBot) -> None:
    stage, editor, _ = code_stage(qtbot)
    editor.setFocus()
    choices = stage.window.findChild(QWidget, "choices")
    assert isinstance(choices, QWidget)
    assert choices.isVisible()
    stage.neighbour.setFocus()
    assert not choices.isVisible()


def test_the_list_of_codes_follows_its_field(qtbot: QtBot) -> None:
    # A form lays itself out after the focus came, and moves up when the notice above it goes.
    stage, editor, _ = code_stage(qtbot)
    editor.setFocus()
    choices = stage.window.findChild(QWidget, "choices")
    assert isinstance(choices, QWidget)
    above = QLineEdit()
    stage.window.layout().insertWidget(0, above)  # type: ignore[union-attr]
    above.show()

    def right_below() -> bool:
        below = editor.mapTo(stage.window, QPoint(0, editor.height()))
        return choices.geometry().topLeft() == below and editor.y() > above.height()

    qtbot.waitUntil(right_below)


def test_a_code_shows_its_label(qtbot: QtBot) -> None:
    editor = CodeEditor(ETHNICITY)
    qtbot.addWidget(editor)
    editor.show_value("08", "08", locked=False)
    assert editor.text() == "壮族"


def test_a_key_on_a_masked_field_asks_again(qtbot: QtBot) -> None:
    editor = Editor(Kind.NAME)
    _stage = Stage(qtbot, editor)
    editor.setFocus()
    editor.show_value("测试一", "测**", locked=False)  # filled by a check while the person is here
    wanted = heard(editor.wanted)
    QCoreApplication.sendEvent(
        editor, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    )
    assert len(wanted) == 1


def test_a_change_is_taken_back_by_ctrl_z_even_after_the_desk_took_it(qtbot: QtBot) -> None:
    editor = Editor(Kind.PHONE)
    qtbot.addWidget(editor)
    sent: list[str] = []

    def take(typed: str) -> None:
        sent.append(typed)
        editor.show_value(typed, typed, locked=False)
        editor.settled(kept=True)

    editor.committed.connect(take)
    editor.show()
    editor.setFocus()
    editor.show_value("", "", locked=False)
    for typed in ("13800000000", "13900000000"):
        editor.selectAll()
        QTest.keyClicks(editor, typed)
        QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == "13800000000"
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == ""
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)  # nothing is left to take back
    assert sent == ["13800000000", "13900000000", "13800000000", ""]


def picture(width: int, height: int, path: Path) -> str:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    assert image.save(str(path))
    return str(path)


def test_a_photo_is_chosen_shown_small_taken_out_and_brought_back_by_keys(
    qtbot: QtBot, tmp_path: Path
) -> None:
    editor = PhotoEditor()
    stage = Stage(qtbot, editor)
    picked, sent, advanced = heard(editor.picked), heard(editor.committed), heard(editor.advanced)
    editor.show_value("", "", locked=False)
    editor.setFocus()
    QTest.keyClicks(editor, "abc")
    assert editor.text() == ""  # a picture is no typing
    editor.take(picture(358, 441, tmp_path / "photo.png"))
    assert picked == [str(tmp_path / "photo.png")]
    editor.show_value("ab" * 32, "ab" * 32, locked=False)
    assert editor.text().startswith("已有照片")
    assert any(not action.icon().isNull() for action in editor.actions() if action.isVisible())
    stage.press(Qt.Key.Key_Return)
    assert (sent, len(advanced)) == ([], 1)
    stage.press(Qt.Key.Key_Delete)
    editor.show_value("", "", locked=False)
    editor.settled(kept=True)
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert sent == ["", "ab" * 32]


def test_a_locked_photo_cannot_be_taken_out(qtbot: QtBot) -> None:
    editor = PhotoEditor()
    stage = Stage(qtbot, editor)
    sent = heard(editor.committed)
    editor.show_value("ab" * 32, "ab" * 32, locked=True)
    editor.setFocus()
    stage.press(Qt.Key.Key_Delete)
    assert sent == []


def test_a_character_that_no_font_has_is_named() -> None:
    assert missing_from("测试一·A") == ""
    assert missing_from("测\ue000") == "\ue000"


STREETS = [("440104001", "越秀区洪桥街道"), ("440104003", "越秀区北京街道"), ("440111108", "白云区钟落潭镇")]


@pytest.fixture
def address(qtbot: QtBot) -> Iterator[tuple[AddressEditor, list[str]]]:
    holder = QWidget()
    qtbot.addWidget(holder)
    editor = AddressEditor(STREETS, holder)
    holder.resize(500, 400)
    holder.show()
    holder.activateWindow()
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    sent: list[str] = []
    editor.committed.connect(sent.append)
    yield editor, sent
    holder.close()


def test_an_address_begins_with_a_street_found_by_initials_and_goes_on_by_hand(
    address: tuple[AddressEditor, list[str]],
) -> None:
    editor, sent = address
    QTest.keyClicks(editor, "yxqbj")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "广州市越秀区北京街道"
    assert sent == []  # the number of the house is still to come
    editor.insert("1号")
    editor.textEdited.emit(editor.text())
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert sent == ["广州市越秀区北京街道1号"]


def test_an_address_elsewhere_is_taken_as_it_is(address: tuple[AddressEditor, list[str]]) -> None:
    editor, sent = address
    QTest.keyClicks(editor, "Nowhere 12, Utopia")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert sent == ["Nowhere 12, Utopia"]


def test_arrows_choose_and_escape_closes_the_streets(address: tuple[AddressEditor, list[str]]) -> None:
    editor, sent = address
    QTest.keyClicks(editor, "yxq")
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "广州市越秀区北京街道"
    editor.selectAll()
    QTest.keyClicks(editor, "byq")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert sent == ["byq"]
