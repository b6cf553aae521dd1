"""Real stations and a real hall process that loses its place: restored, pruned, spoken to by a copy of a station's disk."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from demo.environment import Demo
from hall.announcement import announce
from hall.cases import decide
from hall.database import fact, hall_key, open_database
from hall.enrolment import add_station, new_code
from hall.epoch import renew_epoch
from hall.feed import newest_cursor, tell
from hall.prune import prune_feed
from hall.snapshot import snapshot
from hall.tables import sub_cases
from tests.fakes.cut_line import CutLine, line_to
from tests.fakes.device import BUNDLE
from tests.fakes.device import Device as BareDevice
from tests.fakes.newcomer import code_for
from tests.fakes.people import MOTHER_ID, MOTHER_NAME
from tests.integration.test_sync import (
    KEY,
    Station,
    _at_hall,
    _name,
    _now,
    demo,
    line,
    station,
)
from tests.until import until
from wire.codec import decode, encode
from wire.delivery import Receiver, ResultCollected, Way
from wire.epoch import HeardBefore
from wire.keys import new_id
from wire.messages import (
    CaseRegistered,
    ChangeKind,
    EventKind,
    HallReceipt,
    PushStatus,
    Result,
    ResultCode,
    SubCaseMoved,
    SubCaseState,
)
from wire.signed import sign_receipt
from wire.snapshot import CaseStands
from workstation.domain.case import Case, SubCase
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.enrol_station import enrol_again
from workstation.services.views import Link
from workstation.storage.database import open_store
from workstation.sync.audit_heads import AuditHeads
from workstation.sync.client import Device, HallClient, HallEnroller

__all__ = ["demo", "line", "station"]  # fixtures


def _backup(demo: Demo) -> Path:
    """The hall's database as it is now, by SQLite's own online backup."""
    kept = demo.root / "backup.db"
    kept.unlink(missing_ok=True)
    with closing(sqlite3.connect(demo.root / "hall.db")) as live, closing(sqlite3.connect(kept)) as copy:
        live.backup(copy)
    return kept


def _restore(demo: Demo, kept: Path) -> None:
    """The hall's disk is lost; an older backup takes its place, with an epoch of its own."""
    demo.kill_hall()
    for path in demo.root.glob("hall.db*"):
        path.unlink()
    shutil.copyfile(kept, demo.root / "hall.db")
    engine = open_database(demo.root / "hall.db")
    with engine.begin() as db:
        renew_epoch(db)
    engine.dispose()
    demo.start_hall()


def _case(station: Station, case: str) -> Case:
    with station.store.unit() as unit:
        return unit.cases.get(case)


def _deeds(station: Station) -> list[Deed]:
    with station.store.unit() as unit:
        return [entry.deed for entry in unit.audit.entries()]


def _settled(station: Station, *cases: str) -> bool:
    return station.queue().pending == 0 and all(station.project_no(case) for case in cases)


def test_a_restored_hall_has_again_all_that_it_had_signed_for(demo: Demo, station: Station) -> None:
    station.engine.start()
    old, lost = _name(), _name()
    kept_events = station.file(old, accept=True)
    until(lambda: _settled(station, old))
    kept = _backup(demo)
    lost_events = station.file(lost, accept=True)
    until(lambda: _settled(station, lost))
    number = station.project_no(lost)
    with station.store.unit() as unit:
        first = [unit.outbox.receipt(event) for event in lost_events]
    station.engine.stop()
    epoch = station.me.epoch
    _restore(demo, kept)
    assert _at_hall(demo, lost) == 0  # otherwise the backup was none
    unsent = _name()
    new_events = station.file(unsent)
    station.restart()
    until(
        lambda: (
            _at_hall(demo, lost) and station.queue().pending == 0 and Deed.SNAPSHOT_TAKEN in _deeds(station)
        )
    )
    until(lambda: station.project_no(unsent))
    assert [_at_hall(demo, case) for case in (old, lost, unsent)] == [1, 1, 1]
    assert station.has_receipts([*kept_events, *lost_events, *new_events])
    with station.store.unit() as unit:
        before = [dict(unit.outbox.earlier_receipts(event)) for event in lost_events]
        known = unit.station.enrolment()
    assert [word.get(epoch) for word in before] == first  # the hall's old word is still here
    assert known is not None
    assert known.epoch != epoch
    # What stands on the citizen's paper: the same number, although the backup had never given it.
    assert station.project_no(lost) == number
    with closing(sqlite3.connect(demo.root / "hall.db")) as db:
        (accepted,) = db.execute("SELECT accepted IS NOT NULL FROM cases WHERE id = ?", (lost,)).fetchone()
    assert accepted
    assert station.queue().parked == 0


