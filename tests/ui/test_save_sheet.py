"""另存 in the ledger: which sheets offer it, what is asked of the desk, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.fakes.desk import FakeDesk
from tests.fakes.print_desk import a_sheet_view
from tests.ui.shell_hands import Hands, window
from wire.messages import Role
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import Fate, VoidReason
from workstation.domain.slip import SlipKind
from workstation.ui.printing.ledger import LedgerPanel
from workstation.ui.printing.save_as import SaveAs


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.roles = (Role.SUPERVISOR,)
    good = a_sheet_view("FIN-1", kind=SlipKind.RESULT)
    void = a_sheet_view("FIN-2", kind=SlipKind.RESULT)
    made.work = replace(made.work, today=(good, replace(void, fate=Fate.VOID, why=VoidReason.SPOILT.value)))
    return made


@pytest.fixture(params=["zh", "en"])
def hands(request: pytest.FixtureRequest, qtbot: QtBot, desk: FakeDesk) -> Iterator[Hands]:
    with window(qtbot, desk, request.param) as made:
        made.shell()
        made.ctrl(Qt.Key.Key_8)
        made.wait_for("printingPage")
        made.wait_for("ledger.table")
        yield made


def test_a_sheet_goes_into_a_file_and_the_page_says_where(hands: Hands, desk: FakeDesk) -> None:
    hands.find(LedgerPanel, "").choose("FIN-1")
    button = hands.find(SaveAs, "ledger.save")
    assert [action.text() for action in button.menu_.actions()] in (
        ["OFD 版式文件", "PDF 文件"],
        ["OFD file", "PDF file"],
    )
    button.save_to("/somewhere/FIN-1", ".ofd")
    hands.wait_for("ledger.saved")
    assert hands.asked("save_sheet") == [("save_sheet", "FIN-1", "/somewhere/FIN-1.ofd")]
    assert "FIN-1.ofd" in hands.words("ledger.saved").replace("\u200b", "")


def test_a_void_sheet_is_not_offered(hands: Hands) -> None:
    panel = hands.find(LedgerPanel, "")
    panel.choose("FIN-2")
    assert not hands.sees("ledger.save")
    panel.choose("FIN-1")
    assert hands.sees("ledger.save")


def test_what_is_refused_is_said_in_the_banner(hands: Hands, desk: FakeDesk) -> None:
    desk.refuse["save_sheet"] = Refused(Failure.SHEET_NOT_SAVED)
    hands.find(LedgerPanel, "").choose("FIN-1")
    hands.find(SaveAs, "ledger.save").save_to("/nowhere/FIN-1.pdf", ".pdf")
    hands.wait_for("banner.text")
    assert not hands.sees("ledger.saved")
