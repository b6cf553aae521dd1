"""Bodies packed with zstd (RFC 8878), and unpacked with a cap: a small body must not fill a memory."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zstandard import ZstdCompressor, ZstdDecompressor

ZSTD = "zstd"
FRAME = b"\x28\xb5\x2f\xfd"  # what every frame begins with (RFC 8878 3.1.1)
WORTH_BYTES = 1_000  # below this the head of a frame eats what it saves
_LEVEL = 3
# Of what was seen before: 8 KB stay in the nearest cache of a processor; the level's own 32 KB are fetched for each body.
_HASH_LOG = 11
_WINDOW = 1 << 23  # bytes of history a decoder has to hold (RFC 8878 3.1.1.1.2 recommends to support 8 MB)


class Bomb(Exception):
    """A body that unpacks to more than the reader wants."""


class NotPacked(Exception):
    """Bytes that are no whole frame."""


def pack(body: bytes) -> bytes:
    """Return the body as one frame."""
    from zstandard import ZstdCompressor  # noqa: PLC0415 - off the first paint

    return ZstdCompressor(level=_LEVEL).compress(body)


def pack_body(body: bytes) -> bytes:
    """Return a body of some kilobytes as one frame, as fast as it goes: for what is written while somebody waits."""
    waiting, _ = _waiting()
    try:
        packer = waiting.pop()
    except IndexError:
        from zstandard import ZstdCompressionParameters, ZstdCompressor  # noqa: PLC0415 - off the first paint

        packer = ZstdCompressor(
            compression_params=ZstdCompressionParameters(compression_level=1, hash_log=_HASH_LOG)
        )
    try:
        return packer.compress(body)
    finally:
        waiting.append(packer)


def unpack_body(packed: bytes) -> bytes:
    """Return what a frame holds. Only for what came out of a box of our own, or says how little it is: nothing caps it.
    Raises NotPacked."""
    import zstandard  # noqa: PLC0415 - off the first paint

    _, waiting = _waiting()
    try:
        unpacker = waiting.pop()
    except IndexError:
        unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    try:
        return unpacker.decompress(packed)
    except zstandard.ZstdError as error:
        raise NotPacked from error
    finally:
        waiting.append(unpacker)


@cache
def _waiting() -> tuple[list[ZstdCompressor], list[ZstdDecompressor]]:
    """Packers between two bodies: to make one takes longer than to pack with it, and each serves one thread at a time."""
    return [], []


def unpack(packed: bytes, most: int) -> bytes:
    """Return what was packed, at most `most` bytes. Raises Bomb, NotPacked; never holds more than `most` and a buffer."""
    import zstandard  # noqa: PLC0415 - off the first paint

    try:
        said = zstandard.frame_content_size(packed)  # -1 where the writer did not know it
        if said > most:
            raise Bomb
        if said >= 0:
            # In one go, into just as many bytes: a frame that holds fewer or more of them is refused.
            return unpack_body(packed)
        decoder = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
        with decoder.stream_reader(packed, read_across_frames=False) as reading:
            found = bytes(reading.read(most + 1))
    except zstandard.ZstdError as error:
        raise NotPacked from error
    if len(found) > most:
        raise Bomb
    return found
