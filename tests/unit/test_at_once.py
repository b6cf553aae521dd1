"""What is read at once is what the codec reads, and what the codec refuses is refused by its words."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.at_once import AtOnce, quoted, written
from wire.agency import Agency, Agent, Power
from wire.codec import Malformed, decode, encode, time_text
from wire.messages import (
    AnswerOnWire,
    CaseReceived,
    Envelope,
    EventKind,
    MaterialHow,
    MaterialOnWire,
    NoticeGiven,
    Origin,
    Party,
    PushRequest,
    SubCaseOrder,
)

AT = datetime(2026, 11, 25, 1, 2, 3, 456789, tzinfo=UTC)
PARTY = Party("测试一", "111", "44010018990101002X")
WHOLE = CaseReceived(
    receipt_no="R",
    station="440104",
    window="01",
    clerk="clerk",
    received_at=AT,
    catalogue="1",
    bundle=None,
    sub_cases=(SubCaseOrder("a", "1", "d", ()), SubCaseOrder("b", "1", "d", ("a",), "01")),
    applicant=PARTY,
    answers={"child.name": AnswerOnWire("测小宝", Origin.TYPED)},
    materials=(MaterialOnWire("p", MaterialHow.SCANNED, None, ("0" * 64,), date(2026, 12, 1)),),
    verifications=("HJ-1",),
    offline=False,
    agent=PARTY,
    notice=NoticeGiven("2026.11", AT, "clerk", ("rule",)),
    agency=Agency(
        Agent("测试二", "111", "440100189901010038", "13800000000", "01"),
        ("a",),
        (Power("collect"),),
        date(2026, 1, 1),
        date(2026, 12, 31),
        "S-1",
        "clerk",
        AT,
    ),
)
PUSH = PushRequest(
    "d" * 16,
    1,
    "e" * 16,
    (Envelope("id", 1, "case", EventKind.CASE_RECEIVED, AT, "clerk", encode(WHOLE), "0" * 64, "0" * 64),),
)
CASES, PUSHES = AtOnce(CaseReceived), AtOnce(PushRequest)


def _plain(value: Any) -> Any:
    """Return a value by the names of its fields, whatever type it is of: times with their zone, enumerations by kind."""
    names = getattr(value, "__struct_fields__", None) or (
        [field.name for field in fields(value)] if is_dataclass(value) else None
    )
    if names is not None:
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return tuple(_plain(each) for each in value)
    if isinstance(value, datetime):
        return value, value.utcoffset()
    return type(value), value


def _told(read: Callable[[], Any]) -> Any:
    """Return what was read, or the words of the refusal."""
    try:
        return _plain(read())
    except Malformed as malformed:
        return str(malformed)


def _same(reader: AtOnce[Any], kind: type[Any], text: str) -> None:
    expected = _told(lambda: decode(kind, text))
    assert _told(lambda: reader.read(text)) == expected
    assert _told(lambda: reader.read(text.encode())) == expected


def test_what_a_station_writes_is_read_at_once() -> None:
    """Else all of this would hold for a reader that always asks the other one."""
    both: tuple[tuple[AtOnce[Any], Any], ...] = ((CASES, WHOLE), (PUSHES, PUSH))
    for reader, value in both:
        read = reader.read(encode(value))
        assert not is_dataclass(read)
        assert _plain(read) == _plain(value)
        if isinstance(value, PushRequest):
            assert written(read.items[0]) == encode(value.items[0]).encode()
        with pytest.raises(AttributeError):
            read.window = "02"


TEXTS = st.text(max_size=20)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def _places(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [before, *(place for name, each in inner for place in _places(each, (*before, name)))]


def _put(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    made = dict(value) if isinstance(value, dict) else list(value)
    made[place[0]] = _put(made[place[0]], place[1:], new)
    return made


@pytest.mark.parametrize(("reader", "whole"), [(CASES, WHOLE), (PUSHES, PUSH)], ids=["case", "push"])
@settings(deadline=None)  # the first one builds both readers
@given(data=st.data())
def test_with_anything_in_any_place_both_say_the_same(
    reader: AtOnce[Any], whole: Any, data: st.DataObject
) -> None:
    said = json.loads(encode(whole))
    place = data.draw(st.sampled_from(_places(said)))
    text = json.dumps(_put(said, place, data.draw(ANYTHING)), ensure_ascii=data.draw(st.booleans()))
    try:
        text.encode()
    except UnicodeEncodeError:
        return  # no text that came over a wire
    _same(reader, type(whole), text)


@pytest.mark.parametrize(("reader", "whole"), [(CASES, WHOLE), (PUSHES, PUSH)], ids=["case", "push"])
@settings(deadline=None)  # the first one builds both readers
@given(data=st.data())
def test_without_a_name_or_with_one_more_both_say_the_same(
    reader: AtOnce[Any], whole: Any, data: st.DataObject
) -> None:
    said = json.loads(encode(whole))
    place = data.draw(st.sampled_from([each for each in _places(said) if each]))
    holder = said
    for name in place[:-1]:
        holder = holder[name]
    if isinstance(holder, dict):
        holder["more" if data.draw(st.booleans()) else place[-1]] = holder.pop(place[-1])
    _same(reader, type(whole), json.dumps(said))


times = st.datetimes(
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(minutes=-1))])
)


@given(
    times.map(datetime.isoformat)
    | st.builds(
        lambda at, fine, zone: f"{at:%Y-%m-%dT%H:%M:%S}{fine}{zone}",
        times,
        st.from_regex(r"(\.[0-9]{0,12})?", fullmatch=True),
        st.sampled_from(["Z", "z", "", "+08:00", "+0800", "+08", "-00:00", "+24:00", "+23:59"]),
    )
    | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt _][0-9]{2}:[0-9]{2}(:[0-9]{2})?[Zz]?", fullmatch=True)
)
def test_times_are_read_alike(text: str) -> None:
    said = {**json.loads(encode(WHOLE)), "received_at": text}
    _same(CASES, CaseReceived, json.dumps(said))


@pytest.mark.parametrize("fine", [r"\u002e1234567", r".123456\u0037", r"\u002E999999999", ".1234567"])
def test_a_time_that_is_finer_than_the_wire_is_read_alike_however_it_is_written(fine: str) -> None:
    for reader, whole, name in ((CASES, WHOLE, "received_at"), (PUSHES, PUSH, "at")):
        text = encode(whole).replace(
            f'"{name}":"2026-11-25T01:02:03.456789Z', f'"{name}":"2026-11-25T01:02:03{fine}Z'
        )
        assert fine in text
        _same(reader, type(whole), text)


@given(st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T00:00:00Z?)?", fullmatch=True) | st.dates().map(str))
def test_days_are_read_alike(text: str) -> None:
    said = json.loads(encode(WHOLE))
    said["materials"][0]["until"] = text
    _same(CASES, CaseReceived, json.dumps(said))


@pytest.mark.parametrize(
    "number", ["1", "1.0", "1e2", "-0", "-0.0", "01", "9" * 19, "9" * 400, "1.5", "true", '"1"', "NaN"]
)
def test_numbers_are_read_alike(number: str) -> None:
    _same(PUSHES, PushRequest, encode(PUSH).replace('"seq":1', f'"seq":{number}'))


@pytest.mark.parametrize(
    "name",
    [
        '"x"',
        '"x","window":"y"',
        '"\\ud800"',
        '"\\ud83d\\ude00"',
        '"\\/"',
        '"\\u0000"',
        '"\t"',
        '"\x00"',
        '"\\x"',
        "null",
    ],
)
@pytest.mark.parametrize("around", ["{}", " {}\n", "{}x", "\ufeff{}", "[{}]", "{}{}"])
def test_odd_texts_are_read_alike(name: str, around: str) -> None:
    text = encode(replace(WHOLE, window="W")).replace('"window":"W"', f'"window":{name}')
    _same(CASES, CaseReceived, around.replace("{}", text))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_is_written_as_canonical_json_has_it(text: str) -> None:
    assert quoted(text) == encode(text).encode()


words = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.builds(
        Envelope,
        words,
        st.integers(1, 2**53),
        words,
        st.sampled_from(EventKind),
        times,
        words,
        words,
        words,
        words,
        digest=words,
    )
)
def test_an_envelope_is_written_as_canonical_json_has_it_whatever_its_zone(envelope: Envelope) -> None:
    read = PUSHES.read(encode(replace(PUSH, items=(envelope,)))).items[0]
    away = PUSHES.read(
        encode(replace(PUSH, items=(envelope,))).replace(
            f'"at":"{time_text(envelope.at)}"', f'"at":"{envelope.at.isoformat()}"'
        )
    ).items[0]
    for each in (envelope, read, away):
        assert written(each) == encode(envelope).encode()
