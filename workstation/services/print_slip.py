"""A slip on paper: serial, ledger, event and audit in one commit, then the press."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.model import Catalogue, Text
from wire.approval import Shown
from wire.codec import decode, encode
from wire.keys import new_id
from wire.messages import EventKind, MaterialHow, SlipPrinted
from wire.seal import make as make_seal
from wire.seal import with_serial
from workstation.domain.case import Case, CaseStatus, SubCase
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import mask_id
from workstation.domain.numbers import check_character
from workstation.domain.slip import Print, Slip, SlipCheck, SlipKind, SlipLine, SlipPaper, SlipRefusal
from workstation.domain.verification import is_disputed
from workstation.services.keep_sheet import keep_sheet
from workstation.services.ports import Press, Unit

# The supervisor prints results; receipts and acceptances come from whoever takes the papers.
NEEDS = {
    SlipKind.RECEIPT: Deed.RECEIVED,
    SlipKind.ACCEPTANCE: Deed.ACCEPTED,
    SlipKind.RESULT: Deed.PRINTED,
    SlipKind.VERIFICATION: Deed.VERIFIED,
    SlipKind.REFUSAL: Deed.NOT_ACCEPTED,
    SlipKind.PROMISE: Deed.PROMISE_PRINTED,
    SlipKind.DISPUTE: Deed.DISPUTED,
}
# Whose name stands as the subject of a case: the newborn, when the form has one.
_SUBJECT_ELEMENT = "child.name"


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet ready for the press, already in the ledger."""

    slip: Slip
    pdf: bytes


def printable(case: Case) -> tuple[SlipKind, ...]:
    """The slips that this case may have now (domain.md 1: no result slip before the decision)."""
    kinds = [SlipKind.RECEIPT]
    if case.accepted_at:
        kinds.append(SlipKind.ACCEPTANCE)
    if case.decided:
        kinds.append(SlipKind.RESULT)
    if case.checks:
        kinds.append(SlipKind.VERIFICATION)
    if case.status is CaseStatus.NOT_ACCEPTED:
        kinds.append(SlipKind.REFUSAL)
    return tuple(kinds)


def print_slip(
    case: Case,
    kind: SlipKind,
    *,
    centre: str,
    clerk: Clerk,
    catalogue: Catalogue,
    press: Press,
    at: datetime,
    unit: Unit,
) -> Printed:
    """Make a slip and enter it in the ledger; the caller commits, then hands the sheet to the press.

    Raises Refused(ROLE_MISSING | NOT_DECIDED | STEP_NOT_ALLOWED | GLYPH_MISSING); nothing is counted then.
    """
    if not clerk.may(NEEDS[kind]):
        raise Refused(Failure.ROLE_MISSING)
    if kind not in printable(case):
        raise Refused(Failure.NOT_DECIDED if kind is SlipKind.RESULT else Failure.STEP_NOT_ALLOWED)
    serial = next_serial(unit, case.station, kind, at)
    reprint = case.prints.get(kind.value, 0)
    slip = _slip(case, kind, serial, reprint, centre, clerk, catalogue, at, unit.station.device_key())
    pdf = press.make(slip)
    digest = hashlib.sha256(pdf).hexdigest()
    unit.prints.add(
        Print(serial, case.id, kind, reprint, slip.template, clerk.login, at, digest, path=f"{serial}.pdf")
    )
    keep_sheet(slip, pdf, case.id, clerk.login, unit)
    unit.cases.save(replace(case, prints={**case.prints, kind.value: reprint + 1}))
    told = SlipPrinted(case.receipt_no, kind.value, serial, reprint, clerk.login, at)
    unit.outbox.add(
        id=new_id(), subject=case.id, kind=EventKind.SLIP_PRINTED, at=at, actor=clerk.login, body=encode(told)
    )
    unit.audit.note(at=at, actor=clerk.login, deed=Deed.PRINTED, case=case.id, note=f"{serial} {reprint}")
    return Printed(slip, pdf)


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


