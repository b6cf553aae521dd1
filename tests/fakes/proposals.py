"""Proposals for tests of shelves: frozen over a synthetic case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.fakes.cases import NOW, a_case
from tests.fakes.staff import account
from workstation.domain.approval import Proposal, ProposalKind, Reason, Wish, propose
from workstation.domain.clerk import Clerk


def a_proposal(id: str, case: str, minutes: int = 0) -> Proposal:  # noqa: A002 - the value's own name
    """The clerk wants a case refused."""
    who = account("clerk")
    clerk = Clerk(who.login, who.name, who.roles, who.window, who.person)
    wish = Wish(ProposalKind.REFUSE, Reason.NOT_CORRECTED, "通知后没有补交材料")
    at = NOW + timedelta(minutes=minutes)
    return propose(wish, replace(a_case(), id=case), None, clerk, id=id, at=at)
