"""打印 in the whole window: the line that asks for each sheet, the choice, the batch that stops, the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSpinBox, QTableWidget
from pytestqt.qtbot import QtBot

from catalogue.model import Text
from tests.fakes.desk import FakeDesk
from tests.fakes.newborn import NOW
from tests.fakes.print_desk import a_sheet_view
from tests.ui.shell_hands import Hands, window
from wire.messages import Role
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import BatchState, Fate, SpoolState
from workstation.domain.slip import SlipKind
from workstation.services.print_views import BatchView, PlaceView, PrinterView, WaitingResult

TITLE = Text("新生儿出生一件事", "Newborn, all in one")


def a_batch(state: BatchState, done: int, reason: str = "") -> BatchView:
    """Five places, of which the printer has done with some."""
    places = tuple(
        PlaceView(
            place,
            f"case-{place}",
            f"44010426112601A00{place}X",
            "测*一",
            TITLE,
            a_sheet_view(f"FIN-{place}", kind=SlipKind.RESULT) if place <= done else None,
            0,
        )
        for place in range(1, 6)
    )
    halted = done + 1 if done < len(places) else 0
    return BatchView("b1", state, reason, "office", NOW, places, done, 0, halted)


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.roles = (Role.SUPERVISOR,)
    made.queues = (
        PrinterView("office", is_stopped=True, accepts=True, reason="media-jam"),
        PrinterView("hall", is_stopped=False, accepts=True),
    )
    return made


@pytest.fixture
def hands(qtbot: QtBot, desk: FakeDesk) -> Iterator[Hands]:
    with window(qtbot, desk) as made:
        made.shell()
        yield made


def open_page(hands: Hands) -> None:
    hands.ctrl(Qt.Key.Key_8)
    hands.wait_for("printingPage")


def test_a_printed_sheet_is_asked_for_and_one_press_accounts_for_it(hands: Hands, desk: FakeDesk) -> None:
    assert not hands.sees("printBar")
    desk.work = replace(desk.work, open=(a_sheet_view("FIN-1", kind=SlipKind.RESULT),))
    hands.wait_for("printBar.out")
    assert "看到纸了吗" in hands.words("printBar.text")
    hands.ctrl(Qt.Key.Key_O)
    hands.wait(lambda: hands.asked("confirm_sheets") == [("confirm_sheets", "FIN-1")])
    hands.wait(lambda: not hands.sees("printBar"))


def test_a_sheet_that_is_on_its_way_is_not_asked_for_and_one_that_stopped_says_why(
    hands: Hands, desk: FakeDesk
) -> None:
    going = a_sheet_view("FIN-1", kind=SlipKind.RESULT, state=SpoolState.QUEUED)
    desk.work = replace(desk.work, open=(going,))
    hands.wait(lambda: hands.sees("printBar") and "排队等打印" in hands.words("printBar.text"))
    assert not hands.sees("printBar.out")
    stuck = replace(going, state=SpoolState.STOPPED, reason="media-jam")
    desk.work = replace(desk.work, open=(stuck,))
    hands.wait(lambda: "卡纸" in hands.words("printBar.text"))
    assert not hands.sees("printBar.out")
    hands.click("printBar.go")
    hands.wait_for("printingPage")


def test_the_line_never_takes_the_keyboard(hands: Hands, desk: FakeDesk) -> None:
    hands.calm()  # where the page puts the keyboard is known
    before = hands.focus()
    desk.work = replace(desk.work, open=(a_sheet_view("FIN-1"),))
    hands.wait_for("printBar.out")
    assert hands.focus() == before


def test_all_that_wait_are_ticked_and_what_is_taken_out_stays_out(hands: Hands, desk: FakeDesk) -> None:
    desk.work = replace(
        desk.work,
        waiting=tuple(WaitingResult(f"case-{n}", f"no-{n}", "测*一", TITLE, NOW) for n in (1, 2, 3)),
    )
    open_page(hands)
    hands.wait_for("printing.waiting")
    table = hands.find(QTableWidget, "printing.waiting")
    cell = table.item(1, 0)
    assert cell is not None
    cell.setCheckState(Qt.CheckState.Unchecked)
    desk.work = replace(
        desk.work, waiting=(*desk.work.waiting, WaitingResult("case-4", "no-4", "测*一", TITLE, NOW))
    )
    hands.wait(lambda: table.rowCount() == 4)
    hands.click("printing.start")
    hands.wait(lambda: bool(hands.asked("start_batch")))
    assert hands.asked("start_batch")[0][1:-1] == ("case-1", "case-3", "case-4")


def test_a_jam_says_where_and_why_and_goes_on_from_the_place_somebody_counted(
    hands: Hands, desk: FakeDesk
) -> None:
    desk.work = replace(desk.work, batch=a_batch(BatchState.HALTED, 3, "media-jam"))
    open_page(hands)
    hands.wait_for("jam.resume")
    assert hands.words("jam.said") == "停在第 4 张：卡纸"
    assert "在打印机上按恢复" in hands.words("jam.remedy")
    place = hands.find(QSpinBox, "jam.place")
    assert place.value() == 4
    place.setValue(3)
    hands.key(Qt.Key.Key_F9)
    hands.wait(lambda: bool(hands.asked("resume_batch")))
    assert hands.asked("resume_batch") == [("resume_batch", "b1", "3", "office")]
    assert not hands.sees("batch.confirm")


@pytest.mark.parametrize(
    "failure",
    [
        Failure.PRINT_SERVICE_DOWN,
        Failure.PRINTER_GONE,
        Failure.PRINTER_PAUSED,
        Failure.PRINT_SPOOL_FULL,
    ],
)
def test_what_stops_a_batch_is_told_in_words_with_its_remedy(
    hands: Hands, desk: FakeDesk, failure: Failure
) -> None:
    desk.work = replace(desk.work, batch=a_batch(BatchState.HALTED, 2, failure.value))
    open_page(hands)
    hands.wait_for("jam.resume")
    said = hands.words("jam.said") + hands.words("jam.remedy")
    assert failure.value not in said
    assert "没有算作已打印" in said


def test_a_batch_is_confirmed_when_all_is_printed_and_not_before(hands: Hands, desk: FakeDesk) -> None:
    desk.work = replace(desk.work, batch=a_batch(BatchState.RUNNING, 4))
    open_page(hands)
    hands.wait_for("batch.stop")
    assert not hands.sees("batch.confirm")
    desk.work = replace(desk.work, batch=a_batch(BatchState.RUNNING, 5))
    hands.wait_for("batch.confirm")
    assert "没确认的不算已打印" in hands.words("batch.said")
    hands.key(Qt.Key.Key_F10)
    hands.wait(lambda: hands.asked("confirm_batch") == [("confirm_batch", "b1")])


def test_a_sheet_offers_what_it_can_have(hands: Hands, desk: FakeDesk) -> None:
    made = a_sheet_view("S-made", state=SpoolState.MADE, reason="printer_gone")
    done = a_sheet_view("S-done")
    out = a_sheet_view("S-out", fate=Fate.OUT)
    wanted = {
        "S-made": {"again", "void", "preview"},
        "S-done": {"out", "redo", "void", "preview"},
        "S-out": {"redo", "preview"},
    }
    desk.work = replace(desk.work, today=(made, done, out))
    open_page(hands)
    hands.wait_for("ledger.table")
    table = hands.find(QTableWidget, "ledger.table")
    hands.wait(lambda: table.rowCount() == 3)
    # The open ones stand first, the newest of them above.
    for row, serial in enumerate(sorted(wanted, key=lambda each: (each == "S-out", each), reverse=False)):
        table.selectRow(row)
        chosen = hands.shell().pages["printing"].ledger.table.chosen()  # type: ignore[attr-defined]
        offered = {
            name for name in ("out", "again", "redo", "void", "preview") if hands.sees(f"ledger.{name}")
        }
        assert offered == wanted[chosen], serial


def test_a_sheet_goes_to_the_printer_that_is_chosen(hands: Hands, desk: FakeDesk) -> None:
    desk.work = replace(desk.work, today=(a_sheet_view("S-made", state=SpoolState.MADE),))
    open_page(hands)
    hands.wait_for("ledger.again")
    page = hands.shell().pages["printing"]
    hands.wait(lambda: page.ledger.printer.count() == 2)  # type: ignore[attr-defined]
    page.ledger.printer.setCurrentIndex(1)  # type: ignore[attr-defined]
    hands.key(Qt.Key.Key_F3)
    hands.wait(lambda: hands.asked("send_again") == [("send_again", "S-made", "hall")])


def test_a_refusal_is_told_in_the_banner(hands: Hands, desk: FakeDesk) -> None:
    desk.work = replace(desk.work, today=(a_sheet_view("S-done"),))
    desk.refuse["confirm_sheets"] = Refused(Failure.SHEET_NOT_OUT)
    open_page(hands)
    hands.wait_for("ledger.out")
    hands.click("ledger.out")
    hands.wait(lambda: hands.sees("banner.text"))
    assert hands.find(QLabel, "banner.text").text() == "打印机还没有打完，不能确认出纸。"
