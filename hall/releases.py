"""Releases of the catalogue: checked, numbered, signed by the hall, kept by their hash, and given to stations."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from sqlalchemy import Connection, insert, select

from catalogue.release import check_release, open_release
from hall.algorithms import agreed_algorithms
from hall.database import hall_key, next_number, now, stamp
from hall.tables import releases
from wire.codec import decode, encode
from wire.messages import CatalogueManifest
from wire.signed import sign_reply


class VersionTaken(Exception):
    """Another release has this version already: cases pinned to it would change their meaning."""


def publish(db: Connection, folder: Path, content: bytes) -> CatalogueManifest:
    """Make a release the newest. The newest again is no new one.

    Raises CatalogueBroken for a file that no station could open, VersionTaken.
    """
    catalogue, _ = open_release(content)
    check_release(content)
    sha256 = hashlib.sha256(content).hexdigest()
    last = newest(db)
    if last is not None and last.sha256 == sha256:
        return last
    if db.execute(select(releases).where(releases.c.version == catalogue.version)).first() is not None:
        raise VersionTaken(catalogue.version)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{sha256}.part"
    part.write_bytes(content)
    part.replace(folder / f"{sha256}.zip")
    unsigned = CatalogueManifest(
        number=next_number(db, "release"),
        version=catalogue.version,
        sha256=sha256,
        size=len(content),
        issued_at=now(),
        signature="",
    )
    manifest = sign_reply(unsigned, hall_key(db), agreed_algorithms(db).signature)
    db.execute(
        insert(releases).values(
            number=manifest.number,
            version=manifest.version,
            sha256=sha256,
            issued_at=stamp(manifest.issued_at),
            body=encode(manifest),
        )
    )
    return manifest


def newest(db: Connection) -> CatalogueManifest | None:
    """Return the manifest that stations are given, None before the first."""
    body = db.scalar(select(releases.c.body).order_by(releases.c.number.desc()).limit(1))
    return decode(CatalogueManifest, body) if body else None


def content_of(folder: Path, sha256: str) -> bytes | None:
    """Return a release by its hash, None when there is none."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        return None
    path = folder / f"{sha256}.zip"
    return path.read_bytes() if path.is_file() else None
