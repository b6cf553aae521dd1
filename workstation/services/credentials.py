"""How a person proves who they are: by password with a lock after five failures, by operator card, by a list that is fresh."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wire.codec import encode
from wire.keys import b64, fits, unb64
from wire.messages import StaffAccount, StaffPolicy
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import OpenUnit, OperatorCards, Passwords, Unit

MAX_FAILURES = 5
LOCK = timedelta(minutes=15)
# Clocks are set right by a few minutes now and then; more than that back is no setting right.
BACK = timedelta(minutes=10)
_MARK = "one-window sign-in 1"  # keeps a card's signature from meaning anything else


@dataclass(slots=True)
class StaffNews:
    """Counts the lists of staff that came: written by the carrier's thread, read by the gate."""

    count: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody typed: never shown, never logged."""

    login: str
    password: str = field(repr=False)


def check_password(given: Given, *, open_unit: OpenUnit, passwords: Passwords, now: datetime) -> StaffAccount:
    """Return the account.

    Raises Refused(SIGN_IN_REFUSED) without saying which of login and password was wrong, SIGN_IN_LOCKED(minutes) after
    five failures in a row, STAFF_LIST_OLD(days) and CLOCK_SET_BACK. Failures are kept in the store: a restart forgets
    none, and a clock that is set back ends no lock, because it lets nobody in at all.
    """
    with open_unit() as unit:
        hold_time(unit, now)
        account = unit.station.account(given.login)
        failures, last = unit.station.failed_sign_ins(given.login)
        if account and failures >= MAX_FAILURES and last and now < last + LOCK:
            raise Refused(
                Failure.SIGN_IN_LOCKED, minutes=str(1 + int((last + LOCK - now).total_seconds() // 60))
            )
        unit.station.saw_time(now)
        if account is None or not passwords.fits(given.password, account.password_hash):
            if account:
                unit.station.sign_in_failed(given.login, now)
            # An unknown login is not written down: people type their password there by mistake.
            unit.audit.note(at=now, actor=given.login if account else "?", deed=Deed.SIGN_IN_FAILED)
            unit.commit()
            raise Refused(Failure.SIGN_IN_REFUSED)
        unit.station.sign_in_worked(given.login)
        unit.commit()
    return account


def hold_time(unit: Unit, now: datetime) -> None:
    """Let nobody in by a list that is too old, or by a clock that hides its age.

    Raises Refused(CLOCK_SET_BACK | STAFF_LIST_OLD).
    """
    latest = unit.station.latest_time()
    if latest is not None and now < latest - BACK:
        raise Refused(Failure.CLOCK_SET_BACK)
    left = days_left(unit, now)
    if left is not None and left < 0:
        raise Refused(Failure.STAFF_LIST_OLD, days=str(policy_of(unit).sign_in_days))


def days_left(unit: Unit, now: datetime) -> int | None:
    """Return for how many whole days the list of staff is still good; negative when it is not, None before enrolment."""
    held = unit.station.staff_list()
    if held is None:
        return None
    return (held.issued_at + timedelta(days=held.policy.sign_in_days) - now).days


def policy_of(unit: Unit) -> StaffPolicy:
    """Return what the hall allows while it is not heard."""
    held = unit.station.staff_list()
    return held.policy if held else StaffPolicy()


def prove_by_card(account: StaffAccount, cards: OperatorCards | None) -> None:
    """Let the account's operator card answer a fresh challenge. Does nothing for an account without a card.

    Raises Refused(OPERATOR_CARD_MISSING | OPERATOR_CARD_REFUSED).
    """
    if account.card_key is None:
        return
    if cards is None:
        raise Refused(Failure.OPERATOR_CARD_MISSING)
    challenge = encode({"for": _MARK, "login": account.login, "random": b64(os.urandom(32))}).encode()
    proof = cards.prove(challenge)
    if b64(proof.key) != account.card_key or not fits(unb64(account.card_key), challenge, proof.signature):
        raise Refused(Failure.OPERATOR_CARD_REFUSED)
