"""Troubles that come back or come late: a jammed printer, a store that stays busy, a start that fails, a slow end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes.desk import FakeDesk
from tests.ui.shell_hands import INITIAL, Hands, window
from tests.until import until
from wire.messages import Role
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.services.views import CaseView, LinkView, PrintView, StationStep
from workstation.ui import app, language, text
from workstation.ui.background import _NET_THREADS, Background
from workstation.ui.pages.case_list import CaseList
from workstation.ui.words.breaks import in_fours

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class JammedDesk(FakeDesk):
    """Every sheet is numbered and none comes out."""

    def accept_case(self, case: str) -> tuple[CaseView, PrintView]:
        view, sheet = super().accept_case(case)
        return view, replace(sheet, serial="FIN-440104-0001", path="", trouble=Failure.PRINTER_FAILED)

    def print_slip(self, case: str, kind: SlipKind) -> PrintView:
        return PrintView("FIN-440104-0001", kind, 0, "", case, trouble=Failure.PRINTER_FAILED)


class BusyDesk(FakeDesk):
    """Cannot say how link and lists are while `busy`."""

    busy = False
    refused = 0

    def link(self) -> LinkView:
        self._hold()
        return super().link()

    def _hold(self) -> None:
        if self.busy:
            self.refused += 1
            raise Refused(Failure.STORE_BUSY)


def _signed_in(desk: FakeDesk, role: Role) -> FakeDesk:
    desk.roles = (role,)
    return desk


@pytest.mark.parametrize(
    ("page", "role", "button"),
    [
        ("cases", Role.CLERK, "cases.print_receipt"),
        ("cases", Role.CLERK, "cases.accept"),
        ("results", Role.SUPERVISOR, "results.print"),
    ],
)
def test_sheet_that_did_not_come_out_is_never_called_printed(
    qtbot: QtBot, page: str, role: Role, button: str
) -> None:
    with window(qtbot, _signed_in(JammedDesk(), role)) as hands:
        hands.shell().open(page)
        hands.wait_for(button)
        hands.click(button)
        hands.wait_for("printed")
        said = [label.text() for label in hands.shell().findChildren(QLabel) if label.isVisible()]
        assert any("没有送到打印机" in words and "FIN-440104-0001" in words for words in said)
        assert not any("已送打印" in words for words in said)
        assert "打印没有成功" in hands.words("banner.text")
        assert not hands.sees(f"{page}.path")


def test_trouble_of_the_strip_is_told_once_until_it_was_over(qtbot: QtBot) -> None:
    desk = BusyDesk()
    with window(qtbot, desk) as hands:
        desk.busy = True
        hands.wait_for("banner.text")
        hands.click("banner.close")
        _poll_again(hands, desk)
        assert not hands.sees("banner.text")
        desk.busy = False
        hands.shell().poll()
        hands.wait(lambda: not hands.shell()._polling)
        desk.busy = True
        hands.shell().poll()
        hands.wait_for("banner.text")


def _poll_again(hands: Hands, desk: BusyDesk) -> None:
    before = desk.refused
    hands.shell().poll()
    hands.wait(lambda: desk.refused > before and not hands.shell()._polling)


def test_list_that_stays_out_of_reach_says_so_once(qtbot: QtBot) -> None:
    with window(qtbot, _signed_in(FakeDesk(), Role.SUPERVISOR)) as hands:
        page = hands.shell().pages["results"]
        assert isinstance(page, CaseList)
        told: list[Refused] = []
        page.refused.connect(told.append)
        hands.desk.refuse["list_head"] = Refused(Failure.STORE_BUSY)
        for _ in range(3):
            before = len(hands.asked("list_head"))
            page.refresh()
            hands.wait(lambda before=before: len(hands.asked("list_head")) > before and not page._fetching)  # type: ignore[misc]
        assert [refused.failure for refused in told] == [Failure.STORE_BUSY]


def test_program_that_cannot_load_its_rooms_never_waits_for_them(qtbot: QtBot) -> None:
    def load() -> FakeDesk:
        raise ZeroDivisionError

    opened = app.build(load_desk=load, initial={}, language="zh")
    try:
        hands = Hands(qtbot, opened, FakeDesk())
        hands.wait(lambda: "工位打不开" in _problem(hands))
        assert not hands.find(QPushButton, "gate.submit").isEnabled()
    finally:
        opened.close_down()


def test_enrolled_station_shows_its_fingerprint_until_somebody_signs_in(qtbot: QtBot) -> None:
    with window(qtbot, FakeDesk(StationStep.ENROL)) as hands:
        hands.wait_for("enrol.submit")
        assert hands.line("enrol.url").text() == INITIAL["hall_url"]
        hands.click("enrol.submit")
        hands.wait_for("signin.login")
        assert "3f9a 12c4 77e0 b1d8" in hands.words("gateLead")
        hands.line("signin.login").setText("clerk")
        hands.line("signin.password").setText("p")
        hands.click("signin.submit")
        hands.shell()
        hands.click("strip.signout")
        hands.wait_for("signin.login")
        assert "3f9a" not in hands.words("gateLead")


def _problem(hands: Hands) -> str:
    return next(p.text() for p in hands.window.findChildren(QLabel, "gateProblem") if p.isVisible())


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    language.install(qapp, "en")
    yield
    language.install(qapp, "zh")


def test_sentences_and_names_are_joined_as_the_language_does(qapp: QApplication, english: None) -> None:
    assert ". " in text.failure_and_remedy(Failure.SIGN_IN_REFUSED)
    assert text.listed(["a", "b"]) == "a, b"
    language.install(qapp, "zh")
    assert "不对。核对" in text.failure_and_remedy(Failure.SIGN_IN_REFUSED)
    assert text.listed(["公安", "医保"]) == "公安、医保"


def test_fingerprint_is_written_in_fours_however_it_comes() -> None:
    assert in_fours("3f9a12c477e0b1d8") == in_fours("3f9a 12c4 77e0 b1d8") == "3f9a 12c4 77e0 b1d8"


def test_look_ups_that_wait_for_a_thread_are_not_begun_after_the_end(qtbot: QtBot) -> None:
    go_on, begun = threading.Event(), []
    background = Background()

    def look_up() -> None:
        begun.append(1)
        go_on.wait(10)

    for _ in range(3 * _NET_THREADS):
        background.net(look_up)
    qtbot.waitUntil(lambda: len(begun) == _NET_THREADS)

    def free() -> None:
        until(lambda: background._closed, every=0.001)  # close() waits for those that run
        go_on.set()

    freeing = threading.Thread(target=free)
    freeing.start()
    background.close()
    freeing.join()
    assert len(begun) == _NET_THREADS


@pytest.mark.parametrize("leave", ["lock", "close"])
def test_field_being_typed_is_handed_over_before_the_page_goes(qtbot: QtBot, leave: str) -> None:
    with window(qtbot, FakeDesk()) as hands:
        page = hands.shell().intake
        assert page is not None
        page.card_present()
        hands.wait(lambda: hands.sees("person.name"))
        page.talk.choose("newborn")
        hands.wait_for("field.child.name")
        field = hands.line("field.child.name")
        field.setFocus()
        QTest.keyClicks(field, "abc")
        if leave == "lock":
            hands.ctrl(Qt.Key.Key_L)
        else:
            hands.window.close_down()
        hands.wait(lambda: ("answer", "child.name", "abc", "") in hands.desk.calls)
        if leave == "lock":
            hands.wait_for("lock.password")
            hands.wait(lambda: bool(hands.asked("lock")))
            calls = [call[0] for call in hands.desk.calls]
            assert calls.index("answer") < calls.index("lock")
