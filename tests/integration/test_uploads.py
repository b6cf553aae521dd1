"""Scans to a real hall over tus 1.0: whole or resumed, through cuts and kills, seen by nobody else, counted for the case."""

from __future__ import annotations

import hashlib
import random
import re
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from demo.environment import Demo
from demo.postgres import Postgres
from hall.blobs import open_room
from hall.database import open_database
from hall.devices import revoke
from hall.enrolment import add_station
from hall.uploads import UploadRefused, finish
from tests.fakes import scans
from tests.fakes.cases import a_case
from tests.fakes.cut_stream import CutStream, stream_to
from tests.fakes.device import ALL_SEEN as ALL
from tests.fakes.device import Answered, Device, department
from tests.fakes.newcomer import newcomer
from wire.codec import decode
from wire.messages import Change, ChangeKind, MaterialHow, MaterialOnWire, PapersChanged
from wire.messages import EventKind as Kind
from wire.uploads import MAX_SCAN_BYTES, PapersComplete, UploadTicket
from workstation.domain.failures import Failure, Refused
from workstation.storage.database import Store, open_store
from workstation.sync.client import Device as Signer
from workstation.sync.client import HallClient
from workstation.sync.scans import PIECE, Scans

KEY = bytes(range(32))
TEN_MB = MAX_SCAN_BYTES
OTHER_STATION = "440999"


# What the database decides holds on both: offsets, whose a scan is, when papers are complete.
ON_BOTH = re.compile("test_(a_small|an_upload_is_resumed|two_pieces|whether|papers|scans_and_events)")


# Where scan and case meet is seen on PostgreSQL by test_papers_meet.py every time.
_POSTGRES = pytest.param("postgres", marks=pytest.mark.long)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "demo" in metafunc.fixturenames:
        both = ON_BOTH.match(metafunc.function.__name__) is not None
        metafunc.parametrize("demo", ["sqlite", *([_POSTGRES] if both else [])], indirect=True)


@pytest.fixture(scope="module")
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    database = ""
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres_server")
        database = server.url(server.new_database())
    with Demo(
        tmp_path_factory.mktemp("uploads"),
        Path(sys.executable),
        with_card=False,
        departments=False,
        database=database,
    ) as started:
        engine = open_database(started.database)
        with engine.begin() as db:
            add_station(db, OTHER_STATION, "别处", "street")
        engine.dispose()
        yield started


@pytest.fixture
def device(demo: Demo) -> Device:
    return enrolled(demo)


def enrolled(demo: Demo, station: str = "440104") -> Device:
    return newcomer(demo, station)


def scan(size: int, seed: int) -> bytes:
    return b"%PDF-" + random.Random(seed).randbytes(size - 5)


def kept(demo: Demo, sha256: str) -> bytes:
    return (demo.root / "blobs" / sha256[:2] / sha256).read_bytes()


def parts(demo: Demo) -> list[Path]:
    return [path for path in (demo.root / "blobs" / "uploads").rglob("*") if path.is_file()]


# -- the protocol ----------------------------------------------------------------------------------------
def test_a_small_scan_goes_in_one_request_and_twice_is_once(demo: Demo, device: Device) -> None:
    content = scan(20_000, 1)
    name = device.upload(content)
    assert kept(demo, name) == content
    assert device.ticket(content).there
    assert parts(demo) == []


def test_what_is_spoken_is_told_to_everybody(device: Device) -> None:
    said = device.tus("OPTIONS", "/v1/uploads", "none")
    assert (said.status_code, said.headers["Tus-Version"]) == (204, "1.0.0")
    assert "creation-with-upload" in said.headers["Tus-Extension"]
    assert said.headers["Tus-Max-Size"] == str(MAX_SCAN_BYTES)


