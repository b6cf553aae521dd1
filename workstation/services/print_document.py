"""Any sheet on paper: a kind, a case or none, and its variables; serial, ledger, event and audit in one commit, then the press.

Which variables a kind takes stands in resources/documents/<KIND>.yaml; the press refuses whatever does not fit.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.model import Catalogue, Text
from wire.codec import encode
from wire.keys import new_id
from wire.messages import EventKind, SlipPrinted
from wire.seal import with_serial
from workstation.domain.case import Case
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.counter_time import today_at
from workstation.domain.identity import mask_id
from workstation.domain.numbers import check_character
from workstation.domain.slip import PaperWish, Print, Slip, SlipKind, Variables
from workstation.services.keep_sheet import keep_sheet
from workstation.services.paper_wishes import wish_for
from workstation.services.ports import Press, Unit
from workstation.services.slip_codes import code_of, content_of
from workstation.services.void_slip import VoidReason, void_slip

# Whose name stands as the subject of a case: the newborn, when the form has one.
SUBJECT_ELEMENT = "child.name"


@dataclass(frozen=True, slots=True)
class Desk:
    """Who prints where."""

    station: str
    centre: str
    clerk: Clerk
    press: Press


@dataclass(frozen=True, slots=True)
class Document:
    """What is to be printed. `anew`: a sheet of its own, though one of its kind was printed before (another correction)."""

    kind: SlipKind
    variables: Variables
    wish: PaperWish | None = None  # paper and languages; None = as this station wants the kind
    issued_at: datetime | None = None  # what stands on the sheet; None = now
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet ready for the press, already in the ledger."""

    slip: Slip
    pdf: bytes


def print_document(
    document: Document, case: Case | None, *, catalogue: Catalogue, desk: Desk, at: datetime, unit: Unit
) -> Printed:
    """Make a sheet and enter it in the ledger; the caller has asked for the right, commits, and hands the sheet to the press.

    Raises Refused(GLYPH_MISSING | DOCUMENT_BROKEN); nothing is counted then. The case is saved with one print more: whoever
    changes it afterwards reads it again.
    """
    kind = document.kind
    issued_at = document.issued_at or at
    wish = document.wish or wish_for(kind, unit)
    serial = next_serial(unit, desk.station, kind, issued_at)
    reprint = case.prints.get(kind.value, 0) if case and not document.anew else 0
    slip = Slip(
        kind=kind,
        serial=serial,
        centre=desk.centre,
        window=case.window if case and case.station == desk.station else desk.clerk.window,
        clerk=desk.clerk.name,
        issued_at=issued_at,
        variables=document.variables,
        reprint=reprint,
        language=wish.language,
        paper=wish.paper,
        template=desk.press.version(kind),
    )
    if case is not None:
        slip = of_case(slip, case, catalogue)
    slip = replace(slip, code=code_of(slip, unit))
    if kind is SlipKind.RESULT and case and case.seal:
        slip = replace(slip, code=with_serial(case.seal, serial))
    pdf = desk.press.make(slip)
    entry = Print(
        serial=serial,
        case=case.id if case else "",
        kind=kind,
        reprint=reprint,
        template=slip.template,
        clerk=desk.clerk.login,
        printed_at=at,
        sha256=hashlib.sha256(pdf).hexdigest(),
        path=f"{serial}.pdf",
        provisional=slip.provisional,
        content=content_of(slip),
    )
    keep_sheet(slip, pdf, entry.case, desk.clerk.login, unit)
    if case is None:
        unit.prints.add(entry)
    else:
        held = replace(case, provisional=slip.provisional) if kind is SlipKind.RECEIPT else case
        enter(entry, held, unit)
    unit.audit.note(
        at=at, actor=desk.clerk.login, deed=Deed.PRINTED, case=entry.case, note=f"{serial} {reprint}"
    )
    return Printed(slip, pdf)


def enter(entry: Print, case: Case, unit: Unit) -> None:
    """Put a sheet into the ledger of its case, save the case with it, and tell the hall of it.

    A provisional sheet of the same kind counts no more once one stands there that the hall has a number for.
    """
    unit.prints.add(entry)
    counted = case.prints.get(entry.kind.value, 0) + 1
    unit.cases.save(replace(case, prints={**case.prints, entry.kind.value: counted}))
    told = SlipPrinted(
        receipt_no=case.receipt_no,
        slip=entry.kind.value,
        serial=entry.serial,
        reprint=entry.reprint,
        clerk=entry.clerk,
        printed_at=entry.printed_at,
        version=entry.template,
        content=entry.content,
        provisional=entry.provisional,
    )
    unit.outbox.add(
        id=new_id(),
        subject=entry.case,
        kind=EventKind.SLIP_PRINTED,
        at=entry.printed_at,
        actor=entry.clerk,
        body=encode(told),
    )
    if entry.provisional:
        return
    for old in unit.prints.of_case(entry.case):
        if old.provisional and old.kind is entry.kind and not old.voided:
            void_slip(
                old,
                VoidReason.REPLACED,
                replaced_by=entry.serial,
                clerk=entry.clerk,
                at=entry.printed_at,
                unit=unit,
            )


def of_case(slip: Slip, case: Case, catalogue: Catalogue) -> Slip:
    """Put the numbers, persons and times of a case on a sheet."""
    subject = case.answers.get(SUBJECT_ELEMENT)
    return replace(
        slip,
        provisional=case.offline and case.project_no is None,
        receipt_no=case.receipt_no,
        project_no=case.project_no,
        title=title_of(case, catalogue),
        applicant=case.applicant.name,
        applicant_id=mask_id(case.applicant.id_no),
        subject=subject.value if subject else "",
        received_at=case.received_at,
        accepted_at=case.accepted_at,
    )


def next_serial(unit: Unit, station: str, kind: SlipKind, at: datetime) -> str:
    """Take the next serial of a day: station, day, kind, number, check character."""
    day = today_at(at)
    lane = unit.station.lane()  # another device of this station counts in another one
    number = unit.station.next_number(f"slip:{day:%Y%m%d}{lane and ':' + lane}")
    body = f"{station}{day:%y%m%d}{kind.value}{lane}{number:04d}"
    return body + check_character(body)


def title_of(case: Case, catalogue: Catalogue) -> Text:
    """Name the case by its life event, else by its item."""
    if case.bundle and case.bundle in catalogue.bundles:
        return catalogue.bundles[case.bundle].name
    return item_name(case.sub_cases[0].item, catalogue)


def item_name(item: str, catalogue: Catalogue) -> Text:
    """Name an item; one that left the catalogue keeps its id."""
    return catalogue.items[item].name if item in catalogue.items else Text(item, item)
