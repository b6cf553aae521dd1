"""The reviewers' door: a password cannot be tried for ever, a session ends, several halls know of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, insert

from hall.database import open_database
from hall.desk import routes
from hall.desk.sessions import IDLE, LOCK, LONGEST, MAX_FAILURES, MOST_SESSIONS, Sessions
from hall.desk.words import WORDS
from hall.tables import reviewer_sessions, reviewers
from wire.messages import MaterialHow, Outcome
from wire.procedures import ProcedureKind

WHERE = "public_security"
RIGHT = "the right one"


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = datetime(1899, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, time: timedelta) -> None:
        self.at += time


@pytest.fixture
def engine(hall_place: str) -> Iterator[Engine]:
    made = open_database(hall_place)
    quick = PasswordHasher(time_cost=1, memory_cost=64)
    with made.begin() as db:
        for department in (WHERE, "health"):
            row = {"department": department, "login": "reviewer", "name": "x"}
            db.execute(insert(reviewers).values(**row, password_hash=quick.hash(RIGHT)))
    yield made
    made.dispose()


def test_five_wrong_passwords_close_the_door_for_a_while_at_every_process_of_the_hall(engine: Engine) -> None:
    clock = Clock()
    one, other = Sessions(engine, clock), Sessions(engine, clock)
    for _ in range(MAX_FAILURES - 1):
        assert one.sign_in(WHERE, "reviewer", "a guess") is None
    assert one.sign_in(WHERE, "reviewer", RIGHT) is not None  # in a row
    for process in (one, other, one, other, one):
        assert process.sign_in(WHERE, "reviewer", "a guess") is None
    assert other.sign_in(WHERE, "reviewer", RIGHT) is None
    assert other.sign_in("health", "reviewer", RIGHT) is not None  # another account
    clock.pass_by(LOCK)
    assert other.sign_in(WHERE, "reviewer", RIGHT) is not None


def test_nobody_signs_in_as_nobody(engine: Engine) -> None:
    assert Sessions(engine).sign_in(WHERE, "stranger", "nobody") is None


def test_a_session_ends_when_nothing_happens_and_at_the_end_of_the_day(engine: Engine) -> None:
    clock = Clock()
    sessions = Sessions(engine, clock)
    token = sessions.sign_in(WHERE, "reviewer", RIGHT) or ""
    clock.pass_by(IDLE - timedelta(minutes=2))
    assert sessions.reviewer(WHERE, token) is not None
    clock.pass_by(IDLE - timedelta(minutes=2))
    assert sessions.reviewer(WHERE, token) is not None  # used meanwhile
    clock.pass_by(IDLE + timedelta(minutes=1))
    assert sessions.reviewer(WHERE, token) is None
    token = sessions.sign_in(WHERE, "reviewer", RIGHT) or ""
    began = clock.at
    while clock.at < began + LONGEST:
        assert sessions.reviewer(WHERE, token) is not None
        clock.pass_by(timedelta(minutes=20))
    clock.pass_by(timedelta(minutes=1))
    assert sessions.reviewer(WHERE, token) is None


def test_a_session_is_for_one_department_and_ends_with_sign_out(engine: Engine) -> None:
    sessions = Sessions(engine)
    token = sessions.sign_in(WHERE, "reviewer", RIGHT) or ""
    assert sessions.reviewer("health", token) is None
    found = Sessions(engine).reviewer(WHERE, token)
    assert found is not None
    assert (found.login, len(found.mark)) == ("reviewer", 64)
    sessions.sign_out(token)
    assert sessions.reviewer(WHERE, token) is None


def test_who_looks_at_a_page_waits_for_no_writer(engine: Engine) -> None:
    sessions = Sessions(engine)
    token = sessions.sign_in(WHERE, "reviewer", RIGHT) or ""
    with engine.begin() as writer:
        row = {"department": "tax", "login": "reviewer", "name": "x", "password_hash": "x"}
        writer.execute(insert(reviewers).values(row))
        assert sessions.reviewer(WHERE, token) is not None


def test_one_more_session_ends_the_oldest(engine: Engine) -> None:
    clock = Clock()
    sessions = Sessions(engine, clock)
    tokens = []
    for _ in range(MOST_SESSIONS + 1):
        tokens.append(sessions.sign_in(WHERE, "reviewer", RIGHT) or "")
        clock.pass_by(timedelta(seconds=1))
    alive = [sessions.reviewer(WHERE, token) is not None for token in tokens]
    assert alive == [False] + [True] * MOST_SESSIONS


def test_the_database_holds_no_token(engine: Engine) -> None:
    token = Sessions(engine).sign_in(WHERE, "reviewer", RIGHT) or ""
    with engine.begin() as db:
        (row,) = db.execute(reviewer_sessions.select()).all()
    assert token not in str(row)


def test_every_word_that_a_page_asks_for_is_there_in_both_languages() -> None:
    pages = Path(routes.__file__).parent / "pages"
    asked = {
        key
        for page in pages.glob("*.html")
        for key in re.findall(r'\bt\(["\'](\w+)["\'][,)]', page.read_text())
    }
    assert asked <= WORDS.keys()
    kinds = {f"kind_{kind}" for kind in ProcedureKind}
    hows, outcomes = {f"how_{how}" for how in MaterialHow}, {f"outcome_{outcome}" for outcome in Outcome}
    assert kinds | hows | outcomes <= WORDS.keys()
    for key, (zh, en) in WORDS.items():
        assert zh, key
        assert en, key
        assert "！" not in zh, key
        assert "请" not in zh.replace("申请", ""), key
