"""What columns and indexes hold of what stations say: names that are not endless, times that can be written in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

from wire.messages import CaseReceived

# Ids and numbers are looked up by: an index holds nothing that is longer.
LONGEST_NAME = 200


def fit_an_index(*names: str) -> bool:
    """Say whether an index takes these: not endless, and no character that PostgreSQL does not know."""
    together = "".join(names)
    short = len(together) <= LONGEST_NAME or max(map(len, names)) <= LONGEST_NAME
    return short and "\x00" not in together


def is_in_calendar(at: datetime) -> bool:
    """Say whether a time can be written in UTC: in the first hours of the year 1 and the last of 9999 not each can."""
    if at.tzinfo is UTC:  # nearly all of them
        return True
    try:
        at.astimezone(UTC)
    except OverflowError:
        return False
    return True


def is_keepable(received: CaseReceived) -> bool:
    """Say whether the hall can keep a case that was told so."""
    orders = received.sub_cases
    names = [name for order in orders for name in (order.item, order.department)]
    scans = [scan for material in received.materials for scan in material.blobs]
    return fit_an_index(received.receipt_no, *names, *scans) and is_in_calendar(received.received_at)
