"""Which scans a case or a draft names."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from workstation.storage.tables import scan_owners


def name_scans(db: Connection, owner: str, scans: Iterable[str]) -> None:
    """Write down that a case or its draft names these scans; both have the same id."""
    rows = [{"sha256": sha256, "owner": owner} for sha256 in scans]
    if rows:
        db.execute(insert(scan_owners).on_conflict_do_nothing(), rows)
