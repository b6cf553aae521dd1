"""Papers at the counter: original seen, or a scan taken into the sealed store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from wire.messages import MaterialHow
from workstation.domain.clerk import Clerk
from workstation.domain.failures import Failure, Refused
from workstation.domain.visit import Paper, Scan, Visit
from workstation.services.ports import Unit

MAX_SCAN_BYTES = 10_000_000
_MAGIC = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def see_original(visit: Visit, material: str, seen: bool, clerk: Clerk, at: datetime) -> Visit:
    """Mark a paper as seen in original, with who and when, or take the mark back."""
    paper = visit.papers.get(material)
    if seen:
        scans = paper.scans if paper else ()
        return _with(visit, material, Paper(MaterialHow.ORIGINAL_SEEN, scans, clerk.login, at))
    if paper and paper.scans:
        return _with(visit, material, Paper(MaterialHow.SCANNED, paper.scans))
    return replace(visit, papers=_without(visit.papers, material))


def attach_scan(visit: Visit, material: str, path: Path, unit: Unit) -> Visit:
    """Take a file for a paper into the sealed store, by its content and not by its name.

    Raises Refused(SCAN_UNREADABLE) for what is no PDF, PNG or JPEG, Refused(SCAN_TOO_LARGE) over 10 MB.
    """
    try:
        size = path.stat().st_size
        if size > MAX_SCAN_BYTES:
            raise Refused(Failure.SCAN_TOO_LARGE, limit_mb=str(MAX_SCAN_BYTES // 1_000_000))
        content = path.read_bytes()
    except OSError as error:
        raise Refused(Failure.SCAN_UNREADABLE) from error
    media = next((media for magic, media in _MAGIC.items() if content.startswith(magic)), None)
    if media is None:
        raise Refused(Failure.SCAN_UNREADABLE)
    scan = Scan(unit.blobs.put(content), media, len(content))
    old = visit.papers.get(material) or Paper(MaterialHow.SCANNED)
    if old.how in {MaterialHow.MISSING, MaterialHow.PENDING}:
        old = replace(old, how=MaterialHow.SCANNED, until=None)
    return _with(visit, material, replace(old, scans=(*old.scans, scan)))


def _with(visit: Visit, material: str, paper: Paper) -> Visit:
    return replace(visit, papers={**visit.papers, material: paper})


def _without(papers: Mapping[str, Paper], material: str) -> dict[str, Paper]:
    return {key: paper for key, paper in papers.items() if key != material}
