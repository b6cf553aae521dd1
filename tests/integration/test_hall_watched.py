"""A hall is watched: figures at its own port, lines in its log, alarms by a command, and nowhere a person."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from demo.environment import Demo
from demo.service import free_ports
from hall.backup import back_up
from hall.database import open_database
from hall.engines import make_engine
from hall.integrity import faults
from hall.settings import Watch
from hall.vitals import Alarm, alarms
from tests.fakes.device import Answered, Device
from tests.fakes.hall_command import hall_command
from tests.fakes.people import MOTHER_ID, MOTHER_NAME
from tests.integration.needles import hits, needles
from wire.messages import PushStatus

PERSONS = (MOTHER_NAME, MOTHER_ID, "测小宝")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[tuple[Demo, int]]:
    (port,) = free_ports(1)
    with Demo(tmp_path, Path(sys.executable), with_card=False, departments=False, metrics_port=port) as demo:
        yield demo, port


def _figures(port: int) -> dict[str, float]:
    told = httpx2.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text
    lines = [line.rpartition(" ") for line in told.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


def test_a_day_is_counted_and_logged_and_nobody_stands_in_it(hall: tuple[Demo, int], tmp_path: Path) -> None:
    demo, port = hall
    device = Device(demo.hall_url)
    device.enrol(demo.enrol_code)
    results = device.push(device.received("c"), device.accepted("c"), device.received("d", "R-c"))
    assert [result.status for result in results] == [
        PushStatus.APPLIED,
        PushStatus.APPLIED,
        PushStatus.CONFLICT,
    ]
    device.changes()
    device.signed("POST", "/v1/verify", _query(device))
    with pytest.raises(Answered):
        device.signed("GET", "/v1/catalogue/0000", b"")
    httpx2.get(f"{demo.hall_url}/v1/slips/check?code=YC1.{MOTHER_ID}", trust_env=False)
    httpx2.get(f"{demo.hall_url}/{MOTHER_ID}", trust_env=False)
    seen = _figures(port)
    assert seen['hall_push_results_total{code="",status="applied"}'] == 2
    assert seen['hall_push_results_total{code="case_known",status="conflict"}'] == 1
    assert seen['hall_events_total{kind="case_accepted"}'] == 1
    assert seen['hall_request_seconds_count{method="POST",route="/v1/push",status="200"}'] == 1
    assert seen['hall_refusals_total{code="no_catalogue",route="/v1/catalogue/{sha256}"}'] == 1
    assert seen['hall_queue_tasks{department="public_security"}'] == 1
    assert seen['hall_devices{state="confirmed"}'] == 1
    assert seen["hall_up"] == 1
    lines = [json.loads(line) for line in (tmp_path / "hall.log").read_text().splitlines()]
    answers = [line for line in lines if line["logger"] == "hall.answers"]
    pushed = next(line for line in answers if line["route"] == "/v1/push")
    assert (pushed["station"], pushed["status"], pushed["device"]) == ("440104", 200, device.me.device)
    assert {line["code"] for line in answers if line["route"] == "/v1/catalogue/{sha256}"} == {"no_catalogue"}
    assert {line["route"] for line in answers if line["status"] == 404} >= {"none"}
    # In the database they must be, or the search would prove nothing.
    (tmp_path / "figures").write_text(httpx2.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text)
    assert hits([tmp_path / "hall.log", tmp_path / "figures"], needles(PERSONS)) == []
    assert hits([tmp_path / "hall.db", tmp_path / "hall.db-wal"], needles(PERSONS)) != []


def _query(device: Device) -> bytes:
    from wire.codec import encode

    return encode(device.query()).encode()


def test_check_and_integrity_say_what_is_wrong(hall: tuple[Demo, int], tmp_path: Path) -> None:
    demo, _ = hall
    device = Device(demo.hall_url)
    device.enrol(demo.enrol_code)
    device.push(device.received("c"), device.accepted("c"))
    engine = open_database(demo.database)
    back_up(engine, demo.root, tmp_path / "backups" / "one")
    watched = ["check", "--database", demo.database, "--backups", str(tmp_path / "backups")]
    assert list(alarms(engine, demo.root, Watch(), tmp_path / "backups", None)) == []
    strict = tmp_path / "strict.json"
    strict.write_text(
        json.dumps({"watch": {"disk_free_mb": 10**9, "backup_hours": 1e-9, "queue_days": 1e-9}})
    )
    bad = hall_command(*watched, "--settings", str(strict), "--tls-cert", str(strict), "--json")
    assert bad.returncode == 1
    told = {json.loads(line)["alarm"] for line in bad.stdout.splitlines()}
    assert told == {"disk", "backup", "queue:public_security", "certificate"}
    with engine.begin() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    behind = list(alarms(engine, demo.root, Watch(), None, None))
    assert behind == [Alarm("schema", "behind", "ok")]
    not_ready = httpx2.get(f"{demo.hall_url}/v1/ready", trust_env=False)
    assert (not_ready.status_code, not_ready.json()["details"]["schema"]) == (503, "behind")
    assert httpx2.get(f"{demo.hall_url}/v1/health", trust_env=False).status_code == 200
    engine.dispose()


def test_integrity_as_a_command(whole: Path) -> None:
    fine = hall_command("integrity", "--database", whole)
    assert (fine.stdout, fine.returncode) == ("ok\n", 0), fine.stderr


# Each is done to a good hall, and must be told under its code.
TAMPERINGS = {
    "chain_broken": "UPDATE places SET prev = 'x' WHERE seq = 2",
    "chain_head": "UPDATE devices SET last_seq = 9",
    "event_missing": "DELETE FROM inbox WHERE seq = 1",
    "place_missing": "DELETE FROM places WHERE seq = 2",
    "envelope": "UPDATE inbox SET envelope = '{}' WHERE seq = 1",
    "envelope_hash": "UPDATE inbox SET envelope = replace(envelope, 'R-c', 'R-x') WHERE seq = 1",
    "receipt": """UPDATE inbox SET result = replace(result, '"received_at":"2', '"received_at":"1') WHERE seq = 1""",
    "case_missing": "PRAGMA foreign_keys=OFF; DELETE FROM cases WHERE id = 'c'",
    "event_of_acceptance": "UPDATE cases SET accepted = '{}' WHERE id = 'd'",
    "sub_cases_missing": "DELETE FROM sub_cases WHERE \"case\" = 'd'",
    "result": "UPDATE sub_cases SET state = 'decided' WHERE item = 'birth-registration' AND \"case\" = 'c'",
    "dispatch_early": "UPDATE sub_cases SET state = 'dispatched' WHERE item = 'medical-insurance-newborn'",
    "not_dispatched": "UPDATE sub_cases SET state = 'waiting' WHERE item = 'birth-registration'",
    "not_told": "DELETE FROM department_feed",
    "conclusion": "UPDATE cases SET concluded_at = 'now' WHERE id = 'c'",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("whole")
    with Demo(root, Path(sys.executable), with_card=False, departments=False) as demo:
        device = Device(demo.hall_url)
        device.enrol(demo.enrol_code)
        device.push(device.received("c"), device.accepted("c"), device.received("d"))
    return root / "hall.db"


@pytest.mark.parametrize("code", TAMPERINGS)
def test_integrity_finds_what_was_tampered_with(whole: Path, tmp_path: Path, code: str) -> None:
    place = tmp_path / "hall.db"
    with sqlite3.connect(whole) as source, sqlite3.connect(place) as copy:
        source.backup(copy)
    engine = make_engine(place)
    assert list(faults(engine)) == []
    with sqlite3.connect(place) as db:
        db.executescript(TAMPERINGS[code])
    assert code in {fault.code for fault in faults(engine)}
    engine.dispose()
