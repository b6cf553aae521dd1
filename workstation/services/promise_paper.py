"""告知承诺: a printed notice with a promise may stand for a paper, where the paper allows it, once it is signed.

国办发〔2020〕42号 (告知承诺制): told in writing, promised in writing, never for a paper that is not listed for it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from catalogue.model import Catalogue
from wire.messages import MaterialHow
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind, SlipPaper
from workstation.domain.visit import Paper, Visit
from workstation.forms.model import Form, FormMaterial
from workstation.forms.visible import wanted_materials
from workstation.services.ports import Unit
from workstation.services.print_document import Desk, Printed
from workstation.services.print_sheet import Content, print_sheet


def print_promise(
    visit: Visit, form: Form, material: str, *, catalogue: Catalogue, desk: Desk, at: datetime, unit: Unit
) -> tuple[Visit, Printed]:
    """Print the 告知承诺书 for a paper; it counts for nothing before it is signed. The caller saves and commits.

    Raises Refused(COMMITMENT_NOT_ALLOWED) for a paper that no promise may replace.
    """
    entry = _promisable(visit, form, material, today=today_at(at))
    paper = SlipPaper(entry.material.name, MaterialHow.COMMITTED.value)
    visit, printed = print_sheet(
        visit,
        SlipKind.PROMISE,
        Content(entry.used_by, papers=(paper,)),
        catalogue=catalogue,
        desk=desk,
        at=at,
        unit=unit,
    )
    unit.audit.note(
        at=at,
        actor=desk.clerk.login,
        deed=Deed.PROMISE_PRINTED,
        case=visit.case,
        note=f"{material} {printed.slip.serial}",
    )
    old = visit.papers.get(material)
    kept = Paper(MaterialHow.SCANNED, old.scans) if old and old.scans else Paper(MaterialHow.MISSING)
    return _with(visit, material, replace(kept, sheet=printed.slip.serial)), printed


def sign_promise(
    visit: Visit, form: Form, material: str, signed: bool, *, clerk: Clerk, at: datetime
) -> Visit:
    """Mark the printed promise as signed before the clerk, or take the mark back.

    Raises Refused(COMMITMENT_NOT_ALLOWED) for a paper that no promise may replace, or of which none was printed.
    """
    _promisable(visit, form, material, today=today_at(at))
    paper = visit.papers.get(material)
    if paper is None or not paper.sheet:
        raise Refused(Failure.COMMITMENT_NOT_ALLOWED)
    if signed:
        return _with(
            visit, material, replace(paper, how=MaterialHow.COMMITTED, seen_by=clerk.login, seen_at=at)
        )
    how = MaterialHow.SCANNED if paper.scans else MaterialHow.MISSING
    return _with(visit, material, replace(paper, how=how, seen_by="", seen_at=None))


def _promisable(visit: Visit, form: Form, material: str, *, today: date) -> FormMaterial:
    values = {key: answer.value for key, answer in visit.answers.items()}
    entry = next((e for e in wanted_materials(form, values, today) if e.material.id == material), None)
    if entry is None or not entry.material.commitment:
        raise Refused(Failure.COMMITMENT_NOT_ALLOWED)
    return entry


def _with(visit: Visit, material: str, paper: Paper) -> Visit:
    return replace(visit, papers={**visit.papers, material: paper})
