"""街道 to 区 over real HTTP: the street receives for the district, the district opens the street's scans, accepts, and a
department decides; each office hears of it, and nobody else sees a thing."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import httpx2
import pytest

from demo.environment import Demo
from hall.__main__ import main
from tests.fakes.device import Answered, Device, department
from tests.fakes.scans import png
from wire.board import HallBoard
from wire.codec import decode, encode
from wire.forwarding import AcceptedThere, CaseCameIn, CaseForwarded, PapersTaken
from wire.keys import new_id
from wire.messages import (
    CaseAccepted,
    ChangeKind,
    EventKind,
    MaterialHow,
    MaterialOnWire,
    Party,
    PushStatus,
    Result,
    ResultCode,
    SubCaseOrder,
)

ITEM = "foreign-company-registration"  # by its routing the district's, and received at streets
SCAN, UNSENT, OWN = png(shade=10), png(shade=20), png(shade=30)
DISTRICT = "440100"


@dataclass
class Offices:
    demo: Demo
    street: Device
    district: Device
    community: Device


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    with Demo(
        tmp_path_factory.mktemp("district"), Path(sys.executable), with_card=False, review=False
    ) as demo:
        devices = []
        for code in (demo.enrol_code, demo.district_code, demo.community_code):
            device = Device(demo.hall_url)
            device.enrol(code)
            devices.append(device)
        yield Offices(demo, *devices)


def name_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def applied(device: Device, kind: EventKind, body: object, case: str, actor: str) -> None:
    (result,) = device.push(device.envelope(kind, body, case, actor))
    assert (result.status, result.code) == (PushStatus.APPLIED, None)


def look(device: Device, case: str, content: bytes, clerk: str = "district") -> bytes:
    return device.signed("GET", f"/v1/cases/{case}/scans/{name_of(content)}?clerk={clerk}", b"")


def refused(status: int, code: str) -> pytest.RaisesExc[Answered]:
    return pytest.RaisesExc(Answered, check=lambda answer: (answer.status, answer.code) == (status, code))


def received(offices: Offices, *, forward: bool = True) -> str:
    """A case that the street has received with scans, and handed to the district."""
    case = new_id()
    papers = (
        MaterialOnWire("id_applicant", MaterialHow.ORIGINAL_SEEN),
        MaterialOnWire("articles", MaterialHow.SCANNED, None, (name_of(SCAN), name_of(UNSENT))),
    )
    order = SubCaseOrder(ITEM, "1", "market_regulation", ())
    company = Party("广州测试示例有限公司", "113", "91440100MA5TETT005")
    street = offices.street
    envelope = street.received(
        case, f"R-{case}", sub_cases=(order,), bundle=None, materials=papers, applicant=company
    )
    assert street.push(envelope)[0].status is PushStatus.APPLIED
    street.upload(SCAN)
    if forward:
        told = CaseForwarded(f"R-{case}", "clerk", "窗口员", datetime.now(UTC), DISTRICT, "TRN1", ())
        applied(street, EventKind.CASE_FORWARDED, told, case, "clerk")
    return case


def decide(demo: Demo, name: str, case: str) -> None:
    """The department's own system decides the item that it has of a case."""
    (task,) = [
        each["id"] for each in department(demo.hall_url, demo.department_token, name) if each["case"] == case
    ]
    result = Result(ResultCode.GRANTED, "准予登记", name, "r", datetime.now(UTC))
    httpx2.post(
        f"{demo.hall_url}/v1/departments/{name}/tasks/{task}/decide",
        content=encode(result).encode(),
        headers={"Authorization": f"Bearer {demo.department_token}-{name}"},
        trust_env=False,
    ).raise_for_status()


def kinds(device: Device, case: str) -> list[ChangeKind]:
    return [change.kind for change in device.all_changes(case)]


