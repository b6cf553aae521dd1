"""What the hall says about itself to whoever watches it: is it there, and may it be sent work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Health:
    """The process lives and answers. `status` is always "ok": a dead one says nothing."""

    status: str = "ok"


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a proxy may send work here. `checks` has a code for each thing looked at (database, schema, disk, keys):
    "ok", or what is wrong with it."""

    ready: bool
    checks: Mapping[str, str]
