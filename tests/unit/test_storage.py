"""The encrypted store on real files."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from tests.fakes.people import AT, MOTHER_ID, MOTHER_NAME, case, visit
from wire.codec import digest
from wire.keys import new_private
from wire.messages import Change, ChangeKind, Enrolment, HallReceipt, Role, StaffAccount
from workstation.domain.audit import GENESIS
from workstation.domain.case import CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import Print, SlipKind
from workstation.storage.database import Store, open_store
from workstation.storage.tables import metadata

KEY = bytes(range(32))
OLD = Path(__file__).parents[1] / "data"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "station.db", KEY)
    yield opened
    opened.close()


def _failure(refusal: pytest.ExceptionInfo[Refused]) -> Failure:
    return refusal.value.failure


# -- transaction ---------------------------------------------------------------------------------------
def test_what_was_not_committed_is_not_there(store: Store) -> None:
    with store.unit() as unit:
        unit.cases.add(case())
        unit.station.next_number("receipt")
    with store.unit() as unit:
        assert unit.cases.count() == 0
        assert unit.station.next_number("receipt") == 1


def test_an_error_inside_a_unit_undoes_it(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.unit() as unit:
        unit.cases.add(case())
        _ = 1 // 0
    with store.unit() as unit:
        assert unit.cases.count() == 0


def test_case_draft_envelope_and_audit_are_read_back_as_they_were(store: Store) -> None:
    with store.unit() as unit:
        unit.cases.add(case())
        unit.drafts.save(visit())
        unit.audit.note(at=AT, actor="clerk", deed=Deed.RECEIVED, case="case-1", note="R1")
        unit.prints.add(Print("S1", "case-1", SlipKind.RECEIPT, 0, "1", "clerk", AT, "0" * 64, "S1.pdf"))
        blob = unit.blobs.put(b"scan")
        unit.commit()
    with store.unit() as unit:
        assert unit.cases.get("case-1") == case()
        assert unit.cases.by_receipt("R1") == case()
        assert unit.drafts.all() == (visit(),)
        assert [e.deed for e in unit.audit.entries()] == [Deed.RECEIVED]
        assert [p.serial for p in unit.prints.of_case("case-1")] == ["S1"]
        assert unit.blobs.get(blob) == b"scan"


def test_an_unknown_case_is_refused_and_saving_one_too(store: Store) -> None:
    with store.unit() as unit, pytest.raises(Refused) as refusal:
        unit.cases.get("nobody")
    assert _failure(refusal) is Failure.CASE_UNKNOWN
    with store.unit() as unit, pytest.raises(Refused):
        unit.cases.save(case())


def test_the_newest_cases_come_first_and_can_be_asked_by_status(store: Store) -> None:
    with store.unit() as unit:
        for n in range(5):
            unit.cases.add(case(f"c{n}", f"R{n}", AT + timedelta(minutes=n)))
        unit.cases.save(replace(case("c2", "R2", AT), status=CaseStatus.DECIDED))
        assert [c.id for c in unit.cases.latest(3)] == ["c4", "c3", "c1"]
        assert [c.id for c in unit.cases.latest(9, (CaseStatus.DECIDED,))] == ["c2"]


def test_the_last_saved_draft_comes_first(store: Store) -> None:
    with store.unit() as unit:
        unit.drafts.save(visit("a"))
        unit.drafts.save(visit("b"))
        unit.drafts.save(visit("a"))
        assert [v.case for v in unit.drafts.all()] == ["a", "b"]
        unit.drafts.drop("a")
        assert [v.case for v in unit.drafts.all()] == ["b"]


# -- outbox ----------------------------------------------------------------------------------------------
def _add(store: Store, event: str, subject: str = "case-1") -> None:
    with store.unit() as unit:
        unit.outbox.add(
            id=event, subject=subject, kind="case_received", at=AT, actor="clerk", body=f'"{event}"'
        )
        unit.commit()


def test_envelopes_are_gapless_and_chained(store: Store) -> None:
    for event in ("e1", "e2", "e3"):
        _add(store, event)
    with store.unit() as unit:
        first, second, third = (w.envelope for w in unit.outbox.due(AT, 10))
    assert [e.seq for e in (first, second, third)] == [1, 2, 3]
    assert first.prev == GENESIS
    assert (second.prev, third.prev) == (first.sha256, second.sha256)
    assert first.sha256 == digest('"e1"')


def test_what_waits_for_its_next_try_holds_its_own_case_only(store: Store) -> None:
    _add(store, "a1", "a")
    _add(store, "b1", "b")
    _add(store, "a2", "a")
    with store.unit() as unit:
        unit.outbox.failed("a1", "busy", AT + timedelta(seconds=30))
        assert [w.envelope.id for w in unit.outbox.due(AT, 10)] == ["b1"]
        later = unit.outbox.due(AT + timedelta(seconds=31), 10)
        assert [w.envelope.id for w in later] == ["a1", "b1", "a2"]
        assert (later[0].tries, later[0].trouble) == (1, "busy")


def test_a_parked_envelope_blocks_its_own_case_only(store: Store) -> None:
    _add(store, "a1", "a")
    _add(store, "a2", "a")
    _add(store, "b1", "b")
    with store.unit() as unit:
        unit.outbox.parked("a1", "malformed")
        assert [w.envelope.id for w in unit.outbox.due(AT, 10)] == ["b1"]
        state = unit.outbox.state()
    assert (state.pending, state.parked, state.oldest) == (2, 1, AT)


def test_an_acked_envelope_keeps_the_halls_word(store: Store) -> None:
    _add(store, "e1")
    receipt = HallReceipt("e1", digest('"e1"'), AT, "hall", "sig")
    with store.unit() as unit:
        assert unit.outbox.has_unsent("case-1")
        unit.outbox.acked("e1", receipt)
        assert not unit.outbox.has_unsent("case-1")
        assert unit.outbox.receipt("e1") == receipt
        assert unit.outbox.due(AT, 10) == ()


# -- station -----------------------------------------------------------------------------------------------
def _enrolment() -> Enrolment:
    account = StaffAccount("clerk", "演示", (Role.CLERK,), "$argon2id$x", "01")
    return Enrolment("device", 1, "epoch", "440104", "测试中心", "street", "key", (account,))


def test_enrolment_key_and_accounts_are_kept(store: Store) -> None:
    private = new_private()
    with store.unit() as unit:
        assert unit.station.enrolment() is None
        with pytest.raises(Refused):
            unit.station.device_key()
        unit.station.enrol("http://hall", _enrolment(), private)
        unit.commit()
    with store.unit() as unit:
        assert unit.station.enrolment() == _enrolment()
        assert (unit.station.hall_url(), unit.station.device_key()) == ("http://hall", private)
        assert unit.station.account("clerk") == _enrolment().staff[0]
        assert unit.station.account("nobody") is None


def test_failures_to_sign_in_are_counted_until_one_works(store: Store) -> None:
    with store.unit() as unit:
        unit.station.enrol("http://hall", _enrolment(), new_private())
        unit.station.sign_in_failed("clerk", AT)
        unit.station.sign_in_failed("clerk", AT)
        assert unit.station.failed_sign_ins("clerk") == (2, AT)
        unit.station.sign_in_worked("clerk")
        assert unit.station.failed_sign_ins("clerk") == (0, None)


def test_held_changes_come_back_in_order_and_once(store: Store) -> None:
    changes = [Change("case-1", rev, ChangeKind.SUB_CASE_MOVED, "{}") for rev in (2, 1)]
    with store.unit() as unit:
        for change in (*changes, changes[0]):
            unit.station.hold(change)
        assert [c.rev for c in unit.station.release("case-1")] == [1, 2]
        assert unit.station.release("case-1") == ()


# -- audit ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("verb", ["UPDATE audit SET entry = ''", "DELETE FROM audit"])
def test_the_audit_chain_only_grows(store: Store, verb: str) -> None:
    with store.unit() as unit:
        unit.audit.note(at=AT, actor="clerk", deed=Deed.SIGNED_IN)
        unit.commit()
    with pytest.raises(Exception, match="only grows"), store._engine.begin() as db:
        db.execute(text(verb))


# -- at rest ---------------------------------------------------------------------------------------------------
def test_the_file_shows_no_person_in_any_encoding(tmp_path: Path) -> None:
    store = open_store(tmp_path / "station.db", KEY)
    with store.unit() as unit:
        unit.cases.add(case())
        unit.drafts.save(visit())
        unit.commit()
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    store.close()
    raw += b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for canary in (MOTHER_NAME, MOTHER_ID):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
            assert canary.encode(encoding) not in raw
    # The search itself can find: a planted name is seen.
    assert MOTHER_NAME.encode("gb18030") in raw + MOTHER_NAME.encode("gb18030")


def test_a_copied_file_opens_with_no_other_key(tmp_path: Path) -> None:
    open_store(tmp_path / "station.db", KEY).close()
    shutil.copy(tmp_path / "station.db", tmp_path / "copy.db")
    with pytest.raises(Refused) as refusal:
        open_store(tmp_path / "copy.db", bytes(32))
    assert _failure(refusal) is Failure.STORE_KEY_WRONG
    open_store(tmp_path / "copy.db", KEY).close()


def test_an_unencrypted_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "station.db").write_bytes(b"SQLite format 3\x00" + bytes(4096))
    with pytest.raises(Refused) as refusal:
        open_store(tmp_path / "station.db", KEY)
    assert _failure(refusal) is Failure.STORE_DAMAGED


def test_a_store_of_a_later_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    store = open_store(tmp_path / "station.db", KEY)
    with store._engine.begin() as db:
        db.exec_driver_sql("PRAGMA user_version=99")
    store.close()
    with pytest.raises(Refused) as refusal:
        open_store(tmp_path / "station.db", KEY)
    assert _failure(refusal) is Failure.STORE_NEWER


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    open_store(tmp_path / "station.db", KEY).close()
    assert (tmp_path / "station.db").stat().st_mode & 0o077 == 0


# -- schema --------------------------------------------------------------------------------------------------
def test_migrations_end_where_the_tables_stand(store: Store) -> None:
    with store._engine.begin() as db:
        assert compare_metadata(MigrationContext.configure(db), metadata) == []


def test_a_kept_store_of_the_first_release_opens_and_reads(tmp_path: Path) -> None:
    shutil.copy(OLD / "store-0001.db", tmp_path / "station.db")
    store = open_store(tmp_path / "station.db", bytes(32))
    with store.unit() as unit:
        assert unit.cases.get("case-1").receipt_no == "R1"
        assert unit.drafts.all()[0].identity is not None
    store.close()


# -- kill -9 -------------------------------------------------------------------------------------------------
_WRITER = """
import sys
from datetime import timedelta
from pathlib import Path
from tests.fakes.people import AT, case
from workstation.storage.database import open_store
store = open_store(Path(sys.argv[1]), bytes(range(32)))
n = 0
while True:
    with store.unit() as unit:
        n = unit.station.next_number("receipt")
        unit.cases.add(case(f"c{n}", f"R{n}"))
        unit.outbox.add(id=f"e{n}", subject=f"c{n}", kind="case_received", at=AT, actor="x", body="{}")
        unit.audit.note(at=AT, actor="x", deed="received", case=f"c{n}")
        unit.commit()
    print(n, flush=True)
"""


def test_kill_9_at_any_moment_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    open_store(path, KEY).close()
    root = Path(__file__).parents[2]
    for round_ in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(path)], cwd=root, stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(10 + round_ * 7)]
        os.kill(writer.pid, signal.SIGKILL)
        said += writer.stdout.readlines()
        writer.stdout.close()
        writer.wait()
        acknowledged = int([line for line in said if line.endswith("\n")][-1])
        store = open_store(path, KEY)
        with store.unit() as unit:
            # The last commit may have been durable without its word getting out; nothing else may differ.
            assert acknowledged <= unit.cases.count() <= acknowledged + 1
            assert unit.outbox.state().pending == unit.cases.count() == len(unit.audit.entries())
            assert all(entry.intact() for entry in unit.audit.entries())
        with store._engine.begin() as db:
            assert db.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        store.close()


def test_times_are_read_back_in_utc(store: Store) -> None:
    with store.unit() as unit:
        unit.cases.add(case())
        assert unit.cases.get("case-1").received_at == datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
