"""The append-only audit chain, and the hall's stamps on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlcipher3 import dbapi2

from wire.codec import decode, encode
from wire.messages import AuditStamp
from workstation.domain.audit import GENESIS, AuditEntry, AuditFilter
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.storage.connections import Link
from workstation.storage.ends import AuditEnd, Ends
from workstation.storage.tables import audit, audit_stamps, cases
from workstation.storage.times import stamp as written
from workstation.storage.troubles import STORE_ERRORS, refusal_of

HEAD_FACT = "audit_head"  # where the chain ends, so that a tail cut off by hand is missed
_LAST = "SELECT seq, entry FROM audit ORDER BY seq DESC LIMIT 1"
_APPEND = 'INSERT OR FAIL INTO audit (seq, entry, at, actor, deed, "case") VALUES (?, ?, ?, ?, ?, ?)'
_MARK = f"UPDATE facts SET value = ? WHERE name = '{HEAD_FACT}'"  # noqa: S608 - our own name
_FIRST_MARK = f"INSERT INTO facts (name, value) VALUES ('{HEAD_FACT}', ?)"  # noqa: S608 - as above

_Said = tuple[datetime, str, Deed, str, str]  # when, who, what, of which case, and the note


class AuditShelf:
    """See services.ports.Audit. Triggers of the migrations refuse changes and deletions."""

    def __init__(self, link: Link, ends: Ends) -> None:
        self._link = link
        self._db = link.db
        self._ends = ends
        self._appended: AuditEnd | None = None  # and not durable yet

    def note(self, *, at: datetime, actor: str, deed: str, case: str = "", note: str = "") -> AuditEntry:
        """Append a deed. Raises Refused(AUDIT_UNWRITABLE): the caller's unit must not be committed then."""
        known = self._ends.audit if self._appended is None else None
        said: _Said = (at, actor, deed if type(deed) is Deed else Deed(deed), case, note)
        try:
            if known is not None:
                try:
                    return self._append(known, said)
                except dbapi2.IntegrityError:
                    self._ends.audit = None
            last = self._link.run(_LAST, ()).fetchall()
            end = AuditEnd(int(last[0][0]), _hash_in(last[0][1])) if last else AuditEnd(0, GENESIS)
            return self._append(end, said)
        except STORE_ERRORS as error:
            # A full or busy disk is told as such; whatever else keeps the entry out keeps the deed out too.
            raise refusal_of(error) or Refused(Failure.AUDIT_UNWRITABLE) from error

    def settled(self) -> None:
        """What was appended is durable."""
        if self._appended is not None:
            self._ends.audit, self._appended = self._appended, None

    def _append(self, end: AuditEnd, said: _Said) -> AuditEntry:
        at, actor, deed, case, note = said
        entry, text = AuditEntry.written_after(*end, at=at, actor=actor, deed=deed, case=case, note=note)
        run = self._link.run
        run(_APPEND, (entry.seq, text, *columns_of(entry).values()))
        mark = (f"{entry.seq} {entry.hash}",)
        if run(_MARK, mark).rowcount == 0:
            run(_FIRST_MARK, mark)
        self._appended = AuditEnd(entry.seq, entry.hash)
        return entry

    def entries(self) -> tuple[AuditEntry, ...]:
        """Return the whole chain, oldest first."""
        return tuple(
            decode(AuditEntry, e) for e in self._db.scalars(select(audit.c.entry).order_by(audit.c.seq))
        )

    def head(self) -> AuditEntry | None:
        """Return the newest entry."""
        last = self._db.scalar(select(audit.c.entry).order_by(audit.c.seq.desc()).limit(1))
        return decode(AuditEntry, last) if last else None

    def entry(self, seq: int) -> AuditEntry | None:
        """Return the entry at a place."""
        found = self._db.scalar(select(audit.c.entry).where(audit.c.seq == seq))
        return decode(AuditEntry, found) if found else None

    def counts(self, since: datetime, after: int) -> Mapping[str, int]:
        """Return how often each deed was noted since a time, behind a place."""
        behind = (audit.c.at >= written(since), audit.c.seq > after)
        query = select(audit.c.deed, func.count()).where(*behind).group_by(audit.c.deed)
        return {row[0]: row[1] for row in self._db.execute(query)}

    def search(self, wanted: AuditFilter) -> tuple[int, ...]:
        """Return the places of what fits, newest first."""
        query = select(audit.c.seq).order_by(audit.c.seq.desc())
        if wanted.since is not None:
            query = query.where(audit.c.at >= written(wanted.since))
        if wanted.until is not None:
            query = query.where(audit.c.at < written(wanted.until))
        if wanted.actor:
            query = query.where(audit.c.actor == wanted.actor)
        if wanted.deeds:
            query = query.where(audit.c.deed.in_([deed.value for deed in wanted.deeds]))
        if wanted.case:
            query = query.where(audit.c.case.in_((wanted.case, self._case_of(wanted.case))))
        return tuple(self._db.scalars(query))

    def lines(self, seqs: Sequence[int]) -> tuple[AuditEntry, ...]:
        """Return entries by their places, in the order asked for; at most a screenful."""
        rows = self._db.execute(select(audit.c.seq, audit.c.entry).where(audit.c.seq.in_(seqs))).all()
        found = {row.seq: decode(AuditEntry, row.entry) for row in rows}
        return tuple(found[seq] for seq in seqs if seq in found)

    def actors(self) -> tuple[str, ...]:
        """Return everybody who did something."""
        return tuple(self._db.scalars(select(audit.c.actor).distinct().order_by(audit.c.actor)))

    def stamp(self) -> AuditStamp | None:
        """Return the hall's newest stamp."""
        newest = select(audit_stamps.c.stamp).order_by(audit_stamps.c.seq.desc()).limit(1)
        text = self._db.scalar(newest)
        return decode(AuditStamp, text) if text else None

    def stamps(self) -> tuple[AuditStamp, ...]:
        """Return all stamps in order."""
        query = select(audit_stamps.c.stamp).order_by(audit_stamps.c.seq)
        return tuple(decode(AuditStamp, text) for text in self._db.scalars(query))

    def keep_stamp(self, stamp: AuditStamp) -> None:
        """Keep a stamp; a newer one of the same entry takes its place."""
        row = upsert(audit_stamps).values(seq=stamp.seq, stamp=encode(stamp))
        self._db.execute(row.on_conflict_do_update(index_elements=["seq"], set_={"stamp": encode(stamp)}))

    def _case_of(self, receipt_no: str) -> str:
        """Return the id of a case by its receipt number, also of one that was purged: its entries are still here."""
        known = self._db.scalar(select(cases.c.id).where(cases.c.receipt_no == receipt_no))
        if known is None:
            noted = func.json_extract(audit.c.entry, "$.note") == receipt_no
            known = self._db.scalar(
                select(audit.c.case).where(audit.c.deed == Deed.RECEIVED.value, noted).limit(1)
            )
        return known or receipt_no


def _hash_in(entry: str) -> str:
    """Return the hash of an entry as it stands: in canonical JSON no value can look like the beginning of a field."""
    return entry.partition('"hash":"')[2][: len(GENESIS)]


def columns_of(entry: AuditEntry) -> dict[str, str]:
    """Return what stands beside an entry for those who look for it."""
    return {
        "at": written(entry.at),
        "actor": entry.actor,
        "deed": entry.deed.value,
        "case": entry.case,
    }
