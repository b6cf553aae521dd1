"""Old stores open for ever, newer ones are refused kindly, and the schema that stands is the one the code means."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from tests.data.kept import FOLDER, SCHEMAS, kept, take
from tests.data.make_store import ASKED, FILTER, HANDOVER, KEY, PDF, SCAN, SHEET, TABLE, TICKET
from tests.fakes.cases import DEVICE_KEY, NOW, a_case, a_visit, an_enrolment
from workstation.domain.case import CaseStatus
from workstation.domain.failures import Failure, Refused
from workstation.domain.outbox import QueueState
from workstation.storage import migrations
from workstation.storage.database import open_store
from workstation.storage.migrations import HEAD, upgrade, version_of
from workstation.storage.tables import metadata

KEPT = [kept(schema) for schema in SCHEMAS]


def schema_of(path: Path, key: bytes = KEY) -> tuple[list[object], int, str | None]:
    """Return what differs from the tables of the code, the version by PRAGMA, and by Alembic."""
    store = open_store(path, key)
    with store._engine.connect() as connection:
        context = MigrationContext.configure(connection)
        found = (compare_metadata(context, metadata), version_of(connection), context.get_current_revision())
    store.close()
    return found


def test_every_released_schema_has_its_kept_store() -> None:
    assert sorted(FOLDER.glob("store-*.db")) == KEPT
    assert SCHEMAS[-1] == HEAD


def test_the_number_of_the_schema_is_that_of_the_newest_migration() -> None:
    folder = Path(migrations.__file__).parent / "versions"
    numbers = [int(re.match(r"(\d{4})_", path.name)[1]) for path in folder.glob("*.py")]  # type: ignore[index]
    assert sorted(numbers) == list(range(1, HEAD + 1))


def test_a_new_store_has_the_schema_that_the_code_means(tmp_path: Path) -> None:
    assert schema_of(tmp_path / "station.db") == ([], HEAD, f"{HEAD:04d}")


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
def test_a_kept_store_gets_the_schema_that_the_code_means(kept: Path, tmp_path: Path) -> None:
    assert schema_of(take(kept, tmp_path)) == ([], HEAD, f"{HEAD:04d}")


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
def test_a_kept_store_gives_back_everything_that_was_put_in(kept: Path, tmp_path: Path) -> None:
    store = open_store(take(kept, tmp_path), KEY)
    with store.unit() as unit:
        scan = unit.blobs.unsent(9)[0]
        assert unit.blobs.get(scan) == SCAN
        assert unit.cases.get("case-0001") == a_case(1, blobs=(scan,))
        assert unit.cases.latest(9) == (a_case(2, status=CaseStatus.ACCEPTED), a_case(1, blobs=(scan,)))
        assert unit.drafts.all() == (a_visit(3),)
        assert unit.station.enrolment() == an_enrolment()
        assert unit.station.device_key() == DEVICE_KEY
        assert unit.station.failed_sign_ins("clerk") == (1, NOW)
        assert unit.station.next_number("receipt:20261123:01") == 2
        assert unit.station.cursor() == "e1.7"
        assert [change.rev for change in unit.station.held_changes()] == [2]
        assert unit.outbox.state() == QueueState(pending=2, parked=1, oldest=NOW)
        assert [w.envelope.id for w in unit.outbox.due(NOW, 9)] == ["event-4"]
        assert [w.envelope.seq for w in unit.outbox.due(NOW + timedelta(seconds=5), 9)] == [2, 4]
        receipt = unit.outbox.receipt("event-1")
        assert receipt is not None
        assert receipt.event == "event-1"
        assert all(entry.intact() for entry in unit.audit.entries())
        assert [entry.note for entry in unit.audit.entries()] == ["", "S1 0"]
        assert [sheet.reprint for sheet in unit.prints.of_case("case-0001")] == [0, 1]
    store.close()


def test_the_newest_kept_store_gives_back_what_its_own_shelves_have(tmp_path: Path) -> None:
    store = open_store(take(KEPT[-1], tmp_path), KEY)
    with store.unit() as unit:
        assert (unit.sheets.get("S1"), unit.sheets.pdf("S1")) == (SHEET, PDF)
        assert unit.calendars.newest(own=True) == TABLE
        assert unit.evaluations.open() == (ASKED,)
        assert unit.lists.filters("clerk") == (FILTER,)
        assert unit.handovers.get("h-1") == HANDOVER
        assert unit.tickets.get("t-1") == TICKET
    store.close()


def test_a_store_of_a_later_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    store = open_store(path, KEY)
    with store._engine.begin() as connection:
        connection.execute(text(f"PRAGMA user_version={HEAD + 1}"))
    store.close()
    before = path.read_bytes()
    with pytest.raises(Refused) as caught:
        open_store(path, KEY)
    assert caught.value.failure is Failure.STORE_NEWER
    assert dict(caught.value.details) == {"found": str(HEAD + 1), "known": str(HEAD)}
    assert path.read_bytes() == before


def test_a_migration_that_is_cut_off_leaves_the_old_schema(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    store = open_store(path, KEY)

    def empty(connection: Connection) -> None:
        for name in inspect(connection).get_table_names():
            connection.execute(text("PRAGMA defer_foreign_keys=ON"))
            if name != "outbox":
                connection.execute(text(f'DROP TABLE "{name}"'))
        connection.execute(text("DROP TABLE outbox"))
        connection.execute(text("PRAGMA user_version=0"))

    with store._engine.begin() as connection:
        empty(connection)
    with pytest.raises(ZeroDivisionError), store._engine.begin() as connection:
        upgrade(connection)
        _ = 1 / 0
    with store._engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
        assert version_of(connection) == 0
    store.close()
    assert schema_of(path) == ([], HEAD, f"{HEAD:04d}")
