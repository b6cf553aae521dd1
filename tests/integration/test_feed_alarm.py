"""The feed-age alarm rings for a writer that stands still, and the commands about a database say so by their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from hall import feed
from hall.database import open_database
from hall.settings import Watch
from hall.vitals import Alarm, alarms
from tests.fakes.hall_command import hall_command


def test_a_writer_that_stands_still_rings_the_alarm_and_ends_the_command_with_one(
    postgres_hall: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_database(postgres_hall)

    def rung() -> list[Alarm]:
        return list(alarms(engine, tmp_path, Watch(feed_age_s=0.01, disk_free_mb=0), None, None))

    assert rung() == []
    monkeypatch.setattr(feed, "ALARM_S", 0.01)
    assert hall_command("feed-age", "--database", postgres_hall).returncode == 0
    with engine.connect() as still, still.begin():
        still.execute(text("SELECT pg_current_xact_id(), pg_sleep(0.02)"))
        assert [(each.code, each.limit) for each in rung()] == [("feed_age", "0.01 s")]
        told = hall_command("feed-age", "--database", postgres_hall, "--json")
        pid = still.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
        assert told.returncode == 1
        assert (json.loads(told.stdout)["alarm"], json.loads(told.stdout)["pid"]) == (True, pid)
    assert rung() == []
    engine.dispose()


def test_migrate_says_by_its_exit_code_whether_the_schema_is_the_newest(tmp_path: Path) -> None:
    place = tmp_path / "hall.db"
    new = hall_command("migrate", "--database", place, "--check")
    assert (new.returncode, new.stdout.startswith("schema none, newest ")) == (1, True)
    assert hall_command("migrate", "--database", place).returncode == 0
    assert hall_command("migrate", "--database", place, "--check").returncode == 0
    engine = open_database(place)
    with engine.begin() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    engine.dispose()
    assert hall_command("migrate", "--database", place, "--check").returncode == 1
    # One writer, and nobody is held back.
    assert hall_command("feed-age", "--database", place).returncode == 0
