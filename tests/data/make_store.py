"""Makes tests/data/store-000N.db, once per released schema: python -m tests.data.make_store N. Test key of zeros."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.fakes.people import case, visit
from workstation.storage.database import open_store

if __name__ == "__main__":
    path = Path(__file__).parent / f"store-{int(sys.argv[1]):04d}.db"
    store = open_store(path, bytes(32))
    with store.unit() as unit:
        unit.cases.add(case())
        unit.drafts.save(visit())
        unit.commit()
    store.close()
