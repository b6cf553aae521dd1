"""The board, reports and the handover of a shift, on the real desk over a real store."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.fakes.cases import a_case
from tests.fakes.counter import WholeDesk
from tests.fakes.people import AT
from tests.fakes.staff import PASSWORD
from tests.unit.test_audit_first import received
from wire.codec import decode
from wire.messages import Result, ResultCode, SlipPrinted
from wire.procedures import DayUnit, ProcedureKind
from workstation.domain.case import CaseStatus, PaperSaved
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.finding import FindBy, wanted
from workstation.domain.handover import HandoverState, ShiftFigures
from workstation.domain.procedure import Procedure
from workstation.domain.report import By, Span, Tally
from workstation.domain.slip import SlipKind
from workstation.domain.work_lists import ListKind, ListWanted, SavedFilter, Start
from workstation.exporting.table_files import csv_of, guarded, write_tables
from workstation.services.counter import Counter
from workstation.services.ports import Table, TableFile
from workstation.services.report import hold_no_numbers

TODAY = today_at(AT)
KINDS = (ListKind.ALL, ListKind.TO_ACCEPT)


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


def as_(whole: WholeDesk, login: str) -> Counter:
    whole.desk.sign_out()
    whole.desk.sign_in(login, PASSWORD)
    return whole.desk


def why(call: object) -> Failure:
    with pytest.raises(Refused) as caught:
        call()  # type: ignore[operator]
    return caught.value.failure


def last_sheet(whole: WholeDesk) -> str:
    return list(whole.press.sheets.values())[-1].decode()


def put(whole: WholeDesk, *cases: object) -> None:
    with whole.unit() as unit:
        for case in cases:
            unit.cases.add(case)  # type: ignore[arg-type]
        unit.commit()


# -- lists of the desk ----------------------------------------------------------------------------------
def test_a_received_case_stands_in_its_lists_and_its_sheet_leads_to_it(whole: WholeDesk) -> None:
    desk = received(whole)
    counts = desk.list_counts(KINDS)
    assert (counts.counts[ListKind.ALL], counts.counts[ListKind.TO_ACCEPT]) == (1, 1)
    assert desk.list_counts(KINDS, counts) is counts
    head = desk.list_head(ListWanted())
    assert desk.list_head(ListWanted(), head) is head
    page = desk.list_page(ListWanted(ListKind.TO_ACCEPT), Start(), 10)
    (case,) = page.cases
    sheet = desk.print_slip(case.case, SlipKind.RECEIPT)
    assert desk.list_head(ListWanted(), head) is not head  # a deed was done
    found = desk.find_cases(sheet.serial.lower())
    assert (found.by, [each.case for each in found.cases]) == (FindBy.SLIP, [case.case])
    code = last_sheet(whole).partition("code='")[2].partition("'")[0]
    assert code.startswith("YC2.")
    assert [each.case for each in desk.find_cases(code).cases] == [case.case]
    assert desk.find_cases(sheet.serial[:-1] + "?").by is not FindBy.SLIP
    assert desk.list_row(ListWanted(), case.case) == 0
    # Monday the 23rd: without a word until the fifth working day after it silence accepts.
    assert (TODAY, case.due_on) == (date(2026, 11, 23), date(2026, 11, 30))


def test_only_serials_are_taken_for_sheets() -> None:
    for typed in ("440104261126RCP0001X", " 440104261126fin00012 "):
        looked_for = wanted(typed)
        assert looked_for is not None
        assert looked_for.by is FindBy.SLIP
    for typed in ("440104261126XYZ0001X", "YC1.broken", "YC2.broken", "4401042611260100013", "测试"):
        looked_for = wanted(typed)
        assert looked_for is None or looked_for.by is not FindBy.SLIP


def test_a_provisional_slip_waits_for_its_replacement(whole: WholeDesk) -> None:
    desk = received(whole)
    (case,) = desk.list_page(ListWanted(), Start(), 1).cases
    kind = ListWanted(ListKind.TO_REPLACE)
    with whole.unit() as unit:
        kept = replace(unit.cases.get(case.case), offline=True, project_no=None)
        unit.cases.save(kept)
        unit.commit()
    desk.print_slip(case.case, SlipKind.RECEIPT)
    assert desk.list_head(kind).count == 0  # no number yet: nothing to replace it by
    with whole.unit() as unit:
        unit.cases.save(replace(unit.cases.get(case.case), project_no="P1", offline=False))
        unit.commit()
    assert desk.list_head(kind).count == 1
    desk.print_slip(case.case, SlipKind.RECEIPT)
    assert desk.list_head(kind).count == 0


def test_a_filter_has_a_short_name_without_numbers_and_is_a_clerks_own(whole: WholeDesk) -> None:
    desk = whole.open_up()
    mine = SavedFilter(" 我的 今天 ", ListKind.DUE_TODAY, mine=True)
    assert desk.keep_filter(mine) == (replace(mine, name="我的 今天"),)
    for name in ("", " ", "很长很长很长很长很长很长很长的名字", "证件 44010"):
        assert why(lambda name=name: desk.keep_filter(replace(mine, name=name))) is Failure.FILTER_NAME
    for n in range(1, 20):
        desk.keep_filter(replace(mine, name=f"筛选{n}"))
    assert why(lambda: desk.keep_filter(replace(mine, name="又一个"))) is Failure.FILTERS_FULL
    assert desk.keep_filter(replace(mine, name="筛选1", days=7))[0].days in (0, 7)
    assert as_(whole, "agent").filters() == ()


# -- board ------------------------------------------------------------------------------------------------
def test_the_board_is_the_halls_and_local_numbers_stand_when_it_is_away(whole: WholeDesk) -> None:
    received(whole)
    desk = as_(whole, "supervisor")
    assert [row.window for row in desk.hall_board().rows] == ["01"]
    whole.hall.down = True
    assert why(desk.hall_board) is Failure.HALL_UNREACHABLE
    local = desk.local_board().row
    assert (local.open, local.queue, local.overdue, local.oldest is not None) == (1, 1, 0, True)
    assert why(as_(whole, "clerk").local_board) is Failure.ROLE_MISSING


# -- reports ----------------------------------------------------------------------------------------------
def test_a_report_counts_by_day_item_clerk_and_window(whole: WholeDesk) -> None:
    desk = whole.open_up("supervisor")
    old = AT - timedelta(days=40)
    plain = {n: replace(a_case(n), received_at=AT, papers_saved=()) for n in range(1, 5)}
    accepted = replace(plain[2], accepted_at=AT, status=CaseStatus.DISPATCHED, window="02", clerk="agent")
    cases = (
        replace(plain[1], papers_saved=(PaperSaved("x", "card", "", ""),)),
        replace(accepted, received_at=AT - timedelta(days=1)),
        replace(plain[3], status=CaseStatus.VOIDED),
        replace(plain[4], received_at=old),
    )
    put(whole, *cases)
    report = desk.report(Span(TODAY - timedelta(days=6), TODAY))
    assert report.total == Tally(received=3, accepted=1, refused=1, open=2, papers_saved=1)
    days = {row.key: row.tally.received for row in report.rows[By.DAY]}
    assert days == {(TODAY - timedelta(days=1)).isoformat(): 1, TODAY.isoformat(): 2}
    assert {row.key: row.tally.accepted for row in report.rows[By.WINDOW]}["02"] == 1
    assert {row.name.zh for row in report.rows[By.CLERK]} >= {"演示agent"}
    assert sum(row.tally.received for row in report.rows[By.ITEM]) == 3 * len(a_case(1).sub_cases)
    assert [(row.key, row.tally) for row in report.rows[By.LEVEL]] == [("5", report.total)]
    assert [(row.key, row.tally) for row in report.rows[By.OFFICE]] == [("440104", report.total)]
    assert why(lambda: desk.report(Span(TODAY, TODAY - timedelta(days=1)))) is Failure.REPORT_SPAN
    assert why(lambda: desk.report(Span(date(2024, 1, 1), TODAY))) is Failure.REPORT_SPAN


def test_a_report_tells_who_decides_what_and_which_office_received_it(whole: WholeDesk) -> None:
    desk = whole.open_up("supervisor")
    (first,) = a_case(1).sub_cases
    granted = Result(ResultCode.GRANTED, "", "d", "r", AT)
    stopped = Procedure("p", ProcedureKind.HEARING, AT, 3, DayUnit.WORKING, "r", "n", "a")
    late = replace(first, item="passport", department="police", promised_on=TODAY - timedelta(days=1))
    subs = (replace(first, department="civil", result=granted), late)
    there = {"accepted_at": AT, "received_at": AT, "papers_saved": (), "status": CaseStatus.IN_REVIEW}
    put(
        whole,
        replace(a_case(1), sub_cases=subs, station="44010C", **there),  # type: ignore[arg-type]
        replace(a_case(2), sub_cases=(replace(late, procedures=(stopped,)),), **there),  # type: ignore[arg-type]
    )
    report = desk.report(Span(TODAY, TODAY))
    owners = {row.key: row.tally for row in report.rows[By.OWNER]}
    assert owners["civil"] == Tally(received=1, accepted=1, decided=1)
    assert owners["police"] == Tally(received=2, accepted=2, open=2, overdue=1)
    assert {row.key: row.tally.received for row in report.rows[By.LEVEL]} == {"5": 1, "6": 1}
    assert {row.key: row.name.zh for row in report.rows[By.OFFICE]} == {
        "440104": "演示街道政务服务中心",
        "44010C": "演示社区公共服务站",
    }


def test_a_report_is_opened_in_portions_and_misses_none(
    whole: WholeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workstation.services.report._AT_ONCE", 3)
    desk = whole.open_up("supervisor")
    put(whole, *(replace(a_case(n), received_at=AT) for n in range(1, 11)))
    assert desk.report(Span(TODAY, TODAY)).total.received == 10


FILE = TableFile(
    "办件报表",
    (Table("按事项", ("名称", "收件"), (("=HYPERLINK(1)", 3), ("+1", -2), ("出生登记，含\n逗号", 0))),),
)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_is_audited_and_holds_no_formula(whole: WholeDesk, form: str) -> None:
    desk = whole.open_up("supervisor")
    span = Span(TODAY, TODAY)
    path = whole.folder / f"report.{form}"
    assert desk.export_report(FILE, str(path), span) == str(path)
    with whole.unit() as unit:
        last = unit.audit.entries()[-1]
    assert (last.deed, last.note) == (Deed.REPORT_EXPORTED, f"{form} {TODAY} {TODAY}")
    assert path.stat().st_mode & 0o077 == 0
    if form == "csv":
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        assert lines[4:] == [["'=HYPERLINK(1)", "3"], ["'+1", "-2"], ["出生登记，含\n逗号", "0"]]
    else:
        sheet = load_workbook(path).worksheets[0]
        assert [(cell.data_type, cell.value) for cell in sheet[2]] == [("s", "=HYPERLINK(1)"), ("n", 3)]
        assert sheet["A2"].quotePrefix
        assert sheet.title == "按事项"
    nowhere = str(whole.folder / "gone" / f"report.{form}")
    assert why(lambda: desk.export_report(FILE, nowhere, span)) is Failure.REPORT_EXPORT_FAILED
    assert not list(whole.folder.glob("*.part"))


def test_what_a_spreadsheet_takes_for_a_formula_is_words() -> None:
    for begin in "=+-@\t\r\n":
        assert str(guarded(f"{begin}cmd")).startswith("'")
    assert guarded(-5) == -5
    assert "'=HYPERLINK(1)" in csv_of(FILE)


def test_no_citizens_number_leaves_in_a_report(tmp_path: Path) -> None:
    hold_no_numbers(FILE)
    for number in ("440104189001011234", "44010418900101123X", "440104900101123"):
        file = TableFile("t", (Table("t", ("a",), ((f"王 {number}",),)),))
        with pytest.raises(ValueError, match="number"):
            hold_no_numbers(file)
    write_tables(tmp_path / "a.csv", FILE)
    assert (tmp_path / "a.csv").exists()


# -- handover ---------------------------------------------------------------------------------------------
def test_a_shift_is_signed_by_two_and_confirmed_by_the_next(whole: WholeDesk) -> None:
    desk = received(whole)
    shown = desk.shift()
    assert (shown.figures.received, shown.figures.printed, shown.figures.open) == (1, 1, 1)
    assert (shown.figures.drafts, shown.figures.unaccounted, shown.before) == (1, 0, ())
    view, sheet = desk.hand_over(shown, "草稿一份", "supervisor", PASSWORD)
    assert (sheet.kind, sheet.trouble) == (SlipKind.SHIFT, None)
    assert "'received': 1" in last_sheet(whole)
    (made,) = view.before
    assert (made.handover.state, made.second, made.may_take) == (
        HandoverState.SIGNED,
        "演示supervisor",
        False,
    )
    assert view.since == made.handover.at
    assert view.figures.received == 0
    with whole.unit() as unit:
        signed = [(e.actor, e.deed) for e in unit.audit.entries()[-3:]]
    assert signed[1:] == [("clerk", Deed.SHIFT_HANDED_OVER), ("supervisor", Deed.SHIFT_SIGNED)]
    assert why(lambda: desk.take_shift(made.handover.id)) is Failure.SAME_PERSON
    desk = as_(whole, "renamed")  # the clerk once more, under another name
    assert why(lambda: desk.take_shift(made.handover.id)) is Failure.SAME_PERSON
    desk = as_(whole, "agent")
    assert desk.shift().before[0].may_take
    (taken,) = desk.take_shift(made.handover.id).before
    assert (taken.handover.state, taken.taken_by) == (HandoverState.TAKEN, "演示agent")
    assert why(lambda: desk.take_shift(made.handover.id)) is Failure.DAY_CLOSE_UNKNOWN
    assert why(lambda: desk.take_shift("none")) is Failure.DAY_CLOSE_UNKNOWN


@pytest.mark.parametrize(
    ("login", "password", "failure"),
    [
        ("clerk", PASSWORD, Failure.SAME_PERSON),
        ("renamed", PASSWORD, Failure.SAME_PERSON),
        ("nameless", PASSWORD, Failure.SAME_PERSON),
        ("auditor", PASSWORD, Failure.ROLE_MISSING),
        ("supervisor", "wrong", Failure.SIGN_IN_REFUSED),
        ("supervisor", "", Failure.OPERATOR_CARD_MISSING),
    ],
)
def test_nobody_signs_for_two(whole: WholeDesk, login: str, password: str, failure: Failure) -> None:
    desk = received(whole)
    sheets = len(whole.press.sheets)
    assert why(lambda: desk.hand_over(desk.shift(), "", login, password)) is failure
    assert desk.shift().before == ()
    assert len(whole.press.sheets) == sheets


def test_what_is_signed_is_what_was_shown(whole: WholeDesk) -> None:
    desk = received(whole)
    shown = desk.shift()
    (case,) = desk.list_page(ListWanted(), Start(), 1).cases
    desk.print_slip(case.case, SlipKind.RECEIPT)
    assert why(lambda: desk.hand_over(shown, "", "supervisor", PASSWORD)) is Failure.DAY_CLOSE_CHANGED
    forged = replace(desk.shift(), figures=ShiftFigures())
    assert why(lambda: desk.hand_over(forged, "", "supervisor", PASSWORD)) is Failure.DAY_CLOSE_CHANGED
    desk.hand_over(desk.shift(), "", "supervisor", PASSWORD)


def test_a_serial_that_stands_in_no_ledger_is_told(whole: WholeDesk) -> None:
    desk = received(whole)
    with whole.unit() as unit:
        lane = unit.station.lane()
        unit.station.next_number(f"slip:{today_at(whole.clock()):%Y%m%d}{lane and ':' + lane}")
        unit.commit()
    assert desk.shift().figures.unaccounted == 1


def test_the_sheet_of_a_handover_is_no_step_of_a_case(whole: WholeDesk) -> None:
    desk = received(whole)
    desk.hand_over(desk.shift(), "", "supervisor", PASSWORD)
    with whole.unit() as unit:
        told = [w.envelope for w in unit.outbox.due(AT + timedelta(days=1), 50)]
    kinds = [decode(SlipPrinted, each.body).slip for each in told if each.kind == "slip_printed"]
    assert SlipKind.SHIFT.value not in kinds
