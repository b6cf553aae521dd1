"""What is said of the queue: what somebody came for, where a ticket is, how long they wait."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.domain.queue import LETTERS, Matter, Ticket, TicketState
from workstation.services.queueing import QueueView
from workstation.ui.language import QT_TRANSLATE_NOOP, translate
from workstation.ui.words.supervision import waited


def matter(code: Matter) -> str:
    """Say what somebody came for, with the letter before the number."""
    return f"{LETTERS[code]} {translate('Matter', _MATTERS[code])}"


def state(ticket: Ticket) -> str:
    """Say where a ticket is."""
    return translate("TicketState", _STATES[ticket.state])


def standing(view: QueueView) -> str:
    """Say in one line how the queue stands."""
    here = translate("Queue", "{0} 在窗口").format(view.called.name) if view.called else ""
    if not view.waiting:
        return here or translate("Queue", "没有人在等")
    longest = waited(view.oldest, view.at)
    waits = translate("Queue", "{0} 人在等，最久 {1}").format(len(view.waiting), longest)
    return f"{here} · {waits}" if here else waits


# fmt: off
_MATTERS: Mapping[Matter, str] = {
    Matter.APPLY: QT_TRANSLATE_NOOP("Matter", "办事"),
    Matter.COLLECT: QT_TRANSLATE_NOOP("Matter", "取结果"),
    Matter.ASK: QT_TRANSLATE_NOOP("Matter", "咨询"),
}
_STATES: Mapping[TicketState, str] = {
    TicketState.WAITING: QT_TRANSLATE_NOOP("TicketState", "在等"),
    TicketState.CALLED: QT_TRANSLATE_NOOP("TicketState", "已叫号"),
    TicketState.MISSED: QT_TRANSLATE_NOOP("TicketState", "过号"),
    TicketState.SERVED: QT_TRANSLATE_NOOP("TicketState", "已办"),
    TicketState.LEFT: QT_TRANSLATE_NOOP("TicketState", "已离开"),
}
# fmt: on
