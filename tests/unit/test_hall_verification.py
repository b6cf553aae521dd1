"""Parts of the broker by themselves: circuit breaker, settings, the watch's measures, grants, the schema's growth."""

from __future__ import annotations

import gzip
import json
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from catalogue.load import load_catalogue
from hall import lookup_log
from hall.__main__ import CATALOGUE
from hall.database import begin_unsynced, fact, newest_schema, open_database, sync
from hall.enrolment import add_station
from hall.grants import NoGrant, ServiceUnknown, find_grant, give, give_missing, withdraw
from hall.lookup_log import Person
from hall.registries.breaker import Breaker, BreakerState
from hall.registries.facts import has_its_form
from hall.registries.line import Line, NoAnswer
from hall.registries.over_http import Departments
from hall.settings import Limits, Pace, Settings, read_settings
from hall.staffing import add_staff
from hall.verification import Broker
from hall.watch import Watch, remember, surname, told
from tests.fakes.people import FATHER_ID, FATHER_NAME, MOTHER_ID, MOTHER_NAME
from wire.codec import decode
from wire.departments import RegisterQuestion
from wire.messages import Outcome, Party, Role, StaffAccount, VerificationQuery

AT = datetime(2026, 11, 25, 2, 30, tzinfo=UTC)  # half past ten in Guangzhou
NOBODY = Person((Role.CLERK,), None, None)


# -- circuit breaker -------------------------------------------------------------------------------------
class Clock:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(3, 10.0, clock)


def fail(breaker: Breaker, times: int) -> list[float | None]:
    said = []
    for _ in range(times):
        assert breaker.admit() is None
        said.append(breaker.failed())
    return said


def test_some_failures_in_a_row_open_the_circuit_and_one_success_between_does_not(breaker: Breaker) -> None:
    fail(breaker, 2)
    assert breaker.admit() is None
    assert breaker.worked() is False
    assert fail(breaker, 3) == [None, None, 10.0]
    closed = breaker.admit()
    assert closed is not None
    assert closed.retry_in_s == 10.0


