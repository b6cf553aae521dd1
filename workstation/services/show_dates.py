"""A case's days as the lists and its page show them: computed here, and the hall's beside them, which count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from catalogue.model import Catalogue
from deadlines.course import Course, Due
from deadlines.lights import Colour, light_of
from deadlines.plan import Dates
from deadlines.rules import DELIVERY, deemed
from deadlines.working_days import CalendarEnded, WorkingDays
from wire.lifecycle import BEFORE_ACCEPTANCE, UNDER_WAY, CaseStatus
from workstation.domain.case import Case, SubCase
from workstation.services.courses import dates_of, joint_of, notice_course, waits_of
from workstation.services.date_views import NO_DATES, NO_ITEM_DATES, CaseDatesView, ItemDatesView
from workstation.services.working_days import Tables

# What is nearest its day first; what stands still is nearer to nothing.
_WORST = (Colour.RED, Colour.YELLOW, Colour.GREEN, Colour.STOPPED, Colour.UNKNOWN)
_TO_HAND_OVER = frozenset({CaseStatus.DECIDED, CaseStatus.READY_FOR_PICKUP})


class ShowDates:
    """Shows the days of any number of cases by the tables of one moment."""

    def __init__(self, tables: Tables, now: datetime) -> None:
        self._tables = tables
        self._now = now

    def items(self, case: Case, catalogue: Catalogue) -> Mapping[str, ItemDatesView]:
        """Return the days of each item; empty ones before the acceptance."""
        if case.accepted_at is None:
            return {}
        table = self._tables.of(case.calendar)
        own = dates_of(case.sub_cases, catalogue, case.accepted_at, table, self._now)
        return {sub.item: self._item(case, sub, own[sub.item], table) for sub in case.sub_cases}

    def case(self, case: Case, items: Mapping[str, ItemDatesView], catalogue: Catalogue) -> CaseDatesView:
        """Return what is nearest of a whole case; `items` are its items' days."""
        if case.status in BEFORE_ACCEPTANCE:
            return self._before(case)
        if case.status in UNDER_WAY:
            return self._under_way(case, items, catalogue)
        if case.status in _TO_HAND_OVER and case.concluded_at is not None:
            return self._handing_over(case.concluded_at)
        return NO_DATES

    def _item(self, case: Case, sub: SubCase, own: Dates, table: WorkingDays) -> ItemDatesView:
        due = Due(sub.promised_on, sub.promised_at) if sub.promised_on is not None else own.promised
        told = (
            next((each for each in case.dates.items if each.item == sub.item), None) if case.dates else None
        )
        view = ItemDatesView(
            due_on=due.on if due else None,
            due_at=due.at if due else None,
            legal_on=sub.legal_on if told else own.legal.on if own.legal else None,
            legal_beyond=told.legal_beyond if told else own.legal_missing is not None,
            from_hall=told is not None and not told.beyond,
            first_on=_other(sub.first_promised_on, due),
            why=case.dates.why if case.dates and told else None,
            desk_calendar=table.version,
            hall_calendar=case.dates.calendar if case.dates and told else "",
            hall_ended=case.dates.calendar_until if case.dates and told and told.beyond else None,
        )
        if sub.result is not None:
            return view
        light = light_of(due, own.course, self._hall_table(case, table), self._now)
        differs = view.from_hall and light.colour is not Colour.STOPPED and own.promised is not None
        return replace(
            view, light=light, desk_on=_other(own.promised.on, due) if differs and own.promised else None
        )

    def _hall_table(self, case: Case, own: WorkingDays) -> WorkingDays:
        return self._tables.of(case.dates.calendar) if case.dates is not None else own

    def _before(self, case: Case) -> CaseDatesView:
        table = self._tables.current()
        try:
            last = deemed(case.received_at, table, waits_of(case)).last_day
        except CalendarEnded:
            return NO_DATES
        return CaseDatesView(light_of(Due(last), notice_course(case), table, self._now), last, notice_on=last)

    def _under_way(
        self, case: Case, items: Mapping[str, ItemDatesView], catalogue: Catalogue
    ) -> CaseDatesView:
        """The case is as near as the nearest of its items, or as the limit of all of them together."""
        whole = self._joint(case, catalogue)
        owed = [items.get(sub.item, NO_ITEM_DATES) for sub in case.sub_cases if sub.result is None]
        nearest = min(owed, key=_nearness, default=NO_ITEM_DATES)
        if whole.joint_on is not None:
            together = ItemDatesView(due_on=whole.joint_on, light=whole.joint_light)
            nearest = min(nearest, together, key=_nearness)
        return replace(whole, light=nearest.light, due_on=nearest.due_on)

    def _joint(self, case: Case, catalogue: Catalogue) -> CaseDatesView:
        if case.accepted_at is None:
            return NO_DATES
        table = self._tables.of(case.calendar)
        own = joint_of(case.sub_cases, catalogue, case.accepted_at, table, self._now)
        if own is None:
            return NO_DATES
        told = case.dates
        if told is None or (told.joint_on is None and not told.joint_beyond):
            # The hall has said nothing yet, or before it computed this limit.
            light = light_of(own.due, own.course, table, self._now)
            return CaseDatesView(
                joint_on=own.due.on if own.due else None,
                joint_beyond=own.missing is not None,
                joint_light=light,
            )
        due = Due(told.joint_on) if told.joint_on is not None else None
        light = light_of(due, own.course, self._hall_table(case, table), self._now)
        differs = light.colour is not Colour.STOPPED and own.due is not None
        return CaseDatesView(
            joint_on=told.joint_on,
            joint_beyond=told.joint_beyond,
            joint_light=light,
            joint_desk_on=_other(own.due.on, due) if differs and own.due else None,
        )

    def _handing_over(self, decided: datetime) -> CaseDatesView:
        table, course = self._tables.current(), Course(decided, DELIVERY)
        try:
            due = course.due(table, self._now)
        except CalendarEnded:
            return NO_DATES
        light = light_of(due, course, table, self._now)
        return CaseDatesView(light, due.on if due else None, deliver_on=due.on if due else None)


def _nearness(item: ItemDatesView) -> tuple[int, date]:
    return _WORST.index(item.light.colour), item.due_on or date.max


def _other(day: date | None, due: Due | None) -> date | None:
    """Return the day where it is another one than what counts."""
    return day if day is not None and due is not None and day != due.on else None
