"""Privacy at the counter: nothing of a day's people stands in clear anywhere, unless it was asked for, and then not for long."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from catalogue.model import Kind
from devtools import screen
from tests.fakes.counter import WholeDesk
from tests.fakes.day import ITEMS, born, citizens, fill, identity
from tests.fakes.desk import FakeDesk
from tests.fakes.people import AT
from tests.fakes.staff import PASSWORD
from tests.ui.intake_counter import FATHER, Counter
from tests.ui.privacy_walk import said
from tests.ui.shell_hands import Hands, window
from wire.codec import encode
from wire.messages import (
    CaseConcluded,
    CaseRegistered,
    Change,
    ChangeKind,
    ChangePage,
    Result,
    ResultCode,
    SubCaseMoved,
    SubCaseState,
)
from wire.signed import sign_receipt
from workstation.domain.failures import Failure, Refused
from workstation.services.views import VisitView
from workstation.ui import capture, clipboard, reveal
from workstation.ui.background import Background
from workstation.ui.capture import Capture
from workstation.ui.clipboard import ClipboardGuard
from workstation.ui.form.editor import Editor
from workstation.ui.form.panel import FormPanel
from workstation.ui.intake.person_strip import PersonStrip

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

PEOPLE = citizens(8)
# With the day of birth beside a masked number most of the number could be told.
SECRETS = tuple(secret for person in PEOPLE for secret in (*person.secrets(), born(person)))


def in_clear(*but: str) -> list[str]:
    """Return where a secret stands in clear; `but` are the ones that may."""
    looked_for = [secret for secret in SECRETS if secret not in but]
    return [
        f"{place}: {words}"
        for place, words in said().items()
        if any(secret in words for secret in looked_for)
    ]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeDesk]:
    """A morning's work over the real store: cases received and accepted, one draft left, one visit open."""
    whole = WholeDesk(tmp_path_factory.mktemp("day"))
    desk = whole.open_up()
    for n, item in enumerate(ITEMS):
        assert fill(desk, PEOPLE[n], PEOPLE[n + 1], item, AT).may_receive, item
        desk.receive()
        desk.accept()
        desk.drop_visit()
    fill(desk, PEOPLE[6], PEOPLE[7], "spouse-household-move", AT)
    desk.drop_visit()
    yield whole
    whole.close()


@pytest.fixture
def hands(qtbot: QtBot, day: WholeDesk) -> Iterator[Hands]:
    # The window takes any desk; what it does with the fake one it does with the whole one.
    desk: Any = day.desk
    if desk.station().clerk == "":
        desk.sign_in("clerk", PASSWORD)
    with window(qtbot, cast("FakeDesk", desk)) as made:
        made.shell()
        yield made


# -- the walk ------------------------------------------------------------------------------------------------
def test_no_page_shows_a_person_in_clear(hands: Hands, qtbot: QtBot) -> None:
    hands.wait_for("drafts.resume")
    drafts = hands.find(QListWidget, "drafts.list")
    assert drafts.count() == 1
    assert PEOPLE[6].id_no[-4:] in drafts.item(0).text()  # it speaks of them, masked
    assert in_clear() == []
    shell = hands.shell()
    for page in (*(name for name in shell.pages if name != "intake"), "intake"):
        shell.open(page)
        if page == "cases":
            hands.wait_for("cases.table")
        if page == "cases":
            qtbot.waitUntil(lambda: hands.table("cases.table").model().rowCount() == len(ITEMS))
            hands.table("cases.table").selectRow(0)
        hands.calm()
        assert in_clear() == [], page
    hands.wait_for("drafts.resume")
    hands.click("drafts.resume")
    hands.wait_for("field.spouse.id_no")
    assert hands.line("field.spouse.id_no").text() == PEOPLE[7].id_no[:3] + "*" * 11 + PEOPLE[7].id_no[-4:]
    assert len(said()) > 500
    assert in_clear() == []
    assert {w.windowTitle() for w in QApplication.topLevelWidgets()} <= {"", "一窗工作站", "服务评价"}
    # The same walk sees what was asked for, so it would have seen it before.
    hands.click("person.reveal")
    qtbot.waitUntil(lambda: hands.words("person.id") == PEOPLE[6].id_no)
    assert len(in_clear()) >= 2
    assert in_clear(PEOPLE[6].name, PEOPLE[6].id_no) == []
    shell.open("cases")
    assert in_clear() == []  # another page took the place
    shell.open("intake")
    hands.wait_for("field.spouse.id_no")
    hands.line("field.spouse.id_no").setFocus()
    QTest.keyClick(hands.line("field.spouse.id_no"), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: hands.line("field.spouse.id_no").text() == PEOPLE[7].id_no)
    assert in_clear(PEOPLE[7].id_no) == []
    hands.window.cover(clipboard=True)
    assert in_clear() == []
    with hands.window.desk._gate.open_unit() as unit:  # type: ignore[attr-defined]
        noted = [entry.note for entry in unit.audit.entries() if entry.deed.value == "revealed"]
    assert noted == ["person", "spouse.id_no"]


