"""取号叫号 at a window that has no calling system of its hall: take a number, call the next, again, missed, served, left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from wire.keys import new_id
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.queue import (
    LETTERS,
    Matter,
    Ticket,
    TicketAct,
    TicketState,
    at_window,
    moved,
    waiting,
)
from workstation.domain.sheet import Fate, SpoolState, is_open
from workstation.domain.slip import SlipKind
from workstation.services.ports import Unit
from workstation.services.print_document import Document
from workstation.services.seat import Seat
from workstation.services.settle_sheet import settle_sheet
from workstation.services.views import PrintView


@dataclass(frozen=True, slots=True)
class QueueView:
    """The queue of today at this workstation."""

    at: datetime
    called: Ticket | None = None
    waiting: tuple[Ticket, ...] = ()  # in their order
    missed: tuple[Ticket, ...] = ()
    served: int = 0

    @property
    def oldest(self) -> datetime | None:
        """Since when the first of them waits."""
        return self.waiting[0].taken_at if self.waiting else None

    @property
    def in_use(self) -> bool:
        """Say whether anybody is in the queue."""
        return self.called is not None or bool(self.waiting or self.missed)


class Queueing(Seat):
    """See DeskApi."""

    def queue(self) -> QueueView:
        """See DeskApi."""
        self._gate.may(Deed.QUEUE_MOVED)
        with self._gate.open_unit() as unit:
            return queue_of(unit, self._now())

    def take_ticket(self, matter: Matter) -> tuple[QueueView, PrintView]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.QUEUE_MOVED)
        at = self._now()
        day = today_at(at)
        with self._gate.open_unit() as unit:
            ahead = len(waiting(unit.tickets.of_day(day)))
            number = unit.station.next_number(f"ticket:{day:%Y%m%d}:{LETTERS[matter]}")
            ticket = Ticket(new_id(), day, matter, number, at)
            told = {"number": ticket.name, "matter": matter.value, "ahead": ahead, "windows": clerk.window}
            printed = self._print_document(Document(SlipKind.TICKET, told), None, unit)
            unit.tickets.add(replace(ticket, sheet=printed.slip.serial))
            self._note_ticket(ticket, "taken", unit)
            view = queue_of(unit, at)
            unit.commit()
        return view, self._to_press(printed, "", looked=True)

    def call_next(self) -> QueueView:
        """See DeskApi."""
        self._gate.may(Deed.QUEUE_MOVED)
        at = self._now()
        with self._gate.open_unit() as unit:
            today = unit.tickets.of_day(today_at(at))
            here, following = at_window(today), next(iter(waiting(today)), None)
            if following is None:
                raise Refused(Failure.QUEUE_EMPTY)
            if here is not None:
                self._move(here, TicketAct.SERVE, at, unit)
            self._move(following, TicketAct.CALL, at, unit)
            view = queue_of(unit, at)
            unit.commit()
        return view

    def move_ticket(self, ticket: str, act: TicketAct) -> QueueView:
        """See DeskApi."""
        self._gate.may(Deed.QUEUE_MOVED)
        at = self._now()
        with self._gate.open_unit() as unit:
            found = unit.tickets.get(ticket)
            if act is TicketAct.CALL or found.day != today_at(at):
                raise Refused(
                    Failure.TICKET_ELSEWHERE, ticket=found.name
                )  # nobody is called before their turn
            here = at_window(unit.tickets.of_day(today_at(at)))
            if act is TicketAct.RECALL and here is not None and here.id != ticket:
                self._move(here, TicketAct.SERVE, at, unit)
            self._move(found, act, at, unit)
            view = queue_of(unit, at)
            unit.commit()
        return view

    def _move(self, ticket: Ticket, act: TicketAct, at: datetime, unit: Unit) -> None:
        clerk = self._gate.clerk.login
        unit.tickets.save(moved(ticket, act, clerk, at))
        self._note_ticket(ticket, act.value, unit)
        sheet = unit.sheets.find(ticket.sheet)
        # Whoever comes when a number is called has it on paper: nobody is asked about a ticket.
        if act is TicketAct.SERVE and sheet and is_open(sheet) and sheet.spool.state is SpoolState.COMPLETED:
            settle_sheet(sheet, Fate.OUT, clerk, at, unit)

    def _note_ticket(self, ticket: Ticket, what: str, unit: Unit) -> None:
        note = f"{ticket.name} {what}"
        unit.audit.note(at=self._now(), actor=self._gate.clerk.login, deed=Deed.QUEUE_MOVED, note=note)


def queue_of(unit: Unit, at: datetime) -> QueueView:
    """Return the queue of the day."""
    today = unit.tickets.of_day(today_at(at))
    return QueueView(
        at,
        at_window(today),
        waiting(today),
        tuple(each for each in today if each.state is TicketState.MISSED),
        sum(each.state is TicketState.SERVED for each in today),
    )
