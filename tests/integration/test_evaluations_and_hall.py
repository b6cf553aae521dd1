"""好差评 at the hall, by its functions and with --long over HTTP: each visit once, only sums, bad reviews with a day and somebody else, nothing taken away."""

from __future__ import annotations

import argparse
import io
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from deadlines.national import national_days
from demo.environment import Demo
from hall import review_commands
from hall.bad_reviews import ReviewRefused, act, due_on, orders_for, raise_overdue
from hall.cases import StepRefused
from hall.database import HALL_ZONE, fact, now, open_database, stamp
from hall.enrolment import add_station
from hall.evaluations import sums_of, take
from hall.staffing import add_staff
from hall.watch import told as told_alarms
from hall.who_may import NotAllowed
from tests.fakes.card_reader import MOTHER
from tests.fakes.device import Answered, Device
from tests.fakes.hall_command import hall_command
from tests.fakes.newcomer import code_for
from tests.integration.test_hall_rights import staff
from tests.integration.test_two_persons_and_hall import TYPED
from tests.until import until
from wire.codec import decode, encode
from wire.evaluation import NOTHING_SAID, EvaluationGiven, Grade, Opinion, Stage, Tag, seal_opinion
from wire.keys import new_id, unb64
from wire.messages import (
    Alarm,
    Alarms,
    Envelope,
    EventKind,
    PushStatus,
    RecoveryKey,
    Role,
    StaffAccount,
)
from wire.recovery import new_recovery_key, recovery_public
from wire.reviews import ReviewAct, ReviewOrder, Reviews, ReviewStep
from wire.rights import STATION_ITSELF
from workstation import bootstrap
from workstation.domain.failures import Refused
from workstation.services.counter import Counter
from workstation.services.views import InvitationView, Link
from workstation.settings import Settings

STATION = "440104"
OTHERS = {"supervisor", "supervisor2", "cardholder"}  # the demo's supervisors, none of them the clerk


class InProcess:
    """The hall's own functions on a database, as its routes call them: the same tests without a server."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def key(self) -> bytes:
        with self._engine.begin() as db:
            return recovery_public(unb64(fact(db, "recovery_key")))

    def push(self, said: EvaluationGiven, subject: str) -> tuple[PushStatus, str | None]:
        kind = EventKind.EVALUATION_GIVEN
        envelope = Envelope(new_id(), 1, subject, kind, now(), STATION_ITSELF, encode(said), "", "")
        try:
            with self._engine.begin() as db:
                take(db, STATION, envelope, said, now())
        except StepRefused as refused:
            return PushStatus.CONFLICT, refused.code
        return PushStatus.APPLIED, None

    def reviews(self, login: str) -> Reviews:
        try:
            with self._engine.begin() as db:
                return Reviews(orders_for(db, STATION, login, now()), sums_of(db, STATION, now()))
        except NotAllowed as refused:
            raise Answered(403, refused.code) from refused

    def act(self, wanted: ReviewAct) -> Reviews:
        try:
            with self._engine.begin() as db:
                act(db, STATION, wanted, now())
        except (NotAllowed, ReviewRefused) as refused:
            raise Answered(400, refused.code) from refused
        return self.reviews(wanted.supervisor)

    def alarms(self) -> tuple[Alarm, ...]:
        with self._engine.begin() as db:
            raise_overdue(db, STATION, now())
            return told_alarms(db, STATION)

    def sql(self, command: str, *what: object) -> None:
        with self._engine.begin() as db:
            marks = command if db.dialect.name == "sqlite" else command.replace("?", "%s")
            db.exec_driver_sql(marks, tuple(what))

    def command(self, *given: str) -> tuple[int, str]:
        parser = argparse.ArgumentParser()
        review_commands.add_to(parser.add_subparsers(dest="command"))
        said = io.StringIO()
        with self._engine.begin() as db, redirect_stdout(said):
            code = review_commands.run(db, parser.parse_args(["reviews", "--database", "here", *given]))
        return code, said.getvalue()


class OverHttp:
    """A real hall process, spoken to as a station does."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self._device = Device(demo.hall_url)
        self._device.enrol(demo.enrol_code)

    def key(self) -> bytes:
        return unb64(decode(RecoveryKey, self._device.signed("GET", "/v1/recovery/key", b"")).public)

    def push(self, said: EvaluationGiven, subject: str) -> tuple[PushStatus, str | None]:
        envelope = self._device.envelope(EventKind.EVALUATION_GIVEN, said, subject, STATION_ITSELF)
        (result,) = self._device.push(envelope)
        return result.status, result.code

    def reviews(self, login: str) -> Reviews:
        return decode(Reviews, self._device.signed("GET", f"/v1/reviews?supervisor={login}", b""))

    def act(self, wanted: ReviewAct) -> Reviews:
        return decode(Reviews, self._device.signed("POST", "/v1/reviews/acts", encode(wanted).encode()))

    def alarms(self) -> tuple[Alarm, ...]:
        return decode(Alarms, self._device.signed("GET", "/v1/alarms?auditor=auditor", b"")).items

    def sql(self, command: str, *what: object) -> None:
        with sqlite3.connect(self.demo.root / "hall.db", timeout=10) as db:
            db.execute(command, what)

    def command(self, *given: str) -> tuple[int, str]:
        done = hall_command("reviews", "--database", self.demo.database, *given)
        return done.returncode, done.stdout


