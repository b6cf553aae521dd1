"""Signatures on the wire: what is altered, unknown or late is refused, with its reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.nonces import Nonces
from wire import seal
from wire.codec import Malformed, decode, digest, encode
from wire.http_signature import BadSignature, check_request, sign_request
from wire.keys import b64, key_id, new_id, new_private, public_of, unb64
from wire.messages import Envelope, EventKind, HallReceipt, Outcome, VerificationReply
from wire.signed import receipt_is_genuine, reply_is_genuine, sign_receipt, sign_reply

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
PRIVATE = new_private()
PUBLIC = public_of(PRIVATE)
URL = "http://127.0.0.1:8000/v1/push?x=1"


def _signed(body: bytes = b"{}") -> dict[str, str]:
    headers = {"Content-Type": "application/json"}
    added = sign_request(
        method="POST", url=URL, headers=headers, body=body, private=PRIVATE, key_id=key_id(PUBLIC), now=NOW
    )
    return {**headers, **added}


def _check(
    headers: dict[str, str], *, method: str = "POST", url: str = URL, body: bytes = b"{}", now: datetime = NOW
) -> str:
    keys = {key_id(PUBLIC): PUBLIC}
    return check_request(method=method, url=url, headers=headers, body=body, find_key=keys.get, now=now)


def test_a_signed_request_names_its_key() -> None:
    assert _check(_signed()) == key_id(PUBLIC)


def test_header_names_may_come_in_lower_case() -> None:
    assert _check({name.lower(): value for name, value in _signed().items()})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"body": b"{} "}, "digest"),
        ({"url": URL + "2"}, "signature"),
        ({"method": "PUT"}, "signature"),
        ({"now": NOW + timedelta(seconds=301)}, "skewed"),
        ({"now": NOW - timedelta(seconds=301)}, "skewed"),
    ],
)
def test_what_was_changed_is_named(change: dict[str, Any], code: str) -> None:
    with pytest.raises(BadSignature) as bad:
        _check(_signed(), **change)
    assert bad.value.code == code


def test_five_minutes_of_clock_difference_are_forgiven() -> None:
    assert _check(_signed(), now=NOW + timedelta(seconds=299))


def test_an_unsigned_request_and_an_unknown_key_are_told_apart() -> None:
    with pytest.raises(BadSignature) as bad:
        _check({})
    assert bad.value.code == "missing"
    with pytest.raises(BadSignature) as bad:
        check_request(method="POST", url=URL, headers=_signed(), body=b"{}", find_key=lambda _: None, now=NOW)
    assert bad.value.code == "unknown_key"


def test_a_digest_outside_the_signature_is_refused() -> None:
    headers = _signed()
    headers["Content-Digest"] = _signed(b"other")["Content-Digest"]
    with pytest.raises(BadSignature):
        _check(headers, body=b"other")


# -- what a signature must cover and say (RFC 9421) ----------------------------------------------------
def _signed_otherwise(**changes: Any) -> dict[str, str]:
    """A request that this very key signed, but not as the hall wants it."""
    from http_message_signatures import HTTPMessageSigner, algorithms

    from wire.http_signature import _Keys, _Request

    message = _Request("POST", URL, {"Content-Type": "application/json"})
    keys: Any = _Keys(private=changes.pop("private", PRIVATE))
    said: dict[str, Any] = {
        "key_id": key_id(PUBLIC),
        "created": NOW,
        "expires": NOW + timedelta(seconds=300),
        "nonce": "n" * 22,
        "covered_component_ids": ("@method", "@authority", "@target-uri"),
        "body": b"{}",
    }
    HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=keys).sign(
        message, **{**said, **changes}
    )
    return message.headers


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"nonce": None}, "missing"),
        ({"nonce": "n" * 21}, "missing"),
        ({"expires": None}, "missing"),
        ({"include_alg": False}, "missing"),
        ({"expires": NOW - timedelta(seconds=1)}, "expired"),
        ({"expires": NOW + timedelta(days=1)}, "expired"),
        ({"created": NOW - timedelta(seconds=301)}, "skewed"),
        ({"created": NOW + timedelta(seconds=301)}, "skewed"),
        ({"covered_component_ids": ("@method", "@target-uri")}, "signature"),
        ({"covered_component_ids": ("@authority", "@target-uri")}, "signature"),
        ({"covered_component_ids": ("@method", "@authority")}, "signature"),
        ({"covered_component_ids": ("@method", "@authority", "@path")}, "signature"),
        ({"body": None}, "missing"),
        ({"private": new_private()}, "signature"),
    ],
)
def test_a_signature_that_says_too_little_or_too_much_is_refused(change: dict[str, Any], code: str) -> None:
    assert _check(_signed_otherwise()) == key_id(PUBLIC)
    with pytest.raises(BadSignature) as bad:
        _check(_signed_otherwise(**change))
    assert bad.value.code == code


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8001/v1/push?x=1",
        "https://127.0.0.1:8000/v1/push?x=1",
        "http://hall.example/v1/push?x=1",
        "http://127.0.0.1:8000/v1/pull?x=1",
        "http://127.0.0.1:8000/v1/push?x=2",
        "http://127.0.0.1:8000/v1/push",
    ],
)
def test_a_request_for_one_place_is_none_for_another(url: str) -> None:
    with pytest.raises(BadSignature) as bad:
        _check(_signed(), url=url)
    assert bad.value.code == "signature"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("Signature-Input", "ed25519", "hmac-sha256"),
        ("Signature-Input", '"@method" ', ""),
        ("Signature-Input", "created=", "created=1"),
        ("Signature-Input", "nonce=", "other="),
        ("Content-Digest", "sha-256", "sha-512"),
        ("Content-Digest", "sha-256", "md5"),
        ("Signature", ":", ""),
    ],
)
def test_a_header_that_was_changed_on_the_way_is_refused(name: str, old: str, new: str) -> None:
    headers = _signed()
    assert old in headers[name]
    headers[name] = headers[name].replace(old, new, 1)
    with pytest.raises(BadSignature) as bad:
        _check(headers)
    assert bad.value.code in {"signature", "digest", "unknown_key"}


# -- the quick look and the library say the same ---------------------------------------------------------
def _judged(headers: dict[str, str], *, quick: bool, **asked: Any) -> str:
    """Return what comes of a request, judged with the quick look or by the library alone."""
    with pytest.MonkeyPatch.context() as patch:
        if not quick:
            patch.setattr("wire.http_signature._at_once", lambda *_: None)
        try:
            return _check(headers, **asked)
        except BadSignature as bad:
            return bad.code


def _in_lower_case(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def test_the_quick_look_knows_what_stations_send(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wire.http_signature._verifier", None)
    assert _check(_in_lower_case(_signed())) == key_id(PUBLIC)
    with pytest.raises(TypeError):
        _check(_in_lower_case(_signed()), body=b"{} ")


@given(
    st.binary(max_size=40),
    st.sampled_from(["GET", "POST", "post", "PATCH"]),
    st.sampled_from(
        ["http://h:8000", "https://h:443", "http://h:80", "https://h", "https://H", "http://h:8"]
    ),
    st.text("abz/09_.=&?%-~ é:@#", max_size=12),
)
def test_every_request_is_judged_as_by_the_library(body: bytes, method: str, host: str, rest: str) -> None:
    from http_message_signatures.exceptions import HTTPMessageSignaturesException

    url = f"{host}/{rest}"
    said: dict[str, Any] = {"method": method, "url": url, "body": body, "private": PRIVATE, "now": NOW}
    try:
        headers = _in_lower_case(sign_request(headers={}, key_id=key_id(PUBLIC), **said))
    except HTTPMessageSignaturesException:
        headers = _in_lower_case(_signed(body))
    asked = {"method": method, "url": url, "body": body}
    assert _judged(headers, quick=True, **asked) == _judged(headers, quick=False, **asked)


@given(
    st.sampled_from(["signature-input", "signature", "content-digest"]),
    st.integers(0, 250),
    st.sampled_from(["", "0", "1", "a", "A", " ", '"', ";", "=", ":", "\n", "é", ',b=("@method")']),
    st.integers(0, 2),
)
def test_every_change_of_a_header_is_judged_as_by_the_library(
    name: str, at: int, new: str, gone: int
) -> None:
    headers = _in_lower_case(_signed())
    at %= len(headers[name])
    headers[name] = headers[name][:at] + new + headers[name][at + gone :]
    assert _judged(headers, quick=True) == _judged(headers, quick=False)


@given(st.integers(-1, 700), st.integers(-1, 700), st.text("n-_0", min_size=20, max_size=24))
def test_every_time_and_nonce_is_judged_as_by_the_library(back: int, ahead: int, nonce: str) -> None:
    said = {
        "created": NOW - timedelta(seconds=back),
        "expires": NOW + timedelta(seconds=ahead),
        "nonce": nonce,
    }
    headers = _in_lower_case(_signed_otherwise(**said))
    assert _judged(headers, quick=True) == _judged(headers, quick=False)


def test_two_signatures_are_one_too_many() -> None:
    headers, more = _signed(), _signed_otherwise(label="second")
    for name in ("Signature-Input", "Signature"):
        headers[name] += ", " + more[name]
    with pytest.raises(BadSignature) as bad:
        _check(headers)
    assert bad.value.code == "signature"


def test_the_example_of_the_standard_verifies_and_is_still_too_little_for_the_hall() -> None:
    """RFC 9421 B.2.6, key test-key-ed25519 (B.1.4)."""
    from http_message_signatures import InvalidSignature, algorithms

    from wire.http_signature import _Keys, _Request, _verifier

    public = unb64("JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs")
    covered = '("date" "@method" "@path" "@authority" "content-type" "content-length")'
    headers = {
        "Host": "example.com",
        "Date": "Tue, 20 Apr 2021 02:07:55 GMT",
        "Content-Type": "application/json",
        "Content-Length": "18",
        "Signature-Input": f'sig-b26={covered};created=1618884473;keyid="test-key-ed25519"',
        "Signature": "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
    }
    url = "https://example.com/foo?param=Value&Pet=dog"
    verifier = _verifier(algorithms.ED25519, _Keys(find={"test-key-ed25519": public}.get))
    ancient = timedelta(days=36500)
    assert len(verifier.verify(_Request("POST", url, headers), max_age=ancient)) == 1
    with pytest.raises(InvalidSignature):
        verifier.verify(_Request("PUT", url, headers), max_age=ancient)
    with pytest.raises(BadSignature):
        check_request(
            method="POST",
            url=url,
            headers={**headers, "Content-Digest": "sha-512=:AAAA:"},
            body=b'{"hello": "world"}',
            find_key=lambda _: public,
            now=datetime(2021, 4, 20, 2, 7, 53, tzinfo=UTC),
        )


def test_a_request_comes_once_and_one_that_was_refused_has_not_come() -> None:
    nonces = Nonces()
    keys = {key_id(PUBLIC): PUBLIC}

    def check(headers: dict[str, str], body: bytes = b"{}") -> str:
        return check_request(
            method="POST", url=URL, headers=headers, body=body, find_key=keys.get, now=NOW, seen=nonces.seen
        )

    first = _signed()
    with pytest.raises(BadSignature) as bad:
        check(first, b"changed")
    assert bad.value.code == "digest"
    assert check(first) == key_id(PUBLIC)
    with pytest.raises(BadSignature) as bad:
        check(first)
    assert bad.value.code == "replayed"
    assert check(_signed()) == key_id(PUBLIC)


def test_nonces_are_remembered_for_two_windows_and_their_number_is_bounded() -> None:
    at = [0.0]
    nonces = Nonces(most=100, clock=lambda: at[0])
    assert not nonces.seen("key", "first")
    assert not nonces.seen("another key", "first")
    at[0] = 599.0
    assert nonces.seen("key", "first")
    at[0] = 601.0
    assert nonces.seen("key", "first")
    for number in range(1000):
        nonces.seen("key", str(number))
    assert len(nonces._new) + len(nonces._old) <= 200
    assert nonces.seen("key", "999")


# -- the hall's word ---------------------------------------------------------------------------------
def _reply() -> VerificationReply:
    reply = VerificationReply(
        "q", "marriage.pair", Outcome.NO_RECORD, {"record_date": "1920-01-01"}, "民政", "E1", NOW, NOW, ""
    )
    return sign_reply(reply, PRIVATE)


def test_a_reply_crosses_the_wire_with_its_signature() -> None:
    assert reply_is_genuine(decode(VerificationReply, encode(_reply())), PUBLIC)


def test_an_altered_outcome_is_seen() -> None:
    text = encode(_reply()).replace("no_record", "record_found")
    assert not reply_is_genuine(decode(VerificationReply, text), PUBLIC)


def test_a_receipt_is_for_one_event_with_one_content() -> None:
    receipt = sign_receipt("e", "0" * 64, NOW, PRIVATE)
    assert receipt_is_genuine(receipt, PUBLIC)
    other = decode(HallReceipt, encode(receipt).replace('"e"', '"f"'))
    assert not receipt_is_genuine(other, PUBLIC)
    assert not receipt_is_genuine(receipt, public_of(new_private()))


def test_a_seal_with_a_serial_is_genuine_and_an_altered_one_is_not() -> None:
    code = seal.with_serial(seal.make({"project_no": "P1"}, PRIVATE), "S1")
    assert seal.genuine(code, PUBLIC)
    assert seal.read(code).serial == "S1"
    head, payload, signature, serial = code.split(".")
    forged = b64(unb64(payload).replace(b"P1", b"P2"))
    assert not seal.genuine(".".join((head, forged, signature, serial)), PUBLIC)


@given(st.text(max_size=200))
def test_any_text_is_a_seal_or_malformed(text: str) -> None:
    assert not seal.genuine(text, PUBLIC)


# -- codec -------------------------------------------------------------------------------------------
@given(st.text(), st.integers(1, 10**9), st.datetimes(timezones=st.just(UTC)))
def test_an_envelope_survives_the_round_trip_byte_for_byte(body: str, seq: int, at: datetime) -> None:
    body = body.encode("utf-8", "ignore").decode()
    envelope = Envelope(
        new_id(), seq, "c", EventKind.CASE_RECEIVED, at, "clerk", body, digest(body), "0" * 64
    )
    text = encode(envelope)
    again = decode(Envelope, text)
    assert again == envelope
    assert encode(again) == text


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"event": 1}', "\x00", '{"event":"e","more":1}'])
def test_what_is_no_receipt_is_malformed_and_the_error_shows_no_content(text: str) -> None:
    with pytest.raises(Malformed) as bad:
        decode(HallReceipt, text)
    assert "more" not in str(bad.value) or "extra" not in str(bad.value)


def test_a_time_without_zone_has_no_place_on_the_wire() -> None:
    with pytest.raises(TypeError):
        encode(datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_identifiers_are_uuid_version_7_and_sort_by_time() -> None:
    first, second = new_id(), new_id()
    assert first[14] == "7"
    assert first[19] in "89ab"
    assert first[:8] <= second[:8]