def test_a_street_hands_a_case_to_its_district_that_accepts_it(offices: Offices) -> None:
    street, district = offices.street, offices.district
    case = received(offices)
    (came,) = [decode(CaseCameIn, each.body) for each in district.all_changes(case)]
    assert (came.from_name, came.received.station) == ("演示街道政务服务中心", "440104")
    taken = PapersTaken(f"R-{case}", "district", "区窗口员", datetime.now(UTC), "TRN1")
    applied(district, EventKind.PAPERS_TAKEN, taken, case, "district")
    promised = {ITEM: date(2026, 12, 1)}
    stands = tuple(replace(p, how=MaterialHow.ORIGINAL_SEEN) for p in came.received.materials)
    promise = MaterialOnWire("premises_promise", MaterialHow.ORIGINAL_SEEN)
    investor = MaterialOnWire("investor_proof", MaterialHow.SCANNED, None, (name_of(OWN),))
    accepted = CaseAccepted(
        f"R-{case}", "district", datetime.now(UTC), promised, (*stands, promise, investor)
    )
    applied(district, EventKind.CASE_ACCEPTED, accepted, case, "district")
    told = next(c for c in street.all_changes(case) if c.kind is ChangeKind.ACCEPTED_THERE)
    assert decode(AcceptedThere, told.body).station == DISTRICT
    # Each office has given what it has scanned: only then are the papers complete.
    street.upload(UNSENT)
    assert ChangeKind.PAPERS_COMPLETE not in kinds(street, case)
    district.upload(OWN)
    assert ChangeKind.PAPERS_COMPLETE in kinds(street, case)
    board = decode(HallBoard, street.signed("GET", "/v1/board?asker=supervisor", b""))
    assert {(row.station, row.level) for row in board.rows} >= {("440104", "street")}
    assert [row.open for row in board.owners if row.department == "market_regulation"] == [1]
    decide(offices.demo, "market_regulation", case)
    for office in (street, district):
        assert kinds(office, case)[-1] is ChangeKind.CASE_CONCLUDED


def test_the_district_opens_the_street_s_scans_and_each_look_is_written_down(
    offices: Offices, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    street, district, community = offices.street, offices.district, offices.community
    alone, case = received(offices, forward=False), received(offices)
    assert look(district, case, SCAN) == SCAN
    assert look(district, case, SCAN) == SCAN
    for device, asked, content, clerk, why in (
        (district, alone, SCAN, "district", (404, "scan_unknown")),  # not handed on
        (street, case, SCAN, "clerk", (404, "scan_unknown")),  # has its own
        (community, case, SCAN, "agent", (404, "scan_unknown")),
        (district, case, OWN, "district", (404, "scan_unknown")),  # of no paper of the case
        (district, "none", SCAN, "district", (404, "scan_unknown")),
        (district, case, SCAN, "clerk", (403, "actor")),  # nobody of that office
        (street, case, SCAN, "supervisor", (403, "role")),
    ):
        with refused(*why):
            look(device, asked, content, clerk)
    assert district.ticket(SCAN).there  # it has what it fetched: nothing goes up again
    monkeypatch.setattr(
        sys, "argv", ["hall", "scan-looks", "--database", str(offices.demo.database), "--case", case]
    )
    assert main() == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[1:] for line in listed] == [[DISTRICT, "district", case, name_of(SCAN)]] * 2


def test_a_scan_on_its_way_is_said_to_be(offices: Offices) -> None:
    case = received(offices)
    other = png(shade=77)
    papers = (MaterialOnWire("articles", MaterialHow.SCANNED, None, (name_of(other),)),)
    order = SubCaseOrder(ITEM, "1", "market_regulation", ())
    late = new_id()
    street = offices.street
    assert street.push(street.received(late, f"R-{late}", sub_cases=(order,), bundle=None, materials=papers))
    told = CaseForwarded(f"R-{late}", "clerk", "窗口员", datetime.now(UTC), DISTRICT, "TRN2", ())
    applied(street, EventKind.CASE_FORWARDED, told, late, "clerk")
    with refused(409, "scan_coming"):
        look(offices.district, late, other)
    street.upload(other)
    assert look(offices.district, late, other) == other
    assert look(offices.district, case, SCAN) == SCAN
