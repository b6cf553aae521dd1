"""Reads at once what stations send most: a library that is three times as quick says yes, and all else is judged by wire.codec.

A case has thirty small values inside; to read them was two fifths of the processor time of a push. Whatever is read here is
what wire.codec.decode reads, and it only ever says yes: what it does not take, and a time that is finer than the wire's, goes
to the other one, which names the places. tests/unit/test_at_once.py holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import msgspec

from wire.codec import decode
from wire.messages import Envelope
from wire.written import around_body

T = TypeVar("T")
# A time on the wire has a zone, as wire.codec asks.
_TIME: Any = Annotated[datetime, msgspec.Meta(tz=True)]
# Beyond microseconds one library rounds and the other cuts off. A point or a digit may also be written by its number, as no
# station does. Two searches that each begin with a letter of their own: both in one pattern took ten times as long.
_FINER, _BY_NUMBER = r"\.[0-9]{7}", r"\u00"
_FINER_TEXT, _FINER_BYTES = re.compile(_FINER), re.compile(_FINER.encode())
_BY_NUMBER_BYTES = re.compile(
    re.escape(_BY_NUMBER.encode())
)  # bytes.find takes half as long again: zeros are everywhere


class AtOnce(Generic[T]):
    """Reads values of one kind. What comes has the fields of the kind and is frozen like it, in types of the library's own."""

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind
        self._decode: Callable[[str | bytes], Any] = msgspec.json.Decoder(
            _as_struct(cast("Any", kind))
        ).decode

    def read(self, text: str | bytes, within: object = None) -> T:
        """Return the value that the JSON stands for. Raises wire.codec.Malformed.

        `within` is what the text was a part of: where that was read at once, nothing in it needs to be looked for again.
        """
        if isinstance(within, msgspec.Struct) or not _may_be_finer(text):
            try:
                return cast("T", self._decode(text))
            except (msgspec.MsgspecError, UnicodeError):
                pass
        return decode(self._kind, text)


def _may_be_finer(text: str | bytes) -> bool:
    """Say whether a time in there may be finer than a microsecond."""
    if isinstance(text, str):
        return _BY_NUMBER in text or _FINER_TEXT.search(text) is not None
    return bool(_BY_NUMBER_BYTES.search(text) or _FINER_BYTES.search(text))


_ENCODER = msgspec.json.Encoder()


def written(envelope: Envelope) -> bytes:
    """Write an envelope as canonical JSON, in UTF-8: one that was read at once in one go. A time in another zone is written
    in the long way, which turns it into UTC."""
    if isinstance(envelope, msgspec.Struct) and envelope.at.tzinfo is UTC:
        return _ENCODER.encode(envelope)
    before, after = around_body(envelope)
    return b"".join((before.encode(), quoted(envelope.body), after.encode()))


def quoted(text: str) -> bytes:
    """Write a long text as canonical JSON has it, in UTF-8: json's own way makes a text on the way."""
    return _ENCODER.encode(text)


@lru_cache(maxsize=64)
def _as_struct(kind: Any) -> Any:
    """Return the type of the library's own with the fields of a dataclass, and of all dataclasses inside: unknown fields are
    refused by those alone. None of them is in a cycle, so the collector need not look at them."""
    types = get_type_hints(kind, include_extras=True)
    # By name: so the library writes them as canonical JSON has them (`written`).
    made = [
        _field(each, _inside(types[each.name])) for each in sorted(fields(kind), key=lambda each: each.name)
    ]
    return msgspec.defstruct(
        kind.__name__, made, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True
    )


def _field(field: Field[Any], kind: Any) -> Any:
    return (field.name, kind) if field.default is MISSING else (field.name, kind, field.default)


def _inside(kind: Any) -> Any:
    if kind is datetime:
        return _TIME
    if isinstance(kind, type) and is_dataclass(kind):
        return _as_struct(kind)
    origin, inner = get_origin(kind), tuple(_inside(each) for each in get_args(kind))
    if origin in (UnionType, Union):
        return Union[inner]  # noqa: UP007 - of a tuple that is made here
    return origin[inner] if origin is not None and inner else kind
