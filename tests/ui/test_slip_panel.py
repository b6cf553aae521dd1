"""核对单据 on the page of the station: scanned or typed, judged here, then by the hall."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.fakes.desk import FakeDesk
from wire.messages import SlipCheck
from wire.sheets import OnPaper, PaperOfSlip
from workstation.services.check_slip import SlipStanding, SlipState
from workstation.ui.background import Background
from workstation.ui.pages.slip_panel import SlipPanel

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
GENUINE = SlipStanding(
    SlipState.GENUINE,
    serial="GZ0001261123RCP0017X",
    kind="RCP",
    receipt_no="GZ000126112301000K7",
    version="2",
    issued_at=AT,
    here=True,
    by_hall=True,
)


def test_it_says_what_the_sheet_is_first_alone_then_by_the_hall(qtbot: QtBot, tmp_path: Path) -> None:
    desk = FakeDesk()
    desk.slip_standings["YC2.A"] = GENUINE
    background = Background()
    panel = SlipPanel(desk, background)
    qtbot.addWidget(panel)
    panel.resize(620, 260)
    panel.line.setText("YC2.A")
    panel.look()
    qtbot.waitUntil(lambda: panel.verdict.words.text() == "真实有效")
    shown = " ".join(label for label, _ in panel.facts_shown) + " ".join(v for _, v in panel.facts_shown)
    assert "GZ0001261123RCP0017X" in shown
    assert "大厅签名、本工位打印登记" in shown
    desk.hall_slips["YC2.A"] = SlipCheck(
        False, "replaced", "P", state="replaced", slip="RCP", replaced_by="GZ0001261123RCP0018Y"
    )
    panel.look()
    qtbot.waitUntil(lambda: panel.verdict.words.text() == "已被新单据代替")
    assert ("代替它的单据", "GZ0001261123RCP0018Y") in panel.facts_shown
    panel.grab().save(str(tmp_path / "panel.png"))
    panel.line.setText("hello")
    panel.look()
    qtbot.waitUntil(lambda: panel.verdict.words.text() == "不是本系统的单据码")
    assert panel.facts_shown == []
    background.close()


def test_it_says_whether_the_sheet_came_out_and_a_hall_of_before_takes_nothing_from_it(qtbot: QtBot) -> None:
    desk = FakeDesk()
    desk.slip_standings["YC2.A"] = replace(GENUINE, paper=OnPaper.UNCONFIRMED)
    desk.hall_slips["YC2.A"] = SlipCheck(True, None, "P", serial_known=True, state="genuine", slip="RCP")
    background = Background()
    panel = SlipPanel(desk, background)
    qtbot.addWidget(panel)
    panel.line.setText("YC2.A")
    panel.look()  # this hall knows nothing of paper
    qtbot.waitUntil(lambda: ("判断依据", "大厅答复、本工位打印登记") in panel.facts_shown)
    assert ("出纸", "未确认印出") in panel.facts_shown
    desk.hall_papers["YC2.A"] = PaperOfSlip(OnPaper.OUT, "GZ0001261123RCP0017X", "RCP", 0, 2)
    panel.look()
    qtbot.waitUntil(lambda: ("出纸", "已印出，补打 2 次") in panel.facts_shown)
    background.close()
