"""What must be true of a station's folder after a crash: everything acknowledged is there, once, whole and readable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from wire.messages import EventKind
from workstation.domain.case import Case, CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.failures import Refused
from workstation.services.ports import Unit
from workstation.services.verify_audit import verify
from workstation.storage.audit_reader import reading
from workstation.storage.database import Store, open_store
from workstation.storage.envelopes import read as read_envelope
from workstation.storage.seals import Seals, StoreKey
from workstation.storage.unit import SqlUnit

KEY = bytes(32)  # of the fake keys of tests.fakes.counter


@dataclass(slots=True)
class Promised:
    """What was acknowledged up to a moment."""

    opened: bool = False
    receipts: dict[str, str] = field(default_factory=dict)  # case -> receipt number
    accepted: set[str] = field(default_factory=set)
    projects: dict[str, str] = field(default_factory=dict)
    serials: dict[str, list[str]] = field(default_factory=dict)
    drafts: dict[str, dict[str, str]] = field(default_factory=dict)  # case -> what was answered
    acked: set[str] = field(default_factory=set)

    def hear(self, said: str) -> None:
        """Take one acknowledgement."""
        told: dict[str, Any] = json.loads(said)
        what, case = told["what"], told["case"]
        if what == "open":
            self.opened = True
        elif what == "draft":
            self.drafts[case] = told["answers"]
        elif what == "received":
            self.receipts[case] = told["receipt_no"]
            self.serials[case] = [told["serial"]] if told["serial"] else []
        elif what == "registered":
            self.projects[case] = told["project_no"]
        elif what == "accepting":
            self.drafts.pop(case, None)
        elif what == "accepted":
            self.accepted.add(case)
            self.serials[case].append(told["serial"])
        elif what == "acked":
            self.acked.update(told["events"])


def problems(folder: Path, promised: Promised) -> Iterator[str]:
    """Open what is left with the product's own code and say what is wrong with it; nothing when all is well."""
    path = folder / "station.db"
    if promised.opened and not path.exists():
        yield "the store is gone"
        return
    try:
        store = open_store(path, KEY)
    except Refused as refused:
        yield f"it does not open: {refused.failure.value} {dict(refused.details)}"
        return
    try:
        yield from _whole(store)
        yield from _kept(store, promised)
        with reading(path, KEY) as chain:
            found = verify(chain.rows(), chain.witness(())).findings
        yield from (f"audit {f.kind.value} {f.first}-{f.last}" for f in found)
    except Refused as refused:
        yield f"it cannot be read: {refused.failure.value} {dict(refused.details)}"
    finally:
        store.close()


def _whole(store: Store) -> Iterator[str]:
    with store._engine.connect() as db:
        # Pages of the file that were torn while the log was folded into it stand in the log still: folded first, as the
        # next scrub does, because cipher_integrity_check looks at the file alone.
        raw = db.connection.cursor()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        raw.close()
        for pragma in ("integrity_check", "foreign_key_check", "cipher_integrity_check"):
            said = [row[0] for row in db.execute(text(f"PRAGMA {pragma}"))]
            if said not in ([], ["ok"]):
                yield f"{pragma}: {said[:3]}"


def _kept(store: Store, promised: Promised) -> Iterator[str]:
    with store.unit() as unit:
        if promised.opened and unit.station.enrolment() is None:
            yield "the enrolment is lost"
        cases = {case.id: case for case in unit.cases.latest(100_000)}  # every body is opened
        for case, receipt_no in promised.receipts.items():
            if case not in cases or cases[case].receipt_no != (receipt_no or cases[case].receipt_no):
                yield f"receipt {receipt_no} is lost"
        yield from (f"acceptance of {c} is lost" for c in promised.accepted if not _is_accepted(cases.get(c)))
        for case, number in promised.projects.items():
            if case not in cases or cases[case].project_no != number:
                yield f"project number {number} is lost"
        for case, serials in promised.serials.items():
            kept = {sheet.serial for sheet in unit.prints.of_case(case)}
            yield from (f"sheet {serial} is lost" for serial in serials if serial not in kept)
        yield from _drafts(unit, promised)
        yield from _chain(unit, promised, set(cases))
        yield from (f"scan {sha} cannot be read" for sha in _unreadable(unit))
        if cases:
            newest = max(cases.values(), key=lambda case: case.receipt_no)
            following = unit.station.next_number(f"receipt:{newest.received_at:%Y%m%d}:{newest.window}")
            if following != len(cases) + 1:
                yield f"the next receipt would be number {following} after {len(cases)}"
        # Not committed: nothing was taken.


def _is_accepted(case: Case | None) -> bool:
    return case is not None and case.status is not CaseStatus.RECEIVED


def _drafts(unit: Unit, promised: Promised) -> Iterator[str]:
    for case, answers in promised.drafts.items():
        visit = unit.drafts.get(case)
        kept = {key: answer.value for key, answer in visit.answers.items()} if visit else {}
        if any(kept.get(key) != value for key, value in answers.items() if value):
            yield f"draft {case} is lost"


def _chain(unit: SqlUnit, promised: Promised, cases: set[str]) -> Iterator[str]:
    """Envelopes are gapless and chained, and each case has exactly its own."""
    db = _connection(unit)
    seals = Seals(db, unit._shared.pool, StoreKey(KEY))
    rows = db.execute(text("SELECT seq, id, subject, state, sha256, sealed FROM outbox ORDER BY seq")).all()
    if [row.seq for row in rows] != list(range(1, len(rows) + 1)):
        yield "the outbox has a gap"
    envelopes = [read_envelope(seals.open_body(row.subject, row.sealed)) for row in rows]
    for row, envelope in zip(rows, envelopes, strict=True):
        if (row.seq, row.id, row.sha256) != (envelope.seq, envelope.id, envelope.sha256):
            yield f"envelope {row.seq} is not what stands beside it"
    yield from (f"envelope {b.seq} does not follow" for a, b in pairwise(envelopes) if b.prev != a.sha256)
    received = [e.subject for e in envelopes if e.kind is EventKind.CASE_RECEIVED]
    if sorted(received) != sorted(cases):
        yield "cases and envelopes disagree"
    noted = [entry.case for entry in unit.audit.entries() if entry.deed is Deed.RECEIVED]
    if sorted(noted) != sorted(cases):
        yield "cases and audit entries disagree"
    signed = {row.id for row in rows if row.state == "acked"}
    yield from (f"the hall's receipt for {event} is lost" for event in promised.acked - signed)


def _unreadable(unit: SqlUnit) -> Iterator[str]:
    names = list(_connection(unit).scalars(text("SELECT sha256 FROM blobs")))
    for sha in names:
        try:
            unit.blobs.get(sha)
        except (Refused, KeyError):
            yield sha


def _connection(unit: SqlUnit) -> Connection:
    assert unit.ground is not None
    return unit.ground.db
