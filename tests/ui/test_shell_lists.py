"""办件, 出件 and 工位 on real widgets."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from catalogue.model import Text
from tests.fakes.card_reader import healthy
from tests.fakes.desk import FakeDesk
from tests.ui.shell_hands import Hands, Opened
from wire.messages import ResultCode, Role, SubCaseState
from workstation.domain.case import CaseStatus
from workstation.domain.diagnosis import ReaderDay
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.services.ports import CardPresence
from workstation.services.views import CaseView, Link, ReaderView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
Open = Callable[..., Hands]


@pytest.fixture
def on(opened: Opened) -> Open:
    """Open a page as somebody, with the fake desk's cases or others."""

    def open_on(page: str, role: Role, cases: list[CaseView] | None = None) -> Hands:
        desk = FakeDesk()
        desk.roles = (role,)
        if cases is not None:
            desk.case_views = cases
        hands = opened(desk)
        hands.shell().open(page)
        hands.calm()
        return hands

    return open_on


def rows(hands: Hands, name: str) -> list[list[str]]:
    model = hands.table(name).model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def chosen(hands: Hands, name: str) -> str:
    case = hands.table(name).current()
    return case.case if case is not None else ""


def visible_words(hands: Hands) -> str:
    return " ".join(label.text() for label in hands.shell().findChildren(QLabel) if label.isVisible())


def refresh(hands: Hands, page: str) -> None:
    before = len(hands.asked("list_head"))
    hands.shell().pages[page].refresh()  # type: ignore[attr-defined]
    hands.wait(lambda: len(hands.asked("list_head")) > before)
    hands.calm()


