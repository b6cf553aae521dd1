"""The audit chain: every deed with who, what for and when; never the answer itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from json.encoder import encode_basestring

from wire.codec import digest, time_text
from workstation.domain.clerk import Deed

GENESIS = "0" * 64
_quoted: Callable[[str], str] = encode_basestring


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
        place, before = (prev.seq, prev.hash) if prev else (0, GENESIS)
        return AuditEntry.after(place, before, at=at, actor=actor, deed=deed, case=case, note=note)

    @staticmethod
    def after(
        place: int, before: str, *, at: datetime, actor: str, deed: Deed, case: str, note: str
    ) -> AuditEntry:
        """Make the entry that follows the one at `place` with the hash `before`; 0 and GENESIS for the first."""
        return AuditEntry.written_after(place, before, at=at, actor=actor, deed=deed, case=case, note=note)[0]

    @staticmethod
    def written_after(
        place: int, before: str, *, at: datetime, actor: str, deed: Deed, case: str, note: str
    ) -> tuple[AuditEntry, str]:
        """Make the entry as `after` does, and its canonical JSON, which wire.codec.encode gives as well: every deed is
        written, so this text is made by hand, and what stands in the hashed one too is quoted once."""
        seq = place + 1
        who, what, which, more = _quoted(actor), _quoted(deed), _quoted(case), _quoted(note)
        prev = _quoted(before)
        hash_ = digest(f"[{seq},{prev},{_quoted(at.isoformat())},{who},{what},{which},{more}]")
        text = (
            f'{{"actor":{who},"at":"{time_text(at)}","case":{which},"deed":{what},"hash":"{hash_}","note":{more},'
            f'"prev":{prev},"seq":{seq}}}'
        )
        return AuditEntry(seq, before, at, actor, deed, case, note, hash_), text

    def intact(self) -> bool:
        """Say whether the hash still fits the content."""
        again = AuditEntry.after(
            self.seq - 1,
            self.prev,
            at=self.at,
            actor=self.actor,
            deed=self.deed,
            case=self.case,
            note=self.note,
        )
        return self.hash == again.hash


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What an auditor looks for; everything that is set must fit. Times are aware; `until` is not in."""

    since: datetime | None = None
    until: datetime | None = None
    actor: str = ""  # login
    case: str = ""  # id or receipt number
    deeds: tuple[Deed, ...] = ()


class Standing(StrEnum):
    """How the chain stands with the hall."""

    GOOD = "good"  # the hall has signed the newest entry, or it is young
    LATE = "late"  # the hall has not signed for longer than the office wants
    STOPPED = "stopped"  # and longer than it allows: nothing is filed
    REFUSED = "refused"  # the hall does not sign: what it signed before is not in this chain


@dataclass(frozen=True, slots=True)
class AuditLimits:
    """How long entries may wait for the hall's stamp: a warning first; `stop` None never stops the counter."""

    warn: timedelta = timedelta(hours=24)
    stop: timedelta | None = None


def standing(exposed: int, waited: timedelta, trouble: str, limits: AuditLimits) -> Standing:
    """Say how the chain stands: `exposed` entries the hall has not signed, the oldest of them `waited` so long."""
    if trouble:
        return Standing.REFUSED
    if not exposed:
        return Standing.GOOD
    if limits.stop is not None and waited >= limits.stop:
        return Standing.STOPPED
    return Standing.LATE if waited >= limits.warn else Standing.GOOD
