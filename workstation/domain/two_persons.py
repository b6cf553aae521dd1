"""Two human beings for one deed: whoever does it, and another one who may sign for it."""

from __future__ import annotations

from wire.messages import StaffAccount
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused


def hold_two(first: Clerk, second: StaffAccount, level: str, deed: Deed) -> None:
    """Let a second account pass that another human being has, by the hall's id, and that has the right of `deed`.

    Raises Refused(SAME_PERSON | ROLE_MISSING).
    """
    if second.login == first.login or not second.person or second.person in {first.person, ""}:
        raise Refused(Failure.SAME_PERSON)
    who = Clerk(second.login, second.name, second.roles, second.window, second.person, level)
    if not who.may(deed):
        raise Refused(Failure.ROLE_MISSING)