def test_an_upload_is_resumed_at_its_offset_and_nowhere_else(demo: Demo, device: Device) -> None:
    content = scan(50_000, 2)
    ticket = device.ticket(content)
    begun = device.tus("POST", ticket.address, ticket.ticket, Upload_Length="50000")
    assert (begun.status_code, begun.headers["Tus-Resumable"]) == (201, "1.0.0")
    assert "Upload-Expires" in begun.headers
    address = begun.headers["Location"]
    first = device.tus("PATCH", address, ticket.ticket, content[:20_000], Upload_Offset="0")
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "20000")
    wrong = device.tus("PATCH", address, ticket.ticket, content[:20_000], Upload_Offset="0")
    assert (wrong.status_code, wrong.json()["code"]) == (409, "offset")
    head = device.tus("HEAD", address, ticket.ticket)
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == ("20000", "50000")
    assert head.headers["Cache-Control"] == "no-store"
    again = device.ticket(content)
    assert (again.upload, again.offset, again.there) == (address, 20_000, False)
    too_much = device.tus("PATCH", address, ticket.ticket, bytes(30_001), Upload_Offset="20000")
    assert too_much.status_code == 413
    last = device.tus("PATCH", address, again.ticket, content[20_000:], Upload_Offset="20000")
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, "50000")
    # An answer that was lost can be asked again.
    assert device.tus("HEAD", address, ticket.ticket).headers["Upload-Offset"] == "50000"
    assert kept(demo, hashlib.sha256(content).hexdigest()) == content
    assert parts(demo) == []


@pytest.mark.parametrize(
    ("method", "headers", "status", "code"),
    [
        ("POST", {"Tus_Resumable": "0.2.2", "Upload_Length": "9000"}, 412, "tus_version"),
        ("POST", {"Upload_Length": "-1"}, 400, "length"),
        ("POST", {"Upload_Length": str(MAX_SCAN_BYTES + 1)}, 413, "too_large"),
        ("POST", {"Upload_Length": "8999"}, 422, "size"),
        ("POST", {"Authorization": "Bearer a.b", "Upload_Length": "9000"}, 401, "ticket"),
        ("POST", {"Authorization": "Basic x", "Upload_Length": "9000"}, 401, "ticket"),
        ("PATCH", {"Upload_Offset": "0"}, 404, "upload_unknown"),
    ],
)
def test_what_is_no_good_request_is_answered_by_a_code(
    device: Device, method: str, headers: dict[str, str], status: int, code: str
) -> None:
    ticket = device.ticket(scan(9_000, 3))
    path = ticket.address + ("/none" if method == "PATCH" else "")
    answer = device.tus(method, path, ticket.ticket, b"", Content_Type="text/plain", **headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Tus-Resumable"] == "1.0.0"


def test_other_bytes_than_announced_are_refused_and_nothing_is_left(demo: Demo, device: Device) -> None:
    content = scan(9_000, 4)
    ticket = device.ticket(content)
    answer = device.tus("POST", ticket.address, ticket.ticket, scan(9_000, 5), Upload_Length="9000")
    assert (answer.status_code, answer.json()["code"]) == (422, "hash")
    assert parts(demo) == []
    assert device.ticket(content).upload == ""
    plain = b"MZ" + bytes(9_000)
    with pytest.raises(Answered) as told:
        device.upload(plain)
    assert (told.value.status, told.value.code) == (422, "media")


def test_a_scan_over_the_limit_is_told_before_a_byte_is_sent(device: Device) -> None:
    with pytest.raises(Answered) as told:
        device.ticket(bytes(MAX_SCAN_BYTES + 1))
    assert (told.value.status, told.value.code) == (413, "too_large")


def test_a_ticket_is_for_one_scan_of_one_device_and_ends_with_it(demo: Demo, device: Device) -> None:
    content, other = scan(9_000, 6), scan(9_000, 7)
    ticket, others = device.ticket(content), device.ticket(other)
    address = device.tus("POST", ticket.address, ticket.ticket, Upload_Length="9000").headers["Location"]
    assert device.tus("HEAD", address, others.ticket).status_code == 404
    stranger = enrolled(demo)
    assert stranger.tus("HEAD", address, stranger.ticket(content).ticket).status_code == 404
    engine = open_database(demo.database)
    with engine.begin() as db:
        revoke(db, device.me.device)
    engine.dispose()
    shut_out = device.tus("PATCH", address, ticket.ticket, content, Upload_Offset="0")
    assert (shut_out.status_code, shut_out.json()["code"]) == (403, "device_revoked")


def test_whether_another_station_gave_a_scan_is_told_to_nobody(demo: Demo, device: Device) -> None:
    content = scan(9_000, 8)
    device.upload(content)
    elsewhere = enrolled(demo, OTHER_STATION)
    ticket = elsewhere.ticket(content)
    assert (ticket.there, ticket.upload, ticket.offset) == (False, "", 0)
    # And whoever gives it as well is answered as the first one was.
    answer = elsewhere.tus("POST", ticket.address, ticket.ticket, content, Upload_Length="9000")
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "9000")
    assert elsewhere.ticket(content).there