Hall = InProcess | OverHttp


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with Demo(tmp_path_factory.mktemp("reviews"), Path(sys.executable), with_card=False) as started:
        # The clerk once more under another name, with a supervisor's role lent.
        person = ("--roles", "supervisor", "--person", "demo clerk")
        staff(started, "add", "--login", "renamed", "--name", "同一人", *person)
        yield started


WAYS = ["in process", *(pytest.param(way, marks=pytest.mark.long) for way in ("on postgres", "over http"))]


@pytest.fixture(scope="module", params=WAYS)
def device(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    if request.param == "over http":
        yield OverHttp(request.getfixturevalue("demo"))
        return
    place: Path | str = tmp_path_factory.mktemp("reviews") / "hall.db"
    if request.param == "on postgres":
        server = request.getfixturevalue("postgres_server")
        place = server.url(server.new_database())
    engine = open_database(place)
    people = [("clerk", Role.CLERK, "p-clerk"), ("renamed", Role.SUPERVISOR, "p-clerk")]
    people += [(login, Role.SUPERVISOR, f"p-{login}") for login in OTHERS]
    people.append(("auditor", Role.AUDITOR, "p-auditor"))
    with engine.begin() as db:
        add_station(db, STATION, "测试中心", "street")
        for login, role, person in people:
            add_staff(db, STATION, StaffAccount(login, login, (role,), "", "03", person))
    yield InProcess(engine)
    engine.dispose()


def given(
    device: Hall, opinion: Opinion, visit: str = "", clerk: str = "clerk"
) -> tuple[PushStatus, str | None]:
    visit = visit or new_id()
    sealed = seal_opinion(device.key(), visit, opinion)
    return device.push(EvaluationGiven(visit, Stage.ACCEPTANCE, 1, clerk, "03", "key", sealed), visit)


def looked(device: Hall, login: str = "supervisor") -> Reviews:
    return device.reviews(login)


def acted(
    device: Hall,
    order: str,
    step: ReviewStep,
    text: str = "",
    login: str = "supervisor",
    grade: Grade | None = None,
) -> Reviews:
    return device.act(ReviewAct(order, step, text, login, grade))


def newest(device: Hall) -> ReviewOrder:
    return max(looked(device).items, key=lambda each: each.id)


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(Answered) as told:
        call()
    return told.value.code


def test_a_visit_counts_once_whatever_comes_again(device: Hall) -> None:
    visit = new_id()
    assert given(device, Opinion(Grade.SATISFIED), visit) == (PushStatus.APPLIED, None)
    again = given(device, Opinion(Grade.VERY_DISSATISFIED), visit)
    assert again == (PushStatus.CONFLICT, "evaluation_known")
    assert looked(device).items == ()


def test_what_the_hall_cannot_open_or_of_whom_nobody_knows_is_not_taken(device: Hall) -> None:
    visit = new_id()
    other = seal_opinion(recovery_public(new_recovery_key()), visit, Opinion(Grade.DISSATISFIED))
    said = EvaluationGiven(visit, Stage.RECEIPT, 1, "clerk", "03", "key", other)
    conflict = PushStatus.CONFLICT
    assert device.push(said, visit) == (conflict, "evaluation_sealed")
    moved = replace(said, visit=new_id(), sealed=seal_opinion(device.key(), visit, NOTHING_SAID))
    assert device.push(moved, moved.visit) == (conflict, "evaluation_sealed")  # of another visit
    assert device.push(replace(said, sealed=""), new_id()) == (conflict, "evaluation_sealed")
    unknown = given(device, Opinion(Grade.DISSATISFIED), clerk="nobody")
    assert unknown == (conflict, "evaluation_clerk")


def test_a_bad_review_goes_to_somebody_else_and_has_a_day(device: Hall) -> None:
    given(device, Opinion(Grade.DISSATISFIED, (Tag.UNCLEAR,), "1,2 3,4"))
    order = newest(device)
    assert order.clerk == "clerk"
    assert order.assignee in OTHERS  # not "renamed": that is the clerk
    assert order.due == due_on(datetime.now(HALL_ZONE).date(), 5, national_days())
    assert (order.tags, order.ink, order.case) == ((Tag.UNCLEAR,), "1,2 3,4", "")
    assert order.open_steps == (ReviewStep.VERIFIED, ReviewStep.FIXED, ReviewStep.EXPLAINED)
    assert "dissatisfied" not in encode(looked(device))
    for _ in range(2):
        given(device, Opinion(Grade.VERY_DISSATISFIED))
    assert {each.assignee for each in looked(device).items} == OTHERS  # whoever has the fewest


def test_the_rated_person_sees_and_closes_nothing_under_any_login(device: Hall) -> None:
    given(device, Opinion(Grade.DISSATISFIED))
    order = newest(device).id
    assert refused(lambda: looked(device, "clerk")) == "role"
    assert looked(device, "renamed").items == ()  # the same human being
    for step in (ReviewStep.VERIFIED, ReviewStep.CLOSED):
        for login, code in (("renamed", "same_person"), ("clerk", "role")):
            with pytest.raises(Answered) as told:
                acted(device, order, step, "没有这回事", login)
            assert told.value.code == code
    assert next(each for each in looked(device).items if each.id == order).done == ()


def test_an_order_ends_when_everything_was_done_and_not_before(device: Hall) -> None:
    given(device, Opinion(Grade.DISSATISFIED, (), "", "case-9", "R-9"))
    order = newest(device).id
    assert refused(lambda: acted(device, order, ReviewStep.CLOSED)) == "review_open"
    assert refused(lambda: acted(device, order, ReviewStep.VERIFIED, "  ")) == "words"
    assert refused(lambda: acted(device, order, ReviewStep.REGRADED)) == "grade"
    acted(device, order, ReviewStep.VERIFIED, "问过当班人员和同时的录音")
    acted(device, order, ReviewStep.VERIFIED, "问过当班人员和同时的录音")  # a double press is one step
    acted(device, order, ReviewStep.EXPLAINED, "材料清单新旧两版都挂着，已撤旧版")
    assert (
        refused(lambda: acted(device, order, ReviewStep.CLOSED)) == "review_open"
    )  # who gave a name is called
    acted(device, order, ReviewStep.CALLED_BACK, "11 月 26 日电话回访，接受说明", "supervisor2")
    acted(device, order, ReviewStep.REGRADED, "", "supervisor2", Grade.FAIRLY_SATISFIED)
    acted(device, order, ReviewStep.CLOSED)
    closed = next(each for each in looked(device).items if each.id == order)
    assert closed.closed_at is not None
    assert [each.step for each in closed.done] == [
        ReviewStep.VERIFIED,
        ReviewStep.EXPLAINED,
        ReviewStep.CALLED_BACK,
        ReviewStep.REGRADED,
        ReviewStep.CLOSED,
    ]
    assert [each.by for each in closed.done][2:4] == ["supervisor2", "supervisor2"]
    assert refused(lambda: acted(device, order, ReviewStep.FIXED, "再写一条")) == "review_closed"
    assert refused(lambda: acted(device, "none", ReviewStep.FIXED, "x")) == "review_unknown"


@pytest.mark.parametrize(
    "command",
    [
        "DELETE FROM evaluations",
        "DELETE FROM review_orders",
        "DELETE FROM review_steps",
        "UPDATE evaluations SET grade = 1",
        "UPDATE review_steps SET text = 'x'",
    ],
)
def test_the_database_itself_forgets_nothing(device: Hall, command: str) -> None:
    given(device, Opinion(Grade.DISSATISFIED))
    acted(device, newest(device).id, ReviewStep.VERIFIED, "属实")
    with pytest.raises((sqlite3.IntegrityError, DBAPIError), match="reviews are kept"):
        device.sql(command)


def test_a_day_that_is_over_alarms_the_auditor_once(device: Hall) -> None:
    given(device, Opinion(Grade.VERY_DISSATISFIED))
    order = newest(device).id
    device.sql("UPDATE review_orders SET due = '2026-01-05' WHERE id = ?", order)

    def alarms() -> list[str]:
        return [
            each.clerk for each in device.alarms() if (each.kind, each.service) == ("review_overdue", order)
        ]

    assert len(alarms()) == 1
    assert len(alarms()) == 1
    late = next(each for each in looked(device).items if each.id == order)
    assert late.overdue
    assert alarms() == [late.assignee]
    code, listed = device.command()
    assert code == 1
    assert f"{order}  2026-01-05  LATE  {late.assignee}" in listed


def test_sums_wait_for_enough_answers_and_for_the_end_of_the_day(device: Hall) -> None:
    """Whoever looked after each visit would read each grade: today says nothing yet, and four answers say nothing at all."""
    sums = looked(device).sums
    assert (sums.answered, sums.grades, sums.told) == (0, {}, False)
    yesterday = datetime.now(HALL_ZONE) - timedelta(days=1)
    for number, grade in enumerate((1, 1, 2, 5, 0)):
        _long_ago(device, number, grade, yesterday)
    sums = looked(device).sums
    assert (sums.asked, sums.answered, sums.grades, sums.told) == (5, 4, {}, False)
    _long_ago(device, 9, 1, yesterday)
    sums = looked(device).sums
    assert (sums.asked, sums.answered, sums.told) == (6, 5, True)
    assert sums.grades == {"1": 3, "2": 1, "3": 0, "4": 0, "5": 1}


def _long_ago(device: Hall, number: int, grade: int, at: datetime) -> None:
    row = (f"old-{number}", f"v-{number}", STATION, "receipt", 1, "clerk", "p", "03", stamp(at), grade, "{}")
    marks = ", ".join("?" * len(row))
    device.sql(f"INSERT INTO evaluations VALUES ({marks})", *row)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 9, 24), 5, date(2026, 10, 9)),  # over Mid-Autumn and National Day
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # a Saturday that is worked
        (date(2026, 11, 26), 5, date(2026, 12, 3)),
        (date(2026, 12, 29), 5, date(2027, 1, 3)),  # beyond the table: too early rather than without a day
    ],
)
def test_days_are_those_of_the_table(start: date, days: int, due: date) -> None:
    assert due_on(start, days, national_days()) == due


