"""A hall whose database goes away and comes back: typed answers meanwhile, and afterwards service as before."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psycopg
import pytest
from sqlalchemy import func, select

from bench.stations import Station, codes, enrolled
from demo.postgres import Postgres
from demo.service import Service, free_ports
from hall.database import open_database
from hall.tables import inbox
from wire.codec import decode
from wire.messages import Trouble


@dataclass
class Pair:
    """A server that may be killed, a hall on it, and a station that pushes for real."""

    postgres: Postgres
    hall: Service
    name: str
    station: Station

    def tcp(self) -> str:
        return self.postgres.url(self.name, socket=False)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with Postgres() as server:
        name = server.new_database()
        engine = open_database(server.url(name, socket=False))
        (station,) = enrolled(engine, codes(1))
        engine.dispose()
        (port,) = free_ports(1)
        serve = ["serve", "--port", str(port), "--database", server.url(name, socket=False)]
        serve += ["--files", str(tmp_path), "--departments", "http://127.0.0.1:9"]
        hall = Service("hall", [sys.executable, "-m", "hall", *serve], port, folder=tmp_path, env=os.environ)
        hall.start()
        try:
            hall.wait("/v1/health")
            station.connect(hall.url)
            yield Pair(server, hall, name, station)
            assert station.client is not None
            station.client.close()
        finally:
            hall.end()


def _anybody(hall: Service) -> httpx2.Response:
    return httpx2.get(f"{hall.url}/v1/slips/check?code=nothing", trust_env=False)


def test_a_database_that_died_is_told_as_503_and_what_waits_arrives_once(pair: Pair) -> None:
    pair.station.file()
    assert pair.station.push().acked == 1
    pair.postgres.stop(signal.SIGQUIT)  # as a crash: pooled connections are stale from now on
    pair.station.file()
    away = [pair.station.push() for _ in range(3)]
    assert [(each.status, each.acked) for each in away] == [("503", 0)] * 3
    said = _anybody(pair.hall)
    assert (said.status_code, decode(Trouble, said.content).code) == (503, "database_away")
    assert int(said.headers["Retry-After"]) > 0
    pair.postgres.start()
    # Whatever the pool still held is gone with the first failure: the very next try goes through.
    assert pair.station.push().acked == 1
    assert _anybody(pair.hall).status_code == 200
    engine = open_database(pair.tcp())
    with engine.begin() as db:
        assert db.scalar(select(func.count()).select_from(inbox)) == 2
    engine.dispose()


def test_a_primary_that_became_a_standby_is_left_and_nothing_is_acknowledged_by_it(pair: Pair) -> None:
    pair.station.file()
    assert pair.station.push().acked == 1
    database = pair.tcp().replace("+psycopg", "")
    with psycopg.connect(database, autocommit=True) as admin:
        # To a session a standby is a server that only reads (25006). Old sessions are told on their next transaction.
        admin.execute(f"ALTER DATABASE {pair.name} SET default_transaction_read_only = on")
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        pair.station.file()
        # The first may meet the connections that were cut, the others meet the server that only reads.
        said = [pair.station.push() for _ in range(3)]
        assert {(each.status, each.acked) for each in said} == {("503", 0)}
        admin.execute("SET default_transaction_read_only = off")
        admin.execute(f"ALTER DATABASE {pair.name} RESET default_transaction_read_only")
    # No connection is cut this time: the hall itself has left those that only read.
    assert pair.station.push().acked == 1


def test_a_fault_of_the_halls_own_stays_a_fault(pair: Pair) -> None:
    with psycopg.connect(pair.tcp().replace("+psycopg", ""), autocommit=True) as admin:
        admin.execute("ALTER TABLE meta RENAME TO elsewhere")
    pair.station.file()
    assert pair.station.push().status == "500"
