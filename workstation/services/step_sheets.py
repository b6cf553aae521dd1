"""What the sheets of the steps after the receipt say: 补正告知书 (COR), 补正材料接收通知 (COK), 退件通知书 (RET)."""

from __future__ import annotations

from catalogue.model import Catalogue, Text
from wire.approval import Shown
from wire.codec import decode
from wire.corrections import Correction
from wire.messages import MaterialHow
from wire.rights import STATION_ITSELF
from workstation.domain.case import Case, CaseStatus
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import Row, SlipKind, Variables
from workstation.services.print_document import item_name

# What the counter has in hand and gives back; what a register or a card said is no paper.
_IN_HAND = frozenset({MaterialHow.ORIGINAL_SEEN, MaterialHow.SCANNED})


def sheets_of(case: Case) -> tuple[SlipKind, ...]:
    """Return which of these sheets a case may have now."""
    kinds: list[SlipKind] = []
    if case.correction is not None:
        kinds.append(SlipKind.CORRECTION)
        if case.correction.answered_at is not None:
            kinds.append(SlipKind.CORRECTED)
    if case.withdrawals or case.status is CaseStatus.RETURNED:
        kinds.append(SlipKind.RETURN)
    return tuple(kinds)


def step_variables(case: Case, kind: SlipKind, catalogue: Catalogue, handler: str = "") -> Variables:
    """Return the variables of COR, COK or RET. Raises Refused(STEP_NOT_ALLOWED) for a case that has had no such step."""
    if kind is SlipKind.RETURN:
        return _returned(case, catalogue)
    if case.correction is None:
        raise Refused(Failure.STEP_NOT_ALLOWED, status=case.status.value)
    if kind is SlipKind.CORRECTION:
        return _asked(case, case.correction, catalogue, handler)
    return _taken(case, case.correction, catalogue)


def _asked(case: Case, asked: Correction, catalogue: Catalogue, handler: str) -> Variables:
    names = _papers(case, catalogue)
    gaps: tuple[Row, ...] = tuple(
        {
            "material": names.get(gap.subject, Text(gap.subject, gap.subject)),
            "defect": gap.why,
            "standard": gap.standard,
            "remedy": gap.how,
        }
        for gap in asked.gaps
    )
    said: Variables = {
        "filed_at": case.received_at,
        "asked_at": asked.asked_at,
        "gaps": gaps,
        "until": asked.until,
    }
    return {**said, "handler": handler} if handler else said


def _taken(case: Case, asked: Correction, catalogue: Catalogue) -> Variables:
    if asked.answered_at is None:
        raise Refused(Failure.STEP_NOT_ALLOWED, status=case.status.value)
    names = _papers(case, catalogue)
    gaps: tuple[Row, ...] = tuple(
        {
            "material": names.get(each.subject, Text(each.subject, each.subject)),
            **({"remedy": each.note} if each.note else {}),
        }
        for each in asked.answers
    )
    items: tuple[Row, ...] = tuple(
        {
            "name": item_name(sub.item, catalogue),
            "department": catalogue.items[sub.item].department_name
            if sub.item in catalogue.items
            else Text(sub.department, sub.department),
            **({"promised_on": sub.promised_on} if sub.promised_on else {}),
        }
        for sub in case.undecided or case.sub_cases
    )
    return {
        "filed_on": today_at(case.received_at),
        "asked_on": today_at(asked.asked_at),
        "corrected_on": today_at(asked.answered_at),
        "gaps": gaps,
        "items": items,
    }


def _returned(case: Case, catalogue: Catalogue) -> Variables:
    returned: Variables = {"returned": _given_back(case, catalogue)}
    if case.status is CaseStatus.RETURNED and case.closing is not None:
        shown = decode(Shown, case.closing.shown)
        text = _why_returned(case, catalogue) if shown.proposer == STATION_ITSELF else shown.text
        ended: Variables = {
            "reason": "not_corrected",
            "explanation": text,
            "decided_at": case.closing.approved_at,
        }
        asked = case.correction
        dates: Variables = {}
        if asked is not None:
            dates = {"told_on": today_at(asked.asked_at), "until": asked.until}
        return {**ended, **dates, **returned}
    if not case.withdrawals:
        raise Refused(Failure.STEP_NOT_ALLOWED, status=case.status.value)
    last = case.withdrawals[-1]
    whole = case.status is CaseStatus.WITHDRAWN
    # Of a joint case that goes on, the sheet says which items were taken back; its papers stay with the others.
    names = "、".join(item_name(item, catalogue).zh for item in last.items)
    explanation = last.text if whole and len(case.sub_cases) == 1 else f"{names}：{last.text}"
    reason = "withdrawn" if whole else "withdrawn_items"
    said: Variables = {"reason": reason, "explanation": explanation, "decided_at": last.at}
    return {**said, **returned} if whole else said


def _why_returned(case: Case, catalogue: Catalogue) -> str:
    """What the timer proposed has no words of a person: the notice said what was missing."""
    names = _papers(case, catalogue)
    gaps = case.correction.gaps if case.correction is not None else ()
    return "；".join(
        f"{names[gap.subject].zh if gap.subject in names else gap.subject}：{gap.why}" for gap in gaps
    )


def _given_back(case: Case, catalogue: Catalogue) -> tuple[Row, ...]:
    found = {
        material.id: material
        for sub in case.sub_cases
        if sub.item in catalogue.items
        for material in catalogue.items[sub.item].materials
    }
    return tuple(
        {
            "name": found[paper.material].name,
            "originals": found[paper.material].originals,
            "copies": found[paper.material].copies,
        }
        for paper in case.materials
        if paper.how in _IN_HAND and paper.material in found
    )


def _papers(case: Case, catalogue: Catalogue) -> dict[str, Text]:
    return {
        material.id: material.name
        for sub in case.sub_cases
        if sub.item in catalogue.items
        for material in catalogue.items[sub.item].materials
    }
