"""Takes back a conclusion that the hall had sealed before it was restored: its own seal proves it.

What departments had decided after the backup is gone from the database, and so results could neither be handed out nor be
counted as collected until each department had decided once more. A station that has the seal shows it with an event of the
case that goes again (wire/epoch.py). The seal names case, day and how each item ended; words, basis and licence are the station's,
as the hall had told them to it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Row, select, update

from hall import cases as life
from hall.algorithms import agreed_algorithms
from hall.database import hall_key, now, stamp
from hall.feed import tell
from hall.steps import StepRefused, move, status_of
from hall.tables import cases, sub_cases
from wire import seal
from wire.codec import Malformed, decode
from wire.epoch import ConcludedBefore
from wire.keys import public_of
from wire.lifecycle import UNDER_WAY, CaseStatus
from wire.messages import CaseConcluded, ChangeKind, Result

log = logging.getLogger(__name__)


def conclude_again(db: Connection, case: str, station: str, shown: ConcludedBefore) -> bool:
    """Conclude an accepted case as it had been; False for what the seal is not for, and where a department has decided
    anew: then the hall's present word stands."""
    try:
        row = life.case_of(db, case, station)
    except StepRefused:
        return False
    results = _results(db, row, shown)
    if status_of(row) not in UNDER_WAY or results is None:
        return False
    subs = db.execute(select(sub_cases).where(sub_cases.c.case == case).order_by(sub_cases.c.id)).all()
    if {str(sub.item) for sub in subs} != set(results) or any(sub.result is not None for sub in subs):
        return False
    at = now()
    for sub in subs:
        life.end_item(db, sub, results[str(sub.item)], at)
    concluded_at = _sealed_at(shown.seal)
    kept = {"concluded_at": stamp(concluded_at), "seal": shown.seal, "due_on": ""}
    db.execute(update(cases).where(cases.c.id == case).values(kept))
    move(db, case, CaseStatus.DECIDED)
    told = CaseConcluded(str(row.project_no), concluded_at, shown.seal)
    tell(db, case, ChangeKind.CASE_CONCLUDED, told)
    log.info("%s is concluded as it was sealed before", case)
    return True


def _results(
    db: Connection, row: Row[tuple[object, ...]], shown: ConcludedBefore
) -> Mapping[str, Result] | None:
    """Return the result of each item, None where the hall's own seal does not say just that of just this case."""
    if not seal.genuine(shown.seal, public_of(hall_key(db)), agreed_algorithms(db).signature):
        return None
    said = seal.read(shown.seal).payload
    try:
        results = {item: decode(Result, body) for item, body in shown.results.items()}
        ended = {str(item): str(code) for item, code in json.loads(json.dumps(said["results"]))}
    except (Malformed, KeyError, TypeError, ValueError):
        return None
    same_case = (said.get("project_no"), said.get("receipt_no")) == (row.project_no, row.receipt_no)
    same_ends = {item: result.code.value for item, result in results.items()} == ended
    return results if same_case and same_ends else None


def _sealed_at(token: str) -> datetime:
    return datetime.fromisoformat(str(seal.read(token).payload["concluded_at"]))
