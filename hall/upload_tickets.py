"""Tickets of uploads: what a device may send for some minutes, and nothing else; the hall keeps none of them."""

from __future__ import annotations

import base64
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, select

from hall.database import fact
from hall.tables import devices
from wire.box import derive

TICKET_LIFE = timedelta(minutes=15)  # a longer upload asks for the next one


class TicketBad(Exception):
    """A ticket that opens nothing; `code` is ticket, ticket_over or device_revoked."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Ticket:
    """One scan of one device."""

    device: str
    station: str
    sha256: str
    size: int
    expires_at: datetime


def write_ticket(db: Connection, ticket: Ticket) -> str:
    """Return a ticket as it travels: what it says, and the hall's own HMAC over it."""
    said = json.dumps(
        [ticket.device, ticket.station, ticket.sha256, ticket.size, int(ticket.expires_at.timestamp())]
    ).encode()
    return f"{_b64(said)}.{_b64(_mac(db, said))}"


def read_ticket(db: Connection, text: str, at: datetime) -> Ticket:
    """Return what a ticket allows. Raises TicketBad; a device that was shut out has no valid ticket any more."""
    body, _, mac = text.partition(".")
    try:
        said = base64.urlsafe_b64decode(body + "==")
        given = base64.urlsafe_b64decode(mac + "==")
    except ValueError:
        raise TicketBad("ticket") from None
    if not hmac.compare_digest(given, _mac(db, said)):
        raise TicketBad("ticket")
    device, station, sha256, size, until = json.loads(said)
    ticket = Ticket(device, station, sha256, size, datetime.fromtimestamp(until, UTC))
    if at > ticket.expires_at:
        raise TicketBad("ticket_over")
    row = db.execute(select(devices.c.revoked_at).where(devices.c.id == device)).first()
    if row is None:
        raise TicketBad(
            "ticket"
        )  # of before this hall was restored: who asks for another one is told how things are
    if row.revoked_at:
        raise TicketBad("device_revoked")
    return ticket


def _mac(db: Connection, said: bytes) -> bytes:
    return derive(fact(db, "session_secret").encode(), "upload ticket", said)


def _b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