@pytest.mark.long
def test_an_audit_chain_that_is_ahead_of_a_restored_hall_is_no_fault(demo: Demo, station: Station) -> None:
    client = HallClient(demo.hall_url, Device(station.me, _private(station)), _now)
    heads = AuditHeads(
        client=client,
        enrolment=station.me,
        open_unit=station.store.unit,
        clock=_now,
        beside=demo.root / "stamps",
    )

    def stamped() -> int:
        with station.store.unit() as unit:
            unit.audit.note(at=_now(), actor="clerk", deed=Deed.LOOKED_UP)
            unit.commit()
        heads.carry()
        with station.store.unit() as unit:
            stamp, refused = unit.audit.stamp(), unit.station.fact("audit_trouble")
        assert refused == ""
        return stamp.seq if stamp else 0

    first = stamped()
    kept = _backup(demo)
    second = stamped()
    _restore(demo, kept)
    assert first < second < stamped()
    client.close()


def _private(station: Station) -> bytes:
    with station.store.unit() as unit:
        return unit.station.device_key()


# -- what a receipt proves ---------------------------------------------------------------------------
@pytest.fixture
def bare(demo: Demo) -> BareDevice:
    code = code_for(demo.database)
    device = BareDevice(demo.hall_url)
    device.enrol(code)
    return device


def _told(receipt: HallReceipt, number: str = "") -> HeardBefore:
    return HeardBefore(
        receipt.event,
        receipt.sha256,
        receipt.received_at,
        receipt.hall,
        receipt.signature,
        receipt.algorithm,
        number,
    )


def test_what_a_hall_had_signed_is_not_judged_on_what_it_has_forgotten(demo: Demo, bare: BareDevice) -> None:
    """An acceptance on a look-up that the restored hall knows nothing of passes by the hall's own receipt, and by nothing
    else: not without one, not with one of another event, not with a signature that is not the hall's."""
    case = _name()
    kept = _backup(demo)
    received = bare.received(case)
    accepted = bare.accepted(case, accepted_at=_now(), materials=())
    engine = open_database(demo.root / "hall.db")
    with engine.begin() as db:
        key = hall_key(db)
        words = [sign_receipt(e.id, e.sha256, _now(), key) for e in (received, accepted)]
    engine.dispose()
    number = f"{bare.me.station}20260101000777"
    _restore(demo, kept)
    bare.enrolment = replace(bare.me, epoch=_epoch(demo))
    forged = replace(words[1], signature=words[0].signature)
    for before in ((), (_told(words[0]),), (_told(forged),)):
        first, second = bare.push(received, accepted, before=before)
        assert (second.status, second.code) == (PushStatus.CONFLICT, "rule_unmet")
        assert second.standing is not None
        assert (second.standing.state, second.standing.clerk) == ("received", "clerk")
        assert {d.name for d in second.standing.differs} >= {"state", "accepted_at"}
    first, second = bare.push(received, accepted, before=(_told(words[0], number), _told(words[1])))
    assert (first.status, second.status) == (PushStatus.DUPLICATE, PushStatus.APPLIED)
    again = bare.received(_name())
    word = sign_receipt(again.id, again.sha256, _now(), key)
    (taken,) = bare.push(again, before=(_told(word, number),))
    assert taken.status is PushStatus.APPLIED
    registered = next(c for c in bare.all_changes(again.subject) if c.kind is ChangeKind.CASE_REGISTERED)
    assert decode(CaseRegistered, registered.body).project_no == number


def _epoch(demo: Demo) -> str:
    engine = open_database(demo.root / "hall.db")
    with engine.begin() as db:
        epoch = fact(db, "epoch")
    engine.dispose()
    return epoch


def test_announcements_of_epochs_only_grow(demo: Demo) -> None:
    engine = open_database(demo.root / "hall.db")
    with engine.begin() as db:
        said = [announce(db)]
        for _ in range(3):
            renew_epoch(db)
            said.append(announce(db))
        db.rollback()
    engine.dispose()
    assert [a.since < b.since for a, b in pairwise(said)] == [True] * 3
    assert len({each.epoch for each in said}) == 4