def test_an_upload_that_is_given_up_is_gone(demo: Demo, device: Device) -> None:
    content = scan(9_000, 9)
    ticket = device.ticket(content)
    begun = device.tus("POST", ticket.address, ticket.ticket, content[:500], Upload_Length="9000")
    address = begun.headers["Location"]
    assert len(parts(demo)) == 1
    assert device.tus("DELETE", address, ticket.ticket).status_code == 204
    assert device.tus("HEAD", address, ticket.ticket).status_code == 404
    assert parts(demo) == []


def test_a_room_that_is_down_costs_an_upload_time_and_nothing_else(demo: Demo, device: Device) -> None:
    content = scan(9_000, 14)
    ticket = device.ticket(content)
    begun = device.tus("POST", ticket.address, ticket.ticket, content[:500], Upload_Length="9000")
    address = begun.headers["Location"]
    away = (demo.root / "blobs" / "uploads").rename(demo.root / "away")
    (demo.root / "blobs" / "uploads").write_text("a file where the folder was")
    down = device.tus("PATCH", address, ticket.ticket, content[500:], Upload_Offset="500")
    assert (down.status_code, down.json()["code"], down.headers["Retry-After"]) == (503, "room_down", "10")
    device.push(device.received(f"down-{time.monotonic_ns()}"))  # Events do not care.
    (demo.root / "blobs" / "uploads").unlink()
    away.rename(demo.root / "blobs" / "uploads")
    assert device.tus("PATCH", address, ticket.ticket, content[500:], Upload_Offset="500").status_code == 204
    assert kept(demo, hashlib.sha256(content).hexdigest()) == content


def test_an_upload_that_was_given_up_this_moment_is_not_finished(demo: Demo) -> None:
    """Two requests of one upload: the one that comes to its end behind the other must not say that every byte is here."""
    engine = open_database(demo.database)
    with pytest.raises(UploadRefused) as caught:
        finish(engine, open_room(demo.root / "blobs"), "0" * 32, datetime.now(UTC))
    assert (caught.value.status, caught.value.code) == (404, "upload_unknown")
    engine.dispose()


def test_two_pieces_for_one_offset_are_one(demo: Demo, device: Device) -> None:
    """Two clients, or one whose first request lingers: the database decides, and no byte of the other counts."""
    content = scan(9_000, 15)
    for _ in range(5):
        ticket = device.ticket(content)
        begun = device.tus("POST", ticket.address, ticket.ticket, Upload_Length="9000")
        address = begun.headers["Location"]

        def send(size: int, ticket: UploadTicket = ticket, address: str = address) -> int:
            return device.tus("PATCH", address, ticket.ticket, content[:size], Upload_Offset="0").status_code

        with ThreadPoolExecutor(4) as pool:
            said = sorted(pool.map(send, (3_000, 4_000, 5_000, 6_000)))
        assert said == [204, 409, 409, 409]
    offset = int(device.tus("HEAD", address, ticket.ticket).headers["Upload-Offset"])
    rest = device.tus("PATCH", address, ticket.ticket, content[offset:], Upload_Offset=str(offset))
    assert rest.status_code == 204
    assert kept(demo, hashlib.sha256(content).hexdigest()) == content
    assert parts(demo) == []


# -- the papers of a case ------------------------------------------------------------------------------------
def scanned(*hashes: str) -> tuple[MaterialOnWire, ...]:
    return (MaterialOnWire("id_father", MaterialHow.SCANNED, None, hashes),)


def told_complete(device: Device, case: str) -> list[PapersComplete]:
    return [
        decode(PapersComplete, change.body)
        for change in all_pages(device)
        if change.subject == case and change.kind is ChangeKind.PAPERS_COMPLETE
    ]


