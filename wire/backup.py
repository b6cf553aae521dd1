"""What a backup of the hall holds, as the hall signs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds. `files` maps each path below it to its SHA-256, `counts` a table to its rows at that moment.

    `hall_key` is the public key that signs it: who knows his hall's key compares the two.
    """

    kind: str  # sqlite or postgresql
    schema: str
    epoch: str
    made_at: datetime
    counts: Mapping[str, int]
    files: Mapping[str, str]
    hall_key: str
    hall: str = ""
    signature: str = ""
    algorithm: str = ""
