"""Scans to the hall: those of cases only, each once, the smallest first, piece by piece, a bad one set aside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fakes.cases import DEVICE_KEY, NOW, a_case, an_enrolment
from tests.fakes.hall import Answer, HallSimulator, running_hall, trouble
from tests.fakes.store import FakeStore
from tests.fakes.tus_hall import Said
from wire.codec import encode
from wire.messages import Trouble
from workstation.domain.failures import Failure, Refused
from workstation.domain.uploads import METERED_LIMIT
from workstation.services.watch_uploads import METERED, PAUSED
from workstation.sync.client import Device, HallClient
from workstation.sync.scans import PIECE, Scans


class Station:
    def __init__(self, hall: HallSimulator, client: HallClient) -> None:
        self.hall = hall
        self.client = client
        self.store = FakeStore()
        self.rests: list[float] = []
        self.rate = 0
        self.start()

    def start(self) -> None:
        """As after a restart: what is in memory is gone."""
        self.scans = Scans(
            client=self.client,
            open_unit=self.store.unit,
            clock=lambda: NOW,
            bytes_per_s=self.rate,
            rest=self.rests.append,
        )

    def attach(self, *contents: bytes) -> None:
        with self.store.unit() as unit:
            hashes = tuple(unit.blobs.put(content) for content in contents)
            unit.cases.add(a_case(unit.cases.count() + 1, blobs=hashes))
            unit.commit()

    def switch(self, name: str, *, on: bool) -> None:
        with self.store.unit() as unit:
            unit.station.remember(name, "1" if on else "")
            unit.commit()

    def carry(self) -> None:
        while self.scans.carry():
            pass

    def waiting(self) -> int:
        with self.store.unit() as unit:
            return len(unit.blobs.unsent(9))

    def went(self, verb: str) -> int:
        return sum(request.startswith(verb) for request in self.hall.requests)


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
    # A small one needs its ticket and one request.
    assert station.hall.requests == ["POST /v1/upload-tickets", "POST /v1/uploads"] * 2
    assert station.waiting() == 0


def test_a_scan_of_a_mere_draft_stays_here(station: Station) -> None:
    with station.store.unit() as unit:
        unit.blobs.put(b"draft")
        unit.commit()
    station.carry()
    assert station.hall.requests == []


def test_a_scan_whose_last_reply_was_lost_is_not_sent_again(station: Station) -> None:
    station.attach(b"scan")
    speak = station.hall.tus.speak

    def then_drop(*asked: object) -> object:
        station.hall.drop_replies = 1
        return speak(*asked)  # type: ignore[arg-type]

    station.hall.tus.speak = then_drop  # type: ignore[method-assign, assignment]
    with pytest.raises(Refused) as caught:
        station.carry()
    assert caught.value.failure is Failure.HALL_UNREACHABLE
    station.hall.tus.speak = speak  # type: ignore[method-assign]
    station.carry()
    assert station.hall.tus.received == len(b"scan")
    assert station.waiting() == 0


def test_a_large_scan_goes_piece_by_piece_and_on_after_a_restart(station: Station) -> None:
    scan = bytes(range(256)) * (4 * PIECE // 256)
    station.attach(scan)
    assert station.scans.carry()
    assert station.scans.carry()
    with station.store.unit() as unit:
        (upload,) = unit.blobs.uploads(9)
    assert (upload.sent, bool(upload.address)) == (2 * PIECE, True)
    station.start()
    station.carry()
    assert list(station.hall.scans.values()) == [scan]
    assert station.hall.tus.received == len(scan)  # Not a byte twice.


def test_a_small_scan_that_comes_meanwhile_goes_first(station: Station) -> None:
    station.attach(b"l" * (3 * PIECE))
    assert station.scans.carry()
    station.attach(b"small")
    assert station.scans.carry()
    assert list(station.hall.scans.values()) == [b"small"]
    station.carry()
    assert station.hall.tus.received == 3 * PIECE + 5


def test_a_hall_that_forgot_an_upload_gets_it_anew(station: Station) -> None:
    station.attach(b"l" * (3 * PIECE))
    assert station.scans.carry()
    station.hall.tus.begun.clear()
    station.carry()
    assert list(station.hall.scans.values()) == [b"l" * (3 * PIECE)]


def test_a_ticket_that_is_nearly_over_is_asked_for_anew(station: Station) -> None:
    station.hall.tus.expires_in = timedelta(seconds=20)
    station.attach(b"l" * (3 * PIECE))
    station.carry()
    assert station.went("POST /v1/upload-tickets") == 3
    assert station.hall.tus.received == 3 * PIECE


def test_a_scan_the_hall_cannot_take_keeps_no_other_back(station: Station) -> None:
    station.attach(b"small", b"x" * 3000, b"x" * 4000)
    station.hall.largest_bytes = 3500
    station.carry()
    assert sorted(map(len, station.hall.scans.values())) == [5, 3000]
    with station.store.unit() as unit:
        assert [upload.trouble for upload in unit.blobs.uploads(9)] == ["too_large"]
    requests = len(station.hall.requests)
    station.carry()
    assert len(station.hall.requests) == requests
    station.hall.largest_bytes = 5000  # The hall has grown: the next start tries once more.
    station.start()
    station.carry()
    assert station.waiting() == 0


def test_a_scan_on_which_the_hall_breaks_is_set_aside_after_three_tries(station: Station) -> None:
    station.attach(b"bad", b"good scan")
    for _ in range(3):
        station.hall.troubles = [Answer(500, b"Internal Server Error")]
        with pytest.raises(Refused):
            station.carry()
    station.carry()
    assert list(station.hall.scans.values()) == [b"good scan"]


def test_a_scan_that_is_lost_here_is_set_aside_and_told(station: Station) -> None:
    station.attach(b"lost", b"there is one")
    station.store.lose(hashlib.sha256(b"lost").hexdigest())
    station.carry()
    assert list(station.hall.scans.values()) == [b"there is one"]
    with station.store.unit() as unit:
        assert [upload.trouble for upload in unit.blobs.uploads(9)] == ["scan_lost"]


def test_a_hall_in_trouble_keeps_a_scan_waiting(station: Station) -> None:
    station.attach(b"scan")
    station.hall.troubles = [trouble(503, "busy")]
    with pytest.raises(Refused):
        station.carry()
    station.carry()
    assert list(station.hall.scans.values()) == [b"scan"]


def test_a_scan_of_which_the_room_cannot_be_read_holds_up_no_other_for_ever(station: Station) -> None:
    """What is below the hall's room of scans may be broken in one place: then the hall answers 503 for this one alone."""
    speak, bad = station.hall.tus.speak, hashlib.sha256(b"small").hexdigest()
    broken = True

    def spoken(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Said:
        if broken and bad in str(headers):
            return 503, encode(Trouble("room_down")).encode(), ()
        return speak(method, path, headers, body)

    station.hall.tus.speak = spoken  # type: ignore[method-assign]
    station.attach(b"small", b"the larger one")
    told = 0
    while b"the larger one" not in station.hall.scans.values():
        with suppress(Refused):
            station.carry()
        told += 1
        assert told < 10
    broken = False
    station.carry()
    assert station.waiting() == 0


def test_nothing_goes_while_a_person_has_paused_it(station: Station) -> None:
    station.attach(b"l" * (3 * PIECE))
    assert station.scans.carry()
    station.switch(PAUSED, on=True)
    station.carry()
    station.start()
    station.carry()  # A restart does not forget it.
    assert station.hall.tus.received == PIECE
    station.switch(PAUSED, on=False)
    station.carry()
    assert station.hall.tus.received == 3 * PIECE


def test_only_small_scans_go_over_a_metered_line(station: Station) -> None:
    station.switch(METERED, on=True)
    station.attach(b"s" * METERED_LIMIT, b"l" * (METERED_LIMIT + 1))
    station.carry()
    assert list(map(len, station.hall.scans.values())) == [METERED_LIMIT]
    station.switch(METERED, on=False)
    station.carry()
    assert station.waiting() == 0


def test_the_rate_is_kept_by_pieces_and_rests(station: Station) -> None:
    """1.4 MB a minute, as a counter in the hills has it: no piece of more than a second, and a rest after each."""
    station.rate = 1_400_000 // 60
    station.start()
    station.attach(b"r" * 100_000)
    station.carry()
    assert len(station.rests) == 4  # five pieces
    assert all(0.5 < rest <= 1.0 for rest in station.rests)


def test_a_ticket_is_shown_to_no_other_place(station: Station) -> None:
    """A hall, or who plays it, must not send the station elsewhere with its bearer."""
    speak = station.hall.tus.speak

    def elsewhere(*asked: object) -> object:
        status, body, headers = speak(*asked)  # type: ignore[arg-type]
        return status, body, tuple((n, "http://evil.invalid/x" if n == "Location" else v) for n, v in headers)

    station.hall.tus.speak = elsewhere  # type: ignore[method-assign, assignment]
    station.attach(b"l" * (2 * PIECE))
    with pytest.raises(Refused) as caught:
        station.carry()
    assert caught.value.failure is Failure.HALL_ANSWER_UNTRUSTED


@pytest.mark.parametrize("there", [False, True])
def test_what_a_hall_took_that_was_restored_meanwhile_is_asked_for_again(
    station: Station, *, there: bool
) -> None:
    """Its word comes after the station has heard of another epoch, when all scans were to be asked for anew."""
    with station.store.unit() as unit:
        unit.station.enrol(station.hall.url, an_enrolment(), DEVICE_KEY)
        unit.commit()
    station.attach(b"scan")
    if there:
        station.hall.scans[hashlib.sha256(b"scan").hexdigest()] = b"scan"
    asked = "upload_ticket" if there else "speak_tus"
    ask = getattr(station.client, asked)

    def restored_behind(*words: object) -> object:
        said = ask(*words)
        setattr(station.client, asked, ask)
        with station.store.unit() as unit:
            unit.blobs.send_again()
            unit.station.renew(replace(an_enrolment(), epoch="e2"))
            unit.commit()
        station.hall.scans.clear()
        station.hall.requests.clear()
        return said

    setattr(station.client, asked, restored_behind)
    station.carry()
    assert station.hall.requests == ["POST /v1/upload-tickets", "POST /v1/uploads"]
    assert list(station.hall.scans.values()) == [b"scan"]
    assert station.waiting() == 0
