"""What stands sealed in the store, by a library in C: the same JSON as wire.codec's, but not in its order of fields.

Nothing is hashed or signed here, so the order need not be canonical: a case is written in a quarter of the time, and one of
a page is read in a third. As in the hall (hall/at_once.py) the library only ever says yes, and what it does not take goes to
wire.codec.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from wire.codec import decode, encode
from workstation.domain.case import Case

# A time that is not in UTC is the codec's: it refuses one without zone, which the library writes. An answer that looks like
# one goes there as well.
_NOT_UTC = re.compile(rb'T\d\d:\d\d:\d\d(?:\.\d+)?["+-]').match


def body_of(value: object) -> bytes:
    """Return the JSON of a value, without numbers that have a point. Raises TypeError for what has no place in it."""
    body = _encoder()(value)
    # The pattern's own search takes three times as long: a body has few T.
    at = body.find(b"T")
    while at >= 0:
        if _NOT_UTC(body, at):
            return encode(value).encode()
        at = body.find(b"T", at + 1)
    return body


def shown(body: bytes) -> Case:
    """Return a case that is only looked at: a field that a later version wrote is passed over, where `wire.codec.decode`,
    which reads what is to be changed, refuses it. Raises wire.codec.Malformed.
    """
    import msgspec  # noqa: PLC0415 - see _encoder

    try:
        return _reader()(body)
    except (msgspec.MsgspecError, UnicodeError):
        return decode(Case, body)


@cache
def _encoder() -> Callable[[object], bytes]:
    import msgspec  # noqa: PLC0415 - off the first paint

    return msgspec.json.Encoder(enc_hook=_plain).encode


def _plain(value: object) -> object:
    """Return what the library writes for a mapping of another kind than its own."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no place in a body")


@cache
def _reader() -> Callable[[bytes], Case]:
    import msgspec  # noqa: PLC0415 - see _encoder

    return msgspec.json.Decoder(Case).decode
