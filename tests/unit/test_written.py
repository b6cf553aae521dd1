"""The texts that a push leaves are the codec's own, whatever stands in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire import written
from wire.algorithms import ED25519
from wire.codec import encode, time_text
from wire.keys import new_private
from wire.messages import (
    CaseRegistered,
    Change,
    ChangeKind,
    Envelope,
    EventKind,
    HallReceipt,
    PushAnswer,
    PushResult,
    PushStatus,
)
from wire.receipts import ReceiptSigner
from wire.signed import sign_receipt
from wire.standing import CaseStanding

_PRIVATE = new_private()
# Everything that a text may hold on the wire: quotes, controls and signs beyond the first plane too, no half of a pair.
words = st.text(st.characters(exclude_categories=["Cs"]))
times = st.datetimes(
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]),
    min_value=datetime(1901, 1, 1),  # noqa: DTZ001 - as hypothesis wants it
)
numbers = st.integers(min_value=-(2**53), max_value=2**53)
envelopes = st.builds(
    Envelope,
    *(words, numbers, words, st.sampled_from(EventKind), times, words, words, words, words),
    digest=words,
)
receipts = st.builds(
    HallReceipt, words, words, times, words, words, words, path=st.lists(words, max_size=3).map(tuple)
)
standings = st.builds(CaseStanding, words, numbers, words, words, words, st.none() | times)
results = st.builds(
    PushResult,
    words,
    st.sampled_from(PushStatus),
    code=st.none() | words,
    receipt=st.none() | receipts,
    standing=st.none() | standings,
)


@given(envelopes)
def test_an_envelope(value: Envelope) -> None:
    assert written.envelope_text(value) == encode(value)


@given(st.builds(PushAnswer, words, st.lists(results, max_size=3).map(tuple)))
def test_an_answer_and_each_of_its_results(value: PushAnswer) -> None:
    assert written.answer_text(value) == encode(value)
    assert [written.result_text(each) for each in value.results] == [encode(each) for each in value.results]


@given(words, words, words, times)
def test_what_the_feed_tells_first_of_a_case(
    subject: str, receipt_no: str, number: str, at: datetime
) -> None:
    told = Change(subject, 1, ChangeKind.CASE_REGISTERED, encode(CaseRegistered(receipt_no, number, at)))
    assert written.registered_change(subject, receipt_no, number, time_text(at)) == encode(told)


@given(words, words, times)
def test_the_pen_signs_what_the_slow_way_signs(event: str, sha256: str, at: datetime) -> None:
    made = ReceiptSigner(_PRIVATE, ED25519).sign(event, sha256, at)
    assert made == sign_receipt(event, sha256, at, _PRIVATE)


def test_a_time_without_zone_is_written_nowhere() -> None:
    with pytest.raises(TypeError):
        time_text(datetime(2026, 11, 25))  # noqa: DTZ001 - that is the point
