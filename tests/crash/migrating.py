"""Kills the upgrade of each kept store at its changing calls, under the shim; one line of JSON a point.

python -m tests.crash.migrating ROOT POINTS, with the environment of tests.crash.shim; POINTS of each store, 0: every one.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from tests.crash.shim import KILL, Shim
from tests.crash.sweep import points
from tests.data.kept import take
from tests.data.make_store import KEY, SCAN
from tests.fakes.cases import a_case, a_visit
from workstation.domain.case import CaseStatus
from workstation.domain.failures import Refused
from workstation.storage.database import open_store
from workstation.storage.migrations import HEAD

_KEPT = Path(__file__).parents[1] / "data"


def main(root: Path, wanted: int) -> None:
    """Play each store."""
    shim = Shim()
    for kept in sorted(_KEPT.glob("store-*.db"))[:-1]:  # the newest has no upgrade before it
        path = _taken(kept, root / f"{kept.stem}-count")
        shim.arm(0, 0, 0)
        open_store(path, KEY).close()
        total = shim.disarm()
        for nth in points(total, wanted):
            path = _taken(kept, root / f"{kept.stem}-{nth}")
            died = _killed(shim, path, nth)
            line = {"store": kept.name, "points": total, "nth": nth, "died": died, "bad": list(_bad(path))}
            sys.stdout.write(json.dumps(line) + "\n")
            shutil.rmtree(path.parent)


def _taken(kept: Path, folder: Path) -> Path:
    folder.mkdir()
    return take(kept, folder)


def _killed(shim: Shim, path: Path, nth: int) -> bool:
    child = os.fork()
    if not child:
        shim.arm(nth, KILL)
        open_store(path, KEY).close()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _bad(path: Path) -> Iterator[str]:
    """The store opens, with the schema of today and everything that was put in."""
    try:
        store = open_store(path, KEY)
    except Refused as refused:
        yield f"it does not open: {refused.failure.value}"
        return
    with store._engine.connect() as db:
        if db.scalar(text("PRAGMA user_version")) != HEAD:
            yield "it is not of today"
        if db.scalar(text("PRAGMA integrity_check")) != "ok":
            yield "its integrity is gone"
    with store.unit() as unit:
        scan = unit.blobs.unsent(9)[0]
        if unit.blobs.get(scan) != SCAN:
            yield "its scan is gone"
        if unit.cases.latest(9) != (a_case(2, status=CaseStatus.ACCEPTED), a_case(1, blobs=(scan,))):
            yield "its cases are not what they were"
        if unit.drafts.all() != (a_visit(3),):
            yield "its draft is not what it was"
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
