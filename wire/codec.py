"""Values to canonical JSON and back: the bytes that are hashed, signed and sent."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from wire.canonical import Canonical

if TYPE_CHECKING:
    from collections.abc import Hashable

    from pydantic_core import SchemaValidator

T = TypeVar("T")


class Malformed(ValueError):
    """Bytes that are no value of the expected kind. The message names places, never contents."""


def encode(value: object) -> str:
    """Return canonical JSON: sorted keys, no spaces, UTF-8 as is, times in UTC ISO 8601 with Z.

    The same value gives the same text on every machine, so that hashes and signatures agree.
    """
    return _CANONICAL.encode(value)


def time_text(at: datetime) -> str:
    """Return a time as it stands on the wire: UTC, ISO 8601 with Z. Raises TypeError for one without zone."""
    if at.tzinfo is UTC:  # nearly all of them: half the time
        return at.isoformat()[:-6] + "Z"
    if at.tzinfo is None:
        raise TypeError("a time without zone has no place on the wire")
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


def decode(kind: type[T], text: str | bytes) -> T:
    """Return the value of `kind` that the JSON stands for; unknown fields and loose types are refused.

    Raises Malformed with the places of the faults only: contents may be personal.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - 60 ms that the first paint must not pay

    try:
        return cast("T", _adapter(cast("Hashable", kind)).validate_json(text, strict=True, extra="forbid"))
    except ValidationError as error:
        places = sorted(
            {".".join(str(part) for part in e["loc"]) or "$" for e in error.errors(include_input=False)}
        )
        raise Malformed(f"{kind.__name__}: {', '.join(places[:5])}") from None


def digest(text: str, algorithm: str = "sha-256") -> str:
    """Return the digest of the UTF-8 bytes, lowercase hex. Raises NotOffered for a name that nobody here stands behind."""
    return digest_of(text.encode(), algorithm)


def digest_of(raw: bytes, algorithm: str = "sha-256") -> str:
    """Return the same of bytes that are UTF-8 already. Raises NotOffered."""
    if algorithm == "sha-256":
        return hashlib.sha256(raw).hexdigest()
    from wire.algorithms import offered  # noqa: PLC0415 - the usual name needs no provider

    return offered().digest(algorithm)(raw).hex()


@lru_cache(maxsize=64)
def _adapter(kind: Hashable) -> SchemaValidator:
    from pydantic import TypeAdapter  # noqa: PLC0415 - see decode
    from pydantic_core import SchemaValidator  # noqa: PLC0415

    schema: Any = TypeAdapter(cast("type[object]", kind)).core_schema
    return SchemaValidator(_with_zones(schema))


def _with_zones(schema: Any) -> Any:
    """Return a schema in which every time has a zone: one without has no place on the wire, and cannot be compared."""
    if isinstance(schema, list | tuple):
        return type(schema)(_with_zones(each) for each in schema)
    if not isinstance(schema, dict):
        return schema
    made = {name: _with_zones(value) for name, value in schema.items()}
    return {**made, "tz_constraint": "aware"} if made.get("type") == "datetime" else made


_CANONICAL = Canonical(time_text)
