"""The hall over HTTP as the client sees it: signed requests, checked answers, every trouble one of our codes."""

from __future__ import annotations

import hashlib
import logging
import socket
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fakes.cases import DEVICE_KEY, HALL_KEY, MOTHER, NOW, an_enrolment
from tests.fakes.hall import Answer, HallSimulator, running_hall, trouble
from wire.codec import encode
from wire.keys import b64, key_id, new_private, public_of, sign
from wire.messages import Outcome, VerificationQuery
from wire.signed import sign_reply
from wire.uploads import UploadAsked
from workstation.domain.failures import Failure, Refused
from workstation.sync.client import Device, HallClient, HallEnroller

QUERY = VerificationQuery(
    id="q1",
    case="case-0001",
    item="birth-registration",
    rule="household_mother",
    service="household.check",
    purpose="核验户籍",
    legal_basis="716",
    replaces="household_book",
    clerk="clerk",
    sponsor=MOTHER,
    params={"name": MOTHER.name, "id_no": MOTHER.id_no},
)


@pytest.fixture
def hall() -> Iterator[HallSimulator]:
    with running_hall() as running:
        yield running


@pytest.fixture
def client(hall: HallSimulator) -> Iterator[HallClient]:
    made = HallClient(hall.url, Device(an_enrolment(), DEVICE_KEY), lambda: NOW)
    yield made
    made.close()


def refusal(client: HallClient) -> Refused:
    with pytest.raises(Refused) as caught:
        client.verify(QUERY)
    return caught.value


def test_a_look_up_is_answered_with_the_halls_signature(client: HallClient) -> None:
    reply = client.verify(QUERY)
    assert (reply.query, reply.outcome, dict(reply.facts)) == ("q1", Outcome.MATCH, {"household_no": "1"})


@pytest.mark.parametrize(
    "forged",
    [
        lambda reply: replace(reply, facts={"household_no": "2"}),
        lambda reply: replace(reply, outcome=Outcome.NO_RECORD),
        lambda reply: replace(reply, signature=""),
        lambda reply: sign_reply(reply, new_private()),
        lambda reply: sign_reply(replace(reply, query="q2"), HALL_KEY),
        lambda reply: sign_reply(replace(reply, service="marriage.pair"), HALL_KEY),
    ],
    ids=["fact", "outcome", "unsigned", "another hall", "another question", "another service"],
)
def test_an_answer_that_the_hall_did_not_sign_to_this_question_is_untrusted(
    hall: HallSimulator, client: HallClient, forged: object
) -> None:
    hall.changes_reply = forged  # type: ignore[assignment]
    assert refusal(client).failure is Failure.HALL_ANSWER_UNTRUSTED


def test_every_request_is_signed_by_the_device(hall: HallSimulator) -> None:
    stranger = HallClient(hall.url, Device(an_enrolment(), new_private()), lambda: NOW)
    late = HallClient(hall.url, Device(an_enrolment(), DEVICE_KEY), lambda: NOW + timedelta(minutes=6))
    found = refusal(stranger)
    assert (found.failure, found.details["code"]) == (Failure.HALL_REFUSED, "unknown_key")
    before = len(hall.requests)
    late.verify(QUERY)  # signed with the wrong time, told so, and signed anew with the hall's
    assert (len(hall.requests) - before, late.time.behind_s()) == (2, -360)
    for made in (stranger, late):
        made.close()


def test_a_request_that_something_between_has_sent_twice_is_asked_anew_once(
    hall: HallSimulator, client: HallClient
) -> None:
    hall.troubles = [trouble(401, "replayed")]
    assert client.verify(QUERY).outcome is Outcome.MATCH
    hall.troubles = [trouble(401, "replayed")] * 2
    assert refusal(client).details["code"] == "replayed"


@pytest.mark.parametrize(
    ("answer", "failure", "details"),
    [
        (trouble(403, "device_revoked"), Failure.DEVICE_REVOKED, {"code": "device_revoked"}),
        (trouble(401, "device_unknown"), Failure.HALL_REFUSED, {"code": "device_unknown"}),
        (trouble(401, "skewed"), Failure.CLOCK_SKEWED, {"code": "skewed"}),
        (trouble(403, "purpose"), Failure.HALL_REFUSED, {"code": "purpose"}),
        (trouble(409, "epoch_changed"), Failure.HALL_REFUSED, {"code": "epoch_changed"}),
        (trouble(410, "cursor_gone"), Failure.HALL_REFUSED, {"code": "cursor_gone"}),
        (trouble(413, "too_large"), Failure.HALL_REFUSED, {"code": "too_large"}),
        (trouble(404, "no_card_verifier"), Failure.QR_VERIFIER_MISSING, {"code": "no_card_verifier"}),
        (trouble(403, "card_token"), Failure.QR_REFUSED, {"code": "card_token"}),
        (trouble(424, "card_verifier_down"), Failure.QR_VERIFIER_DOWN, {"code": "card_verifier_down"}),
        (trouble(503, "busy", Retry_After="7"), Failure.HALL_BUSY, {"retry_after": "7"}),
        (trouble(503, "busy", Retry_After="Mon, 23 Nov 2026 01:00:00 GMT"), Failure.HALL_BUSY, {}),
        (Answer(500, b"Internal Server Error"), Failure.HALL_BUSY, {}),
        (Answer(502, b"<html>"), Failure.HALL_BUSY, {}),
        (Answer(429), Failure.HALL_BUSY, {}),
        (Answer(413, b"<html>"), Failure.HALL_REFUSED, {"code": "too_large"}),
        (Answer(404, b"<html>"), Failure.HALL_REFUSED, {"code": "unknown"}),
        (Answer(302, b"", (("Location", "http://127.0.0.1:1/"),)), Failure.HALL_REFUSED, {"code": "unknown"}),
        (Answer(200, b"<html>"), Failure.HALL_ANSWER_UNTRUSTED, None),
        (Answer(200, b"{}"), Failure.HALL_ANSWER_UNTRUSTED, None),
        (Answer(drop=True), Failure.HALL_UNREACHABLE, {"cause": "RemoteProtocolError"}),
    ],
    ids=lambda value: str(value.status) if isinstance(value, Answer) else None,
)
def test_every_trouble_is_one_of_our_codes(
    hall: HallSimulator, client: HallClient, answer: Answer, failure: Failure, details: dict[str, str] | None
) -> None:
    hall.always = answer
    found = refusal(client)
    assert found.failure is failure
    if details is not None and "cause" not in details:
        details = {"status": str(answer.status), **details}
    assert dict(found.details) == (details or {})