# -- a place in the feed that is gone ----------------------------------------------------------------
def test_a_station_away_for_longer_than_the_feed_finds_its_cases_by_a_snapshot(
    demo: Demo, station: Station
) -> None:
    station.engine.start()
    case = _name()
    station.file(case)
    until(lambda: _settled(station, case))
    station.engine.stop()
    station.file(case + "-later")  # unsent work of another case stays what it is
    engine = open_database(demo.root / "hall.db")
    with engine.begin() as db:
        moved = SubCaseMoved("birth-registration", SubCaseState.DISPATCHED, _now())
        db.exec_driver_sql(
            "UPDATE sub_cases SET state = 'dispatched' WHERE \"case\" = ? AND item = 'birth-registration'",
            (case,),
        )
        tell(db, case, ChangeKind.SUB_CASE_MOVED, moved)
        gone = prune_feed(db, _now() + timedelta(days=91))
    engine.dispose()
    assert gone >= 2
    station.restart()
    until(lambda: Deed.SNAPSHOT_TAKEN in _deeds(station))
    until(lambda: station.queue().pending == 0)
    (birth,) = [sub for sub in _case(station, case).sub_cases if sub.item == "birth-registration"]
    assert birth.state is not SubCaseState.WAITING  # only the snapshot could tell
    assert Deed.HALL_RESTORED not in _deeds(station)
    until(lambda: station.project_no(case + "-later"))
    later = _name()  # and the feed goes on behind the snapshot
    station.file(later)
    until(lambda: station.project_no(later))


@pytest.mark.long
def test_a_young_change_is_not_pruned_and_a_cursor_behind_it_still_holds(
    demo: Demo, bare: BareDevice
) -> None:
    bare.push(bare.received(_name()))
    engine = open_database(demo.root / "hall.db")
    with engine.begin() as db:
        cursor = newest_cursor(db, bare.me.station)
        assert prune_feed(db, _now()) == 0
        assert newest_cursor(db, bare.me.station) == cursor
    engine.dispose()
    assert bare.changes(cursor).items == ()


@pytest.mark.long
def test_pages_of_a_snapshot_follow_each_other_and_hold_every_case_once(demo: Demo, bare: BareDevice) -> None:
    cases = sorted(_name() for _ in range(5))
    bare.push(*(bare.received(case) for case in cases))
    engine = open_database(demo.root / "hall.db")
    found, page, cursors = [], "", set()
    with engine.begin() as db:
        while True:
            said = snapshot(db, bare.me.station, page, limit=2)
            assert said == replace(
                snapshot(db, bare.me.station, page, limit=2), signature=said.signature
            )  # asked again after an interruption: the same page
            found += [change for change in said.items if change.subject in cases]
            cursors.add(said.cursor)
            page = said.following
            if not page:
                break
    engine.dispose()
    assert [change.subject for change in found] == cases
    assert len(cursors) == 1
    stands = [decode(CaseStands, change.body) for change in found]
    assert [each.receipt_no for each in stands] == [f"R-{case}" for case in cases]
    assert {each.state for each in stands} == {"received"}


# -- a copy of the disk ------------------------------------------------------------------------------
class Copy(Station):
    """The same disk in another machine, or the same machine with its disk of yesterday."""

    def __init__(
        self, of: Station, line: CutLine, folder: Path
    ) -> None:  # the store is copied, nobody enrols
        folder.mkdir()
        for path in of._path.parent.glob("station.*"):
            if path.is_file():
                shutil.copyfile(path, folder / path.name)
        self._line, self._path, self.me = line, folder / "station.db", of.me
        self.store = open_store(self._path, KEY)
        self._device = of._device
        self.engine = self._engine()

    def enrol_again(self, demo: Demo) -> None:
        """As the person at the counter does, with a new code of the hall."""
        code = code_for(demo.database, self.me.station)
        self.engine.stop()
        self.me = enrol_again(code, enroller=HallEnroller(), open_unit=self.store.unit, clock=_now)
        self._device = Device(self.me, self._device.private)
        self.engine = self._engine()
        self.engine.start()


@pytest.fixture
def copy(station: Station, line: CutLine, tmp_path: Path) -> Iterator[Copy]:
    station.engine.start()
    shared = _name()
    station.file(shared)
    until(lambda: _settled(station, shared))
    made = Copy(station, line, tmp_path / "copy")
    yield made
    made.close()


def test_a_copied_disk_is_told_and_goes_on_in_a_place_of_its_own(
    demo: Demo, station: Station, copy: Copy
) -> None:
    mine, theirs, more = _name(), _name(), _name()
    station.file(mine)
    until(lambda: _settled(station, mine))
    copy.file(theirs)
    events = copy.file(more, accept=True)
    copy.engine.start()
    until(lambda: copy.engine.state().link is Link.REFUSED)
    assert copy.engine.state().trouble in ("seq_reused", "chain_broken")
    # Nothing is set aside and nothing mixed up: all of it waits for a person.
    assert (copy.queue().pending, copy.queue().parked) == (3, 0)
    assert _at_hall(demo, theirs) == 0
    copy.enrol_again(demo)
    until(lambda: _settled(copy, theirs, more))
    assert copy.has_receipts(events)
    assert [_at_hall(demo, case) for case in (mine, theirs, more)] == [1, 1, 1]
    assert copy.me.incarnation == station.me.incarnation + 1
    # The other one speaks for a place that is taken now.
    station.file(_name())
    until(lambda: station.engine.state().link is Link.REFUSED)
    assert station.engine.state().trouble == "incarnation"
    assert station.queue().pending == 1