def test_papers_are_complete_with_the_last_scan_and_not_before(demo: Demo, device: Device) -> None:
    case = f"papers-{time.monotonic_ns()}"
    one, two, late = scan(9_000, 10), scan(9_000, 11), scan(9_000, 12)
    names = [hashlib.sha256(each).hexdigest() for each in (one, two)]
    device.upload(one)  # before the event that names it
    device.push(device.received(case, materials=scanned(*names)))
    seen = device.accepted(case)
    device.push(seen)  # An acceptance does not wait for scans.
    assert told_complete(device, case) == []
    (task,) = [
        t for t in department(demo.hall_url, demo.department_token, "public_security") if t["case"] == case
    ]
    assert task["papers_coming"] == 1
    device.upload(two)
    (complete,) = told_complete(device, case)
    assert complete.scans == 2
    device.upload(two)
    assert len(told_complete(device, case)) == 1
    name = hashlib.sha256(late).hexdigest()
    more = (*(m for m in ALL if m.material != "id_father"), *scanned(*names, name))
    device.push(
        device.envelope(
            Kind.PAPERS_CHANGED, PapersChanged(f"R-{case}", "clerk", datetime.now(UTC), more), case
        )
    )
    assert len(told_complete(device, case)) == 1
    device.upload(late)
    assert [each.scans for each in told_complete(device, case)] == [2, 3]


def test_scans_and_events_that_arrive_at_once_leave_no_case_waiting(demo: Demo, device: Device) -> None:
    """Each side must see the other: a scan that arrives while its case is registered completes it all the same."""
    contents = [scan(2_000, 100 + n) for n in range(12)]
    cases = [f"race-{time.monotonic_ns()}-{n}" for n in range(12)]
    pushed = [
        device.received(case, materials=scanned(hashlib.sha256(content).hexdigest()))
        for case, content in zip(cases, contents, strict=True)
    ]
    with ThreadPoolExecutor(6) as pool:
        uploads = [pool.submit(device.upload, content) for content in contents]
        for event in pushed:
            device.push(event)
        for upload in uploads:
            upload.result()
    told = {c.subject for c in all_pages(device) if c.kind is ChangeKind.PAPERS_COMPLETE}
    assert told >= set(cases)


def all_pages(device: Device) -> list[Change]:
    found: list[Change] = []
    cursor = ""
    while (page := device.changes(cursor)).items:
        found += page.items
        cursor = page.cursor
    return found


def test_a_scan_of_another_station_completes_no_case_here(demo: Demo, device: Device) -> None:
    case = f"foreign-{time.monotonic_ns()}"
    content = scan(9_000, 13)
    enrolled(demo, OTHER_STATION).upload(content)
    device.push(device.received(case, materials=scanned(hashlib.sha256(content).hexdigest())))
    assert told_complete(device, case) == []


# -- the station's lane over a bad line ----------------------------------------------------------------------
@dataclass
class Lane:
    """A real store, the real client, and what carries its scans; no pause between the tries."""

    store: Store
    client: HallClient

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.scans = Scans(client=self.client, open_unit=self.store.unit, clock=lambda: datetime.now(UTC))

    def attach(self, content: bytes) -> None:
        with self.store.unit() as unit:
            sha256 = unit.blobs.put(content)
            unit.cases.add(a_case(unit.cases.count() + 1, blobs=(sha256,)))
            unit.commit()

    def carry(self, tries: int = 400) -> int:
        """Carry until all is there; return how often the line broke."""
        broken = 0
        for _ in range(tries):
            try:
                if not self.scans.carry():
                    return broken
            except Refused as refusal:
                if refusal.failure not in {Failure.HALL_UNREACHABLE, Failure.HALL_BUSY}:
                    raise
                broken += 1
        raise AssertionError("it does not get through")


@pytest.fixture
def line(demo: Demo) -> Iterator[CutStream]:
    with stream_to(urlsplit(demo.hall_url).port or 0) as cut:
        yield cut


@pytest.fixture
def lane(device: Device, line: CutStream, tmp_path: Path) -> Iterator[Lane]:
    client = HallClient(line.url, Signer(device.me, device.private), lambda: datetime.now(UTC))
    with closing(open_store(tmp_path / "station.db", KEY)) as store:
        yield Lane(store, client)
    client.close()


def test_ten_megabytes_arrive_over_a_line_that_is_cut_again_and_again(
    demo: Demo, lane: Lane, line: CutStream
) -> None:
    content = scan(TEN_MB, 20)
    lane.attach(content)
    line.cut_after = 700_000
    broken = lane.carry()
    assert line.cuts >= 10
    assert broken >= 10
    assert kept(demo, hashlib.sha256(content).hexdigest()) == content
    # No cut costs more than the piece it hit; headers, tickets and looks are small beside that.
    assert line.passed - len(content) <= (broken + 1) * (PIECE + 4_000)