def test_no_page_of_a_supervisor_shows_a_person_in_clear(
    qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = WholeDesk(tmp_path_factory.mktemp("decided"))
    desk: Any = whole.open_up()
    fill(desk, PEOPLE[0], PEOPLE[1], "housing-fund-settlement", AT)
    received, _ = desk.receive()
    desk.accept()
    _decide(whole, received)
    desk.sign_out()
    desk.sign_in("supervisor", PASSWORD)
    with window(qtbot, cast("FakeDesk", desk)) as hands:
        for page in hands.shell().pages:
            hands.shell().open(page)
            if page == "results":
                hands.wait_for("results.table")
                qtbot.waitUntil(lambda: hands.table("results.table").model().rowCount() == 1)
                hands.table("results.table").selectRow(0)
            hands.calm()
            assert in_clear() == [], page
        assert any(f"{PEOPLE[0].name[0]}**" in words for words in said().values())
    whole.close()


def _decide(whole: WholeDesk, received: VisitView) -> None:
    """Let the hall take the case and its department grant it."""
    with whole.unit() as unit:
        for waiting in unit.outbox.due(AT, 99):
            sent = waiting.envelope
            unit.outbox.acked(sent.id, sign_receipt(sent.id, sent.sha256, AT, whole.hall.private))
        (case,) = unit.cases.latest(1)
        unit.commit()
    granted = Result(ResultCode.GRANTED, "准予", "部门", "r", AT)
    bodies: list[tuple[ChangeKind, object]] = [
        (ChangeKind.CASE_REGISTERED, CaseRegistered(received.receipt_no or "", "P1", AT))
    ]
    bodies += [
        (ChangeKind.SUB_CASE_MOVED, SubCaseMoved(sub.item, SubCaseState.DECIDED, AT, granted))
        for sub in case.sub_cases
    ]
    bodies.append((ChangeKind.CASE_CONCLUDED, CaseConcluded("P1", AT, "YC1.e30.AA")))
    changes = tuple(
        Change(case.id, rev, kind, encode(body)) for rev, (kind, body) in enumerate(bodies, start=1)
    )
    whole.take_page(ChangePage("epoch", changes, "epoch.9", more=False))


def test_refusals_speak_of_nobody(hands: Hands) -> None:
    # Whatever a refusal carries, only the places in its sentence are filled.
    details = {"name": PEOPLE[0].name, "id_no": PEOPLE[0].id_no, "field": PEOPLE[0].phone}
    for failure in Failure:
        hands.shell().show_refusal(Refused(failure, **details))
        banner = hands.shell().banner
        spoken = " ".join(label.text() for label in banner.findChildren(QLabel)) + banner.accessibleName()
        assert not any(secret in spoken for secret in SECRETS), failure
    assert in_clear() == []


PLACES = ("text", "tooltip", "name", "description", "title", "item", "item tooltip", "placeholder")


@pytest.mark.parametrize("place", PLACES)
def test_the_walk_finds_a_planted_person(qtbot: QtBot, place: str) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    label, listed = QLabel(holder), QListWidget(holder)
    listed.addItem("")
    line = Editor(Kind.NAME, holder)
    secret = PEOPLE[3].id_no
    plant = {
        "text": lambda: label.setText(f"a {secret} b"),
        "tooltip": lambda: label.setToolTip(secret),
        "name": lambda: label.setAccessibleName(secret),
        "description": lambda: label.setAccessibleDescription(secret),
        "title": lambda: holder.setWindowTitle(secret),
        "item": lambda: listed.item(0).setText(secret),
        "item tooltip": lambda: listed.item(0).setToolTip(secret),
        "placeholder": lambda: line.setPlaceholderText(secret),
    }
    assert in_clear() == []
    plant[place]()
    assert in_clear()


# -- reveal and its end ------------------------------------------------------------------------------------
@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def counter(qtbot: QtBot, desk: FakeDesk) -> Iterator[Counter]:
    holder = QWidget()
    qtbot.addWidget(holder)
    background = Background(holder, refused=lambda _: None, broken=lambda e: None)
    yield Counter(qtbot, desk, background)
    background.close()


def test_a_revealed_person_is_masked_when_the_time_is_up(counter: Counter, qtbot: QtBot) -> None:
    counter.put_card()
    strip = counter.find(PersonStrip, "personStrip")
    strip._clear.seconds = 1.2
    counter.click("person.reveal")
    qtbot.waitUntil(lambda: counter.words("person.name") == "测试一")
    button = counter.find(QPushButton, "person.reveal")
    assert button.text() == "2 秒后遮盖"  # told in words, not in a colour
    qtbot.waitUntil(lambda: button.text() == "1 秒后遮盖")
    qtbot.waitUntil(lambda: counter.words("person.name") == "测**")
    assert (button.text(), button.isEnabled()) == ("显示", True)


def test_a_revealed_field_is_masked_when_the_time_is_up_though_the_clerk_is_in_it(
    counter: Counter, qtbot: QtBot
) -> None:
    counter.to_form()
    counter.find(FormPanel, "form")._clear.seconds = 0.3
    counter.reveal("mother.id_no")
    qtbot.waitUntil(lambda: counter.field("mother.id_no").text() == "44010018990101002X")
    assert "秒后遮盖" in counter.words("form.hint")
    qtbot.waitUntil(lambda: counter.field("mother.id_no").text() == "440***********002X")
    assert counter.focus() == "field.mother.id_no"
    assert counter.field("mother.id_no").isReadOnly()
    assert "按空格" in counter.words("form.hint")


@pytest.mark.parametrize("how", ["page", "window", "lock"])
def test_whoever_leaves_leaves_nothing_in_clear(counter: Counter, qtbot: QtBot, how: str) -> None:
    counter.to_form()
    counter.click("person.reveal")
    counter.reveal("mother.id_no")
    qtbot.waitUntil(lambda: counter.field("mother.id_no").text() == "44010018990101002X")
    assert counter.words("person.name") == "测试一"
    if how == "page":
        counter.page.hide()
    else:
        counter.page.cover()
    assert counter.words("person.name") == "测**"
    assert counter.field("mother.id_no").text() == "440***********002X"


def test_another_window_in_front_masks(hands: Hands, qtbot: QtBot) -> None:
    hands.wait(lambda: hands.sees("drafts.resume") or hands.sees("person.reveal"))
    if hands.sees("drafts.resume"):
        hands.click("drafts.resume")
    hands.wait_for("person.reveal")
    hands.click("person.reveal")
    qtbot.waitUntil(lambda: hands.words("person.id") == PEOPLE[6].id_no)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    assert hands.words("person.id") != PEOPLE[6].id_no
    assert in_clear() == []


def test_what_was_typed_is_clear_while_it_is_typed_and_masked_a_moment_after(
    counter: Counter, qtbot: QtBot
) -> None:
    counter.to_form()
    field = counter.find(Editor, "field.father.id_no")
    field._lingers.setInterval(600_000)  # it is told below when the moment is over
    number = FATHER["father.id_no"]
    counter.fill("father.id_no", number)
    assert counter.focus() != "field.father.id_no"
    assert field.text() == number  # to be read once more
    field._lingers.setInterval(0)
    qtbot.waitUntil(lambda: field.text() == "440***********0011")
    assert counter.known("father.id_no").value == number
    assert not counter.asked("reveal")
    counter.reveal("father.id_no")  # from now on it is a look like any other
    qtbot.waitUntil(lambda: field.text() == number)
    assert counter.asked("reveal") == [("reveal", "father.id_no")]


def test_whoever_comes_back_at_once_goes_on_typing(counter: Counter) -> None:
    counter.to_form()
    field = counter.find(Editor, "field.father.name")
    counter.fill("father.name", "测试二")
    field.setFocus()
    assert (field.text(), field.isReadOnly()) == ("测试二", False)
    assert reveal.LINGER_MS == 2_000


def test_a_person_typed_from_an_original_turns_into_dots(counter: Counter, qtbot: QtBot) -> None:
    counter.key(Qt.Key.Key_F7)
    number = counter.field_named("noCard.number")
    number.setFocus()
    counter.type(PEOPLE[0].id_no)
    assert number.displayText() == PEOPLE[0].id_no
    counter.page.cover()
    assert PEOPLE[0].id_no not in number.displayText()
    assert in_clear() == []
    counter.field_named("noCard.name").setFocus()
    number.setFocus()
    assert number.displayText() == PEOPLE[0].id_no


# -- clipboard ---------------------------------------------------------------------------------------------
CLEAR_MS = 300


@pytest.fixture
def guard(qtbot: QtBot) -> Iterator[ClipboardGuard]:
    holder = QWidget()
    qtbot.addWidget(holder)
    QApplication.clipboard().clear()
    yield ClipboardGuard(holder, CLEAR_MS)
    QApplication.clipboard().clear()


def copied(qtbot: QtBot, *, revealed: bool) -> Editor:
    """Copy all of a masked name, by the keyboard."""
    field = Editor(Kind.NAME)
    qtbot.addWidget(field)
    field.show_value(PEOPLE[0].name, "测***", locked=False)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    field.setFocus()
    if revealed:
        field.unmask()
    wanted: list[bool] = []
    field.wanted.connect(lambda: wanted.append(True))
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert wanted == []  # copying a masked value asks for nothing
    return field


def board() -> str:
    return QApplication.clipboard().text()


def test_a_copied_mask_is_a_mask_and_stays(qtbot: QtBot, guard: ClipboardGuard) -> None:
    field = copied(qtbot, revealed=False)
    assert board() == field.text() == "测***"
    qtbot.wait(CLEAR_MS * 2)
    assert board() == "测***"


def test_a_copied_name_leaves_the_clipboard_by_itself(qtbot: QtBot, guard: ClipboardGuard) -> None:
    field = copied(qtbot, revealed=True)
    assert board() == field.text() == PEOPLE[0].name
    told = QApplication.clipboard().mimeData()
    assert bytes(told.data("x-kde-passwordManagerHint").data()) == b"secret"
    qtbot.waitUntil(lambda: board() == "")
    assert clipboard.CLEAR_AFTER_MS == 10_000


def test_what_another_has_copied_meanwhile_stays(qtbot: QtBot, guard: ClipboardGuard) -> None:
    copied(qtbot, revealed=True).clearFocus()
    QApplication.clipboard().setText("somebody else's")
    qtbot.wait(CLEAR_MS * 2)
    assert board() == "somebody else's"
    guard.clear()
    assert board() == "somebody else's"


def test_a_lock_clears_the_clipboard_at_once(qtbot: QtBot, guard: ClipboardGuard) -> None:
    field = copied(qtbot, revealed=True)
    assert board() == field.text() == PEOPLE[0].name
    guard.clear()
    assert board() == ""


def test_signing_out_and_closing_take_the_copy_back(hands: Hands, qtbot: QtBot) -> None:
    field = copied(qtbot, revealed=True)
    assert board() == field.text() == PEOPLE[0].name
    hands.window.close()
    assert board() == ""


def test_a_marked_name_leaves_the_primary_selection_too(qtbot: QtBot, guard: ClipboardGuard) -> None:
    primary = QApplication.clipboard()
    if not primary.supportsSelection():
        pytest.skip("no primary selection here: the next test looks at it under X11")
    field = copied(qtbot, revealed=True)
    field.deselect()
    QTest.mouseDClick(field, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(20, 16))
    assert primary.text(QClipboard.Mode.Selection)
    qtbot.waitUntil(lambda: primary.text(QClipboard.Mode.Selection) == "")


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")
def test_the_primary_selection_of_x11_is_cleared() -> None:
    test = f"{Path(__file__)}::test_a_marked_name_leaves_the_primary_selection_too"
    with screen.private() as environment:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-rs", test],
            cwd=Path(__file__).parents[2],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert "1 passed" in done.stdout, done.stdout[-2000:]


# -- pictures of the window ------------------------------------------------------------------------------------
def test_the_window_is_left_out_of_pictures_where_the_system_can(qtbot: QtBot) -> None:
    shown = QWidget()
    qtbot.addWidget(shown)
    asked: list[int] = []

    def windows(handle: int, how: int) -> bool:
        asked.append(how)
        return how == 0x01  # an older Windows knows only the second way

    assert capture.hide(shown, windows) is Capture.HIDDEN
    assert asked == [0x11, 0x01]
    assert capture.hide(shown, lambda *_: False) is Capture.REFUSED


def test_the_station_page_says_that_this_system_cannot(hands: Hands) -> None:
    hands.shell().open("station")
    words = [label.text() for label in hands.window.findChildren(QLabel) if label.isVisible()]
    assert "本系统挡不住，明文时留意" in words
    assert "默认遮盖，显示 20 秒后遮盖" in words


def test_the_people_of_the_day_cannot_exist() -> None:
    assert all(int(person.id_no[6:10]) < 1900 for person in citizens())
    assert len({secret for person in citizens() for secret in person.secrets()}) == 100
    assert {dataclasses.astuple(identity(p, AT))[0] for p in PEOPLE} == {p.name for p in PEOPLE}
