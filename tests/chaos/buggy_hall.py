"""A hall with one bug that was put in on purpose, so that a run can show that it would be found. Never in the product.

python -m tests.chaos.buggy_hall BUG serve ...
"""

from __future__ import annotations

import secrets
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from threading import Thread
from typing import Any

from sqlalchemy import Connection, update

from hall import cases, group_commit, intake
from hall.__main__ import main
from hall.acceptance import Gate
from hall.at_once import written
from hall.kept import Registration
from hall.tables import cases as case_table
from wire.codec import decode
from wire.keys import new_id
from wire.messages import CaseAccepted, CaseReceived, Envelope, PushResult, PushStatus

# So long the commit takes to begin after everybody was answered.
LATE_S = 3.0


def no_idempotency_key() -> None:
    """A new case that is sent again because its answer was lost is registered again, as by a hall without keys: the copy has an
    id, a case, a receipt number and a place of its own, so that no key of a table stands in its way. The station is answered
    as ever."""
    real = intake._Batch._take

    def forgetful(self: intake._Batch, envelope: Envelope, received: CaseReceived | None) -> PushResult:
        seen = self._standing.seen.get(envelope.id)
        if seen is not None and received is not None and seen[1].status is PushStatus.APPLIED:
            copy = replace(
                decode(Envelope, written(envelope).decode()),
                id=new_id(),
                subject=new_id(),
                seq=-secrets.randbits(40),
            )
            again = replace(decode(CaseReceived, copy.body), receipt_no=f"{received.receipt_no}-{copy.id}")
            self._kept.register(Registration(copy, again))
            self._kept.keep(copy, PushResult(copy.id, PushStatus.APPLIED))
        return real(self, envelope, received)

    intake._Batch._take = forgetful  # type: ignore[method-assign]


def ack_before_commit() -> None:
    """Everybody is answered, and only then does the commit go on its way to the disk."""

    def lead(self: group_commit.GroupCommit) -> None:
        with self._leading:
            with self._queue:
                group, self._waiting = self._waiting, []
            if not group:
                return
            with self._engine.begin() as db:
                for each in group:
                    each.do(db)
                for each in group:
                    each.answer()
                time.sleep(LATE_S)

    def run(self: group_commit.GroupCommit, work: Callable[[Connection], Any]) -> Any:
        mine = group_commit._Waiting(work)
        with self._queue:
            self._waiting.append(mine)
        Thread(target=lead, args=(self,), daemon=True).start()
        return mine.told.result()

    group_commit.GroupCommit.run = run  # type: ignore[method-assign]


def last_writer_wins() -> None:
    """An acceptance that comes after two persons have closed the case is written over what they signed."""
    real = cases.accept

    def accept(
        db: Connection, case: str, station: str, accepted: CaseAccepted, at: datetime, gate: Gate
    ) -> None:
        db.execute(update(case_table).where(case_table.c.id == case).values(closed=None, status="received"))
        real(db, case, station, accepted, at, gate)

    cases.accept = accept


BUGS: Mapping[str, Callable[[], None]] = {
    "no_idempotency_key": no_idempotency_key,
    "ack_before_commit": ack_before_commit,
    "last_writer_wins": last_writer_wins,
}


if __name__ == "__main__":
    BUGS[sys.argv.pop(1)]()
    sys.exit(main())
