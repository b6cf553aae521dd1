"""What every test shares: no screen, no network beyond loopback, long harnesses only when asked."""

from __future__ import annotations

import gc
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from demo.postgres import Postgres
from tests.fakes.bucket import Bucket

# Nothing that is loaded before the first test is garbage, and little of what tests make is in a cycle: looked through at
# Python's own pace it cost every eighth second.
gc.disable()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# libpcsclite keeps the first path it hears for the life of the process: whichever test comes first, it is our own
# (tests/fakes/card_table.py), and never the card service of this machine.
os.environ["PCSCLITE_CSOCK_NAME"] = f"{tempfile.gettempdir()}/yc-cards-{os.getpid()}/pcscd.comm"


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _readers_only_read() -> Iterator[None]:
    """Fail whatever writes where it said that it only reads (hall.engines.reading): there SQLite gives it no writer's lock, and
    PostgreSQL no transaction."""
    from sqlalchemy import Connection, Engine, event

    def hold(db: Connection, _cursor: object, sql: str, *_: object) -> None:
        if db.get_execution_options().get("reads", False):
            assert not re.search(r"\b(INSERT|UPDATE \w|DELETE FROM)\b", sql), f"written while reading: {sql}"

    event.listen(Engine, "before_cursor_execute", hold)
    yield
    event.remove(Engine, "before_cursor_execute", hold)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A real PostgreSQL of this test run's own, where the tests' folders are: hundreds of databases come and go."""
    with Postgres(within=os.environ.get("PYTEST_DEBUG_TEMPROOT"), max_wal_size="128MB") as server:
        yield server


@pytest.fixture
def postgres(postgres_server: Postgres) -> Iterator[str]:
    """The URL of an empty database."""
    name = postgres_server.new_database()
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    """A bucket of this module's own, and in the environment what opens it: for this process and for a hall it starts."""
    with Bucket(tmp_path_factory.mktemp("s3")) as bucket, pytest.MonkeyPatch.context() as patch:
        for name, value in bucket.env.items():
            patch.setenv(name, value)
        yield bucket


@pytest.fixture(scope="session")
def _postgres_hall(postgres_server: Postgres) -> str:
    from hall.database import open_database

    name = postgres_server.new_database()
    open_database(postgres_server.url(name)).dispose()
    return name


@pytest.fixture
def postgres_hall(postgres_server: Postgres, _postgres_hall: str) -> Iterator[str]:
    """The URL of a hall's database with nothing in it: quicker than running every migration again."""
    name = postgres_server.new_database(_postgres_hall)
    yield postgres_server.url(name)
    postgres_server.drop(name)


# What a long harness may take on a machine that others use too.
_LONG_S = 3600
_ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.long)]


@pytest.fixture(params=_ENGINES)
def hall_place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty hall's database is: each room of the hall on SQLite, and with --long on PostgreSQL too."""
    return _place(request, tmp_path)


@pytest.fixture(scope="module", params=_ENGINES)
def shared_hall_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same for all tests of a module."""
    return _place(request, tmp_path_factory.mktemp("hall"))


def _place(request: pytest.FixtureRequest, folder: Path) -> str:
    if request.param == "sqlite":
        return str(folder / "hall.db")
    server: Postgres = request.getfixturevalue("postgres_server")
    return server.url(server.new_database(request.getfixturevalue("_postgres_hall")))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long harnesses too")


def pytest_configure(config: pytest.Config) -> None:
    # The same examples every time, so that a landing is not refused by chance; new ones are looked for with --long.
    settings.register_profile("steady", derandomize=True, database=None)
    if not config.getoption("--long"):
        settings.load_profile("steady")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        for item in items:
            if item.get_closest_marker("timeout") is None:
                item.add_marker(pytest.mark.timeout(_LONG_S))
        return
    skip = pytest.mark.skip(reason="long: give --long")
    for item in items:
        if "long" in item.keywords:
            item.add_marker(skip)