def department_name(sub: SubCase, catalogue: Catalogue) -> Text:
    """Name the department of a sub-case."""
    if sub.item in catalogue.items:
        return catalogue.items[sub.item].department_name
    return Text(sub.department, sub.department)


def _slip(
    case: Case,
    kind: SlipKind,
    serial: str,
    reprint: int,
    centre: str,
    clerk: Clerk,
    catalogue: Catalogue,
    at: datetime,
    device_key: bytes,
) -> Slip:
    subject = case.answers.get(_SUBJECT_ELEMENT)
    return Slip(
        kind=kind,
        serial=serial,
        reprint=reprint,
        provisional=case.offline and case.project_no is None,
        centre=centre,
        window=case.window,
        clerk=clerk.name,
        receipt_no=case.receipt_no,
        project_no=case.project_no,
        title=title_of(case, catalogue),
        applicant=case.applicant.name,
        applicant_id=mask_id(case.applicant.id_no),
        subject=subject.value if subject else "",
        issued_at=at,
        received_at=case.received_at,
        accepted_at=case.accepted_at,
        lines=tuple(_line(sub, catalogue) for sub in case.sub_cases),
        papers=_papers(case, catalogue),
        papers_saved=len(case.papers_saved),
        code=_code(case, kind, serial, device_key),
        refusal=_refusal(case) if kind is SlipKind.REFUSAL else None,
        checks=_checks(case, catalogue) if kind is SlipKind.VERIFICATION else (),
    )


def _checks(case: Case, catalogue: Catalogue) -> tuple[SlipCheck, ...]:
    rules = {
        rule.id: rule
        for sub in case.sub_cases
        if sub.item in catalogue.items
        for rule in catalogue.items[sub.item].verifications
    }
    return tuple(
        SlipCheck(
            rules[done.rule].title,
            done.outcome.value,
            done.source,
            done.evidence_no,
            done.replied_at,
            rules[done.rule].no_record,
            is_disputed(done.query, case.disputes),
        )
        for done in case.checks
        if done.rule in rules
    )


def _refusal(case: Case) -> SlipRefusal | None:
    if case.closing is None:
        return None
    shown = decode(Shown, case.closing.shown)
    return SlipRefusal(shown.reason, shown.text, shown.competent_body, case.closing.approved_at)


def _line(sub: SubCase, catalogue: Catalogue) -> SlipLine:
    result = sub.result
    licence = " ".join(part for part in (result.licence_name, result.licence_no) if part) if result else ""
    return SlipLine(
        name=item_name(sub.item, catalogue),
        department=department_name(sub, catalogue),
        promised_on=sub.promised_on.isoformat() if sub.promised_on else "",
        result=result.code.value if result else "",
        result_text=sub.result_words,
        licence=licence,
        decided_at=today_at(result.decided_at).isoformat() if result else "",
    )


def _papers(case: Case, catalogue: Catalogue) -> tuple[SlipPaper, ...]:
    # Only of the case's own items: to walk over all of a city's catalogue would hold the counter up for minutes.
    own = [catalogue.items[sub.item] for sub in case.sub_cases if sub.item in catalogue.items]
    names = {m.id: m.name for item in own for m in item.materials}
    sources = {saved.material: saved.source for saved in case.papers_saved}
    return tuple(
        SlipPaper(
            name=names.get(m.material, Text(m.material, m.material)),
            how=m.how.value,
            source=sources.get(m.material, ""),
            evidence_no=m.evidence or "",
            until=m.until.isoformat() if m.until else "",
        )
        for m in case.materials
        if m.how is not MaterialHow.MISSING
    )


def _code(case: Case, kind: SlipKind, serial: str, device_key: bytes) -> str:
    if kind is SlipKind.RESULT and case.seal:
        return with_serial(case.seal, serial)
    # Before the decision only the station can vouch for the sheet: its own key signs what was received.
    said = {"receipt_no": case.receipt_no, "slip": kind.value, "received_at": case.received_at.isoformat()}
    return with_serial(make_seal(said, device_key), serial)