def test_what_arrived_before_a_station_was_enrolled_again_is_a_duplicate(
    demo: Demo, line: CutLine, station: Station, copy: Copy
) -> None:
    case = _name()
    station.engine.stop()
    line.after = lambda: None  # the answer is lost after the commit
    events = copy.file(case)
    copy.engine.start()
    until(lambda: line.after is None)
    copy.engine.stop()
    assert _at_hall(demo, case) == 1
    copy.enrol_again(demo)
    assert copy.me.lane not in {"", station.me.lane}, "two disks count receipt numbers in one lane"
    assert _lane(copy) == copy.me.lane
    until(lambda: copy.queue().pending == 0)
    assert copy.has_receipts(events)
    assert _at_hall(demo, case) == 1
    with closing(sqlite3.connect(demo.root / "hall.db")) as db:
        places = db.execute("SELECT incarnation FROM inbox WHERE event = ?", tuple(events)).fetchall()
    assert places == [(station.me.incarnation,)]  # taken once, where it first stood


def _lane(copy: Copy) -> str:
    with copy.store.unit() as unit:
        return unit.station.lane()


@pytest.mark.long
def test_a_code_for_another_station_gives_a_copied_disk_no_place(demo: Demo, copy: Copy) -> None:
    engine = open_database(demo.root / "hall.db")
    with engine.begin() as db:
        add_station(db, "440199", "别的工位", "street")
        code = new_code(db, "440199", confirmed_by="test")
    engine.dispose()
    with pytest.raises(Refused) as caught:
        enrol_again(code, enroller=HallEnroller(), open_unit=copy.store.unit, clock=_now)
    assert caught.value.failure is Failure.ENROL_CODE_REFUSED
    with copy.store.unit() as unit:
        assert unit.station.enrolment() == copy.me


@pytest.mark.long
def test_a_result_that_was_decided_after_the_backup_is_collected_all_the_same(tmp_path: Path) -> None:
    # Departments decide here when the test wants it, and not once more after the restore.
    with (
        Demo(tmp_path / "demo", Path(sys.executable), with_card=False, review=False) as demo,
        line_to(demo.hall.port) as line,
    ):
        station = Station(line, demo.enrol_code, tmp_path / "station.db")
        try:
            _collected_after_a_restore(demo, station)
        finally:
            station.close()


def _collected_after_a_restore(demo: Demo, station: Station) -> None:
    station.engine.start()
    case = _name()
    station.file(case, accept=True)
    until(lambda: _settled(station, case))
    with station.store.unit() as unit:
        # The counter's own case has the items of its receipt.
        subs = tuple(SubCase(o.item, o.item_version, o.department, o.after) for o in BUNDLE)
        unit.cases.save(replace(unit.cases.get(case), sub_cases=subs))
        unit.commit()
    kept = _backup(demo)
    _decide(demo, case)
    until(lambda: _case(station, case).seal is not None)
    seal = _case(station, case).seal
    station.engine.stop()
    _restore(demo, kept)
    assert _row(demo, case) != ("decided", seal)  # otherwise the backup was none
    station.restart()
    until(lambda: _row(demo, case) == ("decided", seal))
    body = ResultCollected(
        f"R-{case}",
        "clerk",
        _now(),
        Way.COUNTER,
        Receiver(MOTHER_NAME, "111", MOTHER_ID, "card"),
        "DLV1",
        None,
    )
    with station.store.unit() as unit:
        unit.outbox.add(
            id=new_id(),
            subject=case,
            kind=EventKind.RESULT_COLLECTED,
            at=_now(),
            actor="clerk",
            body=encode(body),
        )
        unit.commit()
    station.engine.wake()
    until(lambda: _row(demo, case)[0] == "delivered" and station.queue().pending == 0)
    assert station.queue().parked == 0


def _decide(demo: Demo, case: str) -> None:
    """Each department grants what it has of a case, in the order in which it comes to them."""
    result = Result(ResultCode.GRANTED, "准予", "部门", "r", _now())
    engine = open_database(demo.root / "hall.db")
    open_ = select(sub_cases).where(sub_cases.c.case == case, sub_cases.c.state == "dispatched")
    with engine.begin() as db:
        while (task := db.execute(open_).first()) is not None:
            decide(db, task.id, task.department, result, _now())
    engine.dispose()


def _row(demo: Demo, case: str) -> tuple[str, str | None]:
    with closing(sqlite3.connect(demo.root / "hall.db")) as db:
        status, seal = db.execute("SELECT status, seal FROM cases WHERE id = ?", (case,)).fetchone()
    return status, seal
