"""异议: the citizen says that a reply is wrong. It is printed, told to the hall for the department, and the paper decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from catalogue.model import Catalogue
from wire.codec import encode
from wire.keys import new_id
from wire.messages import EventKind, VerificationDisputed
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.domain.verification import DISPUTABLE, Check, Dispute, is_disputed
from workstation.domain.visit import Visit
from workstation.forms.model import Form
from workstation.services.ports import Unit
from workstation.services.print_document import Desk, Printed
from workstation.services.print_sheet import Content, checks_on_sheet, print_sheet
from workstation.services.verify_status import of_rule, party_of

MOST_WORDS = 500


def dispute_reply(
    visit: Visit,
    form: Form,
    rule: str,
    said: str,
    *,
    catalogue: Catalogue,
    desk: Desk,
    at: datetime,
    unit: Unit,
) -> tuple[Visit, Printed]:
    """Mark a reply as disputed, print the 异议单 and tell the hall; the caller saves the visit and commits.

    Raises Refused(NOT_DISPUTABLE) where no register has spoken, or it is disputed already; REASON_MISSING without words.
    """
    check = of_rule(visit, rule)
    words = " ".join(said.split())[:MOST_WORDS]
    if check is None or check.outcome not in DISPUTABLE or not check.by_hall:
        raise Refused(Failure.NOT_DISPUTABLE)
    if is_disputed(check.query.id, visit.disputes):
        raise Refused(Failure.NOT_DISPUTABLE)
    if not words:
        raise Refused(Failure.REASON_MISSING, field=rule)
    content = Content((check.query.item,), checks=checks_on_sheet(visit, form, (rule,)), statement=words)
    visit, printed = print_sheet(
        visit, SlipKind.DISPUTE, content, catalogue=catalogue, desk=desk, at=at, unit=unit
    )
    made = _dispute(check, words, desk.clerk.login, printed.slip.serial, at)
    unit.outbox.add(
        id=new_id(),
        subject=visit.case,
        kind=EventKind.VERIFICATION_DISPUTED,
        at=at,
        actor=desk.clerk.login,
        body=encode(_told(made, check, visit)),
    )
    unit.audit.note(
        at=at, actor=desk.clerk.login, deed=Deed.DISPUTED, case=visit.case, note=f"{rule} {made.evidence_no}"
    )
    return replace(visit, disputes=(*visit.disputes, made)), printed


def _dispute(check: Check, words: str, clerk: str, sheet: str, at: datetime) -> Dispute:
    return Dispute(
        id=new_id(),
        rule=check.query.rule,
        query=check.query.id,
        evidence_no=check.reply.evidence_no,
        said=words,
        clerk=clerk,
        at=at,
        sheet=sheet,
    )


def _told(made: Dispute, check: Check, visit: Visit) -> VerificationDisputed:
    if visit.identity is None:  # print_sheet has refused this already
        raise AssertionError(made.id)
    return VerificationDisputed(
        dispute=made.id,
        query=made.query,
        evidence_no=made.evidence_no,
        item=check.query.item,
        rule=made.rule,
        citizen=party_of(visit.identity),
        said=made.said,
        sheet=made.sheet,
        clerk=made.clerk,
        raised_at=made.at,
    )
