"""What stations tell of cases that offices share, and of results that go out: each kind to where it is judged."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from hall import delivery, forwarding
from wire.codec import decode
from wire.delivery import DeliveryOrdered, DeliveryRecalled, ResultCollected
from wire.forwarding import CaseForwarded, PapersTaken
from wire.messages import Envelope, EventKind


def take(db: Connection, station: str, envelope: Envelope, at: datetime) -> bool:
    """Take an event of these kinds; False for one of another kind. Raises StepRefused, Malformed."""
    case, body = envelope.subject, envelope.body
    if envelope.kind is EventKind.CASE_FORWARDED:
        forwarding.forward(db, case, station, decode(CaseForwarded, body), at)
    elif envelope.kind is EventKind.PAPERS_TAKEN:
        forwarding.take_papers(db, case, station, decode(PapersTaken, body))
    elif envelope.kind is EventKind.DELIVERY_ORDERED:
        delivery.order(db, case, station, decode(DeliveryOrdered, body), at)
    elif envelope.kind is EventKind.DELIVERY_RECALLED:
        delivery.recall(db, case, station, decode(DeliveryRecalled, body), at)
    elif envelope.kind is EventKind.RESULT_COLLECTED:
        delivery.collect(db, case, station, decode(ResultCollected, body))
    else:
        return False
    return True
