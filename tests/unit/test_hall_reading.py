"""Whoever only reads waits for no writer, and a write there would be seen by these tests."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from hall.database import open_database
from hall.engines import reading
from hall.tables import meta


def test_who_reads_does_not_wait_for_the_writer(hall_place: str) -> None:
    engine = open_database(hall_place)
    with engine.begin() as writer:
        writer.execute(insert(meta).values(name="told", value="later"))
        with reading(engine) as db:
            assert db.scalar(select(meta.c.value).where(meta.c.name == "told")) is None
    with reading(engine) as db:
        assert db.scalar(select(meta.c.value).where(meta.c.name == "told")) == "later"
    engine.dispose()


def test_a_write_while_reading_fails_the_tests(hall_place: str) -> None:
    engine = open_database(hall_place)
    with reading(engine) as db, pytest.raises(AssertionError, match="written while reading"):
        db.execute(insert(meta).values(name="told", value="now"))
    engine.dispose()
