"""The audit chain: every deed with who, what for and when; never the answer itself."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from workstation.domain.clerk import Deed

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One deed. `hash` is SHA-256 over the canonical JSON of every other field, `prev` included."""

    seq: int
    prev: str
    at: datetime
    actor: str
    deed: Deed
    case: str  # "" when there is none
    note: str  # ids and codes only, never a person
    hash: str

    @staticmethod
    def following(
        prev: AuditEntry | None, *, at: datetime, actor: str, deed: Deed, case: str, note: str
    ) -> AuditEntry:
        """Make the entry that follows `prev` (None for the first)."""
        seq = prev.seq + 1 if prev else 1
        before = prev.hash if prev else GENESIS
        return AuditEntry(
            seq, before, at, actor, deed, case, note, _digest(seq, before, at, actor, deed, case, note)
        )

    def intact(self) -> bool:
        """Say whether the hash still fits the content."""
        return self.hash == _digest(self.seq, self.prev, self.at, self.actor, self.deed, self.case, self.note)


def _digest(seq: int, prev: str, at: datetime, actor: str, deed: Deed, case: str, note: str) -> str:
    body = [seq, prev, at.isoformat(), actor, deed.value, case, note]
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