@pytest.mark.long
def test_pieces_shorter_than_a_cut_still_get_through(demo: Demo, lane: Lane, line: CutStream) -> None:
    """Of a request that is cut off all that came is kept: a line that never carries one whole piece moves on."""
    content = scan(1_000_000, 21)
    lane.attach(content)
    line.cut_after = PIECE // 3
    lane.carry()
    assert kept(demo, hashlib.sha256(content).hexdigest()) == content


def test_a_hall_killed_in_the_middle_goes_on_where_it_was(demo: Demo, lane: Lane) -> None:
    content = scan(2_000_000, 22)
    lane.attach(content)
    for _ in range(3):
        assert lane.scans.carry()
    demo.kill_hall()
    with pytest.raises(Refused):
        lane.scans.carry()
    demo.start_hall()
    with lane.store.unit() as unit:
        (before,) = unit.blobs.uploads(9)
    lane.start()  # The station, too, has forgotten all but its rows.
    assert lane.scans.carry()
    with lane.store.unit() as unit:
        (after,) = unit.blobs.uploads(9)
    assert (before.sent, after.sent) == (3 * PIECE, 4 * PIECE)
    lane.carry()
    assert kept(demo, hashlib.sha256(content).hexdigest()) == content


def test_an_upload_that_the_hall_has_forgotten_when_it_is_asked_how_far_it_is_begins_anew(
    demo: Demo, lane: Lane, line: CutStream, device: Device
) -> None:
    """As after a restore: the answer to HEAD has no body to say so, and the scans behind it must not wait for ever."""
    content = scan(2 * PIECE, 26)
    lane.attach(content)
    assert lane.scans.carry()
    line.cut_after = 1_000  # from here on the station is not sure
    with pytest.raises(Refused):
        lane.scans.carry()
    line.cut_after = 0
    with lane.store.unit() as unit:
        (begun,) = unit.blobs.uploads(9)
    assert device.tus("DELETE", begun.address, device.ticket(content).ticket).status_code == 204
    assert lane.carry(20) == 0
    assert kept(demo, hashlib.sha256(content).hexdigest()) == content


def test_a_scan_of_which_the_hall_has_every_byte_and_no_more_is_not_taken_for_given(
    demo: Demo, lane: Lane
) -> None:
    """The room takes no scan at the moment of the last byte, and the station begins anew before it does."""
    content = scan(9_000, 25)
    sha256 = hashlib.sha256(content).hexdigest()
    lane.attach(content)
    blocked = demo.root / "blobs" / sha256[:2]
    assert not blocked.exists()
    blocked.write_text("a file where the folder would be")
    with pytest.raises(Refused):
        lane.scans.carry()
    lane.start()
    with pytest.raises(Refused):
        lane.scans.carry()
    blocked.unlink()
    lane.carry()
    assert kept(demo, sha256) == content


# -- what a department sees --------------------------------------------------------------------------------
def test_a_department_sees_the_papers_of_its_task_drawn_anew_and_no_other(demo: Demo, device: Device) -> None:
    case = f"shown-{time.monotonic_ns()}"
    page, broken = scans.png(90, 70), scan(9_000, 30)
    names = [hashlib.sha256(each).hexdigest() for each in (page, broken)]
    coming = "ab" * 32
    device.push(device.received(case, materials=scanned(*names, coming)))
    papers = tuple(m for m in ALL if m.material != "id_father") + scanned(*names, coming)
    device.push(device.accepted(case, materials=papers))
    device.upload(page)
    device.upload(broken)
    (task,) = [
        t for t in department(demo.hall_url, demo.department_token, "public_security") if t["case"] == case
    ]

    def look(who: str, sha256: str, token: str = "") -> httpx2.Response:
        return httpx2.get(
            f"{demo.hall_url}/v1/departments/{who}/tasks/{task['id']}/scans/{sha256}",
            headers={"Authorization": f"Bearer {token or f'{demo.department_token}-{who}'}"},
            trust_env=False,
            timeout=30,
        )

    shown = look("public_security", names[0])
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/png")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.content.startswith(b"\x89PNG")
    # A station that was taken over may upload anything that begins like a PDF: nobody's reader opens it.
    assert (look("public_security", names[1]).status_code) == 422
    assert look("public_security", coming).json()["code"] == "scan_coming"
    assert look("public_security", "cd" * 32).status_code == 404
    assert look("health", names[0]).status_code == 404
    assert look("public_security", names[0], token="x").status_code == 401
