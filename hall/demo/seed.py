"""A demo station with its people, and reviewers for every department."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection, select

from catalogue.model import Catalogue
from hall.calendar import CalendarChange, set_calendar
from hall.commands import keep_key
from hall.demo.keys import demo_key
from hall.demo.people import RECORDS
from hall.department_names import NAMES
from hall.enrolment import add_station, new_code
from hall.grants import give_missing
from hall.registries import REGISTERS
from hall.staffing import add_staff, person_id
from hall.tables import stations
from hall.tasks import add_reviewer, add_token
from hall.watch import remember
from wire.keys import b64, public_of
from wire.messages import Role, StaffAccount

STATION = "440104"
DAYS = Path(__file__).parents[2] / "demo" / "working-days-after-2026.json"  # weekends and days off by law
COMMUNITY = "44010C"  # receives and forwards to STATION (resources/catalogue/offices.yaml)
# Public key of the simulated card operator-demo.json, whose private key anybody may read.
DEMO_CARD = "XtQWtV-ci93N4D876-b6yC0ygPm4-Cn2w0_NBRKlaG4"
# login, name, role, window; the password of each is "demo-" + login. Demo only: no other command makes them.
PEOPLE = (
    ("clerk", "演示窗口员", Role.CLERK, "01"),
    ("agent", "演示代办员", Role.AGENT, "09"),
    ("supervisor", "演示主管", Role.SUPERVISOR, "00"),
    ("supervisor2", "演示副主管", Role.SUPERVISOR, "00"),
    ("auditor", "演示审计员", Role.AUDITOR, "00"),
    ("author", "演示编制员", Role.AUTHOR, "00"),
    ("admin", "演示管理员", Role.ADMIN, "00"),
    ("cardholder", "演示持卡主管", Role.SUPERVISOR, "00"),
)

DISTRICT = "440100"  # what a street takes in for its district goes here
DISTRICT_PEOPLE = (("district", "演示区窗口员", Role.CLERK, "01"),)
COMMUNITY_PEOPLE = (
    ("agent", "演示代办员", Role.AGENT, "01"),
    ("standin", "演示替班代办员", Role.AGENT, "02"),
    # On loan from the street: here even a clerk receives and forwards only.
    ("loan", "演示借调窗口员", Role.CLERK, "03"),
)


def community_code(code: str) -> str:
    """Return the community station's one-time code, made of the street's: a demo has one secret."""
    return f"{code}c"


def district_code(code: str) -> str:
    """Return the district's one-time code, made of the street's."""
    return f"{code}d"


# How long the demo's grants last from the day on which they are given.
GRANT_LIFE = timedelta(days=365)


def seed_registers(db: Connection, catalogue: Catalogue) -> None:
    """Grant each item of the catalogue its look-ups, take the simulated departments' keys, remember the people's records.

    What was granted before and expired or was withdrawn stays so.
    """
    give_missing(
        db,
        ((item.id, rule.service) for item in catalogue.items.values() for rule in item.verifications),
        GRANT_LIFE,
    )
    for service in REGISTERS:
        keep_key(db, service, b64(public_of(demo_key(service))))
    for login, (name, number), address in RECORDS:
        remember(db, STATION, login, name, number, address)


def seed(db: Connection, *, code: str, token: str | None) -> None:
    """Make the demo's station, people and one-time code, once per database."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - only set-up hashes passwords

    if db.execute(select(stations).where(stations.c.code == STATION)).first() is not None:
        return
    add_station(db, STATION, "演示街道政务服务中心", "street")
    # Anybody may read these passwords in the README: a hash as slow as a real one would only delay the demo by seconds.
    hasher = PasswordHasher(time_cost=1, memory_cost=8192)
    reviewer = hasher.hash("demo-reviewer")
    for login, name, role, window in PEOPLE:
        password = hasher.hash(f"demo-{login}")
        person = person_id(db, f"demo {login}")
        card = DEMO_CARD if login == "cardholder" else None
        account = StaffAccount(login, name, (role,), password, window, person, card)
        add_staff(db, STATION, account)
    new_code(db, STATION, code, confirmed_by="demo code")
    said = json.loads(DAYS.read_text(encoding="utf-8"))
    off = dict.fromkeys(map(date.fromisoformat, said["off"]), False)
    set_calendar(
        db, CalendarChange(said["source"], date.fromisoformat(said["until"]), off, "demo", "demo only")
    )
    for station, place, level, people, extra in (
        (COMMUNITY, "演示社区公共服务站", "community", COMMUNITY_PEOPLE, community_code(code)),
        (DISTRICT, "演示区政务服务中心", "district", DISTRICT_PEOPLE, district_code(code)),
    ):
        add_station(db, station, place, level)
        for login, name, role, window in people:
            person = person_id(db, f"demo {level} {login}")
            password = hasher.hash(f"demo-{login}")
            add_staff(db, station, StaffAccount(login, name, (role,), password, window, person, None))
        new_code(db, station, extra, confirmed_by="demo code")
    for department in NAMES:
        add_reviewer(db, department, "reviewer", "演示审批员", reviewer)
        if token:
            add_token(db, department, f"{token}-{department}")
