"""A real hall whose scans go to a bucket (`serve --blobs s3://...`): whole by tus, and the bucket killed, silent, and back."""

from __future__ import annotations

import hashlib
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from demo.environment import Demo
from hall.blobs import open_room, scan_name
from tests.fakes.bucket import Bucket
from tests.fakes.cases import a_case
from tests.fakes.device import Device
from tests.fakes.newcomer import newcomer
from workstation.domain.failures import Failure, Refused
from workstation.storage.database import open_store
from workstation.sync.client import Device as Signer
from workstation.sync.client import HallClient
from workstation.sync.scans import Scans

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


def test_a_bucket_that_is_killed_is_told_and_the_station_heals_when_it_is_back(
    bucket: Bucket, demo: Demo, device: Device, tmp_path: Path
) -> None:
    content = scan(600_000, 11)
    client = HallClient(demo.hall_url, Signer(device.me, device.private), lambda: datetime.now(UTC))
    with closing(client), closing(open_store(tmp_path / "station.db", KEY)) as store:
        lane = Scans(client=client, open_unit=store.unit, clock=lambda: datetime.now(UTC))
        with store.unit() as unit:
            unit.cases.add(a_case(1, blobs=(unit.blobs.put(content),)))
            unit.commit()
        assert lane.carry()  # one piece is in the bucket
        bucket.kill()
        small = scan(9_000, 12)
        ticket = device.ticket(small)
        down = device.tus("POST", ticket.address, ticket.ticket, small, Upload_Length="9000")
        assert (down.status_code, down.json()["code"], down.headers["Retry-After"]) == (503, "room_down", "10")
        with pytest.raises(Refused) as told:
            lane.carry()
        assert told.value.failure is Failure.HALL_BUSY
        device.push(device.received(f"down-{time.monotonic_ns()}"))  # Events do not care.
        bucket.start()
        # It comes back empty, the piece is gone: the hall tells, and the station gives the scan again from its start.
        while lane.carry():
            pass
    assert in_bucket(bucket, tmp_path) == {scan_name(hashlib.sha256(content).hexdigest()): content}
    assert in_folder(demo) == []


def test_a_bucket_that_says_nothing_is_told_and_the_upload_goes_on_where_it_was(
    bucket: Bucket, demo: Demo, device: Device, tmp_path: Path
) -> None:
    content = scan(9_000, 13)
    ticket = device.ticket(content)
    begun = device.tus("POST", ticket.address, ticket.ticket, content[:500], Upload_Length="9000")
    address = begun.headers["Location"]
    bucket.signal(signal.SIGSTOP)
    try:
        t=time.monotonic()
        down = device.tus("PATCH", address, ticket.ticket, content[500:], Upload_Offset="500")
        print("T", time.monotonic()-t)
        assert (down.status_code, down.json()["code"]) == (503, "room_down")
        device.push(device.received(f"silent-{time.monotonic_ns()}"))
    finally:
        bucket.signal(signal.SIGCONT)
    assert device.tus("PATCH", address, ticket.ticket, content[500:], Upload_Offset="500").status_code == 204
    assert in_bucket(bucket, tmp_path)[scan_name(hashlib.sha256(content).hexdigest())] == content
