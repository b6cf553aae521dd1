"""Which scans and photos a case or a draft names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from workstation.storage.tables import scan_owners

_HEX = 64  # digits of a SHA-256
_PHOTO = re.compile(rf"[0-9a-f]{{{_HEX}}}")


def name_scans(db: Connection, owner: str, scans: Iterable[str]) -> None:
    """Write down that a case or its draft names these scans; both have the same id."""
    rows = [{"sha256": sha256, "owner": owner} for sha256 in scans]
    if rows:
        db.execute(insert(scan_owners).on_conflict_do_nothing(), rows)


def photos_in(values: Iterable[str]) -> list[str]:
    """Return the answers that are photos: their value is the hash of the picture. One too many keeps a scan too long."""
    return [value for value in values if len(value) == _HEX and _PHOTO.fullmatch(value)]
