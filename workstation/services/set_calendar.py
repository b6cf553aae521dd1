"""工作日表 at the desk: what is in use, the versions before, and a supervisor's change that another one confirms."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from deadlines.working_days import WorkingDays, WrongTable, changed, named
from wire.calendar import WorkingDayTable
from wire.codec import digest, encode
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.two_persons import hold_two
from workstation.services.calendar_views import CalendarOwner, CalendarVersion, CalendarView, CalendarWish
from workstation.services.ports import Clock, OpenUnit, Unit
from workstation.services.second_person import SecondPerson


class SetCalendar(SecondPerson):
    """What a person can see and do of the table of working days."""

    def calendar(self) -> CalendarView:
        """See DeskApi."""
        with self._gate.open_unit() as unit:
            return self._calendar_view(unit)

    def set_calendar(self, wish: CalendarWish, login: str, password: str) -> CalendarView:
        """See DeskApi."""
        clerk, second = self._gate.may(Deed.CALENDAR_SET), login.strip()
        if not wish.source.strip() or not wish.reason.strip():
            raise Refused(Failure.CALENDAR_REASON)
        if second == clerk.login:
            raise Refused(Failure.SAME_PERSON)
        with self._gate.open_unit() as unit:
            # What nobody may save needs no second person.
            made = self._new_table(wish, unit, clerk.login)
        signature = self._sign(digest(encode(made)), second, password)
        with self._gate.open_unit() as unit:
            account = unit.station.account(second)
            if account is None:
                raise Refused(Failure.SIGN_IN_REFUSED)
            hold_two(clerk, account, self._gate.enrolment.level, Deed.CALENDAR_SIGNED)
            _hold_own(unit)  # the hall's may have come meanwhile
            unit.calendars.add(replace(made, issued_at=signature.at, confirmed_by=second), own=True)
            for actor, deed in ((clerk.login, Deed.CALENDAR_SET), (second, Deed.CALENDAR_SIGNED)):
                unit.audit.note(at=signature.at, actor=actor, deed=deed, note=made.version)
            unit.commit()
            return self._calendar_view(unit)

    def _new_table(self, wish: CalendarWish, unit: Unit, login: str) -> WorkingDayTable:
        _hold_own(unit)
        held = unit.calendars.newest(own=True)
        number = held.number + 1 if held is not None else 1
        try:
            days = changed(self._tables(unit).current(), wish.source.strip(), wish.until, wish.days)
        except WrongTable as wrong:
            raise Refused(
                Failure.CALENDAR_WRONG, mistake=wrong.mistake.value, day=wrong.day.isoformat()
            ) from None
        table = named(days, self._gate.enrolment.station, number)
        return written(table, number, self._now(), login, wish.reason.strip())

    def _calendar_view(self, unit: Unit) -> CalendarView:
        table = self._tables(unit).current()
        from_hall = unit.calendars.newest(own=False) is not None
        own = unit.calendars.newest(own=True) is not None
        owner = CalendarOwner.HALL if from_hall else CalendarOwner.STATION if own else CalendarOwner.NATIONAL
        return CalendarView(
            table.version,
            owner,
            table.source,
            table.since,
            table.until,
            table.off,
            table.work,
            may_change=not from_hall and self._gate.clerk.may(Deed.CALENDAR_SET),
            versions=tuple(
                CalendarVersion(
                    kept.version,
                    CalendarOwner.STATION if mine else CalendarOwner.HALL,
                    kept.until,
                    kept.by,
                    kept.reason,
                    kept.issued_at,
                    kept.confirmed_by,
                )
                for kept, mine in unit.calendars.all()
            ),
        )


def _hold_own(unit: Unit) -> None:
    """A station's own table counts only where the hall has none. Raises Refused(CALENDAR_FROM_HALL)."""
    if unit.calendars.newest(own=False) is not None:
        raise Refused(Failure.CALENDAR_FROM_HALL)


def written(days: WorkingDays, number: int, at: datetime, by: str, reason: str) -> WorkingDayTable:
    """Return a table as it is kept."""
    return WorkingDayTable(
        version=days.version,
        number=number,
        issued_at=at,
        by=by,
        reason=reason,
        source=days.source,
        since=days.since,
        until=days.until,
        off=tuple(sorted(days.off)),
        work=tuple(sorted(days.work)),
    )


def take_calendar(table: WorkingDayTable, *, open_unit: OpenUnit, clock: Clock) -> bool:
    """Keep the hall's table, whose signature was checked; say whether it is another one. An older one than that held is
    not taken."""
    with open_unit() as unit:
        held = unit.calendars.newest(own=False)
        if held is not None and table.number <= held.number:
            return False
        unit.calendars.add(table, own=False)
        unit.audit.note(at=clock(), actor="hall", deed=Deed.CALENDAR_TAKEN, note=table.version)
        unit.commit()
    return True
