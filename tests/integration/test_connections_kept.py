"""A hall keeps its connections: a crowd of requests makes each of them once (decision 043)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import TimeoutError as NoConnection

from hall.engines import POOL, make_engine


@pytest.fixture(params=["sqlite", "postgres"])
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    on_postgres = request.param == "postgres"
    engine = make_engine(request.getfixturevalue("postgres_hall") if on_postgres else tmp_path / "hall.db")
    yield engine
    engine.dispose()


def test_a_crowd_that_comes_again_finds_the_connections_of_before(hall: Engine) -> None:
    made: list[object] = []
    event.listen(hall, "connect", lambda connection, _record: made.append(connection))
    for _ in range(3):
        with ExitStack() as crowd:
            for line in [crowd.enter_context(hall.connect()) for _ in range(POOL)]:
                line.execution_options(reads=True).execute(text("SELECT 1"))
    assert len(made) == POOL


def test_nobody_gets_a_connection_beyond_those_that_are_kept(
    hall: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hall.pool, "_timeout", 0.05)
    with ExitStack() as crowd:
        for _ in range(POOL):
            crowd.enter_context(hall.connect())
        with pytest.raises(NoConnection):
            hall.connect()
