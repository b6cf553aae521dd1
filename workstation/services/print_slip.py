"""The slips that come out of a case as it stands: which it may have now, and what stands on each."""

from __future__ import annotations

from datetime import datetime

from catalogue.model import Catalogue, Text
from wire.approval import Shown
from wire.codec import decode
from wire.messages import MaterialHow, ResultCode
from workstation.domain.case import Case, CaseStatus, SubCase
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import (
    PaperWish,
    Row,
    SlipCheck,
    SlipKind,
    SlipLine,
    SlipPaper,
    Variables,
    rows,
)
from workstation.domain.verification import is_disputed
from workstation.services.ports import Press, Unit
from workstation.services.print_document import Desk, Document, Printed, item_name, print_document
from workstation.services.step_sheets import sheets_of, step_variables

# The supervisor prints results; receipts and acceptances come from whoever takes the papers.
NEEDS = {
    SlipKind.RECEIPT: Deed.RECEIVED,
    SlipKind.ACCEPTANCE: Deed.ACCEPTED,
    SlipKind.RESULT: Deed.PRINTED,
    SlipKind.VERIFICATION: Deed.VERIFIED,
    SlipKind.REFUSAL: Deed.NOT_ACCEPTED,
    SlipKind.PROMISE: Deed.PROMISE_PRINTED,
    SlipKind.DISPUTE: Deed.DISPUTED,
    SlipKind.CORRECTION: Deed.CORRECTION_ASKED,
    SlipKind.CORRECTED: Deed.CORRECTION_TAKEN,
    SlipKind.RETURN: Deed.LOOKED_UP,  # whoever took it back, and whoever signed for its return
    SlipKind.ONE_TIME_NOTICE: Deed.VISIT_OPENED,
    SlipKind.TOLERANCE: Deed.ACCEPTED,
    SlipKind.TOLERANCE_PROMISE: Deed.ACCEPTED,
    SlipKind.SPECIAL_PROCEDURE: Deed.ACCEPTED,
    SlipKind.EXTENSION: Deed.ACCEPTED,
    SlipKind.TRANSFER: Deed.FORWARDED,
    SlipKind.DECISION: Deed.PRINTED,
    SlipKind.DENIAL: Deed.PRINTED,
    SlipKind.DELIVERY: Deed.HANDED_OUT,
    SlipKind.PICKUP: Deed.DELIVERY_ORDERED,
    SlipKind.PAYMENT: Deed.RECEIVED,
    SlipKind.POWER_OF_ATTORNEY: Deed.AGENCY_TAKEN,
    SlipKind.PROXY: Deed.RECEIVED,
    SlipKind.WHERE_TO_GO: Deed.ROUTE_PRINTED,
    SlipKind.TICKET: Deed.QUEUE_MOVED,
    SlipKind.SHIFT: Deed.SHIFT_HANDED_OVER,
}
# Characters of a department's words that a cell of the table holds well; a longer reasoning gets the whole width.
_SHORT = 24


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
    return (*kinds, *sheets_of(case))


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
    wish: PaperWish | None = None,
    issued_at: datetime | None = None,
) -> Printed:
    """Make a slip of a case and enter it in the ledger; the caller commits, then hands the sheet to the press.

    Raises Refused(ROLE_MISSING | NOT_DECIDED | STEP_NOT_ALLOWED | GLYPH_MISSING); nothing is counted then.
    """
    if not clerk.may(NEEDS[kind]):
        raise Refused(Failure.ROLE_MISSING)
    if kind not in printable(case):
        raise Refused(Failure.NOT_DECIDED if kind is SlipKind.RESULT else Failure.STEP_NOT_ALLOWED)
    document = Document(kind, variables_of(case, kind, catalogue, clerk.name), wish, issued_at)
    # A sheet is counted where it is printed, also that of a case which another office has received.
    here = unit.station.enrolment()
    desk = Desk(here.station if here else case.station, centre, clerk, press)
    return print_document(document, case, catalogue=catalogue, desk=desk, at=at, unit=unit)


def variables_of(case: Case, kind: SlipKind, catalogue: Catalogue, handler: str = "") -> Variables:
    """What a slip of this kind says of the case; raise Refused(STEP_NOT_ALLOWED) for a kind that needs more than a case."""
    items = rows(_line(sub, catalogue) for sub in case.sub_cases)
    materials = rows(_papers(case, catalogue))
    match kind:
        case SlipKind.RECEIPT:
            left = _columns(rows(_line(sub, catalogue) for sub in _left(case)), "name", "department")
            version = {"receipt_version": case.version} if case.version > 1 else {}
            return {"items": left, "materials": materials, **version}
        case SlipKind.ACCEPTANCE:
            left = rows(_line(sub, catalogue) for sub in _left(case))
            return {"items": _columns(left, "name", "department", "promised_on"), "materials": materials}
        case SlipKind.RESULT:
            reasoned = any("reasoning" in item for item in items)
            saved = len(case.papers_saved)
            return {"items": items, "materials": materials, "papers_saved": saved, "reasoned": reasoned}
        case SlipKind.VERIFICATION:
            return {"checks": rows(_checks(case, catalogue))}
        case SlipKind.REFUSAL:
            columns = _columns(items, "name", "department")
            return {"items": columns, "materials": materials, **_refusal(case)}
        case SlipKind.CORRECTION | SlipKind.CORRECTED | SlipKind.RETURN:
            return step_variables(case, kind, catalogue, handler)
        case _:
            raise Refused(Failure.STEP_NOT_ALLOWED)


def _left(case: Case) -> tuple[SubCase, ...]:
    """What the applicant took back stands on no later sheet; of a case that was taken back whole, everything does."""
    gone = ResultCode.WITHDRAWN
    left = tuple(sub for sub in case.sub_cases if sub.result is None or sub.result.code is not gone)
    return left or case.sub_cases


def _columns(table: tuple[Row, ...], *names: str) -> tuple[Row, ...]:
    return tuple({name: row[name] for name in names if name in row} for row in table)


def department_name(sub: SubCase, catalogue: Catalogue) -> Text:
    """Name the department of a sub-case."""
    if sub.item in catalogue.items:
        return catalogue.items[sub.item].department_name
    return Text(sub.department, sub.department)


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


def _refusal(case: Case) -> Variables:
    if case.closing is None:
        raise Refused(Failure.STEP_NOT_ALLOWED)
    shown = decode(Shown, case.closing.shown)
    said = {"reason": shown.reason, "explanation": shown.text, "competent_body": shown.competent_body}
    return {**{name: text for name, text in said.items() if text}, "decided_at": case.closing.approved_at}


def _line(sub: SubCase, catalogue: Catalogue) -> SlipLine:
    result = sub.result
    said = sub.result_words
    return SlipLine(
        name=item_name(sub.item, catalogue),
        department=department_name(sub, catalogue),
        promised_on=sub.promised_on,
        result=result.code.value if result else "",
        remark=said if len(said) <= _SHORT else "",
        reasoning=said if len(said) > _SHORT else "",
        licence=(result.licence_name or "") if result else "",
        licence_no=(result.licence_no or "") if result else "",
        decided_on=today_at(result.decided_at) if result else None,
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
            until=m.until,
        )
        for m in case.materials
        if m.how is not MaterialHow.MISSING
    )
