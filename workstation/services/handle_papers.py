"""Papers at the counter: original seen, or a scan taken into the sealed store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from wire.messages import MaterialHow
from workstation.domain.clerk import Clerk
from workstation.domain.visit import Paper, Scan, Visit
from workstation.services.ports import Unit
from workstation.services.read_scan import ReadScan


def see_original(visit: Visit, material: str, seen: bool, clerk: Clerk, at: datetime) -> Visit:
    """Mark a paper as seen in original, with who and when, or take the mark back."""
    paper = visit.papers.get(material)
    if seen:
        scans = paper.scans if paper else ()
        return _with(visit, material, Paper(MaterialHow.ORIGINAL_SEEN, scans, clerk.login, at))
    if paper and paper.scans:
        return _with(visit, material, Paper(MaterialHow.SCANNED, paper.scans))
    return replace(visit, papers=_without(visit.papers, material))


def attach_scan(visit: Visit, material: str, read: ReadScan, unit: Unit) -> Visit:
    """Put a scan for a paper into the sealed store; the caller commits. Raises Refused(STORE_FULL)."""
    scan = Scan(unit.blobs.put(read.content), read.media, len(read.content))
    old = visit.papers.get(material) or Paper(MaterialHow.SCANNED)
    if old.how in {MaterialHow.MISSING, MaterialHow.PENDING}:
        old = replace(old, how=MaterialHow.SCANNED, until=None)
    return _with(visit, material, replace(old, scans=(*old.scans, scan)))


def _with(visit: Visit, material: str, paper: Paper) -> Visit:
    return replace(visit, papers={**visit.papers, material: paper})


def _without(papers: Mapping[str, Paper], material: str) -> dict[str, Paper]:
    return {key: paper for key, paper in papers.items() if key != material}
