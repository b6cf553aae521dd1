"""On PostgreSQL a scan that arrives while its case is being told: either sees the other, whichever commits first."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from sqlalchemy import insert, select

from hall.database import open_database
from hall.enrolment import add_station
from hall.papers import arrived, keep_scan, name_scans
from hall.tables import cases
from wire.messages import MaterialHow, MaterialOnWire

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
STATION, SCAN = "440104", "ab" * 32
PAPERS = (MaterialOnWire("id_father", MaterialHow.SCANNED, None, (SCAN,)),)
CASE = {"id": "c", "receipt_no": "R", "project_no": "P", "station": STATION, "body": "{}", "rev": 0}


def test_a_scan_that_arrives_before_its_case_is_committed_completes_it(postgres: str) -> None:
    engine = open_database(postgres)
    with engine.begin() as db:
        add_station(db, STATION, "测试", "street")
        db.execute(insert(cases).values(CASE))

    def arrive() -> None:
        with engine.begin() as db:
            keep_scan(db, STATION, SCAN, 9, "image/png", AT)
        with engine.begin() as db:
            arrived(db, STATION, SCAN, AT)

    arriving = threading.Thread(target=arrive)
    with engine.begin() as db:
        name_scans(db, "c", PAPERS, AT)  # The scan is not there yet, and the case is not to be seen yet.
        arriving.start()
        arriving.join(1.0)
    arriving.join(20)
    assert not arriving.is_alive()
    with engine.begin() as db:
        assert db.scalar(select(cases.c.papers_at).where(cases.c.id == "c")) is not None
    engine.dispose()
