"""A parcel is the device's word about just this batch, whatever way it came."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from wire.codec import Malformed, digest
from wire.keys import key_id, new_id, new_private, public_of
from wire.messages import Envelope, EventKind, PushRequest
from wire.parcel import Parcel, parcel_is_genuine, read_parcels, sign_parcel, write_parcels

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
KEY = new_private()


def _request(body: str = "{}") -> PushRequest:
    envelope = Envelope(
        new_id(), 1, "case", EventKind.CASE_RECEIVED, NOW, "clerk", body, digest(body), "0" * 64
    )
    return PushRequest("device", 1, "epoch", (envelope,))


def test_a_parcel_survives_its_file_and_holds_the_batch_as_it_was() -> None:
    request = _request()
    parcel = sign_parcel(request, KEY, NOW)
    (read,) = read_parcels(write_parcels((parcel,)))
    assert read.request == request
    assert read.key == key_id(public_of(KEY))
    assert parcel_is_genuine(read, public_of(KEY))


@pytest.mark.parametrize(
    "change",
    [
        {"device": "other"},
        {"incarnation": 2},
        {"epoch": "other"},
        {"items": ()},
        {"created": NOW - timedelta(days=1)},
        {"key": "0" * 16},
        {"signature": "AAAA"},
        {"algorithm": "none"},
    ],
)
def test_whatever_is_changed_in_a_parcel_it_is_no_evidence_any_more(change: dict[str, Any]) -> None:
    parcel = sign_parcel(_request(), KEY, NOW)
    assert not parcel_is_genuine(replace(parcel, **change), public_of(KEY))


def test_another_key_has_not_signed_it() -> None:
    parcel: Parcel = sign_parcel(_request(), KEY, NOW)
    assert not parcel_is_genuine(parcel, public_of(new_private()))


def test_a_torn_file_is_malformed_and_an_empty_batch_is_no_parcel() -> None:
    text = write_parcels((sign_parcel(_request(), KEY, NOW),))
    with pytest.raises(Malformed):
        read_parcels(text[: len(text) // 2])
    with pytest.raises(ValueError, match="1 to 100"):
        sign_parcel(replace(_request(), items=()), KEY, NOW)