def test_after_the_rest_one_tries_and_the_others_wait(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.at = 10.0
    assert breaker.admit() is None
    assert breaker.state is BreakerState.HALF_OPEN
    assert [breaker.admit() is None for _ in range(5)] == [False] * 5
    assert breaker.worked() is True
    assert [breaker.admit() for _ in range(3)] == [None] * 3


def test_a_rest_is_twice_the_one_before_up_to_eight_times(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    rests = []
    for _ in range(5):
        clock.at += 1000
        rests += fail(breaker, 1)
    assert rests == [20.0, 40.0, 80.0, 80.0, 80.0]
    clock.at += 1000
    breaker.admit()
    breaker.worked()
    assert fail(breaker, 3)[-1] == 10.0


def test_failures_that_come_late_do_not_make_the_rest_longer(breaker: Breaker, clock: Clock) -> None:
    assert [breaker.admit() for _ in range(5)] == [None] * 5  # all under way when it opens
    assert [breaker.failed() for _ in range(5)] == [None, None, 10.0, None, None]
    clock.at = 10.0
    assert breaker.admit() is None


# -- the line to the departments -----------------------------------------------------------------------
@contextmanager
def department(*says: Callable[[socket.socket, bytes], object]) -> Iterator[str]:
    """Serve one connection after the other as each of `says` wants, on a bare socket; give the address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)

        def serve() -> None:
            for say in says:
                with suppress(OSError):
                    connection, _ = server.accept()
                    with connection:
                        say(connection, connection.recv(65536))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    thread.join()


def trickle(connection: socket.socket, _: bytes) -> None:
    """Send a header now and then, each well within any limit for one read, and come to an end in the end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(60):
        connection.sendall(b"x-%d: 1\r\n" % number)
        time.sleep(0.05)
    connection.sendall(b"content-length: 2\r\n\r\n{}")


def hang_up(_: socket.socket, __: bytes) -> None:
    """Say nothing."""


def say(answer: bytes) -> Callable[[socket.socket, bytes], object]:
    return lambda connection, _: connection.sendall(answer)


def no_answer(url: str, **pace: float) -> NoAnswer:
    line = Line(url, Pace(**pace))  # type: ignore[arg-type]
    try:
        with pytest.raises(NoAnswer) as no:
            line.post("/registers/x", b"{}")
    finally:
        line.close()
    return no.value


def test_a_register_that_trickles_its_headers_is_left_in_time() -> None:
    with department(trickle) as url:
        assert no_answer(url, budget_s=0.5).code == "timeout"


def test_a_register_that_hangs_up_is_tried_again_so_often_and_no_more() -> None:
    good = say(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
    with department(hang_up, hang_up, good) as url:
        line = Line(url, Pace(budget_s=10, tries=3))
        try:
            assert line.post("/registers/x", b"{}") == b"{}"
        finally:
            line.close()
    with department(hang_up, hang_up) as url:
        assert no_answer(url, budget_s=10, tries=2).code.startswith("link.")


def test_what_will_not_be_better_is_not_tried_again() -> None:
    moved = say(b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n")
    with department(moved) as url:
        assert no_answer(url, budget_s=10).code == "status.302"


def test_nothing_is_unpacked() -> None:
    packed = gzip.compress(b" " * 10_000_000)
    head = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: %d\r\n\r\n" % len(packed)
    with department(say(head + packed)) as url:
        line = Line(url, Pace(budget_s=10))
        try:
            assert line.post("/registers/x", b"{}") == packed
        finally:
            line.close()


def test_a_department_hears_every_reason_and_the_grant(hall: Engine) -> None:
    catalogue = load_catalogue(CATALOGUE)
    rule = next(
        rule for rule in catalogue.items["birth-registration"].verifications if rule.id == "household_mother"
    )
    heard = bytearray()

    def listen(connection: socket.socket, first: bytes) -> None:
        heard.extend(first)
        connection.settimeout(0.2)
        with suppress(TimeoutError):
            while part := connection.recv(65536):
                heard.extend(part)

    asked_for = replace(
        query(7),
        item="birth-registration",
        rule=rule.id,
        replaces=rule.fallback,
        case="case-7",
        purpose=rule.purpose.zh,
        legal_basis=rule.legal_basis,
    )
    with hall.begin() as db:
        grant = give(db, "birth-registration", "household.check", timedelta(days=1)).number
    with department(listen) as url:
        departments = Departments(url, pace=Pace(budget_s=5, tries=1))
        broker = Broker(hall, catalogue, departments)
        try:
            assert broker.answer("440104", asked_for).outcome is Outcome.UNAVAILABLE
        finally:
            broker.close()
            departments.close()
    told_them = decode(RegisterQuestion, bytes(heard).split(b"\r\n\r\n", 1)[1])
    assert told_them == RegisterQuestion(
        id=told_them.id,
        service="household.check",
        params=dict(asked_for.params),
        grant=grant,
        station="440104",
        clerk="clerk",
        case="case-7",
        item="birth-registration",
        replaces=rule.fallback,
        purpose=rule.purpose.zh,
        legal_basis=rule.legal_basis,
        sponsor=asked_for.sponsor,
    )
    assert told_them.id != asked_for.id  # good for this asking alone


# -- settings ----------------------------------------------------------------------------------------------
def test_settings_are_read_and_what_is_missing_stays(tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    file.write_text('{"pace": {"budget_s": 4}, "limits": {"per_day": 7}}')
    assert read_settings(file) == Settings(Pace(budget_s=4), Limits(per_day=7))


@pytest.mark.parametrize(
    "said",
    ['[]', '{"other": {}}', '{"pace": {"tries": 0}}', '{"pace": {"tries": "3"}}', '{"limits": {"x": 1}}', '{"limits": {"per_hour": true}}', "{"],
)  # fmt: skip
def test_settings_that_are_none_are_refused(tmp_path: Path, said: str) -> None:
    file = tmp_path / "s.json"
    file.write_text(said)
    with pytest.raises(ValueError, match=r"\S"):
        read_settings(file)


# -- facts ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fact", "good", "bad"),
    [
        ("record_date", "1920-05-20", "1920-05-20 与某人"),
        ("record_date", "1920-02-29", "1921-02-29"),
        ("record_type", "1", "离婚两次"),
        ("household_no", "440104000123", "440104000123，配偶某人"),
        ("certificate_no", "粤0000广州市不动产权第0000000号", "0000号；共有人某人"),
        ("address", "广州市越秀区测试路1号", "广州市\n诊断"),
    ],
)
def test_a_fact_holds_nothing_but_itself(fact: str, good: str, bad: str) -> None:
    assert has_its_form(fact, good)
    assert not has_its_form(fact, bad)


# -- watch ---------------------------------------------------------------------------------------------------
@pytest.fixture
def hall(hall_place: str) -> Iterator[Engine]:
    engine = open_database(hall_place)
    with engine.begin() as db:
        add_station(db, "440104", "测试", "street")
        add_staff(db, "440104", StaffAccount("clerk", "演示", (Role.CLERK,), "x", "01"))
    yield engine
    engine.dispose()


def query(number: int = 0, **params: str) -> VerificationQuery:
    named = {"name": MOTHER_NAME, "id_no": MOTHER_ID} | params
    sponsor = Party(MOTHER_NAME, "111", MOTHER_ID)
    return VerificationQuery(
        f"q{number}", "c", "i", "r", "household.check", "p", "b", "m", "clerk", sponsor, named
    )


def asked(hall: Engine, at: datetime, times: int, first: int) -> None:
    with hall.begin() as db:
        for number in range(first, first + times):
            lookup_log.begin(db, "440104", query(number), "SQ1", "HJ1", "", at)


def look(hall: Engine, limits: Limits, at: datetime = AT) -> tuple[str, list[tuple[str, int]]]:
    """Return the period of the limit that is met, and the alarms there are now."""
    with hall.begin() as db:
        over = Watch(limits, fact(db, "watch_key")).before(db, "440104", query(), NOBODY, at)
        return over.period if over else "", [(alarm.kind, alarm.count) for alarm in told(db)]


def test_a_limit_of_the_hour_begins_anew_and_one_of_the_day_at_midnight_of_beijing(hall: Engine) -> None:
    limits = Limits(per_hour=3, per_day=5, unusual_hour=99)
    asked(hall, AT, 3, 0)
    assert look(hall, limits) == ("hour", [("limit", 1)])
    assert look(hall, limits) == ("hour", [("limit", 2)])
    assert look(hall, limits, AT + timedelta(hours=1))[0] == ""
    asked(hall, AT + timedelta(hours=1), 2, 10)
    assert look(hall, limits, AT + timedelta(hours=2))[0] == "day"
    # 16:00 UTC is midnight in Beijing.
    assert look(hall, limits, AT.replace(hour=15, minute=59))[0] == "day"
    assert look(hall, limits, AT.replace(hour=16, minute=0))[0] == ""


def test_the_same_question_of_a_case_asked_again_is_one(hall: Engine) -> None:
    """A register that owes its answer is asked again by the station itself: that must not use up a person's day."""
    with hall.begin() as db:
        for number in range(50):
            lookup_log.begin(db, "440104", query(number), "SQ1", "HJ1", "the same", AT)
    assert look(hall, Limits(per_hour=2, per_day=2))[0] == ""
    with hall.begin() as db:
        lookup_log.begin(db, "440104", query(99), "SQ1", "HJ1", "another", AT)
    assert look(hall, Limits(per_hour=2, per_day=2))[0] == "hour"


def test_what_is_unusual_is_measured_by_the_persons_own_hours(hall: Engine) -> None:
    limits = Limits(unusual_hour=5, unusual_factor=3.0)
    asked(hall, AT, 4, 0)
    assert look(hall, limits)[1] == [("volume", 5)]
    asked(hall, AT, 1, 50)
    assert look(hall, limits)[1] == [("volume", 6)]  # the same alarm, counted on
    # Somebody who is as busy every day is not unusual; three times as busy is.
    other = AT + timedelta(days=1)
    assert look(hall, limits, other)[1] == [("volume", 6)]
    asked(hall, other, 13, 100)
    assert look(hall, limits, other)[1] == [("volume", 6)]
    asked(hall, other, 2, 200)
    assert look(hall, limits, other)[1][0] == ("volume", 16)


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("广州市越秀区窗口路8号301房", True),
        ("广州市越秀区窗口路８号 301房", True),  # the same in another typing
        ("广州市越秀区窗口路8号302房", False),
        ("", False),
    ],
)
def test_a_relative_is_one_of_the_same_surname_at_the_same_address(
    hall: Engine, address: str, seen: bool
) -> None:
    with hall.begin() as db:
        assert remember(db, "440104", "clerk", "测试六", FATHER_ID, "广州市越秀区窗口路8号301房")
        person = lookup_log.person(db, "440104", "clerk")
        assert person is not None
        watch = Watch(Limits(), fact(db, "watch_key"))
        watch.after(db, "440104", query(), person, address, AT)
        assert [alarm.kind for alarm in told(db)] == (["relative"] if seen else [])
        watch.after(db, "440104", query(name="别人"), person, address, AT)
        assert len(told(db)) == int(seen)
        assert told(db, "999999") == ()


def test_a_mark_is_nothing_without_the_key(hall: Engine, tmp_path: Path) -> None:
    other = open_database(tmp_path / "other.db")
    marks = []
    for engine in (hall, other):
        with engine.begin() as db:
            if engine is other:
                add_station(db, "440104", "测试", "street")
                add_staff(db, "440104", StaffAccount("clerk", "演示", (Role.CLERK,), "x", "01"))
            remember(db, "440104", "clerk", FATHER_NAME, FATHER_ID, "路1号")
            person = lookup_log.person(db, "440104", "clerk")
            assert person is not None
            marks.append((person.self_mark, person.kin_mark))
            assert not remember(db, "440104", "nobody", FATHER_NAME, FATHER_ID, "路1号")
    other.dispose()
    assert set(marks[0]).isdisjoint(marks[1])
    assert marks[0][0] != marks[0][1]


def test_surnames_of_two_characters_are_no_family_of_one(hall: Engine) -> None:
    assert [surname(name) for name in ("欧阳测", "欧测", "测试一", "")] == ["欧阳", "欧", "测", ""]


# -- grants ----------------------------------------------------------------------------------------------------
def test_a_grant_is_found_while_it_is_in_force_only(hall: Engine) -> None:
    with hall.begin() as db:
        now = datetime.now(UTC)
        assert find_grant(db, "i", "household.check", now) is NoGrant.MISSING
        made = give(db, "i", "household.check", timedelta(days=2))
        assert find_grant(db, "i", "household.check", now) == made.number
        assert find_grant(db, "i", "marriage.pair", now) is NoGrant.MISSING
        assert find_grant(db, "j", "household.check", now) is NoGrant.MISSING
        assert find_grant(db, "i", "household.check", now + timedelta(days=3)) is NoGrant.EXPIRED
        withdraw(db, made.number)
        assert find_grant(db, "i", "household.check", now) is NoGrant.WITHDRAWN
        with pytest.raises(KeyError):
            withdraw(db, made.number)
        with pytest.raises(ServiceUnknown):
            give(db, "i", "income.check", timedelta(days=2))


def test_seeding_again_revives_nothing_that_ended(hall: Engine) -> None:
    pairs = [("i", "household.check"), ("j", "household.check"), ("i", "household.check"), ("i", "no.such")]
    with hall.begin() as db:
        assert give_missing(db, pairs, timedelta(days=2)) == 2
        withdraw(db, str(find_grant(db, "i", "household.check", datetime.now(UTC))))
        assert give_missing(db, pairs, timedelta(days=2)) == 0
        assert find_grant(db, "i", "household.check", datetime.now(UTC)) is NoGrant.WITHDRAWN


# -- database --------------------------------------------------------------------------------------------------
def test_an_unsynced_transaction_is_committed_whole_or_not_at_all_and_leaves_the_connection_synced(
    hall: Engine,
) -> None:
    with begin_unsynced(hall) as db:
        lookup_log.begin(db, "440104", query(1), "SQ1", "HJ1", "", AT)
    sync(hall)
    with pytest.raises(RuntimeError), begin_unsynced(hall) as db:
        lookup_log.begin(db, "440104", query(2), "SQ1", "HJ2", "", AT)
        raise RuntimeError
    with hall.begin() as db:
        assert [lookup_log.known(db, f"q{number}") for number in (1, 2)] == [True, False]
        on_postgres = db.dialect.name == "postgresql"
        asked, synced = ("SHOW synchronous_commit", "on") if on_postgres else ("PRAGMA synchronous", 2)
        assert db.exec_driver_sql(asked).scalar() == synced


def test_an_older_halls_look_ups_are_kept_when_the_schema_grows(tmp_path: Path) -> None:
    file = tmp_path / "hall.db"
    engine = open_database(file)
    with engine.begin() as db:
        assert db.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == newest_schema()
    _back_to(engine, "0002")
    row = {
        name: name for name in ("query", "station", "clerk", "case", "item", "service", "purpose", "outcome")
    }
    old = sqlite3.connect(file)
    with old:
        columns = ", ".join(f'"{name}"' for name in (*row, "evidence_no", "at"))
        old.execute(
            f"INSERT INTO lookups ({columns}) VALUES ({', '.join('?' * 10)})", (*row.values(), "E", "t")
        )
    old.close()
    engine = open_database(file)
    with engine.begin() as db:
        kept = db.exec_driver_sql("SELECT query, evidence_no, grant_no, trouble FROM lookups").one()
        assert tuple(kept) == ("query", "E", "", "")
        assert json.loads(json.dumps(fact(db, "watch_key")))
    engine.dispose()


def _back_to(engine: Engine, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    import hall.migrations

    config = Config()
    config.set_main_option("script_location", str(Path(hall.migrations.__file__).parent))
    with engine.begin() as db:
        config.attributes["connection"] = db
        command.downgrade(config, revision)
    engine.dispose()
