"""Bodies in the store are the codec's JSON whatever stands in them, and what may be changed is judged by the codec."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.cases import a_case
from wire.codec import Malformed, decode, encode
from wire.messages import Envelope
from workstation.domain.case import Case
from workstation.domain.finding import wanted
from workstation.domain.visit import Visit
from workstation.storage import envelopes
from workstation.storage.bodies import body_of, shown
from workstation.storage.database import open_store

_PLAIN: Mapping[Any, st.SearchStrategy[Any]] = {
    # A text that looks like a time without zone goes another way.
    str: st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.just("2026-11-26T01:02:03"),
    int: st.integers(min_value=-(2**53), max_value=2**53),
    bool: st.booleans(),
    NoneType: st.none(),
    date: st.dates(),
    datetime: st.datetimes(
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]),
        min_value=datetime(1901, 1, 1),  # noqa: DTZ001 - as hypothesis wants it
    ),
}


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Return values of a kind with something in every field; a kind that no body had before is a KeyError."""
    if is_dataclass(kind) and isinstance(kind, type):
        types = get_type_hints(kind)
        return st.builds(kind, **{field.name: anything(types[field.name]) for field in fields(kind)})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return st.one_of([anything(each) for each in inner])
    if origin is tuple and inner[-1] is ...:
        return st.lists(anything(inner[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(anything, inner))
    if origin is Mapping:
        return st.dictionaries(anything(inner[0]), anything(inner[1]), max_size=2)
    return _PLAIN[kind]


@pytest.mark.parametrize("kind", [Case, Visit, Envelope])
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_a_body_is_the_codecs_json_and_comes_back_as_it_was(kind: type[Any], data: st.DataObject) -> None:
    value = data.draw(anything(kind))
    body = body_of(value)
    assert json.loads(body) == json.loads(encode(value))
    assert decode(kind, body) == value


@settings(deadline=None, max_examples=50)
@given(anything(Envelope), st.text(st.characters(exclude_categories=["Cs"])))
def test_an_envelope_comes_back_as_it_was_sealed_now_or_before(value: Envelope, body: str) -> None:
    envelope = replace(value, body=body)
    for sealed in (envelopes.written(envelope, body.encode()), body_of(envelope), encode(envelope).encode()):
        assert envelopes.read(sealed) == envelope


@settings(deadline=None, max_examples=25)
@given(anything(Case))
def test_a_case_that_is_shown_is_the_case_however_it_was_written(value: Case) -> None:
    for body in (body_of(value), encode(value).encode()):
        case = shown(body)
        assert type(case) is Case
        assert case == value == case
        assert encode(replace(case, version=2)) == encode(replace(value, version=2))
        assert body_of(shown(body)) == body_of(value)


def test_an_answer_that_nobody_could_give_is_refused_by_the_codecs_words() -> None:
    said = json.loads(body_of(a_case()))
    with pytest.raises(Malformed, match=r"child\.name"):
        shown(json.dumps({**said, "answers": {"child.name": 7}}).encode())


def test_what_a_later_version_said_of_an_answer_is_passed_over_on_a_page_too() -> None:
    value = a_case()
    assert value.answers
    said = json.loads(body_of(value))
    for answer in said["answers"].values():
        answer["later"] = "said by the hall"
    body = json.dumps(said).encode()
    assert dict(shown(body).answers) == dict(value.answers)
    with pytest.raises(Malformed, match="later"):
        decode(Case, body)


def test_a_time_without_zone_is_a_bug_here_too() -> None:
    with pytest.raises(TypeError):
        body_of(replace(a_case(), accepted_at=datetime(2026, 11, 26, 9)))  # noqa: DTZ001 - the bug


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"id":7}', b"\xff"])
def test_what_is_no_case_is_refused_by_the_codecs_words(body: bytes) -> None:
    with pytest.raises(Malformed, match="Case"):
        shown(body)


@dataclass(frozen=True, slots=True)
class _LaterCase(Case):
    """As the next version of the program may write it."""

    later: str = "said by the hall"


def test_what_a_later_version_wrote_is_shown_and_never_opened_to_be_changed(tmp_path: Path) -> None:
    """A save would drop what this version does not know."""
    old = a_case()
    later = _LaterCase(**{field.name: getattr(old, field.name) for field in fields(old)})
    looked_for = wanted(old.receipt_no)
    assert looked_for is not None
    with closing(open_store(tmp_path / "station.db", bytes(32))) as store, store.unit() as unit:
        unit.cases.add(later)
        assert unit.cases.make_findable(5) == 0
        assert unit.cases.find(looked_for, 5, 5).cases == unit.cases.latest(5) == (old,)
        with pytest.raises(Malformed, match="later"):
            unit.cases.get(old.id)
        with pytest.raises(Malformed, match="later"):
            unit.cases.by_receipt(old.receipt_no)
