"""The hall as a process, over HTTP, with the simulated departments behind it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select

from catalogue.load import load_catalogue, read_sources
from catalogue.release import make_release, open_release
from demo.environment import Demo
from demo.postgres import Postgres
from demo.service import Service, free_ports
from hall.__main__ import CATALOGUE, CODES
from hall.database import open_database
from hall.devices import revoke
from hall.registries.belief import Impossible, in_our_codes
from hall.registries.over_http import read_codes
from hall.tables import lookups
from tests.fakes.device import Answered, Device, department
from tests.fakes.hall_command import hall_command
from tests.fakes.newcomer import code_for, newcomer
from tests.fakes.people import FATHER_ID, FATHER_NAME, MOTHER_ID, MOTHER_NAME
from tests.until import until
from wire.codec import decode, digest, encode
from wire.keys import key_id, new_id, public_of, unb64
from wire.messages import (
    CardChallenge,
    CardRandoms,
    CaseConcluded,
    CatalogueManifest,
    Change,
    ChangeKind,
    CodedResult,
    ElectronicCardQuery,
    ElectronicCardReply,
    EventKind,
    MaterialHow,
    MaterialOnWire,
    Outcome,
    PushStatus,
    Result,
    ResultCode,
    SlipCheck,
    SlipPrinted,
    SlipVoided,
    SubCaseMoved,
    SubCaseOrder,
    SubCaseState,
    VerificationReply,
)
from wire.seal import with_serial
from wire.sheets import Fate, OnPaper, PaperOfSlip, SlipSettled
from wire.signed import receipt_is_genuine, reply_is_genuine
from wire.slips import SlipFacts, SlipMandate, make_code
from workstation.sync.releases import ReleaseShelf

# What must hold on both databases: enrolment, push, the way of a case, feed, who asked what.
ON_BOTH = re.compile(
    "test_(a_code_enrols|same_|a_reused|what_lies|a_bad|hall_killed|a_bundle|a_cursor|the_log_of)"
)


# The intake is seen on both by test_hall_intake.py every time.
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
    root = tmp_path_factory.mktemp("hall")
    with Demo(root, Path(sys.executable), with_card=False, database=database) as started:
        yield started


@pytest.fixture
def device(demo: Demo) -> Device:
    return _enrolled(demo)


def _enrolled(demo: Demo) -> Device:
    return newcomer(demo)


def _case(name: str = "case") -> str:
    return f"{name}-{time.monotonic_ns()}"


def _of(changes: list[Change], kind: ChangeKind) -> list[Change]:
    return [change for change in changes if change.kind is kind]


# -- enrolment ---------------------------------------------------------------------------------------
def test_a_code_enrols_one_station_once(demo: Demo) -> None:
    code = code_for(demo.database)
    assert Device(demo.hall_url).enrol(code).station == "440104"
    with pytest.raises(Answered) as told:
        Device(demo.hall_url).enrol(code)
    assert (told.value.status, told.value.code) == (403, "enrol_code")


def test_a_key_without_proof_is_not_enrolled(demo: Demo) -> None:
    thief = Device(demo.hall_url)
    with pytest.raises(Answered) as told:
        thief.enrol("no such code")
    assert told.value.code == "enrol_code"


def test_a_revoked_device_is_shut_out(demo: Demo, device: Device) -> None:
    engine = open_database(demo.database)
    with engine.begin() as db:
        revoke(db, device.me.device)
    engine.dispose()
    with pytest.raises(Answered) as told:
        device.changes()
    assert (told.value.status, told.value.code) == (403, "device_revoked")


def test_a_key_that_has_pushed_before_is_shut_out_from_the_next_push_on(demo: Demo, device: Device) -> None:
    (result,) = device.push(device.received(_case()))
    assert result.status is PushStatus.APPLIED
    engine = open_database(demo.database)
    with engine.begin() as db:
        revoke(db, device.me.device)
    engine.dispose()
    with pytest.raises(Answered) as told:
        device.push(device.received(_case()))
    assert (told.value.status, told.value.code) == (403, "device_revoked")


def test_an_unknown_key_a_wrong_key_and_a_wrong_clock_are_told_apart(demo: Demo, device: Device) -> None:
    with pytest.raises(Answered) as told:
        Device(demo.hall_url, enrolment=replace(device.me, device="0" * 16)).changes()
    assert (told.value.status, told.value.code) == (401, "device_unknown")
    with pytest.raises(Answered) as told:
        Device(demo.hall_url, enrolment=device.me).changes()
    assert (told.value.status, told.value.code) == (401, "device_unknown")
    with pytest.raises(Answered) as told:
        Device(demo.hall_url, enrolment=device.me, key_id=key_id(public_of(device.private))).changes()
    assert (told.value.status, told.value.code) == (401, "signature")
    device.skew_s = 3600
    with pytest.raises(Answered) as told:
        device.changes()
    assert (told.value.status, told.value.code) == (401, "skewed")


# -- push --------------------------------------------------------------------------------------------
def test_same_envelope_three_times_at_once_is_one_case(device: Device) -> None:
    case = _case()
    event = device.received(case)
    with ThreadPoolExecutor(3) as pool:
        results = [r for (r,) in pool.map(lambda _: device.push(event), range(3))]
    assert sorted(r.status for r in results) == ["applied", "duplicate", "duplicate"]
    assert len({r.receipt for r in results}) == 1
    receipt = results[0].receipt
    assert receipt is not None
    assert receipt_is_genuine(receipt, unb64(device.me.hall_key))
    assert (receipt.event, receipt.sha256) == (event.id, event.sha256)
    assert len(_of(device.all_changes(case), ChangeKind.CASE_REGISTERED)) == 1


def test_same_id_with_another_body_is_refused_and_changes_nothing(device: Device) -> None:
    case = _case()
    event = device.received(case)
    device.push(event)
    body = event.body.replace("测小宝", "别人")
    (result,) = device.push(replace(event, body=body, sha256=digest(body)))
    assert (result.status, result.code, result.receipt) == (PushStatus.REJECTED, "id_reused", None)
    (result,) = device.push(replace(event, body=body))
    assert result.code == "id_reused"


@pytest.mark.parametrize("name", ["sm3", "md5", ""])
def test_an_envelope_with_another_digest_than_agreed_is_refused(device: Device, name: str) -> None:
    event = device.received(_case())
    (result,) = device.push(replace(event, digest=name))
    assert (result.status, result.code, result.receipt) == (PushStatus.REJECTED, "algorithm", None)
    (result,) = device.push(event)
    assert (result.status, device.me.algorithms.digest) == (PushStatus.APPLIED, "sha-256")


def test_a_reused_sequence_number_is_seen(device: Device) -> None:
    device.push(device.received(_case()))
    device.seq = 0
    (result,) = device.push(device.received(_case()))
    assert (result.status, result.code) == (PushStatus.REJECTED, "seq_reused")


def test_what_lies_between_may_come_later_and_a_broken_chain_is_refused(device: Device) -> None:
    first, second, third = (device.received(_case()) for _ in range(3))
    assert device.push(second)[0].status is PushStatus.APPLIED
    assert device.push(third)[0].status is PushStatus.APPLIED
    # The hole is known by its neighbours: only what fits between them may fill it.
    body = first.body.replace("测小宝", "别人")
    for wrong in (replace(first, prev="1" * 64), replace(first, id=new_id(), body=body, sha256=digest(body))):
        (refused,) = device.push(wrong)
        assert (refused.status, refused.code) == (PushStatus.REJECTED, "chain_broken")
    assert device.push(first)[0].status is PushStatus.APPLIED


def test_a_station_that_runs_far_ahead_is_told_to_wait(device: Device) -> None:
    event = device.received(_case())
    (early,) = device.push(replace(event, seq=event.seq + 10_001))
    assert (early.status, early.code) == (PushStatus.DEFERRED, "gap")


@pytest.mark.parametrize("seq", [0, -1])
def test_a_place_that_is_none_is_refused(device: Device, seq: int) -> None:
    (result,) = device.push(replace(device.received(_case()), seq=seq))
    assert (result.status, result.code) == (PushStatus.REJECTED, "seq_reused")


def test_a_body_that_does_not_fit_its_hash_is_refused(device: Device) -> None:
    event = device.received(_case())
    (result,) = device.push(replace(event, body=event.body + " "))
    assert (result.status, result.code) == (PushStatus.REJECTED, "hash")


def test_a_bad_event_stops_nobody_else(device: Device) -> None:
    good = device.received(_case("good"))
    bad = device.envelope(EventKind.CASE_RECEIVED, {"nonsense": 1}, _case("bad"))
    other = device.received(_case("other"))
    results = device.push(good, bad, other)
    assert [r.status for r in results] == [PushStatus.APPLIED, PushStatus.REJECTED, PushStatus.APPLIED]
    assert (results[1].code, results[1].receipt) == ("malformed", None)
    assert device.push(bad)[0].status is PushStatus.REJECTED


def test_acceptance_before_receipt_is_a_conflict(device: Device) -> None:
    (result,) = device.push(device.accepted(_case()))
    assert (result.status, result.code) == (PushStatus.CONFLICT, "case_unknown")


def test_one_station_cannot_speak_of_another_stations_case(device: Device) -> None:
    (result,) = device.push(device.received(_case(), station="999999"))
    assert (result.status, result.code) == (PushStatus.CONFLICT, "other_station")


def test_another_epoch_and_a_batch_in_another_name_are_refused_whole(device: Device) -> None:
    event = device.received(_case())
    with pytest.raises(Answered) as told:
        device.push(event, epoch="other")
    assert (told.value.status, told.value.code) == (409, "epoch_changed")
    with pytest.raises(Answered) as told:
        device.push(event, device="someone")
    assert told.value.status == 403
    assert device.push(event)[0].status is PushStatus.APPLIED


def test_hall_killed_between_commit_and_answer_gives_the_same_receipt_again(
    demo: Demo, device: Device
) -> None:
    event = device.received(_case())
    (first,) = device.push(event)  # its answer is as good as lost: the hall is killed
    demo.kill_hall()
    demo.start_hall()
    (again,) = device.push(event)
    assert again.status is PushStatus.DUPLICATE
    assert again.receipt == first.receipt


def test_too_much_is_refused_before_it_is_read(device: Device) -> None:
    with pytest.raises((Answered, httpx2.TransportError)) as told:
        device.signed("POST", "/v1/push", b"x" * 1_300_000)
    assert not isinstance(told.value, Answered) or told.value.status == 413


# -- the way of a case ---------------------------------------------------------------------------------
def test_a_bundle_is_decided_in_the_order_of_its_items_and_sealed(demo: Demo, device: Device) -> None:
    case = _case()
    device.push(device.received(case), device.accepted(case))
    until(lambda: _of(device.all_changes(case), ChangeKind.CASE_CONCLUDED))
    moves = [decode(SubCaseMoved, c.body) for c in _of(device.all_changes(case), ChangeKind.SUB_CASE_MOVED)]
    told = [(m.item, m.state) for m in moves]
    decided = told.index(("birth-registration", SubCaseState.DECIDED))
    for item in ("medical-insurance-newborn", "social-security-card-newborn"):
        assert told.index((item, SubCaseState.DISPATCHED)) > decided
    assert [c.rev for c in device.all_changes(case)] == list(range(1, len(device.all_changes(case)) + 1))
    concluded = decode(CaseConcluded, _of(device.all_changes(case), ChangeKind.CASE_CONCLUDED)[0].body)
    printed = SlipPrinted(f"R-{case}", "FIN", "S-1", 0, "supervisor", datetime.now(UTC))
    code = with_serial(concluded.seal, "S-1")
    assert _slip(demo, code).serial_known is False
    device.push(device.envelope(EventKind.SLIP_PRINTED, printed, case, "supervisor"))
    check = _slip(demo, code)
    assert (check.genuine, check.serial_known, check.project_no) == (True, True, concluded.project_no)
    assert {result for _, result in check.results} == {ResultCode.GRANTED}
    parts = code.split(".")
    assert _slip(demo, ".".join((parts[0], parts[1], parts[2][::-1], parts[3]))).reason == "signature"
    assert _slip(demo, "nonsense").reason == "malformed"


def test_the_hall_says_of_a_sheet_whether_it_is_genuine_altered_or_counts_no_more(
    demo: Demo, device: Device
) -> None:
    case = _case()
    device.push(device.received(case))
    mandate = decode(SlipMandate, device.signed("GET", "/v1/slips/mandate", b""))
    at, receipt = datetime.now(UTC), f"R-{case}"
    said = SlipFacts(f"{device.me.station}{case[-8:]}RCP1X", "RCP", "2", receipt, "ab" * 16, 0, False, at)
    code = make_code(said, device.private, mandate.token)
    early = _slip(demo, code)
    assert (early.genuine, early.state, early.serial_known) == (True, "genuine", False)  # not told yet
    printed = SlipPrinted(receipt, "RCP", said.serial, 0, "clerk", at, "2", said.content)
    device.push(device.envelope(EventKind.SLIP_PRINTED, printed, case, "clerk"))
    check = _slip(demo, code)
    assert (check.genuine, check.serial_known, check.receipt_no) == (True, True, receipt)
    # The device's key alone, which the hall knows, does for a provisional sheet.
    other = replace(said, serial=said.serial + "P", provisional=True)
    assert _slip(demo, make_code(other, device.private)).state == "provisional"
    # The same device signs other words under the same serial.
    lie = make_code(replace(said, content="cd" * 16), device.private, mandate.token)
    assert _slip(demo, lie).reason == "altered"
    for group in range(1, 5):
        parts = code.split(".")
        parts[group] = parts[group][:7] + ("A" if parts[group][7] != "A" else "B") + parts[group][8:]
        assert _slip(demo, ".".join(parts)).reason in ("signature", "malformed")
    out = SlipSettled(case, receipt, "RCP", said.serial, 0, Fate.OUT, "", "clerk", at)
    assert _paper(demo, code) == PaperOfSlip(OnPaper.UNCONFIRMED, said.serial, "RCP")
    device.push(device.envelope(EventKind.SLIP_SETTLED, out, said.serial, "clerk"))
    assert _paper(demo, code) == PaperOfSlip(OnPaper.OUT, said.serial, "RCP", settled_at=at)
    assert _paper(demo, lie) == PaperOfSlip(OnPaper.UNKNOWN)
    void = SlipVoided(receipt, "RCP", said.serial, "replaced", "S-NEW", "clerk", at)
    device.push(device.envelope(EventKind.SLIP_VOIDED, void, case, "clerk"))
    gone = _slip(demo, code)
    assert (gone.genuine, gone.reason, gone.replaced_by) == (False, "replaced", "S-NEW")


def _paper(demo: Demo, code: str) -> PaperOfSlip:
    answer = httpx2.get(f"{demo.hall_url}/v1/slips/paper", params={"code": code}, trust_env=False)
    return decode(PaperOfSlip, answer.content)


def _slip(demo: Demo, code: str) -> SlipCheck:
    answer = httpx2.get(f"{demo.hall_url}/v1/slips/check", params={"code": code}, trust_env=False)
    return decode(SlipCheck, answer.content)


def test_a_cursor_continues_and_one_of_another_epoch_is_gone(device: Device) -> None:
    first = device.changes()
    device.push(device.received(_case()))
    later = device.changes(first.cursor)
    assert len(later.items) == 1
    assert device.changes(later.cursor).items == ()
    with pytest.raises(Answered) as told:
        device.changes("0000.5")
    assert (told.value.status, told.value.code) == (410, "cursor_gone")


# -- verification ----------------------------------------------------------------------------------------
def _ask(device: Device, **changes: object) -> VerificationReply:
    query = device.query(**changes)
    reply = decode(VerificationReply, device.signed("POST", "/v1/verify", encode(query).encode()))
    assert reply_is_genuine(reply, unb64(device.me.hall_key))
    assert reply.query == query.id
    return reply


MARRIAGE = {
    "rule": "marriage",
    "service": "marriage.pair",
    "replaces": "marriage_certificate",
    "params": {
        "man_name": FATHER_NAME,
        "man_id": FATHER_ID,
        "woman_name": MOTHER_NAME,
        "woman_id": MOTHER_ID,
    },
}


def test_an_answer_holds_the_minimal_facts_only(device: Device) -> None:
    reply = _ask(device, **MARRIAGE)
    assert reply.outcome is Outcome.RECORD_FOUND
    assert set(reply.facts) == {"record_date"}  # the register also said where: that stays inside
    household = _ask(device)
    assert set(household.facts) == {"household_no", "address"}
    assert household.evidence_no.startswith("HJ")


def test_no_record_is_no_record_and_tells_nothing(device: Device) -> None:
    other = {**MARRIAGE["params"], "man_id": MOTHER_ID}  # type: ignore[dict-item]
    reply = _ask(device, **{**MARRIAGE, "params": other})
    assert (reply.outcome, dict(reply.facts)) == (Outcome.NO_RECORD, {})


def test_a_household_of_another_name_is_no_match_and_shows_no_address(device: Device) -> None:
    reply = _ask(device, params={"name": "别人", "id_no": MOTHER_ID})
    assert (reply.outcome, dict(reply.facts)) == (Outcome.NO_MATCH, {})


@pytest.mark.parametrize("missing", ["case", "item", "purpose", "legal_basis", "replaces", "clerk"])
def test_no_reason_no_answer(device: Device, missing: str) -> None:
    query = device.query(**{missing: " "})
    with pytest.raises(Answered) as told:
        device.signed("POST", "/v1/verify", encode(query).encode())
    assert (told.value.status, told.value.code) == (403, "purpose")


@pytest.mark.parametrize(
    "changes",
    [
        {"item": "birth-plan-registration"},  # an item that may not ask for households
        {**MARRIAGE, "item": "medical-insurance-newborn"},
        {"rule": "household_father", "replaces": "marriage_certificate"},
        {"service": "income.check"},
        {"params": {"id_no": MOTHER_ID}},
    ],
)
def test_a_look_up_that_the_item_does_not_list_is_denied(device: Device, changes: dict[str, object]) -> None:
    reply = _ask(device, **changes)
    assert (reply.outcome, dict(reply.facts), reply.evidence_no) == (Outcome.DENIED, {}, "")


@pytest.mark.parametrize("mode", ["down", "slow", "babbling"])
def test_a_register_in_trouble_is_unavailable_and_never_a_guess(
    demo: Demo, device: Device, mode: str
) -> None:
    _control(demo, "household", mode)
    try:
        reply = _ask(device)
        assert (reply.outcome, dict(reply.facts), reply.evidence_no) == (Outcome.UNAVAILABLE, {}, "")
        assert _ask(device, **MARRIAGE).outcome is Outcome.RECORD_FOUND
    finally:
        _control(demo, "household", "up")


def _control(demo: Demo, register: str, mode: str) -> None:
    httpx2.post(
        f"{demo.departments.url}/control", json={"register": register, "mode": mode}, trust_env=False
    ).raise_for_status()


def test_the_log_of_look_ups_names_who_and_why_and_no_person(demo: Demo, device: Device) -> None:
    query = device.query(case="case-for-log")
    device.signed("POST", "/v1/verify", encode(query).encode())
    engine = open_database(demo.database)
    with engine.begin() as db:
        row = db.execute(select(lookups).where(lookups.c.query == query.id)).one()
    engine.dispose()
    text = json.dumps(list(row), ensure_ascii=False)
    assert "clerk" in text
    assert "核验户籍" in text
    assert MOTHER_ID not in text
    assert MOTHER_NAME not in text


# -- departments -----------------------------------------------------------------------------------------
@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[Demo]:
    """A hall whose departments leave the decisions to people."""
    with Demo(tmp_path, Path(sys.executable), with_card=False, review=False) as started:
        yield started


def test_a_reviewer_decides_on_the_page(quiet: Demo) -> None:
    device = _enrolled(quiet)
    case = _case()
    device.push(device.received(case), device.accepted(case))
    page = httpx2.Client(base_url=quiet.hall_url, trust_env=False, follow_redirects=True)
    with page:
        desk = "/desk/public_security"
        assert "登录" in page.get(desk).text
        wrong = page.post(f"{desk}/sign-in", data={"login": "reviewer", "password": "x"})
        assert wrong.status_code == 403
        queue = page.post(f"{desk}/sign-in", data={"login": "reviewer", "password": "demo-reviewer"}).text
        assert "出生登记" in queue
        assert MOTHER_NAME not in queue  # masked in the list
        link = re.search(r'href="(/desk/public_security/\d+)"', queue)
        assert link
        detail = page.get(link[1]).text
        assert "测小宝" in detail
        mark = re.search(r'name="mark" value="(\w+)"', detail)
        assert mark
        # Without the form's own mark nothing happens, nor before the task is taken; without a reason and its law no denial.
        told = {"mark": mark[1], "code": "denied"}
        page.post(f"{link[1]}/take", data={"mark": "0"})
        assert "先接办" in page.post(f"{link[1]}/decide", data={**told, "text": "x", "basis": "y"}).text
        assert "决定" in page.post(f"{link[1]}/take", data={"mark": mark[1]}).text
        denied = page.post(f"{link[1]}/decide", data=told)
        assert denied.status_code == 422
        assert "理由" in denied.text
        told["text"] = "材料不符"
        assert "必须写明条款" in page.post(f"{link[1]}/decide", data=told).text
        told["basis"] = "户口登记条例第七条"
        assert "核对后提交" in page.post(f"{link[1]}/decide", data=told).text
        assert "决定已提交" in page.post(f"{link[1]}/decide", data={**told, "confirmed": "yes"}).text
        assert "没有待办件" in page.get(desk).text
        # A session of one department opens no other's page.
        assert "登录" in page.get("/desk/health").text
    moves = [decode(SubCaseMoved, c.body) for c in _of(device.all_changes(case), ChangeKind.SUB_CASE_MOVED)]
    results = {m.item: m.result.code for m in moves if m.result}
    assert results == {
        "birth-registration": ResultCode.DENIED,
        "medical-insurance-newborn": ResultCode.RETURNED,
        "social-security-card-newborn": ResultCode.RETURNED,
    }
    assert _of(device.all_changes(case), ChangeKind.CASE_CONCLUDED)


def test_a_department_needs_its_token_and_decides_its_own_tasks_once(quiet: Demo) -> None:
    device = _enrolled(quiet)
    case = _case()
    device.push(device.received(case), device.accepted(case))
    token = quiet.department_token
    (task,) = department(quiet.hall_url, token, "public_security")
    assert department(quiet.hall_url, token, "health") == []
    result = encode(Result(ResultCode.GRANTED, "准予办理", "公安", "r", datetime.now(UTC))).encode()

    def decide(name: str, bearer: str) -> int:
        address = f"{quiet.hall_url}/v1/departments/{name}/tasks/{task['id']}/decide"
        headers = {"Authorization": f"Bearer {bearer}"}
        return httpx2.post(address, content=result, headers=headers, trust_env=False).status_code

    assert decide("public_security", "wrong") == 401
    assert decide("public_security", f"{token}-health") == 401
    assert decide("health", f"{token}-health") == 409
    assert decide("public_security", f"{token}-public_security") == 204
    assert decide("public_security", f"{token}-public_security") == 204  # told again: the same decision
    other = encode(Result(ResultCode.GRANTED, "另一个决定", "公安", "r", datetime.now(UTC))).encode()
    result = other
    assert decide("public_security", f"{token}-public_security") == 409


def test_a_department_hears_which_situation_the_case_is_in(quiet: Demo) -> None:
    device = _enrolled(quiet)
    case = _case()
    order = SubCaseOrder("senior-card-first", "1", "civil_affairs", (), "resident")
    seen = tuple(
        MaterialOnWire(paper, MaterialHow.ORIGINAL_SEEN)
        for paper in ("id_applicant", "household_book_applicant", "residence_permit", "photo_small")
    )
    received = device.received(case, bundle=None, sub_cases=(order,))
    device.push(received, device.accepted(case, materials=seen))
    (task,) = department(quiet.hall_url, quiet.department_token, "civil_affairs")
    assert task["situation"] == "持有效居住证"


def test_a_digit_means_what_the_departments_own_list_says(quiet: Demo) -> None:
    """1 is a refusal in list A and a return in list B (domain.md 3.2); a code that no list has decides nothing."""
    device = _enrolled(quiet)
    token = quiet.department_token

    def decide(codes: str, code: str) -> tuple[int, list[Change]]:
        case = _case(codes)
        device.push(device.received(case), device.accepted(case))
        task = department(quiet.hall_url, token, "public_security")[-1]
        said = CodedResult(
            codes, code, "不予办理", "公安", "r", datetime.now(UTC), basis="户口登记条例第七条"
        )
        answer = httpx2.post(
            f"{quiet.hall_url}/v1/departments/public_security/tasks/{task['id']}/decide?coded=true",
            content=encode(said).encode(),
            headers={"Authorization": f"Bearer {token}-public_security"},
            trust_env=False,
        )
        return answer.status_code, device.all_changes(case)

    for codes, meant in (("A", ResultCode.DENIED), ("B", ResultCode.RETURNED)):
        status, changes = decide(codes, "1")
        assert status == 204
        moved = [decode(SubCaseMoved, change.body) for change in _of(changes, ChangeKind.SUB_CASE_MOVED)]
        assert meant in {move.result.code for move in moved if move.result is not None}
    for codes, code in (("A", "9"), ("C", "1")):
        status, changes = decide(codes, code)
        assert status == 422
        assert not _of(changes, ChangeKind.CASE_CONCLUDED)


# -- logs ------------------------------------------------------------------------------------------------
def test_the_halls_log_names_no_person(demo: Demo, device: Device) -> None:
    device.push(device.received(_case()))
    with pytest.raises(Answered):
        device.signed("POST", "/v1/push", b'{"' + MOTHER_ID.encode() + b'": 1}')
    log = (demo.root / "hall.log").read_text()
    assert MOTHER_ID not in log
    assert MOTHER_NAME not in log


# -- electronic cards ------------------------------------------------------------------------------------
def _token(demo: Demo, id_no: str = MOTHER_ID) -> str:
    """Take what the simulated phone of a person shows."""
    phone = f"{demo.departments.url}/electronic-cards/issue"
    return str(httpx2.post(phone, json={"id_no": id_no}, trust_env=False).json()["token"])


def _whose(device: Device, query: ElectronicCardQuery) -> ElectronicCardReply:
    body = device.signed("POST", "/v1/cards/electronic", encode(query).encode())
    return decode(ElectronicCardReply, body)


def _not_told(device: Device, query: ElectronicCardQuery) -> tuple[int, str]:
    with pytest.raises(Answered) as refused:
        _whose(device, query)
    return refused.value.status, refused.value.code


def test_a_code_from_a_phone_says_once_whose_it_is(demo: Demo, device: Device) -> None:
    query = ElectronicCardQuery(new_id(), _token(demo), "clerk")
    reply = _whose(device, query)
    assert (reply.name, reply.id_no, reply.query) == (MOTHER_NAME, MOTHER_ID, query.id)
    assert reply_is_genuine(reply, unb64(device.me.hall_key))
    assert not reply_is_genuine(replace(reply, name=FATHER_NAME), unb64(device.me.hall_key))
    assert _not_told(device, replace(query, id=new_id())) == (403, "card_token")


@pytest.mark.parametrize("token", ["", " ", "never issued", "x" * 1025])
def test_a_code_that_nobody_issued_is_refused(device: Device, token: str) -> None:
    assert _not_told(device, ElectronicCardQuery(new_id(), token, "clerk")) == (403, "card_token")


def test_who_asks_whose_card_it_is_is_named_and_stands_in_the_log_whatever_came_of_it(
    demo: Demo, device: Device
) -> None:
    for clerk in ("", " ", "nobody-here"):
        assert _not_told(device, ElectronicCardQuery(new_id(), _token(demo), clerk)) == (403, "actor")
    refused = ElectronicCardQuery(new_id(), "never issued", "clerk")
    assert _not_told(device, refused) == (403, "card_token")
    told = ElectronicCardQuery(new_id(), _token(demo), "clerk")
    reply = _whose(device, told)
    # One id is one question: a second one under it would be asked under the entry of the first.
    assert _not_told(device, replace(told, token=_token(demo))) == (403, "card_token")
    engine = open_database(demo.database)
    with engine.begin() as db:
        chosen = select(lookups.c.clerk, lookups.c.outcome, lookups.c.evidence_no)
        assert db.execute(chosen.where(lookups.c.query == refused.id)).all() == [("clerk", "denied", "")]
        seen = db.execute(chosen.where(lookups.c.query == told.id)).all()
        assert seen == [("clerk", "match", reply.evidence_no)]
    engine.dispose()


def test_the_token_stands_in_no_log_and_no_table(demo: Demo, device: Device) -> None:
    token = _token(demo)
    _whose(device, ElectronicCardQuery(new_id(), token, "clerk"))
    _not_told(device, ElectronicCardQuery(new_id(), token, "clerk"))
    kept = [each for each in demo.root.rglob("*") if each.is_file()]
    assert len(kept) > 3
    assert [each.name for each in kept if token.encode() in each.read_bytes()] == []


def test_a_platform_that_is_down_is_told_as_such(demo: Demo, device: Device) -> None:
    token = _token(demo)
    demo.departments.end()
    try:
        told = _not_told(device, ElectronicCardQuery(new_id(), token, "clerk"))
    finally:
        demo.departments.start()
        demo.departments.wait("/health")
    assert told == (424, "card_verifier_down")


def test_a_hall_with_nothing_configured_reads_no_code_and_gives_no_key(
    demo: Demo, device: Device, tmp_path: Path
) -> None:
    """What a hall is without --electronic-cards and --card-keys: it refuses, and keeps nothing of what it was sent."""
    (port,) = free_ports(1)
    serve = [
        sys.executable,
        "-m",
        "hall",
        "serve",
        "--port",
        str(port),
        "--database",
        demo.database,
    ]
    bare = Service(
        "bare", [*serve, "--departments", demo.departments.url], port, folder=tmp_path, env=os.environ
    )
    bare.start()
    try:
        bare.wait("/v1/health")
        asker = replace(device, url=bare.url)
        token = _token(demo)
        assert _not_told(asker, ElectronicCardQuery(new_id(), token, "clerk")) == (404, "no_card_verifier")
        randoms = CardRandoms("00" * 8, "00" * 8)
        challenge = CardChallenge("440100", "00" * 13, "sm4", "00" * 16, randoms, None)
        with pytest.raises(Answered) as refused:
            asker.signed("POST", "/v1/cards/cryptograms", encode(challenge).encode())
        assert (refused.value.status, refused.value.code) == (404, "no_card_keys")
    finally:
        bare.end()
    assert token.encode() not in bare.log.read_bytes()
    # The control: the token was good, and the demo's own hall has a verifier.
    assert _whose(device, ElectronicCardQuery(new_id(), token, "clerk")).id_no == MOTHER_ID


# -- releases of the catalogue ---------------------------------------------------------------------------
def _publish(demo: Demo, release: Path) -> subprocess.CompletedProcess[str]:
    return hall_command("publish", "--database", demo.database, "--files", demo.root, release)


def test_a_published_release_reaches_a_station_and_a_broken_one_is_not_published(
    demo: Demo, device: Device, tmp_path: Path
) -> None:
    shelf = ReleaseShelf(tmp_path / "shelf", lambda: open_release(b""))
    shelf.trust(unb64(device.me.hall_key))

    def pull() -> None:
        manifest = decode(CatalogueManifest, device.signed("GET", "/v1/catalogue", b""))
        shelf.offer(manifest, lambda sha: device.signed("GET", f"/v1/catalogue/{sha}", b""))

    pull()  # the hall gives out the catalogue it runs on from its first start
    assert shelf.current().version == "2026.11"
    sources = read_sources(CATALOGUE)
    made = tmp_path / "release.zip"
    made.write_bytes(make_release(replace(sources, release={"version": "2026.12"})))
    told = _publish(demo, made)
    assert (told.returncode, told.stdout.split()[:2]) == (0, ["2", "2026.12"])
    assert _publish(demo, made).stdout == told.stdout  # the newest again is no new one
    pull()
    assert shelf.current().version == "2026.12"
    # The same version with another content would change the meaning of cases.
    made.write_bytes(make_release(replace(sources, release={"version": "2026.12"}, bundles={})))
    refused = _publish(demo, made)
    assert (refused.returncode, "VersionTaken" in refused.stderr) == (1, True)
    made.write_bytes(b"PK junk")
    assert "CatalogueBroken" in _publish(demo, made).stderr
    pull()
    assert shelf.current().version == "2026.12"


@pytest.mark.parametrize("name", ["0" * 64, "..hall.db", "x"])
def test_a_release_that_is_not_there_is_refused(device: Device, name: str) -> None:
    with pytest.raises(Answered) as refused:
        device.signed("GET", f"/v1/catalogue/{name}", b"")
    assert refused.value.status == 404


def test_what_a_department_writes_in_words_comes_in_our_codes(demo: Demo, device: Device) -> None:
    """The federation says 肢体 and 二级; the table of this hall makes the codes of GB/T 26341 of it."""
    reply = _ask(
        device,
        item="disability-subsidies",
        rule="disability",
        service="disability.check",
        replaces="disability_card",
    )
    assert (reply.facts["category"], reply.facts["level"]) == ("4", "2")
    assert "diagnosis" not in reply.facts


def test_a_word_that_is_in_no_table_makes_the_answer_unusable() -> None:
    codes = read_codes(CODES)
    assert in_our_codes("disability.check", {"level": "二级"}, codes) == {"level": "2"}
    assert in_our_codes("household.check", {"address": "很重"}, codes) == {"address": "很重"}
    for word in ("很重", "2"):
        with pytest.raises(Impossible, match=r"code\.level"):
            in_our_codes("disability.check", {"level": word}, codes)


def test_every_code_of_the_table_is_one_of_the_catalogue() -> None:
    catalogue = load_catalogue(CATALOGUE)
    fills = {
        (rule.service, fact): catalogue.elements[key]
        for item in catalogue.items.values()
        for rule in item.verifications
        for key, fact in rule.fills.items()
    }
    for service, facts in read_codes(CODES).items():
        for fact, words in facts.items():
            if service == "marriage.single":
                # Shown to the clerk and written into no field: 1 married, 2 divorced.
                assert set(words.values()) == {"1", "2"}
                continue
            element = fills[service, fact]
            assert element.code_list is not None
            known = {code for code, _ in catalogue.code_lists[element.code_list].entries}
            assert set(words.values()) <= known
