"""撤回: the applicant takes a case, or some of its items, back by a signed request; what is left goes on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from wire.codec import encode
from wire.corrections import CaseWithdrawn
from wire.keys import new_id
from wire.lifecycle import BEFORE_ACCEPTANCE, CaseStatus, Step
from wire.messages import EventKind, Result, ResultCode, SubCaseState
from workstation.domain.case import Case, SubCase, Withdrawal
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.visit import Visit
from workstation.services.ports import Unit

SIGNERS = ("applicant", "agent")
LEAST_WORDS = 2


def withdraw(
    case: Case,
    items: Collection[str],
    text: str,
    signed_by: str,
    *,
    draft: Visit | None,
    clerk: Clerk,
    at: datetime,
    unit: Unit,
) -> Case:
    """Withdraw items, all undecided ones for the whole case; the caller prints and commits. Pressed twice it is one deed.

    What waits for a withdrawn item is withdrawn with it. Raises Refused(REQUEST_UNSIGNED) without a signature and words,
    Refused(STEP_NOT_ALLOWED) for an item that is decided, or that the case does not have.
    """
    text = text.strip()
    wanted = with_those_that_wait(case, items)
    if case.withdrawals and items and set(items) <= set(case.withdrawals[-1].items):
        return case
    if signed_by not in SIGNERS or len(text) < LEAST_WORDS:
        raise Refused(Failure.REQUEST_UNSIGNED)
    undecided = {sub.item for sub in case.undecided}
    whole = wanted == undecided and not any(_decided(sub) for sub in case.sub_cases)
    status = case.after(Step.WITHDRAW if whole else Step.WITHDRAW_ITEM)
    if not wanted or not wanted <= undecided:
        raise Refused(Failure.STEP_NOT_ALLOWED, status=case.status.value)
    names = tuple(sub.item for sub in case.sub_cases if sub.item in wanted)
    taken = replace(
        case,
        status=status,
        sub_cases=tuple(
            _taken(sub, text, clerk, at) if sub.item in wanted else sub for sub in case.sub_cases
        ),
        withdrawals=(*case.withdrawals, Withdrawal(at, clerk.login, names, text, signed_by)),
    )
    unit.cases.save(taken)
    unit.outbox.add(
        id=new_id(),
        subject=case.id,
        kind=EventKind.CASE_WITHDRAWN,
        at=at,
        actor=clerk.login,
        body=encode(CaseWithdrawn(case.receipt_no, clerk.login, at, names, text, signed_by)),
    )
    unit.audit.note(at=at, actor=clerk.login, deed=Deed.WITHDRAWN, case=case.id, note=" ".join(names))
    if status is CaseStatus.WITHDRAWN:
        unit.drafts.drop(case.id)
        unit.station.wait_for(case.id, waits=False)
    elif draft is not None and case.status in BEFORE_ACCEPTANCE:
        unit.drafts.save(without_items(draft, wanted))
    return taken


def with_those_that_wait(case: Case, items: Collection[str]) -> set[str]:
    """Return the items together with those that wait for one of them: nothing of them could ever begin."""
    wanted = set(items)
    grown = True
    while grown:
        more = {sub.item for sub in case.undecided if set(sub.after) & wanted} - wanted
        grown = bool(more)
        wanted |= more
    return wanted


def without_items(draft: Visit, items: Collection[str]) -> Visit:
    """Let a draft go on with the items that are left; what was filled in for the others stays unasked."""
    left = tuple(item for item in draft.items if item not in items)
    return replace(draft, items=left, left_out=tuple(dict.fromkeys((*draft.left_out, *items))))


def withdrawn(case: Case) -> set[str]:
    """Return the items that were taken back."""
    return {sub.item for sub in case.sub_cases if sub.result and sub.result.code is ResultCode.WITHDRAWN}


def _decided(sub: SubCase) -> bool:
    return sub.result is not None and sub.result.code is not ResultCode.WITHDRAWN


def _taken(sub: SubCase, text: str, clerk: Clerk, at: datetime) -> SubCase:
    result = Result(ResultCode.WITHDRAWN, text, sub.department, clerk.login, at)
    return replace(sub, state=SubCaseState.DECIDED, result=result, promised_on=None)
