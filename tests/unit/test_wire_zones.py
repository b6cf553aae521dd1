"""A time without a zone is no time on the wire: it is refused when it comes, deep inside a message too."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wire.codec import Malformed, decode, encode
from wire.messages import Envelope, EventKind, PushRequest, Result, ResultCode

AT = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def test_a_time_without_zone_is_malformed() -> None:
    good = encode(Result(ResultCode.GRANTED, "", "civil_affairs", "reviewer", AT))
    assert decode(Result, good).decided_at == AT
    with pytest.raises(Malformed, match="decided_at"):
        decode(Result, good.replace("2026-11-25T08:00:00Z", "2026-11-25T08:00:00"))


def test_so_is_one_inside_a_batch() -> None:
    envelope = Envelope("e", 1, "c", EventKind.CASE_RECEIVED, AT, "clerk", "{}", "0" * 64, "0" * 64)
    good = encode(PushRequest("d", 1, "e", (envelope,)))
    assert decode(PushRequest, good).items == (envelope,)
    with pytest.raises(Malformed, match=r"items\.0\.at"):
        decode(PushRequest, good.replace("08:00:00Z", "08:00:00"))
