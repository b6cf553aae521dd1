"""A sheet of the talk, before or after the receipt: 核验结果单, 告知承诺书, 异议单.

Before the receipt there is no case for the print ledger yet: the visit keeps the entry, and the receipt hands it over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.model import Catalogue, Text
from wire.codec import encode
from wire.keys import new_id
from wire.messages import EventKind, SlipPrinted
from wire.seal import make as make_seal
from wire.seal import with_serial
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import mask_id
from workstation.domain.slip import Print, Slip, SlipCheck, SlipKind, SlipLine, SlipPaper
from workstation.domain.verification import is_disputed
from workstation.domain.visit import Visit
from workstation.forms.model import Form
from workstation.services.keep_sheet import keep_sheet
from workstation.services.ports import Press, Unit
from workstation.services.print_slip import Printed, next_serial

_SUBJECT = "child.name"


@dataclass(frozen=True, slots=True)
class Desk:
    """Who prints where."""

    station: str
    centre: str
    clerk: Clerk
    press: Press


@dataclass(frozen=True, slots=True)
class Content:
    """What is particular to a sheet."""

    items: tuple[str, ...]  # the items it is about
    papers: tuple[SlipPaper, ...] = ()
    checks: tuple[SlipCheck, ...] = ()
    statement: str = ""


def print_sheet(
    visit: Visit,
    kind: SlipKind,
    content: Content,
    *,
    catalogue: Catalogue,
    desk: Desk,
    at: datetime,
    unit: Unit,
) -> tuple[Visit, Printed]:
    """Make the sheet and enter it; the caller saves the visit and commits, then hands the sheet to the press.

    Raises Refused(NO_PERSON | NO_ITEM | GLYPH_MISSING); nothing is counted then.
    """
    if visit.identity is None:
        raise Refused(Failure.NO_PERSON)
    if not visit.items:
        raise Refused(Failure.NO_ITEM)
    serial = next_serial(unit, desk.station, kind, at)
    reprint = _printed_before(visit, kind, content, unit)
    slip = _slip(visit, kind, content, serial, reprint, catalogue, desk, at, unit.station.device_key())
    pdf = desk.press.make(slip)
    entry = Print(
        serial=serial,
        case=visit.case,
        kind=kind,
        reprint=reprint,
        template=slip.template,
        clerk=desk.clerk.login,
        printed_at=at,
        sha256=hashlib.sha256(pdf).hexdigest(),
        path=f"{serial}.pdf",
    )
    keep_sheet(slip, pdf, visit.case, desk.clerk.login, unit)
    unit.audit.note(
        at=at, actor=desk.clerk.login, deed=Deed.PRINTED, case=visit.case, note=f"{serial} {reprint}"
    )
    if visit.receipt_no is None:
        return replace(visit, prints=(*visit.prints, entry)), Printed(slip, pdf)
    enter(entry, visit.receipt_no, unit)
    return visit, Printed(slip, pdf)


def enter(entry: Print, receipt_no: str, unit: Unit) -> None:
    """Put a sheet into the ledger of its case and tell the hall of it."""
    unit.prints.add(entry)
    case = unit.cases.get(entry.case)
    counted = case.prints.get(entry.kind.value, 0) + 1
    unit.cases.save(replace(case, prints={**case.prints, entry.kind.value: counted}))
    told = SlipPrinted(
        receipt_no, entry.kind.value, entry.serial, entry.reprint, entry.clerk, entry.printed_at
    )
    unit.outbox.add(
        id=new_id(),
        subject=entry.case,
        kind=EventKind.SLIP_PRINTED,
        at=entry.printed_at,
        actor=entry.clerk,
        body=encode(told),
    )


def checks_on_sheet(visit: Visit, form: Form, rules: Iterable[str] = ()) -> tuple[SlipCheck, ...]:
    """Return the answered checks of a visit for a sheet: all of them, or those of some rules."""
    known = {check.rule.id: check.rule for check in form.checks}
    wanted = set(rules) or set(known)
    return tuple(
        SlipCheck(
            title=known[check.query.rule].title,
            outcome=check.outcome.value,
            source=check.reply.source,
            evidence_no=check.reply.evidence_no,
            at=check.reply.replied_at,
            no_record=known[check.query.rule].no_record,
            disputed=is_disputed(check.query.id, visit.disputes),
        )
        for check in visit.checks
        if check.query.rule in known and check.query.rule in wanted
    )


def _printed_before(visit: Visit, kind: SlipKind, content: Content, unit: Unit) -> int:
    """Count the same sheet: a promise for another paper, or another dispute, is a sheet of its own."""
    if content.papers or content.statement:
        return 0
    kept = visit.prints if visit.receipt_no is None else unit.prints.of_case(visit.case)
    return sum(entry.kind is kind for entry in kept)


def _slip(
    visit: Visit,
    kind: SlipKind,
    content: Content,
    serial: str,
    reprint: int,
    catalogue: Catalogue,
    desk: Desk,
    at: datetime,
    device_key: bytes,
) -> Slip:
    if visit.identity is None:
        raise AssertionError(kind)
    subject = visit.answers.get(_SUBJECT)
    bundle = catalogue.bundles.get(visit.bundle) if visit.bundle else None
    said = {"case": visit.case, "slip": kind.value, "issued_at": at.isoformat()}
    return Slip(
        kind=kind,
        serial=serial,
        reprint=reprint,
        provisional=False,
        centre=desk.centre,
        window=desk.clerk.window,
        clerk=desk.clerk.name,
        receipt_no=visit.receipt_no or "",
        project_no=None,
        title=bundle.name if bundle else catalogue.items[visit.items[0]].name,
        applicant=visit.identity.name,
        applicant_id=mask_id(visit.identity.id_no),
        subject=subject.value if subject else "",
        issued_at=at,
        received_at=at,
        accepted_at=None,
        lines=tuple(_line(item, catalogue) for item in content.items),
        papers=content.papers,
        papers_saved=0,
        code=with_serial(make_seal(said, device_key), serial),
        checks=content.checks,
        statement=content.statement,
    )


def _line(item: str, catalogue: Catalogue) -> SlipLine:
    known = catalogue.items.get(item)
    return SlipLine(known.name, known.department_name) if known else SlipLine(Text(item, item), Text("", ""))
