"""The queue of the desk in memory, by the domain's own rules; what is asked is noted."""

from __future__ import annotations

from tests.fakes.newborn import NOW
from workstation.domain.failures import Failure, Refused
from workstation.domain.queue import (
    Matter,
    Ticket,
    TicketAct,
    TicketState,
    at_window,
    moved,
    waiting,
)
from workstation.domain.slip import SlipKind
from workstation.services.queueing import QueueView
from workstation.services.views import PrintView


class FakeQueueDesk:
    """`tickets` are those of today."""

    def __init__(self) -> None:
        self.tickets: dict[str, Ticket] = {}

    def _call(self, name: str, *what: str) -> None:
        raise NotImplementedError

    def queue(self) -> QueueView:
        self._call("queue")
        return self._view()

    def take_ticket(self, matter: Matter) -> tuple[QueueView, PrintView]:
        self._call("take_ticket", matter.value)
        number = sum(each.matter is matter for each in self.tickets.values()) + 1
        made = Ticket(f"{len(self.tickets) + 1:04}", NOW.date(), matter, number, NOW, f"TKT-{number}")
        self.tickets[made.id] = made
        return self._view(), PrintView(f"TKT-{number}", SlipKind.TICKET, 0, "roll", "")

    def call_next(self) -> QueueView:
        self._call("call_next")
        following = next(iter(waiting(self.tickets.values())), None)
        if following is None:
            raise Refused(Failure.QUEUE_EMPTY)
        here = at_window(self.tickets.values())
        if here is not None:
            self._move(here.id, TicketAct.SERVE)
        self._move(following.id, TicketAct.CALL)
        return self._view()

    def move_ticket(self, ticket: str, act: TicketAct) -> QueueView:
        self._call("move_ticket", self.tickets[ticket].name, act.value)
        here = at_window(self.tickets.values())
        if act is TicketAct.RECALL and here is not None and here.id != ticket:
            self._move(here.id, TicketAct.SERVE)
        self._move(ticket, act)
        return self._view()

    def _move(self, ticket: str, act: TicketAct) -> None:
        self.tickets[ticket] = moved(self.tickets[ticket], act, "clerk", NOW)

    def _view(self) -> QueueView:
        every = tuple(self.tickets.values())
        return QueueView(
            NOW,
            at_window(every),
            waiting(every),
            tuple(each for each in every if each.state is TicketState.MISSED),
            sum(each.state is TicketState.SERVED for each in every),
        )
