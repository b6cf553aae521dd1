"""A department's own system at a real hall: its feed behind a cursor, its steps, its special procedures."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine

from demo.environment import Demo
from hall.database import open_database
from hall.enrolment import new_code
from hall.epoch import renew_epoch
from hall.licences import licence_number
from tests.fakes.department import NOTICE, DepartmentSystem, granted
from tests.fakes.device import Device
from tests.fakes.people import MOTHER_ID, MOTHER_NAME
from wire.codec import decode
from wire.department_feed import TakeTask, TaskNews
from wire.keys import new_id
from wire.messages import (
    ChangeKind,
    EventKind,
    MaterialHow,
    MaterialOnWire,
    PapersChanged,
    ResultCode,
    SubCaseMoved,
    SubCaseState,
)
from wire.procedures import (
    BeginProcedure,
    DayUnit,
    EndProcedure,
    ProcedureBegun,
    ProcedureEnded,
    ProcedureKind,
)

LICENCE = licence_number("1" * 21, "2" * 18, "18990101000001")
HEARING = BeginProcedure(
    ProcedureKind.HEARING, 15, DayUnit.WORKING, "申请人要求听证", NOTICE, "测试领导", "reviewer"
)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    root = tmp_path_factory.mktemp("departments")
    with Demo(root, Path(sys.executable), with_card=False, review=False) as started:
        yield started


@pytest.fixture(scope="module")
def hall(quiet: Demo) -> Iterator[Engine]:
    engine = open_database(quiet.root / "hall.db")
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def device(quiet: Demo, hall: Engine) -> Device:
    with hall.begin() as db:
        code = new_code(db, "440104", confirmed_by="test")
    made = Device(quiet.hall_url)
    made.enrol(code)
    return made


def _system(demo: Demo, name: str = "public_security") -> DepartmentSystem:
    return DepartmentSystem(demo.hall_url, name, f"{demo.department_token}-{name}")


def _accepted(device: Device) -> str:
    case = f"case-{time.monotonic_ns()}"
    results = device.push(device.received(case), device.accepted(case))
    assert {result.status for result in results} == {"applied"}
    return case


# -- the feed ------------------------------------------------------------------------------------------
def test_sub_cases_come_to_the_feeds_in_the_order_of_their_dependencies(quiet: Demo, device: Device) -> None:
    case = _accepted(device)
    police, insurance = _system(quiet), _system(quiet, "medical_insurance")
    (first,) = police.told_of(case)
    assert (first.kind, first.item) == (TaskNews.TASK_DISPATCHED, "birth-registration")
    assert insurance.told_of(case) == []  # it waits for the registration
    assert police.step("POST", f"/tasks/{first.task}/decide", granted()) == (204, "")
    (second,) = insurance.told_of(case)
    assert (second.kind, second.item) == (TaskNews.TASK_DISPATCHED, "medical-insurance-newborn")
    assert [event.kind for event in police.told_of(case)] == [TaskNews.TASK_DISPATCHED, TaskNews.TASK_DECIDED]


def test_pages_of_any_size_hold_every_event_once_and_a_cursor_again_gives_the_same_ids(
    quiet: Demo, device: Device
) -> None:
    cases = [_accepted(device) for _ in range(5)]
    police = _system(quiet)
    whole = [event.id for event in police.feed(limit=200).items]
    assert len(set(whole)) == len(whole) >= len(cases)
    paged, cursor, more = [], "", True
    while more:
        page = police.feed(cursor, limit=2)
        assert police.feed(cursor, limit=2).items == page.items  # at least once, under the same ids
        paged += [event.id for event in page.items]
        cursor, more = page.cursor, page.more
    assert paged == whole
    assert police.feed(cursor).items == ()


def test_the_feed_names_no_person(quiet: Demo, device: Device) -> None:
    _accepted(device)
    said = _system(quiet).call("GET", "/feed?limit=200").text
    assert "birth-registration" in said
    assert not [word for word in (MOTHER_NAME, MOTHER_ID, "测小宝") if word in said]


def test_who_waits_hears_as_soon_as_something_comes(quiet: Demo, device: Device) -> None:
    police = _system(quiet)
    cursor = police.feed(limit=200).cursor
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(police.feed, cursor, 100, 25)
        case = _accepted(device)
        (event,) = waiting.result().items
    assert event.case == case


def test_a_feed_is_for_its_own_department(quiet: Demo) -> None:
    police = _system(quiet)
    foreign = DepartmentSystem(police.url, "health", police.token)
    assert foreign.step("GET", "/feed", None) == (401, "token")
    assert DepartmentSystem(police.url, "all", police.token).step("GET", "/feed", None) == (401, "token")


@pytest.mark.parametrize("cursor", ["x", ".", "{epoch}.-1", "{epoch}.99999999999999999999"])
def test_a_cursor_that_is_none_is_refused(quiet: Demo, cursor: str) -> None:
    police = _system(quiet)
    said = cursor.replace("{epoch}", police.feed(limit=1).epoch)
    assert police.step("GET", f"/feed?cursor={said}", None) in {(422, "malformed"), (410, "cursor_gone")}


def test_changed_papers_are_told_for_each_open_task(quiet: Demo, device: Device) -> None:
    case = _accepted(device)
    papers = device.accepted(case)  # only to have its papers again
    device.seq, device.prev = device.seq - 1, papers.prev
    body = PapersChanged(f"R-{case}", "clerk", papers.at, _papers_with_one_missing())
    (result,) = device.push(device.envelope(EventKind.PAPERS_CHANGED, body, case))
    assert result.status == "applied"
    kinds = [event.kind for event in _system(quiet).told_of(case)]
    assert kinds == [TaskNews.TASK_DISPATCHED, TaskNews.PAPERS_CHANGED]
    assert (
        _system(quiet, "medical_insurance").told_of(case) == []
    )  # not dispatched: it will see them as they are


def _papers_with_one_missing() -> tuple[MaterialOnWire, ...]:
    from tests.fakes.device import ALL_SEEN

    return (MaterialOnWire(ALL_SEEN[0].material, MaterialHow.MISSING), *ALL_SEEN[1:])


# -- steps ---------------------------------------------------------------------------------------------
def test_a_task_is_taken_once_for_the_station_and_may_change_hands(quiet: Demo, device: Device) -> None:
    case, police = _accepted(device), _system(quiet)
    task = police.task_of(case)["id"]
    assert police.step("POST", f"/tasks/{task}/take", TakeTask("one")) == (204, "")
    assert police.step("POST", f"/tasks/{task}/take", TakeTask("one")) == (204, "")
    assert police.step("POST", f"/tasks/{task}/take", TakeTask("two")) == (204, "")
    assert (police.task_of(case)["taken_by"], police.task_of(case)["state"]) == ("two", "in_review")
    moves = [c for c in device.all_changes(case) if c.kind is ChangeKind.SUB_CASE_MOVED]
    states = [decode(SubCaseMoved, move.body).state for move in moves]
    assert states == [SubCaseState.DISPATCHED, SubCaseState.IN_REVIEW]
    kinds = [event.kind for event in police.told_of(case)]
    assert kinds == [TaskNews.TASK_DISPATCHED, TaskNews.TASK_TAKEN, TaskNews.TASK_TAKEN]


def test_no_negative_end_without_a_reason_and_no_denial_without_its_law(quiet: Demo, device: Device) -> None:
    case, police = _accepted(device), _system(quiet)
    path = f"/tasks/{police.task_of(case)['id']}/decide"
    assert police.step("POST", path, granted(code=ResultCode.RETURNED, text=" ")) == (422, "reason")
    assert police.step("POST", path, granted(code=ResultCode.DENIED, text="不符")) == (422, "basis")
    lawful = granted(code=ResultCode.DENIED, text="不符", basis="户口登记条例第七条")
    assert police.step("POST", path, lawful) == (204, "")
    ended = [
        decode(SubCaseMoved, c.body) for c in device.all_changes(case) if c.kind is ChangeKind.SUB_CASE_MOVED
    ]
    assert [move.result for move in ended if move.item == "birth-registration" and move.result] == [lawful]


def test_a_result_carries_an_e_licence_number_whose_check_character_fits(quiet: Demo, device: Device) -> None:
    case, police = _accepted(device), _system(quiet)
    path = f"/tasks/{police.task_of(case)['id']}/decide"
    wrong = LICENCE[:-1] + ("0" if LICENCE[-1] != "0" else "1")
    assert police.step("POST", path, granted(licence_name="户口登记", licence_no=wrong)) == (422, "licence")
    right = granted(licence_name="户口登记", licence_no=LICENCE)
    assert police.step("POST", path, right) == (204, "")
    assert police.step("POST", path, right) == (204, "")
    assert police.step("POST", path, granted()) == (409, "not_open")


# -- special procedures --------------------------------------------------------------------------------
def test_the_clock_stands_still_while_a_procedure_runs_and_the_station_hears_both_ends(
    quiet: Demo, device: Device
) -> None:
    case, police = _accepted(device), _system(quiet)
    task, procedure = police.task_of(case)["id"], new_id()
    path = f"/tasks/{task}/procedures/{procedure}"
    assert police.step("PUT", path, HEARING) == (204, "")
    assert police.step("PUT", path, HEARING) == (204, "")  # the answer was lost: told again, it is one
    assert police.step("PUT", f"/tasks/{task}/procedures/{new_id()}", HEARING) == (409, "procedure_open")
    assert police.step("POST", f"/tasks/{task}/decide", granted()) == (409, "procedure_open")
    over = EndProcedure("听证已举行，笔录在卷", "reviewer")
    assert police.step("POST", f"{path}/end", over) == (204, "")
    assert police.step("POST", f"{path}/end", over) == (204, "")
    assert police.step("POST", f"{path}/end", EndProcedure("另一个结果", "reviewer")) == (
        409,
        "procedure_over",
    )
    assert police.step("POST", f"/tasks/{task}/decide", granted()) == (204, "")
    changes = {c.kind: c.body for c in device.all_changes(case)}
    begun = decode(ProcedureBegun, changes[ChangeKind.PROCEDURE_BEGUN])
    ended = decode(ProcedureEnded, changes[ChangeKind.PROCEDURE_ENDED])
    assert (begun.procedure, begun.item, begun.kind, begun.days) == (
        procedure,
        "birth-registration",
        ProcedureKind.HEARING,
        15,
    )
    assert (ended.procedure, ended.outcome) == (procedure, over.outcome)
    assert begun.begun_at < ended.ended_at
    assert [event.kind for event in police.told_of(case)][1:3] == [
        TaskNews.PROCEDURE_BEGUN,
        TaskNews.PROCEDURE_ENDED,
    ]


def test_a_procedure_needs_reason_notice_approver_and_days(quiet: Demo, device: Device) -> None:
    case, police = _accepted(device), _system(quiet)
    path = f"/tasks/{police.task_of(case)['id']}/procedures/{new_id()}"
    wanted = {name: getattr(HEARING, name) for name in BeginProcedure.__dataclass_fields__}
    for gap in ("reason", "notice_no", "approver", "by"):
        assert police.step("PUT", path, BeginProcedure(**{**wanted, gap: " "})) == (422, "procedure_words")
    for days in (0, 366):
        assert police.step("PUT", path, BeginProcedure(**{**wanted, "days": days})) == (422, "procedure_days")


# -- another epoch: last, because it makes every older cursor void -----------------------------------------
def test_a_restored_hall_sends_departments_back_to_the_beginning(
    quiet: Demo, device: Device, hall: Engine
) -> None:
    _accepted(device)
    police = _system(quiet)
    cursor = police.feed(limit=200).cursor
    before = [event.id for event in police.feed(limit=200).items]
    with hall.begin() as db:
        renew_epoch(db)
    assert police.step("GET", f"/feed?cursor={cursor}", None) == (410, "cursor_gone")
    assert [
        event.id for event in police.feed(limit=200).items
    ] == before  # the same ids: nothing is new to whoever had them
