"""The shelf of queue tickets: numbers and times of a day, no citizen."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, delete, insert, select, update

from wire.codec import decode, encode
from workstation.domain.failures import Failure, Refused
from workstation.domain.queue import Ticket
from workstation.storage.tables import tickets


class TicketShelf:
    """See services.ports.Tickets."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, ticket: Ticket) -> None:
        """Keep a new one."""
        row = {"id": ticket.id, "day": ticket.day.isoformat(), "entry": encode(ticket)}
        self._db.execute(insert(tickets).values(**row))

    def save(self, ticket: Ticket) -> None:
        """Write what became of one. Raises Refused(TICKET_UNKNOWN)."""
        done = self._db.execute(update(tickets).where(tickets.c.id == ticket.id).values(entry=encode(ticket)))
        if done.rowcount != 1:
            raise Refused(Failure.TICKET_UNKNOWN)

    def get(self, ticket: str) -> Ticket:
        """Return one. Raises Refused(TICKET_UNKNOWN)."""
        entry = self._db.scalar(select(tickets.c.entry).where(tickets.c.id == ticket))
        if entry is None:
            raise Refused(Failure.TICKET_UNKNOWN)
        return decode(Ticket, entry)

    def of_day(self, day: date) -> tuple[Ticket, ...]:
        """Return those of a day in the order in which they were taken."""
        query = select(tickets.c.entry).where(tickets.c.day == day.isoformat()).order_by(tickets.c.id)
        return tuple(decode(Ticket, entry) for entry in self._db.scalars(query))

    def drop_before(self, day: date) -> int:
        """Forget those of days before; return how many."""
        return self._db.execute(delete(tickets).where(tickets.c.day < day.isoformat())).rowcount
