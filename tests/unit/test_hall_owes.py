"""A hall of before the board counted departments: what each has open gets its day on the way, and none while a clock stands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

import hall
from hall.database import open_database
from wire.codec import encode
from wire.dates import DatesTold, DatesWhy, ItemDates
from wire.messages import CaseAccepted

AT = datetime(2026, 11, 2, 2, tzinfo=UTC)


def test_departments_of_an_older_hall_owe_by_its_own_days(tmp_path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(hall.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{tmp_path / 'hall.db'}")
    accepted = encode(
        CaseAccepted("r", "clerk", AT, {"told": date(2026, 11, 10), "said": date(2026, 11, 11)})
    )
    told = encode(
        DatesTold(AT, DatesWhy.EXTENDED, "v", date(2026, 12, 31), (ItemDates("told", date(2026, 11, 20)),))
    )
    with engine.begin() as old:
        config.attributes["connection"] = old
        command.upgrade(config, "0018")
        old.execute(text("INSERT INTO stations VALUES ('440104', '测试中心', 'street')"))
        old.execute(
            text(
                "INSERT INTO cases (id, receipt_no, project_no, station, body, accepted, rev)"
                " VALUES ('c', 'r', 'p', '440104', '{}', :accepted, 1)"
            ),
            {"accepted": accepted},
        )
        old.execute(
            text("INSERT INTO case_dates (\"case\", clock, told, beyond) VALUES ('c', '{}', :told, 0)"),
            {"told": told},
        )
        for number, (item, state) in enumerate(
            (("told", "in_review"), ("said", "dispatched"), ("stopped", "in_review"), ("waits", "waiting")), 1
        ):
            old.execute(
                text(
                    'INSERT INTO sub_cases (id, "case", item, department, after, state)'
                    " VALUES (:id, 'c', :item, 'd', '[]', :state)"
                ),
                {"id": number, "item": item, "state": state},
            )
        old.execute(
            text(
                "INSERT INTO procedures (id, task, begun, begun_by, ended_by) VALUES ('p', 3, '{}', 'r', '')"
            )
        )
    engine.dispose()
    migrated = open_database(tmp_path / "hall.db")
    with migrated.begin() as db:
        found = {row.item: row.due_on for row in db.execute(text("SELECT item, due_on FROM sub_cases"))}
    migrated.dispose()
    assert found == {"told": "2026-11-20", "said": "2026-11-11", "stopped": "", "waits": ""}
