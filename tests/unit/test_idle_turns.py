"""A turn of the sync engine that finds nothing to do opens no unit that could write: nobody at the counter waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.cases import DEVICE_KEY, NOW, a_case, an_enrolment
from tests.fakes.chain import stamp_of
from tests.fakes.hall import HallSimulator, running_hall
from tests.fakes.staff import STAFF
from wire.devices import DeviceState, KeyRotated, KeyRotation
from wire.keys import public_of
from wire.messages import AuditHead, AuditStamp, ChangePage, StaffList, StaffPolicy
from wire.numbers import LANES, BlockWanted, NumberBlock
from workstation.domain.clerk import Deed
from workstation.services.index_cases import CaseIndex
from workstation.services.ports import Unit
from workstation.services.take_staff import take_staff
from workstation.storage.database import Store, open_store
from workstation.sync.audit_heads import AuditHeads
from workstation.sync.client import Device, HallClient
from workstation.sync.epochs import Epochs
from workstation.sync.incoming import Incoming
from workstation.sync.key_rotation import KeyChange
from workstation.sync.limits import Limits
from workstation.sync.numbers import NumberPuller
from workstation.sync.outgoing import Outgoing
from workstation.sync.scans import Scans


class Opened:
    """Counts what is opened of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.units = self.looks = 0

    def unit(self) -> AbstractContextManager[Unit]:
        self.units += 1
        return self._store.unit()

    def look(self) -> AbstractContextManager[Unit]:
        self.looks += 1
        return self._store.look()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    with closing(open_store(tmp_path / "station.db", bytes(32))) as store:
        with store.unit() as unit:
            unit.station.enrol("http://hall", an_enrolment(), DEVICE_KEY)
            unit.commit()
        yield Opened(store)


@pytest.fixture(scope="module")
def hall() -> Iterator[HallSimulator]:
    with running_hall() as running:
        yield running


class Silent:
    """A hall that must not be asked."""

    def use_key(self, private: bytes) -> None:
        self.used = private

    def device_state(self, private: bytes | None = None) -> DeviceState:
        raise AssertionError

    def rotate_key(self, asked: KeyRotation, private: bytes | None = None) -> KeyRotated:
        raise AssertionError

    def number_block(self, wanted: BlockWanted) -> NumberBlock:
        raise AssertionError

    def stamp_head(self, head: AuditHead) -> AuditStamp:
        raise AssertionError


def test_events_scans_and_changes_are_looked_for(opened: Opened, hall: HallSimulator) -> None:
    client = HallClient(hall.url, Device(an_enrolment(), DEVICE_KEY), lambda: NOW)
    epochs = Epochs(client=client, epoch="e1", take=lambda said: said.epoch, begin_snapshot=lambda: None)
    outgoing = Outgoing(
        client=client,
        enrolment=an_enrolment(),
        epochs=epochs,
        limits=Limits(client, lambda: NOW),
        open_unit=opened.unit,
        look=opened.look,
        release=lambda _: None,
        clock=lambda: NOW,
    )
    hall.pages = {"": ChangePage("e1", (), "", more=False)}
    incoming = Incoming(client=client, epochs=epochs, open_unit=opened.look, take_page=lambda _: None)
    scans = Scans(client=client, open_unit=opened.unit, look=opened.look, clock=lambda: NOW)
    scans.carry()  # the first turn forgets what was refused before the start
    units = opened.units
    assert not outgoing.carry()
    assert not incoming.carry()
    assert not scans.carry()
    assert (opened.units, opened.looks) == (units, 4)
    client.close()


def test_keys_lanes_and_stamps_are_looked_at(opened: Opened) -> None:
    with opened.unit() as unit:
        entry = unit.audit.note(at=NOW, actor="clerk", deed=Deed.SIGNED_IN)
        unit.audit.keep_stamp(stamp_of(entry))
        unit.station.remember("device_key_made", NOW.isoformat())
        unit.commit()
    silent = Silent()
    keys = KeyChange(
        holders=(silent,),
        device="device",
        open_unit=opened.unit,
        look=opened.look,
        clock=lambda: NOW,
        days=90,
    )
    heads = AuditHeads(
        client=silent,
        enrolment=an_enrolment(),
        open_unit=opened.unit,
        look=opened.look,
        clock=lambda: NOW,
        beside=Path("never"),
    )
    keys.carry()
    heads.carry()
    assert (opened.units, opened.looks) == (1, 3)
    assert keys.public == public_of(silent.used) == public_of(DEVICE_KEY)


def test_the_index_is_looked_at_and_written_when_something_came(opened: Opened) -> None:
    index = CaseIndex(opened.unit, opened.look)
    index.carry()
    assert (opened.units, opened.looks) == (0, 1)
    with opened.unit() as unit:
        unit.cases.add(a_case(1))
        unit.commit()
    index.carry()
    assert opened.units == 2
    index.carry()
    assert opened.units == 2
    with opened.unit() as unit:
        unit.purges.purge("case-0001")
        unit.commit()
    index.carry()
    assert opened.units == 4  # the book that a purge left is cleared away


def test_an_unchanged_list_of_staff_is_heard_and_not_written(opened: Opened) -> None:
    def take(minutes: int) -> bool:
        said = StaffList("440104", 1, NOW + timedelta(minutes=minutes), StaffPolicy(), STAFF, "")
        return take_staff(said, open_unit=opened.unit, look=opened.look, clock=lambda: NOW)

    assert take(0)
    assert opened.units == 1
    assert not any(take(minutes) for minutes in (1, 30, 59))
    assert opened.units == 1
    assert not take(60)
    assert opened.units == 2


def test_a_lane_that_is_there_is_looked_at(opened: Opened) -> None:
    with opened.unit() as unit:
        unit.station.enrol("http://hall", replace(an_enrolment(), lane=LANES[0]), DEVICE_KEY)
        unit.commit()
    NumberPuller(Silent(), an_enrolment(), opened.unit, lambda: NOW, opened.look).carry()
    assert (opened.units, opened.looks) == (1, 1)
