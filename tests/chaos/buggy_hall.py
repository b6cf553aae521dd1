"""A hall with one bug that was put in on purpose, so that a run can show that it would be found. Never in the product.

python -m tests.chaos.buggy_hall BUG serve ...
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from threading import Thread
from typing import Any

from sqlalchemy import Connection, update

from hall import cases, group_commit, intake, standing
from hall.__main__ import main
from hall.acceptance import Gate
from hall.tables import cases as case_table
from wire.messages import CaseAccepted, PushRequest

# So long the commit takes to begin after everybody was answered.
LATE_S = 3.0


def no_idempotency_key() -> None:
    """The event id is not looked up: what is sent again because its answer was lost is judged as if it were new."""
    real = standing.stand_carefully

    def forgetful(
        db: Connection, found: standing.Standing, request: PushRequest, receipt_nos: Sequence[str]
    ) -> None:
        real(db, found, request, receipt_nos)
        found.seen.clear()

    intake.stand_carefully = forgetful  # type: ignore[attr-defined, assignment]


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
