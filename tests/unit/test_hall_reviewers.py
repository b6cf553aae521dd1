"""The reviewers' page: a password cannot be tried for ever."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import insert

from hall.database import open_database
from hall.desk import LOCK_S, MAX_FAILURES, Pages
from hall.tables import reviewers
from tests.fakes.counter import shipped_catalogue

WHERE = "public_security"


def test_five_wrong_passwords_close_the_door_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_database(tmp_path / "hall.db")
    with engine.begin() as db:
        row = {"department": WHERE, "login": "reviewer", "name": "x"}
        db.execute(insert(reviewers).values(**row, password_hash=PasswordHasher().hash("the right one")))
    pages = Pages(engine, shipped_catalogue())
    for _ in range(MAX_FAILURES - 1):
        assert pages.sign_in(WHERE, "reviewer", "a guess") is None
    assert pages.sign_in(WHERE, "reviewer", "the right one") is not None  # in a row
    for _ in range(MAX_FAILURES):
        assert pages.sign_in(WHERE, "reviewer", "a guess") is None
    assert pages.sign_in(WHERE, "reviewer", "the right one") is None
    later = time.monotonic() + LOCK_S
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert pages.sign_in(WHERE, "reviewer", "the right one") is not None
    engine.dispose()
