"""A demo station with three accounts, and reviewers for every department."""

from __future__ import annotations

from sqlalchemy import Connection, select

from hall.enrolment import add_staff, add_station, new_code
from hall.tables import stations
from hall.tasks import add_reviewer, add_token
from wire.messages import Role, StaffAccount

STATION = "440104"
DEPARTMENTS = (
    "civil_affairs",
    "public_security",
    "health",
    "medical_insurance",
    "human_resources",
    "disabled_federation",
    "market_regulation",
    "transport",
    "education",
    "taxation",
    "housing_fund",
)
# login, name, role, window; the password of each is "demo-" + login. Demo only: no other command makes them.
PEOPLE = (
    ("clerk", "演示窗口员", Role.CLERK, "01"),
    ("agent", "演示代办员", Role.AGENT, "09"),
    ("supervisor", "演示主管", Role.SUPERVISOR, "00"),
    ("auditor", "演示审计员", Role.AUDITOR, "98"),
)


def seed(db: Connection, *, code: str, token: str | None) -> None:
    """Make the demo's station, people and one-time code, once per database."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - only set-up hashes passwords

    if db.execute(select(stations).where(stations.c.code == STATION)).first() is not None:
        return
    add_station(db, STATION, "演示街道政务服务中心", "street")
    hasher = PasswordHasher()
    for login, name, role, window in PEOPLE:
        add_staff(db, STATION, StaffAccount(login, name, (role,), hasher.hash(f"demo-{login}"), window))
    new_code(db, STATION, code)
    for department in DEPARTMENTS:
        add_reviewer(db, department, "reviewer", "演示审批员", "demo-reviewer")
        if token:
            add_token(db, department, f"{token}-{department}")
