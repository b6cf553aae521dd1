"""Many receipts under one signature: each proves its own event by itself, and nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire.algorithms import ED25519, SM2
from wire.codec import decode, encode
from wire.keys import b64, new_private, public_of, sign
from wire.messages import HallReceipt
from wire.receipts import ReceiptSigner
from wire.signed import receipt_is_genuine, receipt_text, root_text
from wire.tree import grow, root_of

AT = datetime(2026, 11, 25, 1, tzinfo=UTC)
PRIVATE = new_private()
PUBLIC = public_of(PRIVATE)


def _hashed(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _batch(count: int) -> list[HallReceipt]:
    written = ReceiptSigner(PRIVATE, ED25519).write_all([(f"e{n}", f"{n:064}") for n in range(count)], AT)
    return [decode(HallReceipt, text) for text in written]


def _plain_root(texts: list[bytes]) -> bytes:
    """The tree of RFC 9162 2.1.1 as it is defined there: split at the largest power of two below the count."""
    if len(texts) == 1:
        return _hashed(b"\x00" + texts[0])
    half = 1 << (len(texts) - 1).bit_length() - 1
    return _hashed(b"\x01" + _plain_root(texts[:half]) + _plain_root(texts[half:]))


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=40))
def test_each_way_leads_to_the_root_of_the_standard(texts: list[bytes]) -> None:
    root, ways = grow(texts, _hashed)
    assert root == _plain_root(texts)
    assert [root_of(text, way, _hashed) for text, way in zip(texts, ways, strict=True)] == [root] * len(texts)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 100])
def test_each_receipt_of_a_batch_is_good_alone_and_after_the_wire(count: int) -> None:
    batch = _batch(count)
    assert len({each.signature for each in batch}) == 1
    for each in batch:
        assert receipt_is_genuine(decode(HallReceipt, encode(each)), PUBLIC)
        assert not receipt_is_genuine(each, public_of(new_private()))
        assert not receipt_is_genuine(each, PUBLIC, SM2)


def test_a_receipt_is_for_its_event_content_and_time_alone() -> None:
    first, second, *_ = _batch(5)
    other = new_private()
    for wrong in (
        replace(first, event="e1"),
        replace(first, sha256=second.sha256),
        replace(first, received_at=AT.replace(year=2027)),
        replace(first, path=second.path),
        replace(first, path=first.path[:-1]),
        replace(first, path=()),
        replace(first, path=(*first.path, first.path[0])),
        replace(first, path=("X" + first.path[0][1:], *first.path[1:])),
        replace(first, path=("L!", *first.path[1:])),
        replace(first, path=("R" + b64(bytes(31)), *first.path[1:])),
        replace(first, path=first.path * 20),
        replace(first, signature=b64(sign(other, root_text(first.hall, ED25519, bytes(32))))),
    ):
        assert not receipt_is_genuine(wrong, PUBLIC), wrong
    assert receipt_is_genuine(first, PUBLIC)


def test_a_signature_for_many_is_none_for_one_and_none_for_a_node() -> None:
    """What stands above two receipts is no receipt, whatever a forger calls it."""
    first, second = _batch(2)
    alone = ReceiptSigner(PRIVATE, ED25519).sign(first.event, first.sha256, AT)
    assert not receipt_is_genuine(replace(first, signature=alone.signature), PUBLIC)
    assert not receipt_is_genuine(replace(alone, path=first.path), PUBLIC)
    leaves = [_hashed(b"\x00" + receipt_text(each)) for each in (first, second)]
    above = _hashed(b"\x01" + b"".join(leaves))
    assert above == root_of(receipt_text(first), first.path, _hashed)
    assert above != _hashed(b"\x00" + b"".join(leaves))
