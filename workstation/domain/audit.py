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
        digest = _digest(place + 1, before, at, actor, deed, case, note)
        return AuditEntry(place + 1, before, at, actor, deed, case, note, digest)

    def text(self) -> str:
        """Return its canonical JSON, which wire.codec.encode gives as well: every deed is written, so this one is made by hand."""
        return (
            f'{{"actor":{_quoted(self.actor)},"at":"{time_text(self.at)}","case":{_quoted(self.case)},'
            f'"deed":{_quoted(self.deed)},"hash":{_quoted(self.hash)},"note":{_quoted(self.note)},'
            f'"prev":{_quoted(self.prev)},"seq":{self.seq}}}'
        )

    def intact(self) -> bool:
        """Say whether the hash still fits the content."""
        return self.hash == _digest(self.seq, self.prev, self.at, self.actor, self.deed, self.case, self.note)


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


def _digest(seq: int, prev: str, at: datetime, actor: str, deed: Deed, case: str, note: str) -> str:
    # Canonical JSON of a list of these, written out: each entry comes by here.
    said = f"{seq},{_quoted(prev)},{_quoted(at.isoformat())},{_quoted(actor)},{_quoted(deed)}"
    return digest(f"[{said},{_quoted(case)},{_quoted(note)}]")
