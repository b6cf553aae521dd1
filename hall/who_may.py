"""The hall's own look at who may do what: the same table as at the counter, by the hall's own list of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, select

from hall.staffing import at_the_time
from hall.tables import stations
from wire.codec import decode
from wire.corrections import CaseWithdrawn, CorrectionAnswered, CorrectionAsked, ReceiptAmended
from wire.delivery import DeliveryOrdered, DeliveryRecalled, ResultCollected
from wire.forwarding import CaseForwarded, PapersTaken
from wire.messages import (
    CaseAccepted,
    CaseReceived,
    Envelope,
    EventKind,
    PapersChanged,
    Role,
    SlipPrinted,
    SlipVoided,
    VerificationDisputed,
)
from wire.rights import BY_ITSELF, EVENT_ACTIONS, SLIP_ACTIONS, STATION_ITSELF, Action, allowed
from wire.sheets import SlipSettled

# Whose body names the clerk of its envelope.
_Said = type[
    PapersChanged
    | VerificationDisputed
    | CorrectionAsked
    | CorrectionAnswered
    | CaseWithdrawn
    | ReceiptAmended
    | CaseForwarded
    | PapersTaken
    | DeliveryOrdered
    | DeliveryRecalled
    | ResultCollected
    | SlipSettled
]
_SAID_BY: Mapping[EventKind, _Said] = {
    EventKind.PAPERS_CHANGED: PapersChanged,
    EventKind.VERIFICATION_DISPUTED: VerificationDisputed,
    EventKind.CORRECTION_ASKED: CorrectionAsked,
    EventKind.CORRECTION_ANSWERED: CorrectionAnswered,
    EventKind.CASE_WITHDRAWN: CaseWithdrawn,
    EventKind.RECEIPT_AMENDED: ReceiptAmended,
    EventKind.CASE_FORWARDED: CaseForwarded,
    EventKind.PAPERS_TAKEN: PapersTaken,
    EventKind.DELIVERY_ORDERED: DeliveryOrdered,
    EventKind.DELIVERY_RECALLED: DeliveryRecalled,
    EventKind.RESULT_COLLECTED: ResultCollected,
    EventKind.SLIP_SETTLED: SlipSettled,
}


class NotAllowed(Exception):
    """`code` goes back to the station: actor (no such account then), role (none that may), station_level."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def hold(db: Connection, station: str, login: str, action: Action, at: datetime) -> str:
    """Return the person behind the account, when it had a role for the action at that time. Raises NotAllowed."""
    known = at_the_time(db, station, login, at)
    if known is None:
        raise NotAllowed("actor")
    roles, person = known
    level = db.scalar(select(stations.c.level).where(stations.c.code == station)) or "community"
    hold_roles(roles, action, str(level))
    return person


def hold_roles(roles: Iterable[Role], action: Action, level: str) -> None:
    """Let pass who has a role for the action at a station of this level. Raises NotAllowed."""
    code = _why_not(tuple(roles), action, level)
    if code:
        raise NotAllowed(code)


@lru_cache(maxsize=512)
def _why_not(roles: tuple[Role, ...], action: Action, level: str) -> str:
    """Return what is missing, "" when nothing is; the table of rights does not change while the hall runs."""
    if not allowed(roles, action):
        return "role"
    return "" if allowed(roles, action, level=level) else "station_level"


def hold_event(db: Connection, station: str, envelope: Envelope, received: datetime) -> None:
    """Let an event pass when its actor might do it. Raises NotAllowed, and Malformed for a body that is none."""
    action = _action(envelope)
    if action is None:
        raise NotAllowed("kind_unknown")
    if envelope.actor != STATION_ITSELF or envelope.kind not in BY_ITSELF:
        # A station whose clock is ahead must not gain an account that does not exist yet.
        hold(db, station, envelope.actor, action, min(envelope.at, received))
    if envelope.kind in _SAID_BY:
        _same(decode(_SAID_BY[envelope.kind], envelope.body).clerk, envelope.actor)


def _action(envelope: Envelope) -> Action | None:
    """The right that the event needs; its body must speak of the same person as its envelope."""
    body = envelope.body
    if envelope.kind is EventKind.SLIP_PRINTED:
        printed = decode(SlipPrinted, body)
        _same(printed.clerk, envelope.actor)
        return SLIP_ACTIONS.get(printed.slip)
    if envelope.kind is EventKind.SLIP_VOIDED:
        voided = decode(SlipVoided, body)
        _same(voided.clerk, envelope.actor)
        return SLIP_ACTIONS.get(voided.slip)
    if envelope.kind is EventKind.CASE_RECEIVED:
        _same(decode(CaseReceived, body).clerk, envelope.actor)
    elif envelope.kind is EventKind.CASE_ACCEPTED:
        _same(decode(CaseAccepted, body).clerk, envelope.actor)
    return EVENT_ACTIONS.get(envelope.kind)


def _same(said: str, actor: str) -> None:
    if said != actor:
        raise NotAllowed("actor")
