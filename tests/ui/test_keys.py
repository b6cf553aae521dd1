"""One key means one thing: where two buttons in sight share a key, Qt presses neither and the clerk waits for nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import shared
from tests.fakes.desk import FakeDesk
from tests.fakes.print_desk import a_sheet_view
from tests.ui.shell_hands import Hands, window
from tests.ui.test_scan_panel import SCANS
from wire.messages import Role
from workstation.domain.slip import SlipKind

TABS = ("tray", "board", "report", "shift", "reviews")


def clashes(hands: Hands) -> list[str]:
    """Return the keys that more than one part in sight answers to."""
    hands.calm()
    keys = Counter(
        each.key().toString()
        for each in hands.window.findChildren(QShortcut)
        if isinstance(part := each.parent(), QWidget)
        and part.isVisible()
        and part.isEnabled()
        and each.isEnabled()
    )
    assert keys
    return [key for key, count in keys.items() if count > 1]


def a_desk(role: Role) -> FakeDesk:
    """A day on which all that can be offered is offered."""
    desk = FakeDesk()
    desk.roles = (role,)
    first = replace(desk.case_views[0], scanned=SCANS, scans=3, provisional=False)
    offices = replace(shared.own(), community=role is Role.AGENT)
    if role is Role.CLERK:
        offices = shared.forwarded(came_in=True)
    desk.case_views[0] = replace(first, offices=offices)
    desk.case_views = [replace(each, delivery=shared.ready()) for each in desk.case_views]
    sheet = a_sheet_view("FIN-1", kind=SlipKind.RESULT)
    desk.work = replace(desk.work, open=(sheet,), today=(sheet,))
    return desk


@pytest.mark.parametrize("role", [Role.CLERK, Role.AGENT, Role.SUPERVISOR])
def test_no_two_buttons_in_sight_share_a_key(qtbot: QtBot, role: Role) -> None:
    with window(qtbot, a_desk(role)) as hands:
        for name in hands.shell().pages:
            hands.shell().open(name)
            assert (name, clashes(hands)) == (name, [])
        hands.shell().open("supervision")
        for tab in TABS:
            if hands.sees(f"supervision.{tab}"):
                hands.find(QAbstractButton, f"supervision.{tab}").click()
                assert (tab, clashes(hands)) == (tab, [])


def test_a_shift_handed_over_is_taken_by_its_key_by_a_supervisor_too(qtbot: QtBot) -> None:
    desk = FakeDesk()
    desk.roles = (Role.SUPERVISOR,)
    with window(qtbot, desk) as hands:
        hands.shell().open("supervision")
        hands.click("supervision.shift")
        hands.line("shift.login").setText("supervisor2")
        hands.line("shift.password").setText("x")
        hands.click("shift.sign")
        hands.wait_for("shift.take")
        assert clashes(hands) == []
