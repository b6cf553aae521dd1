"""What stands sealed in the store, by a library in C: the same JSON as wire.codec's, but not in its order of fields.

Nothing is hashed or signed here, so the order need not be canonical: a case is written in a quarter of the time, and read in
two fifths. As in the hall (hall/at_once.py) the library only ever says yes, and what it does not take goes to wire.codec.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from wire.codec import decode, encode

if TYPE_CHECKING:
    from collections.abc import Hashable

T = TypeVar("T")
# A time that is not in UTC is the codec's: it refuses one without zone, which the library writes. An answer that looks like one
# goes there as well.
_NOT_UTC = re.compile(rb'T\d\d:\d\d:\d\d(?:\.\d+)?["+-]')


def body_of(value: object) -> bytes:
    """Return the JSON of a value, without numbers that have a point. Raises TypeError for what has no place in it."""
    body = _encoder()(value)
    return body if _NOT_UTC.search(body) is None else encode(value).encode()


def shown(kind: type[T], body: bytes) -> T:
    """Return a value that is only looked at: a field that a later version wrote is passed over, where `wire.codec.decode`,
    which reads what is to be changed, refuses it. Raises wire.codec.Malformed.
    """
    import msgspec  # noqa: PLC0415 - see _encoder

    try:
        return cast("T", _decoder(cast("Hashable", kind))(body))
    except (msgspec.MsgspecError, UnicodeError):
        return decode(kind, body)


@cache
def _encoder() -> Callable[[object], bytes]:
    import msgspec  # noqa: PLC0415 - off the first paint

    return msgspec.json.Encoder().encode


@cache
def _decoder(kind: Hashable) -> Callable[[bytes], Any]:
    import msgspec  # noqa: PLC0415 - see _encoder

    return msgspec.json.Decoder(kind).decode
