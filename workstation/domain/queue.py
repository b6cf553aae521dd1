"""取号叫号: a ticket from the slot to its end (domain.md 1 step 1). It names nobody: who has the paper is the one.

One ticket is at the window at a time. Waiting ones are called in the order in which they were taken, whatever their letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from workstation.domain.failures import Failure, Refused


class Matter(StrEnum):
    """What somebody has come for. The letter stands before the number."""

    APPLY = "apply"  # 办事
    COLLECT = "collect"  # 取结果
    ASK = "ask"  # 咨询


LETTERS: Mapping[Matter, str] = {Matter.APPLY: "A", Matter.COLLECT: "B", Matter.ASK: "C"}


class TicketState(StrEnum):
    """Where a ticket is."""

    WAITING = "waiting"
    CALLED = "called"  # at the window, or on the way there
    MISSED = "missed"  # 过号: nobody came
    SERVED = "served"
    LEFT = "left"  # gave up, or never came


class TicketAct(StrEnum):
    """What is done with one."""

    CALL = "call"
    RECALL = "recall"  # once more; a missed one too, once its holder is there
    MISS = "miss"
    SERVE = "serve"
    LEAVE = "leave"


_AFTER: Mapping[TicketAct, tuple[frozenset[TicketState], TicketState]] = {
    TicketAct.CALL: (frozenset({TicketState.WAITING}), TicketState.CALLED),
    TicketAct.RECALL: (frozenset({TicketState.CALLED, TicketState.MISSED}), TicketState.CALLED),
    TicketAct.MISS: (frozenset({TicketState.CALLED}), TicketState.MISSED),
    TicketAct.SERVE: (frozenset({TicketState.CALLED}), TicketState.SERVED),
    TicketAct.LEAVE: (
        frozenset({TicketState.WAITING, TicketState.CALLED, TicketState.MISSED}),
        TicketState.LEFT,
    ),
}


@dataclass(frozen=True, slots=True)
class Ticket:
    """A number of a day. `sheet` is the serial of its paper."""

    id: str
    day: date
    matter: Matter
    number: int  # from 1, of its letter and day
    taken_at: datetime
    sheet: str = ""
    state: TicketState = TicketState.WAITING
    calls: int = 0
    called_at: datetime | None = None  # the last time
    ended_at: datetime | None = None
    clerk: str = ""  # who did the last of it

    @property
    def name(self) -> str:
        """A012."""
        return f"{LETTERS[self.matter]}{self.number:03d}"


def moved(ticket: Ticket, act: TicketAct, clerk: str, at: datetime) -> Ticket:
    """Return the ticket after an act. Raises Refused(TICKET_ELSEWHERE) for one that is not there for it."""
    from_, to = _AFTER[act]
    if ticket.state not in from_:
        raise Refused(Failure.TICKET_ELSEWHERE, ticket=ticket.name)
    calls = act in {TicketAct.CALL, TicketAct.RECALL}
    return replace(
        ticket,
        state=to,
        clerk=clerk,
        calls=ticket.calls + calls,
        called_at=at if calls else ticket.called_at,
        ended_at=at if to in {TicketState.SERVED, TicketState.LEFT} else None,
    )


def at_window(tickets: Iterable[Ticket]) -> Ticket | None:
    """Return the one that was called and is not done with."""
    return next((each for each in tickets if each.state is TicketState.CALLED), None)


def waiting(tickets: Iterable[Ticket]) -> tuple[Ticket, ...]:
    """Return those who wait, in their order."""
    found = (each for each in tickets if each.state is TicketState.WAITING)
    return tuple(sorted(found, key=lambda each: (each.taken_at, each.id)))
