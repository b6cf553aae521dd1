"""A counter at work, to be killed: files cases without end and says the number of each one that is durable.

`python -m tests.fakes.counter_work STORE [--early]`; with --early it says so before the commit, which is the bug
that the harness must find.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.fakes.cases import NOW, a_case
from workstation.domain.clerk import Deed
from workstation.storage.database import open_store

KEY = bytes(range(32))


def work(path: Path, *, early: bool) -> None:
    """File cases until somebody kills the process."""
    store = open_store(path, KEY)
    while True:
        with store.unit() as unit:
            case = a_case(unit.station.next_number("receipt"))
            unit.cases.add(case)
            unit.outbox.add(
                id=f"event-{case.id}", subject=case.id, kind="case_received", at=NOW, actor="clerk", body="{}"
            )
            unit.audit.note(at=NOW, actor="clerk", deed=Deed.RECEIVED, case=case.id)
            if early:
                print(case.id, flush=True)
                time.sleep(0.3)
            unit.commit()
        if not early:
            print(case.id, flush=True)


if __name__ == "__main__":
    work(Path(sys.argv[1]), early="--early" in sys.argv)
