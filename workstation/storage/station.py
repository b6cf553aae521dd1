"""What the station knows of itself: enrolment, accounts, numbers, the place in the feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from wire.codec import decode, encode
from wire.messages import Algorithms, Change, Enrolment, StaffAccount, StaffList
from wire.numbers import NumberBlock
from workstation.domain.failures import Failure, Refused
from workstation.storage.number_mark import NumberMark
from workstation.storage.seals import Seals
from workstation.storage.tables import accounts, facts, held, numbers
from workstation.storage.times import read, stamp

# How far the age of what the hall said may run ahead of what is written down.
WRITTEN_AGAIN = timedelta(hours=1)


# What each envelope needs of the enrolment, which holds every account of the station: incarnation and digest.
AGREED_FACT = "agreed"
UNAGREED = f"1 {Algorithms().digest}"  # before there is a hall


def agreement(said: str) -> tuple[int, str]:
    """Return incarnation and digest."""
    incarnation, digest = said.split(" ")
    return int(incarnation), digest


@dataclass(slots=True)
class Heard:
    """The list of staff as the hall said it last, where only its age is newer than what is written down."""

    staff: StaffList | None = None


class StationShelf:
    """See services.ports.Station."""

    def __init__(
        self, connection: Connection, seals: Seals, mark: NumberMark | None = None, heard: Heard | None = None
    ) -> None:
        """`mark` says how far numbers were taken, whatever this store says; without one only this store does. `heard` is
        remembered for as long as the program runs."""
        self._db = connection
        self._seals = seals
        self._mark = mark
        self._heard = heard or Heard()
        self.taken: dict[str, int] = {}

    def enrolment(self) -> Enrolment | None:
        """Return who the station is, None before it is enrolled."""
        text = self._fact("enrolment")
        return decode(Enrolment, text) if text else None

    def hall_url(self) -> str:
        """Return the hall's address, "" before enrolment."""
        return self._fact("hall_url")

    def enrol(self, hall_url: str, enrolment: Enrolment, device_key: bytes) -> None:
        """Keep everything the hall gave, and the device's own key."""
        self._set("hall_url", hall_url)
        self._keep(enrolment)
        self._set("device_key", device_key.hex())
        for account in enrolment.staff:
            self._put_account(account)
        if enrolment.lane:
            self._begin_lane(enrolment.device, enrolment.incarnation, enrolment.lane)

    def renew(self, enrolment: Enrolment) -> None:
        """See services.ports.Station."""
        before = self.enrolment()
        self._keep(enrolment)
        if enrolment.lane and (before is None or before.incarnation != enrolment.incarnation):
            # What a copy of this disk counts, it counts in the lane of before.
            self._begin_lane(enrolment.device, enrolment.incarnation, enrolment.lane)

    def drop_held(self) -> None:
        """Forget the changes that wait."""
        self._db.execute(delete(held))

    def device_key(self) -> bytes:
        """Return the raw private key. Raises Refused(STATION_NOT_ENROLLED)."""
        text = self._fact("device_key")
        if not text:
            raise Refused(Failure.STATION_NOT_ENROLLED)
        return bytes.fromhex(text)

    def change_key(self, device_key: bytes) -> None:
        """Put a new private key in the place of the one in use."""
        self._set("device_key", device_key.hex())

    def account(self, login: str) -> StaffAccount | None:
        """Return an account."""
        body = self._db.scalar(select(accounts.c.body).where(accounts.c.login == login))
        return decode(StaffAccount, body) if body else None

    def staff_list(self) -> StaffList | None:
        """Return the list that the hall gave last."""
        return self._heard.staff or self._written_staff()

    def take_staff(self, staff: StaffList) -> None:
        """Put the accounts of a list in the place of all others."""
        self._heard.staff = None
        self._set("staff_list", encode(staff))
        logins = [account.login for account in staff.accounts]
        self._db.execute(delete(accounts).where(accounts.c.login.not_in(logins)))
        for account in staff.accounts:
            self._put_account(account)

    def hear_staff(self, staff: StaffList) -> bool:
        """Remember that the list that is held was said once more; see services.ports.Station."""
        held, latest = self._written_staff(), read(self._fact("latest_time") or None)
        if held is None or latest is None:
            return False
        behind = staff.issued_at - min(held.issued_at, latest)
        # A clock that ran ahead is mended at once, in what is written down too.
        if latest > staff.issued_at or behind >= WRITTEN_AGAIN:
            return False
        self._heard.staff = staff
        return True

    def latest_time(self) -> datetime | None:
        """Return the latest time seen."""
        written = read(self._fact("latest_time") or None)
        heard = self._heard.staff
        return max(written, heard.issued_at) if written and heard else written

    def saw_time(self, at: datetime) -> None:
        """Remember a time."""
        self._set("latest_time", stamp(at))

    def _written_staff(self) -> StaffList | None:
        text = self._fact("staff_list")
        return decode(StaffList, text) if text else None

    def _put_account(self, account: StaffAccount) -> None:
        row = {"login": account.login, "body": encode(account), "failures": 0}
        written = insert(accounts).values(row)
        self._db.execute(written.on_conflict_do_update(index_elements=["login"], set_={"body": row["body"]}))

    def failed_sign_ins(self, login: str) -> tuple[int, datetime | None]:
        """Return failures in a row and the time of the last."""
        row = self._db.execute(
            select(accounts.c.failures, accounts.c.failed_at).where(accounts.c.login == login)
        ).first()
        return (row.failures, read(row.failed_at)) if row else (0, None)

    def sign_in_failed(self, login: str, at: datetime) -> None:
        """Count a failure."""
        self._db.execute(
            update(accounts)
            .where(accounts.c.login == login)
            .values(failures=accounts.c.failures + 1, failed_at=stamp(at))
        )

    def sign_in_worked(self, login: str) -> None:
        """Forget the failures."""
        self._db.execute(update(accounts).where(accounts.c.login == login).values(failures=0, failed_at=None))

    def next_number(self, series: str) -> int:
        """Take the next number of a series; rolled back with the unit, so that no number is lost or doubled."""
        floor = self._mark.last(series) if self._mark is not None else 0
        row = insert(numbers).values(series=series, last=floor + 1)
        more = func.max(numbers.c.last, floor) + 1
        taken = row.on_conflict_do_update(index_elements=["series"], set_={"last": more})
        number = self._db.scalar(taken.returning(numbers.c.last))
        if number is None:
            raise AssertionError(series)
        self.taken[series] = int(number)
        return int(number)

    def last_number(self, series: str) -> int:
        """Return the last number that was taken of a series, 0 for none."""
        return self._db.scalar(select(numbers.c.last).where(numbers.c.series == series)) or 0

    def saw_number(self, series: str, number: int) -> None:
        """See services.ports.Station."""
        row = insert(numbers).values(series=series, last=number)
        larger = func.max(numbers.c.last, number)
        self._db.execute(row.on_conflict_do_update(index_elements=["series"], set_={"last": larger}))

    def lane(self) -> str:
        """Return the lane of the receipt numbers, "" where the hall gives none. Raises Refused(NUMBERS_MISSING)."""
        held = self._fact("number_lane")
        if not held:
            return ""
        device, incarnation, lane, mark = held.split(" ")
        enrolment = self.enrolment()
        mine = enrolment is not None and (enrolment.device, str(enrolment.incarnation)) == (
            device,
            incarnation,
        )
        # Elsewhere, or without its mark, nobody knows what was counted already: a copy counts in no lane of another.
        if not mine or (self._mark is not None and not self._mark.stands_for(mark)):
            raise Refused(Failure.NUMBERS_MISSING)
        return lane

    def take_block(self, block: NumberBlock) -> None:
        """Count in this lane from now on."""
        self._begin_lane(block.device, block.incarnation, block.lane)

    def _begin_lane(self, device: str, incarnation: int, lane: str) -> None:
        mark = self._mark.begin() if self._mark is not None else "-"
        self._set("number_lane", f"{device} {incarnation} {lane} {mark}")

    def cursor(self) -> str:
        """Return the place in the feed."""
        return self._fact("cursor")

    def move_cursor(self, cursor: str) -> None:
        """Remember the place in the feed."""
        self._set("cursor", cursor)

    def held_changes(self) -> tuple[Change, ...]:
        """Return what waits for unsent local work."""
        rows = self._db.execute(select(held).order_by(held.c.subject, held.c.rev)).all()
        return tuple(decode(Change, self._seals.open(row.subject, row.sealed)) for row in rows)

    def hold(self, change: Change) -> None:
        """Keep a change for later."""
        row = {
            "subject": change.subject,
            "rev": change.rev,
            "sealed": self._seals.seal(change.subject, encode(change)),
        }
        self._db.execute(insert(held).values(row).on_conflict_do_nothing())

    def release(self, subject: str) -> tuple[Change, ...]:
        """Take the held changes of a case, in order of rev."""
        rows = self._db.execute(select(held).where(held.c.subject == subject).order_by(held.c.rev)).all()
        found = tuple(decode(Change, self._seals.open(subject, row.sealed)) for row in rows)
        self._db.execute(delete(held).where(held.c.subject == subject))
        return found

    def fact(self, name: str) -> str:
        """Return something small that the station remembers, "" when it does not."""
        return self._fact(name)

    def remember(self, name: str, value: str) -> None:
        """Keep something small: ids, codes and times, never a person."""
        self._set(name, value)

    def wait_for(self, case: str, *, waits: bool) -> None:
        """Remember that a case waits for registers, or that it does so no more. Ids only: one fact holds them all."""
        others = tuple(each for each in self.waiting() if each != case)
        self._set("waiting", encode((*others, case) if waits else others))

    def waiting(self) -> tuple[str, ...]:
        """Return the cases that wait."""
        text = self._fact("waiting")
        return decode(tuple[str, ...], text) if text else ()

    def _keep(self, enrolment: Enrolment) -> None:
        self._set("enrolment", encode(enrolment))
        self._set(AGREED_FACT, f"{enrolment.incarnation} {enrolment.algorithms.digest}")

    def _fact(self, name: str) -> str:
        return self._db.scalar(select(facts.c.value).where(facts.c.name == name)) or ""

    def _set(self, name: str, value: str) -> None:
        row = insert(facts).values(name=name, value=value)
        self._db.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
