"""Connections to PostgreSQL are kept: a crowd of requests makes each of them once (decision 043)."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import TimeoutError as NoConnection

from hall.engines import POOL, make_engine


def test_a_crowd_that_comes_again_finds_the_connections_of_before(postgres_hall: str) -> None:
    engine = make_engine(postgres_hall)
    made: list[object] = []
    event.listen(engine, "connect", lambda connection, _record: made.append(connection))
    for _ in range(3):
        with ExitStack() as crowd:
            lines = [crowd.enter_context(engine.connect()) for _ in range(POOL)]
            backends = {line.scalar(text("SELECT pg_backend_pid()")) for line in lines}
            assert len(backends) == POOL
    assert len(made) == POOL
    engine.dispose()


def test_nobody_gets_a_connection_beyond_those_that_are_kept(
    postgres_hall: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(postgres_hall)
    monkeypatch.setattr(engine.pool, "_timeout", 0.05)
    with ExitStack() as crowd:
        for _ in range(POOL):
            crowd.enter_context(engine.connect())
        with pytest.raises(NoConnection):
            engine.connect()
    engine.dispose()
