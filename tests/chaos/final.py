"""What is looked at when a run is over: a station's store from inside, the hall's database from outside."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import select

from wire.codec import decode
from wire.corrections import Amendment, ReceiptAmended
from wire.keys import unb64
from wire.messages import CaseAccepted, CaseReceived, Envelope, HallReceipt, PushResult
from wire.signed import receipt_is_genuine, reply_is_genuine
from workstation.domain.audit import GENESIS
from workstation.domain.clerk import Deed
from workstation.domain.outbox import OutboxState
from workstation.storage.database import Store
from workstation.storage.tables import outbox

Said = dict[str, Any]


def station_final(store: Store) -> Said:
    """Return cases, queue, chain and purges of a station. Hashes and signatures are checked here, where the keys are."""
    with store.unit() as unit:
        enrolment = unit.station.enrolment()
        if enrolment is None:
            raise ValueError("the station is not enrolled")
        key = unb64(enrolment.hall_key)
        cases = [
            {
                "id": case.id,
                "receipt_no": case.receipt_no,
                "project_no": case.project_no,
                "status": case.status.value,
                "closing": case.closing.sha256 if case.closing else None,
                "papers": sorted([m.material, m.how.value] for m in case.materials),
                "scans": sorted({scan for m in case.materials for scan in m.blobs}),
                "version": case.version,
                "amended": _amended(case.amended[-1].changes if case.amended else ()),
            }
            for case in unit.cases.latest(100_000)
        ]
        entries, stamps = unit.audit.entries(), unit.audit.stamps()
    broken, before, place = [], GENESIS, 0
    for entry in entries:
        if not entry.intact() or entry.prev != before or entry.seq != place + 1:
            broken.append(entry.seq)
        before, place = entry.hash, entry.seq
    return {
        "station": enrolment.station,
        "device": enrolment.device,
        "incarnation": enrolment.incarnation,
        "cases": cases,
        "outbox": _outbox(store, key),
        "audit": {entry.seq: entry.hash for entry in entries},
        "broken": broken,
        "stamps": [[s.seq, s.hash, reply_is_genuine(s, key)] for s in stamps],
        "purged": [entry.case for entry in entries if entry.deed is Deed.PURGED],
    }


def _outbox(store: Store, key: bytes) -> list[Said]:
    rows = []
    with store._engine.connect() as db:
        for row in db.execute(select(outbox).order_by(outbox.c.seq)):
            receipt = decode(HallReceipt, row.receipt) if row.receipt else None
            signed = receipt is not None and (
                receipt.event == row.id
                and receipt.sha256 == row.sha256
                and receipt_is_genuine(receipt, key, receipt.algorithm or "ed25519")
            )
            rows.append(
                {
                    "event": row.id,
                    "subject": row.subject,
                    "state": row.state,
                    "trouble": row.trouble,
                    "sha256": row.sha256,
                    "acked": row.state == OutboxState.ACKED.value,
                    "signed": signed,
                }
            )
    return rows


def _amended(changes: Iterable[Amendment]) -> list[list[str]]:
    return sorted([change.name, change.after] for change in changes)


def hall_final(database: Path) -> Said:
    """Return what the hall holds, read from its SQLite file."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        rows = db.execute("SELECT event, device, sha256, envelope, result FROM inbox").fetchall()
        subs: dict[str, list[str]] = {}
        for row in db.execute('SELECT "case", state FROM sub_cases'):
            subs.setdefault(row["case"], []).append(row["state"])
        named: dict[str, list[str]] = {}
        for row in db.execute('SELECT "case", sha256 FROM case_scans'):
            named.setdefault(row["case"], []).append(row["sha256"])
        amended = {
            row["case"]: decode(ReceiptAmended, row["body"])
            for row in db.execute(
                """SELECT "case", body FROM case_steps WHERE kind = 'receipt_amended' ORDER BY at"""
            )
        }
        approvals = [dict(row) for row in db.execute('SELECT "case", event, body FROM approvals')]
        return {
            "cases": [
                _case(row, subs.get(row["id"], []))
                | {
                    "scans": sorted(named.get(row["id"], [])),
                    "amended": _amended(amended[row["id"]].changes if row["id"] in amended else ()),
                }
                for row in db.execute("SELECT * FROM cases")
            ],
            "scans": [
                [row["station"], row["sha256"]] for row in db.execute("SELECT station, sha256 FROM blobs")
            ],
            "inbox": [_event(row) for row in rows],
            "approvals": [
                {"case": a["case"], "event": a["event"], "sha256": json.loads(a["body"])["sha256"]}
                for a in approvals
            ],
            "stamps": [
                [row["device"], row["incarnation"], row["seq"], row["hash"]]
                for row in db.execute("SELECT device, incarnation, seq, hash FROM audit_stamps")
            ],
            "slips": [row["serial"] for row in db.execute("SELECT serial FROM slips")],
        }


def _case(row: sqlite3.Row, subs: list[str]) -> Said:
    papers = decode(CaseReceived, row["body"]).materials
    if row["accepted"]:
        papers = decode(CaseAccepted, row["accepted"]).materials
    return {
        "id": row["id"],
        "receipt_no": row["receipt_no"],
        "project_no": row["project_no"],
        "station": row["station"],
        "accepted": row["accepted"] is not None,
        "closed": row["closed"],
        "concluded": row["concluded_at"] is not None,
        "states": subs,
        "papers": sorted([m.material, m.how.value] for m in papers),
        "status": row["status"],
        "version": row["version"],
        "complete": row["papers_at"] is not None,
    }


def scans_kept(room: Path) -> dict[str, str]:
    """Return the scans in a hall's folder by their names, each with the hash of what stands in it."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in room.glob("[0-9a-f][0-9a-f]/*")
        if file.is_file()
    }


def _event(row: sqlite3.Row) -> Said:
    envelope, result = decode(Envelope, row["envelope"]), decode(PushResult, row["result"])
    return {
        "event": row["event"],
        "device": row["device"],
        "sha256": row["sha256"],
        "subject": envelope.subject,
        "kind": envelope.kind.value,
        "seq": envelope.seq,
        "result": result.status.value,
    }
