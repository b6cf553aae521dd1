"""The people of a test's station, each with the hall's person id; some share one, as a renamed account would."""

from __future__ import annotations

from argon2 import PasswordHasher

from wire.messages import Role, StaffAccount

PASSWORD = "demo"
HASH = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)
_PEOPLE = (
    ("clerk", (Role.CLERK,), "01", "p-clerk"),
    ("agent", (Role.AGENT,), "09", "p-agent"),
    ("supervisor", (Role.SUPERVISOR,), "00", "p-supervisor"),
    ("supervisor2", (Role.SUPERVISOR,), "00", "p-supervisor2"),
    ("auditor", (Role.AUDITOR,), "00", "p-auditor"),
    ("author", (Role.AUTHOR,), "00", "p-author"),
    ("admin", (Role.ADMIN,), "00", "p-admin"),
    # The clerk once more: under another name, with a supervisor's role lent.
    ("renamed", (Role.SUPERVISOR,), "02", "p-clerk"),
    # Nobody knows whose this is.
    ("nameless", (Role.SUPERVISOR,), "03", ""),
)
STAFF = tuple(
    StaffAccount(login, f"演示{login}", roles, HASH, window, person)
    for login, roles, window, person in _PEOPLE
)


def account(login: str) -> StaffAccount:
    """Return one of them."""
    return next(each for each in STAFF if each.login == login)