def test_a_hall_that_is_away_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    client = HallClient(f"http://127.0.0.1:{port}", Device(an_enrolment(), DEVICE_KEY), lambda: NOW)
    assert refusal(client).failure is Failure.HALL_UNREACHABLE
    client.close()


def test_no_person_gets_into_errors_or_logs(
    hall: HallSimulator, client: HallClient, caplog: pytest.LogCaptureFixture
) -> None:
    said = [
        Answer(200, encode({"name": MOTHER.name}).encode()),
        Answer(422, MOTHER.id_no.encode()),
        Answer(drop=True),
    ]
    with caplog.at_level(logging.DEBUG):
        for answer in said:
            hall.always = answer
            told = "".join(traceback.format_exception(refusal(client)))
            assert MOTHER.name not in told + caplog.text
            assert MOTHER.id_no not in told + caplog.text


def test_a_scan_goes_by_ticket_and_its_answers_headers_come_back(
    hall: HallSimulator, client: HallClient
) -> None:
    sha256 = hashlib.sha256(b"scan").hexdigest()
    ticket = client.upload_ticket(UploadAsked(sha256, 4))
    assert (ticket.there, ticket.upload, ticket.offset) == (False, "", 0)
    headers = {
        "Tus-Resumable": "1.0.0",
        "Authorization": f"Bearer {ticket.ticket}",
        "Upload-Length": "4",
    }
    said = client.speak_tus("POST", ticket.address, headers, b"scan")
    assert said["upload-offset"] == "4"
    assert hall.scans == {sha256: b"scan"}
    assert client.upload_ticket(UploadAsked(sha256, 4)).there


def test_a_cursor_goes_to_the_hall_as_it_came(hall: HallSimulator, client: HallClient) -> None:
    cursor = "e1.7 &%/Ä"
    hall.pages[cursor] = replace(client.changes(""), cursor="next")
    assert client.changes(cursor).cursor == "next"


# -- enrolment ---------------------------------------------------------------------------------------
def enrol(url: str, code: str = "code", private: bytes = DEVICE_KEY) -> Refused | None:
    try:
        found = HallEnroller().enrol(url, code, public_of(private), lambda data: sign(private, data))
    except Refused as refused:
        return refused
    assert found == an_enrolment()
    return None


def test_a_good_code_enrols(hall: HallSimulator) -> None:
    assert enrol(hall.url) is None
    assert enrol(hall.url + "/") is None


def test_another_code_is_refused(hall: HallSimulator) -> None:
    refused = enrol(hall.url, "other")
    assert refused is not None
    assert refused.failure is Failure.ENROL_CODE_REFUSED


@pytest.mark.parametrize("hall_key", ["", "AAAA", "kein Schlüssel"])
def test_an_enrolment_without_a_hall_key_is_untrusted(hall: HallSimulator, hall_key: str) -> None:
    hall.always = Answer(200, encode(replace(an_enrolment(), hall_key=hall_key)).encode())
    refused = enrol(hall.url)
    assert refused is not None
    assert refused.failure is Failure.HALL_ANSWER_UNTRUSTED


def test_an_enrolment_for_another_device_is_untrusted(hall: HallSimulator) -> None:
    other = new_private()
    assert key_id(public_of(other)) != an_enrolment().device
    refused = enrol(hall.url, private=other)
    assert refused is not None
    assert refused.failure is Failure.HALL_ANSWER_UNTRUSTED


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hall",
        "ftp://127.0.0.1",
        "http://",
        "http://[",
        "http://127.0.0.1:99999",
    ],
)
def test_an_address_that_is_none_is_unreachable(url: str) -> None:
    refused = enrol(url)
    assert refused is not None
    assert refused.failure is Failure.HALL_UNREACHABLE


def test_a_reply_is_checked_with_the_key_of_the_enrolment(hall: HallSimulator) -> None:
    other = replace(an_enrolment(), hall_key=b64(public_of(new_private())))
    client = HallClient(hall.url, Device(other, DEVICE_KEY), lambda: NOW)
    assert refusal(client).failure is Failure.HALL_ANSWER_UNTRUSTED
    client.close()
