"""A counter and a real hall over HTTP: both compute the same days, the hall's count, and a difference is shown with why."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deadlines.national import national_days
from demo.environment import Demo
from tests.fakes.card_reader import MOTHER
from tests.fakes.department import DepartmentSystem
from tests.fakes.hall_command import hall_command
from tests.until import until
from wire.dates import DatesWhy, GrantExtension
from wire.keys import new_id
from wire.procedures import BeginProcedure, DayUnit, EndProcedure, ProcedureKind
from workstation import bootstrap
from workstation.services.calendar_views import CalendarOwner, CalendarWish
from workstation.services.counter import Counter
from workstation.services.views import CaseView, Link, SubCaseView
from workstation.settings import Settings

GRANT = GrantExtension(5, "需外地核实", "延〔2026〕3 号", "测试局长", "reviewer")
HEARING = BeginProcedure(
    ProcedureKind.HEARING, 15, DayUnit.WORKING, "听证", "特告 1 号", "测试局长", "reviewer"
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    root = tmp_path_factory.mktemp("deadlines")
    with Demo(root, Path(sys.executable), with_card=False, review=False) as started:
        yield started


@pytest.fixture(scope="module")
def desk(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder = tmp_path_factory.mktemp("station")
    opened = bootstrap.load_counter(
        Settings(folder / "data", folder / "prints", hall_url=demo.hall_url, keyring=False)
    )
    opened.unlock("a long passphrase")
    opened.enrol(demo.hall_url, demo.enrol_code)
    opened.sign_in("clerk", "demo-clerk")
    until(lambda: opened.link().link is Link.UP)
    until(lambda: opened.calendar().owner is CalendarOwner.HALL)
    yield opened
    opened.close()


def hall_calendar(demo: Demo, *words: str) -> subprocess.CompletedProcess[str]:
    return hall_command("calendar", words[0], "--database", demo.database, *words[1:])


def accepted(desk: Counter) -> CaseView:
    """File a case and wait until the hall has said its days."""
    desk.take_person(MOTHER)
    desk.choose("birth-plan-registration")
    visit = desk.visit()
    assert visit is not None
    desk.acknowledge_notice()
    answer_all(desk)
    for query in desk.ready_queries():
        desk.take_check(desk.ask(query))
    visit = desk.visit()
    assert visit is not None
    for paper in visit.materials:
        if paper.required:
            desk.see_original(paper.id, seen=True)
    desk.receive()
    desk.accept()
    desk.drop_visit()
    until(lambda: only(desk, visit.case).dates.from_hall)
    return desk.case(visit.case)


def answer_all(desk: Counter) -> None:
    """Type what the form still wants; synthetic."""
    typed = {
        "father.name": "测试二",
        "father.id_no": "440100189901010011",
        "contact.phone": "13800000000",
        "child.order": "1",
    }
    visit = desk.visit()
    assert visit is not None
    there = {field.key: field for section in visit.sections for field in section.fields}
    for key, field in there.items():
        if field.required and not field.value:
            value = typed.get(key) or (field.options[0][0] if field.options else "2026-12-30")
            desk.answer(key, value)


def only(desk: Counter, case: str) -> SubCaseView:
    (sub,) = desk.case(case).sub_cases
    return sub


def test_both_say_the_same_and_the_hall_moves_it_for_procedures_and_extensions(
    demo: Demo, desk: Counter
) -> None:
    case = accepted(desk)
    (sub,) = case.sub_cases
    assert sub.dates.due_on == sub.promised_on
    assert (sub.dates.first_on, sub.dates.desk_on, sub.dates.why) == (None, None, DatesWhy.ACCEPTED)
    assert sub.dates.hall_calendar == sub.dates.desk_calendar == desk.calendar().version
    assert case.dates.due_on == sub.promised_on
    health = DepartmentSystem(demo.hall_url, "health", f"{demo.department_token}-health")
    task = f"/tasks/{health.task_of(case.case)['id']}"
    granted = f"{task}/extensions/{new_id()}"
    assert health.step("PUT", granted, GRANT) == (204, "")
    assert health.step("PUT", granted, GRANT) == (204, "")  # the answer was lost: told again, it is one
    until(lambda: only(desk, case.case).dates.why is DatesWhy.EXTENDED)
    longer = only(desk, case.case)
    assert longer.dates.first_on == sub.promised_on
    table = national_days()
    assert sub.promised_on is not None
    assert longer.promised_on is not None
    assert table.between(sub.promised_on, longer.promised_on) == 5
    assert [each.days for each in longer.extensions] == [5]
    assert longer.dates.desk_on is None  # the desk computes the same with what it was told
    # The rest of what the law allows, and not a day more.
    for days, told in ((6, (422, "extension_days")), (5, (204, "")), (1, (422, "extension_days"))):
        wanted = GrantExtension(days, GRANT.reason, GRANT.notice_no, GRANT.approver, GRANT.by)
        assert health.step("PUT", f"{task}/extensions/{new_id()}", wanted) == told
    procedure = f"{task}/procedures/{new_id()}"
    assert health.step("PUT", procedure, HEARING) == (204, "")
    until(lambda: only(desk, case.case).procedures)
    assert only(desk, case.case).dates.light.colour.value == "stopped"
    assert health.step("POST", f"{procedure}/end", EndProcedure("听证已举行", "reviewer")) == (204, "")
    until(lambda: only(desk, case.case).procedures[0].ended_at)
    assert only(desk, case.case).dates.desk_on is None


def test_the_halls_day_counts_where_its_table_is_another_and_both_stand_in_the_case(
    demo: Demo, desk: Counter
) -> None:
    before = desk.calendar()
    case = accepted(desk)
    first = only(desk, case.case).promised_on
    assert first is not None
    typhoon = [first + timedelta(days=n) for n in range(7)]
    off = [word for day in typhoon for word in ("--off", day.isoformat())]
    made = hall_calendar(demo, "set", "--by", "测试", "--reason", "台风停工", "--source", "停工通知", *off)
    assert made.returncode == 0, made.stderr
    # The station has not fetched it yet: it promises by the one it holds, and hears another day.
    other = accepted(desk)
    sub = only(desk, other.case)
    assert sub.dates.first_on == first
    assert sub.dates.desk_on == first
    assert sub.promised_on == sub.dates.due_on
    assert sub.promised_on is not None
    assert sub.promised_on > typhoon[-1]
    assert sub.dates.desk_calendar == before.version
    assert sub.dates.hall_calendar == made.stdout.split()[0] != before.version
    # The old case stays with its own table.
    assert only(desk, case.case).promised_on == first
    assert before.version in hall_calendar(demo, "show").stdout


def test_a_station_changes_no_table_that_the_hall_gave(desk: Counter) -> None:
    desk.sign_out()
    desk.sign_in("supervisor", "demo-supervisor")
    view = desk.calendar()
    assert not view.may_change
    with pytest.raises(Exception, match="calendar_from_hall"):
        desk.set_calendar(CalendarWish({}, view.until, "x", "x"), "supervisor2", "demo-supervisor2")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--off", "2100-01-01"), "outside 2100-01-01"),
        (("--until", "2020-12-31"), "shorter 2020-12-31"),
        (("--until", "2040-12-31"), "holiday_works 2037-01-01"),
    ],
)
def test_a_table_that_nobody_finished_is_not_published(demo: Demo, words: tuple[str, ...], told: str) -> None:
    said = hall_calendar(demo, "set", "--by", "x", "--reason", "x", "--source", "x", *words)
    assert said.returncode == 1
    assert told in said.stderr
