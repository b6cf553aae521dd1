"""Who sits at a department's page: passwords that cannot be tried for ever, sessions that end.

Sessions and failures stand in the database, so that any of several hall processes knows them. The browser holds a random
token; here is only its hash.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Engine, delete, func, insert, or_, select, update

from hall.database import fact, now, stamp
from hall.engines import reading
from hall.tables import reviewer_sessions, reviewers, sign_in_failures

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
MOST_SESSIONS = 3  # of one reviewer: another one ends the oldest
MAX_FAILURES, LOCK = 5, timedelta(minutes=15)  # as at the counter
_NOTE_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who is signed in; `mark` is what a form of this session must carry."""

    department: str
    login: str
    name: str
    mark: str


class Sessions:
    """Signs reviewers in and out."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now) -> None:
        self._engine = engine
        self._clock = clock
        with engine.connect() as db:
            self._secret = fact(db, "session_secret").encode()

    def sign_in(self, department: str, login: str, password: str) -> str | None:
        """Return a token for the right password; after five wrong ones in a row none for a quarter of an hour."""
        at = self._clock()
        here = (reviewers.c.department == department) & (reviewers.c.login == login)
        with reading(self._engine) as db:
            known = db.scalar(select(reviewers.c.password_hash).where(here))
        try:
            # An unknown login costs the same time as a wrong password.
            PasswordHasher().verify(known or PasswordHasher().hash("nobody"), password)
        except VerificationError:
            if known:
                self._note_failure(department, login, at)
            return None
        return self._open(department, login, at) if known else None

    def sign_out(self, token: str) -> None:
        """End a session at once."""
        with self._engine.begin() as db:
            db.execute(delete(reviewer_sessions).where(reviewer_sessions.c.digest == _digest(token)))

    def reviewer(self, department: str, token: str) -> Reviewer | None:
        """Return who holds the token, while the session lasts and the account is there."""
        at = self._clock()
        mine = (reviewer_sessions.c.digest == _digest(token)) & (reviewer_sessions.c.department == department)
        account = (reviewers.c.department == reviewer_sessions.c.department) & (
            reviewers.c.login == reviewer_sessions.c.login
        )
        query = select(reviewer_sessions, reviewers.c.name).join(reviewers, account).where(mine)
        with reading(self._engine) as db:
            row = db.execute(query).first()
        if row is None or row.began_at < stamp(at - LONGEST) or row.seen_at < stamp(at - IDLE):
            return None
        if row.seen_at < stamp(at - _NOTE_EVERY):
            with self._engine.begin() as db:
                db.execute(update(reviewer_sessions).where(mine).values(seen_at=stamp(at)))
        return Reviewer(department, row.login, row.name, self._mark(token))

    def _note_failure(self, department: str, login: str, at: datetime) -> None:
        with self._engine.begin() as db:
            row = {"department": department, "login": login, "at": stamp(at)}
            db.execute(insert(sign_in_failures).values(row))

    def _open(self, department: str, login: str, at: datetime) -> str | None:
        failures = (sign_in_failures.c.department == department) & (sign_in_failures.c.login == login)
        sessions = (reviewer_sessions.c.department == department) & (reviewer_sessions.c.login == login)
        over = or_(
            reviewer_sessions.c.seen_at < stamp(at - IDLE), reviewer_sessions.c.began_at < stamp(at - LONGEST)
        )
        with self._engine.begin() as db:
            recent = failures & (sign_in_failures.c.at > stamp(at - LOCK))
            if int(db.execute(select(func.count()).where(recent)).scalar_one()) >= MAX_FAILURES:
                return None
            db.execute(delete(sign_in_failures).where(failures))
            db.execute(delete(reviewer_sessions).where(over))
            rows = select(reviewer_sessions.c.digest).where(sessions)
            held = list(db.scalars(rows.order_by(reviewer_sessions.c.began_at.desc())))
            for digest in held[MOST_SESSIONS - 1 :]:
                db.execute(delete(reviewer_sessions).where(reviewer_sessions.c.digest == digest))
            token = secrets.token_urlsafe(32)
            db.execute(
                insert(reviewer_sessions).values(
                    digest=_digest(token),
                    department=department,
                    login=login,
                    began_at=stamp(at),
                    seen_at=stamp(at),
                )
            )
        return token

    def _mark(self, token: str) -> str:
        return hmac.new(self._secret, f"form|{token}".encode(), hashlib.sha256).hexdigest()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
