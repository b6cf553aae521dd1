"""A real hall whose scans go to a bucket (`serve --blobs s3://...`): whole by tus, and the bucket killed, silent, and back."""

from __future__ import annotations

import hashlib
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from demo.environment import Demo
from hall.blobs import open_room, scan_name
from tests.fakes.bucket import Bucket
from tests.fakes.cases import a_case
from tests.fakes.device import Device
from tests.fakes.newcomer import newcomer
from workstation.domain.failures import Failure, Refused
from workstation.storage.database import Store, open_store
from workstation.sync.client import SCAN_TIMEOUT, HallClient
from workstation.sync.client import Device as Signer
from workstation.sync.scans import PIECE, Scans

KEY = bytes(range(32))
PREFIX = "hall"


@pytest.fixture(scope="module")
def demo(bucket: Bucket, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with Demo(
        tmp_path_factory.mktemp("hall"),
        Path(sys.executable),
        with_card=False,
        departments=False,
        blobs=f"{bucket.url}/{PREFIX}",
    ) as started:
        yield started


@pytest.fixture
def device(demo: Demo) -> Device:
    return newcomer(demo)


def scan(size: int, seed: int) -> bytes:
    return b"%PDF-" + bytes(seed * n % 251 for n in range(size - 5))


def in_bucket(bucket: Bucket, tmp_path: Path) -> dict[str, bytes]:
    room = open_room(tmp_path, f"{bucket.url}/{PREFIX}")
    return {name: room.get(name) for name in room.names("")}


def in_folder(demo: Demo) -> list[Path]:
    return [path for path in (demo.root / "blobs").rglob("*") if path.is_file()]


def test_a_scan_by_tus_is_in_the_bucket_byte_for_byte_and_in_no_folder(
    bucket: Bucket, demo: Demo, device: Device, tmp_path: Path
) -> None:
    content = scan(600_000, 7)
    name = device.upload(content)
    assert device.ticket(content).there
    assert in_bucket(bucket, tmp_path) == {scan_name(name): content}  # and no part is left
    assert in_folder(demo) == []


@dataclass(frozen=True, slots=True)
class Station:
    """A real store with one scan in it, and what carries it by the real client."""

    store: Store
    lane: Scans

    def sent(self) -> int:
        with self.store.unit() as unit:
            (upload,) = unit.blobs.uploads(9)
        return upload.sent


@contextmanager
def station(demo: Demo, device: Device, folder: Path, content: bytes) -> Iterator[Station]:
    client = HallClient(demo.hall_url, Signer(device.me, device.private), lambda: datetime.now(UTC))
    with closing(client), closing(open_store(folder / "station.db", KEY)) as store:
        with store.unit() as unit:
            unit.cases.add(a_case(1, blobs=(unit.blobs.put(content),)))
            unit.commit()
        yield Station(store, Scans(client=client, open_unit=store.unit, clock=lambda: datetime.now(UTC)))


def told_busy(lane: Scans) -> None:
    """The hall answered that it cannot just now; an answer that never came would be HALL_UNREACHABLE."""
    with pytest.raises(Refused) as told:
        lane.carry()
    assert told.value.failure is Failure.HALL_BUSY


def carry_all(lane: Scans) -> None:
    while lane.carry():
        pass


def test_a_bucket_that_is_killed_is_told_and_the_station_heals_when_it_is_back(
    bucket: Bucket, demo: Demo, device: Device, tmp_path: Path
) -> None:
    content, small = scan(600_000, 11), scan(9_000, 12)
    with station(demo, device, tmp_path, content) as here:
        assert here.lane.carry()
        bucket.kill()
        ticket = device.ticket(small)
        down = device.tus("POST", ticket.address, ticket.ticket, small, Upload_Length="9000")
        assert (down.status_code, down.json()["code"], down.headers["Retry-After"]) == (
            503,
            "room_down",
            "10",
        )
        told_busy(here.lane)
        device.push(device.received(f"down-{time.monotonic_ns()}"))  # Events do not care.
        bucket.start()
        # It comes back empty: the hall tells that the first piece is gone, and the station begins again.
        carry_all(here.lane)
    assert in_bucket(bucket, tmp_path) == {scan_name(hashlib.sha256(content).hexdigest()): content}
    assert in_folder(demo) == []


@pytest.mark.long
def test_a_bucket_that_says_nothing_is_told_in_time_and_the_upload_goes_on_where_it_was(
    bucket: Bucket, demo: Demo, device: Device, tmp_path: Path
) -> None:
    content = scan(600_000, 13)
    with station(demo, device, tmp_path, content) as here:
        assert here.lane.carry()
        other = device.ticket(scan(9_000, 14))
        begun = device.tus("POST", other.address, other.ticket, Upload_Length="9000")
        bucket.signal(signal.SIGSTOP)
        try:
            told_busy(here.lane)
            # Giving up begins by looking what is there; obstore by itself asks that again for three minutes.
            down = httpx2.delete(
                demo.hall_url + begun.headers["Location"],
                headers={"Authorization": f"Bearer {other.ticket}", "Tus-Resumable": "1.0.0"},
                trust_env=False,
                timeout=SCAN_TIMEOUT,
            )
            assert (down.status_code, down.json()["code"]) == (503, "room_down")
            device.push(device.received(f"silent-{time.monotonic_ns()}"))
        finally:
            bucket.signal(signal.SIGCONT)
        assert here.lane.carry()
        assert here.sent() == 2 * PIECE
        carry_all(here.lane)
    assert in_bucket(bucket, tmp_path)[scan_name(hashlib.sha256(content).hexdigest())] == content
