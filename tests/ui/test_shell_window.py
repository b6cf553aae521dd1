"""The window around the pages: rail by role, strip, lock, cards, refusals, sizes, names, cheap first paint."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.desk import FakeDesk
from tests.ui.shell_hands import Hands, Opened, window
from wire.messages import Role
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import CardPresence
from workstation.services.views import Link, LinkView, ReaderView, StationStep
from workstation.ui import app, theme
from workstation.ui.strip import Strip
from workstation.ui.widgets.mark import Sign

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
ROOT = Path(__file__).parents[2]
Open = Callable[..., Hands]
KEYS = {
    "intake": Qt.Key.Key_1,
    "cases": Qt.Key.Key_2,
    "results": Qt.Key.Key_3,
    "supervision": Qt.Key.Key_4,
    "station": Qt.Key.Key_5,
    "audit": Qt.Key.Key_6,
}


@pytest.fixture
def as_role(opened: Opened) -> Open:
    """Open the window with somebody of a role signed in."""

    def open_as(role: Role, language: str = "zh") -> Hands:
        desk = FakeDesk()
        desk.roles = (role,)
        desk.reader_view = ReaderView(CardPresence.EMPTY)
        hands = opened(desk, language)
        hands.shell()
        hands.calm()
        return hands

    return open_as


# -- who sees what ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "pages", "first"),
    [
        (Role.CLERK, ["intake", "cases", "results", "supervision", "station"], "intakePage"),
        (Role.AGENT, ["intake", "cases", "results", "supervision", "station"], "intakePage"),
        (Role.SUPERVISOR, ["cases", "results", "supervision", "station"], "resultsPage"),
        (Role.AUDITOR, ["supervision", "station", "audit"], "auditPage"),
        (Role.ADMIN, ["station"], "stationPage"),
    ],
)
def test_rail_shows_the_pages_of_the_role(as_role: Open, role: Role, pages: list[str], first: str) -> None:
    hands = as_role(role)
    assert [page for page in KEYS if hands.sees(f"rail.{page}")] == pages
    assert hands.sees(first)


def test_an_administrator_begins_at_the_reader_and_at_no_window(as_role: Open) -> None:
    hands = as_role(Role.ADMIN)
    assert hands.focus() == "station.diagnose"  # not the lock: Enter would lock the desk


def test_who_sits_at_no_window_is_not_shown_at_window_00(qtbot: QtBot) -> None:
    station = dataclasses.replace(FakeDesk(StationStep.OPEN).station(), window="00")
    strip = Strip(station)
    qtbot.addWidget(strip)
    assert strip.station.text() == "测试街政务服务中心"


def test_every_rail_key_opens_its_page(as_role: Open) -> None:
    hands = as_role(Role.SUPERVISOR)
    for page in ("cases", "supervision", "station", "results"):
        hands.ctrl(KEYS[page])
        hands.wait(lambda page=page: hands.sees(f"{page}Page"))  # type: ignore[misc]
        assert hands.find(QAbstractButton, f"rail.{page}").isChecked()


# -- strip -----------------------------------------------------------------------------------------------
def test_strip_says_who_and_where(as_role: Open) -> None:
    hands = as_role(Role.CLERK)
    assert hands.words("strip.station") == "测试街政务服务中心 · 窗口 03"
    assert hands.words("strip.clerk") == "窗口员一 · 窗口人员"
    assert len(hands.words("strip.clock")) == 5


def test_strip_tells_link_age_and_queue(as_role: Open) -> None:
    hands = as_role(Role.CLERK)
    now = datetime.now(UTC)
    hands.desk.link_view = LinkView(Link.DOWN, now - timedelta(minutes=7), 3, 0, now - timedelta(minutes=5))
    hands.shell().poll()
    hands.wait(lambda: "离线" in hands.words("strip.link"))
    assert "7 分钟前" in hands.words("strip.link")
    assert "待传 3 条，最早 5 分钟前" in hands.words("strip.link")
    assert hands.shell().strip.link.sign is Sign.CARE


def test_entries_set_aside_are_never_shown_as_all_well(as_role: Open) -> None:
    hands = as_role(Role.CLERK)
    hands.desk.link_view = LinkView(Link.UP, datetime.now(UTC), 0, 1, None)
    hands.shell().poll()
    hands.wait(lambda: "需处理 1 条" in hands.words("strip.link"))
    assert hands.shell().strip.link.sign is Sign.CARE


@pytest.mark.parametrize("presence", list(CardPresence))
def test_strip_tells_every_state_of_the_reader(as_role: Open, presence: CardPresence) -> None:
    hands = as_role(Role.SUPERVISOR)
    hands.desk.reader_view = ReaderView(presence)
    before = hands.words("strip.reader")
    hands.shell().poll()
    if presence is not CardPresence.EMPTY:
        hands.wait(lambda: hands.words("strip.reader") != before)
    assert hands.shell().strip.reader.toolTip()


# -- cards -----------------------------------------------------------------------------------------------
def test_card_put_in_is_read_by_itself_once(as_role: Open) -> None:
    hands = as_role(Role.CLERK)
    hands.wait(lambda: hands.shell()._presence is CardPresence.EMPTY)
    hands.desk.reader_view = ReaderView(CardPresence.PRESENT)
    hands.shell().poll()
    hands.wait(lambda: hands.sees("person.name"))
    hands.shell().poll()
    hands.wait(lambda: not hands.shell()._polling)
    assert len(hands.asked("read_card")) == 1


def test_card_that_tells_of_itself_is_read_without_waiting_for_the_poll(as_role: Open) -> None:
    hands = as_role(Role.CLERK)
    hands.wait(lambda: hands.shell()._presence is CardPresence.EMPTY)
    hands.shell()._poll.stop()
    hands.desk.told(CardPresence.PRESENT)
    hands.wait(lambda: hands.sees("person.name"))
    assert "有卡" in hands.words("strip.reader")
    assert len(hands.asked("read_card")) == 1


def test_card_pulled_too_early_is_still_told_once_the_reader_says_that_it_is_empty(as_role: Open) -> None:
    hands = as_role(Role.CLERK)
    hands.wait(lambda: hands.shell()._presence is CardPresence.EMPTY)
    hands.shell()._poll.stop()
    hands.desk.refuse["read_card"] = Refused(Failure.CARD_REMOVED)
    hands.desk.told(CardPresence.PRESENT)
    hands.wait(lambda: hands.sees("banner.text"))
    hands.desk.told(CardPresence.EMPTY)
    hands.wait(lambda: hands.shell()._presence is CardPresence.EMPTY)
    assert hands.sees("banner.text")
    del hands.desk.refuse["read_card"]
    hands.desk.told(CardPresence.PRESENT)
    hands.wait(lambda: hands.sees("person.name"))
    assert not hands.sees("banner.text")


def test_answer_that_is_older_than_what_the_reader_told_changes_nothing(as_role: Open) -> None:
    hands = as_role(Role.CLERK)
    hands.wait(lambda: hands.shell()._presence is CardPresence.EMPTY and not hands.shell()._polling)
    hands.shell().poll()  # will answer EMPTY
    hands.shell().show_presence(CardPresence.PRESENT)
    hands.wait(lambda: not hands.shell()._polling)
    assert hands.shell()._presence is CardPresence.PRESENT
    hands.wait(lambda: hands.sees("person.name"))
    assert len(hands.asked("read_card")) == 1


def test_card_left_from_the_citizen_before_is_not_read_at_sign_in(qtbot: QtBot) -> None:
    desk = FakeDesk()
    desk.reader_view = ReaderView(CardPresence.PRESENT)
    with window(qtbot, desk) as hands:
        hands.wait(lambda: hands.shell()._presence is CardPresence.PRESENT)
        assert not hands.asked("read_card")


# -- lock ------------------------------------------------------------------------------------------------
def test_signing_out_hides_the_citizen_at_once_and_leaves_nothing_for_the_next(as_role: Open) -> None:
    hands = as_role(Role.CLERK)
    page = hands.shell().intake
    assert page is not None
    page.card_present()
    hands.wait(lambda: hands.sees("person.name"))
    hands.click("strip.signout")
    assert not hands.sees("person.name")
    hands.wait_for("signin.login")
    assert hands.asked("sign_out")
    assert hands.window.shell is None
    assert hands.line("signin.login").text() == ""
    hands.line("signin.login").setText("clerk")
    hands.line("signin.password").setText("p")
    hands.click("signin.submit")
    hands.wait_for("drafts.list")


def test_sign_out_that_fails_brings_the_page_back_and_says_why(as_role: Open) -> None:
    hands = as_role(Role.CLERK)
    hands.desk.refuse["sign_out"] = Refused(Failure.STORE_FULL)
    hands.click("strip.signout")
    hands.wait(lambda: hands.sees("banner.text"))
    assert "磁盘已满" in hands.words("banner.text")


# -- troubles --------------------------------------------------------------------------------------------
def test_refusal_stands_with_its_remedy_until_it_is_closed(
    as_role: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    alerts: list[QAccessible.Event] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: alerts.append(event.type()))
    hands = as_role(Role.SUPERVISOR)
    hands.desk.refuse["list_head"] = Refused(Failure.STORE_BUSY)
    hands.wait(lambda: hands.sees("banner.text"))
    assert "占用" in hands.words("banner.text")
    assert "再办一次" in hands.words("banner.remedy")
    assert QAccessible.Event.Alert in alerts
    del hands.desk.refuse["list_head"]
    hands.click("banner.close")
    assert not hands.sees("banner.text")


def test_bug_behind_the_window_says_that_nothing_is_lost(as_role: Open) -> None:
    hands = as_role(Role.CLERK)
    hands.window.background.desk(lambda: 1 // 0)
    hands.wait(lambda: hands.sees("banner.text"))
    assert "已录内容已保存" in hands.words("banner.text")


def test_closing_closes_the_desk_on_its_own_thread(qtbot: QtBot) -> None:
    closed: list[str] = []

    class Closing(FakeDesk):
        def close(self) -> None:
            closed.append(__import__("threading").current_thread().name)

    with window(qtbot, Closing()) as hands:
        hands.shell()
    assert closed == ["desk-0"]


# -- sizes, names, colours -------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPERVISOR])
def test_every_page_fits_the_small_screen_and_is_named(as_role: Open, role: Role, language: str) -> None:
    hands = as_role(role, language)
    assert (hands.window.width(), hands.window.height()) == (1366, 768)
    for name in hands.shell().pages:
        hands.shell().open(name)
        QApplication.processEvents()
        assert (hands.window.width(), hands.window.height()) == (1366, 768)
        for widget in hands.window.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                _check(widget, hands)


def _check(widget: QWidget, hands: Hands) -> None:
    what = f"{type(widget).__name__} {widget.objectName()}"
    assert widget.accessibleName() or isinstance(widget, QScrollBar), f"{what} has no name"
    if isinstance(widget, QAbstractButton | QLineEdit):
        assert widget.height() >= 30, f"{what} is {widget.height()} px high"
    place = widget.mapTo(hands.window, QPoint(0, 0))
    assert place.x() >= 0, what
    assert place.x() + widget.width() <= 1366, what


@pytest.mark.parametrize("step", [StationStep.NEW_KEY, StationStep.ENROL, StationStep.SIGN_IN])
def test_every_line_and_button_of_the_gate_is_named_and_high_enough(qtbot: QtBot, step: StationStep) -> None:
    with window(qtbot, FakeDesk(step)) as hands:
        hands.wait(lambda: "准备" not in hands.words("gateStation"))
        for widget in hands.window.findChildren(QWidget):
            if widget.isVisible() and isinstance(widget, QAbstractButton | QLineEdit):
                assert widget.accessibleName()
                assert widget.height() >= 32


def _luminance(colour: QColor) -> float:
    def part(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    r, g, b = part(colour.redF()), part(colour.greenF()), part(colour.blueF())
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_colours_of_text_have_enough_contrast() -> None:
    palette = theme.palette()
    role = QPalette.ColorRole
    pairs = [
        (role.Text, role.Base),
        (role.WindowText, role.Window),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.Highlight, role.Base),
        (role.Highlight, role.Window),
        (role.PlaceholderText, role.Base),
        (role.PlaceholderText, role.Window),
        (role.ToolTipText, role.ToolTipBase),
    ]
    for text, ground in pairs:
        light, dark = sorted(
            (_luminance(palette.color(text)), _luminance(palette.color(ground))), reverse=True
        )
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)


# -- start -----------------------------------------------------------------------------------------------
def test_first_paint_loads_nothing_heavy() -> None:
    code = "import sys, workstation.ui.app; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(told.stdout.split())
    heavy = {"sqlalchemy", "reportlab", "pypinyin", "pydantic", "cryptography", "smartcard", "httpx2", "yaml"}
    ours = {"workstation.services.views", "workstation.services.counter", "workstation.ui.pages.intake"}
    ours |= {"workstation.ui.shell", "workstation.ui.text", "catalogue.model", "wire.messages"}
    assert not loaded & (heavy | ours)


@pytest.mark.parametrize("module", ["fcitx", "fcitx5"])
def test_fcitx_is_reached_through_ibus(module: str) -> None:
    environment = {"QT_IM_MODULE": module}
    app.reach_fcitx(environment)
    assert environment == {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}


def test_other_input_methods_are_left_alone() -> None:
    environment = {"QT_IM_MODULE": "ibus"}
    app.reach_fcitx(environment)
    assert environment == {"QT_IM_MODULE": "ibus"}


def test_english_speaks_english_everywhere_around_the_pages(as_role: Open) -> None:
    hands = as_role(Role.SUPERVISOR, "en")
    hands.wait_for("results.table")
    shown = [hands.find(QAbstractButton, f"rail.{p}").text() for p in ("cases", "results", "station")]
    assert shown == ["Cases", "Results", "Station"]
    assert hands.find(QAbstractButton, "results.print").text() == "Print result slip  Ctrl+P"


def test_window_title_names_no_person(as_role: Open) -> None:
    hands = as_role(Role.CLERK)
    assert hands.window.windowTitle() == "一窗工作站"
    assert dataclasses.is_dataclass(hands.desk.station())
