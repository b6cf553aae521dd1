"""Canonical JSON: the same value has the same bytes, and what comes back is the value or a refusal."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wire.codec import Malformed, decode, digest, encode
from wire.messages import (
    AnswerOnWire,
    CardChallenge,
    CardRandoms,
    CaseAccepted,
    CaseReceived,
    Envelope,
    EventKind,
    MaterialHow,
    MaterialOnWire,
    Origin,
    Party,
    PushRequest,
    SubCaseOrder,
    Trouble,
)

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
RECEIVED = CaseReceived(
    receipt_no="440104261123010001X",
    station="440104",
    window="01",
    clerk="clerk",
    received_at=AT,
    catalogue="2026.11",
    bundle="newborn",
    sub_cases=(SubCaseOrder("a", "1", "d", ()), SubCaseOrder("b", "1", "d", ("a",))),
    applicant=Party("测试一", "111", "44010018990101002X"),
    answers={"child.name": AnswerOnWire("测小宝", Origin.TYPED)},
    materials=(MaterialOnWire("m", MaterialHow.SCANNED, None, ("0" * 64,)),),
    verifications=("HY1",),
    offline=True,
)
MESSAGES: tuple[object, ...] = (
    RECEIVED,
    CaseAccepted("r", "clerk", AT, {"a": date(2026, 11, 25)}),
    PushRequest(
        "d", 1, "e", (Envelope("i", 1, "c", EventKind.CASE_RECEIVED, AT, "clerk", "{}", "s", "0" * 64),)
    ),
    CardChallenge("440100", "00" * 13, "sm4", "00" * 16, CardRandoms("0" * 16, "1" * 16), None),
    Trouble("malformed", {"at": "x"}, AT),
)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_what_is_written_is_read_back(message: object) -> None:
    text = encode(message)
    assert decode(type(message), text) == message
    assert decode(type(message), text.encode()) == message


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_the_text_is_canonical(message: object) -> None:
    text = encode(message)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert "测" in encode(RECEIVED)


def test_the_same_moment_is_the_same_text_in_every_zone() -> None:
    beijing = AT.astimezone(timezone(timedelta(hours=8)))
    assert encode(replace(RECEIVED, received_at=beijing)) == encode(RECEIVED)
    assert '"received_at":"2026-11-23T01:30:00Z"' in encode(RECEIVED)


def test_a_time_without_zone_is_a_bug_and_not_a_guess() -> None:
    with pytest.raises(TypeError):
        encode(replace(RECEIVED, received_at=AT.replace(tzinfo=None)))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_json_cannot_say_is_refused(value: float) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the library's own words
        encode({"x": value})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"window":"01"', '"window":1'),
        ('"window":"01"', '"windows":"01"'),
        ('"clerk":"clerk",', ""),
        ('"offline":true', '"offline":"true"'),
        ('"origin":"typed"', '"origin":"guessed"'),
        ('"received_at":"2026-11-23T01:30:00Z"', '"received_at":"yesterday"'),
        ('"window":"01"', '"window":"01","extra":1'),
    ],
)
def test_what_is_not_the_message_is_refused_and_its_content_is_not_told(old: str, new: str) -> None:
    text = encode(RECEIVED)
    assert old in text
    with pytest.raises(Malformed) as bad:
        decode(CaseReceived, text.replace(old, new))
    assert "测" not in str(bad.value)
    assert "44010018990101002X" not in str(bad.value)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_a_message_or_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        decode(CaseReceived, raw)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(max_size=8), st.integers(), max_size=6))
def test_key_order_decides_nothing(values: dict[str, int]) -> None:
    turned = dict(reversed(list(values.items())))
    assert encode(values) == encode(turned)
    assert digest(encode(values)) == digest(encode(turned))


# -- both ways of writing --------------------------------------------------------------------------------
_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.datetimes(timezones=st.just(UTC)),
    st.dates(),
    st.sampled_from([*EventKind, MaterialHow.SCANNED]),
    st.builds(Party, st.text(), st.text(), st.text()),
)


def _by_hand(value: Any) -> object:
    """Return a value of plain JSON kinds, all of it turned before anything is written."""
    if is_dataclass(value):
        return {field.name: _by_hand(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _by_hand(each) for key, each in value.items()}
    return [_by_hand(each) for each in value] if isinstance(value, list | tuple) else value


@given(
    st.recursive(
        _LEAVES, lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_the_quick_way_of_writing_writes_what_the_slow_way_does(value: object) -> None:
    slow = json.dumps(
        _by_hand(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    assert encode(value) == slow
