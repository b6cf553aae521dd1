"""Who may sit down: a password against the account the hall gave, and the operator card where the account has one."""

from __future__ import annotations

from wire.messages import StaffAccount
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Refused
from workstation.services.credentials import Given, check_password, prove_by_card
from workstation.services.ports import Clock, OpenUnit, OperatorCards, Passwords


def sign_in(
    given: Given,
    *,
    open_unit: OpenUnit,
    passwords: Passwords,
    clock: Clock,
    cards: OperatorCards | None = None,
    level: str = "street",
) -> Clerk:
    """Return the signed-in person. Raises what check_password and prove_by_card raise; each is in the audit chain."""
    account = check_password(given, open_unit=open_unit, passwords=passwords, now=clock())
    try:
        prove_by_card(account, cards)
    except Refused as refused:
        _note(open_unit, clock, account.login, Deed.SIGN_IN_FAILED, refused.failure.value)
        raise
    how = "card" if account.card_key else "password"
    _note(open_unit, clock, account.login, Deed.SIGNED_IN, f"window {account.window} {how}")
    return clerk_of(account, level)


def clerk_of(account: StaffAccount, level: str) -> Clerk:
    """Who an account makes of a person at a station of this level."""
    return Clerk(account.login, account.name, account.roles, account.window, account.person, level)


def _note(open_unit: OpenUnit, clock: Clock, login: str, deed: Deed, note: str) -> None:
    with open_unit() as unit:
        unit.audit.note(at=clock(), actor=login, deed=deed, note=note)
        unit.commit()
