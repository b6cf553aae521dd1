"""Packed bodies: the same afterwards, and never more in memory than the reader wants."""

from __future__ import annotations

import pytest
from zstandard import ZstdCompressionParameters, ZstdCompressor

from wire.packing import Bomb, NotPacked, pack, unpack


@pytest.mark.parametrize("body", [b"", b"x", "一窗".encode() * 10_000, bytes(range(256)) * 50])
def test_what_was_packed_comes_out_as_it_was(body: bytes) -> None:
    assert unpack(pack(body), len(body)) == body


def test_a_bomb_is_not_unpacked_whether_it_says_its_size_or_not() -> None:
    body = b"0" * 20_000_000
    silent = ZstdCompressor(write_content_size=False).compress(body)
    for packed in (pack(body), silent):
        assert len(packed) < 5_000
        with pytest.raises(Bomb):
            unpack(packed, 1_000_000)
        assert unpack(packed, len(body)) == body


@pytest.mark.parametrize("broken", [b"", b"{}", pack(b"x" * 5000)[:-3], b"\x28\xb5\x2f\xfd"])
def test_what_is_no_whole_frame_is_refused(broken: bytes) -> None:
    with pytest.raises(NotPacked):
        unpack(broken, 10_000)


def test_a_window_that_fills_a_memory_is_refused() -> None:
    wide = ZstdCompressionParameters.from_level(3, window_log=27, write_content_size=0)
    with pytest.raises(NotPacked):
        unpack(ZstdCompressor(compression_params=wide).compress(b"x" * 9_000_000), 10**7)
