"""Scans to the hall: those of cases only, each once, the smallest first, a bad one set aside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from tests.fakes.cases import DEVICE_KEY, NOW, a_case, an_enrolment
from tests.fakes.hall import HallSimulator, running_hall, trouble
from tests.fakes.store import FakeStore
from workstation.domain.failures import Failure, Refused
from workstation.sync.client import Device, HallClient
from workstation.sync.scans import Scans


class Station:
    def __init__(self, hall: HallSimulator, client: HallClient) -> None:
        self.hall = hall
        self.store = FakeStore()
        self.scans = Scans(client=client, open_unit=self.store.unit)

    def attach(self, *contents: bytes) -> None:
        with self.store.unit() as unit:
            hashes = tuple(unit.blobs.put(content) for content in contents)
            unit.cases.add(a_case(unit.cases.count() + 1, blobs=hashes))
            unit.commit()

    def carry(self) -> None:
        while self.scans.carry():
            pass


@pytest.fixture
def station() -> Iterator[Station]:
    with running_hall() as hall:
        client = HallClient(hall.url, Device(an_enrolment(), DEVICE_KEY), lambda: NOW)
        yield Station(hall, client)
        client.close()


def test_each_scan_of_a_case_goes_up_once_under_its_hash(station: Station) -> None:
    station.attach(b"x" * 300, b"x" * 20)
    station.carry()
    station.carry()
    assert list(station.hall.scans.values()) == [b"x" * 20, b"x" * 300]
    assert all(hashlib.sha256(scan).hexdigest() == name for name, scan in station.hall.scans.items())
    assert len(station.hall.requests) == 2


def test_a_scan_of_a_mere_draft_stays_here(station: Station) -> None:
    with station.store.unit() as unit:
        unit.blobs.put(b"draft")
        unit.commit()
    station.carry()
    assert station.hall.requests == []


def test_a_scan_whose_reply_was_lost_goes_again(station: Station) -> None:
    station.attach(b"scan")
    station.hall.drop_replies = 1
    with pytest.raises(Refused) as caught:
        station.carry()
    assert caught.value.failure is Failure.HALL_UNREACHABLE
    station.carry()
    assert station.hall.requests == station.hall.requests[:1] * 2
    station.carry()
    assert len(station.hall.requests) == 2


def test_a_scan_the_hall_cannot_take_keeps_no_other_back(station: Station) -> None:
    station.attach(b"small", b"x" * 3000, b"x" * 4000)
    station.hall.largest_bytes = 3500
    station.carry()
    assert sorted(map(len, station.hall.scans.values())) == [5, 3000]
    requests = len(station.hall.requests)
    station.carry()
    assert len(station.hall.requests) == requests


def test_a_hall_in_trouble_keeps_a_scan_waiting(station: Station) -> None:
    station.attach(b"scan")
    station.hall.troubles = [trouble(503, "busy")]
    with pytest.raises(Refused):
        station.carry()
    station.carry()
    assert list(station.hall.scans.values()) == [b"scan"]
