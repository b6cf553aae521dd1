"""A sheet of the talk, before or after the receipt: 核验结果单, 告知承诺书, 异议单.

Before the receipt there is no case for the print ledger yet: the visit keeps the entry, and the receipt hands it over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from catalogue.model import Catalogue
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import mask_id
from workstation.domain.slip import Print, Slip, SlipCheck, SlipKind, SlipPaper, Variables, rows
from workstation.domain.verification import is_disputed
from workstation.domain.visit import Visit
from workstation.forms.model import Form
from workstation.services.keep_sheet import keep_sheet
from workstation.services.paper_wishes import wish_for
from workstation.services.ports import Unit
from workstation.services.print_document import (
    SUBJECT_ELEMENT,
    Desk,
    Printed,
    enter,
    item_name,
    next_serial,
)
from workstation.services.slip_codes import code_of, content_of


@dataclass(frozen=True, slots=True)
class Content:
    """What is particular to a sheet."""

    items: tuple[str, ...]  # the items it is about
    papers: tuple[SlipPaper, ...] = ()
    checks: tuple[SlipCheck, ...] = ()
    statement: str = ""
    variables: Variables = field(default_factory=dict)  # of a kind that has its own


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
    slip = _slip(visit, kind, content, serial, reprint, catalogue, desk, at, unit)
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
        content=content_of(slip),
    )
    keep_sheet(slip, pdf, visit.case, desk.clerk.login, unit)
    unit.audit.note(
        at=at, actor=desk.clerk.login, deed=Deed.PRINTED, case=visit.case, note=f"{serial} {reprint}"
    )
    if visit.receipt_no is None:
        return replace(visit, prints=(*visit.prints, entry)), Printed(slip, pdf)
    enter(entry, unit.cases.get(visit.case), unit)
    return visit, Printed(slip, pdf)


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
    unit: Unit,
) -> Slip:
    if visit.identity is None:
        raise AssertionError(kind)
    subject = visit.answers.get(SUBJECT_ELEMENT)
    wish = wish_for(kind, unit)
    bundle = catalogue.bundles.get(visit.bundle) if visit.bundle else None
    slip = Slip(
        kind=kind,
        serial=serial,
        centre=desk.centre,
        window=desk.clerk.window,
        clerk=desk.clerk.name,
        issued_at=at,
        variables=_variables(kind, content, catalogue),
        receipt_no=visit.receipt_no or "",
        title=bundle.name if bundle else catalogue.items[visit.items[0]].name,
        applicant=visit.identity.name,
        applicant_id=mask_id(visit.identity.id_no),
        subject=subject.value if subject else "",
        received_at=at,
        reprint=reprint,
        language=wish.language,
        paper=wish.paper,
        template=desk.press.version(kind),
    )
    return replace(slip, code=code_of(slip, unit))


def _variables(kind: SlipKind, content: Content, catalogue: Catalogue) -> Variables:
    """What stands on the sheets of the talk (resources/documents/VER, COM, DIS)."""
    checks = rows(content.checks)
    match kind:
        case SlipKind.VERIFICATION:
            return {"checks": checks}
        case SlipKind.DISPUTE:
            return {"checks": checks, "statement": content.statement}
        case SlipKind.PROMISE:
            names = tuple(item_name(item, catalogue) for item in content.items)
            return {"item_names": names, "materials": rows(content.papers)}
        case _ if content.variables:
            return content.variables
        case _:
            raise Refused(Failure.STEP_NOT_ALLOWED)