def test_the_days_are_a_setting_of_the_hall(device: Hall) -> None:
    assert device.command("--days", "0")[0] == 2
    device.command("--days", "15")  # ends with 1 where one is late by now
    given(device, Opinion(Grade.DISSATISFIED))
    assert newest(device).due == due_on(datetime.now(HALL_ZONE).date(), 15, national_days())


@pytest.mark.long  # a counter, a hall and its departments
def test_from_the_citizen_s_word_to_the_supervisor_s_desk(demo: Demo, tmp_path: Path) -> None:
    """A counter as bootstrap builds it: rated at the end of a visit, over the outbox, seen by the supervisor on 督办."""
    days = Path(__file__).parents[2] / "demo" / "working-days-after-2026.json"
    desk = bootstrap.load_counter(
        Settings(tmp_path / "data", tmp_path / "prints", hall_url=demo.hall_url, keyring=False, calendar=days)
    )
    try:
        desk.unlock("a long passphrase")
        desk.enrol(demo.hall_url, code_for(demo.database))
        desk.sign_in("clerk", "demo-clerk")
        until(lambda: desk.link().link is Link.UP)
        desk.take_person(MOTHER)
        desk.choose("newborn")
        for key, typed in TYPED.items():
            desk.answer(key, typed)
        desk.acknowledge_notice()
        for query in desk.ready_queries():
            desk.take_check(desk.ask(query))
        desk.see_original("id_father", seen=True)
        case = desk.receive()[0].case
        desk.accept()
        asked = _invited(desk, case)
        said = Opinion(Grade.DISSATISFIED, (Tag.SLOW,), "5,5 9,9", case, asked.receipt_no)
        desk.end_evaluation(asked.visit, seal_opinion(unb64(asked.key), asked.visit, said))
        until(lambda: desk.link().queued == 0)
        desk.sign_out()
        desk.sign_in("supervisor", "demo-supervisor")
        [mine] = [each for each in desk.reviews().items if each.order.case == case]
        assert mine.order.tags == (Tag.SLOW,)
        assert mine.names["clerk"]
        after = desk.handle_review(mine.order.id, ReviewStep.VERIFIED, "看过叫号记录，等了四十分钟")
        [again] = [each for each in after.items if each.order.id == mine.order.id]
        assert [done.step for done in again.order.done] == [ReviewStep.VERIFIED]
    finally:
        desk.close()


def _invited(desk: Counter, case: str) -> InvitationView:
    found: list[InvitationView] = []

    def asked() -> bool:
        try:
            view = desk.invite_evaluation(case, Stage.ACCEPTANCE)
        except Refused:  # the hall's key is on its way
            return False
        found.extend([view] if view else [])
        return bool(found)

    until(asked)
    return found[0]
