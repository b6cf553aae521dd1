"""What the fake desk shows of a proposal."""

from __future__ import annotations

from datetime import timedelta

from catalogue.model import Text
from tests.fakes.newborn import NOW
from wire.codec import digest
from workstation.domain.approval import Wish
from workstation.services.views import CaseView, ProposalView


def proposed(id: str, case: CaseView, wish: Wish, **changes: bool) -> ProposalView:  # noqa: A002 - the view's own name
    """The clerk's wish over a case of the work list."""
    return ProposalView(
        id=id,
        sha256=digest(id),
        kind=wish.kind,
        case=case.case,
        receipt_no=case.receipt_no,
        title=case.title,
        items=tuple(sub.item for sub in case.sub_cases),
        applicant=case.applicant,
        applicant_id="440***********002X",
        status=case.status,
        papers=case.papers,
        reason=wish.reason,
        text=wish.text,
        competent_body=wish.competent_body,
        material=Text("照片", "Photo") if wish.material else None,
        until=wish.until,
        proposer="窗口员一",
        proposed_at=NOW - timedelta(minutes=6),
        changed=changes.get("changed", False),
        mine=changes.get("mine", True),
        may_sign=changes.get("may_sign", False),
    )