# -- cases -----------------------------------------------------------------------------------------------
def test_list_shows_the_desks_order_and_selects_the_first(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    shown = rows(hands, "cases.table")
    assert [row[0] for row in shown] == ["4401042601050300033", "4401042601050300025", "440104260104030001A"]
    assert shown[0][1:] == ["临时", "新生儿出生一件事", "测**", "已收件", "0/3 办结", "01-12 · 余 5 日"]
    assert shown[2][4:] == ["已办结", "3/3 办结", "01-06 · 余 1 日"]
    assert chosen(hands, "cases.table") == "w-3"
    assert hands.focus() == "cases.table"


@pytest.mark.parametrize(
    ("status", "words"), [(CaseStatus.NOT_ACCEPTED, "不予受理"), (CaseStatus.VOIDED, "已作废")]
)
def test_nothing_waits_in_a_case_that_was_refused_or_voided(on: Open, status: CaseStatus, words: str) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    hands.desk.case_views[0] = dataclasses.replace(hands.desk.case_views[0], status=status)
    refresh(hands, "cases")
    hands.wait(lambda: rows(hands, "cases.table")[0][4:6] == [words, ""])
    hands.wait(lambda: "等受理" not in visible_words(hands))


def test_a_click_on_a_column_that_an_index_serves_sorts_both_ways_and_then_as_the_list_is(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    own = [row[0] for row in rows(hands, "cases.table")]
    header = hands.table("cases.table").horizontalHeader()
    for wanted in (sorted(own, reverse=True), sorted(own), own):
        header.sectionClicked.emit(0)
        hands.wait(partial(_shows, hands, wanted))
    header.sectionClicked.emit(4)  # the state: no index serves it over a million cases
    assert header.sortIndicatorSection() == -1


def _shows(hands: Hands, receipts: list[str]) -> bool:
    return [row[0] for row in rows(hands, "cases.table")] == receipts


def test_refresh_keeps_the_selection_when_a_new_case_comes_first(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    hands.table("cases.table").selectRow(1)
    assert chosen(hands, "cases.table") == "w-2"
    new = dataclasses.replace(hands.desk.case_views[0], case="w-4", receipt_no="4401042601050300041")
    hands.desk.case_views.insert(0, new)
    refresh(hands, "cases")
    hands.wait(lambda: len(rows(hands, "cases.table")) == 4)
    assert chosen(hands, "cases.table") == "w-2"


def test_page_refreshes_by_itself_while_it_is_seen_and_rests_while_not(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    timer = hands.shell().pages["cases"]._refresh  # type: ignore[attr-defined]
    assert timer.isActive()
    assert timer.interval() == 1500
    hands.desk.case_views[0] = dataclasses.replace(hands.desk.case_views[0], status=CaseStatus.DISPATCHED)
    timer.timeout.emit()
    hands.wait(lambda: rows(hands, "cases.table")[0][4] == "办理中")
    hands.shell().open("station")
    assert not timer.isActive()


def test_detail_says_where_each_item_is(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    hands.table("cases.table").selectRow(1)
    hands.wait(lambda: "审核中" in visible_words(hands))
    assert "等前项办结" in visible_words(hands)
    # Whoever accepts it here sees who took it, and how each paper stands.
    words = visible_words(hands)
    for said in ("收件人员", "agent", "缺", "婴儿照片", "已看原件", "父亲居民身份证"):
        assert said in words
    assert "承诺 2026-01-12（含）前" in visible_words(hands)


def test_f10_accepts_a_received_case_and_is_not_offered_for_others(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.accept")
    hands.key(Qt.Key.Key_F10)
    hands.wait(lambda: hands.asked("accept_case") == [("accept_case", "w-3")])
    hands.wait(lambda: rows(hands, "cases.table")[0][4] == "已受理")
    assert not hands.sees("cases.accept")


def test_refused_acceptance_says_what_to_do_and_can_be_tried_again(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.accept")
    hands.desk.refuse["accept_case"] = Refused(Failure.GAPS_LEFT, count="2")
    hands.click("cases.accept")
    hands.wait_for("banner.text")
    assert "还差 2 项" in hands.words("banner.text")
    del hands.desk.refuse["accept_case"]
    hands.click("cases.accept")
    hands.wait(lambda: rows(hands, "cases.table")[0][4] == "已受理")


@pytest.mark.parametrize(
    ("role", "accept", "receipt"),
    [(Role.CLERK, True, True), (Role.AGENT, False, True), (Role.SUPERVISOR, False, False)],
)
def test_buttons_stand_only_for_the_role_that_may(on: Open, role: Role, accept: bool, receipt: bool) -> None:
    hands = on("cases", role)
    hands.wait_for("cases.table")
    assert hands.sees("cases.accept") is accept
    assert hands.sees("cases.print_receipt") is receipt


def test_a_case_that_waits_for_a_department_says_so_with_a_mark_and_its_day(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    marriage = Text("父母婚姻登记", "Marriage record")
    hands.desk.case_views[1] = dataclasses.replace(
        hands.desk.case_views[1], waiting=((marriage, date(2026, 1, 8)),)
    )
    refresh(hands, "cases")
    hands.wait(lambda: "等部门答复 01-08" in rows(hands, "cases.table")[1])
    table = hands.table("cases.table")
    cell = table.model().index(1, rows(hands, "cases.table")[1].index("等部门答复 01-08"))
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "等待部门答复，最迟 2026-01-08"
    assert not cell.data(Qt.ItemDataRole.DecorationRole).isNull()
    table.selectRow(1)
    hands.wait(lambda: "父母婚姻登记：等待部门答复，最迟 2026-01-08" in visible_words(hands))
    assert not hands.sees("cases.brought")


def test_what_was_not_confirmed_is_brought_from_the_list(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    hands.desk.case_views[0] = dataclasses.replace(hands.desk.case_views[0], lapsed=True)
    refresh(hands, "cases")
    hands.wait_for("cases.brought")
    assert "部门没有证实，补看原件" in rows(hands, "cases.table")[0]
    hands.click("cases.brought")
    hands.wait(lambda: hands.asked("bring_papers") == [("bring_papers", "w-3")])
    hands.wait(lambda: not hands.sees("cases.brought"))


def test_the_sheet_of_checks_is_printed_from_the_list(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    assert not hands.sees("cases.print_checks")  # a case without checks has no such sheet
    first = hands.desk.case_views[0]
    hands.desk.case_views[0] = dataclasses.replace(first, printable=(*first.printable, SlipKind.VERIFICATION))
    refresh(hands, "cases")
    hands.wait_for("cases.print_checks")
    hands.click("cases.print_checks")
    hands.wait(lambda: ("print_slip", "w-3", "VER") in hands.desk.calls)


def test_the_station_page_counts_the_papers_saved_today(on: Open) -> None:
    hands = on("station", Role.CLERK)
    hands.wait(lambda: "5 份，2 件办件" in visible_words(hands))
    assert "结婚证 × 2（民政）" in visible_words(hands)


def test_receipt_printed_again_says_where_it_is(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.print_receipt")
    hands.ctrl(Qt.Key.Key_P)
    hands.wait_for("cases.path")
    assert hands.asked("print_slip") == [("print_slip", "w-3", SlipKind.RECEIPT.value)]
    assert hands.focus() == "cases.table"
    hands.table("cases.table").selectRow(1)
    assert not hands.sees("cases.path")


@pytest.mark.parametrize(("page", "role"), [("cases", Role.CLERK), ("results", Role.SUPERVISOR)])
def test_empty_list_says_what_to_do_next(on: Open, page: str, role: Role) -> None:
    hands = on(page, role, [])
    hands.wait(lambda: bool(hands.asked("list_page")) and hands.sees("emptyNext"))
    hands.wait(lambda: "Ctrl+" in hands.words("emptyNext"))
    assert not hands.sees("detail")
    # No button may have the focus: a stray Space would press it.
    hands.wait(lambda: hands.focus() == f"{page}Page")


# -- results ---------------------------------------------------------------------------------------------
def test_decided_case_appears_by_itself_and_is_ready_to_print(on: Open) -> None:
    hands = on("results", Role.SUPERVISOR, [])
    decided = FakeDesk().case_views[2]
    hands.wait_for("emptyTitle")
    hands.desk.case_views.append(decided)
    refresh(hands, "results")
    hands.wait_for("results.print")
    assert chosen(hands, "results.table") == decided.case
    assert "还没有开出过" in hands.words("results.times")


def test_result_slip_is_printed_then_reprinted_with_its_number(on: Open) -> None:
    hands = on("results", Role.SUPERVISOR)
    hands.wait_for("results.print")
    hands.ctrl(Qt.Key.Key_P)
    hands.wait_for("results.path")
    assert "FIN.pdf" in hands.words("results.path").replace("\u200b", "")
    hands.wait(lambda: "已开出 1 张" in hands.words("results.times"))
    hands.ctrl(Qt.Key.Key_P)
    hands.wait(lambda: "已开出 2 张" in hands.words("results.times"))
    assert "补打 1" in visible_words(hands)
    assert hands.asked("print_slip") == [("print_slip", "w-1", "FIN")] * 2


def test_detail_of_a_result_never_pushes_its_state_out_of_sight(on: Open) -> None:
    case = FakeDesk().case_views[2]
    licence = "1.2.156.3005.2.11000000000000000SIM1.11440100SIM0000000001.001.X"
    subs = tuple(dataclasses.replace(sub, licence=licence) for sub in case.sub_cases)
    hands = on("results", Role.SUPERVISOR, [dataclasses.replace(case, sub_cases=subs)])
    hands.wait_for("results.print")
    frame = hands.shell().findChild(QLabel, "subCaseName")
    assert frame is not None
    line = frame.parentWidget()
    assert line is not None
    hands.wait(lambda: line.visibleRegion().boundingRect().width() == line.width())


def test_every_way_an_item_can_end_has_its_words(on: Open) -> None:
    case = FakeDesk().case_views[2]
    sub = dataclasses.replace(case.sub_cases[0], state=SubCaseState.DECIDED)
    subs = tuple(dataclasses.replace(sub, result=result) for result in ResultCode)
    hands = on("results", Role.SUPERVISOR, [dataclasses.replace(case, sub_cases=subs)])
    hands.wait_for("results.print")
    said = [label.text() for label in hands.shell().findChildren(QLabel)]
    for words in ("准予办理", "不予办理", "作废", "转报上级", "申请人撤回", "退件"):
        assert words in said


# -- station ---------------------------------------------------------------------------------------------
def test_station_page_says_who_it_is_and_how_it_is_linked(on: Open) -> None:
    hands = on("station", Role.CLERK)
    hands.wait(lambda: "大厅在线" in hands.words("station.link"))
    assert hands.words("station.id") == "440104"
    assert hands.words("station.device") == "3f9a 12c4 77e0 b1d8"
    assert "2 条" in hands.words("station.queued")
    assert "有卡" in hands.words("station.reader")
    assert "口令保护" in visible_words(hands)


def test_a_copied_disk_is_enrolled_again_on_the_station_page(on: Open) -> None:
    hands = on("station", Role.CLERK)
    hands.wait(lambda: "大厅在线" in hands.words("station.link"))
    assert not hands.sees("station.again")
    hands.desk.link_view = dataclasses.replace(hands.desk.link_view, link=Link.REFUSED, copied=True)
    hands.wait(lambda: hands.sees("station.again"))
    assert "没上报的办件都在" in visible_words(hands)
    hands.click("station.again")
    hands.wait(lambda: "登记码" in visible_words(hands) and "登记中" not in visible_words(hands))
    assert hands.asked("enrol_again") == [("enrol_again",)]
    hands.line("station.again_code").setText("0123456789abcdef")
    hands.click("station.again")
    hands.wait(lambda: "已重新登记" in visible_words(hands))
    hands.desk.link_view = dataclasses.replace(hands.desk.link_view, link=Link.UP, copied=False)
    hands.wait(lambda: not hands.sees("station.again"))


def test_a_station_that_a_restored_hall_does_not_know_is_enrolled_again_on_its_page(on: Open) -> None:
    hands = on("station", Role.CLERK)
    hands.wait(lambda: "大厅在线" in hands.words("station.link"))
    refused = dataclasses.replace(hands.desk.link_view, link=Link.REFUSED, trouble="device_unknown")
    hands.desk.link_view = refused
    hands.wait(lambda: hands.sees("station.again"))
    assert "大厅不认识本机，可能恢复了登记本机以前的备份。" in visible_words(hands)
    assert "复制" not in visible_words(hands)
    hands.desk.link_view = dataclasses.replace(refused, link=Link.UP, trouble="")
    hands.wait(lambda: not hands.sees("station.again"))


def test_a_wrong_clock_is_told_with_its_minutes(on: Open) -> None:
    hands = on("station", Role.CLERK)
    hands.desk.link_view = dataclasses.replace(hands.desk.link_view, clock_behind_s=-7200)
    hands.wait(lambda: "比大厅快 120 分钟" in visible_words(hands))
    hands.desk.link_view = dataclasses.replace(hands.desk.link_view, clock_behind_s=59)
    hands.wait(lambda: "分钟，校准一下" not in visible_words(hands))


def test_one_key_looks_at_the_readers_closely(on: Open) -> None:
    hands = on("station", Role.CLERK)
    hands.wait(lambda: "大厅在线" in hands.words("station.link"))
    hands.desk.reader_view = ReaderView(
        CardPresence.PRESENT, (ReaderDay("Reader 00", 12, 11, 400.0, ((Failure.CARD_REMOVED, 1),)),)
    )
    hands.wait(lambda: "今天读 12 次，读成 11 次（92%），平均 0.4 秒" in visible_words(hands))
    hands.key(Qt.Key.Key_F8)
    hands.wait(lambda: "读成，400 毫秒" in visible_words(hands))
    shown = visible_words(hands)
    for words in ("fake 1.0.0", "00A40400  30.0 ms", "本机（x11）", "20261123-093000.json"):
        assert words in shown.replace("\u200b", "")


def test_a_mute_card_in_a_reader_comes_with_its_remedy_although_nothing_was_read(on: Open) -> None:
    hands = on("station", Role.CLERK)
    hands.wait(lambda: "大厅在线" in hands.words("station.link"))
    mute = dataclasses.replace(healthy().readers[0], presence="mute")
    hands.desk.diagnosis = dataclasses.replace(healthy(), readers=(mute,), read="", read_ms=None, steps=())
    hands.click("station.diagnose")
    hands.wait(lambda: "擦净芯片" in visible_words(hands))


def test_what_is_wrong_with_the_readers_comes_with_its_remedy(on: Open) -> None:
    hands = on("station", Role.CLERK)
    hands.wait(lambda: "大厅在线" in hands.words("station.link"))
    hands.desk.diagnosis = dataclasses.replace(
        healthy(), service="card_service_down", readers=(), read="", read_ms=None, steps=()
    )
    hands.click("station.diagnose")
    hands.wait(lambda: "找运维启动读卡服务" in visible_words(hands))


def test_no_fact_of_the_station_is_squeezed_whatever_a_diagnosis_adds(on: Open) -> None:
    hands = on("station", Role.CLERK)
    hands.wait(lambda: "大厅在线" in hands.words("station.link"))
    hands.desk.diagnosis = healthy()
    hands.click("station.diagnose")
    hands.wait(lambda: "fake 1.0.0" in visible_words(hands))
    page = hands.window.findChild(QWidget, "stationPage")
    assert page is not None
    labels = page.findChildren(QLabel)

    def squeezed() -> list[str]:
        shown = [label for label in labels if label.isVisible() and label.text()]
        assert len(shown) > 20
        return [label.text() for label in shown if label.height() < label.heightForWidth(label.width())]

    hands.wait(lambda: squeezed() == [])


# -- search ----------------------------------------------------------------------------------------------
def look_for(hands: Hands, typed: str) -> None:
    hands.ctrl(Qt.Key.Key_F)
    hands.wait(lambda: hands.focus() == "cases.find")
    QTest.keyClicks(hands.line("cases.find"), typed)
    hands.wait(lambda: ("find_cases", typed) in hands.desk.calls)


def stock(hands: Hands, count: int, *, at_once: int) -> None:
    """Let the desk have so many cases, w-0 and on, that "0025" finds; so many of them make the first screen."""
    hands.desk.found_at_once = at_once
    known = hands.desk.case_views[0]
    hands.desk.case_views = [
        dataclasses.replace(known, case=f"w-{n}", receipt_no=f"44010426010503{n:02d}0025")
        for n in range(count)
    ]


def test_what_is_typed_is_looked_for_once_it_settles_and_escape_shows_all_again(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    look_for(hands, "00025")
    hands.wait(lambda: [row[0] for row in rows(hands, "cases.table")] == ["4401042601050300025"])
    assert len(hands.asked("find_cases")) == 1  # not one for each key: each leaves an entry
    assert "找到 1 件" in visible_words(hands)
    hands.key(Qt.Key.Key_Down)
    assert (hands.focus(), chosen(hands, "cases.table")) == ("cases.table", "w-2")
    refresh_now = hands.shell().pages["cases"].refresh  # type: ignore[attr-defined]
    refresh_now()  # the clock of the page does not take the answer away, nor ask again
    hands.calm()
    assert len(rows(hands, "cases.table")) == 1
    assert len(hands.asked("find_cases")) == 1
    hands.key(Qt.Key.Key_Slash)
    hands.wait(lambda: hands.focus() == "cases.find")
    hands.key(Qt.Key.Key_Escape)
    hands.wait(lambda: len(rows(hands, "cases.table")) == 3)
    assert hands.focus() == "cases.table"


def test_nothing_found_and_too_little_typed_say_what_can_be_searched(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    look_for(hands, "99999")
    hands.wait(lambda: "没有找到" in visible_words(hands))
    assert "证件号末 4–6 位" in visible_words(hands)
    look_for(hands, "9")
    hands.wait(lambda: "再输一点" in visible_words(hands))


def test_while_the_index_is_made_the_search_says_so_and_looks_again(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    hands.desk.not_findable = 1200
    look_for(hands, "00025")
    hands.wait(lambda: "最多 1200 件暂时查不到" in visible_words(hands))
    hands.desk.not_findable = 0
    hands.shell().pages["cases"].refresh()  # type: ignore[attr-defined]
    hands.wait(lambda: "找到 1 件" in visible_words(hands) and "查不到" not in visible_words(hands))


def test_the_answer_to_an_older_search_is_let_go(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    page = hands.shell().pages["cases"]
    look_for(hands, "00025")
    hands.wait(lambda: len(rows(hands, "cases.table")) == 1)
    page._found(0, "00033", hands.desk.find_cases("00033"))  # type: ignore[attr-defined]
    assert [row[0] for row in rows(hands, "cases.table")] == ["4401042601050300025"]


def test_what_stands_below_the_first_screen_comes_by_itself_and_the_chosen_row_stays(
    on: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    stock(hands, 5, at_once=2)
    go_on, rest = threading.Event(), hands.desk.found_rest

    def late(typed: str, places: Sequence[int]) -> tuple[CaseView, ...]:
        assert go_on.wait(30)
        return rest(typed, places)

    monkeypatch.setattr(hands.desk, "found_rest", late)
    look_for(hands, "0025")
    hands.wait(lambda: len(rows(hands, "cases.table")) == 2)
    assert "找到 5 件" in visible_words(hands)
    for _ in range(2):  # into what was found, and on to its second row
        QTest.keyClick(QApplication.focusWidget() or hands.window, Qt.Key.Key_Down)
    assert chosen(hands, "cases.table") == "w-1"
    go_on.set()
    hands.wait(lambda: len(rows(hands, "cases.table")) == 5)
    assert (hands.focus(), chosen(hands, "cases.table")) == ("cases.table", "w-1")
    assert "找到 5 件" in visible_words(hands)
    assert (len(hands.asked("find_cases")), len(hands.asked("found_rest"))) == (1, 1)


def test_a_case_below_the_first_screen_stays_chosen_while_its_search_is_repeated(on: Open) -> None:
    """A deed looks again: between first screen and rest a key must not meet somebody else's case."""
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    stock(hands, 5, at_once=2)
    look_for(hands, "0025")
    hands.wait(lambda: len(rows(hands, "cases.table")) == 5)
    page = hands.shell().pages["cases"]
    assert page.table.choose("w-4")  # type: ignore[attr-defined]
    seen: list[str] = []
    page.table.picked.connect(lambda case: seen.append(case.case if case else ""))  # type: ignore[attr-defined]
    hands.desk.case_views = [dataclasses.replace(each, version=2) for each in hands.desk.case_views]
    page._again()  # type: ignore[attr-defined]
    hands.wait(lambda: len(hands.asked("found_rest")) == 2)
    hands.calm()
    assert (len(rows(hands, "cases.table")), chosen(hands, "cases.table")) == (5, "w-4")
    assert set(seen) == {"w-4"}  # anew, and nobody else meanwhile


@pytest.mark.parametrize("left", [False, True])
def test_a_rest_that_was_refused_is_told_while_somebody_waits_for_it(
    on: Open, monkeypatch: pytest.MonkeyPatch, left: bool
) -> None:
    """Between first screen and rest the desk may be locked: the next to sit down are told nothing of it."""
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    stock(hands, 3, at_once=1)
    go_on, told = threading.Event(), list[Failure]()

    def refuse(_typed: str, _places: Sequence[int]) -> tuple[CaseView, ...]:
        assert go_on.wait(30)
        raise Refused(Failure.STORE_BUSY)

    monkeypatch.setattr(hands.desk, "found_rest", refuse)
    page = hands.shell().pages["cases"]
    page.refused.connect(lambda refused: told.append(refused.failure))  # type: ignore[attr-defined]
    look_for(hands, "0025")
    hands.wait(lambda: len(rows(hands, "cases.table")) == 1)
    if left:
        page.search_line.clear()  # type: ignore[attr-defined]
    go_on.set()
    hands.calm()
    assert told == ([] if left else [Failure.STORE_BUSY])


def test_no_name_stays_in_the_line_of_a_page_that_was_left(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    look_for(hands, "00025")
    hands.shell().open("station")
    hands.shell().open("cases")
    hands.wait(lambda: len(rows(hands, "cases.table")) == 3)
    assert hands.line("cases.find").text() == ""
