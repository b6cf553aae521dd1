"""Who may sit down: password against the account the hall gave, with a lock after five failures."""

from __future__ import annotations

from datetime import timedelta

from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import Clock, OpenUnit, Passwords

MAX_FAILURES = 5
LOCK = timedelta(minutes=15)


def sign_in(login: str, password: str, *, open_unit: OpenUnit, passwords: Passwords, clock: Clock) -> Clerk:
    """Return the signed-in person.

    Raises Refused(SIGN_IN_REFUSED) without saying which of login and password was wrong, and
    Refused(SIGN_IN_LOCKED, minutes) after five failures in a row.
    """
    now = clock()
    with open_unit() as unit:
        account = unit.station.account(login)
        failures, last = unit.station.failed_sign_ins(login)
        if account and failures >= MAX_FAILURES and last and now < last + LOCK:
            raise Refused(
                Failure.SIGN_IN_LOCKED, minutes=str(1 + int((last + LOCK - now).total_seconds() // 60))
            )
        if account is None or not passwords.fits(password, account.password_hash):
            if account:
                unit.station.sign_in_failed(login, now)
            # An unknown login is not written down: people type their password there by mistake.
            unit.audit.note(at=now, actor=login if account else "?", deed=Deed.SIGN_IN_FAILED)
            unit.commit()
            raise Refused(Failure.SIGN_IN_REFUSED)
        unit.station.sign_in_worked(login)
        unit.audit.note(at=now, actor=login, deed=Deed.SIGNED_IN, note=f"window {account.window}")
        unit.commit()
    return Clerk(account.login, account.name, account.roles, account.window)
